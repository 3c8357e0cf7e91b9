package telegram_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestCrowd: a thousand people ask at once, each call takes 150 ms, and a broadcast is
// running; all but ten are answered within a second of the test's own clock, and all
// are answered.
func TestCrowd(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		const people = 1000
		stop := b.run(t)
		synctest.Wait()
		b.server.Break(telegramtest.Fault{Method: "sendMessage", Kind: telegramtest.Slow, Delay: 150 * time.Millisecond})
		followers := make([]subscriptions.Address, 500)
		for i := range followers {
			followers[i] = at(strconv.Itoa(i + 1))
			b.server.Chat(int64(i + 1))
		}
		done := make(chan int)
		go func() { done <- broadcast(b, followers, 5*time.Second) }()
		time.Sleep(time.Second)
		began := time.Now()
		chats := make([]*telegramtest.Chat, people)
		for i := range chats {
			chats[i] = b.server.Chat(int64(1000 + i))
			chats[i].Says("/volg genk")
		}
		var took []time.Duration
		for _, c := range chats {
			took = append(took, c.Sees().Date.Sub(began))
		}
		slices.Sort(took)
		if p99 := took[people*99/100]; p99 >= time.Second {
			t.Errorf("p99 %v, last %v", p99, took[people-1])
		}
		if n := <-done; n < 80 {
			t.Errorf("the broadcast only brought %d messages", n)
		}
		stop()
	})
}

// broadcast sends as fast as the budget allows, and returns how many arrived.
func broadcast(b *bench, to []subscriptions.Address, d time.Duration) int {
	var n atomic.Int64
	var sending sync.WaitGroup
	for i, end := 0, time.Now().Add(d); time.Now().Before(end); {
		if wait, _ := b.bot.Reserve(to[i%len(to)], time.Now()); wait > 0 {
			time.Sleep(min(wait, time.Until(end)))
			continue
		}
		whom := to[i%len(to)]
		sending.Go(func() {
			if r := b.bot.Send(context.Background(), whom, text("Goal!")); r.Result == bot.ResultSent {
				n.Add(1)
			}
		})
		i++
	}
	sending.Wait()
	return int(n.Load())
}

// TestFlood: one chat that asks without end does not keep the others waiting.
func TestFlood(t *testing.T) {
	t.Parallel()
	limits := telegramtest.Limits{Chat: telegramtest.Limit{Messages: 1, Within: time.Second}, LockOut: 3 * time.Second}
	inTime(t, telegramtest.Options{Limits: limits}, echo, func(t *testing.T, b *bench) {
		loud := b.server.Chat(1)
		for range 5000 {
			loud.Says("/nieuws")
		}
		b.run(t)
		time.Sleep(time.Second)
		began := time.Now()
		c := b.server.Chat(2)
		c.Says("/volg genk")
		c.Sees()
		if d := time.Since(began); d > time.Second {
			t.Errorf("another chat waited %v", d)
		}
	})
}

// BenchmarkAnswers measures a thousand people who ask at once, through real sockets:
// the time until the last but ten is answered.
func BenchmarkAnswers(b *testing.B) {
	const people = 1000
	server, stop := startBench(b)
	defer stop()
	chats := make([]*telegramtest.Chat, people)
	for i := range chats {
		chats[i] = server.Chat(int64(1000 + i))
	}
	var p99 time.Duration
	for b.Loop() {
		began := time.Now()
		for _, c := range chats {
			c.Says("/volg genk")
		}
		took := make([]time.Duration, people)
		for i, c := range chats {
			took[i] = c.Sees().Date.Sub(began)
		}
		slices.Sort(took)
		p99 = max(p99, took[people*99/100])
	}
	b.ReportMetric(float64(p99.Milliseconds()), "p99-ms")
}

func startBench(b *testing.B) (*telegramtest.Server, func()) {
	b.Helper()
	server, err := telegramtest.Start(telegramtest.Options{})
	if err != nil {
		b.Fatal(err)
	}
	tg, err := telegram.New(telegram.Config{Token: telegramtest.Token, APIURL: server.URL, Progress: &facts{}, Rate: 1e6})
	if err != nil {
		b.Fatal(err)
	}
	h := newCore(echo)
	go func() {
		for range h.changed { //nolint:revive // nobody waits here
		}
	}()
	go func() { _ = tg.Run(b.Context(), h) }()
	return server, server.Close
}

// BenchmarkSend measures one message beside the same call written by hand.
func BenchmarkSend(b *testing.B) {
	server, err := telegramtest.Start(telegramtest.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	server.Chat(1)
	tg, err := telegram.New(telegram.Config{Token: telegramtest.Token, APIURL: server.URL})
	if err != nil {
		b.Fatal(err)
	}
	var ours, hand time.Duration
	client := &http.Client{Transport: telegramtest.LoopbackTransport()}
	form := url.Values{"chat_id": {"1"}, "text": {telegram.HTML(alert())}, "parse_mode": {"HTML"}, "link_preview_options": {`{"is_disabled":true}`}}.Encode()
	for b.Loop() {
		began := time.Now()
		if r := tg.Send(b.Context(), at("1"), alert()); r.Result != bot.ResultSent {
			b.Fatal(r)
		}
		ours += time.Since(began)
		began = time.Now()
		r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, fmt.Sprintf("%s/bot%s/sendMessage", server.URL, telegramtest.Token), strings.NewReader(form))
		if err != nil {
			b.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		resp, err := client.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		hand += time.Since(began)
	}
	b.ReportMetric(float64(ours)/float64(hand), "x-by-hand")
}
