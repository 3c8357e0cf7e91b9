package tagging

import (
	"bufio"
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
)

//go:embed words/*.txt
var wordFiles embed.FS

// language numbers the languages that texts come in.
type language uint8

const (
	anyLanguage language = iota
	dutch
	french
	german
	english
	languages
)

func languageOf(tag string) language {
	if len(tag) > 2 {
		tag = tag[:2]
	}
	switch strings.ToLower(tag) {
	case "nl":
		return dutch
	case "fr":
		return french
	case "de":
		return german
	case "en":
		return english
	}
	return anyLanguage
}

// class is a set of the classes of words, one bit a file in words/.
type class uint64

const (
	wFootball class = 1 << iota
	wBall
	wOtherSport
	wElsewhere
	wFormer
	wArticle
	wAgainst
	wAt
	wInside
	wAnd
	wCompares
	wCoach
	wNation
	wRole
	wVerb
	wHidden
	wYouth
	wWomen
	wHedge
	wOpen
	wMarket
	wOfficial
	wSays
	wRoundup
	wPoll
	wOpinion
	wWins
	wWithheld
	wOpponent
	wLeft
	wPredecessor
	wCandidates
	wTournament
	wBelgium
	wCoefficient
	wKin
	wParticle
	wUnited
	wForeign
	wBelgian
	wThan
	wTeamwork
	wPundit
	wAfter
	wOnce
	wInterview
	wPlace
	wPrize
	wFixture
	wHires
	wSuccessor
	wNationality
	wTakeover
	wCallUp
	wCountry
	wLeague
	wDerby
	wWomenLeague
	wIdentity
	wDestination
	wJudged
	wDone
	// The rest have no file.
	wName   // begins a name of the catalogue or a decoy
	wPhrase // begins a phrase of several words
)

// classFiles says which file fills which class.
func classFiles() map[string]class {
	return map[string]class{
		"football": wFootball, "ball": wBall, "othersport": wOtherSport, "elsewhere": wElsewhere, "former": wFormer,
		"article": wArticle, "against": wAgainst, "at": wAt, "inside": wInside, "and": wAnd, "compares": wCompares,
		"coach": wCoach, "nation": wNation, "role": wRole, "verb": wVerb, "hidden": wHidden, "youth": wYouth,
		"women": wWomen, "hedge": wHedge | wOpen, "soft": wHedge, "market": wMarket, "official": wOfficial, "says": wSays,
		"roundup": wRoundup, "poll": wPoll, "opinion": wOpinion, "wins": wWins, "withheld": wWithheld,
		"opponent": wOpponent, "left": wLeft, "predecessor": wPredecessor, "candidates": wCandidates,
		"tournament": wTournament, "belgium": wBelgium, "coefficient": wCoefficient, "kin": wKin,
		"particle": wParticle, "unitedclues": wUnited, "foreign": wForeign, "belgian": wBelgian, "than": wThan,
		"teamwork": wTeamwork, "pundit": wPundit, "after": wAfter, "once": wOnce, "interview": wInterview,
		"place": wPlace, "prize": wPrize, "fixture": wFixture, "hires": wHires, "successor": wSuccessor,
		"nationality": wNationality, "takeover": wTakeover, "callup": wCallUp, "country": wCountry, "league": wLeague,
		"derby": wDerby, "womenleague": wWomenLeague, "identity": wIdentity, "destination": wDestination,
		"judged": wJudged, "done": wDone,
	}
}

// lexicon knows every word that any rule or name uses.
type lexicon struct {
	folds    *folds
	ids      map[string]uint32
	words    []word // by id; 0 is the unknown word
	prefixes stems
	suffixes stems
	phrases  *trie     // phrases of words/
	meanings []meaning // by phrase
}

// meaning is what a phrase says at its last word, and what its words do not say in it.
type meaning struct{ senses, except senses }

// senses are the classes of a word or phrase by language.
type senses [languages]class

func (s *senses) in(l language) class {
	if l == anyLanguage {
		all := s[anyLanguage]
		for _, c := range s[1:] {
			all |= c
		}
		return all
	}
	return s[anyLanguage] | s[l]
}

type word struct {
	senses
	// except are the classes that a stem would give it and that it does not have.
	except senses
	// possessive: it may stand with an s behind it and still be the name.
	possessive bool
}

// newLexicon reads the word files and returns with them the decoys: the phrases
// of the decoy files, by file.
func newLexicon() (*lexicon, map[string][]string, error) {
	lex := &lexicon{folds: newFolds(), ids: map[string]uint32{}, words: make([]word, 1), phrases: newTrie()}
	decoys := map[string][]string{}
	classes := classFiles()
	files, err := fs.Glob(wordFiles, "words/*.txt")
	if err != nil {
		return lex, decoys, fmt.Errorf("read words: %w", err)
	}
	for _, file := range files {
		text, err := wordFiles.ReadFile(file)
		if err != nil {
			return lex, decoys, fmt.Errorf("read words: %w", err)
		}
		name := strings.TrimSuffix(path.Base(file), ".txt")
		kind, isDecoy := strings.CutPrefix(name, "decoy-")
		c, known := classes[name]
		if !known && !isDecoy {
			return lex, decoys, fmt.Errorf("read words: %s is no class", file)
		}
		err = eachWord(text, func(l language, phrase string) error {
			if isDecoy {
				decoys[kind] = append(decoys[kind], phrase)
				return nil
			}
			return lex.teach(phrase, l, c)
		})
		if err != nil {
			return lex, decoys, fmt.Errorf("%s: %w", file, err)
		}
	}
	return lex, decoys, nil
}

// eachWord calls fn for each entry of a word file.
func eachWord(text []byte, fn func(language, string) error) error {
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line, _, _ := strings.Cut(lines.Text(), "#")
		line = strings.TrimSpace(line)
		l := anyLanguage
		if tag, rest, ok := strings.Cut(line, ":"); ok && languageOf(tag) != anyLanguage && len(tag) == 2 {
			l, line = languageOf(tag), rest
		}
		for entry := range strings.SplitSeq(line, ",") {
			if entry = strings.TrimSpace(entry); entry == "" {
				continue
			}
			if err := fn(l, entry); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	return lines.Err()
}

// teach enters a word, a stem ("transfer*", "*trainer"), a phrase, or an exception: a word to
// which the stems do not apply ("!préférait"), a phrase whose words do not mean it ("!haalt uit tegen").
func (lex *lexicon) teach(phrase string, l language, c class) error {
	words := lex.split(phrase)
	switch {
	case len(words) == 0:
		return errors.New("entry without letters: " + phrase)
	case strings.HasPrefix(phrase, "!") && len(words) == 1:
		lex.words[lex.id(words[0])].except[l] |= c
		return nil
	case strings.HasPrefix(phrase, "!"):
		lex.phraseMeaning(words).except[l] |= c
		return nil
	case strings.HasSuffix(phrase, "*"):
		lex.prefixes.add(words[len(words)-1], l, c)
		fallthrough
	case strings.HasPrefix(phrase, "*"):
		if strings.HasPrefix(phrase, "*") {
			w := []byte(words[0])
			slices.Reverse(w)
			lex.suffixes.add(string(w), l, c)
		}
		if len(words) > 1 {
			return errors.New("a star goes with one word: " + phrase)
		}
	}
	if len(words) == 1 {
		lex.words[lex.id(words[0])].senses[l] |= c
		return nil
	}
	lex.phraseMeaning(words).senses[l] |= c
	for _, contracted := range contractions(words, l) {
		lex.phraseMeaning(contracted).senses[l] |= c
	}
	return nil
}

// phraseMeaning returns the meaning of a phrase, new or known.
func (lex *lexicon) phraseMeaning(words []string) *meaning {
	ids := lex.phrase(words)
	n, isNew := lex.phrases.add(ids, int32(len(lex.meanings))) //nolint:gosec // G115: some thousand phrases
	if isNew {
		lex.meanings = append(lex.meanings, meaning{})
	}
	lex.words[ids[0]].senses[anyLanguage] |= wPhrase
	return &lex.meanings[n]
}

// contractions returns a French phrase with the other forms of the preposition that ends it:
// "successeur de" is also "successeur d'Hoefkens" and "successeur du coach".
func contractions(words []string, l language) (phrases [][]string) {
	last := len(words) - 1
	if l != french || last < 1 {
		return nil
	}
	for _, form := range map[string][]string{"de": {"d", "du", "des"}, "a": {"au", "aux"}}[words[last]] {
		phrases = append(phrases, append(slices.Clone(words[:last]), form))
	}
	return phrases
}

// split cuts a phrase into folded words, in the same way as the scanner.
func (lex *lexicon) split(phrase string) []string {
	var words []string
	start := -1
	s := scanner{lex: lex}
	flush := func(end int) {
		if start >= 0 {
			words = append(words, lex.folds.word(phrase[start:end]))
			start = -1
		}
	}
	for i, r := range phrase {
		switch {
		case s.letter(r):
			if start < 0 {
				start = i
			}
		case !invisible(r):
			flush(i)
		}
	}
	flush(len(phrase))
	return words
}

// capitalAt returns which word of a phrase is the first with a capital, -1 if
// none is.
func (lex *lexicon) capitalAt(phrase string) int {
	s := scanner{lex: lex}
	n, inside := 0, false
	for _, r := range phrase {
		switch {
		case !s.letter(r):
			if inside && !invisible(r) {
				n, inside = n+1, false
			}
		case !inside && (unicode.IsUpper(r) || unicode.IsDigit(r)):
			if unicode.IsDigit(r) {
				return -1
			}
			return n
		default:
			inside = true
		}
	}
	return -1
}

// id returns the number of a folded word, and enters it if it is new.
func (lex *lexicon) id(folded string) uint32 {
	if id, ok := lex.ids[folded]; ok {
		return id
	}
	id := uint32(len(lex.words)) //nolint:gosec // G115: some thousand words
	lex.ids[folded] = id
	lex.words = append(lex.words, word{})
	return id
}

func (lex *lexicon) phrase(words []string) []uint32 {
	ids := make([]uint32, len(words))
	for i, w := range words {
		ids[i] = lex.id(w)
	}
	return ids
}

// find looks a folded word up: its number, 0 if no rule knows it, and its
// classes in a language. A word that is unknown but for a genitive s ("Genks",
// "Anderlechts") is the word without it if that is a name.
func (lex *lexicon) find(folded []byte, l language) (uint32, class) {
	id := lex.ids[string(folded)]
	if id == 0 {
		if n := len(folded) - 1; n > 2 && folded[n] == 's' {
			if base := lex.ids[string(folded[:n])]; base != 0 && lex.words[base].possessive {
				return base, lex.words[base].in(l)
			}
		}
		return 0, lex.stemmed(folded, l)
	}
	w := &lex.words[id]
	return id, w.in(l) | lex.stemmed(folded, l)&^w.except.in(l)
}

func (lex *lexicon) stemmed(folded []byte, l language) class {
	return lex.prefixes.find(folded, l) | lex.suffixes.findBackward(folded, l)
}

// stems is a trie over letters for words known by their beginning or end.
type stems struct {
	nodes []stemNode
}

type stemNode struct {
	next [26]int16
	senses
}

func (s *stems) add(letters string, l language, c class) {
	if len(s.nodes) == 0 {
		s.nodes = make([]stemNode, 1)
	}
	at := int16(0)
	for _, b := range []byte(letters) {
		if b < 'a' || b > 'z' {
			return
		}
		if s.nodes[at].next[b-'a'] == 0 {
			s.nodes[at].next[b-'a'] = int16(len(s.nodes)) //nolint:gosec // G115: some thousand nodes
			s.nodes = append(s.nodes, stemNode{})
		}
		at = s.nodes[at].next[b-'a']
	}
	s.nodes[at].senses[l] |= c
}

func (s *stems) find(folded []byte, l language) class {
	var c class
	at := int16(0)
	for _, b := range folded {
		if b < 'a' || b > 'z' {
			break
		}
		if at = s.nodes[at].next[b-'a']; at == 0 {
			break
		}
		c |= s.nodes[at].in(l)
	}
	return c
}

func (s *stems) findBackward(folded []byte, l language) class {
	var c class
	at := int16(0)
	for i := len(folded) - 1; i >= 0; i-- {
		b := folded[i]
		if b < 'a' || b > 'z' {
			break
		}
		if at = s.nodes[at].next[b-'a']; at == 0 {
			break
		}
		c |= s.nodes[at].in(l)
	}
	return c
}
