package sqlite_test

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

func killsFlag() func() int {
	n := flag.Int("kills", 6, "how often the crash test kills; the long form is 250")
	return func() int { return *n }
}

var kills = killsFlag()

const (
	crashFans    = 60 // followers in the crash test
	crashParcels = 10 // parcels in one claim: what may be in flight
)

// claimAt claims parcels of one story each.
func claimAt(tb testing.TB, store *sqlite.Store, now time.Time, parcels int) []subscriptions.Parcel {
	tb.Helper()
	out, err := store.Claim(tb.Context(), now, subscriptions.ClaimRequest{Platform: "telegram", Parcels: parcels, PerParcel: 2, Lease: time.Minute})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// settleSent settles parcels as sent and counts what was.
func settleSent(tb testing.TB, store *sqlite.Store, now time.Time, parcels []subscriptions.Parcel, sent map[string]int) {
	tb.Helper()
	var list []subscriptions.Settlement
	for _, p := range parcels {
		for _, story := range p.Stories {
			sent[fmt.Sprintf("story %d to %s", story, p.Subscriber.Address.ID)]++
		}
		list = append(list, subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Sent, Reference: "m"})
	}
	if err := store.Settle(tb.Context(), now, list); err != nil {
		tb.Fatal(err)
	}
}

// TestCrash kills a process that publishes, routes, claims, sends, settles and
// changes, at random moments, and looks at what it left.
func TestCrash(t *testing.T) {
	t.Parallel()
	const asked = "SJOTBOT_TEST_CRASH"
	if dir := os.Getenv(asked); dir != "" {
		liveUntilKilled(t, dir)
		return
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "sjotbot.db")
	store := open(t, file)
	join(t, store, crashFans)
	closeStore(t, store)
	random := rand.New(rand.NewPCG(2026, 11))
	for life := range kills() {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCrash$")
		child.Env = append(os.Environ(), asked+"="+dir, "SJOTBOT_TEST_LIFE="+strconv.Itoa(life))
		said := &strings.Builder{}
		child.Stdout, child.Stderr = said, said
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		// Not before it is at work, then at any moment.
		waitFor(t, filepath.Join(dir, "log"), "life "+strconv.Itoa(life)+"\n")
		time.Sleep(time.Duration(random.IntN(400)) * time.Millisecond)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := child.Wait(); err == nil || strings.Contains(said.String(), "FAIL") {
			t.Fatalf("life %d ended by itself: %v\n%s", life, err, said)
		}
	}
	inspect(t, dir)
}

// waitFor waits until a file holds a line.
func waitFor(t *testing.T, file, line string) {
	t.Helper()
	for range 3000 {
		if strings.Contains(contents(t, file), line) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%q was never written", line)
}

// crashTime is the clock of a life: claims of the one before have ended.
func crashTime(life int) time.Time { return evening().Add(time.Duration(life) * time.Hour) }

// liveUntilKilled is the process that is killed. It writes what it was answered to
// a log; a write to a file survives a kill.
func liveUntilKilled(t *testing.T, dir string) {
	life, err := strconv.Atoi(os.Getenv("SJOTBOT_TEST_LIFE"))
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.OpenFile(filepath.Join(dir, "log"), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	say := func(format string, args ...any) {
		if _, err := fmt.Fprintf(log, format+"\n", args...); err != nil {
			t.Fatal(err)
		}
	}
	store := open(t, filepath.Join(dir, "sjotbot.db"))
	now := crashTime(life)
	random := rand.New(rand.NewPCG(uint64(life), 7))
	say("life %d", life)
	for i := 0; ; i++ {
		switch random.IntN(6) {
		case 0:
			a, err := store.Publish(t.Context(), now, subscriptions.Publication{Push: true, Article: subscriptions.Article{
				Key: fmt.Sprintf("%d-%d", life, i), Title: "T", Language: "nl", Kind: subscriptions.Fact,
				Tags: []subscriptions.Tag{{Topic: benchTopic, Level: subscriptions.About}},
			}})
			if err != nil {
				t.Fatal(err)
			}
			say("published %d", a.Story)
		case 1:
			if _, err := store.Route(t.Context(), now, 7); err != nil {
				t.Fatal(err)
			}
		case 2:
			position, err := store.Position(t.Context(), "updates")
			if err != nil {
				t.Fatal(err)
			}
			next := max(position, 1)
			if err := count(t, store, now, next); err != nil {
				t.Fatal(err)
			}
			say("counted %d", next)
		default:
			parcels := claimAt(t, store, now, crashParcels)
			for _, p := range parcels {
				for _, story := range p.Stories {
					say("sent %d %s", story, p.Subscriber.Address.ID)
				}
			}
			settleSent(t, store, now, parcels, map[string]int{})
		}
	}
}

// count handles an update whose effect is to count it.
func count(tb testing.TB, store *sqlite.Store, now time.Time, sequence int64) error {
	tb.Helper()
	return store.Change(tb.Context(), now, subscriptions.Mark{Stream: "updates", Sequence: sequence}, func(tx subscriptions.Tx) error {
		s, err := tx.Subscriber(subscriptions.Address{Platform: "telegram", ID: "fan-0"})
		if err != nil {
			return err
		}
		s.Digest.Minute++
		return tx.SaveSubscriber(&s)
	})
}

// inspect compares what the dead were answered with what is there.
func inspect(t *testing.T, dir string) {
	t.Helper()
	store := open(t, filepath.Join(dir, "sjotbot.db"))
	defer closeStore(t, store)
	published, sent, counted := readLog(t, dir)
	stories, err := store.Latest(t.Context(), subscriptions.StoryQuery{Limit: 1_000_000})
	if err != nil {
		t.Fatal(err)
	}
	there := map[subscriptions.StoryID]bool{}
	for _, y := range stories {
		there[y.ID] = true
	}
	for _, story := range published {
		if !there[story] {
			t.Errorf("story %d was published and is gone", story)
		}
	}
	before := 0
	for _, n := range sent {
		before += n
	}
	// Whoever comes after finishes the work.
	now := crashTime(kills() + 1)
	for more := true; more; {
		if more, err = store.Route(t.Context(), now, 1000); err != nil {
			t.Fatal(err)
		}
	}
	for parcels := claimAt(t, store, now, 100); len(parcels) > 0; parcels = claimAt(t, store, now, 100) {
		settleSent(t, store, now, parcels, sent)
	}
	repeated := 0
	for _, y := range stories {
		for i := range crashFans {
			n := sent[fmt.Sprintf("story %d to fan-%d", y.ID, i)]
			if n == 0 {
				t.Errorf("story %d never came to fan-%d", y.ID, i)
			}
			repeated += max(n-1, 0)
		}
	}
	if limit := kills() * crashParcels * 2; repeated > limit {
		t.Errorf("%d deliveries came again, want at most the %d that may have been in flight", repeated, limit)
	}
	if len(sent) != len(stories)*crashFans {
		t.Errorf("%d different deliveries of %d stories", len(sent), len(stories))
	}
	fan, err := store.Find(t.Context(), subscriptions.Address{Platform: "telegram", ID: "fan-0"})
	if err != nil {
		t.Fatal(err)
	}
	position, err := store.Position(t.Context(), "updates")
	if err != nil {
		t.Fatal(err)
	}
	if int64(fan.Digest.Minute) != max(position-1, 0) || int64(counted) > position-1 && counted > 0 {
		t.Errorf("%d updates had an effect, the position is %d, %d were answered", fan.Digest.Minute, position, counted)
	}
	t.Logf("%d kills: %d stories, %d sends, %d of them before the last life, lost 0, repeated %d", kills(), len(stories), len(sent)+repeated, before, repeated)
}

// readLog reads what the dead were answered.
func readLog(t *testing.T, dir string) (published []subscriptions.StoryID, sent map[string]int, counted int) {
	t.Helper()
	sent = map[string]int{}
	lines := bufio.NewScanner(strings.NewReader(contents(t, filepath.Join(dir, "log"))))
	for lines.Scan() {
		var story subscriptions.StoryID
		var to string
		if n, _ := fmt.Sscanf(lines.Text(), "sent %d %s", &story, &to); n == 2 {
			sent[fmt.Sprintf("story %d to %s", story, to)]++
		} else if n, _ := fmt.Sscanf(lines.Text(), "published %d", &story); n == 1 {
			published = append(published, story)
		} else if strings.HasPrefix(lines.Text(), "counted ") {
			counted++
		}
	}
	return published, sent, counted
}
