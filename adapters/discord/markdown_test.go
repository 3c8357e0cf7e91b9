package discord

import (
	"strings"
	"testing"
)

func TestEscape(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Club - Gent 2-1":                "Club - Gent 2-1",
		"# kop":                          `\# kop`,
		"  - punt":                       `  \- punt`,
		"1. een\n12) twee\n3 drie 4.":    "1\\. een\n12\\) twee\n3 drie 4.",
		"*a* _b_ ~c~ `d` ||e||":          "\\*a\\* \\_b\\_ \\~c\\~ \\`d\\` \\|\\|e\\|\\|",
		`\*`:                             `\\\*`,
		"a@everyone @here @hereweg @jan": `a\@everyone \@here \@hereweg @jan`,
		"<@1> <#2> <t:3:R> <:x:4>":       `\<@1> \<#2> \<t:3:R> \<:x:4>`,
		"[tekst](https://x.example)":     `\[tekst\](https\://x.example)`,
		"8:30, om 9 uur":                 "8:30, om 9 uur",
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestEscapeText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Lees https://x.example/a_b, of niet.": "Lees <https://x.example/a_b>, of niet.",
		"https://x.example\n- punt":            "<https://x.example>\n\\- punt",
		"een - twee":                           "een - twee",
		"ftp://x.example":                      `ftp\://x.example`,
	} {
		if got := escapeText(in); got != want {
			t.Errorf("escapeText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" a \t b ":             "a b",
		"a\r\nb\n\n\n\nc \n":   "a\nb\n\nc",
		"a\u202Eb\u2066c\x00d": "abcd",
		"a\xffb":               "a\uFFFDb",
		"\n\n":                 "",
	} {
		if got := clean(in, true); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := clean("a\n\nb", false); got != "a b" {
		t.Errorf("as one line: %q", got)
	}
}

func TestWebAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://x.example/a(b)?c=[d]|e f":               "https://x.example/a%28b%29?c=%5Bd%5D%7Ce%20f",
		"http://x.example":                               "http://x.example",
		"https://x.example/é?q=één\u202e{\"\"}^":         "https://x.example/%C3%A9?q=%C3%A9%C3%A9n%E2%80%AE%7B%22%22%7D%5E",
		"javascript:alert(1)":                            "",
		"//x.example":                                    "",
		"https://jan:geheim@x.example/":                  "",
		"https://":                                       "",
		"https://x.example/" + strings.Repeat("a", 2048): "",
		"https://x.example/%zz":                          "",
	} {
		if got := webAddress(in); got != want {
			t.Errorf("webAddress(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in    string
		limit int
		want  string
	}{
		{"kort", 10, "kort"},
		{"een twee drie vier", 13, "een twee…"},
		{strings.Repeat("a", 20), 10, strings.Repeat("a", 9) + "…"},
		{"🙂🙂🙂🙂🙂", 5, "🙂🙂…"},
		{"één, twee", 6, "één…"},
		{"*****", 8, "…"}, // nothing but punctuation is left out whole
	} {
		if got := shorten(tt.in, tt.limit, escape); got != tt.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
		}
	}
}
