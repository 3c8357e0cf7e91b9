package bottest

import (
	"strings"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Sample is a message that every adapter must render.
type Sample struct {
	// Name is fit for a file name.
	Name    string
	Message bot.Message
}

// Samples returns one message of each form that the core composes, and the
// nastiest that publishers may make of them. The stories are invented.
func Samples() []Sample {
	return []Sample{
		{"alert", alert(plain())},
		{"alert-rumour", alert(rumour())},
		{"alert-quote", alert(quote())},
		{"alert-spoiler", alert(spoiler())},
		{"alert-bare", bot.Message{Items: []bot.Item{{Story: 9, Title: "Enkel een titel", URL: "https://krant.example/9"}}}},
		{"bundle", lines("4 nieuwe berichten", 4, "")},
		{"bundle-spoilers", spoilers(lines("3 nieuwe berichten", 3, ""))},
		{"digest", digest(40)},
		{"digest-silent", silent(digest(3))},
		{"list", lines("Nieuws over KV Testem", 5, "")},
		{"answer", bot.Message{Title: "Je volgt nu KV Testem.", Text: "Elk verhaal over de club komt hier.\n\nMet de knoppen kies je wat en wanneer.", Buttons: settings()}},
		{"answer-long", bot.Message{Title: "Wat er bewaard wordt", Text: paragraphs(30)}},
		{"nasty-markup", alert(nasty(`<b>vet</b> &amp; [link](https://evil.example) **sterren** __lijnen__ ` + "`code` ||geheim|| ~~weg~~" + ` \ # > * _`))},
		{"nasty-mentions", alert(nasty("@everyone @here <@123> <@&456> <#789> @kanaal /start tg://user?id=1"))},
		{"nasty-direction", alert(nasty("שלום \u202eomgekeerd\u202c \u200f\u200e \u2066raar\u2069 نهاية"))},
		{"nasty-emoji", alert(nasty("👨‍👩‍👧‍👦 🇧🇪 ⚽️ é e\u0301 \u0000 \u200b \ufeff zero"))},
		{"nasty-long", alert(nasty(strings.Repeat("Heel lange titel zonder einde ", 170)))},
		{"nasty-word", alert(nasty(strings.Repeat("a", 5000)))},
		{"nasty-digest", nastyDigest()},
	}
}

func plain() bot.Item {
	return bot.Item{
		Story: 1, Group: "KV Testem · Rode Kegels", Title: "KV Testem haalt zijn oude kapitein terug",
		URL:  "https://krant.example/voetbal/kapitein-terug?id=1&ref=a",
		Lead: "Na drie jaar in het buitenland tekent hij tot de zomer van volgend jaar. Hij traint morgen al mee.", Publisher: "De Sportkrant",
		Age: "5 min geleden", Image: "https://krant.example/foto/1.jpg", Colour: 0x0055A4,
	}
}

func rumour() bot.Item {
	i := plain()
	i.Story, i.Label, i.Title = 2, "Gerucht:", "'KV Testem denkt aan spits uit tweede klasse'"
	return i
}

func quote() bot.Item {
	i := plain()
	i.Story, i.Label, i.Title, i.Image = 3, "Reactie:", `Trainer blijft kalm: "Wij kijken van week tot week"`, ""
	return i
}

func spoiler() bot.Item {
	i := plain()
	i.Story, i.Title, i.Lead, i.Spoiler = 4, "KV Testem wint met 4-1 van Olympia Probeer", "Drie doelpunten vielen in het laatste kwartier.", true
	return i
}

func nasty(text string) bot.Item {
	i := plain()
	i.Story, i.Title, i.Lead, i.Publisher, i.Group = 5, text, text, text, text
	return i
}

func alert(i bot.Item) bot.Message {
	return bot.Message{Key: "sample-key-0000000000001", Items: []bot.Item{i}, Buttons: [][]bot.Button{{
		{Text: "KV Testem dempen", Command: "+mute club/kv-testem"},
		{Text: "Waarom?", Command: "+why 1"},
		{Text: "Lees bij De Sportkrant", URL: i.URL},
	}}}
}

func settings() [][]bot.Button {
	return [][]bot.Button{
		{{Text: "Meteen", Command: "following club/kv-testem now", Chosen: true}, {Text: "In het overzicht", Command: "following club/kv-testem digest"}},
		{{Text: "Ontvolgen", Command: "unfollow club/kv-testem"}},
	}
}

// lines is a message of n lines, under one group if it is given.
func lines(title string, n int, group string) bot.Message {
	m := bot.Message{Key: "sample-key-0000000000002", Title: title}
	for n := range n {
		i := plain()
		i.Story = subscriptions.StoryID(100 + n)
		i.Title = "Verhaal nummer " + number(n) + " over de ploeg, de trainer en het stadion"
		i.URL = "https://krant.example/" + number(n)
		i.Group, i.Lead, i.Image, i.Compact = group, "", "", true
		if n%3 == 1 {
			i.Label = "Gerucht:"
		}
		m.Items = append(m.Items, i)
	}
	return m
}

func digest(n int) bot.Message {
	m := lines("Overzicht van maandag 23 november", n, "")
	for i := range m.Items {
		m.Items[i].Group = "Ploeg " + number(i/5)
	}
	m.Footer = "En nog 12 berichten."
	m.Buttons = [][]bot.Button{{{Text: "Toon meer", Command: "+news"}}}
	return m
}

func nastyDigest() bot.Message {
	m := digest(12)
	for i := range m.Items {
		m.Items[i].Title = number(i) + " " + strings.Repeat("<&>*_`[]()~|\\@everyone ", 20)
		m.Items[i].Group = strings.Repeat("*_Ploeg_* ", 1+i/3)
	}
	return m
}

func spoilers(m bot.Message) bot.Message {
	for i := range m.Items {
		m.Items[i].Spoiler = i%2 == 0
	}
	return m
}

func silent(m bot.Message) bot.Message {
	m.Silent = true
	return m
}

func paragraphs(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = "Alinea " + number(i) + ". " + strings.Repeat("Een gewone zin met een paar woorden erin. ", 6)
	}
	return strings.Join(all, "\n\n")
}

// number returns n as two digits, so that no number is the start of another.
func number(n int) string { return string([]byte{'0' + byte(n/10%10), '0' + byte(n%10)}) }
