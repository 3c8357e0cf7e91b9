package tagging

import "strings"

// section is what the publisher's rubric or address says.
type section uint8

const (
	noSection section = iota
	footballSection
	sportSection
	otherSportSection
	newsSection
)

// sectionOf reads the rubric, which the headline may say itself, and the folders of the address.
func (r *reading) sectionOf() section {
	if r.footballLabel {
		return footballSection
	}
	if s := r.words.section(strings.ToLower(r.item.Section)); s != noSection {
		return s
	}
	if otherSportHost(hostOf(r.item)) || otherSportHost(strings.ToLower(r.item.Source)) {
		return otherSportSection
	}
	best := noSection
	path := strings.Trim(r.path, "/")
	folders := strings.Count(path, "/")
	for n := 0; n < folders; n++ {
		folder, rest, _ := strings.Cut(path, "/")
		path = rest
		switch s := r.words.section(folder); s {
		case footballSection, otherSportSection:
			return s
		case sportSection, newsSection:
			best = s
		case noSection:
		}
	}
	return best
}

// sectionFolders are the folders of addresses and the names of rubrics.
func sectionFolders() map[section]string {
	return map[section]string{
		footballSection: `voetbal football foot soccer belgisch-voetbal buitenlands-voetbal voetbal-nationaal voetbal-internationaal
			jupiler-pro-league challenger-pro-league pro-league rode-duivels diables-rouges club-brugge rsc-anderlecht
			kaa-gent krc-genk football-belge football-etranger jpl jupilerproleague champions-league division-1a division-1b
			division-1 division-2 diables fussball fußball premier-league europa-league belgian-football wk-2026 ek-2024
			mercato transfers wk-voetbal mondial coupe-du-monde euro-2024 standard anderlecht-football soccer-news`,
		sportSection: `sport sports`,
		otherSportSection: `tous-les-sports andere-sporten basketbal basketball basket hockey wielrennen cyclisme cycling tennis volleybal volleyball volley
			atletiek athletisme formule-1 formule1 autosport zwemmen zaalvoetbal futsal veldrijden cyclocross handbal handball
			rugby judo boksen darts golf motorsport esports e-sports padel turnen schaatsen auto-moto`,
		newsSection: `economie politiek politique regio region regions regionaal binnenland buitenland wetenschap
			natuur-en-wetenschap cultuur culture showbizz faits-divers societe monde lokaal nina reizen
			gezondheid justitie misdaad weer muziek film tv media consument wonen auto planet ihln`,
	}
}

// townFolders are the folders of local pages: news of the town, not of its club.
const townFolders = `gent antwerpen brugge leuven mechelen kortrijk genk hasselt lommel lokeren beveren waregem westerlo dender
	denderleeuw aalst brussel bruxelles charleroi liege luik seraing eupen anderlecht lier oostende roeselare
	sint-truiden saint-trond gand anvers bruges malines courtrai louvain la-louviere virton molenbeek forest vorst
	limburg west-vlaanderen oost-vlaanderen vlaams-brabant brabant hainaut namur huy mons tournai verviers
	maasmechelen beringen tongeren sint-niklaas dendermonde`

func (v *vocabulary) section(folder string) section { return v.sections[folder] }
