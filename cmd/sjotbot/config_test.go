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
		"wrong type":          {"[telegram]\nrate = \"fast\"\n", 2, "telegram.rate", "expected a number, got text"},
		"text is a number":    {"[web]\nlisten = 8080\n", 2, "web.listen", "expected text in quotes, got a number"},
		"text is a date":      {"database = 1979-05-27\n", 1, "database", "expected text in quotes, got a date or time"},
		"token is a number":   {"[telegram]\ntoken = 5\n", 2, "telegram.token", "expected text in quotes, got a number"},
		"duration, no unit":   {"[polling]\ninterval = 5\n", 2, "polling.interval", "expected a duration in quotes, like \"5m\", got a number"},
		"duration, unit out":  {"[delivery]\nmax_age = \"24\"\n", 2, "delivery.max_age", "like \"90s\""},
		"duration, true":      {"[delivery]\nmax_age = true\n", 2, "delivery.max_age", "got true or false"},
		"duration of nanos":   {"[delivery]\nmax_age = 86400000000000\n", 2, "delivery.max_age", "got a number"},
		"source interval":     {"[[sources]]\nname=\"a\"\nurl=\"https://a.example/\"\ninterval=5\n", 4, "sources[0].interval", "got a number"},
		"a rate of none":      {"[telegram]\nrate = nan\n", 2, "telegram.rate", "more than 0"},
		"inline":              {"\ntelegram = { token = \"x\", rate = \"fast\" }\n", 2, "telegram.rate", "expected a number, got text"},
		"inline, range":       {"\ntelegram = { rate = 0 }\n", 2, "telegram.rate", "more than 0"},
		"inline sources":      {"\nsources = [{ name = \"a\", link = \"x\" }]\n", 2, "sources[0].link", "unknown key"},
		"inline, no url":      {"\nsources = [{ name = \"a\" }]\n", 2, "sources[0].url", "address"},
		"dotted":              {"telegram.rate = true\n", 1, "telegram.rate", "got true or false"},
		"table is text":       {"telegram = \"x\"\n", 1, "telegram", "expected a table, [telegram], got text"},
		"tables for a table":  {"[[telegram]]\nrate = 1\n", 1, "telegram", "expected a table, [telegram], got a table in double brackets"},
		"one source":          {"[sources]\nname = \"x\"\n", 1, "sources", "expected a table in double brackets, [[sources]], got a table"},
		"sources are names":   {"sources = 3\n", 1, "sources", "expected a table in double brackets, [[sources]], got a number"},
		"list of names":       {"sources = [\"hln\"]\n", 1, "sources[0]", "expected a table, { name = \"…\", … }, got text"},
		"table in a text":     {"[telegram.token]\nx = 1\n", 1, "telegram.token", "expected text in quotes, got a table"},
		"key in a text":       {"database.x = 1\n", 1, "database.x", "unknown key"},
		"syntax":              {"database = \n", 1, "", "expected"},
		"rate out of range":   {"[discord]\nrate = 0\n", 2, "discord.rate", "more than 0"},
		"duration":            {"[polling]\ninterval = \"five minutes\"\n", 2, "polling.interval", "like \"90s\""},
		"too fast":            {"[polling]\ninterval = \"1ms\"\n", 2, "polling.interval", "at least"},
		"capital letters":     {"[Telegram]\n\nRate = 0\n", 3, "telegram.rate", "more than 0"},
		"sources in capitals": {"[[Sources]]\nname=\"a\"\nURL=\"b\"\n", 3, "sources[0].url", "address"},
		"api url":             {"[telegram]\napi_url = \"example\"\n", 2, "telegram.api_url", "address"},
		"api url with query":  {"[discord]\napi_url = \"https://a.example/?x=1\"\n", 2, "discord.api_url", "without ? or #"},
		"api url with anchor": {"[telegram]\napi_url = \"https://a.example/#x\"\n", 2, "telegram.api_url", "without ? or #"},
		"address of no host":  {"[[sources]]\nname=\"a\"\nurl=\"http://:80/\"\n", 3, "sources[0].url", "address"},
		"source kind":         {"[[sources]]\nname=\"a\"\nurl=\"https://a.example/\"\n[[sources]]\nname=\"b\"\nurl=\"https://b.example/\"\nkind=\"rss\"\n", 7, "sources[1].kind", "feed, page or auto"},
		"source without url":  {"\n[[sources]]\nname=\"a\"\n", 2, "sources[0].url", "address"},
		"source twice":        {"[[sources]]\nname=\"a\"\nurl=\"https://a.example/\"\n[[sources]]\nname=\"a\"\nurl=\"https://b.example/\"\n", 5, "sources[1].name", "twice"},
		"source language":     {"[[sources]]\nname=\"a\"\nurl=\"https://a.example/\"\nlanguage=\"es\"\n", 4, "sources[0].language", "nl, fr, de or en"},
		"token with a space":  {"\n[discord]\ntoken = \"Bot abc\"\n", 3, "discord.token", "a character that no token has"},
		"token with a slash":  {"\n[telegram]\ntoken = \"1:a/b\"\n", 3, "telegram.token", "a character that no token has"},
		"token of spaces":     {"[telegram]\ntoken = \"  \"\n", 2, "telegram.token", "a character that no token has"},
		"token file is away":  {"[discord]\ntoken_file = \"nowhere.txt\"\n", 2, "discord.token_file", "nowhere.txt"},
		"catalogue is away":   {"[catalogue]\n\nfile = \"/nowhere/c.toml\"\n", 3, "catalogue.file", "/nowhere/c.toml: no such file"},
		"catalogue a folder":  {"[catalogue]\nfile = \"/\"\n", 2, "catalogue.file", "is a directory"},
		"database server":     {"database = \"postgres://db/x\"\n", 1, "database", "no database server can be used yet"},
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

// All mistakes in names and types are told at once, so that a file is not corrected
// ten times.
func TestConfigTellsAllMistakes(t *testing.T) {
	t.Parallel()
	var many strings.Builder
	for i := range 25 {
		fmt.Fprintf(&many, "key%d = 1\n", i)
	}
	tests := map[string]struct {
		text string
		want []string
	}{
		"three": {
			"databse = \"x\"\n[telegram]\ntokn = \"y\"\nrate = \"fifty\"\n[telegramm]\ntoken = \"y\"\n",
			[]string{
				":1: databse: unknown key; config.example.toml shows all keys there are",
				":3: telegram.tokn: unknown key; config.example.toml shows all keys there are",
				":4: telegram.rate: expected a number, got text",
				":5: telegramm: unknown key; config.example.toml shows all keys there are",
			},
		},
		"a list of unknown tables": {
			"[[source]]\nname = \"x\"\n[[source]]\nname = \"y\"\n",
			[]string{":1: source: unknown key; config.example.toml shows all keys there are"},
		},
		"too many": {many.String(), []string{
			":1: key0: unknown key; config.example.toml shows all keys there are",
			":10: key9: unknown key; config.example.toml shows all keys there are",
			": and 15 more mistakes like these",
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := writeConfig(t, tt.text)
			_, err := loadConfig(file, noEnv)
			if err == nil {
				t.Fatal("no error")
			}
			got := strings.Split(strings.ReplaceAll(err.Error(), file, ""), "\n")
			if name == "too many" && len(got) == mostMistakes+1 {
				got = []string{got[0], got[mostMistakes-1], got[mostMistakes]}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
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

func TestTokens(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	full, empty, garbled := filepath.Join(folder, "full"), filepath.Join(folder, "empty"), filepath.Join(folder, "garbled")
	marked := filepath.Join(folder, "marked")
	write(t, marked, "\ufefffrom-windows\r\n")
	write(t, full, " from-token-file\n")
	write(t, empty, "\n")
	write(t, garbled, "two\nlines\n")
	tests := map[string]struct {
		text, env string
		want      Secret
		err       string
	}{
		"the environment wins":     {"[telegram]\ntoken = \"from-file\"\n", "from-env\n", "from-env", ""},
		"the environment is blank": {"[telegram]\ntoken = \"from-file\"\n", " ", "from-file", ""},
		"a token file":             {fmt.Sprintf("[telegram]\ntoken_file = %q\n", full), "", "from-token-file", ""},
		"files of Windows":         {fmt.Sprintf("\ufeff[telegram]\r\ntoken_file = %q\r\n", marked), "", "from-windows", ""},
		"an empty token file":      {fmt.Sprintf("[telegram]\ntoken_file = %q\n", empty), "", "", "config.toml:2: telegram.token_file: " + empty + " is empty"},
		"a file of something else": {fmt.Sprintf("[telegram]\ntoken_file = %q\n", garbled), "", "", "config.toml:2: telegram.token_file: has a character"},
		"an environment of words":  {"[telegram]\ntoken = \"from-file\"\n", "no token", "", "environment: SJOTBOT_TELEGRAM_TOKEN: has a character"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := loadConfig(writeConfig(t, tt.text), func(k string) string {
				if k == "SJOTBOT_TELEGRAM_TOKEN" {
					return tt.env
				}
				return ""
			})
			if tt.err == "" && (err != nil || c.Telegram.Token != tt.want) {
				t.Errorf("token %q, error %v; want %q", string(c.Telegram.Token), err, string(tt.want))
			}
			if tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Errorf("error %v, want %q", err, tt.err)
			}
		})
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
		if doc, err := c.decode("f.toml", []byte(text)); err == nil {
			_ = c.validate("f.toml", doc.lines)
		}
	})
}

// TestExampleShowsTheDefaults: the example says that the values shown are the defaults.
func TestExampleShowsTheDefaults(t *testing.T) {
	t.Parallel()
	c, err := loadConfig(filepath.Join("..", "..", "config.example.toml"), noEnv)
	if err != nil {
		t.Fatal(err)
	}
	c.Sources = nil // they are compared by themselves
	if diff := cmp.Diff(defaultConfig(), c); diff != "" {
		t.Errorf("config.example.toml against the defaults (-defaults +example):\n%s", diff)
	}
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
