package bottest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Fault is something that a platform does to one send.
type Fault string

// The faults. A platform that has no such answer reports so, see [Bench.Script].
const (
	FaultTooFast    Fault = "too-fast"       // rate limit, come back in two seconds
	FaultTooFastAll Fault = "too-fast-all"   // the same for the whole platform
	FaultDown       Fault = "down"           // 5xx
	FaultGarbage    Fault = "garbage"        // 502 with HTML
	FaultNoAnswer   Fault = "no-answer"      // it has the message, and drops the connection
	FaultBlocked    Fault = "blocked"        // the person blocked the bot, or closed his messages
	FaultKicked     Fault = "kicked"         // the bot was removed from the place
	FaultGone       Fault = "gone"           // the place does not exist any more
	FaultNoRight    Fault = "no-right"       // the bot may not write there
	FaultMoved      Fault = "moved"          // the place has another address
	FaultMarkup     Fault = "markup"         // the markup is refused, plain text is not
	FaultRefused    Fault = "refused"        // nothing of it is accepted
	FaultToken      Fault = "token"          // the token was revoked
	FaultNonsense   Fault = "nonsense"       // 200 with a body that is not an answer
	FaultTooFastWeb Fault = "too-fast-proxy" // a proxy in front says 429 with HTML
)

// Bench is a Messenger in front of a fake of its platform.
type Bench struct {
	Messenger bot.Messenger
	// Places are addresses that exist and can be written to, at least twenty.
	Places []subscriptions.Address
	// Script makes the platform answer the next send to a place with a fault, and
	// reports whether the platform has such a fault.
	Script func(to subscriptions.Address, f Fault) bool
	// Messages returns the text that a reader sees at a place, markup removed, one
	// string a message, oldest first. Text behind a spoiler is part of it.
	Messages func(at subscriptions.Address) []string
	// Secret is the token: no error may hold it.
	Secret string
}

// RunMessenger runs the conformance suite. Open returns a fresh bench each time.
func RunMessenger(t *testing.T, open func(t *testing.T) Bench) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Bench){
		"samples":      testSamples,
		"split":        testSplit,
		"reserve":      testReserve,
		"stop":         testStop,
		"many at once": testManyAtOnce,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
	for _, c := range classes() {
		t.Run("fault "+string(c.fault), func(t *testing.T) {
			t.Parallel()
			testFault(t, open(t), c)
		})
	}
}

// testSamples: every sample can be sent, all of its stories are read once and in
// order.
func testSamples(t *testing.T, b Bench) {
	for i, sample := range everySample(t) {
		to := b.Places[i%len(b.Places)]
		before := len(b.Messages(to))
		for _, part := range b.Messenger.Split(sample.Message) {
			r := b.Messenger.Send(t.Context(), to, part)
			if r.Result != bot.ResultSent || r.Reference == "" {
				t.Fatalf("%s: got %s with reference %q (%v), want sent", sample.Name, r.Result, r.Reference, r.Err)
			}
		}
		read := strings.Join(b.Messages(to)[before:], "\n")
		at := 0
		for _, item := range sample.Message.Items {
			probe := firstWords(item.Title)
			if probe == "" {
				continue
			}
			found := strings.Index(read[at:], probe)
			if found < 0 {
				t.Errorf("%s: a reader does not find %q after %d characters of\n%s", sample.Name, probe, at, read)
				break
			}
			at += found + len(probe)
		}
	}
}

// everySample returns the samples, and what is spoken in each language.
func everySample(t testing.TB) []Sample {
	t.Helper()
	all := Samples()
	for _, samples := range Spoken(t) {
		all = append(all, samples...)
	}
	return all
}

// firstWords returns the start of a title that no platform has a reason to change.
func firstWords(title string) string {
	end := strings.IndexFunc(title, func(r rune) bool {
		return !strings.ContainsRune(" abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,", r)
	})
	if end < 0 {
		end = len(title)
	}
	return strings.TrimSpace(title[:min(end, 40)])
}

// testSplit: the same message is cut the same way, no story is lost, doubled,
// moved or cut in two, what fits is left alone.
func testSplit(t *testing.T, b Bench) {
	for _, sample := range everySample(t) {
		m := sample.Message
		parts := b.Messenger.Split(m)
		if diff := cmp.Diff(parts, b.Messenger.Split(m), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: the second time it was cut differently:\n%s", sample.Name, diff)
		}
		if len(parts) == 0 {
			t.Fatalf("%s: nothing left of it", sample.Name)
		}
		var stories, want []subscriptions.StoryID
		for _, i := range m.Items {
			want = append(want, i.Story)
		}
		for i, p := range parts {
			if p.Silent != m.Silent {
				t.Errorf("%s: part %d has Silent %v", sample.Name, i, p.Silent)
			}
			if again := b.Messenger.Split(p); len(again) != 1 {
				t.Errorf("%s: part %d does not fit: it is cut again into %d", sample.Name, i, len(again))
			}
			for _, item := range p.Items {
				stories = append(stories, item.Story)
			}
		}
		if !slices.Equal(stories, want) {
			t.Errorf("%s: stories %v in the parts, want %v", sample.Name, stories, want)
		}
		if last := parts[len(parts)-1]; len(last.Buttons) != len(m.Buttons) {
			t.Errorf("%s: the last part has %d rows of buttons, want %d", sample.Name, len(last.Buttons), len(m.Buttons))
		}
	}
}

// testReserve: a place is not written to twice in a moment, others need not wait
// for it, and what was refused is granted after the wait.
func testReserve(t *testing.T, b Bench) {
	now := time.Now()
	one, other := b.Places[0], b.Places[1]
	if d, _ := b.Messenger.Reserve(one, now); d != 0 {
		t.Fatalf("first: got a wait of %s", d)
	}
	for range 100 {
		d, _ := b.Messenger.Reserve(other, now)
		if d == 0 {
			break
		}
		if d < 0 || d > time.Second {
			t.Fatalf("another place: got a wait of %s", d)
		}
		now = now.Add(d)
	}
	for range 100 {
		d, _ := b.Messenger.Reserve(one, now)
		if d == 0 {
			return
		}
		if d < 0 || d > time.Minute {
			t.Fatalf("again: got a wait of %s", d)
		}
		now = now.Add(d)
	}
	t.Error("never granted again")
}

// testStop: a send ends with its context, and says that it is not certain or not
// sent.
func testStop(t *testing.T, b Bench) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	started := time.Now()
	r := b.Messenger.Send(ctx, b.Places[0], Samples()[0].Message)
	if r.Result != bot.ResultRetry && r.Result != bot.ResultUnknown {
		t.Errorf("got %s (%v), want retry or unknown", r.Result, r.Err)
	}
	if d := time.Since(started); d > 5*time.Second {
		t.Errorf("it took %s to notice", d)
	}
}

// testManyAtOnce: many goroutines send, each message arrives once.
func testManyAtOnce(t *testing.T, b Bench) {
	var sending sync.WaitGroup
	for _, to := range b.Places[:20] {
		sending.Go(func() {
			m := Samples()[0].Message
			m.Key = "many-" + to.ID
			m.Key = m.Key[:min(len(m.Key), 25)]
			if r := b.Messenger.Send(t.Context(), to, m); r.Result != bot.ResultSent {
				t.Errorf("%s: got %s (%v)", to, r.Result, r.Err)
			}
		})
	}
	sending.Wait()
	for _, to := range b.Places[:20] {
		if got := len(b.Messages(to)); got != 1 {
			t.Errorf("%s has %d messages, want 1", to, got)
		}
	}
}

// class is what an adapter must make of a fault.
type class struct {
	fault Fault
	// want are the results that are right.
	want []bot.Result
	// rests are the reasons that may be given, with ResultUnreachable.
	rests []subscriptions.RestReason
	after bool // Receipt.After must be set
	all   bool // Receipt.Everywhere must be set
	shown bool // the reader has the message
}

func classes() []class {
	return []class{
		{fault: FaultTooFast, want: []bot.Result{bot.ResultRetry}, after: true},
		{fault: FaultTooFastAll, want: []bot.Result{bot.ResultRetry}, after: true, all: true},
		{fault: FaultTooFastWeb, want: []bot.Result{bot.ResultRetry}},
		{fault: FaultDown, want: []bot.Result{bot.ResultRetry, bot.ResultUnknown}},
		{fault: FaultGarbage, want: []bot.Result{bot.ResultRetry, bot.ResultUnknown}},
		{fault: FaultNonsense, want: []bot.Result{bot.ResultUnknown}},
		{fault: FaultNoAnswer, want: []bot.Result{bot.ResultUnknown}, shown: true},
		{fault: FaultBlocked, want: []bot.Result{bot.ResultUnreachable}, rests: []subscriptions.RestReason{subscriptions.RestBlocked, subscriptions.RestClosed}},
		{fault: FaultKicked, want: []bot.Result{bot.ResultUnreachable}, rests: []subscriptions.RestReason{subscriptions.RestKicked}},
		{fault: FaultGone, want: []bot.Result{bot.ResultUnreachable}, rests: []subscriptions.RestReason{subscriptions.RestGone}},
		{fault: FaultNoRight, want: []bot.Result{bot.ResultUnreachable}, rests: []subscriptions.RestReason{subscriptions.RestNoRight}},
		{fault: FaultMoved, want: []bot.Result{bot.ResultMoved}},
		{fault: FaultMarkup, want: []bot.Result{bot.ResultSent}, shown: true},
		{fault: FaultRefused, want: []bot.Result{bot.ResultRefused}},
		{fault: FaultToken, want: []bot.Result{bot.ResultHalted}},
	}
}

func testFault(t *testing.T, b Bench, c class) {
	to, m := b.Places[0], Samples()[0].Message
	if !b.Script(to, c.fault) {
		t.Skipf("this platform has no fault %q", c.fault)
	}
	r := b.Messenger.Send(t.Context(), to, m)
	if !slices.Contains(c.want, r.Result) {
		t.Fatalf("got %s (%v), want %v", r.Result, r.Err, c.want)
	}
	switch {
	case r.Result != bot.ResultSent && r.Err == nil:
		t.Error("no cause for the log")
	case r.Err != nil && b.Secret != "" && strings.Contains(r.Err.Error(), b.Secret):
		t.Error("the cause holds the token")
	case r.Err != nil && strings.Contains(r.Err.Error(), m.Items[0].Title):
		t.Error("the cause holds the text of the message")
	}
	if c.after && r.After < time.Second {
		t.Errorf("got After %s, want at least what the platform said", r.After)
	}
	if c.all && !r.Everywhere {
		t.Error("a limit of the whole platform is not marked Everywhere")
	}
	if len(c.rests) > 0 && !slices.Contains(c.rests, r.Rest) {
		t.Errorf("got the reason %q, want one of %q", r.Rest, c.rests)
	}
	if r.Result == bot.ResultMoved && (r.Moved == to || r.Moved.ID == "" || r.Moved.Platform != to.Platform) {
		t.Errorf("got the new address %v", r.Moved)
	}
	if got := len(b.Messages(to)) > 0; got != c.shown {
		t.Errorf("the reader has it: %v, want %v", got, c.shown)
	}
	// One place's trouble is not another's.
	if r.Result == bot.ResultUnreachable || r.Result == bot.ResultMoved || r.Result == bot.ResultRefused {
		if r := b.Messenger.Send(t.Context(), b.Places[1], m); r.Result != bot.ResultSent {
			t.Errorf("the next place: got %s (%v)", r.Result, r.Err)
		}
	}
}
