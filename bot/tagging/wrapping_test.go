package tagging_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot/tagging"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestWrapping checks that what agencies, publishers and feeds put around an article does not
// change what it is about.
func TestWrapping(t *testing.T) {
	tagger := newTagger(t)
	records := readRecords(t, "testdata/labelled.jsonl")
	for _, form := range []struct {
		name string
		wrap func(*tagging.Item)
	}{
		{"credit in front", inLead(func(lead string) string { return "(Belga) " + lead })},
		{"credit behind", inLead(func(lead string) string { return lead + " (Belga)" })},
		{"dateline", inLead(func(lead string) string { return "BRUSSEL 12/11 (BELGA) - " + lead })},
		{"date alone", inLead(func(lead string) string { return "Bruxelles 3/4 - " + lead })},
		{"photo credit in front", inLead(func(lead string) string { return "Foto: © Photo News. " + lead })},
		{"photo credit of its own", inLead(func(lead string) string { return "© Belga\n" + lead })},
		{"place in capitals", inLead(func(lead string) string { return "GENK - " + lead })},
		{"byline on a line", inLead(func(lead string) string { return "Par Jeanne De Vrieze\n" + lead })},
		{"byline in a sentence", inLead(func(lead string) string { return "Door Jan Peeters, Els de Vos. " + lead })},
		{"desk", inLead(func(lead string) string { return "Par la rédaction. " + lead })},
		{"time of day", inLead(func(lead string) string { return "Vandaag om 10:23. " + lead })},
		{"date and time", inLead(func(lead string) string { return "Publié le 12 novembre 2026 à 10h23 | " + lead })},
		{"reading time", inLead(func(lead string) string { return "Leestijd: 2 min. " + lead })},
		{"subscribers only", inLead(func(lead string) string { return "Réservé aux abonnés. " + lead })},
		{"rubric before the lead", inLead(func(lead string) string { return "Sport - " + lead })},
		{"headline repeated", func(it *tagging.Item) {
			if it.Lead != "" {
				it.Lead = it.Title + ".\n" + it.Lead
			}
		}},
		{"site behind a bar", inTitle(func(title string) string { return title + " | HLN" })},
		{"site behind a dash", inTitle(func(title string) string { return title + " - DH Les Sports+" })},
		{"rubric in front of a bar", inTitle(func(title string) string { return "Sport | " + title })},
		{"hint in front", inTitle(func(title string) string { return "[VIDEO] " + title })},
		{"hint behind", inTitle(func(title string) string { return title + " (PHOTOS)" })},
		{"exclusive", inTitle(func(title string) string { return "EXCLUSIF - " + title })},
		{"stamp behind a colon", inTitle(func(title string) string { return "UPDATE: " + title })},
		{"stamp behind a stop", inTitle(func(title string) string { return "Vidéo. " + title })},
		{"curly apostrophes", inTitle(func(title string) string { return strings.ReplaceAll(title, "'", "’") })},
		{"straight quotes", inTitle(strings.NewReplacer("“", `"`, "”", `"`, "’", "'").Replace)},
		{"hard blanks", inTitle(func(title string) string { return strings.ReplaceAll(title, " ", "\u00a0") })},
		{"blanks", inTitle(func(title string) string { return " \n " + title + "\t" })},
	} {
		t.Run(form.name, func(t *testing.T) {
			for _, rec := range records {
				plain := rec.Item()
				wrapped := plain
				form.wrap(&wrapped)
				if styled(plain.Title) {
					continue // the site is no part of the style
				}
				if diff := cmp.Diff(subjects(tagger, plain), subjects(tagger, wrapped)); diff != "" {
					t.Errorf("%s %q (-plain +wrapped):\n%s", rec.ID, wrapped.Title, diff)
				}
			}
		})
	}
}

// TestWrappingMakesNoFact checks that a rumour remains one whatever a site writes behind its headline.
func TestWrappingMakesNoFact(t *testing.T) {
	tagger := newTagger(t)
	rumours := 0
	for _, rec := range readRecords(t, "testdata/labelled.jsonl") {
		plain := rec.Item()
		if tagger.Tag(plain).Kind != subscriptions.Rumour {
			continue
		}
		rumours++
		for _, behind := range []string{" | Het Nieuwsblad", " (video)", " [VIDEO]", "."} {
			wrapped := plain
			wrapped.Title += behind
			if kind := tagger.Tag(wrapped).Kind; kind == subscriptions.Fact {
				t.Errorf("%s %q is called a fact", rec.ID, wrapped.Title)
			}
		}
	}
	if rumours < 100 {
		t.Errorf("%d rumours, want at least 100", rumours)
	}
}

func inTitle(change func(string) string) func(*tagging.Item) {
	return func(it *tagging.Item) { it.Title = change(it.Title) }
}

func inLead(change func(string) string) func(*tagging.Item) {
	return func(it *tagging.Item) {
		if it.Lead != "" {
			it.Lead = change(it.Lead)
		}
	}
}

// styled reports a headline whose whole says something: all in quotes, or without capitals.
func styled(title string) bool {
	return strings.HasPrefix(title, "'") || title == strings.ToLower(title)
}

func subjects(tagger *tagging.Tagger, it tagging.Item) map[subscriptions.Topic]bool {
	about := map[subscriptions.Topic]bool{}
	for _, tag := range tagger.Tag(it).Tags {
		if tag.Level == subscriptions.About {
			about[tag.Topic] = true
		}
	}
	return about
}
