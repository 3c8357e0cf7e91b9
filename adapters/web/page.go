package web

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

//go:embed page.html
var pageHTML string

//go:embed style.css
var styleCSS []byte

func style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write(styleCSS)
}

// page is the operator's page.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	rep := s.look(r.Context())
	var out bytes.Buffer
	if err := pageTemplate(rep.Now).Execute(&out, view(rep)); err != nil {
		s.config.Logger.ErrorContext(r.Context(), "cannot draw the operator's page", "error", err)
		http.Error(w, "cannot draw the page", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(out.Bytes())
}

func pageTemplate(now time.Time) *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"ago":   func(t time.Time) string { return ago(t, now) },
		"until": func(t time.Time) string { return until(t, now) },
		"span":  span,
	}).Parse(pageHTML))
}

// pageView is what the template shows.
type pageView struct {
	report
	State   string
	Counts  []count
	Sources []sourceView
}

// count is one figure at the top of the page.
type count struct {
	Name  string
	Value string
	Note  string
}

// sourceView is one row of the sources.
type sourceView struct {
	bot.SourceStatus
	State string // "ok", "failing", "new"
}

func view(r report) pageView {
	v := pageView{report: r, State: r.state()}
	for _, s := range r.Sources {
		row := sourceView{s, "ok"}
		switch {
		case s.Failures > 0:
			row.State = "failing"
		case s.Read.IsZero():
			row.State = "new"
		}
		v.Sources = append(v.Sources, row)
	}
	// What needs attention stands first.
	slices.SortStableFunc(v.Sources, func(a, b sourceView) int { return b.Failures - a.Failures })
	if r.Stats != nil {
		v.Counts = counts(*r.Stats)
	}
	return v
}

func counts(st subscriptions.Stats) []count {
	return []count{
		{"subscribers", total(st.Subscribers), perPlatform(st.Subscribers)},
		{"subscriptions", strconv.FormatInt(st.Subscriptions, 10), ""},
		{"stories", strconv.FormatInt(st.Stories, 10), fmt.Sprintf("%d articles", st.Articles)},
		{"in the queue", total(st.Pending), oldest(st.OldestDue)},
		{"held for digests", strconv.FormatInt(st.Held, 10), ""},
		{"resting", strconv.FormatInt(st.Resting, 10), "cannot or must not be written to"},
	}
}

func total(by map[subscriptions.Platform]int64) string {
	sum := int64(0)
	for _, n := range by {
		sum += n
	}
	return strconv.FormatInt(sum, 10)
}

func perPlatform(by map[subscriptions.Platform]int64) string {
	var parts []string
	for _, p := range slices.Sorted(maps.Keys(by)) {
		parts = append(parts, fmt.Sprintf("%s %d", p, by[p]))
	}
	return strings.Join(parts, ", ")
}

func oldest(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return "the oldest waits " + span(d)
}

func ago(t, now time.Time) string {
	switch d := now.Sub(t); {
	case t.IsZero():
		return "never"
	case d < time.Second:
		return "now"
	default:
		return span(d) + " ago"
	}
}

func until(t, now time.Time) string {
	switch d := t.Sub(now); {
	case t.IsZero():
		return ""
	case d < time.Second:
		return "now"
	default:
		return "in " + span(d)
	}
}

// span is a length of time in its largest unit.
func span(d time.Duration) string {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}} {
		if d >= 2*unit.size || unit.name == "min" && d >= unit.size {
			return fmt.Sprintf("%d %s", d/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%d s", d/time.Second)
}
