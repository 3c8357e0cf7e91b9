package discord

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/bot"
)

// interaction is what a person did, as Discord tells it. The library's struct
// fails as a whole on a message component it does not know, and leaves out the channel.
type interaction struct {
	ID            string                    `json:"id"`
	ApplicationID string                    `json:"application_id"`
	Type          discordgo.InteractionType `json:"type"`
	Token         string                    `json:"token"`
	Data          interactionData           `json:"data"`
	GuildID       string                    `json:"guild_id"`
	ChannelID     string                    `json:"channel_id"`
	Channel       *struct {
		ID   string                `json:"id"`
		Type discordgo.ChannelType `json:"type"`
	} `json:"channel"`
	Member *struct {
		User        person `json:"user"`
		Permissions rights `json:"permissions"`
	} `json:"member"`
	User           *person                           `json:"user"`
	Locale         string                            `json:"locale"`
	AppPermissions *rights                           `json:"app_permissions"`
	Context        *discordgo.InteractionContextType `json:"context"`
	// Owners tells by which install the command came, by type: "0" a server's,
	// "1" a user's.
	Owners  map[string]json.RawMessage `json:"authorizing_integration_owners"`
	Message *struct {
		ID    string                 `json:"id"`
		Flags discordgo.MessageFlags `json:"flags"`
	} `json:"message"`
}

type person struct {
	ID string `json:"id"`
}

type interactionData struct {
	Name     string              `json:"name"`
	Options  []interactionOption `json:"options"`
	CustomID string              `json:"custom_id"`
}

type interactionOption struct {
	Name    string          `json:"name"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
}

// text is the value as the person typed it, whatever its type.
func (o interactionOption) text() string {
	var s string
	if json.Unmarshal(o.Value, &s) == nil {
		return s
	}
	if text := string(o.Value); text != "null" && !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return text
	}
	return ""
}

// decodeInteraction decodes and checks what the rest relies on. The error holds
// nothing of the content. What could be read is returned with it: with an id and a
// token an answer is possible.
func decodeInteraction(raw []byte) (interaction, error) {
	var i interaction
	err := json.Unmarshal(raw, &i)
	if err != nil {
		var t *json.UnmarshalTypeError
		field := "the whole"
		if errors.As(err, &t) && t.Field != "" {
			field = "field " + t.Field
		}
		i = salvage(raw)
		return i, errors.New("interaction does not decode: " + field)
	}
	switch {
	case !validID(i.ID), i.Token == "":
		return interaction{}, errors.New("interaction without an id or a token")
	case !validID(i.ApplicationID), i.GuildID != "" && !validID(i.GuildID):
		return i, errors.New("interaction with a malformed id")
	case !validID(i.channel()):
		return i, errors.New("interaction without a channel")
	case i.who() == "":
		return i, errors.New("interaction without a person")
	}
	return i, nil
}

// salvage reads only what an answer needs.
func salvage(raw []byte) interaction {
	var few struct {
		ID            string
		ApplicationID string `json:"application_id"`
		Token         string
		Type          discordgo.InteractionType
		Locale        string
	}
	if json.Unmarshal(raw, &few) != nil || !validID(few.ID) {
		return interaction{}
	}
	return interaction{ID: few.ID, ApplicationID: few.ApplicationID, Token: few.Token, Type: few.Type, Locale: few.Locale}
}

func (i interaction) channel() string {
	if i.ChannelID == "" && i.Channel != nil {
		return i.Channel.ID
	}
	return i.ChannelID
}

// who is the id of the person, "" if Discord did not tell.
func (i interaction) who() string {
	switch {
	case i.Member != nil && validID(i.Member.User.ID):
		return i.Member.User.ID
	case i.User != nil && validID(i.User.ID):
		return i.User.ID
	}
	return ""
}

// placeKind is whose subscriptions an interaction is about.
type placeKind int

const (
	inServer placeKind = iota // the channel it was used in
	inDirect                  // the person; the channel is ours with him
	byPerson                  // the person, somewhere the bot is not
)

// kind tells the three apart. Of a command that came only by the user's own
// install, the bot sees nothing of the place, so it is about the person.
func (i interaction) kind() placeKind {
	if i.Context != nil && *i.Context == discordgo.InteractionContextPrivateChannel {
		return byPerson
	}
	if i.GuildID == "" {
		return inDirect
	}
	_, server := i.Owners[strconv.Itoa(int(discordgo.ApplicationIntegrationGuildInstall))]
	_, user := i.Owners[strconv.Itoa(int(discordgo.ApplicationIntegrationUserInstall))]
	if user && !server {
		return byPerson
	}
	return inServer
}

// thread reports whether it was used in a thread, which a forum post is too.
func (i interaction) thread() bool {
	if i.Channel == nil {
		return false
	}
	c := discordgo.Channel{Type: i.Channel.Type}
	return c.IsThread()
}

// mayManage reports whether the person may manage the server.
func (i interaction) mayManage() bool {
	return i.Member != nil && i.Member.Permissions.has(discordgo.PermissionManageGuild)
}

// hidden reports whether the pressed button is under a message that only this
// person sees.
func (i interaction) hidden() bool {
	return i.Message != nil && i.Message.Flags&discordgo.MessageFlagsEphemeral != 0
}

// pressed reports whether it is a button.
func (i interaction) pressed() bool { return i.Type == discordgo.InteractionMessageComponent }

// options are the arguments by name.
func (i interaction) options() map[string]string {
	options := make(map[string]string, len(i.Data.Options))
	for _, o := range i.Data.Options {
		options[o.Name] = o.text()
	}
	return options
}

// command is what it asks, without its place.
func (i interaction) command() bot.Command {
	if i.pressed() {
		return bot.Command{Args: commandOf(i.Data.CustomID), Language: i.Locale, Pressed: true}
	}
	return bot.Command{Name: i.Data.Name, Options: i.options(), Language: i.Locale}
}

// focused is the option that is being typed.
func (i interaction) focused() interactionOption {
	for _, o := range i.Data.Options {
		if o.Focused {
			return o
		}
	}
	return interactionOption{}
}
