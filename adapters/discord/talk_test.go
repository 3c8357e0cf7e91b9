package discord_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// TestConversations holds the conversations that every platform must be able to
// hold, with the real commands, a real store and the gateway.
func TestConversations(t *testing.T) {
	t.Parallel()
	specification := schema(t)
	for _, c := range bottest.Conversations(t) {
		if c.Typing {
			continue // the bot reads no messages there
		}
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			c.Hold(t, newTalker(t, c, specification))
		})
	}
}

var spoiler = regexp.MustCompile(`\|\|((?:\\.|[^|])*)\|\|`)

// talker plays the people of a conversation on Discord.
type talker struct {
	*world
	specs            []bot.Spec
	language         string
	manager, visitor *discordtest.User
	channel          *discordtest.Channel
	shown            []discordtest.Message // the answers, newest last
	missed           bool                  // the last turn has no place on Discord
}

func newTalker(t *testing.T, c bottest.Conversation, specification *discordtest.Schema) *talker {
	t.Helper()
	w := newWorld(t, discordtest.Options{Schema: specification})
	log := slog.New(slog.NewTextHandler(w.logs, nil))
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sjotbot.db"), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	people := bottest.NewWorld(t, store, log)
	talk := &talker{world: w, specs: bot.Specs(people.Locale), language: c.Language[:2]}
	w.bot, err = discord.New(discord.Config{
		Token: w.srv.Token(), APIURL: w.srv.URL(), Progress: store, Specs: talk.specs, Logger: log,
		Transport: discordtest.Transport(), Dial: discordtest.Dial,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.runs(people.Commands)
	w.logs.await("commands registered")
	// Discord's own locales: Dutch, French and German are without a country.
	locale := talk.language
	if locale == "en" {
		locale = "en-GB"
	}
	talk.manager, talk.visitor = w.srv.User("manager", locale), w.srv.User("visitor", locale)
	if c.Shared {
		g := w.srv.Guild("g")
		g.Manager(talk.manager)
		talk.channel = g.Channel("c")
	}
	t.Cleanup(w.clean)
	return talk
}

// Do implements bottest.Driver.
func (k *talker) Do(t testing.TB, turn bottest.Turn) bottest.Answer {
	t.Helper()
	who := k.manager
	if turn.Visitor {
		who = k.visitor
	}
	var r discordtest.Reply
	var err error
	if turn.Button != "" {
		r, err = k.press(who, turn.Button)
	} else {
		r, err = k.typed(who, turn.Line)
	}
	if err != nil {
		t.Fatalf("after %q: %v\n%s", turn, err, k.logs)
	}
	k.shown = append(k.shown, r.Messages...)
	a := bottest.Answer{Text: bare(spoiler.ReplaceAllString(r.Text(), "(spoiler) $1"))}
	for _, m := range r.Messages {
		for _, b := range m.Buttons() {
			a.Buttons = append(a.Buttons, b.Label)
		}
		for _, f := range m.Files {
			a.Text += "\n(" + f.Name + ")"
		}
	}
	return a
}

func (k *talker) press(who *discordtest.User, label string) (discordtest.Reply, error) {
	label = strings.TrimPrefix(label, "✓ ")
	for _, m := range slices.Backward(k.shown) {
		if slices.ContainsFunc(m.Buttons(), func(b discordtest.Button) bool { return b.Label == label }) {
			return who.Presses(k.channel, m, label)
		}
	}
	return discordtest.Reply{}, errors.New("no button " + label)
}

// Instead implements bottest.Limited. The bot reads no messages, so that there is
// nothing but its commands, with all that they need, and what they show.
func (k *talker) Instead(t testing.TB, turn bottest.Turn) bool {
	t.Helper()
	line := turn.Line
	if turn.Button != "" {
		if !k.missed || !strings.HasPrefix(turn.Button, "/") {
			return false
		}
		line = turn.Button // of an answer to what cannot be typed
	}
	word, rest, _ := strings.Cut(line, " ")
	if topic, linked := strings.CutPrefix(rest, "volg_"); linked {
		word, rest = "follow", strings.Replace(topic, "-", "/", 1)
	}
	spec, known := k.spec(word)
	needs := slices.ContainsFunc(spec.Options, func(o bot.Option) bool { return o.Required })
	if line == turn.Line && known && strings.HasSuffix(line, rest) && (rest != "" || !needs) {
		k.missed = false
		return false
	}
	k.missed = true
	if known && rest != "" {
		if _, err := k.typed(k.manager, word+" "+rest); err != nil {
			t.Errorf("instead of %q: %v", turn, err)
		}
	}
	return true
}

// typed turns a line into a slash command.
func (k *talker) typed(who *discordtest.User, line string) (discordtest.Reply, error) {
	word, rest, _ := strings.Cut(line, " ")
	spec, _ := k.spec(word)
	if rest == "" || len(spec.Options) == 0 {
		return who.Slash(k.channel, spec.Name)
	}
	for _, o := range spec.Options {
		if len(o.Choices) == 0 {
			return who.Slash(k.channel, spec.Name, o.Name+"="+rest)
		}
		for _, choice := range o.Choices {
			if choice.Value == rest || choice.Labels[k.language] == rest {
				return who.Slash(k.channel, spec.Name, o.Name+"="+choice.Value)
			}
		}
	}
	return who.Sends(k.channel, map[string]any{"name": spec.Name, "options": []any{
		map[string]any{"name": spec.Options[0].Name, "type": 3, "value": rest},
	}})
}

func (k *talker) spec(word string) (bot.Spec, bool) {
	word = strings.ReplaceAll(strings.TrimPrefix(word, "/"), "ü", "ue")
	for _, s := range k.specs {
		if s.Name == word || s.Names[k.language] == word {
			return s, true
		}
	}
	return bot.Spec{}, false
}
