package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// following lists what a place follows; with a topic it shows that line's
// switches, and with a switch and a value it sets one:
//
//	following
//	following 2                          the second page
//	following club/genk
//	following club/genk rumours never
//	following club/genk in nl,fr         the languages of articles: some, all, or own (the reader's first)
func (c *Commands) following(ctx context.Context, r *request) (Reply, error) {
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(subs) == 0 {
		return r.nothingFollowed(), nil
	}
	if page, err := strconv.Atoi(r.args); err == nil || r.args == "" || r.everything(r.args) {
		return r.followingList(ctx, subs, page)
	}
	name, setting := r.args, []string(nil)
	if words := strings.Fields(r.args); strings.Contains(words[0], "/") {
		name, setting = words[0], words[1:]
	}
	topics, reply := c.chosen(r, subs, "following", name)
	switch {
	case topics == nil:
		return reply, nil
	case len(topics) > 1:
		return r.followingList(ctx, subs, 1)
	}
	t := topics[0]
	if len(setting) == 2 {
		return c.set(ctx, r, t, setting[0], setting[1])
	}
	at := slices.IndexFunc(subs, func(s subscriptions.Subscription) bool { return s.Topic == t })
	switch {
	case slices.Equal(setting, []string{"in"}):
		return r.languagesCard(subs[at]), nil
	case slices.Equal(setting, []string{"more"}):
		return r.otherSwitches(subs[at]), nil
	}
	return r.card(subs[at]), nil
}

// followingList lists the names, with what is unusual about each, and a button
// that leads to its switches.
func (r *request) followingList(ctx context.Context, subs []subscriptions.Subscription, page int) (Reply, error) {
	muted, err := r.mutedOutlets(ctx)
	if err != nil {
		return Reply{}, err
	}
	var buttons []Button
	var lines []string
	for _, s := range subs {
		lines = append(lines, r.line(s))
		buttons = append(buttons, button(r.topicName(s.Topic), "following", string(s.Topic)))
	}
	size := row * (pageRows - 1) // one row is left for publishers
	pages := (len(subs) + size - 1) / size
	page = min(max(page, 1), pages)
	from, to := (page-1)*size, min(page*size, len(subs))
	m := Message{
		Title:   r.say.Text(r.here("following.title"), locale.Args{"n": len(subs)}),
		Text:    paragraphs(strings.Join(lines[from:to], "\n"), r.restNote(), r.sayMuted(muted)),
		Footer:  r.say.Text("following.tip", nil),
		Buttons: slices.Concat(r.page(buttons, row, size, page, "following", ""), r.unmuteButtons(muted)),
	}
	return Reply{Message: m}, nil
}

// line names one subscription with what is set otherwise than usual.
func (r *request) line(s subscriptions.Subscription) string {
	var notes []string
	note := func(key string) { notes = append(notes, r.say.Text(key, nil)) }
	if s.MutedUntil.After(r.now) {
		notes = append(notes, r.say.Text("following.muted", locale.Args{"until": r.moment(s.MutedUntil)}))
	}
	switch s.Cadence {
	case subscriptions.InDigest:
		note("following.in-digest")
	case subscriptions.Both:
		note("following.both")
	case subscriptions.Instant:
	}
	switch s.Filter.Rumours {
	case subscriptions.OnlyDigest:
		note("following.rumours-digest")
	case subscriptions.Never:
		note("following.no-rumours")
	case subscriptions.Now:
	}
	if len(notes) == 0 {
		return r.say.Text("following.line", locale.Args{"topic": r.topicName(s.Topic)})
	}
	return r.say.Text("following.line-notes", locale.Args{"topic": r.topicName(s.Topic), "notes": strings.Join(notes, ", ")})
}

// restNote says that everything is muted, if it is.
func (r *request) restNote() string {
	if rest := r.subscriber.Rest; rest.Reason == subscriptions.RestAsked && rest.Until.After(r.now) {
		return r.say.Text("mute.done-all", locale.Args{"until": r.moment(rest.Until)})
	}
	return ""
}

// toggle is one switch of a subscription: its name in buttons, and its values in
// the order in which pressing goes through them.
type toggle struct {
	name   string
	values []string
	get    func(subscriptions.Subscription) string
	set    func(*subscriptions.Subscription, string)
	// other switches are those on the second card. Suits says for which topics
	// there is such a switch; nil is all.
	other bool
	suits func(*request, subscriptions.Topic) bool
}

// toggles are the switches of a subscription. The sentences for their buttons are
// "switch.<name>-<value>".
func toggles() []toggle {
	return []toggle{
		{
			name: "cadence", values: []string{"instant", "digest", "both"},
			get: func(s subscriptions.Subscription) string { return string(s.Cadence) },
			set: func(s *subscriptions.Subscription, v string) { s.Cadence = subscriptions.Cadence(v) },
		},
		policyToggle("rumours", func(f *subscriptions.Filter) *subscriptions.Policy { return &f.Rumours }),
		policyToggle("quotes", func(f *subscriptions.Filter) *subscriptions.Policy { return &f.Quotes }),
		policyToggle("roundups", func(f *subscriptions.Filter) *subscriptions.Policy { return &f.Roundups }),
		scopeToggle("mentions", subscriptions.ScopeMention, nil),
		scopeToggle("youth", subscriptions.ScopeYouth, hasSide(subscriptions.ScopeYouth)),
		scopeToggle("women", subscriptions.ScopeWomen, hasSide(subscriptions.ScopeWomen)),
		scopeToggle("squad", subscriptions.ScopeSquad, func(r *request, t subscriptions.Topic) bool {
			e, ok := r.catalogue().Entry(t)
			return ok && len(e.Squad) > 0
		}),
		{
			name: "loud", other: true, values: []string{"off", "big", "on"},
			get: func(s subscriptions.Subscription) string {
				if s.Filter.Loud && s.Filter.Big {
					return "big"
				}
				return onOff(s.Filter.Loud)
			},
			set: func(s *subscriptions.Subscription, v string) { s.Filter.Loud, s.Filter.Big = v != "off", v == "big" },
		},
	}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func policyToggle(name string, of func(*subscriptions.Filter) *subscriptions.Policy) toggle {
	return toggle{
		name: name, values: []string{"now", "digest", "never"},
		get: func(s subscriptions.Subscription) string { return policyWord(*of(&s.Filter)) },
		set: func(s *subscriptions.Subscription, v string) {
			*of(&s.Filter) = subscriptions.Policy(v)
			if v == "now" {
				*of(&s.Filter) = subscriptions.Now
			}
		},
	}
}

func scopeToggle(name string, scope subscriptions.Scope, suits func(*request, subscriptions.Topic) bool) toggle {
	return toggle{
		name: name, other: true, values: []string{"off", "on"}, suits: suits,
		get: func(s subscriptions.Subscription) string { return onOff(slices.Contains(s.Filter.Scopes, scope)) },
		set: func(s *subscriptions.Subscription, v string) {
			s.Filter.Scopes = slices.DeleteFunc(slices.Clone(s.Filter.Scopes), func(x subscriptions.Scope) bool { return x == scope })
			if v == "on" {
				s.Filter.Scopes = append(s.Filter.Scopes, scope)
			}
		},
	}
}

// hasSide says for which clubs there is a youth or a women's side.
func hasSide(side subscriptions.Scope) func(*request, subscriptions.Topic) bool {
	return func(r *request, t subscriptions.Topic) bool {
		for _, e := range r.catalogue().Entries() {
			if e.Parent == t && e.Side == side {
				return true
			}
		}
		return false
	}
}

// card shows the switches of one subscription that most want.
func (r *request) card(s subscriptions.Subscription) Reply {
	topic := string(s.Topic)
	languages := button(r.say.Text("switch.languages", locale.Args{"languages": r.languageNames(s.Filter)}), "following", topic, "in")
	languages.Chosen = len(s.Filter.Languages) > 0 || s.Filter.First != ""
	muted := button(r.say.Text("button.mute", nil), "mute", topic)
	if s.MutedUntil.After(r.now) {
		muted = button(r.say.Text("button.unmute", nil), "mute", topic, "off")
		muted.Chosen = true
	}
	return r.cardOf(s, append(r.switches(s, false), languages,
		button(r.say.Text("button.other-switches", nil), "following", topic, "more"), muted,
		button(r.say.Text("button.unfollow", nil), "unfollow", topic),
		button(r.say.Text("button.back", nil), "following")))
}

// otherSwitches shows the other switches of one subscription.
func (r *request) otherSwitches(s subscriptions.Subscription) Reply {
	reply := r.cardOf(s, append(r.switches(s, true),
		button(r.say.Text("button.back", nil), "following", string(s.Topic))))
	reply.Message.Text = paragraphs(reply.Message.Text, r.say.Text("following.big", locale.Args{"n": bigSources}))
	return reply
}

func (r *request) cardOf(s subscriptions.Subscription, buttons []Button) Reply {
	return Reply{Message: Message{
		Title:   r.topicName(s.Topic),
		Text:    r.say.Text("following.card", nil),
		Buttons: rows(row, buttons...),
	}}
}

// switches returns the switches of one card. A button says how things stand, and
// pressing it sets the next value.
func (r *request) switches(s subscriptions.Subscription, other bool) []Button {
	var buttons []Button
	for _, t := range toggles() {
		if t.other != other || t.suits != nil && !t.suits(r, s.Topic) {
			continue
		}
		now := t.get(s)
		next := t.values[(slices.Index(t.values, now)+1)%len(t.values)]
		b := button(r.say.Text("switch."+t.name+"-"+wording(now, s.Cadence), nil), "following", string(s.Topic), t.name, next)
		b.Chosen = now != t.values[0]
		buttons = append(buttons, b)
	}
	return buttons
}

// wording returns the word of a switch's value in its sentence. What comes with all
// other news comes at once only where that does.
func wording(value string, cadence subscriptions.Cadence) string {
	if value == policyWord(subscriptions.Now) && cadence != subscriptions.Instant {
		return "along"
	}
	return value
}

// languageNames says which languages of article are wanted.
func (r *request) languageNames(f subscriptions.Filter) string {
	switch {
	case f.First != "":
		return r.say.Text("switch.own-first", nil)
	case len(f.Languages) == 0:
		return r.say.Text("switch.all-languages", nil)
	}
	return strings.ToUpper(strings.Join(f.Languages, "+"))
}

// languagesCard offers the languages of articles: all, all with the reader's own
// first, or each on or off.
func (r *request) languagesCard(s subscriptions.Subscription) Reply {
	every := button(r.say.Text("switch.every-language", nil), "following", string(s.Topic), "in", "all")
	own := button(r.say.Text("switch.own-first", nil), "following", string(s.Topic), "in", "own")
	own.Chosen = s.Filter.First != ""
	every.Chosen = len(s.Filter.Languages) == 0 && !own.Chosen
	buttons := []Button{every, own}
	for _, lang := range locale.Languages() {
		wanted := slices.Clone(s.Filter.Languages)
		chosen := slices.Contains(wanted, lang)
		if chosen {
			wanted = slices.DeleteFunc(wanted, func(l string) bool { return l == lang })
		} else {
			wanted = append(wanted, lang)
		}
		value := strings.Join(wanted, ",")
		if value == "" {
			value = "all"
		}
		b := button(r.say.Text("language."+lang, nil), "following", string(s.Topic), "in", value)
		b.Chosen = chosen
		buttons = append(buttons, b)
	}
	buttons = append(buttons, button(r.say.Text("button.back", nil), "following", string(s.Topic)))
	return Reply{Message: Message{
		Title:   r.topicName(s.Topic),
		Text:    paragraphs(r.say.Text("following.languages", nil), r.say.Text("following.own-first", locale.Args{"when": r.digestWhen()})),
		Buttons: rows(row, buttons...),
	}}
}

// articleLanguages reads what a button of the card of languages says.
func (r *request) articleLanguages(value string) (languages []string, first string, ok bool) {
	switch value {
	case "all":
		return nil, "", true
	case "own":
		return nil, r.say.Language(), true
	}
	languages = strings.Split(value, ",")
	known := func(l string) bool { return slices.Contains(locale.Languages(), l) }
	return languages, "", !slices.ContainsFunc(languages, func(l string) bool { return !known(l) })
}

// set sets one switch of one subscription and shows the card again.
func (c *Commands) set(ctx context.Context, r *request, t subscriptions.Topic, name, value string) (Reply, error) {
	apply, ok := r.setting(name, value)
	if !ok {
		return Reply{}, refuse("error.old-button", nil)
	}
	var changed subscriptions.Subscription
	if err := r.resubscribe(ctx, []subscriptions.Topic{t}, func(s *subscriptions.Subscription) {
		apply(s)
		changed = *s
	}); err != nil {
		return Reply{}, err
	}
	if changed.Topic == "" { // unfollowed meanwhile
		return Reply{}, refuse(r.here("unfollow.not-followed"), locale.Args{"topics": r.topicNames(t)})
	}
	switch {
	case name == "in":
		return r.languagesCard(changed), nil
	case slices.ContainsFunc(toggles(), func(t toggle) bool { return t.name == name && t.other }):
		return r.otherSwitches(changed), nil
	}
	return r.card(changed), nil
}

// setting returns what a switch and a value change; false if there is no such.
func (r *request) setting(name, value string) (func(*subscriptions.Subscription), bool) {
	if name == "in" {
		languages, first, ok := r.articleLanguages(value)
		return func(s *subscriptions.Subscription) { s.Filter.Languages, s.Filter.First = languages, first }, ok
	}
	for _, t := range toggles() {
		if t.name == name && slices.Contains(t.values, value) {
			return func(s *subscriptions.Subscription) { t.set(s, value) }, true
		}
	}
	return nil, false
}
