package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

func TestSpecs(t *testing.T) {
	t.Parallel()
	l, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	meaning := map[string]string{} // a name in any language, and whose it is
	for _, s := range bot.Specs(l) {
		if s.Names["en"] != s.Name {
			t.Errorf("%s: the base name is not the English one", s.Name)
		}
		for _, lang := range locale.Languages() {
			n := s.Names[lang]
			if !name.MatchString(n) {
				t.Errorf("%s in %s: bad name %q", s.Name, lang, n)
			}
			if other, taken := meaning[n]; taken && other != s.Name {
				t.Errorf("%q is both %s and %s", n, s.Name, other)
			}
			meaning[n] = s.Name
			checkDescription(t, s.Name, s.Descriptions[lang])
			for _, o := range s.Options {
				if !name.MatchString(o.Names[lang]) {
					t.Errorf("%s %s in %s: bad name %q", s.Name, o.Name, lang, o.Names[lang])
				}
				checkDescription(t, s.Name+" "+o.Name, o.Descriptions[lang])
				for _, c := range o.Choices {
					if c.Labels[lang] == "" {
						t.Errorf("%s %s: no label of %q in %s", s.Name, o.Name, c.Value, lang)
					}
				}
			}
		}
	}
	for _, lang := range locale.Languages() {
		for _, s := range bot.Specs(l) {
			for alias := range strings.SplitSeq(l.Printer(lang).Text("alias."+s.Name, nil), ",") {
				alias = strings.TrimSpace(alias)
				if other, taken := meaning[alias]; alias != "" && taken && other != s.Name {
					t.Errorf("%q is an alias of %s and means %s", alias, s.Name, other)
				}
			}
		}
	}
}

// checkDescription checks the limit of Discord, and that no menu shouts.
func checkDescription(t *testing.T, of, text string) {
	t.Helper()
	if n := utf8.RuneCountInString(text); n == 0 || n > 100 {
		t.Errorf("%s: a description of %d characters: %q", of, n, text)
	}
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") {
		t.Errorf("%s: %q ends like a sentence", of, text)
	}
}

// TestEveryCommandAnswers gives every command by its name in every language, with
// arguments of every sort, to somebody new and to somebody who follows much.
func TestEveryCommandAnswers(t *testing.T) {
	t.Parallel()
	arguments := []string{
		"", "genk", "uit", "25:99", "2u", "menu first 99", "menu", "alles", "club/genk", "club/genk rumours never", "club/genk rumours maybe",
		"club/genk in nl,xx", "club/genk more", "https://dagblad.example/duivels", "source 1", "source niemand", "mint a", "1", "-1", "99999999999999999999",
		strings.Repeat("genk, ", 70), strings.Repeat("x", 4000), "<b>vet</b> & *ster* _streep_ `code` ||geheim||", "⚽🏆", "@everyone", "\x00\x1b[31m",
		"\xff\xfe", "more:zzzzzzzzzzzz", "genk, , ,", "nu", "{topic}", "%s%d", "confirm extra", "here",
	}
	l, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Languages() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			w := world(t)
			fan, stranger := newPerson(w, lang, false), newPerson(w, lang, true)
			stranger.place.Address.ID = "42"
			fan.say(t, "/follow genk, club brugge, standard, rode duivels, ivan leko")
			for _, s := range bot.Specs(l) {
				for _, arg := range arguments {
					for _, p := range []*person{fan, stranger} {
						got := p.say(t, "/"+s.Names[lang]+" "+arg)
						if utf8.RuneCountInString(got) > 2500 {
							t.Errorf("/%s %.20q: an answer of %d characters", s.Name, arg, utf8.RuneCountInString(got))
						}
						if strings.Contains(got, l.Printer(lang).Text("error.try-again", nil)) {
							t.Errorf("/%s %.40q: went wrong", s.Name, arg)
						}
					}
				}
				fan.say(t, "/follow genk, club brugge, standard, rode duivels, ivan leko")
			}
		})
	}
}

func TestMarkCountsOnce(t *testing.T) {
	t.Parallel()
	w := world(t)
	at := bot.Place{Address: subscriptions.Address{Platform: "test", ID: "41"}}
	handle := func(sequence int64, line string) bot.Reply {
		return w.Commands.Handle(t.Context(), bot.Command{
			Place: at, Args: line, Mark: subscriptions.Mark{Stream: "test:updates", Sequence: sequence},
		})
	}
	for i, line := range []string{"/volg genk", "/lijst", "/help", "iets", "/volg xyzxyz", "/ontvolg genk", "/onzin"} {
		if handle(int64(i+1), line).Repeated {
			t.Errorf("%s: taken for a repetition", line)
		}
		if r := handle(int64(i+1), line); !r.Repeated {
			t.Errorf("%s: answered twice: %q", line, text(r))
		}
	}
	if r := handle(1, "/volg genk"); !r.Repeated {
		t.Errorf("an old update is answered again: %q", text(r))
	}
	if _, err := w.Store.Find(t.Context(), at.Address); err != nil {
		t.Fatal(err)
	}
}

// broken is a store whose registry fails.
type broken struct {
	subscriptions.Store
	err   error
	panic bool
}

func (b broken) Change(ctx context.Context, now time.Time, m subscriptions.Mark, fn func(subscriptions.Tx) error) error {
	if b.panic {
		panic("out of order")
	}
	if b.err != nil {
		return b.err
	}
	return b.Store.Change(ctx, now, m, fn)
}

func TestStoreFails(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]broken{
		"full": {err: subscriptions.ErrFull}, "corrupt": {err: subscriptions.ErrCorrupt},
		"anything": {err: errors.New("secret-address 0x1234")}, "panic": {panic: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var logs bytes.Buffer
			logger := slog.New(slog.NewTextHandler(&logs, nil))
			store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sjotbot.db"), logger)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { store.Close() })
			b.Store = store
			p := newPerson(bottest.NewWorld(t, b, logger), "fr", false)
			if got := p.say(t, "/suivre genk"); !strings.Contains(got, "Réessaie dans une minute") {
				t.Errorf("got %q", got)
			}
			if !strings.Contains(logs.String(), "command=follow") {
				t.Errorf("the operator is not told: %s", logs.String())
			}
			// What only reads still answers.
			if got := p.say(t, "/aide"); !strings.Contains(got, "/suivre") {
				t.Errorf("help: got %q", got)
			}
		})
	}
}

func TestWhoMayManage(t *testing.T) {
	t.Parallel()
	w := world(t)
	at := bot.Place{Address: subscriptions.Address{Platform: "test", ID: "channel"}, Shared: true}
	for name, tc := range map[string]struct {
		may  func(context.Context) (bool, error)
		want string
	}{
		"may":     {func(context.Context) (bool, error) { return true, nil }, "Hier volgen we nu"},
		"may not": {func(context.Context) (bool, error) { return false, nil }, "Alleen wie deze plek beheert"},
		"unknown": {func(context.Context) (bool, error) { return false, errors.New("the platform is down") }, "Dat lukte even niet"},
	} {
		r := w.Commands.Handle(t.Context(), bot.Command{Place: at, Name: "follow", Options: map[string]string{"topic": "genk"}, MayManage: tc.may})
		if !strings.Contains(text(r), tc.want) {
			t.Errorf("%s: got %q", name, text(r))
		}
		if name != "may" && !r.Private {
			t.Errorf("%s: a refusal for all to see", name)
		}
		if name == "may" {
			w.Commands.Handle(t.Context(), bot.Command{Place: at, Args: "/forget confirm"})
		}
	}
}

// TestPersonInAnotherLanguage: in a Dutch channel somebody who reads another language
// hears in it what is for him alone; what all read stays Dutch.
func TestPersonInAnotherLanguage(t *testing.T) {
	t.Parallel()
	w := world(t)
	at := bot.Place{Address: subscriptions.Address{Platform: "test", ID: "channel"}, Shared: true}
	ask := func(language, line string, manages, pressed bool) string {
		t.Helper()
		return text(w.Commands.Handle(t.Context(), bot.Command{
			Place: at, Language: language, Args: line, Pressed: pressed,
			MayManage: func(context.Context) (bool, error) { return manages, nil },
		}))
	}
	ask("nl", "/volg genk", true, false)
	for _, tc := range []struct {
		language, line string
		pressed        bool
		want           string
	}{
		{"fr-BE", "/suivre gand", false, "Seuls ceux qui gèrent cet endroit"},
		{"de", "/hilfe", false, "Das kann ich für dich tun"},
		{"en-GB", "/privacy", false, "What I keep"},
		{"fr", "+why 1", true, "Ça parle"},
		{"en", "colour club/genk blue", true, "This button is too old"},
		{"pt", "/volg gent", false, "Alleen wie deze plek beheert"},
		{"fr", "/lijst", false, "Dit volgen we hier"},
		{"fr", "/infos genk", false, "Het laatste over KRC Genk"},
	} {
		if got := ask(tc.language, tc.line, false, tc.pressed); !strings.Contains(got, tc.want) {
			t.Errorf("%s, %s: got %q, want %q", tc.language, tc.line, got, tc.want)
		}
	}
}

// TestOldButtons presses buttons that this program does not make (any more).
func TestOldButtons(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "nl", false)
	p.say(t, "/volg genk")
	for _, command := range []string{
		"subscribe2 club/genk", "", "+", "following club/genk colour blue", "following club/genk rumours sometimes", "genk",
	} {
		r := w.Commands.Handle(t.Context(), bot.Command{Place: p.place, Args: command, Pressed: true})
		if got := text(r); !strings.Contains(got, "Deze knop is te oud") {
			t.Errorf("%q: got %q", command, got)
		}
	}
	if got := p.say(t, "/lijst"); !strings.Contains(got, "• KRC Genk\n") {
		t.Errorf("something was changed: %q", got)
	}
}

func TestMissingRight(t *testing.T) {
	t.Parallel()
	w := world(t)
	for _, right := range []string{"right.view-channel", "right.send-messages", "right.send-in-threads", "right.embed-links"} {
		r := w.Commands.Handle(t.Context(), bot.Command{Args: "/follow genk", Language: "en", Place: bot.Place{
			Address: subscriptions.Address{Platform: "test", ID: right}, Shared: true, Missing: []string{right},
		}})
		name := w.Locale.Printer("en").Text(right, nil)
		if !strings.Contains(text(r), "Give me this permission first: "+name) {
			t.Errorf("%s: got %q", right, text(r))
		}
	}
}

// TestSlashOptions gives commands as a platform with named options does.
func TestSlashOptions(t *testing.T) {
	t.Parallel()
	w := world(t)
	at := bot.Place{Address: subscriptions.Address{Platform: "test", ID: "41"}}
	for _, tc := range []struct {
		name    string
		options map[string]string
		want    string
	}{
		{"follow", map[string]string{"topic": "club/genk, club/union-sg"}, "You now follow KRC Genk and Union SG"},
		{"digest", map[string]string{"time": "18:30"}, "Every day at 18:30"},
		{"quiet", map[string]string{"hours": "23:00-07:30"}, "From 23:00 to 07:30"},
		{"rumours", map[string]string{"when": "never", "topic": "club/genk"}, "No more rumours about KRC Genk"},
		{"mute", map[string]string{"topic": "club/genk", "duration": "2h"}, "You hear nothing about KRC Genk until Monday 23 November, 14:00"},
		{"spoilers", map[string]string{"switch": "on"}, "Results are hidden"},
		{"language", map[string]string{"language": "fr"}, "je te parle désormais en français"},
		{"volg", map[string]string{"topic": "gent"}, "La Gantoise"},
		{"nonsense", nil, "Je ne connais pas cette commande"},
	} {
		r := w.Commands.Handle(t.Context(), bot.Command{Place: at, Name: tc.name, Options: tc.options, Language: "en-US"})
		if !strings.Contains(text(r), tc.want) {
			t.Errorf("%s: got %q, want %q", tc.name, text(r), tc.want)
		}
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "nl", false)
	p.say(t, "/volg genk, gent")
	complete := func(command, typed string) []bot.Choice {
		return w.Commands.Complete(t.Context(), bot.Completion{
			Place: p.place, Command: command, Option: "topic", Typed: typed, Language: "fr-BE",
		})
	}
	if got := complete("follow", ""); len(got) == 0 || len(got) > 25 {
		t.Errorf("nothing typed: %d proposals", len(got))
	}
	if got := complete("follow", "brug"); len(got) == 0 || got[0] != (bot.Choice{Label: "Club de Bruges", Value: "club/club-brugge"}) {
		t.Errorf("brug: %v", got)
	}
	want := []bot.Choice{{Label: "KRC Genk", Value: "club/genk"}, {Label: "La Gantoise", Value: "club/gent"}}
	if diff := cmp.Diff(want, complete("unfollow", "")); diff != "" {
		t.Errorf("unfollow: %s", diff)
	}
	if got := complete("unfollow", "anderl"); len(got) != 0 {
		t.Errorf("unfollow what is not followed: %v", got)
	}
	if got := complete("follow", "genk, stand"); len(got) == 0 || got[0] != (bot.Choice{Label: "genk, Standard de Liège", Value: "genk, club/standard"}) {
		t.Errorf("the last of a list: %v", got)
	}
	for _, typed := range []string{strings.Repeat("genk, ", 700), strings.Repeat("é", 4000), "\xff", "<b>"} {
		for _, c := range complete("follow", typed) {
			if len(c.Value) > 100 || len(c.Label) > 100 {
				t.Errorf("%.20q: too long a proposal %v", typed, c)
			}
		}
	}
	if got := w.Commands.Complete(t.Context(), bot.Completion{Place: p.place, Command: "digest", Option: "time", Typed: "1"}); got != nil {
		t.Errorf("an option without completion: %v", got)
	}
}

func TestNotice(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "nl", false)
	p.say(t, "/volg genk")
	here := p.place.Address
	find := func() (subscriptions.Subscriber, error) { return w.Store.Find(t.Context(), here) }
	tell := func(n bot.Notice) {
		t.Helper()
		n.Address = here
		if err := w.Commands.Notice(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	mark := subscriptions.Mark{Stream: "test:updates", Sequence: 7}
	tell(bot.Notice{Kind: bot.NoticeRemoved, Reason: subscriptions.RestBlocked, Mark: mark})
	if s, _ := find(); s.Rest.Reason != subscriptions.RestBlocked {
		t.Errorf("blocked: %+v", s.Rest)
	}
	tell(bot.Notice{Kind: bot.NoticeBack})
	if s, _ := find(); s.Rest.Reason != "" {
		t.Errorf("back: %+v", s.Rest)
	}
	tell(bot.Notice{Kind: bot.NoticeRemoved, Reason: subscriptions.RestBlocked, Mark: mark})
	if s, _ := find(); s.Rest.Reason != "" {
		t.Error("a notice took effect twice")
	}
	tell(bot.Notice{Kind: bot.NoticeRemoved, Reason: subscriptions.RestKicked})
	p.say(t, "/help") // who writes is there
	if s, _ := find(); s.Rest.Reason != "" {
		t.Errorf("after a command: %+v", s.Rest)
	}
	p.say(t, "/demp alles 2u")
	tell(bot.Notice{Kind: bot.NoticeBack})
	if s, _ := find(); s.Rest.Reason != subscriptions.RestAsked {
		t.Errorf("a rest that was asked for ended: %+v", s.Rest)
	}
	asked, _ := find()
	for _, reason := range []subscriptions.RestReason{subscriptions.RestKicked, subscriptions.RestBlocked} {
		tell(bot.Notice{Kind: bot.NoticeRemoved, Reason: reason})
		if s, _ := find(); s.Rest.Reason != reason {
			t.Errorf("%s in a rest that was asked for: %+v", reason, s.Rest)
		}
	}
	tell(bot.Notice{Kind: bot.NoticeBack})
	if s, _ := find(); s.Rest.Reason != subscriptions.RestAsked || !s.Rest.Until.Equal(asked.Rest.Until) {
		t.Errorf("what was left of a rest that was asked for: %+v, want until %v", s.Rest, asked.Rest.Until)
	}
	moved := subscriptions.Address{Platform: "test", ID: "4100"}
	tell(bot.Notice{Kind: bot.NoticeRemoved, Reason: subscriptions.RestKicked})
	tell(bot.Notice{Kind: bot.NoticeMoved, Moved: moved})
	if _, err := find(); !errors.Is(err, subscriptions.ErrNotFound) {
		t.Errorf("moved: still at the old address: %v", err)
	}
	here = moved
	if s, err := find(); err != nil || s.Address != moved || s.Rest.Reason != subscriptions.RestAsked || !s.Rest.Until.Equal(asked.Rest.Until) {
		t.Errorf("moved: %+v, %v", s, err)
	}
	tell(bot.Notice{Kind: bot.NoticeNothing, Mark: subscriptions.Mark{Stream: "test:updates", Sequence: 8}})
	if n, err := w.Store.Position(t.Context(), "test:updates"); err != nil || n != 9 {
		t.Errorf("position %d, %v", n, err)
	}
	tell(bot.Notice{Kind: bot.NoticeRemoved, Reason: subscriptions.RestGone})
	if _, err := find(); !errors.Is(err, subscriptions.ErrNotFound) {
		t.Errorf("gone: something is kept: %v", err)
	}
	here.ID = "never seen"
	tell(bot.Notice{Kind: bot.NoticeRemoved, Reason: subscriptions.RestKicked})
}

// TestLink links one person on two platforms.
func TestLink(t *testing.T) {
	t.Parallel()
	w := world(t)
	one, two := newPerson(w, "nl", false), newPerson(w, "fr", false)
	two.place.Address = subscriptions.Address{Platform: "other", ID: "A7"}
	one.say(t, "/volg genk")
	two.say(t, "/suivre standard")
	code := regexp.MustCompile(`\d+-[A-Z0-9]{8}`).FindString(one.say(t, "/koppel"))
	if code == "" {
		t.Fatal("no code")
	}
	if got := one.say(t, "/koppel "+code); !strings.Contains(got, "van deze chat") {
		t.Errorf("own code: %q", got)
	}
	if got := two.say(t, "/lier 1-AAAAAAAA"); !strings.Contains(got, "n'est pas bon") {
		t.Errorf("wrong code: %q", got)
	}
	if got := two.say(t, "/lier "+strings.ToLower(code)); !strings.Contains(got, "Les infos arrivent sur Test") {
		t.Errorf("right code: %q", got)
	}
	for _, p := range []*person{one, two} {
		if got := p.say(t, "/following"); !strings.Contains(got, "Genk") || !strings.Contains(got, "Standard") {
			t.Errorf("%s: the list is not shared: %q", p.place.Address, got)
		}
	}
	if got := two.say(t, "/lier "+code); !strings.Contains(got, "n'est pas bon") && !strings.Contains(got, "klopt niet") {
		t.Errorf("a code worked twice: %q", got)
	}
	two.say(t, "/link here")
	if s, err := w.Store.Find(t.Context(), one.place.Address); err != nil || s.Address != two.place.Address {
		t.Errorf("alerts go to %s, %v", s.Address, err)
	}
	// What happens to the place where nothing is sent concerns that place alone.
	notice := func(kind bot.NoticeKind, at subscriptions.Address, reason subscriptions.RestReason, moved subscriptions.Address) {
		t.Helper()
		if err := w.Commands.Notice(t.Context(), bot.Notice{Kind: kind, Address: at, Reason: reason, Moved: moved}); err != nil {
			t.Fatal(err)
		}
	}
	here, there := two.place.Address, one.place.Address
	notice(bot.NoticeRemoved, there, subscriptions.RestBlocked, subscriptions.Address{})
	if s, err := w.Store.Find(t.Context(), here); err != nil || s.Rest.Reason != "" {
		t.Errorf("blocked where nothing is sent: %+v, %v", s.Rest, err)
	}
	notice(bot.NoticeRemoved, here, subscriptions.RestBlocked, subscriptions.Address{})
	one.say(t, "/lijst")
	if s, err := w.Store.Find(t.Context(), here); err != nil || s.Rest.Reason != subscriptions.RestBlocked {
		t.Errorf("woken from the other place: %+v, %v", s.Rest, err)
	}
	moved := subscriptions.Address{Platform: "test", ID: "moved"}
	notice(bot.NoticeMoved, there, "", moved)
	notice(bot.NoticeRemoved, here, subscriptions.RestGone, subscriptions.Address{})
	if s, err := w.Store.Find(t.Context(), moved); err != nil || s.Address != moved || len(s.Also) != 0 {
		t.Errorf("one place is gone, the other is lost too: %+v, %v", s, err)
	}

	shared := newPerson(w, "nl", true)
	shared.place.Address.ID = "channel"
	if got := shared.say(t, "/koppel"); !strings.Contains(got, "alleen in een privébericht") {
		t.Errorf("in a channel: %q", got)
	}
}

func TestExportAndForget(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "en", false)
	p.place.Address.ID = "a-rare-address"
	p.say(t, "/follow genk")
	p.say(t, "/link")
	p.say(t, "/export")
	if f := p.last.File; f == nil || !json.Valid(f.Data) || !strings.Contains(string(f.Data), "club/genk") || !strings.Contains(string(f.Data), "a-rare-address") {
		t.Fatalf("export: %+v", p.last)
	}
	p.say(t, "/forget confirm")
	p.say(t, "/forget")
	if _, err := w.Store.Find(t.Context(), p.place.Address); !errors.Is(err, subscriptions.ErrNotFound) {
		t.Errorf("something is kept: %v", err)
	}
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := w.Store.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if data := readFile(t, file); bytes.Contains(data, []byte("a-rare-address")) {
		t.Error("the address is still in the database")
	}
}

// TestFollowKeepsToItsLimit follows more than anybody wants.
func TestFollowKeepsToItsLimit(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "nl", false)
	p.say(t, "/volg genk")
	err := w.Store.Change(t.Context(), w.Now(), subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		s, err := tx.Subscriber(p.place.Address)
		if err != nil {
			return err
		}
		for i := range 249 {
			topic := subscriptions.Topic(fmt.Sprintf("coach/number-%d", i))
			if err := tx.Follow(subscriptions.Subscription{Subscriber: s.ID, Topic: topic, Cadence: s.Cadence, CreatedAt: w.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := p.say(t, "/volg gent"); !strings.Contains(got, "meer kan niet") {
		t.Errorf("got %q", got)
	}
	p.say(t, "/ontvolg genk") // now there is room for one
	if got, want := p.say(t, "/volg genk, gent"), "Dat zouden er meer dan 250 worden"; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	p.say(t, "/volg genk")
	if got := p.say(t, "/lijst"); !strings.Contains(got, "250 onderwerpen") {
		t.Errorf("got %q", got)
	}
	if n := len(slices.Concat(p.last.Message.Buttons...)); n > 9 {
		t.Errorf("a page of %d buttons", n)
	}
}

// BenchmarkCommands is what a thousand people at once wait for: half of them follow
// and unfollow, half only look. It reports the slowest of a hundred answers.
func BenchmarkCommands(b *testing.B) {
	w := world(b)
	const people = 1000
	took := make([]time.Duration, 0, b.N*people)
	for b.Loop() {
		var wait sync.WaitGroup
		waits := make([]time.Duration, people)
		for i := range people {
			wait.Go(func() {
				p := newPerson(w, "nl", false)
				p.place.Address.ID = strconv.Itoa(i)
				line := []string{"/volg genk, gent", "/lijst", "/ontvolg gent", "/nieuws genk"}[i%4]
				start := time.Now()
				p.last = w.Commands.Handle(context.Background(), bot.Command{Place: p.place, Args: line})
				waits[i] = time.Since(start)
			})
		}
		wait.Wait()
		took = append(took, waits...)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Milliseconds()), "ms-p99")
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "ms-p50")
}

func FuzzCommand(f *testing.F) {
	w := world(f)
	for _, seed := range []string{
		"/volg genk", "volg genk, union", "/overzicht 8u30", "/stil 23:00-07:30", "/demp genk 2u", "+why 1", "following club/genk in nl", "forget confirm",
		"/start volg_club-genk", "/waarom https://dagblad.example/duivels", "/", "+", "news club/genk more:abc", "\xff", "🏆", "/@", "mute source 1 off",
	} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, line string, pressed bool) {
		p := newPerson(w, "de", false)
		p.last = w.Commands.Handle(t.Context(), bot.Command{Place: p.place, Args: line, Pressed: pressed, Language: "de"})
		checkReply(t, bottest.Turn{Line: line}, p.last)
		if strings.Contains(text(p.last), "Das hat gerade nicht geklappt") {
			t.Errorf("%q went wrong", line)
		}
	})
}
