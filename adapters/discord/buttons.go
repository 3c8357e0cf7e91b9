package discord

import (
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/bot"
)

// pressMark separates a button's command from a number that makes its id
// unique in the message, which Discord demands. No command holds a line break.
const pressMark = "\n"

// commandOf returns the command of a pressed button.
func commandOf(customID string) string {
	command, _, _ := strings.Cut(customID, pressMark)
	return command
}

// rows writes buttons, at most five by five. A row that is too wide goes on in
// the next; Split has seen to it that there are not too many.
func rows(buttons [][]bot.Button) []discordgo.MessageComponent {
	list := []discordgo.MessageComponent{}
	for _, row := range layOut(buttons) {
		seen := map[string]int{}
		cells := make([]discordgo.MessageComponent, 0, len(row))
		for _, b := range row {
			cells = append(cells, cell(b, len(list), seen))
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
	return b.Command != "" && !strings.Contains(b.Command, pressMark) && units(b.Command) <= maxCustomID-4
}

func cell(b bot.Button, row int, seen map[string]int) discordgo.Button {
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
	if row > 0 || seen[b.Command] > 1 {
		out.CustomID += pressMark + strconv.Itoa(row*maxInRow+seen[b.Command])
	}
	return out
}
