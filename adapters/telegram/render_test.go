package telegram_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

var update = flag.Bool("update", false, "write the golden files anew") //nolint:gochecknoglobals // a flag

func alert() bot.Message {
	return bot.Message{
		Items: []bot.Item{{
			Story: 7, Group: "KRC Genk", Label: "Gerucht:", Title: "Genk polst spits van \"Union\" & Anderlecht <2,5 miljoen>",
			URL: "https://bal.example/artikel?id=7&x=1", Lead: "De Limburgers zouden een bod klaar hebben, volgens @insider.",
			Publisher: "De Bal", Age: "3 min geleden", Image: "https://bal.example/7.jpg", Colour: 0x0000ff,
		}},
		Buttons: [][]bot.Button{{{Text: "Waarom?", Command: "+why 7"}, {Text: "Demp", Command: "+mute club/genk"}}, {{Text: "Lees", URL: "https://bal.example/artikel?id=7"}}},
		Silent:  true,
	}
}

// odd is what publishers should not, but may do.
func odd() bot.Message {
	return bot.Message{
		Title: "  Titel\nop twee regels\u202e  ",
		Text:  "Eerste alinea met *sterretjes* en _streepjes_.\r\n\r\nTweede\talinea \u0000 met 👩‍👩‍👧 en \u200eשלום\u200e.",
		Items: []bot.Item{{Title: "\u202eomgekeerd\u202c @iedereen /wis </a><b>", URL: "javascript:alert(1)", Lead: "/wis alles, vraag @beheer; a/b en fan@huis blijven", Publisher: "Site\u2028Naam"}},
	}
}

// TestGolden compares what is sent with files that a person can read.
func TestGolden(t *testing.T) {
	t.Parallel()
	write := func(got *strings.Builder, sample bottest.Sample) {
		for i, m := range telegram.Split(sample.Message) {
			fmt.Fprintf(got, "== message %d: preview %s, keyboard %s ==\n%s\n", i+1, telegram.Preview(m), telegram.Keyboard(m.Buttons), telegram.HTML(m))
		}
	}
	for _, sample := range append(bottest.Samples(), bottest.Sample{Name: "odd", Message: odd()}) {
		t.Run(sample.Name, func(t *testing.T) {
			t.Parallel()
			var got strings.Builder
			write(&got, sample)
			golden(t, sample.Name+".golden", got.String())
		})
	}
	for language, samples := range bottest.Spoken(t) {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			var got strings.Builder
			for _, sample := range samples {
				fmt.Fprintf(&got, "==== %s\n", sample.Name)
				write(&got, sample)
			}
			golden(t, "spoken-"+language+".golden", got.String())
		})
	}
}

// golden compares text with a file in testdata, which -update writes.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil { //nolint:gosec // test data
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// TestPlainText: what is sent when the markup was refused reads well, and does not
// give away what spoilers hid.
func TestPlainText(t *testing.T) {
	t.Parallel()
	m := alert()
	m.Items[0].Group = ""
	want := "Gerucht: Genk polst spits van \"Union\" & Anderlecht <2,5 miljoen> https://bal.example/artikel?id=7&x=1\n" +
		"De Limburgers zouden een bod klaar hebben, volgens @\u2060insider.\nDe Bal, 3 min geleden"
	if diff := cmp.Diff(want, telegram.PlainText(m)); diff != "" {
		t.Error(diff)
	}
	for _, sample := range bottest.Samples() {
		for _, it := range sample.Message.Items {
			if it.Spoiler && strings.Contains(telegram.PlainText(sample.Message), it.Title) {
				t.Errorf("%s gives away %q", sample.Name, it.Title)
			}
		}
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.TrimSpace(strings.Repeat("woord ", n)) }
	items := func(n int, title string) []bot.Item {
		all := make([]bot.Item, n)
		for i := range all {
			all[i] = bot.Item{Story: subscriptions.StoryID(i + 1), Group: fmt.Sprint("Club ", i/25), Title: fmt.Sprint(title, " ", i), URL: fmt.Sprint("https://bal.example/", i), Publisher: "De Bal", Age: "1 u", Compact: true}
		}
		return all
	}
	tests := map[string]struct {
		m     bot.Message
		parts int
	}{
		"nothing":               {bot.Message{Buttons: [][]bot.Button{{{Text: "x", Command: "y"}}}}, 0},
		"one":                   {alert(), 1},
		"a hundred lines":       {bot.Message{Key: "k", Title: "Overzicht", Items: items(100, "Titel"), Footer: "Einde", Buttons: [][]bot.Button{{{Text: "Meer", Command: "news"}}}}, 2},
		"long lines":            {bot.Message{Key: "k", Items: items(60, long(20))}, 3},
		"a long text":           {bot.Message{Title: "Privacy", Text: long(1500)}, 3},
		"a text in paragraphs":  {bot.Message{Text: long(500) + "\n\n" + long(500)}, 2},
		"one item far too long": {bot.Message{Items: []bot.Item{{Title: long(900), Lead: long(900), Publisher: "De Bal"}}}, 1},
		"one word too long":     {bot.Message{Items: []bot.Item{{Title: strings.Repeat("é", 9000)}}}, 1},
		"emoji at the edge":     {bot.Message{Items: []bot.Item{{Title: strings.Repeat("😀", 3000)}}}, 1},
		"a lead full of @":      {bot.Message{Items: []bot.Item{{Title: "x", Lead: strings.Repeat("@a ", 1500)}}}, 1},
		"links too long":        {bot.Message{Items: items(1, "x"), Footer: "f"}, 1},
		"title and footer":      {bot.Message{Title: long(400), Text: long(630), Footer: long(400)}, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parts := telegram.Split(test.m)
			if len(parts) != test.parts {
				t.Errorf("%d parts, want %d", len(parts), test.parts)
			}
			checkParts(t, test.m, parts)
			if diff := cmp.Diff(parts, telegram.Split(test.m)); diff != "" {
				t.Errorf("cut another way the second time: %s", diff)
			}
		})
	}
}

// checkParts checks that every part is within the limits, and that together they
// hold every item once and in order.
func checkParts(t *testing.T, m bot.Message, parts []bot.Message) {
	t.Helper()
	keys := map[string]bool{}
	var stories []bot.Item
	for i, p := range parts {
		html := telegram.HTML(p)
		shown, entities, err := telegramtest.ParseHTML(html)
		switch {
		case err != nil:
			t.Errorf("part %d: %v in %q", i, err, html)
		case telegram.Units(shown) > 4096 || shown == "":
			t.Errorf("part %d has %d units", i, telegram.Units(shown))
		case entities > 100:
			t.Errorf("part %d has %d entities", i, entities)
		case !utf8.ValidString(html):
			t.Errorf("part %d is not UTF-8", i)
		}
		if m.Key != "" && (p.Key == "" || keys[p.Key]) {
			t.Errorf("part %d has the key %q", i, p.Key)
		}
		keys[p.Key] = true
		if p.Silent != m.Silent {
			t.Errorf("part %d: silent %v", i, p.Silent)
		}
		if last := i == len(parts)-1; last != (len(p.Buttons) > 0) && len(m.Buttons) > 0 {
			t.Errorf("part %d has buttons: %v", i, len(p.Buttons) > 0)
		}
		stories = append(stories, p.Items...)
	}
	if len(stories) != len(m.Items) {
		t.Fatalf("%d items, want %d", len(stories), len(m.Items))
	}
	for i := range stories {
		if stories[i].Story != m.Items[i].Story {
			t.Errorf("item %d is story %d, want %d", i, stories[i].Story, m.Items[i].Story)
		}
	}
}

func TestKeyboard(t *testing.T) {
	t.Parallel()
	var wide []bot.Button
	for i := range 120 {
		wide = append(wide, bot.Button{Text: strconv.Itoa(i), Command: "x"})
	}
	tests := map[string]struct {
		rows [][]bot.Button
		want string
	}{
		"none":             {nil, ""},
		"empty rows":       {[][]bot.Button{{}, nil}, ""},
		"no words":         {[][]bot.Button{{{Command: "x"}}}, ""},
		"nothing to do":    {[][]bot.Button{{{Text: "x"}}}, ""},
		"command too long": {[][]bot.Button{{{Text: "x", Command: strings.Repeat("y", 65)}}}, ""},
		"no web address":   {[][]bot.Button{{{Text: "x", URL: "mailto:x@y"}, {Text: "y", Command: "y"}}}, `{"inline_keyboard":[[{"text":"y","callback_data":"y"}]]}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := telegram.Keyboard(test.rows); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
	if got := telegram.Keyboard([][]bot.Button{wide}); strings.Count(got, `"text"`) != 100 || strings.Count(got, "],[") != 12 {
		t.Errorf("120 buttons in a row: %s", got)
	}
}

// FuzzRender: whatever a publisher writes, what is sent is valid and within the limits.
func FuzzRender(f *testing.F) {
	f.Add("Title <b>", "Lead & more", "https://x.example/?a=1&b=2", "text\n\nmore", true, false, uint8(3))
	f.Add("\u202e@x", "/wis\x00\xff", "http://", "", false, true, uint8(200))
	f.Add(strings.Repeat("😀", 2100), strings.Repeat("@a ", 900), "https://"+strings.Repeat("a", 1900), strings.Repeat("w ", 5000), true, true, uint8(40))
	f.Fuzz(func(t *testing.T, title, lead, address, text string, spoiler, compact bool, n uint8) {
		it := bot.Item{Title: title, Lead: lead, URL: address, Spoiler: spoiler, Compact: compact, Group: lead, Label: text, Publisher: title, Image: address, Age: address}
		m := bot.Message{Title: title, Text: text, Footer: lead, Buttons: [][]bot.Button{{{Text: title, Command: "x"}, {Text: lead, URL: address}}}}
		for i := range n {
			it.Story = subscriptions.StoryID(i)
			m.Items = append(m.Items, it)
		}
		parts := telegram.Split(m)
		if len(parts) == 0 {
			if shown, _, _ := telegramtest.ParseHTML(telegram.HTML(m)); shown != "" {
				t.Error("a message with text gave no part")
			}
			return
		}
		for _, p := range parts {
			shown, entities, err := telegramtest.ParseHTML(telegram.HTML(p))
			if err != nil {
				t.Fatalf("%v in %q", err, telegram.HTML(p))
			}
			if telegram.Units(shown) > 4096 || entities > 100 {
				t.Fatalf("%d units, %d entities", telegram.Units(shown), entities)
			}
		}
	})
}

func FuzzAddress(f *testing.F) {
	for _, id := range []string{"1", "-1001234567890", "-100/12", "0", "1/0", "+1", "01", "1/02", "1/", "/1", " 1", "9223372036854775808", "-", "1/-1"} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		a := subscriptions.Address{Platform: telegram.Platform, ID: id}
		if back, err := telegram.ParseAddress(a); err == nil && back != a {
			t.Errorf("%q was read as %q", a, back)
		}
	})
}

func FuzzDecodeUpdates(f *testing.F) {
	f.Add([]byte(`[{"update_id":1,"message":{"message_id":1,"chat":{"id":1,"type":"private"},"text":"x"}},{"update_id":"2"},{"update_id":3,"message":7},{},null,7]`))
	f.Add([]byte(`null`))
	f.Add([]byte(`{}`))
	f.Add([]byte(`[{"update_id":9223372036854775807}]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		good, spoiled, nameless, next, err := telegram.DecodeUpdates(raw)
		if err != nil && (good+spoiled+nameless > 0) {
			t.Error("updates beside an error")
		}
		if good+spoiled > 0 && next == 0 {
			t.Error("updates that cannot be confirmed")
		}
	})
}
