package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

const nationalTeamTopic subscriptions.Topic = "team/rode-duivels"

// recent is how long ago a first cap may be for a player to be proposed: older
// ones without an end are men who were never called up again.
const recent = 18 * 30 * 24 * time.Hour

// proposeCoaches compares the present coaches with Wikidata's. Its dates lag and
// former coaches stay without an end, so the latest to begin counts, and one who
// began before ours is no news.
func proposeCoaches(c *catalogue.Catalogue, posts []post, now time.Time) []string {
	var order []string
	byClub := map[string][]post{}
	for _, p := range posts {
		if len(byClub[p.clubItem]) == 0 {
			order = append(order, p.clubItem)
		}
		byClub[p.clubItem] = append(byClub[p.clubItem], p)
	}
	var proposals []string
	for _, item := range order {
		posts := byClub[item]
		slices.SortStableFunc(posts, func(a, b post) int { return b.from.Compare(a.from) })
		if proposal := proposeCoach(c, posts, now); proposal != "" {
			proposals = append(proposals, proposal)
		}
	}
	return proposals
}

// proposeCoach compares one club, whose posts come latest first.
func proposeCoach(c *catalogue.Catalogue, posts []post, now time.Time) string {
	latest := posts[0]
	club, ok := clubOf(c, latest)
	if !ok {
		return fmt.Sprintf("? club %q (%s) is not in the catalogue; its coach there: %s", latest.club, latest.clubItem, latest.coach)
	}
	theirs, known := coachOf(c, latest.coach)
	ours, has := c.Coach(club, now)
	if has && ours == theirs {
		return ""
	}
	var former string
	if has {
		tenure := lastTenure(c, ours, club)
		if !latest.from.After(tenure.From) {
			return ""
		}
		former = fmt.Sprintf("  - %s since %s\n", ours, tenure.From.Format(time.DateOnly))
	}
	who, begin := string(theirs), "without a date"
	switch {
	case theirs == "":
		who = fmt.Sprintf("%q, whose name is no full name,", latest.coach)
	case !known:
		who = fmt.Sprintf("%s, a new person %q,", theirs, latest.coach)
	}
	if !latest.from.IsZero() {
		begin = "since " + latest.from.Format(time.DateOnly)
	}
	return fmt.Sprintf("~ %s  %s (%s)\n%s  + %s %s by Wikidata (%s)%s",
		club, c.Name(club, "nl"), latest.clubItem, former, who, begin, latest.coachItem, snippet(theirs, known, latest, club))
}

// snippet is the entry that would make the proposal true, ready to be pasted. It
// is empty where something is missing that only a person can find out.
func snippet(coach subscriptions.Topic, known bool, p post, club subscriptions.Topic) string {
	if coach == "" || p.from.IsZero() {
		return ""
	}
	named := "name = " + strconv.Quote(p.coach)
	if known {
		named = "adds = true"
	}
	return fmt.Sprintf("\n    [[coach]]\n    id = %q\n    %s\n    tenures = [{ %s = %q, from = %q }]",
		coach.ID(), named, club.Type(), club.ID(), p.from.Format(time.DateOnly))
}

func clubOf(c *catalogue.Catalogue, p post) (subscriptions.Topic, bool) {
	if p.clubItem == nationalTeam {
		return nationalTeamTopic, true
	}
	found := c.Find(p.club)
	if found.Entry == nil || found.Entry.Topic.Type() != "club" {
		return "", false
	}
	return found.Entry.Topic, true
}

// coachOf finds a coach by his full name, or says what his topic would be.
func coachOf(c *catalogue.Catalogue, name string) (topic subscriptions.Topic, known bool) {
	if found := c.Find(name); found.Entry != nil && found.Entry.Topic.Type() == "coach" {
		return found.Entry.Topic, true
	}
	minted, err := c.Mint(name)
	return minted.Topic, err == nil && !minted.Minted // a player of the squad may become a coach
}

// lastTenure returns a coach's latest job at a club.
func lastTenure(c *catalogue.Catalogue, coach, club subscriptions.Topic) catalogue.Tenure {
	e, _ := c.Entry(coach)
	for _, t := range e.Tenures {
		if t.Club == club {
			return t
		}
	}
	return catalogue.Tenure{}
}

// proposeSquad compares the squad of the national team: who came lately, and of
// whose time Wikidata knows the end.
func proposeSquad(c *catalogue.Catalogue, players []player, now time.Time) []string {
	team, ok := c.Entry(nationalTeamTopic)
	if !ok {
		return nil
	}
	var proposals []string
	for _, p := range players {
		at := slices.IndexFunc(team.Squad, func(s catalogue.Person) bool {
			return slices.ContainsFunc(s.Names, func(n catalogue.Name) bool {
				return n.Part == catalogue.PartFull && catalogue.SameName(n.Text, p.name)
			})
		})
		ended := !p.to.IsZero() && p.to.Before(now)
		switch {
		case at < 0 && !ended && !p.from.IsZero() && now.Sub(p.from) < recent:
			proposals = append(proposals, fmt.Sprintf("+ %s  squad: %s (%s), since %s by Wikidata",
				nationalTeamTopic, p.name, p.item, p.from.Format(time.DateOnly)))
		case at >= 0 && ended && team.Squad[at].At(now):
			proposals = append(proposals, fmt.Sprintf("- %s  squad: %s (%s), until %s by Wikidata",
				nationalTeamTopic, p.name, p.item, p.to.Format(time.DateOnly)))
		}
	}
	slices.SortStableFunc(proposals, strings.Compare)
	return proposals
}
