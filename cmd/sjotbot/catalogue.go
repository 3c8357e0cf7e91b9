package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// runCatalogue carries out "sjotbot catalogue", and writes results to stdout. An unsound
// FILE or a failed query is an error, but no wrong usage.
func runCatalogue(ctx context.Context, asked call, c *catalogue.Catalogue, stdout io.Writer, now time.Time) error {
	if len(asked.args) == 0 {
		return usageError{"catalogue wants check, show or propose"}
	}
	name, args := asked.args[0], asked.args[1:]
	switch {
	case name == "help":
		_, err := io.WriteString(stdout, helpCatalogue)
		return err
	case name == "check" && len(args) <= 1:
		return checkCatalogue(args, c, stdout, now)
	case name == "show" && strings.TrimSpace(strings.Join(args, "")) != "":
		return showName(strings.Join(args, " "), c, stdout, now)
	case name == "show":
		return usageError{"catalogue show wants a name"}
	case name == "propose" && len(args) == 0:
		return proposeChanges(ctx, asked, c, stdout, now)
	}
	return usageError{fmt.Sprintf("catalogue does not take %q\n%s", strings.Join(asked.args, " "), catalogueUsage)}
}

// checksFile says that a FILE is to be checked: as what the configuration may name, so
// not on top of what it names now.
func checksFile(asked call) bool { return len(asked.args) == 2 && asked.args[0] == "check" }

// staleAfter is the age at which coaches are likely to be out of date: the first
// division changes more than a dozen of them in a season.
const staleAfter = 45 * 24 * time.Hour

// checkCatalogue says how much there is, and what a file would change.
func checkCatalogue(args []string, c *catalogue.Catalogue, stdout io.Writer, now time.Time) error {
	if len(args) == 1 {
		file, err := os.Open(filepath.Clean(args[0]))
		if err != nil {
			return fmt.Errorf("check catalogue: %w", err)
		}
		defer func() { _ = file.Close() }() // only read
		more, err := c.Extend(args[0], file)
		if err != nil {
			return fmt.Errorf("check catalogue: %w", err)
		}
		writeDifference(stdout, c, more)
		c = more
	}
	counts, names := map[string]int{}, 0
	var asOf time.Time
	for _, e := range c.Entries() {
		kind := e.Topic.Type()
		if e.RoleOf != "" {
			kind = "role"
		}
		counts[kind]++
		names += len(e.Names)
		if e.AsOf.After(asOf) {
			asOf = e.AsOf
		}
	}
	fmt.Fprintf(stdout, "sound: %d clubs, %d coaches, %d national teams, %d roles; %d names, %d rules for shared names, %d guards; as of %s\n",
		counts["club"], counts["coach"], counts["team"], counts["role"], names, len(c.Rules()), len(c.Guards()), asOf.Format(time.DateOnly))
	if age := now.Sub(asOf); age > staleAfter {
		fmt.Fprintf(stdout, "it is %d days old: try \"sjotbot catalogue propose\"\n", int(age.Hours()/24))
	}
	for _, e := range c.Entries() {
		if _, ok := c.Coach(e.Topic, now); e.Division == "first" && !ok {
			fmt.Fprintf(stdout, "%s has no coach today\n", e.Topic)
		}
	}
	return nil
}

// writeDifference lists what a file added or changed.
func writeDifference(w io.Writer, before, after *catalogue.Catalogue) {
	for _, e := range after.Entries() {
		old, stood := before.Entry(e.Topic)
		switch {
		case e.RoleOf != "":
		case !stood:
			fmt.Fprintf(w, "+ %s  %s\n", e.Topic, after.Name(e.Topic, "nl"))
		case !sameEntry(old, e):
			fmt.Fprintf(w, "~ %s  %s\n", e.Topic, after.Name(e.Topic, "nl"))
		}
	}
	old := before.Rules()
	for _, r := range after.Rules() {
		sign := "+"
		if slices.ContainsFunc(old, func(o catalogue.Rule) bool { return o.Language == r.Language && catalogue.SameName(o.Name, r.Name) }) {
			sign = "~"
		}
		if !slices.ContainsFunc(old, func(o catalogue.Rule) bool { return reflect.DeepEqual(o, r) }) {
			fmt.Fprintf(w, "%s shared name %q (%s)\n", sign, r.Name, inLanguage(r.Language))
		}
	}
	for _, g := range after.Guards()[len(before.Guards()):] { // a file only adds to them
		fmt.Fprintf(w, "+ not ours: %s\n", g.Phrase)
	}
}

// sameEntry compares what a file can change; the date alone is no change.
func sameEntry(a, b catalogue.Entry) bool {
	a.AsOf, b.AsOf = time.Time{}, time.Time{}
	return fmt.Sprintf("%+v", a) == fmt.Sprintf("%+v", b)
}

// showName says all that is known of a name.
func showName(name string, c *catalogue.Catalogue, stdout io.Writer, now time.Time) error {
	found := c.Find(name)
	claims := 0
	w := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	for _, e := range c.Entries() {
		for _, n := range e.Names {
			if catalogue.SameName(n.Text, name) {
				claims++
				fmt.Fprintf(w, "%s\t%q\t%s\t%s\n", e.Topic, n.Text, n.Safety, inLanguage(n.Language))
			}
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("show %q: %w", name, err)
	}
	for _, r := range c.Rules() {
		if catalogue.SameName(r.Name, name) {
			writeRule(stdout, r)
		}
	}
	writeList(stdout, "not ours", lookingLike(name, c))
	switch {
	case found.Entry != nil:
		fmt.Fprintln(stdout)
		writeEntry(stdout, *found.Entry, c, now)
	case claims == 0 && len(found.Candidates) == 0:
		return fmt.Errorf("nothing goes by the name %q", name)
	default:
		fmt.Fprintln(stdout, "\nwho types it is asked to choose:")
		for _, e := range found.Candidates {
			fmt.Fprintf(stdout, "  %s  %s\n", e.Topic, c.Name(e.Topic, "nl"))
		}
	}
	return nil
}

func inLanguage(language string) string {
	if language == "" {
		return "every language"
	}
	return language
}

// writeRule spells out how a shared name is told apart.
func writeRule(w io.Writer, r catalogue.Rule) {
	if r.Both {
		fmt.Fprintf(w, "  rule for %q (%s, %s)\n    their meeting, both at once: %s\n", r.Name, r.Safety, inLanguage(r.Language), join(r.Claims))
		return
	}
	fmt.Fprintf(w, "  rule for %q (%s, %s)\n    whoever of these is named otherwise: %s\n",
		r.Name, r.Safety, inLanguage(r.Language), join(r.Claims))
	for _, cue := range r.Cues {
		fmt.Fprintf(w, "    else, with %s: %s\n", strings.Join(cue.Words, ", "), whom(cue.Topic))
	}
	fmt.Fprintf(w, "    else: %s\n", whom(r.Default))
}

// lookingLike lists the phrases with the name in them that mean something else.
func lookingLike(name string, c *catalogue.Catalogue) []string {
	var phrases []string
	for _, g := range c.Guards() {
		phrases = append(phrases, g.Phrase)
	}
	for _, e := range c.Entries() {
		phrases = append(phrases, e.Not...)
	}
	return slices.DeleteFunc(phrases, func(p string) bool {
		return !strings.Contains(strings.ToLower(p), strings.ToLower(name))
	})
}

func whom(t subscriptions.Topic) string {
	if t == "" {
		return "nobody"
	}
	return string(t)
}

func join(topics []subscriptions.Topic) string {
	words := make([]string, len(topics))
	for i, t := range topics {
		words[i] = string(t)
	}
	return strings.Join(words, ", ")
}

// writeEntry writes an entry in full.
func writeEntry(w io.Writer, e catalogue.Entry, c *catalogue.Catalogue, now time.Time) {
	fmt.Fprintf(w, "%s  %s  (as of %s)\n", e.Topic, c.Name(e.Topic, "nl"), e.AsOf.Format(time.DateOnly))
	if e.RoleOf != "" {
		fmt.Fprintf(w, "  the coach of %s\n", e.RoleOf)
	}
	if e.Division != "" {
		fmt.Fprintf(w, "  division: %s\n", e.Division)
	}
	if e.Parent != "" {
		fmt.Fprintf(w, "  %s side of %s\n", e.Side, e.Parent)
	}
	if coach, ok := c.Coach(firstTopic(e.RoleOf, e.Topic), now); ok {
		fmt.Fprintf(w, "  coach today: %s  %s\n", coach, c.Name(coach, "nl"))
	}
	for _, safety := range []catalogue.Safety{catalogue.Safe, catalogue.Football, catalogue.Word, catalogue.Shared, catalogue.Weak} {
		var names []string
		for _, n := range e.Names {
			if n.Safety == safety {
				names = append(names, n.Text)
			}
		}
		if len(names) > 0 {
			fmt.Fprintf(w, "  %s: %s\n", safety, strings.Join(names, " · "))
		}
	}
	writeList(w, "not", e.Not)
	writeList(w, "foreign", e.Foreign)
	writeList(w, "lookalikes", e.Lookalikes)
	for _, t := range e.Tenures {
		fmt.Fprintf(w, "  %s\n", tenure(t))
	}
	for _, p := range e.Squad {
		if p.At(now) {
			fmt.Fprintf(w, "  squad: %s\n", p.Name)
		}
	}
}

func firstTopic(a, b subscriptions.Topic) subscriptions.Topic {
	if a != "" {
		return a
	}
	return b
}

func writeList(w io.Writer, name string, texts []string) {
	if len(texts) > 0 {
		fmt.Fprintf(w, "  %s: %s\n", name, strings.Join(texts, " · "))
	}
}

// tenure writes one job on a line: about when, where, as what.
func tenure(t catalogue.Tenure) string {
	where := string(t.Club)
	if where == "" {
		where = t.Place
	}
	about, to := "", "now"
	if t.Approximate {
		about = "about "
	}
	if !t.To.IsZero() {
		to = t.To.Format(time.DateOnly)
	}
	return fmt.Sprintf("%s%s to %s: %s, %s", about, t.From.Format(time.DateOnly), to, where, t.Role)
}

// proposeChanges asks Wikidata and prints what may have changed.
func proposeChanges(ctx context.Context, asked call, c *catalogue.Catalogue, stdout io.Writer, now time.Time) error {
	if asked.timeout <= 0 {
		return usageError{"--timeout must be more than nothing"}
	}
	client, err := newWikidata(asked.endpoint)
	if err != nil {
		return usageError{err.Error()}
	}
	ctx, cancel := context.WithTimeout(ctx, asked.timeout)
	defer cancel()
	posts, err := client.coaches(ctx)
	if err != nil {
		return fmt.Errorf("propose changes of coaches: %w", err)
	}
	players, err := client.squad(ctx)
	if err != nil {
		return fmt.Errorf("propose changes of the squad: %w", err)
	}
	proposals := slices.Concat(proposeCoaches(c, posts, now), proposeSquad(c, players, now))
	for _, p := range proposals {
		fmt.Fprintln(stdout, p)
	}
	fmt.Fprintf(stdout, "%d proposals from %d statements on coaches and %d on players. Nothing was changed: check each before you write it into a file.\n",
		len(proposals), len(posts), len(players))
	return nil
}
