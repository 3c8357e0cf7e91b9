package bot

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
)

// A page of buttons fits the smaller platform, which has five rows: four of
// choices and one to turn pages.
const (
	pageRows = 4
	wideRow  = 3 // for clubs, whose names are short
	row      = 2
)

// section is one shelf of the menu.
type section struct {
	id      string
	perRow  int
	belongs func(catalogue.Entry) bool
}

// sections are the shelves of the menu, in order. A section's name is "menu." and
// its id in the locale.
func sections() []section {
	division := func(names ...string) func(catalogue.Entry) bool {
		return func(e catalogue.Entry) bool { return e.RoleOf == "" && slices.Contains(names, e.Division) }
	}
	return []section{
		{"first", wideRow, division("first")},
		{"second", wideRow, division("second")},
		{"national", row, division("national")},
		{"coaches", row, func(e catalogue.Entry) bool { return e.Topic.Type() == "coach" && e.RoleOf == "" }},
		{"sides", row, division("u23", "women")},
		{"others", wideRow, division("outside")},
	}
}

// menu shows the menu of what can be followed: its sections, or a page of one.
func (c *Commands) menu(ctx context.Context, r *request, where string) (Reply, error) {
	id, number, _ := strings.Cut(where, " ")
	at := slices.IndexFunc(sections(), func(s section) bool { return s.id == id })
	if at < 0 {
		return r.menuRoot(), nil
	}
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	s := sections()[at]
	var buttons []Button
	for _, e := range r.shelf(s) {
		b := button(r.topicName(e.Topic), "follow", string(e.Topic))
		b.Chosen = followed(subs, e.Topic)
		if b.Chosen {
			b.Command = "unfollow " + string(e.Topic)
		}
		buttons = append(buttons, b)
	}
	page, _ := strconv.Atoi(number) // no number is the first page
	reply := r.text("menu.section", locale.Args{"section": r.say.Text("menu."+s.id, nil)})
	reply.Message.Buttons = r.page(buttons, s.perRow, s.perRow*pageRows, page, "follow menu "+s.id, "follow menu")
	return reply, nil
}

// sectionNamed returns the section that goes by a name: "jupiler pro league", "coach".
func (r *request) sectionNamed(name string) (id string, ok bool) {
	v, said := r.commands.vocabulary, fold(r.bare(name))
	for _, s := range sections() {
		if v.means(said, s.id) {
			return s.id, true
		}
	}
	return "coaches", v.means(said, "coach")
}

func (r *request) menuRoot() Reply {
	var buttons []Button
	for _, s := range sections() {
		buttons = append(buttons, button(r.say.Text("menu."+s.id, nil), "follow menu", s.id))
	}
	reply := r.text("menu.root", locale.Args{"follow": r.slash("follow")})
	reply.Message.Buttons = rows(row, buttons...)
	return reply
}

// shelf lists the entries of a section by name, coaches who have work today before all those of once.
func (r *request) shelf(s section) []catalogue.Entry {
	var entries []catalogue.Entry
	for _, e := range r.catalogue().Entries() {
		if s.belongs(e) {
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, func(a, b catalogue.Entry) int {
		return cmp.Or(cmp.Compare(r.bench(a), r.bench(b)), cmp.Compare(fold(r.topicName(a.Topic)), fold(r.topicName(b.Topic))))
	})
	return entries
}

// bench says how near the bench of a coach is: 0 in the first division or with a national team (and for whoever is no
// coach), 1 with another side of ours, 2 anywhere else, 3 if he has none.
func (r *request) bench(e catalogue.Entry) int {
	if e.Topic.Type() != "coach" {
		return 0
	}
	nearest := 3
	for _, t := range e.Tenures {
		if t.Role == catalogue.Assistant || !t.At(r.now) {
			continue
		}
		side, _ := r.catalogue().Entry(t.Club) // none when he works elsewhere
		switch {
		case side.Division == "first" || side.Topic.Type() == "team":
			nearest = 0
		case t.Club != "":
			nearest = min(nearest, 1)
		default:
			nearest = min(nearest, 2)
		}
	}
	return nearest
}

// page lays out one page of buttons, counted from 1, with a last row to turn
// pages. Size is how many buttons are on a page; turn is the command that takes a page's number, back the one that leads
// up, if any.
func (r *request) page(buttons []Button, perRow, size, number int, turn, back string) [][]Button {
	pages := max(1, (len(buttons)+size-1)/size)
	number = min(max(number, 1), pages)
	layout := rows(perRow, buttons[(number-1)*size:min(number*size, len(buttons))]...)
	var last []Button
	if number > 1 {
		last = append(last, button(r.say.Text("button.previous", nil), turn, strconv.Itoa(number-1)))
	}
	if back != "" {
		last = append(last, button(r.say.Text("button.back", nil), back))
	}
	if number < pages {
		last = append(last, button(r.say.Text("button.next", nil), turn, strconv.Itoa(number+1)))
	}
	if len(last) > 0 {
		layout = append(layout, last)
	}
	return layout
}

// popular returns the n entries that newcomers most often come for.
func (r *request) popular(n int) []catalogue.Entry {
	entries := slices.DeleteFunc(slices.Clone(r.catalogue().Entries()), func(e catalogue.Entry) bool {
		return e.RoleOf != "" || e.Topic.Type() == "coach"
	})
	slices.SortStableFunc(entries, func(a, b catalogue.Entry) int { return cmp.Compare(b.Popular, a.Popular) })
	return entries[:min(n, len(entries))]
}
