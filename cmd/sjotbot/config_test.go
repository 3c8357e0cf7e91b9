package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/feed"
)

func writeConfig(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func noEnv(string) string { return "" }

func TestConfigMistakes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		line int
		key  string
		want string
	}{
		"unknown key":         {"database = \"x.db\"\ndatabse = \"y\"\n", 2, "databse", "unknown key"},
		"unknown table key":   {"[telegram]\n\ntokn = \"y\"\n", 3, "telegram.tokn", "unknown key"},
		"unknown table":       {"\n[telegramm]\ntoken = \"y\"\n", 2, "telegramm", "unknown key"},
		"wrong type":          {"[telegram]\nrate = \"fast\"\n", 2, "telegram.rate", "float"},
		"syntax":              {"database = \n", 1, "", "expected"},
		"rate out of range":   {"[discord]\nrate = 0\n", 2, "discord.rate", "more than 0"},
		"duration":            {"[polling]\ninterval = \"five minutes\"\n", 2, "polling.interval", "like \"90s\""},
		"too fast":            {"[polling]\ninterval = \"1ms\"\n", 2, "polling.interval", "at least"},
		"api url":             {"[telegram]\napi_url = \"example\"\n", 2, "telegram.api_url", "address"},
		"source kind":         {"[[sources]]\nname=\"a\"\nurl=\"https://a.example/\"\n[[sources]]\nname=\"b\"\nurl=\"https://b.example/\"\nkind=\"rss\"\n", 7, "sources[1].kind", "feed, page or auto"},
		"source without url":  {"\n[[sources]]\nname=\"a\"\n", 2, "sources[0].url", "address"},
		"source twice":        {"[[sources]]\nname=\"a\"\nurl=\"https://a.example/\"\n[[sources]]\nname=\"a\"\nurl=\"https://b.example/\"\n", 5, "sources[1].name", "twice"},
		"source language":     {"[[sources]]\nname=\"a\"\nurl=\"https://a.example/\"\nlanguage=\"es\"\n", 4, "sources[0].language", "nl, fr, de or en"},
		"token file is away":  {"[discord]\ntoken_file = \"nowhere.txt\"\n", 2, "discord.token_file", "nowhere.txt"},
		"database server":     {"database = \"postgres://db/x\"\n", 1, "database", "SQLite"},
		"listen on a name":    {"[web]\nlisten = \"foo\"\n", 2, "web.listen", "127.0.0.1:8080"},
		"listen on no port":   {"[web]\nlisten = \"127.0.0.1:\"\n", 2, "web.listen", "127.0.0.1:8080"},
		"listen, port range":  {"[web]\nlisten = \":80800\"\n", 2, "web.listen", "127.0.0.1:8080"},
		"listen on no number": {"[web]\nlisten = \"300.0.0.1:80\"\n", 2, "web.listen", "127.0.0.1:8080"},
		"listen on a link":    {"[web]\nlisten = \"http://127.0.0.1:80\"\n", 2, "web.listen", "127.0.0.1:8080"},
		"unknown log level":   {"[log]\nlevel = \"loud\"\n", 2, "log.level", "debug, info"},
		"source quotes style": {"[[sources]]\nname=\"a\"\nurl=\"https://a.example/\"\nquotes=\"x\"\n", 4, "sources[0].quotes", "rumour or quote"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := loadConfig(writeConfig(t, tt.text), noEnv)
			bad, ok := errors.AsType[*ConfigError](err)
			if !ok {
				t.Fatalf("error %v, want a ConfigError", err)
			}
			if bad.Line != tt.line || bad.Key != tt.key || !strings.Contains(bad.Want, tt.want) {
				t.Errorf("got line %d, key %q, %q; want line %d, key %q, %q", bad.Line, bad.Key, bad.Want, tt.line, tt.key, tt.want)
			}
			if strings.Contains(bad.Error(), "\n") {
				t.Errorf("more than one line: %q", bad)
			}
		})
	}
}

func TestConfigListens(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", ":8080", "127.0.0.1:0", "0.0.0.0:80", "localhost:8080", "[::1]:8080", "bot.example:65535"} {
		if _, err := loadConfig(writeConfig(t, fmt.Sprintf("[web]\nlisten = %q\n", address)), noEnv); err != nil {
			t.Errorf("listen = %q: %v", address, err)
		}
	}
}

func TestConfigWithoutFile(t *testing.T) {
	t.Chdir(t.TempDir())
	c, err := loadConfig("", func(k string) string {
		if k == "SJOTBOT_DISCORD_TOKEN" {
			return "from-env\n"
		}
		return ""
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Database != "sjotbot.db" || time.Duration(c.Polling.Interval) != 5*time.Minute || c.Discord.Token != "from-env" || c.Telegram.Token != "" {
		t.Errorf("defaults are off: %+v", c)
	}
}

func TestConfigNamedFileMustExist(t *testing.T) {
	t.Parallel()
	_, err := loadConfig(filepath.Join(t.TempDir(), "none.toml"), noEnv)
	if _, ok := errors.AsType[*ConfigError](err); !ok {
		t.Errorf("error %v, want a ConfigError", err)
	}
}

func TestEnvironmentWinsForTokens(t *testing.T) {
	t.Parallel()
	file := writeConfig(t, "[telegram]\ntoken = \"from-file\"\n")
	c, err := loadConfig(file, func(string) string { return "from-env" })
	if err != nil || c.Telegram.Token != "from-env" {
		t.Errorf("token %q, error %v", string(c.Telegram.Token), err)
	}
}

// TestExampleShowsEveryKey keeps config.example.toml true: it must load, and
// each key of Config must stand in it.
func TestExampleShowsEveryKey(t *testing.T) {
	t.Parallel()
	example := filepath.Join("..", "..", "config.example.toml")
	c, err := loadConfig(example, noEnv)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sources) == 0 {
		t.Error("no sources")
	}
	data, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{
		"database", "token", "token_file", "api_url", "rate", "listen", "interval", "max_age",
		"file", "level", "name", "publisher", "url", "kind", "language", "quotes",
	} {
		if !strings.Contains(string(data), "\n"+key+" ") && !strings.Contains(string(data), "\n# "+key+" ") {
			t.Errorf("%s is not shown", key)
		}
	}
}

func TestSecretsStayHidden(t *testing.T) {
	t.Parallel()
	c := defaultConfig()
	c.Telegram.Token = "123:very-secret"
	js, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), string(js)} {
		if strings.Contains(shown, "very-secret") {
			t.Errorf("the token shows in %s", shown)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add("database = \"x\"\n[[sources]]\nname = \"a\"\nurl = \"https://a.example\"\n")
	f.Add("[telegram]\nrate = 1e400\n")
	f.Fuzz(func(t *testing.T, text string) {
		c := defaultConfig()
		if err := c.decode("f.toml", []byte(text)); err == nil {
			_ = c.validate("f.toml", locate([]byte(text)))
		}
	})
}

// TestExampleListsTheBuiltInSources: the example says that its list is the
// built-in one.
func TestExampleListsTheBuiltInSources(t *testing.T) {
	t.Parallel()
	c, err := loadConfig(filepath.Join("..", "..", "config.example.toml"), noEnv)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(feed.Defaults(), feedConfigs(c.Sources)); diff != "" {
		t.Errorf("config.example.toml against the built-in list (-built-in +example):\n%s", diff)
	}
}
