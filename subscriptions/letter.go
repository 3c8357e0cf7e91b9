package subscriptions

// PlainLetter returns how a small letter that NFKD does not take apart is typed on a keyboard without
// it ("œ" is "oe"), and any other rune as it is. Names, search and the words of articles are compared
// by it: who seeks sorensen means Sørensen. What a store keeps is written so: a change needs a
// migration there.
func PlainLetter(r rune) string {
	switch r {
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ł':
		return "l"
	case 'ı':
		return "i"
	case 'œ':
		return "oe"
	case 'æ':
		return "ae"
	case 'ß':
		return "ss"
	}
	return string(r)
}
