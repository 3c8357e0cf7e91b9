package tagging

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Tally counts right and wrong answers of one sort.
type Tally struct{ Right, Extra, Missed int }

// Precision is the share of given answers that are right.
func (t Tally) Precision() float64 { return share(t.Right, t.Right+t.Extra) }

// Recall is the share of right answers that were given.
func (t Tally) Recall() float64 { return share(t.Right, t.Right+t.Missed) }

// F1 is the harmonic mean of the two.
func (t Tally) F1() float64 {
	return share(2*t.Right, 2*t.Right+t.Extra+t.Missed)
}

// String shows the three with three decimals, and a dash for what there was nothing
// to measure on: a full score there would be taken for one.
func (t Tally) String() string {
	return fmt.Sprintf("precision %s  recall %s  F1 %s",
		figure(t.Right, t.Right+t.Extra), figure(t.Right, t.Right+t.Missed), figure(2*t.Right, 2*t.Right+t.Extra+t.Missed))
}

// figure is a share as it is shown.
func figure(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", share(n, of))
}

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// Wrong is one item that was not tagged as its labels say.
type Wrong struct {
	ID, Title     string
	Extra, Missed []subscriptions.Topic
	Kind, Want    subscriptions.Kind
}

// Scorecard holds the figures of labelled items: what a push would have got
// right. Items that the labeller himself called a matter of taste
// ("RD-borderline") are kept apart.
type Scorecard struct {
	Items      int
	Exact      int // the set of topics is just right
	Total      Tally
	ByType     map[string]Tally
	Nothing    int // items about nothing that can be followed
	Pushed     int // of these, how many would have been pushed
	Kinds      map[subscriptions.Kind]Tally
	KindItems  int
	KindRight  int
	RumourFact int // rumours called a fact
	Rumours    int
	Borderline int // items kept apart
	Errors     []Wrong
}

// NewScorecard returns an empty one.
func NewScorecard() *Scorecard {
	return &Scorecard{ByType: map[string]Tally{}, Kinds: map[subscriptions.Kind]Tally{}}
}

// Add compares what the tagger made of a record with its labels. Records without
// labels count for nothing.
func (s *Scorecard) Add(rec Record, res Result) {
	if rec.Labels == nil {
		return
	}
	if strings.Contains(rec.Notes, "RD-borderline") {
		s.Borderline++
		return
	}
	s.Items++
	want := rec.Labels.Topics()
	var got []subscriptions.Topic
	for _, t := range res.Tags {
		if t.Level == subscriptions.About && scored(t.Topic, want) {
			got = append(got, t.Topic)
		}
	}
	w := Wrong{ID: rec.ID, Title: rec.Title, Extra: minus(got, want), Missed: minus(want, got), Kind: res.Kind, Want: rec.Kind}
	if len(w.Extra)+len(w.Missed) == 0 {
		s.Exact++
	}
	s.count(got, w)
	if len(want) == 0 {
		s.Nothing++
		if len(got) > 0 {
			s.Pushed++
		}
	}
	s.addKind(rec, res.Kind)
	if len(w.Extra)+len(w.Missed) > 0 || rec.Kind != "" && rec.Kind != res.Kind {
		s.Errors = append(s.Errors, w)
	}
}

// scored leaves out national teams that the labels of older files do not know,
// unless this item has them.
func scored(t subscriptions.Topic, want []subscriptions.Topic) bool {
	return t.Type() != "team" || t == devilsTopic || slices.Contains(want, t)
}

func (s *Scorecard) count(got []subscriptions.Topic, w Wrong) {
	add := func(t subscriptions.Topic, tally Tally) {
		sum := s.ByType[t.Type()]
		sum.Right, sum.Extra, sum.Missed = sum.Right+tally.Right, sum.Extra+tally.Extra, sum.Missed+tally.Missed
		s.ByType[t.Type()] = sum
		s.Total.Right, s.Total.Extra, s.Total.Missed = s.Total.Right+tally.Right, s.Total.Extra+tally.Extra, s.Total.Missed+tally.Missed
	}
	for _, t := range got {
		if slices.Contains(w.Extra, t) {
			add(t, Tally{Extra: 1})
		} else {
			add(t, Tally{Right: 1})
		}
	}
	for _, t := range w.Missed {
		add(t, Tally{Missed: 1})
	}
}

func (s *Scorecard) addKind(rec Record, got subscriptions.Kind) {
	// A headline rebuilt from an address has lost its quotation marks.
	if rec.Kind == "" {
		return
	}
	s.KindItems++
	want := s.Kinds[rec.Kind]
	if rec.Kind == subscriptions.Rumour {
		s.Rumours++
		if got == subscriptions.Fact {
			s.RumourFact++
		}
	}
	if got == rec.Kind {
		s.KindRight++
		want.Right++
		s.Kinds[rec.Kind] = want
		return
	}
	want.Missed++
	s.Kinds[rec.Kind] = want
	other := s.Kinds[got]
	other.Extra++
	s.Kinds[got] = other
}

// MacroKind is the mean F1 over the kinds that occur.
func (s *Scorecard) MacroKind() float64 {
	sum, n := 0.0, 0
	for _, t := range s.Kinds {
		if t.Right+t.Missed > 0 {
			sum, n = sum+t.F1(), n+1
		}
	}
	if n == 0 {
		return 1
	}
	return sum / float64(n)
}

// ExactShare is the share of items whose set of topics is just right.
func (s *Scorecard) ExactShare() float64 { return share(s.Exact, s.Items) }

// PushedShare is the share of the items about nothing that would have been pushed.
func (s *Scorecard) PushedShare() float64 {
	if s.Nothing == 0 {
		return 0
	}
	return float64(s.Pushed) / float64(s.Nothing)
}

// Print writes the figures, and with errors the items that were wrong.
func (s *Scorecard) Print(w io.Writer, errors bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "items %d (kept apart: %d)\n", s.Items, s.Borderline)
	fmt.Fprintf(&b, "%-8s %s\n", "topics", s.Total)
	for _, typ := range sortedKeys(s.ByType) {
		t := s.ByType[typ]
		fmt.Fprintf(&b, "%-8s %s  (%d right, %d extra, %d missed)\n", typ, t, t.Right, t.Extra, t.Missed)
	}
	fmt.Fprintf(&b, "exact sets %s (%d of %d)\n", figure(s.Exact, s.Items), s.Exact, s.Items)
	fmt.Fprintf(&b, "about nothing but pushed %s (%d of %d)\n", figure(s.Pushed, s.Nothing), s.Pushed, s.Nothing)
	macro := "-"
	if s.KindItems > 0 {
		macro = fmt.Sprintf("%.3f", s.MacroKind())
	}
	fmt.Fprintf(&b, "kinds right %s  macro F1 %s\n", figure(s.KindRight, s.KindItems), macro)
	for _, k := range sortedKeys(s.Kinds) {
		fmt.Fprintf(&b, "  %-8s %s\n", k, s.Kinds[k])
	}
	fmt.Fprintf(&b, "rumours called a fact: %d of %d\n", s.RumourFact, s.Rumours)
	if errors {
		for _, e := range s.Errors {
			fmt.Fprintf(&b, "%s: %s\n", e.ID, e.Title)
			if len(e.Extra) > 0 {
				fmt.Fprintf(&b, "    extra  %v\n", e.Extra)
			}
			if len(e.Missed) > 0 {
				fmt.Fprintf(&b, "    missed %v\n", e.Missed)
			}
			if e.Kind != e.Want {
				fmt.Fprintf(&b, "    kind   %s, labelled %s\n", e.Kind, e.Want)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func minus(a, b []subscriptions.Topic) []subscriptions.Topic {
	var out []subscriptions.Topic
	for _, t := range a {
		if !slices.Contains(b, t) {
			out = append(out, t)
		}
	}
	return out
}
