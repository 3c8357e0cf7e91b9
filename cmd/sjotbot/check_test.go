package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

func TestCheckSaysWhatWorks(t *testing.T) {
	t.Parallel()
	telegram := telegramtest.New(t, telegramtest.Options{})
	discord := newDiscord(t, discordtest.Options{})
	news := &papers{items: map[string][]dated{}}
	news.print(item{"tribune", "a", "Titel", "Inleiding."}, time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC))
	press := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" {
			http.Error(w, "no", http.StatusServiceUnavailable)
			return
		}
		news.ServeHTTP(w, r)
	}))
	t.Cleanup(press.Close)
	config := writeConfig(t, fmt.Sprintf(`
database = %q
[telegram]
token = "123456:wrong"
api_url = %q
[discord]
token = %q
api_url = %q
[[sources]]
name = "good"
url = "%s/tribune"
[[sources]]
name = "down"
url = "%s/gone"
`, filepath.Join(t.TempDir(), "check.db"), telegram.URL, discord.Token(), discord.URL(), press.URL, press.URL))
	var out, diagnostics bytes.Buffer
	status := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}.main(t.Context(), []string{"check", "--config", config})
	if status != exitFailed {
		t.Errorf("exit status %d, want %d", status, exitFailed)
	}
	// What is shown of this machine and of the schema does not matter.
	got := regexp.MustCompile(`\S*/(check.db|config.toml)|schema \d+`).ReplaceAllString(out.String(), "…")
	want := `ok    configuration  …
ok    database       …, …, 0 subscriptions (not there yet; run makes it)
FAIL  telegram       the server does not accept the token; set [telegram] token or SJOTBOT_TELEGRAM_TOKEN to the one that BotFather shows: telegram getMe: 401 Unauthorized
ok    discord        @sjotbot
ok    source         good: rss, 1 items, 100% dated, newest 2026-11-21 13:00
FAIL  source         down: HTTP 503
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if all := out.String() + diagnostics.String(); strings.Contains(all, "123456:wrong") || strings.Contains(all, discord.Token()) {
		t.Error("a token shows")
	}
}

// TestCheckNamesTheConfiguration: who looks in the wrong folder for his config.toml sees
// that it was not read.
func TestCheckNamesTheConfiguration(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("sjotbot.db", 0o700); err != nil { // so that nothing more is checked
		t.Fatal(err)
	}
	check := func(want string) {
		t.Helper()
		var out, diagnostics bytes.Buffer
		p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
		p.main(t.Context(), []string{"check"})
		if line, _, _ := strings.Cut(out.String(), "\n"); line != want {
			t.Errorf("got %q, want %q", line, want)
		}
	}
	check("ok    configuration  defaults: there is no config.toml here")
	write(t, "config.toml", "database = \"sjotbot.db\"\n")
	check("ok    configuration  config.toml")
}

// TestCheckLeavesNothingBehind checks before there is a database, and beside one.
func TestCheckLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	database := filepath.Join(folder, "bot.db")
	config := writeConfig(t, fmt.Sprintf("database = %q\n[[sources]]\nname = \"down\"\nurl = \"http://127.0.0.1:1/\"\n", database))
	check := func(want string) {
		t.Helper()
		before := filesIn(t, folder)
		var out, diagnostics bytes.Buffer
		p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
		if status := p.main(t.Context(), []string{"check", "--config", config}); status != exitFailed { // the source is down
			t.Errorf("exit status %d: %s", status, &diagnostics)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, &out)
		}
		if diff := cmp.Diff(before, filesIn(t, folder)); diff != "" {
			t.Errorf("the folder (-before +after)\n%s", diff)
		}
	}
	check("ok    database       " + database + ", schema")
	store, err := sqlite.Open(t.Context(), database, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	check("0 subscriptions\n")
	if err := os.Remove(database + "-reserve"); err != nil { // as beside a copy that was put back
		t.Fatal(err)
	}
	check("0 subscriptions\n")
	if err := os.Remove(database); err != nil {
		t.Fatal(err)
	}
	write(t, database+"-wal", "a log that lost its file")
	check("FAIL  database       open database " + database)
}

// TestOlderDatabase: who looks with a new program at what his old one works on, or copies
// it, changes nothing in it. The check tells whether the new one will be able to.
func TestOlderDatabase(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	database, copied := filepath.Join(folder, "bot.db"), filepath.Join(folder, "copy.db")
	age(t, database)
	config := writeConfig(t, fmt.Sprintf("database = %q\n[[sources]]\nname = \"down\"\nurl = \"http://127.0.0.1:1/\"\n", database))
	run := func(args ...string) string {
		t.Helper()
		var out, diagnostics bytes.Buffer
		p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
		p.main(t.Context(), append(args, "--config", config))
		return out.String() + diagnostics.String()
	}
	before := filesIn(t, folder)
	want := fmt.Sprintf("ok    database       %s, schema %d, 0 subscriptions (has schema 1 until run", database, sqlite.SchemaVersion())
	if said := run("check"); !strings.Contains(said, want) {
		t.Errorf("%q is not in\n%s", want, said)
	}
	if diff := cmp.Diff(before, filesIn(t, folder)); diff != "" {
		t.Errorf("the folder (-before +after)\n%s", diff)
	}
	said := run("backup", copied)
	for _, file := range []string{database, copied} {
		if schema, err := sqlite.Schema(t.Context(), file); err != nil || schema != 1 {
			t.Errorf("%s has schema %d, %v, want 1; %s", file, schema, err, said)
		}
	}
}

// age makes a database of the first schema.
func age(t *testing.T, file string) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file + "-reserve"); err != nil { // as if it were not there
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`DROP INDEX digests_released`, `DROP INDEX subscribers_rest`, `DELETE FROM goose_db_version WHERE version_id > 1`,
	} {
		if _, err := db.ExecContext(t.Context(), line); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestCheckOfMistakes: what run refuses as a mistake of the operator, check does too,
// before it calls anything in order.
func TestCheckOfMistakes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	unsound := filepath.Join(folder, "unsound.toml")
	write(t, unsound, "[[club]]\nid = \"sk-dorp\"\nlabel.nl = \"SK Dorp\"\ndivision = \"outside\"\nsafe.any = [\"Essevee\"]\n")
	tests := map[string]struct{ config, want string }{
		"a garbled token":      {"[telegram]\ntoken = \"12:a b\"\n", "config.toml:2: telegram.token: has a character that no token has"},
		"no catalogue":         {"[catalogue]\nfile = \"/nowhere/c.toml\"\n", "config.toml:2: catalogue.file: /nowhere/c.toml: no such file"},
		"an unsound catalogue": {fmt.Sprintf("database = %q\n[catalogue]\nfile = %q\n", filepath.Join(folder, "x.db"), unsound), unsound + ":1): write a [[shared]] rule"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out, diagnostics bytes.Buffer
			p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
			status := p.main(t.Context(), []string{"check", "--config", writeConfig(t, tt.config)})
			if status != exitUsage || out.Len() > 0 || !strings.Contains(diagnostics.String(), tt.want) {
				t.Errorf("exit status %d, stdout %q, stderr %q; want %q", status, &out, &diagnostics, tt.want)
			}
		})
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		args   []string
		status int
		stderr string
	}{
		"help":                   {[]string{"--help"}, exitDone, ""},
		"help after":             {[]string{"run", "--help"}, exitDone, ""},
		"help for nothing known": {[]string{"runn", "--help"}, exitUsage, "runn"},
		"version":                {[]string{"version"}, exitDone, ""},
		"unknown subcommand":     {[]string{"runn"}, exitUsage, "runn"},
		"unknown flag":           {[]string{"--confg", "x"}, exitUsage, "confg"},
		"too many words":         {[]string{"version", "now"}, exitUsage, "no argument"},
		"evaluate nothing":       {[]string{"evaluate"}, exitUsage, "at least one file"},
		"backup nowhere":         {[]string{"backup"}, exitUsage, "one argument"},
		"backup to no name":      {[]string{"backup", ""}, exitUsage, "one argument"},
		"no such config":         {[]string{"run", "--config", "/nowhere/x.toml"}, exitUsage, "/nowhere/x.toml"},
		"evaluate nothing there": {[]string{"evaluate", "/nowhere/x.jsonl"}, exitFailed, "/nowhere/x.jsonl"},
		"catalogue what":         {[]string{"catalogue", "sing"}, exitUsage, "catalogue"},
		"a name and no config":   {[]string{"catalogue", "show", "genk", "--config", "/nowhere/x.toml"}, exitUsage, "/nowhere/x.toml"},
		"another one's flag":     {[]string{"version", "--errors"}, exitUsage, "version takes no --errors"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out, diagnostics bytes.Buffer
			p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
			if status := p.main(t.Context(), tt.args); status != tt.status {
				t.Errorf("exit status %d, want %d; %s", status, tt.status, &diagnostics)
			}
			if !strings.Contains(diagnostics.String(), tt.stderr) {
				t.Errorf("stderr %q does not name %q", &diagnostics, tt.stderr)
			}
			if tt.status != exitDone && out.Len() > 0 {
				t.Errorf("a failure wrote to stdout: %q", &out)
			}
		})
	}
}

// Ctrl-C is no riddle: what was not done says so, in words.
func TestStopped(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for _, name := range []string{"identify", "cluster", "demo"} {
		var out, diagnostics bytes.Buffer
		p := program{stdin: strings.NewReader("{}\n"), stdout: &out, stderr: &diagnostics, getenv: noEnv}
		if status := p.main(ctx, []string{name}); status != exitFailed || diagnostics.String() != "sjotbot: stopped before it was done\n" {
			t.Errorf("%s: exit status %d, %q", name, status, &diagnostics)
		}
	}
}

// The bot has no end but to be stopped: that is done, also while it is still starting.
func TestStoppedWhileItStarts(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out, diagnostics bytes.Buffer
	p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
	config := writeConfig(t, fmt.Sprintf("database = %q\n", filepath.Join(t.TempDir(), "bot.db")))
	if status := p.main(ctx, []string{"run", "--config", config}); status != exitDone || diagnostics.Len() > 0 {
		t.Errorf("exit status %d, %q", status, &diagnostics)
	}
}

func TestBackupOfARunningBot(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	fan := h.telegram.Chat(7003).Speaking("nl")
	fan.Says("/volg genk")
	fan.Sees()
	file := filepath.Join(t.TempDir(), "copy.db")
	run := func(file string) (int, string) {
		var out, diagnostics bytes.Buffer
		p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
		return p.main(t.Context(), []string{"backup", file, "--config", h.config}), diagnostics.String()
	}
	if status, said := run(file); status != exitDone {
		t.Fatalf("exit status %d: %s", status, said)
	}
	copied, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	s, err := copied.Find(t.Context(), subscriptions.Address{Platform: "telegram", ID: "7003"})
	if err != nil {
		t.Fatalf("the copy does not know the fan: %v", err)
	}
	if list, err := copied.Subscriptions(t.Context(), s.ID); err != nil || len(list) != 1 {
		t.Errorf("the copy holds %v, %v", list, err)
	}
	if status, said := run(filepath.Join(file, "deeper.db")); status != exitFailed || !strings.Contains(said, "there is no folder "+file) {
		t.Errorf("a copy into a folder that is none: exit status %d, %q", status, said)
	}
	if status, said := run(file); status != exitFailed || !strings.Contains(said, "not overwritten") {
		t.Errorf("a second copy to the same file: exit status %d, %q", status, said)
	}
}
