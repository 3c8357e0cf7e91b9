package tagging_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot/tagging"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// The figures on the project's own items. They were written to be solved, so
// only a few labels that are a matter of taste may be missed.
func TestOwnFigures(t *testing.T) {
	t.Parallel()
	card := scoreFile(t, newTagger(t), "testdata/labelled.jsonl")
	if card.Items < 1650 {
		t.Errorf("%d labelled items: want at least 1650", card.Items)
	}
	figures{precision: 0.997, recall: 0.996, exact: 0.9955, kinds: 0.975, pushed: 0.003}.check(t, card)
}

func TestTag(t *testing.T) {
	t.Parallel()
	tagger := newTagger(t)
	autumn := time.Date(2026, 10, 12, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		item tagging.Item
		want []string // "topic level scope"
	}{
		"women's side tells the parent's followers who ask for it": {
			tagging.Item{Language: "nl", Source: "voetbalkrant.com", Title: "Anderlecht-vrouwen winnen beker"},
			[]string{"club/rsca-women about ", "club/anderlecht mention women"},
		},
		"women's side in one word": {
			tagging.Item{Language: "nl", Source: "hln.be", Title: "Genkvrouwen pakken zege in Luik"},
			[]string{"club/genk-women about "},
		},
		"the women by the men's name": {
			tagging.Item{Language: "nl", Source: "sporza.be", Title: "Rode Duivels vrouwen verliezen van Spanje"},
			[]string{"team/red-flames about "},
		},
		"the women by the men's name, in French": {
			tagging.Item{Language: "fr", Source: "rtbf.be", Title: "Les Diables Rouges féminines battues par l'Espagne"},
			[]string{"team/red-flames about "},
		},
		"youth side too": {
			tagging.Item{Language: "nl", Source: "voetbalkrant.com", Title: "Beloften van Genk winnen in Lissabon"},
			[]string{"club/jong-genk about ", "club/genk mention youth"},
		},
		"an international without a flag reaches those who follow the squad": {
			tagging.Item{Language: "nl", Source: "voetbalkrant.com", Title: "Doku maakt winnende goal voor City"},
			[]string{"team/rode-duivels mention squad"},
		},
		"former club": {
			tagging.Item{Language: "fr", Source: "walfoot.be", Title: "Un ancien joueur de Genk ouvre un restaurant"},
			[]string{"club/genk mention mention"},
		},
		"another sport": {
			tagging.Item{Language: "nl", Title: "Antwerp Giants kloppen Leuven Bears met 88-80"},
			nil,
		},
		"a coach nobody knew": {
			tagging.Item{Language: "nl", Source: "voetbalkrant.com", Title: "Lokeren-trainer Joris Vandenhaute schuift spits door"},
			[]string{"club/lokeren about ", "coach/joris-vandenhaute about "},
		},
		"the page of a match is filed under both sides": {
			tagging.Item{
				Language: "fr", Source: "walfoot.be", Title: "LIVE : deux changements au Standard",
				URL: "https://www.walfoot.be/belgique/jupiler-pro-league/2026-2027/calendrier/journee-8/westerlo/standard/live-deux-changements",
			},
			[]string{"club/standard about ", "club/westerlo about "},
		},
		"the words of one side on that page": {
			tagging.Item{
				Language: "fr", Source: "walfoot.be", Title: "Standard : “On a manqué de courage”",
				URL: "https://www.walfoot.be/belgique/jupiler-pro-league/2026-2027/calendrier/journee-8/westerlo/standard/on-a-manque-de-courage",
			},
			[]string{"club/standard about "},
		},
		"a derby to come is both sides'": {
			tagging.Item{Language: "fr", Source: "walfoot.be", Title: "Hubert avant le derby : « Anderlecht reste Anderlecht »", Lead: "L'entraîneur de l'Union reçoit son ancien employeur."},
			[]string{"coach/david-hubert about ", "club/anderlecht about ", "club/union-sg about "},
		},
		"answers of a poll": {
			tagging.Item{Language: "nl", Source: "voetbalnieuws.be", Title: "POLL: wie pakt de titel: Club, Union of Anderlecht?"},
			[]string{"club/club-brugge mention mention", "club/union-sg mention mention", "club/anderlecht mention mention"},
		},
		"what a poll is about": {
			tagging.Item{Language: "nl", Source: "voetbalnieuws.be", Title: "POLL: moet Gent een nieuwe doelman halen?"},
			[]string{"club/gent about "},
		},
		"language worked out": {
			tagging.Item{Source: "walfoot.be", Title: "Le nouveau gardien de La Gantoise est arrivé"},
			[]string{"club/gent about "},
		},
		"cross-links in the body": {
			tagging.Item{
				Language: "nl", Source: "voetbalnieuws.be", Title: "Spits mist competitiestart", Lead: "De Zweed van Westerlo is geblesseerd.",
				Body: "Hij is zes weken out.\nLEES OOK: Genk haalt verdediger\nDe club zoekt een vervanger.\nMeest recent\nStandard ontslaat trainer\n12\n12\n",
			},
			[]string{"club/westerlo about "},
		},
		"a line ends a sentence": {
			tagging.Item{
				Language: "nl", Source: "voetbalkrant.com", Title: "Mooi weekend op de velden",
				Lead: "Het was weer een mooi weekend in ons land.\nOp de velden viel heel wat te beleven voor wie kwam kijken\nKRC Genk en KAA Gent waren er ook bij",
			},
			[]string{"club/genk mention mention", "club/gent mention mention"},
		},
		"the list ends where it ends": {
			tagging.Item{
				Language: "nl", Source: "voetbalkrant.com", Title: "Grote interesse in Deense spits",
				Lead: "Hein Vanhaezebrouck, KRC Genk en KAA Gent zijn vol lof. Standard Luik was er niet bij.",
			},
			[]string{"club/genk about ", "club/gent about ", "coach/hein-vanhaezebrouck about ", "club/standard mention mention"},
		},
		"the host of the headline meets nobody of the lead": {
			tagging.Item{Language: "nl", Source: "voetbalkrant.com", Title: "KRC Genk ontvangt bezoek", Lead: "KAA Gent verliest zijn spits."},
			[]string{"club/genk about ", "club/gent mention mention"},
		},
		"a club that he will coach is no former one": {
			tagging.Item{
				Language: "nl", Source: "voetbalkrant.com", Published: time.Date(2019, 3, 1, 0, 0, 0, 0, time.UTC),
				Title: "Vrancken leerde veel bij KRC Genk",
			},
			[]string{"coach/wouter-vrancken about ", "club/genk about "},
		},
		"nothing but a mark": {tagging.Item{Language: "nl", Section: "voetbal", Title: "?"}, nil},
		"an introduced coach has the id that a fan's would have": {
			tagging.Item{Language: "nl", Source: "voetbalkrant.com", Title: "Lokeren-trainer Jan D'Hondt tevreden na zege"},
			[]string{"club/lokeren about ", "coach/jan-dhondt about "},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tt.item.Published.IsZero() {
				tt.item.Published = autumn
			}
			var got []string
			for _, tag := range tagger.Tag(tt.item).Tags {
				got = append(got, fmt.Sprintf("%s %s %s", tag.Topic, tag.Level, tag.Scope))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("tags (-want +got):\n%s", diff)
			}
		})
	}
}

// The same coach in three jobs: the date of the article decides whose he is.
func TestTenuresDecideByDate(t *testing.T) {
	t.Parallel()
	tagger := newTagger(t)
	for day, want := range map[string]subscriptions.Topic{
		"2025-03-01": "club/anderlecht",
		"2025-09-15": "club/oh-leuven",
		"2026-03-01": "club/union-sg",
	} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		res := tagger.Tag(tagging.Item{
			Language: "nl", Source: "voetbalkrant.com", Published: at, Title: "David Hubert maakt selectie bekend voor zondag",
		})
		if tag, ok := res.Tag(want); !ok || tag.Level != subscriptions.About {
			t.Errorf("on %s: %v, want %s", day, res.Tags, want)
		}
	}
}

// Every tag says by which words, where and why.
func TestEvidence(t *testing.T) {
	t.Parallel()
	tagger := newTagger(t)
	for _, rec := range readRecords(t, "testdata/labelled.jsonl") {
		item := rec.Item()
		for _, tag := range tagger.Tag(item).Tags {
			if len(tag.Evidence) == 0 {
				t.Errorf("%s: %s has no evidence", rec.ID, tag.Topic)
			}
			for _, e := range tag.Evidence {
				checkEvidence(t, item, e)
				if e.Rule == "" {
					t.Errorf("%s: evidence of %s has no rule", rec.ID, tag.Topic)
				}
			}
		}
	}
}

func checkEvidence(t *testing.T, item tagging.Item, e subscriptions.Evidence) {
	t.Helper()
	text, ok := map[string]string{"title": item.Title, "lead": item.Lead, "body": item.Body, "url": item.URL, "source": item.Source}[e.Field]
	switch {
	case !ok:
		t.Errorf("evidence in an unknown field %q", e.Field)
	case e.Text == "" || e.Start < 0 || e.Start+len(e.Text) > len(text) || text[e.Start:e.Start+len(e.Text)] != e.Text:
		t.Errorf("evidence %q does not stand at byte %d of %s %.80q", e.Text, e.Start, e.Field, text)
	}
}

// Whatever a publisher sends, the tagger answers, and soon.
func TestBadInput(t *testing.T) {
	t.Parallel()
	tagger := newTagger(t)
	for name, title := range map[string]string{
		"empty":           "",
		"blanks":          " \t\n ",
		"markup":          "<p><b>Genk</b> wint<br/> met <",
		"entities":        "Genk &amp; Gent &#039;delen&#039; &nbsp;&bogus; &",
		"emoji":           "📷🎥 Genk ⚽️ Gent 🔥",
		"mixed quotes":    `‘Genk "haalt' «spits’ “op”`,
		"right to left":   "\u202eGenk\u202c haalt \u200fspits\u200e",
		"invalid":         "Genk \xff\xfe haalt \xc3 spits",
		"a megabyte":      strings.Repeat("'Genk haalt spits van Gent ", 40_000),
		"quotes":          strings.Repeat("' \"«", 10_000),
		"one long word":   strings.Repeat("genk", 300_000),
		"hyphens":         strings.Repeat("Genk-", 10_000),
		"digits":          strings.Repeat("1-0 ", 10_000),
		"combining marks": "Genk" + strings.Repeat("\u0301", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, item := range []tagging.Item{
				{Title: title},
				{Title: "x", Lead: title, Body: title, URL: title, Section: title, Source: title, Language: "fr"},
			} {
				for _, tag := range tagger.Tag(item).Tags {
					for _, e := range tag.Evidence {
						checkEvidence(t, item, e)
					}
				}
			}
		})
	}
}

// TestBeginsAnywhere cuts headlines and leads before each of their words, and behind it: what rules look for in front of a word, or
// behind it, is then not there, and that crashes nothing.
func TestBeginsAnywhere(t *testing.T) {
	t.Parallel()
	tagger := newTagger(t)
	for _, rec := range readRecords(t, "testdata/labelled.jsonl") {
		whole := rec.Item()
		for _, cut := range cuts(whole.Title) {
			tagCut(t, tagger, whole, cut, whole.Lead)
		}
		for _, cut := range cuts(whole.Lead) {
			tagCut(t, tagger, whole, whole.Title, cut)
		}
	}
}

// cuts returns the beginnings and the ends of a text, by words.
func cuts(text string) []string {
	words := strings.Fields(text)
	var parts []string
	for i := 1; i < len(words); i++ {
		parts = append(parts, strings.Join(words[i:], " "), strings.Join(words[:i], " "))
	}
	return parts
}

// tagCut tags an item with another headline and lead, and names it when that panics.
func tagCut(t *testing.T, tagger *tagging.Tagger, item tagging.Item, title, lead string) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%q, %q: %v", title, lead, p)
		}
	}()
	item.Title, item.Lead = title, lead
	tagger.Tag(item)
}

func FuzzTag(f *testing.F) {
	f.Add("nl", "https://www.voetbalkrant.com/nieuws/x", "'Genk haalt Union-spits'", "Leko (Club) en De Mil: \"2-1\"", "LEES OOK: Gent\nMeest recent")
	f.Add("fr", "https://club-brugge.example.org/foot/x", "L'Union – Anderlecht : 1-0", "« Ancien Diable », l'entraîneur de Westerlo", "")
	f.Add("", "", "POLL. Club, Union of Genk?", "\xff&amp;<b>'t Kuipje", "12\n12")
	f.Add("nl", "", "-T1 van Genk", "-trainer Ivan Leko", "-coach")
	f.Add("nl", "", "derde trainer weg bij Genk", "tweede coach", "")
	f.Add("nl", "", "Domper: sterkhouder maanden out", "KRC Genk verliest Bryan Heynen met een kruisbandblessure.", "")
	tagger := newTagger(f)
	f.Fuzz(func(t *testing.T, language, url, title, lead, body string) {
		item := tagging.Item{Language: language, Source: "voetbalnieuws.be", URL: url, Title: title, Lead: lead, Body: body}
		res := tagger.Tag(item)
		seen := map[subscriptions.Topic]bool{}
		for _, tag := range res.Tags {
			if tag.Topic.ID() == "" {
				t.Errorf("a tag of no topic, %q", tag.Topic)
			}
			if seen[tag.Topic] {
				t.Errorf("%s twice", tag.Topic)
			}
			seen[tag.Topic] = true
			for _, e := range tag.Evidence {
				checkEvidence(t, item, e)
			}
		}
		if res.Kind == "" {
			t.Error("no kind")
		}
	})
}

func FuzzParseRecord(f *testing.F) {
	f.Add([]byte(`{"id":"1","title":"Genk wint","published":"2026-01/03 (approx.)"}`))
	f.Add([]byte(`{"id":"1","title":3}`))
	f.Add([]byte("\xff"))
	f.Fuzz(func(t *testing.T, line []byte) {
		if rec, err := tagging.ParseRecord(line); err == nil {
			_ = rec.Item()
		}
	})
}

// What marks, entities and words of hearsay say about the kind.
func TestKindOfMarks(t *testing.T) {
	t.Parallel()
	tagger := newTagger(t)
	for name, tt := range map[string]struct {
		item tagging.Item
		want subscriptions.Kind
	}{
		"single quotes as entities": {
			tagging.Item{Language: "nl", Source: "voetbalkrant.com", Title: "&#039;KRC Genk neemt afscheid van spits&#039;"}, subscriptions.Rumour,
		},
		"after a paper": {
			tagging.Item{Language: "fr", Source: "walfoot.be", Title: "KRC Genk : un gardien pour remplacer le blessé", Lead: "D'après L'Équipe, le gardien est arrivé hier."},
			subscriptions.Rumour,
		},
		"talks that go on before a preposition": {
			tagging.Item{Language: "fr", Source: "walfoot.be", Title: "Le KRC Genk en négociation avec un attaquant"}, subscriptions.Rumour,
		},
		"german guillemets": {
			tagging.Item{Language: "de", Source: "brf.be", Title: "»Wir sind bereit«, sagt der Stürmer der AS Eupen"}, subscriptions.Quote,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tagger.Tag(tt.item).Kind; got != tt.want {
				t.Errorf("kind %s, want %s", got, tt.want)
			}
		})
	}
}

// A folder that stands in the host as well is shown where it is the folder.
func TestAddressEvidence(t *testing.T) {
	t.Parallel()
	const address = "https://www.club-brugge-fans.be/club-brugge/nieuws/een-avond-om-niet-te-vergeten"
	res := newTagger(t).Tag(tagging.Item{Language: "nl", URL: address, Section: "voetbal", Title: "Een avond om niet te vergeten"})
	tag, ok := res.Tag("club/club-brugge")
	if !ok {
		t.Fatalf("no tag: %v", res.Tags)
	}
	if e := tag.Evidence[0]; e.Field != "url" || e.Start != strings.LastIndex(address, "club-brugge/") {
		t.Errorf("evidence %+v", e)
	}
}
