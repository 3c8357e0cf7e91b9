package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// Config is the configuration file. Every key has a default, so no file at all is
// a valid configuration. config.example.toml shows every key.
type Config struct {
	Database  string          `toml:"database"`
	Telegram  PlatformConfig  `toml:"telegram"`
	Discord   PlatformConfig  `toml:"discord"`
	Web       WebConfig       `toml:"web"`
	Polling   PollingConfig   `toml:"polling"`
	Delivery  DeliveryConfig  `toml:"delivery"`
	Catalogue CatalogueConfig `toml:"catalogue"`
	Log       LogConfig       `toml:"log"`
	Sources   []SourceConfig  `toml:"sources"`
}

// PlatformConfig is one chat platform. A platform without a token is off.
type PlatformConfig struct {
	Token     Secret  `toml:"token"`
	TokenFile string  `toml:"token_file"`
	APIURL    string  `toml:"api_url"`
	Rate      float64 `toml:"rate"` // a second
}

// WebConfig is the operator's page.
type WebConfig struct {
	Listen string `toml:"listen"` // "" is off
}

// PollingConfig says how often sources are read.
type PollingConfig struct {
	Interval Duration `toml:"interval"`
}

// DeliveryConfig says what is still news.
type DeliveryConfig struct {
	MaxAge Duration `toml:"max_age"`
}

// CatalogueConfig names a file that extends or replaces built-in topics.
type CatalogueConfig struct {
	File string `toml:"file"`
}

// LogConfig is the diagnostics on stderr.
type LogConfig struct {
	Level string `toml:"level"` // debug, info, warn, error; "" is info, or warn in the terminal chat
}

// SourceConfig is one publisher.
type SourceConfig struct {
	Name      string   `toml:"name"`
	Publisher string   `toml:"publisher"`
	URL       string   `toml:"url"`
	Kind      string   `toml:"kind"`
	Language  string   `toml:"language"`
	Quotes    string   `toml:"quotes"`
	Interval  Duration `toml:"interval"`
}

// Duration is a time.Duration written as "5m".
type Duration time.Duration

// UnmarshalText reads Go's notation of durations.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is not a duration; expected one like \"90s\", \"5m\" or \"24h\"", text)
	}
	*d = Duration(v)
	return nil
}

// Secret is a string that never shows itself.
type Secret string

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(hidden)"
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return strconv.Quote(s.String()) }

// LogValue hides the secret from logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the secret from JSON and the like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// defaultConfigFile is read when it exists and no other was named.
const defaultConfigFile = "config.toml"

// environment is where a mistake stands that is in no file.
const environment = "environment"

func defaultConfig() Config {
	return Config{
		Database: "sjotbot.db",
		Telegram: PlatformConfig{APIURL: "https://api.telegram.org", Rate: 30},
		Discord:  PlatformConfig{APIURL: "https://discord.com/api/v10", Rate: 50},
		Web:      WebConfig{Listen: "127.0.0.1:8080"},
		Polling:  PollingConfig{Interval: Duration(5 * time.Minute)},
		Delivery: DeliveryConfig{MaxAge: Duration(24 * time.Hour)},
	}
}

// ConfigError is a mistake in the configuration: where, which key, and what was
// expected. The program exits with status 2 on it.
type ConfigError struct {
	File string
	Line int // 0 when it is not in the file
	Key  string
	Want string
}

func (e *ConfigError) Error() string {
	where := e.File
	if e.Line > 0 {
		where += ":" + strconv.Itoa(e.Line)
	}
	parts := slices.DeleteFunc([]string{where, e.Key, e.Want}, func(part string) bool { return part == "" })
	return strings.Join(parts, ": ")
}

// byteOrderMark is what editors on Windows write, unseen, in front of a text.
const byteOrderMark = "\ufeff"

// loadConfig reads the file, or the default file if name is empty and it exists,
// and then the environment, which wins for tokens.
func loadConfig(name string, getenv func(string) string) (Config, error) {
	c := defaultConfig()
	file := name
	if file == "" {
		file = defaultConfigFile
	}
	var doc document
	data, err := os.ReadFile(file)
	switch {
	case name == "" && errors.Is(err, fs.ErrNotExist):
		file = environment
	case err != nil:
		return c, &ConfigError{File: file, Want: "cannot be read: " + causeOf(err)}
	default:
		if doc, err = c.decode(file, bytes.TrimPrefix(data, []byte(byteOrderMark))); err != nil {
			return c, err
		}
	}
	if err := c.readTokens(file, doc.lines, getenv); err != nil {
		return c, err
	}
	if err := c.Catalogue.readable(); err != nil {
		const key = "catalogue.file"
		return c, &ConfigError{File: file, Line: doc.lines[key], Key: key, Want: causeOf(err)}
	}
	return c, c.validate(file, doc.lines)
}

func (c *Config) decode(file string, data []byte) (document, error) {
	doc := readDocument(data)
	if err := doc.check(file); err != nil {
		return doc, err
	}
	d := toml.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(c)
	if bad, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := bad.Position()
		return doc, &ConfigError{
			File: file, Line: line, Key: strings.Join(bad.Key(), "."),
			Want: strings.TrimPrefix(bad.Error(), "toml: "),
		}
	}
	if err != nil {
		return doc, &ConfigError{File: file, Want: err.Error()}
	}
	return doc, nil
}

// readTokens takes each token from the environment, else from its file, else from the
// configuration.
func (c *Config) readTokens(file string, lines map[string]int, getenv func(string) string) error {
	for _, p := range []struct {
		key string
		env string
		cfg *PlatformConfig
		not string // what it cannot hold, besides spaces and the like
	}{
		{"telegram", "SJOTBOT_TELEGRAM_TOKEN", &c.Telegram, "/?#%"}, // it stands in addresses
		{"discord", "SJOTBOT_DISCORD_TOKEN", &c.Discord, ""},
	} {
		var err error
		where, key := file, p.key+".token"
		if env := strings.TrimSpace(getenv(p.env)); env != "" {
			where, key = environment, p.env
			p.cfg.Token = Secret(env)
		} else if p.cfg.TokenFile != "" {
			key = p.key + ".token_file"
			p.cfg.Token, err = readSecret(p.cfg.TokenFile)
		}
		if err == nil {
			err = p.cfg.Token.check(p.not)
		}
		if err != nil {
			return &ConfigError{File: where, Line: lines[key], Key: key, Want: causeOf(err)}
		}
	}
	return nil
}

// readSecret reads a file of a token. One that holds none is a mistake: the platform
// would be off, and nobody would know why.
func readSecret(name string) (Secret, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	secret := Secret(strings.TrimSpace(strings.TrimPrefix(string(data), byteOrderMark)))
	if secret == "" {
		return "", fmt.Errorf("%s is empty; expected a token", name)
	}
	return secret, nil
}

// check refuses what can be sent to no platform. It does not show it.
func (s Secret) check(not string) error {
	if strings.ContainsFunc(string(s), func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(not, r) }) {
		return errors.New("has a character that no token has, a space, a slash or a line break perhaps")
	}
	return nil
}

// readable looks at the file while it is known where it was named. What is in it
// shows later.
func (c CatalogueConfig) readable() error {
	if c.File == "" {
		return nil
	}
	_, err := os.ReadFile(c.File)
	return err
}

func (c *Config) validate(file string, where map[string]int) error {
	bad := func(key, format string, args ...any) error {
		return &ConfigError{File: file, Line: where[key], Key: key, Want: fmt.Sprintf(format, args...)}
	}
	if c.Database == "" {
		return bad("database", "is empty; expected a file name")
	}
	if strings.Contains(c.Database, "://") {
		return bad("database", "no database server can be used yet: this version keeps its data in an SQLite file; expected a file name, like \"sjotbot.db\"")
	}
	for _, p := range []struct {
		key string
		cfg PlatformConfig
		max float64
	}{{"telegram", c.Telegram, 1000}, {"discord", c.Discord, 1000}} {
		if !(p.cfg.Rate > 0 && p.cfg.Rate <= p.max) { // nan is out of range too
			return bad(p.key+".rate", "%v is out of range; expected more than 0 and at most %v a second", p.cfg.Rate, p.max)
		}
		if err := checkURL(p.cfg.APIURL); err != nil {
			return bad(p.key+".api_url", "%v", err)
		}
		if strings.ContainsAny(p.cfg.APIURL, "?#") {
			return bad(p.key+".api_url", "expected an address without ? or #: what is asked is put behind it")
		}
	}
	if err := checkListen(c.Web.Listen); err != nil {
		return bad("web.listen", "%v", err)
	}
	if c.Polling.Interval < Duration(time.Second) {
		return bad("polling.interval", "is too short; expected at least \"1s\"")
	}
	if c.Delivery.MaxAge <= 0 {
		return bad("delivery.max_age", "must be more than 0")
	}
	switch c.Log.Level {
	case "", "debug", "info", "warn", "error":
	default:
		return bad("log.level", "%q is unknown; expected debug, info, warn or error", c.Log.Level)
	}
	return c.validateSources(bad)
}

func (c *Config) validateSources(bad func(key, format string, args ...any) error) error {
	seen := map[string]bool{}
	for i, s := range c.Sources {
		key := func(k string) string { return "sources[" + strconv.Itoa(i) + "]." + k }
		if s.Name == "" {
			return bad(key("name"), "every source needs a name")
		}
		if seen[s.Name] {
			return bad(key("name"), "%q is there twice; names must differ", s.Name)
		}
		seen[s.Name] = true
		if err := checkURL(s.URL); err != nil {
			return bad(key("url"), "%v", err)
		}
		if !oneOf(s.Kind, "", "auto", "feed", "page") {
			return bad(key("kind"), "%q is unknown; expected feed, page or auto", s.Kind)
		}
		if !oneOf(s.Language, "", "nl", "fr", "de", "en") {
			return bad(key("language"), "%q is unknown; expected nl, fr, de or en", s.Language)
		}
		if !oneOf(s.Quotes, "", "rumour", "quote") {
			return bad(key("quotes"), "%q is unknown; expected rumour or quote", s.Quotes)
		}
		if s.Interval != 0 && s.Interval < Duration(time.Second) {
			return bad(key("interval"), "is too short; expected at least \"1s\"")
		}
	}
	return nil
}

func oneOf(s string, allowed ...string) bool { return slices.Contains(allowed, s) }

func checkURL(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return errors.New("expected an address like https://example.org/rss")
	}
	return nil
}

// checkListen sees to it that an address which can never be listened on is said when
// the bot starts: later it would cost the page and no more than a line in the log.
func checkListen(s string) error {
	if s == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(s)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err == nil && host != "" && strings.Trim(host, "0123456789.") == "" {
		_, err = netip.ParseAddr(host)
	}
	if err != nil {
		return fmt.Errorf("%q is no address with a port; expected one like \"127.0.0.1:8080\", or \"\" for no page", s)
	}
	return nil
}

// causeOf is the part of a file error that a person can act on, with the name.
func causeOf(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Path + ": " + p.Err.Error()
	}
	return err.Error()
}
