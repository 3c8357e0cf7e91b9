package telegram

import (
	"encoding/json"
	"slices"

	"github.com/sjotbot/sjotbot/bot"
)

// Limits of a keyboard: the bytes of callback_data (Bot API,
// InlineKeyboardButton), and what clients show of a row and of a keyboard.
const (
	maxCallbackData = 64
	maxRow          = 8
	maxButtons      = 100
	maxButtonUnits  = 64
)

type keyboardButton struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
	Data string `json:"callback_data,omitempty"`
}

// keyboard returns the reply_markup of buttons, "" for none: an empty keyboard is
// refused. A button that Telegram would refuse, and the message with it, is left out.
func keyboard(rows [][]bot.Button) string {
	var all [][]keyboardButton
	left := maxButtons
	for _, row := range rows {
		var line []keyboardButton
		for _, b := range row {
			k, ok := key(b)
			if !ok || left == 0 {
				continue
			}
			left--
			if len(line) == maxRow {
				all, line = append(all, line), nil
			}
			line = append(line, k)
		}
		if len(line) > 0 {
			all = append(all, line)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return encoded(map[string]any{"inline_keyboard": all})
}

// withoutLinks returns the buttons that press, onlyLinks the others.
func withoutLinks(rows [][]bot.Button) [][]bot.Button {
	return without(rows, func(b bot.Button) bool { return b.URL != "" })
}

func onlyLinks(rows [][]bot.Button) [][]bot.Button {
	return without(rows, func(b bot.Button) bool { return b.URL == "" })
}

func without(rows [][]bot.Button, drop func(bot.Button) bool) [][]bot.Button {
	all := make([][]bot.Button, len(rows))
	for i, row := range rows {
		all[i] = slices.DeleteFunc(slices.Clone(row), drop)
	}
	return all
}

// key returns one button; false when it has no words, or nothing to do that fits.
func key(b bot.Button) (keyboardButton, bool) {
	text := shortened(clean(b.Text), maxButtonUnits)
	if text == "" {
		return keyboardButton{}, false
	}
	if b.Chosen {
		text = "✓ " + text
	}
	if b.URL != "" {
		address := webAddress(b.URL)
		return keyboardButton{Text: text, URL: address}, address != ""
	}
	return keyboardButton{Text: text, Data: b.Command}, b.Command != "" && len(b.Command) <= maxCallbackData
}

// encoded returns v as JSON. Every v here is made of strings, numbers and booleans,
// which always encode.
func encoded(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}
