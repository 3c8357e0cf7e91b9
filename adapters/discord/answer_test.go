package discord_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/bot"
)

// answers sets what the core says.
func (w *world) answers(handle func(bot.Command) bot.Reply) {
	w.core.mu.Lock()
	defer w.core.mu.Unlock()
	w.core.handle = handle
}

func say(text string) bot.Reply { return bot.Reply{Message: bot.Message{Text: text}} }

// TestAnswersAreSeenByWhom: in a server a private answer is for the person alone;
// elsewhere what is hidden would only get lost.
func TestAnswersAreSeenByWhom(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	g := w.srv.Guild("Genkies")
	channel := g.Channel("nieuws")
	jan := w.srv.User("jan", "nl")
	for name, tt := range map[string]struct {
		where   discordtest.Where
		private bool
		hidden  bool
	}{
		"open in a server":              {discordtest.Where{Channel: channel}, false, false},
		"private in a server":           {discordtest.Where{Channel: channel}, true, true},
		"private in direct messages":    {discordtest.Where{}, true, false},
		"installed by the person alone": {discordtest.Where{Channel: channel, Installed: true}, false, true},
	} {
		w.answers(func(bot.Command) bot.Reply { r := say("x"); r.Private = tt.private; return r })
		r, err := jan.SlashIn(tt.where, "follow")
		if err != nil || len(r.Messages) != 1 || r.Messages[0].Ephemeral != tt.hidden {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	w.clean()
}

// TestPresses: a pressed button is a typed command, and its answer stands where it
// should.
func TestPresses(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	channel := w.srv.Guild("Genkies").Channel("nieuws")
	jan := w.srv.User("jan", "nl")
	m := bot.Message{Items: []bot.Item{{Title: "Genk wint", URL: "https://sjotgazet.example/1"}}, Buttons: [][]bot.Button{
		{{Text: "Waarom", Command: "+why 12"}, {Text: "Volg", Command: "follow club/genk"}, {Text: "Nog eens", Command: "follow club/genk"}},
		{{Text: "Aan", Command: "spoilers on", Chosen: true}, {Text: "En nog", Command: "follow club/genk"}},
	}}
	if r := w.bot.Send(t.Context(), address("channel", channel.ID), m); r.Result != bot.ResultSent {
		t.Fatalf("receipt = %+v", r)
	}
	alert := channel.Messages()[0]

	reply := bot.Reply{Message: bot.Message{Text: "Omdat je Genk volgt."}, Private: true, Beside: true}
	w.answers(func(bot.Command) bot.Reply { return reply })
	r, err := jan.Presses(channel, alert, "Waarom")
	if err != nil || r.Updated || !r.Messages[0].Ephemeral || r.Text() != "Omdat je Genk volgt." {
		t.Errorf("beside a story: %+v, %v", r, err)
	}
	if c := w.core.asked()[0]; !c.Pressed || c.Name != "" || c.Args != "+why 12" {
		t.Errorf("command = %+v", c)
	}
	reply.Private = false
	r, err = jan.Presses(channel, alert, "Waarom")
	if seen := channel.Messages(); err != nil || r.Updated || len(seen) != 2 || len(seen[0].Embeds) != 1 {
		t.Errorf("beside a story, for all: %+v, %v", r, err)
	}
	for _, label := range []string{"Volg", "Nog eens", "En nog"} {
		reply = bot.Reply{Toast: "Je volgt Genk."}
		r, err = jan.Presses(channel, alert, label)
		if err != nil || r.Updated || !r.Messages[0].Ephemeral || r.Text() != "Je volgt Genk." {
			t.Errorf("%s: %+v, %v", label, r, err)
		}
		if asked := w.core.asked(); asked[len(asked)-1].Args != "follow club/genk" {
			t.Errorf("%s: command = %+v", label, asked[len(asked)-1])
		}
	}
	reply = bot.Reply{Message: bot.Message{Text: "Spoilers staan uit.", Buttons: [][]bot.Button{{{Text: "Aan", Command: "spoilers on"}}}}}
	r, err = jan.Presses(channel, alert, "Aan")
	if err != nil || !r.Updated || channel.Messages()[0].Text() != "Spoilers staan uit." || len(channel.Messages()[0].Embeds) != 0 {
		t.Errorf("in place: %+v, %v", r, err)
	}

	// A message that only one person sees is replaced by one that only he sees.
	reply = bot.Reply{Message: bot.Message{Text: "menu", Buttons: [][]bot.Button{{{Text: "Verder", Command: "following 2"}}}}, Private: true}
	menu, err := jan.Slash(channel, "follow")
	if err != nil {
		t.Fatal(err)
	}
	r, err = jan.Presses(channel, menu.Messages[0], "Verder")
	if err != nil || !r.Updated {
		t.Errorf("in a hidden menu: %+v, %v", r, err)
	}
	reply = bot.Reply{Message: bot.Message{Text: strings.Repeat("Een zin die lang genoeg is. ", 100), Buttons: reply.Message.Buttons}}
	before := len(channel.Messages())
	if r, err = jan.Presses(channel, menu.Messages[0], "Verder"); err != nil || !r.Updated {
		t.Errorf("in a hidden menu, long: %+v, %v", r, err)
	}
	w.srv.Wait(5*time.Second, func() bool { return w.srv.Requests("follow up") > 0 })
	if _, err = jan.Slash(nil, "follow"); err != nil || len(channel.Messages()) != before {
		t.Errorf("what belongs to a hidden menu is open to all, or %v", err)
	}
	w.clean()
}

// TestPressUnderADeletedMessage: the message is deleted between the press and the
// answer. The person reads the answer all the same, and nobody else does.
func TestPressUnderADeletedMessage(t *testing.T) {
	t.Parallel()
	for name, slow := range map[string]bool{"at once": false, "deferred": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, discordtest.Options{})
			jan := w.srv.User("jan", "nl")
			for _, channel := range []*discordtest.Channel{w.srv.Guild("Genkies").Channel("nieuws"), jan.Direct()} {
				kind := "channel"
				if channel == jan.Direct() {
					kind = "dm"
				}
				m := bot.Message{Text: "Geruchten?", Buttons: [][]bot.Button{{{Text: "Uit", Command: "rumours off"}}}}
				if r := w.bot.Send(t.Context(), address(kind, channel.ID), m); r.Result != bot.ResultSent {
					t.Fatalf("receipt = %+v", r)
				}
				question := channel.Messages()[0]
				w.answers(func(bot.Command) bot.Reply {
					channel.Erase(question)
					before := w.srv.Requests("interaction callback")
					if slow {
						w.srv.Wait(5*time.Second, func() bool { return w.srv.Requests("interaction callback") > before })
					}
					return say("Geruchten staan uit.")
				})
				r, err := jan.Presses(channel, question, "Uit")
				if err != nil || r.Text() != "Geruchten staan uit." || r.Messages[0].Ephemeral != (kind == "channel") {
					t.Errorf("%s: %+v, %v\n%s", kind, r, err, w.logs)
				}
			}
			w.clean()
		})
	}
}

// TestSlowCommands: what takes long is deferred first, and the answer comes where
// it would have come.
func TestSlowCommands(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	channel := w.srv.Guild("Genkies").Channel("nieuws")
	jan := w.srv.User("jan", "nl")
	long := bot.Message{Text: strings.Repeat("Een zin die lang genoeg is. ", 150), Buttons: [][]bot.Button{{{Text: "Volg", Command: "follow"}, {Text: "Waarom", Command: "+why 1"}}}}
	reply := bot.Reply{Message: long}
	// The core answers when Discord heard that it will take longer.
	slow := func(c bot.Command) bot.Reply {
		before := w.srv.Requests("interaction callback")
		w.srv.Wait(5*time.Second, func() bool { return w.srv.Requests("interaction callback") > before })
		return reply
	}
	w.answers(slow)
	r, err := jan.Slash(channel, "follow")
	if err != nil || !r.Deferred || !r.Messages[0].Ephemeral {
		t.Fatalf("in a server: %+v, %v\n%s", r, err, w.logs)
	}
	r, err = jan.Slash(nil, "follow")
	if err != nil || !r.Deferred || r.Messages[0].Ephemeral {
		t.Fatalf("in direct messages: %+v, %v", r, err)
	}
	w.srv.Wait(5*time.Second, func() bool { return len(jan.Direct().Messages()) > 2 })
	messages := jan.Direct().Messages()
	if len(messages) != 3 || len(messages[2].Buttons()) != 2 {
		t.Fatalf("%d messages", len(messages))
	}
	reply = say("kort")
	if r, err = jan.Presses(nil, messages[2], "Volg"); err != nil || !r.Deferred || jan.Direct().Messages()[2].Text() != "kort" {
		t.Errorf("a button: %+v, %v", r, err)
	}
	reply.Beside = true
	if r, err = jan.Presses(nil, messages[2], "Waarom"); err != nil || !r.Deferred || jan.Direct().Messages()[2].Text() != "kort" || jan.Direct().Messages()[3].Text() != "kort" {
		t.Errorf("a button under a story: %+v, %v", r, err)
	}
	w.clean()
}

func TestCompletion(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	jan := w.srv.User("jan", "fr")
	choices, err := jan.Types(nil, "follow", "topic", "gen")
	if err != nil || len(choices) != 0 {
		t.Errorf("nothing to propose: %v, %v", choices, err)
	}
	var got bot.Completion
	w.core.complete = func(q bot.Completion) []bot.Choice {
		got = q
		var list []bot.Choice
		list = append(list, bot.Choice{Label: strings.Repeat("é", 200), Value: "club/genk"}, bot.Choice{Label: "", Value: "x"},
			bot.Choice{Label: "y", Value: strings.Repeat("y", 101)}, bot.Choice{Label: "z"})
		for i := range 40 {
			list = append(list, bot.Choice{Label: "Club " + strconv.Itoa(i), Value: "club/" + strconv.Itoa(i)})
		}
		return list
	}
	choices, err = jan.Types(nil, "follow", "topic", "gen")
	if err != nil || len(choices) != 25 || choices[0].Value != "club/genk" {
		t.Errorf("%d choices, %v", len(choices), err)
	}
	want := bot.Completion{Place: bot.Place{Address: address("dm", jan.Direct().ID)}, Command: "follow", Option: "topic", Typed: "gen", Language: "fr"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("completion (-want +got):\n%s", diff)
	}
	w.core.complete = func(bot.Completion) []bot.Choice { panic("at the disco") }
	if choices, err = jan.Types(nil, "follow", "topic", "gen"); err != nil || len(choices) != 0 {
		t.Errorf("a panic: %v, %v", choices, err)
	}
	w.clean()
}

// TestFile: an export comes as a file, in whichever way it is answered.
func TestFile(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	jan := w.srv.User("jan", "nl")
	channel := w.srv.Guild("g").Channel("c")
	reply := bot.Reply{Private: true, File: &bot.File{Name: "sjotbot.json", Data: []byte(`{"é":1}`)}}
	for _, text := range []string{"", "Alles wat we van je weten."} {
		reply.Message.Text = text
		w.answers(func(bot.Command) bot.Reply { return reply })
		r, err := jan.Slash(channel, "export")
		if err != nil || len(r.Messages[0].Files) != 1 || !r.Messages[0].Ephemeral {
			t.Fatalf("%+v, %v\n%s\n%s", r, err, w.srv.Findings(), w.logs)
		}
		if f := r.Messages[0].Files[0]; f.Name != "sjotbot.json" || string(f.Data) != `{"é":1}` {
			t.Errorf("file = %+v", f)
		}
	}
	w.clean()
}

// TestOnceEach: an interaction that is delivered twice has its effects once.
func TestOnceEach(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	w.srv.Twice(true)
	jan := w.srv.User("jan", "nl")
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := jan.Slash(nil, "follow", "topic=genk"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	_ = w.stop()
	if n := len(w.core.asked()); n != 20 {
		t.Errorf("%d commands, want 20", n)
	}
	if n := w.srv.Requests("interaction callback"); n != 20 {
		t.Errorf("%d answers, want 20", n)
	}
	w.clean()
}

// TestRepeated: what another process answered is not answered again.
func TestRepeated(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	repeated := make(chan struct{})
	w.answers(func(c bot.Command) bot.Reply {
		if c.Options["topic"] == "genk" {
			defer close(repeated)
			return bot.Reply{Repeated: true}
		}
		return say("x")
	})
	jan := w.srv.User("jan", "nl")
	go func() { _, _ = jan.Slash(nil, "follow", "topic=genk") }()
	<-repeated
	if _, err := jan.Slash(nil, "follow", "topic=gent"); err != nil {
		t.Fatal(err)
	}
	_ = w.stop()
	if n := w.srv.Requests("interaction callback"); n != 1 {
		t.Errorf("%d answers, want 1", n)
	}
}

// TestPanic: a command that panics is apologised for, and the next one works.
func TestPanic(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	jan := w.srv.User("jan", "nl")
	for _, reply := range []func(bot.Command) bot.Reply{
		func(bot.Command) bot.Reply { panic("at the disco") },
		func(bot.Command) bot.Reply { return bot.Reply{} },
	} {
		w.answers(reply)
		r, err := jan.Slash(nil, "follow")
		if err != nil || !strings.Contains(r.Text(), "Sorry") {
			t.Errorf("answer %q, %v", r.Text(), err)
		}
	}
	w.answers(nil)
	w.works()
	w.clean()
}

// TestAnswersSurviveHiccups: limits, errors and broken connections on the way of
// an answer are waited out.
func TestAnswersSurviveHiccups(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]discordtest.Fault{
		"limit":        {Status: 429, Body: `{"retry_after":0.05,"global":false}`},
		"500":          {Status: 500, Body: `{"message":"oops","code":0}`},
		"502 in HTML":  {Status: 502, Body: "<html>"},
		"reset":        {Reset: true},
		"lost answers": {Reset: true, After: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, discordtest.Options{})
			n := 2
			if f.After {
				n = 1
			}
			w.srv.Inject("interaction callback", n, f)
			r, err := w.srv.User("jan", "nl").Slash(nil, "follow")
			if err != nil || r.Text() != "Je volgt KRC Genk." {
				t.Errorf("answer %q, %v\n%s", r.Text(), err, w.logs)
			}
			w.works()
			if f.After {
				return // Discord saw a second answer: that is what was asked for
			}
			w.clean()
		})
	}
}

// TestRefusedAnswer: an answer that Discord refuses for what is in it, a link that its
// filter takes for a harmful one, say, leaves nobody without an answer.
func TestRefusedAnswer(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		route string
		slow  bool
	}{"at once": {"interaction callback", false}, "deferred": {"edit original", true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, discordtest.Options{})
			channel := w.srv.Guild("Genkies").Channel("nieuws")
			w.answers(func(bot.Command) bot.Reply {
				before := w.srv.Requests("interaction callback")
				if tt.slow {
					w.srv.Wait(5*time.Second, func() bool { return w.srv.Requests("interaction callback") > before })
				}
				w.srv.Inject(tt.route, 1, discordtest.Fault{Status: 400, Body: `{"code":240000,"message":"This message contains a harmful link"}`})
				return say("Het laatste nieuws: geheim")
			})
			r, err := w.srv.User("jan", "nl").Slash(channel, "follow")
			if err != nil || !strings.Contains(r.Text(), "Sorry") || !r.Messages[0].Ephemeral {
				t.Errorf("%+v, %v", r, err)
			}
			if logs := w.logs.String(); !strings.Contains(logs, "code 240000") || strings.Contains(logs, "geheim") {
				t.Errorf("the operator reads:\n%s", logs)
			}
			w.clean()
		})
	}
}

// TestLostAcknowledgement: Discord took the first answer, but the bot did not hear so. The
// person gets all that follows it.
func TestLostAcknowledgement(t *testing.T) {
	t.Parallel()
	for name, deferred := range map[string]bool{"of an answer": false, "of a deferral": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, discordtest.Options{})
			w.answers(func(bot.Command) bot.Reply {
				before := w.srv.Requests("interaction callback")
				if deferred {
					w.srv.Wait(5*time.Second, func() bool { return w.srv.Requests("interaction callback") > before })
				}
				return say(strings.Repeat("Een zin die lang genoeg is. ", 100) + "Het einde.")
			})
			w.srv.Inject("interaction callback", 1, discordtest.Fault{Reset: true, After: true})
			jan := w.srv.User("jan", "nl")
			go func() { _, _ = jan.Slash(nil, "follow") }()
			ended := func() bool {
				messages := jan.Direct().Messages()
				return len(messages) == 2 && strings.HasSuffix(messages[1].Text(), "Het einde.")
			}
			if !w.srv.Wait(5*time.Second, ended) {
				t.Errorf("the person reads %d messages\n%s", len(jan.Direct().Messages()), w.logs)
			}
		})
	}
}

// TestBadInteractions: what does not decode is answered where a token is known,
// logged without its content, and harms nothing that comes after it.
func TestBadInteractions(t *testing.T) {
	t.Parallel()
	// No heartbeat falls due while a slow machine reads the ten megabytes.
	w := start(t, discordtest.Options{Heartbeat: 30 * time.Minute})
	secret := "geheime-inhoud"
	for _, raw := range []string{
		`null`, `[]`, `"` + secret + `"`, `{}`, `{"id":5}`, `{"id":"1"}`, `{"id":"../1","token":"t"}`,
		`{"id":"2","token":"t","type":2,"data":"` + secret + `"}`,
		`{"id":"3","token":"t","application_id":"1","channel_id":"9","type":99,"user":{"id":"1"}}`,
		`{"id":"4","token":"t","application_id":"1","channel_id":"9","type":3,"user":{"id":"1"},"data":{"custom_id":7}}`,
		`{"id":"5","token":"t","application_id":"1","channel_id":"9","type":2,"user":{"id":"1"},"data":{"name":"follow","options":[{"name":"topic","value":{"x":"` + secret + `"}}]}}`,
		`{"id":"6","token":"t","application_id":"1","channel_id":"9","type":4,"user":{"id":"1"},"data":{}}`,
		`{"id":"7","token":"t","application_id":"1","channel_id":"9","type":2,"user":{"id":"1"},"data":{"name":"follow","options":[{"name":"topic","value":"` + strings.Repeat("x", 10<<20) + `"}]}}`,
		strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000),
	} {
		if !json.Valid([]byte(raw)) {
			t.Fatalf("not JSON: %.60s", raw)
		}
		w.srv.Send(`{"op":0,"s":1000000,"t":"INTERACTION_CREATE","d":` + raw + `}`)
	}
	for _, raw := range []string{`{"op":0,"s":1,"t":"GUILD_DELETE","d":[]}`, `{"op":0,"s":1,"t":"READY","d":3}`, `{"op":0,"s":1,"t":"NEWS"}`, `{"op":99}`} {
		w.srv.Send(raw)
	}
	w.works()
	if strings.Contains(w.logs.String(), secret) {
		t.Errorf("content is in the log")
	}
}

// TestApologyForTheUndecodable: a person whose request cannot be read is told so.
func TestApologyForTheUndecodable(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	jan := w.srv.User("jan", "nl")
	r, err := jan.Sends(nil, map[string]any{"name": "follow", "options": "not a list"})
	if err != nil || !strings.Contains(r.Text(), "Sorry") || !r.Messages[0].Ephemeral {
		t.Errorf("%+v, %v", r, err)
	}
	w.clean()
}

// TestManyAtOnce: a thousand people at the same time are all answered. How long it
// takes on a busy machine is not the question.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{AckWithin: time.Minute})
	var people []*discordtest.User
	for i := range 1000 {
		people = append(people, w.srv.User("fan "+strconv.Itoa(i), "nl"))
	}
	var wg sync.WaitGroup
	for _, u := range people {
		wg.Go(func() {
			if r, err := u.Slash(nil, "follow", "topic=genk"); err != nil || r.Text() != "Je volgt KRC Genk." {
				t.Errorf("%q, %v", r.Text(), err)
			}
		})
	}
	wg.Wait()
	w.clean()
}
