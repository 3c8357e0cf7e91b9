package discord_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func address(kind, id string) subscriptions.Address {
	return subscriptions.Address{Platform: discord.Platform, ID: kind + "/" + id}
}

func TestSlashCommandInServer(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	g := w.srv.Guild("Genkies")
	channel := g.Channel("nieuws")
	jan := w.srv.User("jan", "nl")
	g.Manager(jan)
	r, err := jan.Slash(channel, "follow", "topic=genk")
	if err != nil {
		t.Fatalf("%v\n%s", err, w.logs)
	}
	if got := r.Text(); got != "Je volgt KRC Genk." {
		t.Errorf("answer = %q", got)
	}
	c := w.core.asked()[0]
	if c.Place.Address != address("channel", channel.ID) || !c.Place.Shared || len(c.Place.Missing) != 0 {
		t.Errorf("place = %+v", c.Place)
	}
	if c.Name != "follow" || c.Options["topic"] != "genk" || c.Language != "nl" || c.Pressed {
		t.Errorf("command = %+v", c)
	}
	if c.Mark.Stream != "discord:interactions" || c.Mark.Key == "" {
		t.Errorf("mark = %+v", c.Mark)
	}
	if may, err := c.MayManage(t.Context()); err != nil || !may {
		t.Errorf("MayManage = %v, %v", may, err)
	}
	els := w.srv.User("els", "fr")
	if _, err := els.Slash(channel, "follow", "topic=genk"); err != nil {
		t.Fatal(err)
	}
	if may, _ := w.core.asked()[1].MayManage(t.Context()); may {
		t.Error("a member without the right may manage the server")
	}
	w.clean()
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	g := w.srv.Guild("Genkies")
	channel := g.Channel("nieuws")
	mute := g.Channel("stil")
	mute.Deny(discordtest.SendMessages | discordtest.EmbedLinks)
	post := g.Forum("forum").Thread("KRC Genk")
	post.Deny(discordtest.SendInThreads)
	jan := w.srv.User("jan", "nl")
	other := w.srv.User("els", "nl")
	for _, tt := range []struct {
		name  string
		where discordtest.Where
		want  bot.Place
	}{
		{"channel", discordtest.Where{Channel: channel}, bot.Place{Address: address("channel", channel.ID), Shared: true}},
		{
			"channel where it may not write",
			discordtest.Where{Channel: mute},
			bot.Place{Address: address("channel", mute.ID), Shared: true, Missing: []string{"right.send-messages", "right.embed-links"}},
		},
		{
			"forum post",
			discordtest.Where{Channel: post},
			bot.Place{Address: address("channel", post.ID), Shared: true, Missing: []string{"right.send-in-threads"}},
		},
		{"direct message", discordtest.Where{}, bot.Place{Address: address("dm", jan.Direct().ID)}},
		{"server where only the person installed it", discordtest.Where{Channel: channel, Installed: true}, bot.Place{Address: address("dm", jan.Direct().ID)}},
		{"conversation of others", discordtest.Where{Channel: other.Direct()}, bot.Place{Address: address("dm", jan.Direct().ID)}},
	} {
		if _, err := jan.SlashIn(tt.where, "follow", "topic=genk"); err != nil {
			t.Fatalf("%s: %v\n%s", tt.name, err, w.logs)
		}
		asked := w.core.asked()
		if diff := cmp.Diff(tt.want, asked[len(asked)-1].Place); diff != "" {
			t.Errorf("%s: place (-want +got):\n%s", tt.name, diff)
		}
		if private := asked[len(asked)-1].MayManage == nil; private == tt.want.Shared {
			t.Errorf("%s: MayManage is nil = %v", tt.name, private)
		}
	}
	w.clean()
}

func TestSend(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	channel := w.srv.Guild("Genkies").Channel("nieuws")
	m := bot.Message{
		Key: "p/1", Title: "Nieuw", Footer: "Je volgt KRC Genk.",
		Items: []bot.Item{{
			Title: "Genk wint *nipt* van @everyone", URL: "https://sjotgazet.example/1", Lead: "Een lead.", Publisher: "De Sjotgazet",
			Age: "3 min", Colour: 0x0000FF, Image: "https://sjotgazet.example/1.jpg", Label: "Gerucht:",
		}},
		Buttons: [][]bot.Button{{{Text: "Waarom", Command: "why 1"}, {Text: "Lees", URL: "https://sjotgazet.example/1"}}},
		Silent:  true,
	}
	to := address("channel", channel.ID)
	var references []string
	for range 2 { // the second is a repetition under the same key
		r := w.bot.Send(t.Context(), to, m)
		if r.Result != bot.ResultSent || r.Err != nil {
			t.Fatalf("receipt = %+v", r)
		}
		references = append(references, r.Reference)
	}
	if references[0] == "" || references[0] != references[1] {
		t.Errorf("references = %q", references)
	}
	seen := channel.Messages()
	if len(seen) != 1 {
		t.Fatalf("%d messages, want 1", len(seen))
	}
	if !seen[0].Silent || seen[0].Embeds[0].Color != 0xFF {
		t.Errorf("message = %+v", seen[0])
	}
	want := "**Nieuw**\nGerucht:\nGenk wint \\*nipt\\* van \\@everyone\nEen lead.\nDe Sjotgazet, 3 min\nJe volgt KRC Genk."
	if diff := cmp.Diff(want, seen[0].Text()); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	w.clean()
}

func TestCheck(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{})
	name, err := w.bot.Check(t.Context())
	if name != "@sjotbot" || err != nil {
		t.Errorf("Check = %q, %v", name, err)
	}
	w.srv.ResetToken()
	_, err = w.bot.Check(t.Context())
	if err == nil || !strings.Contains(err.Error(), "SJOTBOT_DISCORD_TOKEN") {
		t.Errorf("Check with a wrong token: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	if err := w.bot.Run(ctx, w.core); err == nil || !strings.Contains(err.Error(), "SJOTBOT_DISCORD_TOKEN") {
		t.Errorf("Run with a wrong token: %v", err)
	}
}
