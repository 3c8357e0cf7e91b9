package telegram_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// inTime runs a test on a clock of its own, with a server that has no socket.
func inTime(t *testing.T, o telegramtest.Options, answer func(bot.Command) bot.Reply, test func(*testing.T, *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o.NoListener = true
		test(t, newBench(t, o, answer))
	})
}

// TestSpoiledUpdates: one bad update among a hundred costs nothing but itself.
func TestSpoiledUpdates(t *testing.T) {
	t.Parallel()
	bad := map[string]string{
		"another shape":      `{"update_id":%d,"message":{"message_id":"x","chat":17}}`,
		"nothing":            `{"update_id":%d}`,
		"an unknown kind":    `{"update_id":%d,"purchased_star":{"a":[1,2,3]}}`,
		"a message of null":  `{"update_id":%d,"message":null}`,
		"a press of nothing": `{"update_id":%d,"callback_query":{}}`,
		"no chat":            `{"update_id":%d,"message":{"message_id":1,"text":"/volg genk"}}`,
		"a list":             `[%d]`,
		"deep":               `{"update_id":%d,"message":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`,
		"bad UTF-8":          "{\"update_id\":%d,\"message\":{\"message_id\":1,\"chat\":{\"id\":9,\"type\":\"private\"},\"text\":\"\xff\xfe\"}}",
		"4 MB":               `{"update_id":%d,"message":{"message_id":1,"chat":{"id":9,"type":"private"},"sticker":"` + strings.Repeat("x", 4<<20) + `"}}`,
	}
	for name, raw := range bad {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
				c := b.server.Chat(5)
				for i := range 100 {
					if i == 50 {
						b.server.PushRaw(1051, fmt.Sprintf(raw, 1051))
						continue
					}
					c.Says(fmt.Sprint("/volg ", i))
				}
				b.server.Chat(9)
				b.run(t)
				for i := range 100 {
					if i == 50 {
						continue
					}
					if got, want := c.Sees().Text, fmt.Sprint("/volg ", i); got != want {
						t.Fatalf("answer %q, want %q", got, want)
					}
				}
				synctest.Wait()
				if n := b.server.Unconfirmed(); n != 0 {
					t.Errorf("%d updates unconfirmed", n)
				}
				if strings.Contains(b.log.String(), "purchased") {
					t.Error("the log holds what an update said")
				}
			})
		})
	}
}

// TestHugeUpdate: an update that is too large to be read is passed over.
func TestHugeUpdate(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		b.server.PushRaw(1001, `{"update_id":1001,"message":{"sticker":"`+strings.Repeat("x", 17<<20)+`"}}`)
		c := b.server.Chat(5)
		c.Says("/volg genk")
		b.run(t)
		time.Sleep(time.Minute)
		if n := len(c.Messages()); n != 1 {
			t.Errorf("%d answers", n)
		}
	})
}

// TestNoHotLoop: a server that never moves on is not asked without end.
func TestNoHotLoop(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*telegramtest.Server){
		"updates without ids": func(s *telegramtest.Server) { s.PushRaw(1, `{"message":{}}`) },
		"502 for ever":        breakPolls(telegramtest.Fault{Kind: telegramtest.BadGateway}),
		"null for ever":       breakPolls(telegramtest.Fault{Kind: telegramtest.Null}),
		"resets for ever":     breakPolls(telegramtest.Fault{Kind: telegramtest.ResetBefore}),
		"409 for ever":        breakPolls(telegramtest.Fault{Kind: telegramtest.Refused, Code: 409, Description: "Conflict: terminated by other getUpdates request"}),
		"429 for ever":        breakPolls(telegramtest.Fault{Kind: telegramtest.TooMany, RetryAfter: 20}),
	}
	for name, arrange := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
				arrange(b.server)
				b.run(t)
				time.Sleep(time.Hour) // of the test's own clock
				// 45 s at most between two, besides the 50 s that a poll may last: never so rare
				// that a server
				// which is back waits for long.
				if n := b.server.Counts().Requests["getUpdates"]; n < 40 || n > 200 {
					t.Errorf("%d polls in an hour", n)
				}
			})
		})
	}
}

func breakPolls(f telegramtest.Fault) func(*telegramtest.Server) {
	f.Method = "getUpdates"
	return func(s *telegramtest.Server) { s.Break(f) }
}

// TestPollRecovers: after any trouble the next command is answered within a minute.
func TestPollRecovers(t *testing.T) {
	t.Parallel()
	for _, f := range []telegramtest.Fault{
		{Kind: telegramtest.BadGateway, Times: 7},
		{Kind: telegramtest.ServerError, Times: 7},
		{Kind: telegramtest.Null, Times: 7},
		{Kind: telegramtest.Page, Times: 7},
		{Kind: telegramtest.ResetBefore, Times: 7},
		{Kind: telegramtest.ResetAfter, Times: 3},
		{Kind: telegramtest.StallBefore, Times: 1},
		{Kind: telegramtest.TooMany, Times: 1, RetryAfter: 30},
		{Kind: telegramtest.Refused, Times: 4, Code: 409, Description: "Conflict: terminated by other getUpdates request"},
	} {
		t.Run(string(f.Kind), func(t *testing.T) {
			t.Parallel()
			inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
				breakPolls(f)(b.server)
				c := b.server.Chat(5)
				c.Says("/volg genk")
				b.run(t)
				for range 24 {
					time.Sleep(10 * time.Second)
					if len(c.Messages()) > 0 {
						break
					}
				}
				if len(c.Messages()) != 1 {
					t.Errorf("%d answers", len(c.Messages()))
				}
			})
		})
	}
}

// TestServerDownAtStart: the bot waits for a server that is not there yet.
func TestServerDownAtStart(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		b.server.Break(telegramtest.Fault{Method: "getMe", Kind: telegramtest.BadGateway, Times: 5})
		c := b.server.Chat(5)
		c.Says("/volg genk")
		b.run(t)
		time.Sleep(3 * time.Minute)
		if len(c.Messages()) != 1 {
			t.Errorf("%d answers", len(c.Messages()))
		}
	})
}

// TestWebhook: a webhook that somebody set is taken away, and the bot listens.
func TestWebhook(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		b.server.SetWebhook(true)
		c := b.server.Chat(5)
		c.Says("/volg genk")
		b.run(t)
		if got := c.Sees().Text; got != "/volg genk" {
			t.Error(got)
		}
	})
}

// TestWebhookStays: a webhook that cannot be taken away, or is set again and again, neither
// stops the bot for good nor makes it ask without a pause.
func TestWebhookStays(t *testing.T) {
	t.Parallel()
	t.Run("no answer", func(t *testing.T) {
		t.Parallel()
		inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
			b.server.SetWebhook(true)
			b.server.Break(telegramtest.Fault{Method: "deleteWebhook", Kind: telegramtest.StallBefore, Times: 1})
			c := b.server.Chat(5)
			c.Says("/volg genk")
			b.run(t)
			time.Sleep(time.Minute)
			if len(c.Messages()) != 1 {
				t.Errorf("%d answers", len(c.Messages()))
			}
		})
	})
	t.Run("set again", func(t *testing.T) {
		t.Parallel()
		inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
			breakPolls(telegramtest.Fault{Kind: telegramtest.Refused, Times: 1000, Code: 409, Description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"})(b.server)
			b.run(t)
			time.Sleep(10 * time.Minute)
			if n := b.server.Counts().Requests["getUpdates"]; n > 200 {
				t.Errorf("%d polls in ten minutes", n)
			}
		})
	})
}

// TestTokenRevoked: a token that ends while the bot runs ends Run, with advice.
func TestTokenRevoked(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		breakPolls(telegramtest.Fault{Kind: telegramtest.Refused, Code: 401, Description: "Unauthorized"})(b.server) //nolint:misspell // Telegram's words
		err := b.bot.Run(t.Context(), b.core)
		if err == nil || !strings.Contains(err.Error(), "[telegram] token") {
			t.Errorf("Run: %v", err)
		}
	})
}

// TestUpdatesCountOnce: killed and started again, with updates delivered twice, every
// command counts once and none is lost.
func TestUpdatesCountOnce(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		b.facts.breaks(true) // the bookmark cannot be saved: everything comes again
		for i := range 100 {
			b.server.Chat(int64(i%10 + 1)).Says(fmt.Sprint("/volg ", i))
		}
		// The confirmation of the first batch never arrives.
		breakPolls(telegramtest.Fault{Kind: telegramtest.ResetBefore, Skip: 1})(b.server)
		stop := b.run(t)
		b.core.sees(t, 100)
		synctest.Wait()
		stop()
		b.server.Mend()
		b.facts.breaks(false)
		b.restart(t)
		b.run(t)
		b.server.Chat(1).Says("/volg laatste")
		b.core.sees(t, 1)
		synctest.Wait()
		commands, _, repeated := b.core.counts()
		if commands != 101 || repeated != 100 {
			t.Errorf("%d commands, %d came twice; want 101 and 100", commands, repeated)
		}
		if n := b.server.Counts().Messages; n != 101 {
			t.Errorf("%d answers, want 101", n)
		}
	})
}

// TestUpdateIDsStartAnew: ids lower than the bookmark are new all the same, and the
// same id twice is not.
func TestUpdateIDsStartAnew(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		c := b.server.Chat(5)
		stop := b.run(t)
		c.Says("/volg een")
		c.Sees()
		synctest.Wait()
		stop()

		b.server.RestartIDs(77)
		b.restart(t)
		b.run(t)
		c.Says("/volg twee")
		c.Says("/volg drie")
		for _, want := range []string{"/volg twee", "/volg drie"} {
			if got := c.Sees().Text; got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
		repeated := `{"update_id":78,"message":{"message_id":900,"date":1,"chat":{"id":5,"type":"private"},"text":"/volg nog eens"}}`
		b.server.PushRaw(78, repeated)
		c.Says("/volg vier")
		if got := c.Sees().Text; got != "/volg vier" {
			t.Errorf("%q, want /volg vier", got)
		}
	})
}

// TestOrder: the commands of one chat are handled and answered in order, while
// another chat's slow command holds nobody up.
func TestOrder(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, func(c bot.Command) bot.Reply {
		if c.Place.Address.ID == "66" {
			time.Sleep(5 * time.Second)
		}
		return echo(c)
	}, func(t *testing.T, b *bench) {
		began := time.Now()
		slow := b.server.Chat(66)
		slow.Says("/traag")
		chats := make([]*telegramtest.Chat, 20)
		for i := range 60 {
			if chats[i%20] == nil {
				chats[i%20] = b.server.Chat(int64(100 + i%20))
			}
			chats[i%20].Says(strconv.Itoa(i))
		}
		b.run(t)
		for i := range 60 {
			if got := chats[i%20].Sees().Text; got != strconv.Itoa(i) {
				t.Fatalf("%q, want %d", got, i)
			}
		}
		if d := time.Since(began); d > time.Second {
			t.Errorf("the others waited %v", d)
		}
		slow.Sees()
	})
}

// TestAnswersObeyLimits: an answer waits out what Telegram ordered, and then comes.
func TestAnswersObeyLimits(t *testing.T) {
	t.Parallel()
	limits := telegramtest.Limits{Everyone: telegramtest.Limit{Messages: 30, Within: time.Second}, LockOut: 5 * time.Second}
	inTime(t, telegramtest.Options{Limits: limits}, echo, func(t *testing.T, b *bench) {
		const people = 3 * telegram.Writers
		for i := range people {
			b.server.Chat(int64(i + 1)).Says("/nieuws")
		}
		b.run(t)
		b.core.sees(t, people)
		time.Sleep(time.Minute)
		counts := b.server.Counts()
		if counts.Messages != people {
			t.Errorf("%d answers, want %d", counts.Messages, people)
		}
		// What is on its way when the first refusal comes may be refused too; all else waits.
		if counts.Limited > telegram.Writers {
			t.Errorf("%d requests beyond the limit", counts.Limited)
		}
	})
}

// TestAnswersInOneChat: who asks faster than a chat may be answered is answered all
// the same, and Telegram has to object only once.
func TestAnswersInOneChat(t *testing.T) {
	t.Parallel()
	limits := telegramtest.RealLimits()
	for name, c := range map[string]func(*bench) *telegramtest.Chat{
		"private": func(b *bench) *telegramtest.Chat { return b.server.Chat(5) },
		"group":   func(b *bench) *telegramtest.Chat { return b.server.Group(-5, "Fans") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTime(t, telegramtest.Options{Limits: limits}, echo, func(t *testing.T, b *bench) {
				chat := c(b)
				b.run(t)
				const questions = 30
				for i := range questions {
					chat.Says(strconv.Itoa(i))
					chat.Says("/" + strconv.Itoa(i))
				}
				time.Sleep(3 * time.Minute)
				want := questions
				if name == "private" {
					want *= 2 // in a group only commands are for the bot
				}
				// The last of a crowd may come too late to matter.
				counts := b.server.Counts()
				if counts.Messages < want-2 || counts.Limited > 1 {
					t.Errorf("%d answers of %d, %d refusals", counts.Messages, want, counts.Limited)
				}
			})
		})
	}
}

// TestAnswersSurvive: what goes wrong on the way of an answer is mended, within reason.
func TestAnswersSurvive(t *testing.T) {
	t.Parallel()
	for _, f := range []telegramtest.Fault{
		{Kind: telegramtest.BadGateway, Times: 3},
		{Kind: telegramtest.ResetBefore, Times: 1},
		{Kind: telegramtest.Slow, Delay: 3 * time.Second},
		{Kind: telegramtest.StallBefore, Times: 1},
		{Kind: telegramtest.TooMany, Times: 1, RetryAfter: 10},
	} {
		t.Run(string(f.Kind), func(t *testing.T) {
			t.Parallel()
			inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
				c := b.server.Chat(5)
				f.Method = "sendMessage"
				b.server.Break(f)
				b.run(t)
				c.Says("/nieuws")
				time.Sleep(50 * time.Second)
				if n := len(c.Messages()); n != 1 {
					t.Errorf("%d answers", n)
				}
			})
		})
	}
}

// TestAnswerInAMovedGroup: the answer follows the group.
func TestAnswerInAMovedGroup(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		c := b.server.Group(-5, "Fans")
		c.Says("/nieuws")
		moved := c.Migrates(-1005, true)
		b.run(t)
		if got := moved.Sees().Text; got != "/nieuws" {
			t.Error(got)
		}
	})
}

// TestMutedGroup: who asks where the bot may not write is answered in private, and
// the core is told what is missing.
func TestMutedGroup(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, func(c bot.Command) bot.Reply {
		return bot.Reply{Message: bot.Message{Text: fmt.Sprint(c.Args, " ", c.Place.Missing)}}
	}, func(t *testing.T, b *bench) {
		b.config.Lacking = func(language string, rights []string) string { return fmt.Sprint("lacks ", rights) }
		b.restart(t)
		asker := b.server.Chat(7001)
		c := b.server.Group(-5, "Fans")
		c.Refuses(400, "Bad Request: not enough rights to send text messages to the chat")
		b.run(t)
		c.Says("/een")
		if got := asker.Sees().Text; got != "/een []\n\nlacks [right.send-messages]" {
			t.Error(got)
		}
		c.Says("/twee")
		if got := asker.Sees().Text; got != "/twee [right.send-messages]" {
			t.Error(got)
		}
		c.Admits()
		c.Says("/drie")
		if got := c.Sees().Text; got != "/drie []" {
			t.Error(got)
		}
	})
}

// TestTopicsOfAForum: when the bot is removed from a forum or comes back, each topic
// it is known in hears of it.
func TestTopicsOfAForum(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		c := b.server.Forum(-1005, "Forum", 3, 8)
		b.run(t)
		c.Topic(3).Says("/volg genk")
		c.Topic(3).Says("/volg gent")
		b.core.sees(t, 2)
		synctest.Wait()
		b.bot.Send(t.Context(), at("-1005/8"), text("x"))
		c.Kicks()
		c.Unblocks()
		b.core.sees(t, 6)
		var got []string
		for _, n := range b.core.allNotices() {
			got = append(got, string(n.Kind)+" "+n.Address.ID)
		}
		want := "removed -1005,removed -1005/3,removed -1005/8,back -1005,back -1005/3,back -1005/8"
		if strings.Join(got, ",") != want {
			t.Errorf("%v", got)
		}
	})
}

// TestStop: Run ends soon when told to, in the middle of a poll, and answers first
// what it took.
func TestStop(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, func(c bot.Command) bot.Reply {
		time.Sleep(2 * time.Second)
		return echo(c)
	}, func(t *testing.T, b *bench) {
		c := b.server.Chat(5)
		stop := b.run(t)
		c.Says("/volg genk")
		time.Sleep(time.Second)
		began := time.Now()
		stop()
		if d := time.Since(began); d > 2*time.Second {
			t.Errorf("stopping took %v", d)
		}
		if n := len(c.Messages()); n != 1 {
			t.Errorf("%d answers", n)
		}
		if offset, err := b.facts.Value(t.Context(), "telegram:offset"); offset != "" || err != nil {
			t.Error("the bookmark moved although the batch was broken off")
		}
	})
}

// TestPanic: a handler that panics costs its own update.
func TestPanic(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, func(c bot.Command) bot.Reply {
		if c.Args == "/kapot" {
			panic("broken")
		}
		return echo(c)
	}, func(t *testing.T, b *bench) {
		c := b.server.Chat(5)
		b.run(t)
		c.Says("/kapot")
		c.Says("/heel")
		if got := c.Sees().Text; got != "/heel" {
			t.Error(got)
		}
		if !strings.Contains(b.log.String(), "panicked") {
			t.Error(b.log)
		}
	})
}

// TestLease: of two processes that share a store one listens; when it stops, the other does.
func TestLease(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		shared := &sharedLease{}
		b.config.Progress, b.config.Holder = shared.with(b.facts), "een"
		b.restart(t)
		first := b.run(t)
		c := b.server.Chat(5)
		c.Says("/volg genk")
		c.Sees()
		b.config.Holder = "twee"
		b.restart(t)
		b.run(t)
		time.Sleep(time.Minute)
		if n := b.server.Counts().Conflicts; n != 0 {
			t.Errorf("%d conflicts", n)
		}
		if got := shared.who(); got != "een" {
			t.Errorf("the lease is with %q", got)
		}
		first()
		c.Says("/volg gent")
		time.Sleep(5 * time.Second)
		if got := shared.who(); len(c.Messages()) != 2 || got != "twee" {
			t.Errorf("%d answers, the lease is with %q", len(c.Messages()), got)
		}
	})
}

// TestTwoPollers: without a lease, of two programs with one token both say what is
// wrong, and neither asks without end.
func TestTwoPollers(t *testing.T) {
	t.Parallel()
	inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
		b.run(t)
		b.restart(t)
		b.run(t)
		time.Sleep(10 * time.Minute)
		if n := b.server.Counts().Conflicts; n < 10 || n > 120 {
			t.Errorf("%d conflicts in ten minutes", n)
		}
		if !strings.Contains(b.log.String(), "another program is polling") {
			t.Error(b.log)
		}
	})
}

// sharedLease is a lease that several processes ask for.
type sharedLease struct {
	mu     sync.Mutex
	holder string
	until  time.Time
}

func (l *sharedLease) who() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.holder
}

func (l *sharedLease) with(f *facts) subscriptions.Progress { return &leasedFacts{f, l} }

type leasedFacts struct {
	*facts
	lease *sharedLease
}

func (f *leasedFacts) Lease(_ context.Context, now time.Time, _, holder string, ttl time.Duration) error {
	f.lease.mu.Lock()
	defer f.lease.mu.Unlock()
	switch {
	case f.lease.holder != "" && f.lease.holder != holder && now.Before(f.lease.until):
		return subscriptions.ErrLeased
	case ttl == 0:
		f.lease.holder = ""
	default:
		f.lease.holder, f.lease.until = holder, now.Add(ttl)
	}
	return nil
}
