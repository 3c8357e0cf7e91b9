package discord

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Platform is the platform of the addresses that this package mints.
const Platform subscriptions.Platform = "discord"

// The kinds of address.
const (
	kindChannel = "channel" // a channel, thread or forum post of a server
	kindDirect  = "dm"      // the channel between the bot and one person
)

// idCap is more digits than any id of Discord has.
const idCap = 32

func channelAddress(id string) subscriptions.Address {
	return subscriptions.Address{Platform: Platform, ID: kindChannel + "/" + id}
}

func directAddress(id string) subscriptions.Address {
	return subscriptions.Address{Platform: Platform, ID: kindDirect + "/" + id}
}

// parseAddress returns the channel that messages to an address go to.
func parseAddress(at subscriptions.Address) (channel string, err error) {
	kind, id, _ := strings.Cut(at.ID, "/")
	if at.Platform != Platform || (kind != kindChannel && kind != kindDirect) || !validID(id) {
		return "", fmt.Errorf("not an address of Discord: %q", at.ID)
	}
	return id, nil
}

// validID reports whether s can stand in a path. Discord's ids are decimal
// numbers; nothing depends on that.
func validID(s string) bool {
	if s == "" || len(s) > idCap {
		return false
	}
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '-' {
			return false
		}
	}
	return true
}

// rights is a set of permissions. Discord sends it as a decimal string.
type rights uint64

// UnmarshalJSON implements json.Unmarshaler.
func (r *rights) UnmarshalJSON(raw []byte) error {
	text := strings.Trim(string(raw), `"`)
	if text == "null" || text == "" {
		return nil
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return fmt.Errorf("permissions: %w", err)
	}
	*r = rights(n)
	return nil
}

var _ json.Unmarshaler = (*rights)(nil)

func (r rights) has(all rights) bool {
	return r&all == all || r&discordgo.PermissionAdministrator != 0
}

// missing returns the locale keys of the rights that the bot lacks to post in a
// channel or thread.
func (r rights) missing(thread bool) []string {
	var keys []string
	lacks := func(right rights, key string) {
		if !r.has(right) {
			keys = append(keys, key)
		}
	}
	lacks(discordgo.PermissionViewChannel, "right.view-channel")
	if thread {
		lacks(discordgo.PermissionSendMessagesInThreads, "right.send-in-threads")
	} else {
		lacks(discordgo.PermissionSendMessages, "right.send-messages")
	}
	lacks(discordgo.PermissionEmbedLinks, "right.embed-links")
	return keys
}
