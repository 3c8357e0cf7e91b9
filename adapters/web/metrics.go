package web

import (
	"bytes"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// metrics answers in the text format of Prometheus, version 0.0.4.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request) {
	rep := s.look(r.Context())
	var e exposition
	e.program(rep)
	e.sources(rep.Sources)
	e.platforms(rep.Platforms)
	if rep.Stats != nil {
		e.store(*rep.Stats)
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	// An answer that cannot be written has nobody who waits for it.
	_, _ = w.Write(e.Bytes())
}

// exposition writes metrics one by one.
type exposition struct{ bytes.Buffer }

// metric writes the head of a metric; its samples follow.
func (e *exposition) metric(name, kind, help string) {
	e.WriteString("# HELP " + name + " " + help + "\n# TYPE " + name + " " + kind + "\n")
}

// sample writes one value; labels are names and values in turn.
func (e *exposition) sample(name string, value float64, labels ...string) {
	e.WriteString(name)
	var pairs []string
	for i := 0; i+1 < len(labels); i += 2 {
		pairs = append(pairs, labels[i]+`="`+escapeLabel(labels[i+1])+`"`)
	}
	if len(pairs) > 0 {
		e.WriteString("{" + strings.Join(pairs, ",") + "}")
	}
	e.WriteString(" " + strconv.FormatFloat(value, 'g', -1, 64) + "\n")
}

// single writes a metric that has one value.
func (e *exposition) single(name, kind, help string, value float64, labels ...string) {
	e.metric(name, kind, help)
	e.sample(name, value, labels...)
}

func escapeLabel(v string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(strings.ToValidUTF8(v, "\uFFFD"))
}

func (e *exposition) program(r report) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	e.single("sjotbot_info", "gauge", "The program; always 1.", 1, "version", r.Version, "go", runtime.Version())
	e.single("sjotbot_healthy", "gauge", "1 while /healthz answers 200.", truth(len(r.Failing) == 0))
	e.single("sjotbot_uptime_seconds", "gauge", "Time since the start.", r.Uptime.Seconds())
	e.single("sjotbot_goroutines", "gauge", "Goroutines.", float64(runtime.NumGoroutine()))
	e.single("sjotbot_heap_bytes", "gauge", "Bytes of live and unswept heap objects.", float64(m.HeapAlloc))
}

func (e *exposition) sources(sources []bot.SourceStatus) {
	for _, m := range []struct {
		name, kind, help string
		value            func(bot.SourceStatus) float64
	}{
		{"sjotbot_source_failures", "gauge", "Failures in a row of a source.", func(s bot.SourceStatus) float64 { return float64(s.Failures) }},
		{"sjotbot_source_last_read_timestamp_seconds", "gauge", "When a source was last read with success; 0 for never.", func(s bot.SourceStatus) float64 { return unix(s.Read) }},
		{"sjotbot_source_entries", "gauge", "Entries in the last reading of a source.", func(s bot.SourceStatus) float64 { return float64(s.Entries) }},
		{"sjotbot_source_articles_total", "counter", "Articles kept of a source.", func(s bot.SourceStatus) float64 { return float64(s.Published) }},
		{"sjotbot_source_pushed_total", "counter", "Articles of a source that were owed to followers.", func(s bot.SourceStatus) float64 { return float64(s.Pushed) }},
	} {
		e.metric(m.name, m.kind, m.help)
		for _, s := range sources {
			e.sample(m.name, m.value(s), "source", s.Name)
		}
	}
}

func (e *exposition) platforms(platforms []bot.PlatformStatus) {
	for _, m := range []struct {
		name, kind, help string
		value            func(bot.PlatformStatus) float64
	}{
		{"sjotbot_platform_sending", "gauge", "1 while this process sends on a platform.", func(p bot.PlatformStatus) float64 { return truth(p.State == bot.PlatformSending) }},
		{"sjotbot_platform_halted", "gauge", "1 while a platform needs a person.", func(p bot.PlatformStatus) float64 { return truth(p.State == bot.PlatformHalted) }},
		{"sjotbot_messages_sent_total", "counter", "Messages that a platform has.", func(p bot.PlatformStatus) float64 { return float64(p.Sent) }},
		{"sjotbot_stories_sent_total", "counter", "Stories in those messages.", func(p bot.PlatformStatus) float64 { return float64(p.Stories) }},
		{"sjotbot_messages_retried_total", "counter", "Messages that were certainly not sent and are tried again.", func(p bot.PlatformStatus) float64 { return float64(p.Retried) }},
		{"sjotbot_messages_unanswered_total", "counter", "Messages sent without an answer: possible duplicates.", func(p bot.PlatformStatus) float64 { return float64(p.Unanswered) }},
		{"sjotbot_places_unreachable_total", "counter", "Places found that cannot be written to any more.", func(p bot.PlatformStatus) float64 { return float64(p.Unreachable) }},
		{"sjotbot_messages_waiting", "gauge", "Claimed messages that wait for their turn.", func(p bot.PlatformStatus) float64 { return float64(p.Parked) }},
		{"sjotbot_messages_flying", "gauge", "Messages on their way.", func(p bot.PlatformStatus) float64 { return float64(p.Flying) }},
	} {
		e.metric(m.name, m.kind, m.help)
		for _, p := range platforms {
			e.sample(m.name, m.value(p), "platform", string(p.Platform))
		}
	}
	e.metric("sjotbot_stories_dropped_total", "counter", "Stories that were not sent, by reason.")
	for _, p := range platforms {
		for _, reason := range slices.Sorted(maps.Keys(p.Dropped)) {
			e.sample("sjotbot_stories_dropped_total", float64(p.Dropped[reason]), "platform", string(p.Platform), "reason", reason)
		}
	}
}

func (e *exposition) store(st subscriptions.Stats) {
	e.metric("sjotbot_subscribers", "gauge", "Places where stories go.")
	for _, p := range slices.Sorted(maps.Keys(st.Subscribers)) {
		e.sample("sjotbot_subscribers", float64(st.Subscribers[p]), "platform", string(p))
	}
	e.metric("sjotbot_deliveries_pending", "gauge", "Deliveries that are due or out.")
	for _, p := range slices.Sorted(maps.Keys(st.Pending)) {
		e.sample("sjotbot_deliveries_pending", float64(st.Pending[p]), "platform", string(p))
	}
	e.single("sjotbot_subscribers_resting", "gauge", "Subscribers to whom nothing is sent at present.", float64(st.Resting))
	e.single("sjotbot_subscriptions", "gauge", "Subscriptions.", float64(st.Subscriptions))
	e.single("sjotbot_articles", "gauge", "Articles kept.", float64(st.Articles))
	e.single("sjotbot_stories", "gauge", "Stories kept.", float64(st.Stories))
	e.single("sjotbot_deliveries_held", "gauge", "Deliveries that wait for a digest.", float64(st.Held))
	e.single("sjotbot_oldest_due_seconds", "gauge", "Age of the longest due delivery.", st.OldestDue.Seconds())
	e.single("sjotbot_schema_version", "gauge", "Version of the database schema.", float64(st.SchemaVersion))
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func unix(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.Unix())
}
