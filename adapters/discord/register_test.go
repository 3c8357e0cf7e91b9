package discord_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/bot"
)

var update = flag.Bool("update", false, "write the golden files anew") //nolint:gochecknoglobals // a flag

// golden compares got with a file, which -update writes.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got); -update writes it anew:\n%s", name, diff)
	}
}

func TestDefinitions(t *testing.T) {
	t.Parallel()
	raw, err := json.MarshalIndent(discord.Defined(specs()), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "commands.json", append(raw, '\n'))
}

// TestRegistersOnce: the commands are registered when the table changes, and
// not at every start.
func TestRegistersOnce(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	if names := w.srv.Commands("nl"); names["follow"] != "volg" {
		t.Errorf("in Dutch: %v", names)
	}
	if names := w.srv.Commands("fr"); names["follow"] != "suivre" {
		t.Errorf("in French: %v", names)
	}
	w.logs.await("commands registered")
	_ = w.stop()
	w.bot = w.newBot()
	w.run()
	w.srv.Wait(5*time.Second, func() bool { return len(w.srv.Identified()) == 2 })
	w.works()
	_ = w.stop()
	if n := w.srv.Requests("register commands"); n != 1 {
		t.Errorf("registered %d times, want 1", n)
	}
	w.clean()
}

// TestRegistersInTheEnd: an outage at the start delays the commands; a refusal
// ends the trying.
func TestRegistersInTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{IdentifyEvery: 40 * time.Millisecond})
	w.srv.Inject("register commands", 4, discordtest.Fault{Status: 503, Body: "<html>"})
	w.run()
	if !w.srv.Wait(10*time.Second, func() bool { return len(w.srv.Commands("nl")) > 0 }) {
		t.Errorf("not registered\n%s", w.logs)
	}
	w = newWorld(t, discordtest.Options{IdentifyEvery: 40 * time.Millisecond})
	w.srv.Inject("register commands", -1, discordtest.Fault{Status: 400, Body: `{"code":50035,"message":"Invalid Form Body"}`})
	w.run()
	w.connected()
	w.srv.Wait(300*time.Millisecond, func() bool { return w.srv.Requests("register commands") > 1 })
	if n := w.srv.Requests("register commands"); n != 1 || !strings.Contains(w.logs.String(), "commands not registered") {
		t.Errorf("%d tries\n%s", n, w.logs)
	}
}

// TestBroadcast: a paced broadcast meets no limit, while answers to people do not
// wait for it.
func TestBroadcast(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{GlobalRate: 200})
	fast, err := discord.New(discord.Config{Token: w.srv.Token(), APIURL: w.srv.URL(), Rate: 200, Transport: discordtest.Transport(), Dial: discordtest.Dial})
	if err != nil {
		t.Fatal(err)
	}
	g := w.srv.Guild("g")
	var channels []*discordtest.Channel
	for range 100 {
		channels = append(channels, g.Channel("c"))
	}
	began := time.Now()
	answered := make(chan discordtest.Reply, 1)
	go func() {
		r, err := w.srv.User("jan", "nl").Slash(nil, "follow")
		if err != nil {
			t.Error(err)
		}
		answered <- r
	}()
	for round := range 3 {
		for _, c := range channels {
			to := address("channel", c.ID)
			for {
				wait, _ := fast.Reserve(to, time.Now())
				if wait == 0 {
					break
				}
				<-time.After(wait)
			}
			if r := fast.Send(t.Context(), to, bot.Message{Key: string(rune('a' + round)), Text: "nieuws"}); r.Result != bot.ResultSent {
				t.Fatalf("receipt = %+v", r)
			}
		}
	}
	took := time.Since(began)
	if stats := w.srv.Stats(); stats.Messages != 300 || stats.Limited["global"]+stats.Limited["user"] != 0 {
		t.Errorf("stats = %+v", stats)
	}
	t.Logf("300 messages in %v, %.0f a second of 200; the answer took %v", took, 300/took.Seconds(), (<-answered).Took)
	w.clean()
}
