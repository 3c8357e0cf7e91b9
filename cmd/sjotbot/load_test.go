//go:build unix

package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"text/tabwriter"
	"time"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/subscriptions"
)

var load = flag.Bool("load", false, "run the load tests at full size; those on the real clock take ten minutes")

// wantShare is the least share of a permitted rate that has to be used.
const wantShare = 0.94

// round is one broadcast to everyone on one platform, and how it went.
type round struct {
	platform       subscriptions.Platform
	rate           int
	messages       int
	took           time.Duration
	dropped        int
	traffic        traffic
	cpu, cpuByHand float64 // seconds for 1 000 messages, the platform's own included
}

// share is the share of the permitted rate that was used.
func (r round) share() float64 {
	return float64(r.messages) / r.took.Seconds() / float64(r.rate)
}

// TestLoad sends a broadcast through the real dispatcher and adapters, over HTTP on
// fake time: at every rate 0.94 of what is permitted, nothing dropped, no limit
// broken.
func TestLoad(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]plan{
		"Telegram 30/s":   {telegram: 30},
		"Discord 50/s":    {discord: 50},
		"Telegram 1000/s": {telegram: 1000},
		"both":            {telegram: 30, discord: 50},
	} {
		t.Run(name, func(t *testing.T) {
			onFakeTime(t, func(t *testing.T) {
				p.network, p.latency = &pipes{}, 60*time.Millisecond
				for _, r := range broadcast(t, p, min(20*max(p.telegram, p.discord), 3000)) {
					r.check(t)
					t.Logf("%s: %d messages in %s, %.3f of %d/s", r.platform, r.messages, r.took.Round(time.Millisecond), r.share(), r.rate)
					if r.traffic.lockOuts > 0 {
						t.Errorf("%d lock-outs", r.traffic.lockOuts)
					}
					if got := r.share(); got < wantShare {
						t.Errorf("%s: %.3f of %d/s is used, want %.2f", r.platform, got, r.rate, wantShare)
					}
				}
			})
		})
	}
}

// TestLockOut: in the middle of a broadcast both platforms shut the program out for
// five seconds. What was on its way comes back; no request sets out meanwhile, and
// everybody has the story once in the end.
func TestLockOut(t *testing.T) {
	onFakeTime(t, func(t *testing.T) {
		const people = 500
		s := newRig(t, plan{network: &pipes{}, telegram: 30, discord: 50, latency: 60 * time.Millisecond})
		s.telegramFans(people, follows{"club/genk": subscriptions.Instant})
		s.discordFans(people, follows{"club/genk": subscriptions.Instant})
		s.publish("club/genk", "de-aanvoerder")
		s.start()
		time.Sleep(3 * time.Second)
		s.telegram.LockOut(0, 5*time.Second)
		s.discord.Inject("create message", 1, discordtest.Fault{Status: http.StatusTooManyRequests, Body: `{"message":"You are being rate limited.","retry_after":5,"global":true}`})
		s.until(func() bool { return s.owed() == 0 }, time.Second, time.Minute)
		for platform, w := range s.wires {
			if tr := w.traffic(); tr.lockOuts != 1 || tr.defied > 0 {
				t.Errorf("%s: %d lock-outs, %d requests set out during them", platform, tr.lockOuts, tr.defied)
			}
			for _, d := range s.everyone(platform) {
				d.expect(t, []string{"de-aanvoerder"})
				if len(d.texts) != 1 {
					t.Errorf("%s: %s got %d messages", platform, d.who, len(d.texts))
				}
			}
		}
	})
}

// onFakeTime runs a test in a bubble of its own.
func onFakeTime(t *testing.T, test func(*testing.T)) {
	t.Helper()
	if testing.Short() {
		t.Skip("long on fake time; not in -short")
	}
	t.Parallel()
	synctest.Test(t, test)
}

// TestLoadOnTheClock is the same at full size, with sockets and on the real clock,
// and with the cost beside a loop by hand. It prints a table. The machine must have
// little else to do.
//
//	go test ./cmd/sjotbot -run TestLoadOnTheClock -v -timeout 0 -args -load
func TestLoadOnTheClock(t *testing.T) {
	if !*load {
		t.Skip("ten minutes of real time: run it with -args -load")
	}
	const messages = 10_000
	p := plan{network: loopback{}, grace: 20 * time.Millisecond, letters: 600}
	var rounds []round
	run := func(telegram, discord int) {
		p.telegram, p.discord = telegram, discord
		t.Run(fmt.Sprintf("Telegram %d, Discord %d", telegram, discord), func(t *testing.T) {
			rounds = append(rounds, broadcast(t, p, messages)...)
		})
	}
	run(30, 50)
	for range 8 {
		run(1000, 0)
	}
	table(t, rounds)
	judge(t, rounds)
}

// judge holds the rounds against what was promised.
func judge(t *testing.T, rounds []round) {
	t.Helper()
	messages, lockOuts := 0, 0
	shares := map[int][]float64{}
	for _, r := range rounds {
		r.check(t)
		messages += r.messages
		lockOuts += r.traffic.lockOuts
		shares[r.rate] = append(shares[r.rate], r.share())
	}
	for rate, list := range shares {
		slices.Sort(list)
		if median := list[len(list)/2]; median < wantShare {
			t.Errorf("%d/s: in the middle round %.3f of the rate is used, want %.2f", rate, median, wantShare)
		}
	}
	if lockOuts > max(1, messages/100_000) {
		t.Errorf("%d lock-outs in %d messages, want at most one in 100 000", lockOuts, messages)
	}
}

// check fails the test for what must never happen.
func (r round) check(t *testing.T) {
	t.Helper()
	if r.dropped > 0 {
		t.Errorf("%s at %d/s: %d people did not get the story, or not once", r.platform, r.rate, r.dropped)
	}
	if r.traffic.defied > 0 {
		t.Errorf("%s at %d/s: %d requests set out while it had been told to wait", r.platform, r.rate, r.traffic.defied)
	}
}

// table prints rounds for a person to read.
func table(t *testing.T, rounds []round) {
	t.Helper()
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "platform\trate\tmessages\tshare\tdropped\tlock-outs\tdefied\tCPU s/1000\tby hand\tratio\t")
	for _, r := range rounds {
		fmt.Fprintf(w, "%s\t%d/s\t%d\t%.3f\t%d\t%d\t%d\t%.3f\t%.3f\t%.1f\t\n", r.platform, r.rate, r.messages, r.share(),
			r.dropped, r.traffic.lockOuts, r.traffic.defied, r.cpu, r.cpuByHand, r.cpu/r.cpuByHand)
	}
	_ = w.Flush()
	t.Logf("share: of the permitted rate, from the start of the dispatcher to the last message.\n"+
		"CPU: of this whole process, the platforms included, in both columns; in a round of two platforms, of both.\n%s", &b)
}

// broadcast sends one story to n people on each platform of the plan, all queued
// before the dispatcher starts.
func broadcast(t *testing.T, p plan, n int) []round {
	t.Helper()
	s := newRig(t, p)
	total := 0
	if p.telegram > 0 {
		s.telegramFans(n, follows{"club/genk": subscriptions.Instant})
		total += n
	}
	if p.discord > 0 {
		s.discordFans(n, follows{"club/genk": subscriptions.Instant})
		total += n
	}
	s.publish("club/genk", "de-aanvoerder")
	s.queue()
	began, cpu := time.Now(), cpuTime()
	stop := s.start()
	slowest := cmp.Or(min(p.telegram, p.discord), max(p.telegram, p.discord))
	s.until(func() bool { return s.accepted() >= total }, 100*time.Millisecond, time.Duration(n)*time.Second/time.Duration(slowest)*2+10*time.Second)
	time.Sleep(time.Second) // what comes twice comes now
	spent := cpuTime() - cpu
	stop()
	var rounds []round
	for platform, rate := range map[subscriptions.Platform]int{telegram.Platform: p.telegram, discord.Platform: p.discord} {
		if rate == 0 {
			continue
		}
		r := round{platform: platform, rate: rate, messages: n, traffic: s.wires[platform].traffic(), cpu: spent.Seconds() / float64(total) * 1000}
		for _, d := range s.everyone(platform) {
			if len(d.texts) != 1 || !strings.Contains(d.texts[0], "de-aanvoerder") {
				r.dropped++
			}
			for _, at := range d.dates {
				r.took = max(r.took, at.Sub(began))
			}
		}
		if p.letters > 0 {
			r.cpuByHand = byHand(t, s.wires[platform].letters(), rate)
		}
		rounds = append(rounds, r)
	}
	return rounds
}

// byHand posts letters again with nothing but net/http, at the same pace, and
// returns the CPU seconds that 1 000 take.
func byHand(t *testing.T, letters []letter, rate int) float64 {
	t.Helper()
	client := &http.Client{Transport: discordtest.Transport()}
	defer client.CloseIdleConnections()
	tick := time.NewTicker(time.Second * 100 / time.Duration(95*rate))
	defer tick.Stop()
	cpu := cpuTime()
	var sending sync.WaitGroup
	for _, l := range letters {
		<-tick.C
		sending.Go(func() {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, l.url, bytes.NewReader(l.body))
			if err != nil {
				t.Error(err)
				return
			}
			req.Header = l.header
			res, err := client.Do(req)
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
		})
	}
	sending.Wait()
	return (cpuTime() - cpu).Seconds() / float64(len(letters)) * 1000
}

// cpuTime is what this process has used so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
