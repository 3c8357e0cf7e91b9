package catalogue

// document is the form of a catalogue file. Every table is optional.
type document struct {
	// AsOf is the date at which the entries were true, "2026-11-23".
	AsOf   string      `toml:"as_of"`
	Club   []clubTOML  `toml:"club"`
	Coach  []coachTOML `toml:"coach"`
	Team   []teamTOML  `toml:"team"`
	Squad  []squadTOML `toml:"squad"`
	Shared []ruleTOML  `toml:"shared"`
	Guard  []guardTOML `toml:"guard"`

	// source is the file's name, lines where each table of an array begins.
	source string
	lines  map[string][]int
}

// namesTOML are names by safety and language; the language "any" is every one.
type namesTOML struct {
	Safe     map[string][]string `toml:"safe"`
	Football map[string][]string `toml:"football"`
	Word     map[string][]string `toml:"word"`
	Weak     map[string][]string `toml:"weak"`
}

type clubTOML struct {
	namesTOML
	ID       string            `toml:"id"`
	Adds     bool              `toml:"adds"`
	Label    map[string]string `toml:"label"`
	Said     map[string]string `toml:"said"`
	Division string            `toml:"division"`
	Parent   string            `toml:"parent"`
	Side     string            `toml:"side"`
	Country  string            `toml:"country"`
	Colour   int               `toml:"colour"`
	Popular  int               `toml:"popular"`
	Stadiums []string          `toml:"stadiums"`
	Not      []string          `toml:"not"`
	Foreign  []string          `toml:"foreign"`
}

type teamTOML struct {
	namesTOML
	ID      string            `toml:"id"`
	Adds    bool              `toml:"adds"`
	Label   map[string]string `toml:"label"`
	Said    map[string]string `toml:"said"`
	Country string            `toml:"country"`
	Colour  int               `toml:"colour"`
	Popular int               `toml:"popular"`
	Not     []string          `toml:"not"`
	Foreign []string          `toml:"foreign"`
}

type coachTOML struct {
	namesTOML
	ID   string `toml:"id"`
	Adds bool   `toml:"adds"`
	Name string `toml:"name"`
	// Also are other forms of the full name: "Frederik Vanderbiest".
	Also []string `toml:"also"`
	// Surname is the part that headlines use; SurnameIs its safety.
	Surname   string       `toml:"surname"`
	SurnameIs Safety       `toml:"surname_is"`
	First     []string     `toml:"first"`
	Country   string       `toml:"country"`
	Popular   int          `toml:"popular"`
	Not       []string     `toml:"not"`
	Foreign   []string     `toml:"foreign"`
	Lookalike []string     `toml:"lookalikes"`
	Tenures   []tenureTOML `toml:"tenures"`
}

type tenureTOML struct {
	Club  string `toml:"club"`
	Team  string `toml:"team"`
	Place string `toml:"place"`
	From  string `toml:"from"`
	To    string `toml:"to"`
	Role  Role   `toml:"role"`
}

type squadTOML struct {
	Team    string       `toml:"team"`
	Players []playerTOML `toml:"players"`
}

type playerTOML struct {
	Name       string   `toml:"name"`
	Also       []string `toml:"also"`
	Short      []string `toml:"short"`
	ShortIs    Safety   `toml:"short_is"`
	Lookalikes []string `toml:"lookalikes"`
	From       string   `toml:"from"`
	To         string   `toml:"to"`
	Tournament bool     `toml:"tournament"`
}

type ruleTOML struct {
	Name string `toml:"name"`
	// Language is where the name is shared; without, or "any", in every language.
	Language string    `toml:"language"`
	Safety   Safety    `toml:"safety"`
	Claims   []string  `toml:"claims"`
	Default  string    `toml:"default"`
	Cues     []cueTOML `toml:"cues"`
	Both     bool      `toml:"both"`
}

type cueTOML struct {
	Words []string `toml:"words"`
	Topic string   `toml:"topic"`
}

type guardTOML struct {
	Is      string   `toml:"is"`
	Phrases []string `toml:"phrases"`
}
