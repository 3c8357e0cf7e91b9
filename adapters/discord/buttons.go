package discord

import (
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/bot"
)

// pressMark goes before the number that makes a button's id unique in its message,
// which Discord demands.
const pressMark = "~"

// commandOf returns the command of a pressed button.
func commandOf(customID string) string {
	if at := strings.LastIndex(customID, pressMark); at > 0 {
		if _, err := strconv.ParseUint(customID[at+1:], 10, 8); err == nil {
			return customID[:at]
		}
	}
	return customID
}

// rows writes buttons, at most five by five. A row that is too wide goes on in
// the next; Split has seen to it that there are not too many.
func rows(buttons [][]bot.Button) []discordgo.MessageComponent {
	list := []discordgo.MessageComponent{}
	seen := map[string]int{}
	for _, row := range layOut(buttons) {
		cells := make([]discordgo.MessageComponent, 0, len(row))
		for _, b := range row {
			cells = append(cells, cell(b, seen))
		}
		list = append(list, discordgo.ActionsRow{Components: cells})
	}
	return list
}

// layOut drops the buttons that Discord would refuse and breaks rows that are
// too wide.
func layOut(buttons [][]bot.Button) [][]bot.Button {
	var list [][]bot.Button
	for _, row := range buttons {
		var out []bot.Button
		for _, b := range row {
			if !writable(b) {
				continue
			}
			if len(out) == maxInRow {
				list, out = append(list, out), nil
			}
			out = append(out, b)
		}
		if len(out) > 0 {
			list = append(list, out)
		}
	}
	return list
}

func writable(b bot.Button) bool {
	if clean(b.Text, false) == "" {
		return false
	}
	if b.URL != "" {
		address := webAddress(b.URL)
		return address != "" && len(address) <= maxButtonURL
	}
	// Room for the number that makes it unique.
	return b.Command != "" && commandOf(b.Command) == b.Command && units(b.Command) <= maxCustomID-4
}

func cell(b bot.Button, seen map[string]int) discordgo.Button {
	out := discordgo.Button{Label: shorten(clean(b.Text, false), maxLabel, plainly), Style: discordgo.SecondaryButton}
	if b.URL != "" {
		out.Style, out.URL = discordgo.LinkButton, webAddress(b.URL)
		return out
	}
	if b.Chosen {
		out.Style = discordgo.SuccessButton
	}
	seen[b.Command]++
	out.CustomID = b.Command
	if n := seen[b.Command]; n > 1 {
		out.CustomID += pressMark + strconv.Itoa(n)
	}
	return out
}
