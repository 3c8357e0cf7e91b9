package main

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestTerminate ends the real program while a hundred messages are on their way. It
// exits with status 0 within ten seconds, and when another program has done the rest,
// everybody has the story once, on Telegram too.
func TestTerminate(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("ends a real program; not in -short")
	}
	t.Run("SIGTERM", func(t *testing.T) { t.Parallel(); terminate(t, syscall.SIGTERM, false) })
	t.Run("its terminal is closed", func(t *testing.T) { t.Parallel(); terminate(t, syscall.SIGHUP, true) })
}

// terminate ends the program with a signal; unread is one whose log nobody reads.
func terminate(t *testing.T, with os.Signal, unread bool) {
	const each = 150
	c := newCrash(t, each, false)
	c.telegram.Break(telegramtest.Fault{Method: "sendMessage", Kind: telegramtest.Slow, Delay: 2 * time.Second})
	c.discord.Inject("create message", -1, discordtest.Fault{Wait: 2 * time.Second, Slow: true})
	cmd := c.command()
	if unread {
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer write.Close()
		read.Close()
		cmd.Stderr = write
	}
	c.run(cmd)
	c.publish()
	underWay := func() int { return c.telegram.Counts().Requests["sendMessage"] + c.discord.Requests("create message") }
	for began := time.Now(); underWay() < 100; {
		if time.Since(began) > 30*time.Second {
			t.Fatalf("only %d messages are on their way\n%s", underWay(), tail(c.log.String(), 3000))
		}
		_ = pause(t.Context(), 5*time.Millisecond)
	}
	arrived := c.telegram.Counts().Messages + c.discord.Stats().Messages
	flying := underWay() - arrived
	began := time.Now()
	for range 2 { // timeout(1) sends it to the program, and to its group
		if err := cmd.Process.Signal(with); err != nil {
			t.Fatal(err)
		}
	}
	err := cmd.Wait()
	took := time.Since(began)
	if err != nil || took > 10*time.Second {
		t.Errorf("it ended after %v: %v\n%s", took, err, tail(c.log.String(), 3000))
	}
	owed := c.owed()
	if owed == 0 {
		t.Error("all was sent before the end: this does not test what it says")
	}
	c.telegram.Mend()
	c.discord.Heal()
	c.settle()
	lost, twice := 0, 0
	pages := []string{c.stories[0].url()}
	count := func(n int) {
		lost += max(1-n, 0)
		twice += max(n-1, 0)
	}
	for _, chat := range c.chats {
		count(len(telegramSightings(chat, pages)))
	}
	for _, user := range c.users {
		count(discordSightings(user, pages))
	}
	t.Logf("%d on their way, exit after %v, %d left to the next: lost %d, twice %d", flying, took.Round(time.Millisecond), owed, lost, twice)
	if flying < 100 || lost > 0 || twice > 0 {
		t.Errorf("%d on their way, lost %d, twice %d; want 100, 0 and 0", flying, lost, twice)
	}
}

// owed counts the deliveries that have not ended.
func (c *crash) owed() int64 {
	c.t.Helper()
	store := c.open()
	defer store.Close()
	stats, err := store.Stats(c.t.Context(), time.Now())
	if err != nil {
		c.t.Fatal(err)
	}
	return stats.Pending[subscriptions.Platform("telegram")] + stats.Pending[subscriptions.Platform("discord")]
}

// TestInterruptAgain: a program that waits for a file which nobody writes cannot be told
// to stop. Who asks again ends it.
func TestInterruptAgain(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("ends a real program; not in -short")
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer write.Close()
	defer read.Close()
	cmd := exec.CommandContext(t.Context(), buildProgram(t, t.TempDir()), "catalogue", "check", "/dev/stdin")
	cmd.Stdin = read
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }() // killed, it has no good end
	for began := time.Now(); time.Since(began) < 20*time.Second; {
		select {
		case <-ended:
			return
		case <-time.After(100 * time.Millisecond):
			_ = cmd.Process.Signal(os.Interrupt) // it may have ended
		}
	}
	t.Error("Ctrl-C, again and again, does not end it")
	_ = cmd.Process.Kill()
	<-ended
}
