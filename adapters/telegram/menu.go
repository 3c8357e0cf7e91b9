package telegram

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// menus names, with the id of a bot behind it, what its menus were last set to.
const menus = "telegram:menus:"

// menuLanguage is whose names are shown to people whose language has no menu.
const menuLanguage = "nl"

type menuCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// menu is one list of commands, for one audience in one language.
type menu struct {
	Scope    string        `json:"scope"`
	Language string        `json:"language"` // empty: every other
	Commands []menuCommand `json:"commands"`
}

// menus returns the menus of the table: everything for those who may use it, and in
// groups only what needs no right for the others.
func (b *Bot) menus() []menu {
	var all []menu
	for _, scope := range []string{"default", "all_group_chats", "all_chat_administrators"} {
		for _, language := range []string{"", "nl", "fr", "de", "en"} {
			m := menu{Scope: scope, Language: language}
			if language == "" {
				language = menuLanguage
			}
			for _, s := range b.specs {
				name, description := s.Names[language], s.Descriptions[language]
				forAll := scope != "all_group_chats" || !s.Manage
				if s.Menu && forAll && name != "" && description != "" {
					m.Commands = append(m.Commands, menuCommand{name, description})
				}
			}
			if len(m.Commands) > 0 {
				all = append(all, m)
			}
		}
	}
	return all
}

// setMenus gives Telegram the menus when they differ from what it was last given for me.
// That it fails is no reason to stop: every command works without a menu.
func (b *Bot) setMenus(ctx context.Context, me *user) {
	all := b.menus()
	sum := sha256.Sum256([]byte(encoded(all)))
	name, want := menus+strconv.FormatInt(me.ID, 10), hex.EncodeToString(sum[:])
	if have, err := b.progress.Value(ctx, name); err == nil && have == want {
		return
	}
	for _, m := range all {
		if !b.setMenu(ctx, m) {
			return
		}
	}
	if err := b.progress.SetValue(ctx, name, want); err != nil {
		b.log.Warn("remembering the menus failed", "platform", Platform, "error", err)
	}
}

// menuAttempts is how often one menu is tried before the next start.
const menuAttempts = 5

func (b *Bot) setMenu(ctx context.Context, m menu) bool {
	params := tgbotapi.Params{
		"commands": encoded(m.Commands),
		"scope":    encoded(map[string]string{"type": m.Scope}),
	}
	params.AddNonEmpty("language_code", m.Language)
	for failures := 1; failures <= menuAttempts && ctx.Err() == nil; failures++ {
		err := b.callBriefly(ctx, "setMyCommands", params)
		if err == nil {
			return true
		}
		b.log.Warn("setting a menu failed", "platform", Platform, "scope", m.Scope, "language", m.Language, "error", err)
		pause(ctx, retryIn(err, failures))
	}
	return false
}

// callBriefly makes a call that is answered at once, and whose result is of no use.
func (b *Bot) callBriefly(ctx context.Context, method string, params tgbotapi.Params) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return b.client.call(ctx, method, params, nil)
}
