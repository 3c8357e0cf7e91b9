package clustering_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot/clustering"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func told(key, title, lead string, after time.Duration, about ...subscriptions.Topic) subscriptions.Article {
	a := subscriptions.Article{
		Key: key, Title: title, Lead: lead, Language: "nl", Kind: subscriptions.Fact, Published: noon().Add(after), Seen: noon().Add(after),
	}
	for _, t := range about {
		a.Tags = append(a.Tags, subscriptions.Tag{Topic: t, Level: subscriptions.About})
	}
	return a
}

// A page that is rewritten for the next transfer is another story each time.
func TestRollingPage(t *testing.T) {
	t.Parallel()
	w := clustering.New()
	first := told("sporza~1", "Zomertransfers JPL: Westerlo strikt spits Bergvall", "", 0, "club/westerlo")
	first.Story = 1
	w.Add(first)
	if p := w.Place(told("sporza~1", "Zomertransfers JPL: Charleroi verliest Heymans", "", time.Hour, "club/charleroi"), noon().Add(time.Hour)); p.Relation != clustering.RelationNew {
		t.Errorf("moved: got %+v", p)
	}
	if p := w.Place(told("sporza~1", "Zomertransfers JPL: Westerlo heeft Bergvall beet", "", time.Hour, "club/westerlo"), noon().Add(time.Hour)); p.Relation != clustering.RelationSame || p.Story != 1 {
		t.Errorf("reworded: got %+v", p)
	}
}

// On a day when everybody writes of one man, his name tells little, but what was
// done to him was done once.
func TestSameActOnABusyDay(t *testing.T) {
	t.Parallel()
	w := clustering.New()
	signed := told("a", "OFFICIEEL: Genk haalt Deense spits Mikkel Sørensen", "De aanvaller komt over van Midtjylland.", 0, "club/genk")
	signed.Story = 1
	w.Add(signed)
	for i := range 40 {
		other := told(strconv.Itoa(i), "Sørensen in cijfers, deel "+strconv.Itoa(i), "Wat Mikkel Sørensen dit jaar deed.", time.Minute)
		other.Story = subscriptions.StoryID(i + 2)
		w.Add(other)
	}
	p := w.Place(told("b", "Genk legt Mikkel Sørensen vast tot 2030", "De Deen kost zes miljoen.", time.Hour, "club/genk"), noon().Add(time.Hour))
	if p.Relation != clustering.RelationSame || p.Story != 1 {
		t.Errorf("got %+v", p)
	}
}

// A player of the squad is how an article was tagged with the national team, and a
// name all the same.
func TestInternationalIsAName(t *testing.T) {
	t.Parallel()
	international := func(a subscriptions.Article, name string) subscriptions.Article {
		a.Tags = append(a.Tags, subscriptions.Tag{
			Topic: "team/rode-duivels", Level: subscriptions.Mention,
			Evidence: []subscriptions.Evidence{{Field: "title", Text: name, Rule: "a player of the squad"}},
		})
		return a
	}
	first := international(told("a", "Kruisbanden gescheurd: Bryan Heynen maanden out bij Genk", "Hij viel zondag uit.", 0, "club/genk"), "Bryan Heynen")
	first.Story = 1
	tests := map[string]struct {
		title, lead, name string
		want              clustering.Relation
	}{
		"the same man": {"Heynen lang onbeschikbaar voor Genk", "Hij scheurde de kruisbanden.", "Heynen", clustering.RelationSame},
		"another man":  {"Kruisbanden gescheurd: Jarne Steuckers maanden out bij Genk", "Hij viel zondag uit.", "Jarne Steuckers", clustering.RelationNew},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := clustering.New()
			w.Add(first)
			p := w.Place(international(told("b", tc.title, tc.lead, time.Hour, "club/genk"), tc.name), noon().Add(time.Hour))
			if p.Relation != tc.want {
				t.Errorf("got %+v, want %s", p, tc.want)
			}
		})
	}
}

// What was done to a man some hours ago is not told anew.
func TestActGrowsOld(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, title, second string
		after               time.Duration
		want                clustering.Relation
	}{
		{"sacked", "Standard stuurt Ivan Leko wandelen", "Leko krijgt de bons op Sclessin", 11 * time.Hour, clustering.RelationSame},
		{"sacked long ago", "Standard stuurt Ivan Leko wandelen", "Leko krijgt de bons op Sclessin", 60 * time.Hour, clustering.RelationNew},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := clustering.New()
			first := told("a", tc.title, "", 0, "club/standard", "coach/ivan-leko")
			first.Story = 1
			w.Add(first)
			p := w.Place(told("b", tc.second, "", tc.after, "club/standard", "coach/ivan-leko"), noon().Add(tc.after))
			if p.Relation != tc.want {
				t.Errorf("got %+v, want %s", p, tc.want)
			}
		})
	}
}

// What is older than the window is forgotten, and so is what there is too much of.
func TestWindowForgets(t *testing.T) {
	t.Parallel()
	w := clustering.New()
	old := told("a", "Genk legt Hrosovsky langer vast", "De Slovaak tekent bij tot 2029.", 0, "club/genk")
	old.Story = 1
	w.Add(old)
	for hours, want := range map[int]clustering.Relation{1: clustering.RelationSame, 100: clustering.RelationNew} {
		after := time.Duration(hours) * time.Hour
		w := clustering.New()
		w.Add(old)
		if p := w.Place(told("b", old.Title, old.Lead, after, "club/genk"), noon().Add(after)); p.Relation != want {
			t.Errorf("after %d hours: %+v", hours, p)
		}
	}
	for i := range 20_000 {
		w.Add(told(strconv.Itoa(i), "Kop nummer "+strconv.Itoa(i), "", 0))
	}
	if p := w.Place(told("b", old.Title, old.Lead, time.Hour, "club/genk"), noon().Add(time.Hour)); p.Relation != clustering.RelationNew {
		t.Errorf("after 20 000 others: %+v", p)
	}
}

// invented makes an article of made-up words, names and a real-looking topic.
func invented(random *rand.Rand, i int, after time.Duration) subscriptions.Article {
	word := func() string {
		syllables := []string{"ba", "ke", "lo", "mi", "nu", "ra", "so", "te", "vi", "wo", "za", "dro", "sta", "gre"}
		var b strings.Builder
		for range 2 + random.IntN(3) {
			b.WriteString(syllables[random.IntN(len(syllables))])
		}
		return b.String()
	}
	words := make([]string, 30)
	for j := range words {
		words[j] = word()
		if j%9 == 4 {
			words[j] += word() + word() // a name, which no other has
			words[j] = strings.ToUpper(words[j][:1]) + words[j][1:]
		}
	}
	verbs := []string{"wint", "verliest", "tekent", "geblesseerd", "ontslaat", "transfer", "interesse", "stadion"}
	return told(strconv.Itoa(i), words[0]+" "+verbs[random.IntN(len(verbs))]+" "+strings.Join(words[1:7], " "),
		strings.Join(words[7:], " ")+".", after, subscriptions.Topic("club/club-"+strconv.Itoa(random.IntN(40))))
}

// Unrelated articles never join, however many there are.
func TestUnrelatedStayApart(t *testing.T) {
	t.Parallel()
	w := clustering.New()
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 1_500 {
		a := invented(random, i, time.Duration(i)*20*time.Second)
		if p := w.Place(a, a.Published); p.Relation == clustering.RelationSame {
			t.Fatalf("article %d joined %q: %q (%s)", i, p.Article.Title, a.Title, p.Why)
		}
		a.Story = subscriptions.StoryID(i + 1)
		w.Add(a)
	}
}

// BenchmarkPlace shows that the cost does not grow with the window.
func BenchmarkPlace(b *testing.B) {
	for _, size := range []int{2_500, 5_000, 10_000, 20_000} {
		b.Run(fmt.Sprintf("window=%d", size), func(b *testing.B) {
			w := clustering.New()
			random := rand.New(rand.NewPCG(5, 6))
			for i := range size {
				w.Add(invented(random, i, 0))
			}
			articles := make([]subscriptions.Article, 256)
			for i := range articles {
				articles[i] = invented(random, -i, time.Hour)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				w.Place(articles[i%len(articles)], noon().Add(time.Hour))
			}
		})
	}
}

func FuzzPlace(f *testing.F) {
	f.Add("Genk wint met 3-1", "De Limburgers wonnen.", "Gent verliest 1-3", "Nederlaag in Limburg")
	f.Add("", "", "L'Union s’impose 2–0", "\xff\xfe")
	f.Fuzz(func(t *testing.T, title, lead, title2, lead2 string) {
		w := clustering.New()
		a := told("a", title, lead, 0, "club/genk")
		a.Story = 1
		w.Add(a)
		p := w.Place(told("b", title2, lead2, time.Hour, "club/gent"), noon().Add(time.Hour))
		if p.Relation == clustering.RelationSame {
			t.Errorf("two clubs joined: %+v", p)
		}
	})
}
