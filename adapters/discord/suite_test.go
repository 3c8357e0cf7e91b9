package discord_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func TestMessenger(t *testing.T) {
	t.Parallel()
	specification := schema(t)
	bottest.RunMessenger(t, func(t *testing.T) bottest.Bench {
		t.Helper()
		w := newWorld(t, discordtest.Options{Schema: specification, ChannelRate: -1, GlobalRate: -1})
		t.Cleanup(w.clean)
		channels := map[subscriptions.Address]*discordtest.Channel{}
		var places []subscriptions.Address
		g := w.srv.Guild("g")
		for range 10 {
			c, dm := g.Channel("c"), w.srv.User("u", "nl").Direct()
			for at, c := range map[subscriptions.Address]*discordtest.Channel{address("channel", c.ID): c, address("dm", dm.ID): dm} {
				channels[at] = c
				places = append(places, at)
			}
		}
		return bottest.Bench{
			Messenger: w.bot, Places: places, Secret: w.srv.Token(),
			Script: func(_ subscriptions.Address, f bottest.Fault) bool { return script(w.srv, f) },
			Messages: func(at subscriptions.Address) []string {
				var list []string
				for _, m := range channels[at].Messages() {
					list = append(list, bare(m.Text()))
				}
				return list
			},
		}
	})
}

// script makes the next message meet a fault.
func script(srv *discordtest.Server, f bottest.Fault) bool {
	refusal := func(status, code int) discordtest.Fault {
		return discordtest.Fault{Status: status, Body: fmt.Sprintf(`{"code":%d,"message":"no"}`, code)}
	}
	faults := map[bottest.Fault]discordtest.Fault{
		bottest.FaultTooFast:    {Status: 429, Body: `{"message":"slow","retry_after":2,"global":false}`},
		bottest.FaultTooFastAll: {Status: 429, Body: `{"message":"slow","retry_after":2,"global":true}`},
		bottest.FaultTooFastWeb: {Status: 429, Body: "<html>"},
		bottest.FaultDown:       refusal(503, 0),
		bottest.FaultGarbage:    {Status: 502, Body: "<html>"},
		bottest.FaultNonsense:   {Status: 200, Body: "<html>"},
		bottest.FaultNoAnswer:   {Reset: true, After: true},
		bottest.FaultBlocked:    refusal(403, 50007),
		bottest.FaultKicked:     refusal(404, 10004),
		bottest.FaultGone:       refusal(404, 10003),
		bottest.FaultNoRight:    refusal(403, 50013),
		bottest.FaultMarkup:     refusal(400, 50035),
		bottest.FaultRefused:    refusal(400, 240000),
		bottest.FaultToken:      refusal(401, 0),
	}
	fault, has := faults[f]
	if !has {
		return false // no place on Discord ever gets another address
	}
	times := 1
	if f == bottest.FaultRefused {
		times = 2 // also as plain text
	}
	srv.Inject("create message", times, fault)
	return true
}

var (
	maskedLink = regexp.MustCompile(`\[((?:\\.|[^\]\\])*)\]\([^)]*\)`)
	escaped    = regexp.MustCompile(`\\([^\w\s])`)
)

// bare is what a reader sees of a text: without Discord's markup, spoilers open.
func bare(text string) string {
	text = maskedLink.ReplaceAllString(text, "$1")
	// What is escaped stays, what is not is markup.
	var kept []string
	text = escaped.ReplaceAllStringFunc(text, func(s string) string {
		kept = append(kept, s[1:])
		return "\x00"
	})
	text = strings.NewReplacer("**", "", "||", "", "-# ", "", "<http", "http").Replace(text)
	for _, s := range kept {
		text = strings.Replace(text, "\x00", s, 1)
	}
	return text
}

// TestSamples keeps what the sample messages look like.
func TestSamples(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{})
	draw := func(b *strings.Builder, sample bottest.Sample) {
		for i, part := range w.bot.Split(sample.Message) {
			raw, err := json.Marshal(discord.Rendered(part))
			if err != nil {
				t.Fatal(err)
			}
			if i > 0 {
				b.WriteString("\n")
			}
			b.WriteString(drawn(discordtest.ParseMessage(raw)))
		}
	}
	for _, sample := range bottest.Samples() {
		var b strings.Builder
		draw(&b, sample)
		golden(t, "samples/"+sample.Name+".txt", []byte(b.String()))
	}
	for language, samples := range bottest.Spoken(t) {
		var b strings.Builder
		for _, sample := range samples {
			fmt.Fprintf(&b, "== %s\n", sample.Name)
			draw(&b, sample)
		}
		golden(t, "samples/spoken-"+language+".txt", []byte(b.String()))
	}
}

// drawn draws a message as a person sees it, with its markup.
func drawn(m discordtest.Message) string {
	var b strings.Builder
	if m.Silent {
		fmt.Fprintln(&b, "(without a sound)")
	}
	if m.Content != "" {
		fmt.Fprintln(&b, m.Content)
	}
	for _, e := range m.Embeds {
		fmt.Fprintf(&b, "┌ #%06X\n", e.Color)
		put := func(sign, text string) {
			if text != "" {
				fmt.Fprintln(&b, "│"+sign, strings.ReplaceAll(text, "\n", "\n│"+sign+" "))
			}
		}
		put("", e.Author.Name)
		put(" #", e.Title)
		put(" →", e.URL)
		put("", e.Description)
		put(" ▣", e.Thumbnail.URL)
		put(" ·", e.Footer.Text)
		fmt.Fprintln(&b, "└")
	}
	for _, row := range m.Rows {
		for i, button := range row {
			if i > 0 {
				b.WriteString(" ")
			}
			switch {
			case button.URL != "":
				fmt.Fprintf(&b, "[%s → %s]", button.Label, button.URL)
			case button.Style == 3:
				fmt.Fprintf(&b, "[✓ %s = %q]", button.Label, button.CustomID)
			default:
				fmt.Fprintf(&b, "[%s = %q]", button.Label, button.CustomID)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
