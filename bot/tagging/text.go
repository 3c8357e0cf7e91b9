package tagging

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// field numbers the parts of an article in the order of their weight.
type field uint8

const (
	inTitle field = iota
	inLead
	inBody
)

func (f field) String() string {
	return [...]string{"title", "lead", "body"}[f]
}

// mark is what stands between a word and the one before it.
type mark uint32

const (
	space mark = 1 << iota
	hyphen
	apostrophe
	comma
	colon
	semicolon
	stop     // . ? ! … or a new line
	question // with stop
	dash     // – — or a hyphen between spaces
	slash
	ampersand
	opens  // a quotation, of any sort
	closes // a quotation
	opensParen
	closesParen
	begins // the first word of its field, or of a line of it
)

// breaks reports that a name cannot go on over this mark.
func (m mark) breaks() bool {
	return m&(comma|colon|semicolon|question|dash|slash|opens|closes|opensParen|closesParen) != 0 ||
		m.ends() && m&space != 0
}

// abbreviates is set with stop when the word before is a single capital ("K. Lierse").
const abbreviates mark = 1 << 30

// ends reports that a sentence ended before this mark.
func (m mark) ends() bool { return m&stop != 0 && m&abbreviates == 0 }

// starts reports that a sentence, or something that needs a capital like one,
// starts after this mark.
func (m mark) starts() bool {
	return m&(begins|colon|opens) != 0 || m.ends()
}

// shape is how a word is written.
type shape uint8

const (
	capital shape = 1 << iota // begins with a capital
	shouted                   // two capitals or more and no small letter
	number
	doubleQuoted
	singleQuoted
	bracketed
)

// token is a word of the text.
type token struct {
	start, end int32 // bytes in its field
	word       uint32
	classes    class
	before     mark
	value      int32 // of a number
	shape      shape
	field      field
}

func (t *token) is(c class) bool  { return t.classes&c != 0 }
func (t *token) has(s shape) bool { return t.shape&s != 0 }

// among reports one of a few known words.
func (t *token) among(words []uint32) bool { return t.word != 0 && slices.Contains(words, t.word) }

func (t *token) quoted() bool { return t.shape&(doubleQuoted|singleQuoted) != 0 }

// joined reports a mark without a blank between a word and the one before it; the first word of a field
// is joined to none.
func (t *token) joined(m mark) bool { return t.before&m != 0 && t.before&(space|begins) == 0 }

// The most bytes of a field that are read. What an article is about is said in
// its beginning; a megabyte in one line must not cost a second.
const (
	maxTitle = 1 << 10
	maxLead  = 4 << 10
	maxBody  = 32 << 10
)

// maxWord is the most bytes of a folded word that are compared. The longest
// names are far shorter.
const maxWord = 40

// scanner cuts text into words, folded and looked up on the way.
type scanner struct {
	lex      *lexicon
	language language
	tokens   []token

	quote     rune // what closes the double quotation we are in, 0 for none
	single    bool
	singleEnd int // the byte at which the single quotation ends
	paren     bool
}

// scan appends the words of text between from and to, of which the first follows a mark.
func (s *scanner) scan(f field, text string, from, to int, before mark) {
	s.quote, s.single, s.paren = 0, false, false
	var buf [maxWord + 2]byte
	for i := from; i < to; {
		r, size := decode(text, i)
		if !s.letter(r) {
			if r == '<' {
				if n := skipTag(text[i:to]); n > 0 {
					i += n
					before |= space
					continue
				}
			}
			if r == '&' {
				if plain, n := entity(text[i:to]); n > 0 {
					before |= s.separator(text, i, n, plain, to)
					i += n
					continue
				}
			}
			before |= s.separator(text, i, size, r, to)
			i += size
			continue
		}
		i = s.take(f, text, i, to, before, buf[:0])
		before = 0
	}
}

// take appends the word that begins at i and returns where it ends.
func (s *scanner) take(f field, text string, i, to int, before mark, folded []byte) int {
	start, letters, upper, lower, digits, value := i, 0, 0, 0, 0, int32(0)
	var first bool
	for i < to {
		r, size := decode(text, i)
		if !s.letter(r) && !invisible(r) {
			break
		}
		switch {
		case r >= '0' && r <= '9':
			digits++
			if value < 1e6 {
				value = value*10 + (r - '0')
			}
		case unicode.IsUpper(r):
			upper++
			first = first || letters == 0
		case unicode.IsLower(r):
			lower++
		}
		letters++
		if len(folded) < maxWord {
			folded = s.lex.folds.append(folded, r)
		}
		i += size
	}
	t := token{start: int32(start), end: int32(i), before: before, field: f, value: value} //nolint:gosec // G115: fields are cut at 32 kB
	switch {
	case digits == letters:
		t.shape |= number
	case first:
		t.shape |= capital
		if upper >= 2 && lower == 0 {
			t.shape |= shouted
		}
	}
	if s.quote != 0 {
		t.shape |= doubleQuoted
	}
	if s.single {
		t.shape |= singleQuoted
	}
	if s.paren {
		t.shape |= bracketed
	}
	t.word, t.classes = s.lex.find(folded, s.language)
	s.tokens = append(s.tokens, t)
	return i
}

func (s *scanner) letter(r rune) bool {
	if r < foldLimit {
		return s.lex.folds[r][0] != 0
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// separator returns the mark that a rune between words makes, and follows
// quotations and brackets.
func (s *scanner) separator(text string, i, size int, r rune, to int) mark {
	switch r {
	case ' ', '\t', 0xa0, 0x202f:
		return space
	case '\n', '\r':
		return stop | space
	case '-', 0x2010, 0x2011:
		if spaceAt(text, i-1, to) && spaceAt(text, i+size, to) {
			return dash
		}
		return hyphen
	case 0x2013, 0x2014:
		return dash
	case ',':
		return comma
	case ':':
		return colon
	case ';':
		return semicolon
	case '.':
		if n := len(s.tokens); n > 0 && i == int(s.tokens[n-1].end) && s.tokens[n-1].has(capital) && abbreviation(text[s.tokens[n-1].start:i]) {
			return stop | abbreviates
		}
		return stop
	case '!', '…':
		return stop
	case '?':
		return stop | question
	case '|', '•', '·':
		return semicolon
	case '/':
		return slash
	case '&':
		return ampersand
	case '(', '[':
		s.paren = true
		return opensParen
	case ')', ']':
		s.paren = false
		return closesParen
	case '"', '“', '”', '„', '«', '»':
		return s.double(r, s.letterAfter(text, i+size, to))
	case '\'', '’', '‘', '`', '´':
		return s.apostrophe(text, i, size, to)
	}
	return space
}

// double follows quotations in double quotes. Headlines mix the pairs
// ("straight open, curly close"), so any double quote closes the open one, save
// that guillemets and curly openers open anew.
func (s *scanner) double(r rune, beforeWord bool) mark {
	if r == '»' && s.quote == 0 && beforeWord {
		s.quote = r // German: »Wir sind bereit«
		return opens
	}
	if r == '«' && s.quote == '»' {
		s.quote = 0
		return closes
	}
	if s.quote != 0 && r != '«' && r != '„' && (r != '“' || s.quote == '„') {
		s.quote = 0
		return closes
	}
	if r == '»' || r == '”' && s.quote == 0 && len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].has(doubleQuoted) {
		return closes
	}
	s.quote = r
	return opens
}

// apostrophe tells an apostrophe (zo'n, l’Union, Buffalo's, 67') from a single
// quotation mark, and the two ends of a quotation from each other.
func (s *scanner) apostrophe(text string, i, size, to int) mark {
	wordBefore, wordAfter := s.letterBefore(text, i), s.letterAfter(text, i+size, to)
	switch {
	case s.single && i >= s.singleEnd:
		s.single = false
		return closes
	case wordBefore && wordAfter:
		return apostrophe
	case s.single || wordBefore && !wordAfter:
		return apostrophe
	case wordAfter && elided(text[i+size:to]):
		return apostrophe
	}
	if end := s.closing(text, i+size, to); end > 0 {
		s.single, s.singleEnd = true, end
		return opens
	}
	return apostrophe
}

// longestQuote is how far a closing quotation mark is looked for.
const longestQuote = 400

// closing returns where the single quotation that opens before i closes: the
// first mark behind a word and not before one; 0 if there is none, or if another
// one opens before.
func (s *scanner) closing(text string, i, to int) int {
	to = min(to, i+longestQuote)
	for j := i; j < to && text[j] != '\n'; {
		r, size := decode(text, j)
		if r == '&' {
			if plain, n := entity(text[j:to]); n > 0 {
				r, size = plain, n
			}
		}
		if r == '\'' || r == '’' || r == '‘' || r == '´' {
			after := s.letterAfter(text, j+size, to)
			switch space := spaceAt(text, j-1, to); {
			case !after && j > i && !space:
				return j
			case after && space && !elided(text[j+size:to]) && !shortYear(text[j+size:to]):
				return 0
			}
		}
		j += size
	}
	return 0
}

// shortYear reports the two figures of a year behind an apostrophe: "zomer '26".
func shortYear(rest string) bool {
	digit := func(i int) bool { return i < len(rest) && rest[i] >= '0' && rest[i] <= '9' }
	return digit(0) && digit(1) && !digit(2)
}

// abbreviation reports a capital or "St" in front of a point: "K. Lierse", "St.
// Truiden". It ends no sentence.
func abbreviation(word string) bool { return len(word) == 1 || word == "St" }

// elided reports the Dutch words that begin with an apostrophe: 't Kuipje, 's
// avonds, 'n.
func elided(rest string) bool {
	return len(rest) >= 2 && (rest[0] == 't' || rest[0] == 's' || rest[0] == 'n' || rest[0] == 'T' || rest[0] == 'S') &&
		(rest[1] == ' ' || rest[1] == '-')
}

func (s *scanner) letterBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return r != utf8.RuneError && s.letter(r)
}

func (s *scanner) letterAfter(text string, i, to int) bool {
	if i >= to {
		return false
	}
	r, _ := decode(text, i)
	return s.letter(r)
}

// spaceAt reports a blank that begins or ends at a byte, hard ones among them.
func spaceAt(text string, i, to int) bool {
	if i < 0 || i >= to || text[i] == ' ' || text[i] == '\n' || text[i] == '\t' {
		return true
	}
	for _, hard := range [...]string{"\u00a0", "\u202f"} {
		if strings.HasPrefix(text[i:], hard) || strings.HasSuffix(text[:i+1], hard) {
			return true
		}
	}
	return false
}

func decode(text string, i int) (rune, int) {
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[i:])
}

// skipTag returns the length of the markup remnant that rest begins with, 0 if
// it is not one.
func skipTag(rest string) int {
	if len(rest) < 3 || !(rest[1] == '/' || rest[1] == '!' || rest[1] >= 'a' && rest[1] <= 'z' || rest[1] >= 'A' && rest[1] <= 'Z') {
		return 0
	}
	for i := 2; i < len(rest) && i < 400; i++ {
		if rest[i] == '>' {
			return i + 1
		}
	}
	return 0
}

// entity reads the few entities that survive in headlines. Others are left: an
// ampersand is a separator.
func entity(rest string) (rune, int) {
	for _, e := range [...]struct {
		text  string
		plain rune
	}{
		{"&amp;", '&'},
		{"&#039;", '\''},
		{"&#39;", '\''},
		{"&apos;", '\''},
		{"&quot;", '"'},
		{"&nbsp;", ' '},
		{"&rsquo;", '’'},
		{"&lsquo;", '‘'},
		{"&ldquo;", '“'},
		{"&rdquo;", '”'},
		{"&laquo;", '«'},
		{"&raquo;", '»'},
		{"&#8217;", '’'},
		{"&#8216;", '‘'},
		{"&#8220;", '“'},
		{"&#8221;", '”'},
		{"&ndash;", '–'},
		{"&hellip;", '…'},
	} {
		if len(rest) >= len(e.text) && rest[:len(e.text)] == e.text {
			return e.plain, len(e.text)
		}
	}
	return 0, 0
}
