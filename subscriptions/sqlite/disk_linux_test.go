package sqlite_test

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// ownDisk runs the rest of the test on a small disk of its own, in a child process
// whose mounts nobody else sees. It returns the folder, or "" in the parent, where
// the child has done it all.
func ownDisk(t *testing.T, size string) string {
	t.Helper()
	const asked = "SJOTBOT_TEST_DISK"
	if dir := os.Getenv(asked); dir != "" {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	child.Env = append(os.Environ(), asked+"="+t.TempDir())
	child.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := child.CombinedOutput()
	switch {
	case errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EINVAL) || strings.Contains(string(out), "operation not permitted"):
		t.Skipf("SKIPPED: this system does not let a test mount a disk of its own: %v", err)
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	}
	return ""
}

// TestDiskFull fills the disk in the middle of the work. Publishing and following
// fail with ErrFull and change nothing; what is out can still be settled and old
// stories pruned; nothing new is claimed. With room again all goes on by itself,
// and everything that was accepted comes once.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	dir := ownDisk(t, "12m")
	if dir == "" {
		return
	}
	store := open(t, filepath.Join(dir, "sjotbot.db"))
	defer closeStore(t, store)
	join(t, store, 200)
	accepted, sent := map[subscriptions.StoryID]bool{}, map[string]int{}
	for range 3 {
		accepted[publishOne(t, store, "news")] = true
	}
	out := claimAt(t, store, evening(), 50)

	ballast := filepath.Join(dir, "ballast")
	fill(t, ballast)
	refused := func() error {
		for i := range 500 {
			a, err := store.Publish(t.Context(), evening(), subscriptions.Publication{Push: true, Article: subscriptions.Article{
				Key: fmt.Sprintf("full-%d", i), Title: strings.Repeat("long ", 2000), Kind: subscriptions.Fact,
				Tags: []subscriptions.Tag{{Topic: benchTopic, Level: subscriptions.About}},
			}})
			if err != nil {
				return err
			}
			accepted[a.Story] = true
		}
		return nil
	}()
	if !errors.Is(refused, subscriptions.ErrFull) {
		t.Fatalf("publish: got error %v, want %v", refused, subscriptions.ErrFull)
	}
	settleSent(t, store, evening(), out, sent)
	if _, err := store.Claim(t.Context(), evening(), subscriptions.ClaimRequest{Platform: "telegram", Parcels: 1, PerParcel: 1, Lease: time.Minute}); !errors.Is(err, subscriptions.ErrFull) {
		t.Errorf("claim: got error %v, want %v", err, subscriptions.ErrFull)
	}
	if err := store.Check(t.Context()); !errors.Is(err, subscriptions.ErrFull) {
		t.Errorf("check: got error %v, want %v", err, subscriptions.ErrFull)
	}
	if _, err := store.Prune(t.Context(), evening().Add(-time.Hour), 100); err != nil {
		t.Errorf("prune: %v", err)
	}
	if _, err := store.Find(t.Context(), subscriptions.Address{Platform: "telegram", ID: "fan-1"}); err != nil {
		t.Errorf("reading: %v", err)
	}

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := store.Check(t.Context()); err != nil {
		t.Errorf("check with room again: %v", err)
	}
	accepted[publishOne(t, store, "after")] = true
	for {
		parcels := claimAt(t, store, evening(), 100)
		if len(parcels) == 0 {
			break
		}
		settleSent(t, store, evening(), parcels, sent)
	}
	if want := 200 * len(accepted); len(sent) != want {
		t.Errorf("%d deliveries of %d stories, want %d", len(sent), len(accepted), want)
	}
	for what, n := range sent {
		if n != 1 {
			t.Errorf("%s was sent %d times", what, n)
		}
	}
}

// TestDiskFullClaims has somebody ask for more on a full disk all the time, while what is
// out is settled: whoever looks for room for the reserve never takes it from who needs it.
func TestDiskFullClaims(t *testing.T) {
	t.Parallel()
	dir := ownDisk(t, "12m")
	if dir == "" {
		return
	}
	store := open(t, filepath.Join(dir, "sjotbot.db"))
	defer closeStore(t, store)
	join(t, store, 200)
	publishOne(t, store, "news")
	out := claimAt(t, store, evening(), 50) // their log fits into the reserve
	fill(t, filepath.Join(dir, "ballast"))

	stop := make(chan struct{})
	var asking sync.WaitGroup
	asking.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				_, _ = store.Claim(t.Context(), evening(), subscriptions.ClaimRequest{Platform: "telegram", Parcels: 1, PerParcel: 1, Lease: time.Minute})
			}
		}
	})
	for i, p := range out {
		err := store.Settle(t.Context(), evening(), []subscriptions.Settlement{{Parcel: p.ID, Outcome: subscriptions.Sent, Reference: "1"}})
		if err != nil {
			t.Errorf("settling %d of %d: %v", i+1, len(out), err)
			break
		}
	}
	close(stop)
	asking.Wait()
}

// TestReadOnly opens a database on a disk that may not be written.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	dir := ownDisk(t, "12m")
	if dir == "" {
		return
	}
	file := filepath.Join(dir, "sjotbot.db")
	populate(t, file)
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	_, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if !errors.Is(err, subscriptions.ErrReadOnly) {
		t.Fatalf("got error %v, want %v", err, subscriptions.ErrReadOnly)
	}
	if !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "folder") {
		t.Errorf("the error does not help: %v", err)
	}
}

// fill writes a file until the disk is full.
func fill(t *testing.T, file string) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for size := 1 << 20; size > 0; size /= 2 {
		for err == nil {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
		err = nil
	}
}
