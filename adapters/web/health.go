package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/sjotbot/sjotbot/bot"
)

// judge finds what is wrong. One publisher that is down is a warning; that none
// can be read, that the store fails, or that a platform needs a person, is a
// failure.
func (r *report) judge(store error) {
	if store != nil {
		r.Failing = append(r.Failing, "database: "+oneLine(store.Error()))
	}
	for _, p := range r.Platforms {
		line := fmt.Sprintf("platform %s: %s: %s", p.Platform, p.State, oneLine(p.Reason))
		switch p.State {
		case bot.PlatformHalted, bot.PlatformStoreFails:
			r.Failing = append(r.Failing, line)
		case bot.PlatformPaused:
			r.Warnings = append(r.Warnings, line)
		case bot.PlatformSending, bot.PlatformWaiting:
		}
	}
	var failing []string
	for _, s := range r.Sources {
		if s.Failures > 0 {
			failing = append(failing, fmt.Sprintf("source %s: %s (%d times since %s)", s.Name, oneLine(s.Reason), s.Failures, s.Since.UTC().Format("2006-01-02 15:04 MST")))
		}
	}
	if len(failing) > 0 && len(failing) == len(r.Sources) {
		r.Failing = append(r.Failing, failing...)
		return
	}
	r.Warnings = append(r.Warnings, failing...)
}

// state is the report in a word.
func (r *report) state() string {
	switch {
	case len(r.Failing) > 0:
		return "failing"
	case len(r.Warnings) > 0:
		return "degraded"
	}
	return "ok"
}

// health answers 200 while the bot does its work and 503 with the reasons when it
// does not.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	rep := s.look(r.Context())
	w.Header().Set("Content-Type", "application/json")
	if len(rep.Failing) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	// An answer that cannot be written has nobody who waits for it.
	_ = enc.Encode(struct {
		Status   string   `json:"status"`
		Reasons  []string `json:"reasons"`
		Warnings []string `json:"warnings"`
		Version  string   `json:"version"`
		Uptime   int64    `json:"uptime_seconds"`
	}{rep.state(), list(rep.Failing), list(rep.Warnings), rep.Version, int64(rep.Uptime.Seconds())})
}

// list makes an empty list of none, as JSON has it.
func list(lines []string) []string {
	if lines == nil {
		return []string{}
	}
	return lines
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
