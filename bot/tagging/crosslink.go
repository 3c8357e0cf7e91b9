package tagging

import (
	"strings"
)

// live is a stretch of a field that belongs to the article.
type live struct{ from, to int }

// A crosslink is a line that a publisher sets into a text to lead the reader
// elsewhere; it names clubs that the article is not about.
//
// lineLinks end with their line, tailLinks end the article: what follows them
// is the sidebar. All are compared without regard to case.
func lineLinks() []string {
	return []string{
		"lees ook", "lire aussi", "à lire aussi", "a lire aussi", "lisez aussi", "à lire également", "lire également",
		"bekijk ook", "meer lezen", "lees verder", "lees meer", "lees hier", "read also", "also read", "read more",
		"lesen sie auch", "mehr lesen", "ook interessant", "voir aussi", "plus d'infos",
		"bron:", "volg ons", "suivez-nous",
	}
}

// photoCredits begin a line with the name of who took the picture; the article may go on behind it.
func photoCredits() []string {
	return []string{"foto:", "foto's:", "foto ©", "photo:", "photo :", "photos:", "photo ©", "photo news", "photonews", "©", "bild:"}
}

// creditMost is how many bytes a credit has at most: "Foto: © Photo News / Voornaam Langenachternaam".
const creditMost = 60

func tailLinks() []string {
	return []string{
		"meest recent", "meest gelezen", "meer nieuws", "populairste artikels", "populaire artikels", "populair nieuws",
		"gerelateerde artikels", "gerelateerd nieuws", "laatste nieuws", "aanbevolen artikels", "jouw mening telt",
		"les plus lus", "les + lus", "articles les plus lus", "plus d'actualités", "plus d'articles", "dernières nouvelles", "sur le même sujet",
		"vous désirez lire la suite", "word fan van", "devenez fan de", "most read", "latest news", "related articles",
		"das könnte sie auch interessieren", "meistgelesen",
	}
}

// links finds cross-links by how a line begins.
type links struct {
	line, tail []string
	credits    []string
	inline     []string
}

func newLinks() *links {
	return &links{
		line: withHardBlanks(lineLinks()), tail: withHardBlanks(tailLinks()), credits: withHardBlanks(photoCredits()),
		inline: withHardBlanks([]string{
			"LEES OOK", "Lees ook:", "Lees ook...", "Lees ook…", "LIRE AUSSI", "Lire aussi", "À lire aussi", "A lire aussi", "LEES MEER", "Lees meer",
		}),
	}
}

// withHardBlanks adds each link as it is written with hard blanks.
func withHardBlanks(links []string) []string {
	for _, link := range links {
		if strings.Contains(link, " ") {
			links = append(links, strings.ReplaceAll(link, " ", "\u00a0"))
		}
	}
	return links
}

// cut appends the stretches of text that are the article's own.
func (l *links) cut(dst []live, text string, limit int) []live {
	if len(text) > limit {
		text = text[:limit]
	}
	for start := 0; start < len(text); {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		line := strings.TrimLeft(text[start:end], " \t\r>•*·-–—►▶️")
		switch {
		case hasPrefixFold(line, l.tail):
			return dst
		case line == "" || bareNumber(line) || hasPrefixFold(line, l.line):
		default:
			from := end - len(line) + l.creditEnd(line)
			if from < end {
				dst = append(dst, live{from, from + l.inlineEnd(text[from:end])})
			}
		}
		start = end + 1
	}
	return dst
}

// creditEnd returns where a line goes on behind the credit of its picture: its length if it is nothing else, 0 if it has
// none.
func (l *links) creditEnd(line string) int {
	if !hasPrefixFold(line, l.credits) {
		return 0
	}
	for _, ends := range []string{". ", " | ", " - ", " – ", ".\u00a0"} {
		if i := strings.Index(line[:min(len(line), creditMost)], ends); i >= 0 {
			return i + len(ends)
		}
	}
	if len(line) <= creditMost {
		return len(line)
	}
	return 0
}

// inlineEnd returns where a cross-link within a line begins, or its length.
func (l *links) inlineEnd(line string) int {
	end := len(line)
	for _, link := range l.inline {
		if i := strings.Index(line[:end], link); i >= 0 {
			end = i
		}
	}
	return end
}

func hasPrefixFold(line string, prefixes []string) bool {
	for _, p := range prefixes {
		if len(line) >= len(p) && strings.EqualFold(line[:len(p)], p) {
			return true
		}
	}
	return false
}

// bareNumber reports a line that is a count of reactions.
func bareNumber(line string) bool {
	line = strings.TrimSpace(line)
	for i := range len(line) {
		if line[i] < '0' || line[i] > '9' {
			return false
		}
	}
	return line != "" && len(line) <= 6
}
