package catalogue

import (
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Entry is one thing that can be followed, with all that is known of it.
type Entry struct {
	Topic subscriptions.Topic
	// Label is what to call it in a message, by language (nl, fr, de, en). A
	// missing language falls back to Dutch; see [Catalogue.Name].
	Label map[string]string
	// Said is how it stands inside a sentence, by language, where that is not the
	// label: "de Rode Duivels", "l'Union Saint-Gilloise". In German it stands in
	// the accusative. See [Catalogue.Said].
	Said map[string]string
	// Names are all the names it goes by, the label included, most usual first.
	Names []Name
	// Not are phrases that contain one of Names and mean something else ("Union
	// Berlin", "Standard & Poor's"): where one stands, the name inside it is void.
	Not []string
	// Foreign are words that, anywhere in an item, speak for another bearer of
	// its names ("Old Trafford" for the Rode Duivels).
	Foreign []string
	// Lookalikes are persons of the same name who are not this coach: brothers,
	// sons, players, always with their full name.
	Lookalikes []string
	// Division is "first", "second", "u23", "women" or "outside" for a club,
	// "national" for a national team, "" for a coach.
	Division string
	// Parent is the club whose U23 or women's side this is; Side says which.
	Parent subscriptions.Topic
	Side   subscriptions.Scope
	// Country is an ISO 3166 code of two letters, of the club or of the person.
	Country string
	// Colour is 0xRRGGBB; 0 is unknown.
	Colour int
	// Popular orders menus and equal matches, higher first.
	Popular int
	// Stadiums are the grounds of a club, the present one first. They are among
	// its Names too, each with its safety.
	Stadiums []string
	// Tenures are a coach's jobs, latest first.
	Tenures []Tenure
	// RoleOf is the club or team of which this is the role topic "the coach of",
	// else empty. Role topics have no names that tag; their label is that of the
	// club, and who shows it says that the coach is meant.
	RoleOf subscriptions.Topic
	// Squad are the players in the picture of a national team.
	Squad []Person
	// AsOf is the date at which the entry was true.
	AsOf time.Time
	// Minted is true for a coach that came from [Catalogue.Mint], not from data.
	Minted bool
}

// Name is one way to call an entry.
type Name struct {
	Text string
	// Language is the language in which the name is used, "" for every language.
	Language string
	Safety   Safety
	// Part says which part of a person's name it is, PartNone for a club.
	Part Part
}

// Part is what a coach's name consists of.
type Part string

// The parts of a person's name.
const (
	PartNone     Part = ""
	PartFull     Part = "full"     // "Hein Vanhaezebrouck"
	PartSurname  Part = "surname"  // "Vanhaezebrouck"
	PartFirst    Part = "first"    // "Hein": a first name that headlines use alone
	PartNickname Part = "nickname" // "HVH"
)

// Safety says what it takes for a name in a text to mean its entry.
type Safety string

// The safety classes, from safest to least.
const (
	Safe     Safety = "safe"     // always this entry: "Malinwa"
	Football Safety = "football" // in a text about football only: "Genk", a town
	Word     Safety = "word"     // an ordinary word: by case, grammar and football: "Club"
	Shared   Safety = "shared"   // several claim it; a [Rule] tells whom it means
	Weak     Safety = "weak"     // for look-up only, never tags
)

// Role is what a coach does in a job.
type Role string

// The roles.
const (
	Head      Role = "head"
	Interim   Role = "interim"
	Assistant Role = "assistant"
)

// Tenure is a coach's time in one job.
type Tenure struct {
	// Club is the club or national team, a topic of the catalogue; empty when the
	// job is elsewhere.
	Club subscriptions.Topic
	// Place is the employer in words when Club is empty: "Norwich City".
	Place string
	Role  Role
	// From is the first day, To the last; a zero To is: still there. Days are
	// civil dates at midnight UTC.
	From, To time.Time
	// Approximate is true when a date is known to the month or the year only.
	Approximate bool
}

// At says whether the tenure holds on the day of at.
func (t Tenure) At(at time.Time) bool {
	return !at.Before(t.From) && (t.To.IsZero() || at.Before(t.To.AddDate(0, 0, 1)))
}

// Person is a player in the picture of a national team.
type Person struct {
	// ID is the person's name in the form of a topic's id: "kevin-de-bruyne".
	ID   string
	Name string
	// Names are the ways he is called: the full name first, then short forms.
	Names []Name
	// Lookalikes are others of the same name, by their full name.
	Lookalikes []string
	// From and To bound the time in which he belongs to the picture; a zero To is
	// open. Days are civil dates at midnight UTC.
	From, To time.Time
	// Tournament is true for a member of the squad of the last final tournament.
	Tournament bool
}

// At says whether the person was in the picture on the day of at.
func (p Person) At(at time.Time) bool {
	return !at.Before(p.From) && (p.To.IsZero() || at.Before(p.To.AddDate(0, 0, 1)))
}

// Rule tells whom a shared name means. The claimant that the item names
// otherwise takes the name; if none does, the first Cue with a word in the item
// decides; else Default; an empty topic is nobody of ours. Every claimant has the
// name among its Names, with safety [Shared].
type Rule struct {
	Name     string
	Language string // "" is every language
	// Safety is what it takes, besides, for the name to be a name at all: Safe,
	// Football or Word.
	Safety  Safety
	Claims  []subscriptions.Topic
	Default subscriptions.Topic
	Cues    []Cue
	// Both says that the name is that of a meeting, and means all its claimants at
	// once: "Brugse derby". Nothing else decides then.
	Both bool
}

// Cue is a set of words that decide a [Rule].
type Cue struct {
	Words []string
	Topic subscriptions.Topic
}

// Guard is a phrase that looks like one of our names and is something else
// altogether: a club abroad, a company, a side of another sport.
type Guard struct {
	Phrase string
	// Is says what it is: "football" for another club or person of football,
	// "sport" for another sport, "other" for the rest.
	Is string
}

// Finding is the answer to a look-up.
type Finding struct {
	// Entry is set when the query is exactly a name of one entry alone.
	Entry *Entry
	// Candidates are what may be meant, best first, when several entries go by
	// that name or when the query only resembles a name. Empty: nothing like it.
	Candidates []Entry
}
