package discord

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// FuzzRender: whatever a publisher writes, each part is within Discord's limits,
// no item is lost, and nothing in it is markup, a mention or an open spoiler.
func FuzzRender(f *testing.F) {
	f.Add("Genk wint *nipt*", "@everyone kijk", "https://sjotgazet.example/1_(a)", "De _Sjotgazet_", uint8(3), uint8(7))
	f.Add(strings.Repeat("||", 3000), strings.Repeat("a", 9000), "https://x.example/"+strings.Repeat("a", 1900), "`", uint8(60), uint8(3))
	f.Add("\u202Eomgekeerd\u0000", "# kop\n- lijst\n1. een\n> citaat", "javascript:alert(1)", "<@1> <#2> <t:3> https://x.example", uint8(12), uint8(5))
	f.Add(strings.Repeat("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 300), strings.Repeat("é ", 2500), "https://é.example/ü?a=[b]|c", "\xff\xfe", uint8(200), uint8(15))
	f.Fuzz(func(t *testing.T, title, text, address, publisher string, n, form uint8) {
		if len(title)+len(text)+len(address)+len(publisher) > 4_000 {
			t.Skip()
		}
		m := bot.Message{Key: "k", Title: title, Text: text, Footer: publisher}
		for i := range int(n % 40) {
			m.Items = append(m.Items, bot.Item{
				Story: subscriptions.StoryID(i + 1), Title: title, URL: address, Lead: text, Publisher: publisher, Label: title, Image: address,
				Age: text, Colour: int(n), Compact: form&1 != 0, Spoiler: form&2 != 0, Group: strings.Repeat(publisher, i%int(form/8+1)),
			})
			m.Buttons = append(m.Buttons, []bot.Button{{Text: title, Command: "why"}, {Text: publisher, URL: address}, {Text: text, Command: address}})
		}
		if form&4 != 0 {
			m.Title, m.Text = "", ""
		}
		checkParts(t, m, split(m))
		for _, content := range plain(m) {
			if units(content) > maxContent {
				t.Errorf("plain content of %d units", units(content))
			}
			checkText(t, content)
		}
	})
}

func checkParts(t *testing.T, m bot.Message, parts []bot.Message) {
	t.Helper()
	keys := map[string]bool{}
	var stories []subscriptions.StoryID
	for _, part := range parts {
		if keys[part.Key] {
			t.Errorf("two parts with the key %q", part.Key)
		}
		keys[part.Key] = true
		for _, it := range part.Items {
			stories = append(stories, it.Story)
		}
		checkPayload(t, render(part), m.Items)
		// A part that is split again stays as it is: Send takes what Split gave.
		if again := split(part); len(again) != 1 {
			t.Errorf("a part was split again into %d", len(again))
		}
	}
	if len(stories) != len(m.Items) {
		t.Errorf("%d items of %d", len(stories), len(m.Items))
	}
	for i, id := range stories {
		if id != m.Items[i].Story {
			t.Errorf("item %d is story %d", i, id)
		}
	}
}

func checkPayload(t *testing.T, p payload, items []bot.Item) {
	t.Helper()
	if units(p.Content) > maxContent || len(p.Embeds) > maxEmbeds || weight(p.Embeds) > maxEmbedTotal || len(p.Components) > maxRows {
		t.Errorf("content %d, %d embeds of %d, %d rows", units(p.Content), len(p.Embeds), weight(p.Embeds), len(p.Components))
	}
	if strings.TrimSpace(p.Content) == "" && len(p.Embeds) == 0 {
		t.Error("an empty message")
	}
	raw, err := json.Marshal(p)
	if err != nil || !utf8.Valid(raw) {
		t.Errorf("not JSON: %v", err)
	}
	if !strings.Contains(string(raw), `"allowed_mentions":{"parse":[]`) {
		t.Error("somebody could be pinged")
	}
	checkText(t, p.Content)
	for _, e := range p.Embeds {
		if units(e.Title) > maxTitle || units(e.Description) > maxDescription || len(e.URL) > urlCap {
			t.Errorf("title %d, description %d, url %d", units(e.Title), units(e.Description), len(e.URL))
		}
		if e.Footer != nil && (units(e.Footer.Text) > 2048 || e.Footer.Text == "") || e.Author != nil && (units(e.Author.Name) > maxAuthor || e.Author.Name == "") {
			t.Errorf("footer %+v, author %+v", e.Footer, e.Author)
		}
		if weight([]*discordgo.MessageEmbed{e}) == 0 {
			t.Error("an empty embed")
		}
		checkText(t, e.Title)
		checkText(t, e.Description)
		if len(items) > 0 && items[0].Spoiler && (e.Title != "" && !items[0].Compact || e.Thumbnail != nil || e.Image != nil) {
			t.Errorf("a hidden story with title %q, picture %v", e.Title, e.Thumbnail)
		}
	}
}

// checkText fails for a mention, and for a spoiler that is not closed.
func checkText(t *testing.T, s string) {
	t.Helper()
	bare := strings.NewReplacer(`\\`, "", `\|`, "", `\<`, "", `\@`, "").Replace(s)
	for _, bad := range []string{"<@", "<#", "<t:", "<:", "@everyone", "@here", "\u202E", "\x00"} {
		if strings.Contains(bare, bad) {
			t.Errorf("%q is open in %q", bad, s)
		}
	}
	if strings.Count(bare, "||")%2 != 0 {
		t.Errorf("a spoiler is not closed in %q", s)
	}
}

// FuzzInteraction: nothing that is sent as an interaction makes the decoding
// panic, and what passes can be answered.
func FuzzInteraction(f *testing.F) {
	f.Add(`{"id":"1","application_id":"2","type":2,"token":"t","data":{"name":"follow","options":[{"name":"topic","value":"genk"}]},"guild_id":"3","channel_id":"4","member":{"user":{"id":"5"},"permissions":"32"},"app_permissions":"2147483647","context":0,"authorizing_integration_owners":{"0":"3"}}`)
	f.Add(`{"id":"1","application_id":"2","type":3,"token":"t","data":{"custom_id":"+why 1~2"},"channel_id":"4","user":{"id":"5"},"message":{"id":"1","flags":64,"components":[{"type":99}]}}`)
	f.Add(`{"id":"1","token":"t","type":"2"}`)
	f.Add(`{"id":"1","application_id":"2","type":4,"token":"t","channel":{"id":"4","type":11},"user":{"id":"5"},"data":{"options":[{"focused":true,"value":1e400}]}}`)
	f.Fuzz(func(t *testing.T, raw string) {
		i, err := decodeInteraction([]byte(raw))
		if err != nil {
			if strings.Contains(err.Error(), `"`) {
				t.Errorf("the error repeats what was sent: %v", err)
			}
			if i.Token != "" && !validID(i.ID) {
				t.Errorf("to be answered, but the id is %q", i.ID)
			}
			return
		}
		if !validID(i.ID) || !validID(i.channel()) || i.who() == "" || !validID(i.ApplicationID) {
			t.Errorf("accepted: %q", raw)
		}
		c := i.command()
		if i.pressed() && !strings.HasPrefix(i.Data.CustomID, c.Args) {
			t.Errorf("%q became the command %q", i.Data.CustomID, c.Args)
		}
		i.focused().text()
		i.thread()
		i.hidden()
		i.mayManage()
		if out, ok := i.lay(bot.Reply{Message: bot.Message{Text: "x"}}); !ok || len(out.parts) == 0 {
			t.Error("no answer")
		}
		if i.AppPermissions != nil {
			i.AppPermissions.missing(i.thread())
		}
	})
}

// FuzzAddress: only what this package mints is an address, and it comes back.
func FuzzAddress(f *testing.F) {
	for _, id := range []string{"channel/12", "dm/12", "dm/../users", "channel/", "", "channel/1/2", "user/3", "channel/" + strings.Repeat("1", 40)} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		channel, err := parseAddress(subscriptions.Address{Platform: Platform, ID: id})
		if err != nil {
			return
		}
		if channelAddress(channel).ID != id && directAddress(channel).ID != id {
			t.Errorf("%q names the channel %q", id, channel)
		}
		if strings.ContainsAny(channel, "/?#%.") || channel == "" {
			t.Errorf("%q would not stand in a path", channel)
		}
	})
}

// FuzzProblem: an error page of any kind is no more than an error.
func FuzzProblem(f *testing.F) {
	f.Add([]byte(`{"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"title":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH"}]}}}}}`), 400)
	f.Add([]byte(`{"retry_after":1e999,"global":"yes"}`), 429)
	f.Add([]byte(`<html>`), 502)
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		a := answer{status: status, body: body}
		v := judge(a)
		if v.result == bot.ResultUnreachable && v.rest == "" || v.after < 0 {
			t.Errorf("verdict %+v", v)
		}
		if p, ok := a.problem(); ok {
			if fields := wrongFields(p.Errors); len(fields) > fieldsCap*140 {
				t.Errorf("%d bytes of fields", len(fields))
			}
		}
		limitOf(a)
	})
}
