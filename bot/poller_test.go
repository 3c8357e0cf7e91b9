package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestWhatIsPushed is the table of what counts as news. Each entry appears after
// the first reading.
func TestWhatIsPushed(t *testing.T) {
	for name, c := range map[string]struct {
		published time.Duration // before it appears; noDate is none
		number    int64
		withheld  string
	}{
		"just now":                     {published: time.Minute},
		"hours ago":                    {published: 20 * time.Hour},
		"yesterday":                    {published: 25 * time.Hour, withheld: subscriptions.WithheldStale},
		"years ago":                    {published: 5 * 365 * 24 * time.Hour, withheld: subscriptions.WithheldStale},
		"by a clock that is ahead":     {published: -2 * time.Hour},
		"dated next week":              {published: -7 * 24 * time.Hour, withheld: subscriptions.WithheldUndated},
		"undated":                      {published: noDate, withheld: subscriptions.WithheldUndated},
		"undated with a new number":    {published: noDate, number: 501},
		"undated with an old number":   {published: noDate, number: 499, withheld: subscriptions.WithheldUndated},
		"dated long ago, a new number": {published: 48 * time.Hour, number: 502, withheld: subscriptions.WithheldStale},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				paper := newPublisher("krant", time.Second)
				first := entry("Genk oefent in Spanje", time.Now().Add(-time.Hour))
				first.Number = 500
				paper.bring(first)
				b := newBench(t, bottest.Limits{}, paper)
				b.follow(1, nil, "club/genk")
				b.start()
				time.Sleep(3 * time.Second)
				e := entry("Genk ontslaat zijn trainer", time.Now().Add(-c.published))
				if c.published == noDate {
					e.Published = time.Time{}
				}
				e.Number = c.number
				paper.bring(e)
				time.Sleep(3 * time.Second)
				want := 1
				if c.withheld != "" {
					want = 0
				}
				if got := b.titles(1); len(got) != want {
					t.Errorf("pushed %q", got)
				}
				kept := b.kept("Genk ontslaat")
				if kept.Withheld != c.withheld {
					t.Errorf("withheld %q, want %q", kept.Withheld, c.withheld)
				}
				if kept.Published.After(time.Now()) && c.withheld == "" {
					t.Errorf("kept with a date in the future: %s", kept.Published)
				}
			})
		})
	}
}

const noDate = time.Duration(1<<62 - 1)

// kept returns the article whose title begins like this.
func (b *bench) kept(title string) subscriptions.Article {
	b.t.Helper()
	stories, err := b.store.Latest(b.t.Context(), subscriptions.StoryQuery{Limit: 1000})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, s := range stories {
		for _, a := range s.Articles {
			if strings.HasPrefix(a.Title, title) {
				return a
			}
		}
	}
	b.t.Fatalf("no article %q is kept", title)
	return subscriptions.Article{}
}

// TestFirstReadOfALongList: nothing of it is pushed, however long it is, and what
// appears afterwards is.
func TestFirstReadOfALongList(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		paper := newPublisher("krant", time.Second)
		for i := range 150 {
			paper.entries = append(paper.entries, entry("Genk oefent "+words(i), time.Now().Add(-time.Duration(i)*15*time.Minute)))
		}
		b := newBench(t, bottest.Limits{}, paper)
		b.follow(1, nil, "club/genk")
		b.start()
		time.Sleep(5 * time.Second)
		if got := b.titles(1); len(got) > 0 {
			t.Errorf("pushed %q", got)
		}
		paper.bring(entry("Genk ontslaat zijn trainer", time.Now()))
		time.Sleep(5 * time.Second)
		if got := b.titles(1); !slices.Contains(got, "Genk ontslaat zijn trainer") {
			t.Errorf("afterwards: pushed %q", got)
		}
	})
}

// TestLongListAfterAnAbsence: what one reading leaves for the next is news there too, though
// it was there before.
func TestLongListAfterAnAbsence(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		paper := newPublisher("krant", 5*time.Minute)
		b := newBench(t, bottest.Limits{}, paper)
		b.pollOnly = true
		b.start()
		time.Sleep(time.Minute)
		b.stop()
		time.Sleep(10 * time.Hour)
		const many = 250
		for i := range many {
			paper.bring(entry("Genk oefent "+words(i), time.Now().Add(-(many-time.Duration(i))*2*time.Minute)))
		}
		b.start()
		time.Sleep(30 * time.Minute)
		for i := range many {
			if a := b.kept("Genk oefent " + words(i)); a.Withheld != "" {
				t.Fatalf("%q is withheld: %s", a.Title, a.Withheld)
			}
		}
	})
}

// TestHostilePublishers: whatever a publisher does to its list, what is sent is
// what is truly new.
func TestHostilePublishers(t *testing.T) {
	list := func(n int, age time.Duration) []bot.Entry {
		var all []bot.Entry
		for i := range n {
			all = append(all, entry("Genk verhaal "+words(i), time.Now().Add(-age-time.Duration(i)*time.Minute)))
		}
		return all
	}
	for name, c := range map[string]struct {
		start []bot.Entry
		then  func(*publisher)
		want  int // new sends
	}{
		"all ids change": {start: list(30, time.Hour), then: func(p *publisher) {
			for i := range p.entries {
				p.entries[i].Key += "?id=2"
				p.entries[i].ID = fmt.Sprint("new", i)
			}
		}},
		"all addresses change": {start: list(30, time.Hour), then: func(p *publisher) {
			for i := range p.entries {
				p.entries[i].Key = strings.Replace(p.entries[i].Key, "krant.example", "nieuw.example", 1)
				p.entries[i].URL = p.entries[i].Key
			}
		}},
		"dates change at every reading": {start: list(30, time.Hour), then: func(p *publisher) {
			for i := range p.entries {
				p.entries[i].Published = time.Now()
			}
		}},
		"500 old ones appear": {start: list(10, time.Hour), then: func(p *publisher) {
			for i := range 500 {
				p.entries = append(p.entries, entry("Genk archief "+words(i), time.Now().Add(-time.Duration(30+i)*24*time.Hour)))
			}
		}},
		"500 of today appear, with one that is new": {start: list(10, time.Hour), then: func(p *publisher) {
			for i := range 500 {
				p.entries = append(p.entries, entry("Genk archief "+words(i), time.Now().Add(-4*time.Hour-time.Duration(i)*time.Minute)))
			}
			p.entries = append([]bot.Entry{entry("Genk ontslaat zijn trainer", time.Now())}, p.entries...)
		}, want: 1},
		"one id for all": {start: nil, then: func(p *publisher) {
			for i := range 5 {
				e := entry("Genk verhaal "+words(i), time.Now())
				e.Key = "the-only-id"
				p.entries = append(p.entries, e)
			}
		}, want: 5},
		"250 at once": {start: nil, then: func(p *publisher) {
			for i := range 250 {
				p.entries = append(p.entries, entry("Genk verhaal "+words(i), time.Now()))
			}
		}, want: 250},
		"addresses that are none": {start: nil, then: func(p *publisher) {
			for _, u := range []string{"javascript:alert(1)", "file:///etc/passwd", "", "%zz", "https://"} {
				e := entry("Genk "+u, time.Now())
				e.URL, e.Key = u, "x"+u
				p.entries = append(p.entries, e)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				paper := newPublisher("krant", time.Second)
				paper.entries = slices.Clone(c.start)
				shift(paper.entries)
				b := newBench(t, bottest.Limits{}, paper)
				b.follow(1, nil, "club/genk")
				b.start()
				time.Sleep(5 * time.Second)
				paper.change(c.then)
				time.Sleep(20 * time.Second)
				if got := b.stories(1); got != c.want {
					t.Errorf("%d stories sent, want %d: %.300q", got, c.want, b.titles(1))
				}
				// And again, with the list turned around.
				paper.change(func(p *publisher) { slices.Reverse(p.entries) })
				time.Sleep(20 * time.Second)
				if got := b.stories(1); got != c.want {
					t.Errorf("after the list was turned: %d stories sent, want %d", got, c.want)
				}
			})
		})
	}
}

// shift moves dates taken outside of the bubble to the bubble's clock.
func shift(entries []bot.Entry) {
	if len(entries) == 0 {
		return
	}
	d := time.Now().Add(-time.Hour).Sub(entries[0].Published)
	for i := range entries {
		entries[i].Published = entries[i].Published.Add(d)
	}
}

// words spells a number in words of its own, so that no two titles are alike.
func words(n int) string {
	syllables := []string{"ba", "du", "fi", "go", "ka", "lu", "mi", "no", "pa", "ru"}
	var w strings.Builder
	for _, d := range fmt.Sprintf("%04d", n) {
		w.WriteString(syllables[d-'0'])
	}
	return w.String() + " " + w.String()[2:] + "tor " + w.String()[4:] + "sel"
}

// stories counts the stories that a place was sent.
func (b *bench) stories(n int) int {
	count := 0
	for _, m := range b.platform.SentTo(place(n)) {
		count += len(m.Items)
	}
	return count
}

// TestSlowSource: one that hangs delays no other.
func TestSlowSource(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		slow, quick := newPublisher("traag", time.Second), newPublisher("snel", time.Second)
		slow.delay = 10 * time.Minute
		b := newBench(t, bottest.Limits{}, slow, quick)
		b.follow(1, nil, "club/genk")
		b.start()
		time.Sleep(3 * time.Second)
		quick.bring(entry("Genk ontslaat zijn trainer", time.Now()))
		time.Sleep(1100 * time.Millisecond)
		if got := b.titles(1); len(got) != 1 {
			t.Errorf("after a second: %q", got)
		}
	})
}

// TestReadingsAreSpread: the time from one reading to the next is about the interval, and
// not twice the same: sources that began together do not stay together.
func TestReadingsAreSpread(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		const interval = 5 * time.Minute
		paper := newPublisher("krant", interval)
		b := newBench(t, bottest.Limits{}, paper)
		b.pollOnly = true
		b.start()
		var gaps []time.Duration
		for began := time.Now(); len(gaps) < 30; {
			before := paper.count()
			for paper.count() == before {
				time.Sleep(100 * time.Millisecond)
			}
			gaps = append(gaps, time.Since(began).Round(time.Second))
			began = time.Now()
		}
		gaps = gaps[1:] // up to the first reading
		exact := 0
		for _, gap := range gaps {
			if gap == interval {
				exact++
			}
			if gap < interval*9/10-time.Second || gap > interval*11/10+time.Second {
				t.Errorf("%s between two readings", gap)
			}
		}
		if exact > len(gaps)/4 {
			t.Errorf("%d of %d readings came on the dot", exact, len(gaps))
		}
	})
}

// TestFailingSource: it is marked with its reason, tried less often, told of once,
// and back soon after it heals.
func TestFailingSource(t *testing.T) {
	for name, c := range map[string]struct {
		interval time.Duration
		err      error
		// most requests in the hour of failure, and how soon it is back.
		most int
		back time.Duration
	}{
		"down":            {5 * time.Minute, errors.New("HTTP 503"), 14, 6 * time.Minute},
		"down, each 1s":   {time.Second, errors.New("HTTP 503"), 460, 9 * time.Second},
		"too many":        {5 * time.Minute, &bot.FetchError{Reason: "HTTP 429", RetryAfter: 40 * time.Minute}, 2, 46 * time.Minute},
		"gone":            {time.Minute, &bot.FetchError{Reason: "HTTP 404", Gone: true}, 8, 70 * time.Minute},
		"asks for a year": {time.Minute, &bot.FetchError{Reason: "HTTP 429", RetryAfter: 365 * 24 * time.Hour}, 1, 25 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				paper := newPublisher("krant", c.interval)
				b := newBench(t, bottest.Limits{}, paper)
				b.pollOnly = true
				b.start()
				time.Sleep(c.interval / 2)
				paper.change(func(p *publisher) { p.err = c.err })
				time.Sleep(2 * c.interval)
				before := paper.count()
				time.Sleep(time.Hour)
				if got := paper.count() - before; got > c.most {
					t.Errorf("%d requests in an hour, want at most %d", got, c.most)
				}
				st := b.poller.Status()[0]
				if st.Failures == 0 || st.Reason != c.err.Error() || st.Since.IsZero() {
					t.Errorf("status %+v", st)
				}
				if got := b.logs.count("source fails"); got != 1 {
					t.Errorf("the operator was told %d times", got)
				}
				paper.change(func(p *publisher) { p.err = nil })
				time.Sleep(c.back)
				if st := b.poller.Status()[0]; st.Failures != 0 || st.Reason != "" {
					t.Errorf("%s after it healed: %+v", c.back, st)
				}
				if got := b.logs.count("source is back"); got != 1 {
					t.Errorf("its return was told %d times", got)
				}
			})
		})
	}
}

// TestAbsence: after a short one what was missed is sent, after a long one, or on an
// old copy of the database, it is not.
func TestAbsence(t *testing.T) {
	for name, c := range map[string]struct {
		away time.Duration
		want int
	}{"a night": {10 * time.Hour, 1}, "a day": {24 * time.Hour, 0}} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				paper := newPublisher("krant", time.Second)
				b := newBench(t, bottest.Limits{}, paper)
				b.follow(1, nil, "club/genk")
				b.start()
				time.Sleep(3 * time.Second)
				b.stop()
				time.Sleep(c.away)
				paper.bring(entry("Genk ontslaat zijn trainer", time.Now().Add(-time.Hour)))
				b.start()
				time.Sleep(5 * time.Second)
				if got := len(b.titles(1)); got != c.want {
					t.Errorf("%d sent, want %d", got, c.want)
				}
				paper.bring(entry("Genk vindt een nieuwe doelman", time.Now()))
				time.Sleep(5 * time.Second)
				if got := len(b.titles(1)); got != c.want+1 {
					t.Errorf("%d sent after that, want %d", got, c.want+1)
				}
			})
		})
	}
}

// TestReadRarely: a source that is read once or twice a day brings news all the same.
func TestReadRarely(t *testing.T) {
	for _, interval := range []time.Duration{6 * time.Hour, 12 * time.Hour, 24 * time.Hour} {
		t.Run(interval.String(), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				paper := newPublisher("krant", interval)
				b := newBench(t, bottest.Limits{}, paper)
				b.pollOnly = true
				b.start()
				time.Sleep(time.Minute)
				paper.change(func(p *publisher) { p.freshFor = 2 * interval })
				for i, title := range []string{"Genk ontslaat zijn trainer", "Genk vindt een nieuwe doelman"} {
					for paper.count() == i+1 {
						time.Sleep(time.Minute)
						paper.change(func(p *publisher) { p.entries = []bot.Entry{entry(title, time.Now())} })
					}
					if a := b.kept(title); a.Withheld != "" {
						t.Errorf("%q is withheld: %s", title, a.Withheld)
					}
				}
			})
		})
	}
}

// TestPagesThatCannotBeRead: an entry waits for its page for a few readings, and is
// not lost.
func TestPagesThatCannotBeRead(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		paper := newPublisher("krant", time.Second)
		calls := 0
		paper.complete = func(_ context.Context, e bot.Entry) (bot.Entry, error) {
			if calls++; calls <= 2 {
				return e, errors.New("HTTP 500")
			}
			e.Published = time.Now()
			return e, nil
		}
		b := newBench(t, bottest.Limits{}, paper)
		b.follow(1, nil, "club/genk")
		b.start()
		time.Sleep(3 * time.Second)
		e := entry("Genk ontslaat zijn trainer", time.Time{})
		paper.bring(e)
		time.Sleep(10 * time.Second)
		if got := b.titles(1); len(got) != 1 || calls != 3 {
			t.Errorf("sent %q after %d pages", got, calls)
		}
		paper.change(func(p *publisher) {
			p.complete = func(_ context.Context, e bot.Entry) (bot.Entry, error) { panic("a bug") }
		})
		paper.bring(entry("Genk vindt een nieuwe doelman", time.Now()))
		time.Sleep(10 * time.Second)
		if got := b.titles(1); len(got) != 2 {
			t.Errorf("with a reader that panics: sent %q", got)
		}
	})
}

// TestReadingTakesTooLong: the pages of many entries take longer than one reading may.
// That those behind had no turn is no fault of their pages.
func TestReadingTakesTooLong(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		const many = 25
		paper := newPublisher("krant", time.Minute)
		b := newBench(t, bottest.Limits{}, paper)
		b.pollOnly = true
		b.start()
		time.Sleep(10 * time.Second)
		refused := false
		paper.change(func(p *publisher) {
			p.complete = func(ctx context.Context, e bot.Entry) (bot.Entry, error) {
				select {
				case <-ctx.Done():
					return e, ctx.Err()
				case <-time.After(13 * time.Second):
				}
				if e.Title == "Genk oefent "+words(many-1) && !refused {
					refused = true
					return e, errors.New("HTTP 500")
				}
				e.Published = time.Now()
				return e, nil
			}
		})
		for i := range many {
			paper.bring(entry("Genk oefent "+words(i), time.Time{}))
		}
		time.Sleep(15 * time.Minute)
		for i := range many {
			if a := b.kept("Genk oefent " + words(i)); a.Withheld != "" {
				t.Errorf("%q is withheld: %s", a.Title, a.Withheld)
			}
		}
		if got := b.logs.count("cannot read the page"); got != 1 {
			t.Errorf("the operator was told of %d pages, want the one that failed", got)
		}
	})
}

// TestStoreFailsWhilePublishing: what was found is published when the store works
// again.
func TestStoreFailsWhilePublishing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		paper := newPublisher("krant", time.Second)
		b := newBench(t, bottest.Limits{}, paper)
		b.follow(1, nil, "club/genk")
		broken := &brokenStore{Store: b.store}
		b.wrap = func(subscriptions.Store) subscriptions.Store { return broken }
		b.start()
		time.Sleep(3 * time.Second)
		broken.set(subscriptions.ErrFull)
		paper.bring(entry("Genk ontslaat zijn trainer", time.Now()))
		time.Sleep(10 * time.Minute)
		broken.set(nil)
		time.Sleep(30 * time.Second)
		if got := b.titles(1); len(got) != 1 {
			t.Errorf("sent %q", got)
		}
	})
}

// TestSameStoryOfTwoPublishers: it comes once, from whom came first.
func TestSameStoryOfTwoPublishers(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		one, two := newPublisher("een", time.Second), newPublisher("twee", time.Second)
		b := newBench(t, bottest.Limits{}, one, two)
		b.follow(1, nil, "club/genk")
		b.start()
		time.Sleep(3 * time.Second)
		one.bring(entry("Genk ontslaat zijn trainer na zware nederlaag", time.Now()))
		again := entry("Genk ontslaat zijn trainer na zware nederlaag", time.Now())
		again.URL, again.Key = "https://ander.example/1", "https://ander.example/1"
		two.bring(again)
		time.Sleep(5 * time.Second)
		if got := b.titles(1); len(got) != 1 {
			t.Errorf("sent %q", got)
		}
		story := b.kept("Genk ontslaat").Story
		stories, err := b.store.Stories(t.Context(), []subscriptions.StoryID{story})
		if err != nil || len(stories[0].Articles) != 2 {
			t.Errorf("the story has %d articles (%v)", len(stories[0].Articles), err)
		}
	})
}

// TestArticleOnTwoLists: a list whose newest article another list of the publisher brings
// while it is read has been read all the same, and what appears next is news.
func TestArticleOnTwoLists(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		one, two := newPublisher("sport", time.Minute), newPublisher("voetbal", time.Minute)
		shared := entry("Genk oefent in Spanje", time.Now())
		one.bring(shared)
		two.bring(shared)
		b := newBench(t, bottest.Limits{}, one, two)
		b.follow(1, nil, "club/genk")
		b.wrap = func(s subscriptions.Store) subscriptions.Store { return thoughtfulStore{s} }
		b.start()
		time.Sleep(30 * time.Second)
		one.bring(entry("Genk ontslaat zijn trainer", time.Now()))
		two.bring(entry("Genk haalt spits uit Denemarken", time.Now()))
		time.Sleep(3 * time.Minute)
		if got := b.titles(1); len(got) != 2 {
			t.Errorf("pushed %q", got)
		}
	})
}

// thoughtfulStore answers slowly what it knows, so that it is out of date.
type thoughtfulStore struct{ subscriptions.Store }

func (s thoughtfulStore) Known(ctx context.Context, keys []string) (map[string]subscriptions.ArticleID, error) {
	known, err := s.Store.Known(ctx, keys)
	time.Sleep(time.Second)
	return known, err
}

// TestSourceThatMoved: a source that the configuration has at another address waits for
// nothing that the old one asked for, and its first reading floods nobody.
func TestSourceThatMoved(t *testing.T) {
	for name, c := range map[string]struct {
		address string
		want    bool // read at once
	}{
		"at another address":  {"https://krant.example/sport.xml", true},
		"where it was before": {"https://krant.example/feed.xml", false},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				paper := newPublisher("krant", time.Minute)
				paper.profile.Address = "https://krant.example/feed.xml"
				b := newBench(t, bottest.Limits{}, paper)
				b.follow(1, nil, "club/genk")
				b.start()
				time.Sleep(5 * time.Second)
				paper.change(func(p *publisher) { p.err = &bot.FetchError{Reason: "HTTP 404", Gone: true} })
				time.Sleep(10 * time.Minute)
				b.stop()
				paper.change(func(p *publisher) { p.err = nil })
				paper.bring(entry("Genk haalt spits", time.Now()))
				paper.profile.Address = c.address
				before := paper.count()
				b.start()
				time.Sleep(5 * time.Second)
				if got := paper.count() > before; got != c.want {
					t.Errorf("read at once: %t", got)
				}
				if got := b.titles(1); len(got) > 0 {
					t.Errorf("pushed %q", got)
				}
			})
		})
	}
}
