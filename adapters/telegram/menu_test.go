package telegram_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
)

// TestMenus: the menus are set once for a table, in every language, and again when
// the table changes.
func TestMenus(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		words := func(nl, en string) map[string]string {
			return map[string]string{"nl": nl, "fr": nl, "de": nl, "en": en}
		}
		b.config.Specs = []bot.Spec{
			{Name: "follow", Names: words("volg", "follow"), Descriptions: words("Volg een club", "Follow a club"), Manage: true, Menu: true},
			{Name: "news", Names: words("nieuws", "news"), Descriptions: words("Laatste nieuws", "Latest news"), Menu: true},
			{Name: "forget", Names: words("wis", "forget"), Descriptions: words("Wis alles", "Forget everything")},
		}
		b.restart(t)
		stop := b.run(t)
		synctest.Wait()
		for scope, want := range map[string]string{
			"default:":                   "[{volg Volg een club} {nieuws Laatste nieuws}]",
			"default:en":                 "[{follow Follow a club} {news Latest news}]",
			"all_group_chats:nl":         "[{nieuws Laatste nieuws}]",
			"all_chat_administrators:en": "[{follow Follow a club} {news Latest news}]",
		} {
			kind, language, _ := strings.Cut(scope, ":")
			if got := fmt.Sprint(b.server.Menu(kind, language)); got != want {
				t.Errorf("%s: %s, want %s", scope, got, want)
			}
		}
		stop()
		set := b.server.Counts().Requests["setMyCommands"]
		b.restart(t)
		stop = b.run(t)
		synctest.Wait()
		stop()
		if n := b.server.Counts().Requests["setMyCommands"]; n != set || n != 15 {
			t.Errorf("%d calls, then %d", set, n)
		}
		b.config.Specs = b.config.Specs[:1]
		b.restart(t)
		b.run(t)
		synctest.Wait()
		if got := fmt.Sprint(b.server.Menu("default", "")); got != "[{volg Volg een club}]" {
			t.Error(got)
		}
	})
}

// TestMenusOfAnotherBot: whoever tried the program with one bot and goes on with another,
// on the same database, has menus there too.
func TestMenusOfAnotherBot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var known *facts
		for _, token := range []string{"1:the-one-tried-first", "2:the-one-for-everybody"} {
			b := newBench(t, telegramtest.Options{Token: token, NoListener: true}, echo)
			b.config.Specs = []bot.Spec{{Name: "news", Names: map[string]string{"nl": "nieuws"}, Descriptions: map[string]string{"nl": "Laatste nieuws"}, Menu: true}}
			if known != nil {
				b.config.Progress = known
			}
			known = b.facts
			b.restart(t)
			stop := b.run(t)
			synctest.Wait()
			stop()
			if got := fmt.Sprint(b.server.Menu("default", "")); got != "[{nieuws Laatste nieuws}]" {
				t.Errorf("%s: %s", token, got)
			}
		}
	})
}
