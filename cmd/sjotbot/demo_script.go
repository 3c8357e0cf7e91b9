package main

// item is an invented article of the demo's match day, by an invented publisher.
type item struct {
	publisher string // a key of demoPublishers
	slug      string
	title     string
	lead      string
}

// scene is one step of the demo. What is set happens in the order of the fields.
type scene struct {
	clock   string // jump to this time of the day
	says    string // the narrator
	types   string // the fan
	appears *item  // a publisher
	// awaits are words that the fan must see before the story goes on; quiet means
	// that nothing may appear on the screen.
	awaits string
	quiet  bool
}

// demoPublishers are two papers that do not exist, with their languages.
func demoPublishers() map[string]SourceConfig {
	return map[string]SourceConfig{
		"tribune": {Name: "de-tribune", Publisher: "De Tribune", Kind: "feed", Language: "nl", Quotes: "rumour"},
		"virage":  {Name: "le-virage", Publisher: "Le Virage", Kind: "feed", Language: "fr", Quotes: "quote"},
	}
}

// demoYesterday is what the papers wrote before the demo begins: it is read, kept
// for the news command, and pushed to nobody.
func demoYesterday() []item {
	return []item{
		{"tribune", "malinwa-uitverkocht", "Achter de Kazerne is uitverkocht voor KV Mechelen - Westerlo", "Malinwa verwacht zaterdag een vol huis tegen de Kemphanen."},
		{"virage", "standard-recupere", "Le Standard récupère son capitaine avant d'aller à Genk", "Les Rouches peuvent de nouveau compter sur leur milieu défensif."},
	}
}

// demoScenes is the match day, Saturday 21 November 2026.
func demoScenes() []scene {
	return []scene{
		{clock: "13:55", says: "Saturday, five to two. A fan follows his club by its nickname, and the national team.", types: "/volg malinwa", awaits: "KV Mechelen"},
		{types: "/volg rode duivels", awaits: "Rode Duivels"},
		{
			clock: "14:02", says: "De Tribune has news about the club. It comes at once.",
			appears: &item{"tribune", "doelman-out", "KV Mechelen mist eerste doelman tegen Westerlo", "De keeper van Malinwa verdraaide vrijdag op training een schouder. Zijn 19-jarige vervanger debuteert in de Jupiler Pro League."},
			awaits:  "mist eerste doelman",
		},
		{
			clock: "14:31", says: "Le Virage writes about Charleroi, and only mentions his club. It is not sent.",
			appears: &item{"virage", "charleroi-retour", "Charleroi rapatrie son milieu prêté en Espagne", "Les Zèbres ont rappelé leur médian de 22 ans, également suivi par Malines, Dender et Eupen."},
			quiet:   true,
		},
		{types: "/waarom https://le-virage.example/charleroi-retour", says: "He can ask why it did not come.", awaits: "Charleroi"},
		{
			clock: "15:10", says: "Basketball players of the same town win. It is not sent either.",
			appears: &item{"tribune", "kangoeroes", "Kangoeroes Mechelen winnen met 88-79 van Spirou Charleroi", "De basketters namen na rust afstand dankzij hun rebounds en driepunters."},
			quiet:   true,
		},
		{
			clock: "15:40", says: "A rumour is called a rumour.",
			appears: &item{"tribune", "spits", "'KV Mechelen polst in januari naar Deense spits'", "De aanvaller van 24 zou op het lijstje van Malinwa staan."},
			awaits:  "Deense spits",
		},
		{says: "Enough for now: the rest of the day may come in one message at nine.", types: "/overzicht 21:00", awaits: "21:00"},
		{
			clock: "18:05", says: "Two more stories come in. They wait for the evening.",
			appears: &item{"tribune", "verslag", "KV Mechelen klopt Westerlo met 2-1 na late kopbal", "De invaller van Malinwa besliste de match in de 89ste minuut."},
			quiet:   true,
		},
		{
			clock:   "18:20",
			appears: &item{"virage", "diables", "Diables rouges : deux nouveaux dans la sélection pour mars", "Le sélectionneur des Diables rouges veut du sang neuf pour les barrages."},
			quiet:   true,
		},
		{clock: "21:00", says: "Nine o'clock: the digest.", awaits: "late kopbal"},
	}
}
