package tagging

func (r *reading) titleHas(c class) bool { return r.fieldHas(inTitle, c) }

func (r *reading) leadHas(c class) bool { return r.fieldHas(inLead, c) }

func (r *reading) fieldHas(in field, c class) bool {
	f := r.fields[in]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].is(c) {
			return true
		}
	}
	return false
}

// titleSays reports that the headline has one of a few single words.
func (r *reading) titleSays(words []uint32) bool { return r.fieldSays(inTitle, words) }

// fieldSays reports that a field has one of a few single words.
func (r *reading) fieldSays(in field, words []uint32) bool {
	f := r.fields[in]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].among(words) {
			return true
		}
	}
	return false
}

// titleOrLeadSays reports that headline or lead have one of a few single words.
func (r *reading) titleOrLeadSays(words []uint32) bool {
	for i := range r.fields[inLead].to {
		if r.tokens[i].among(words) {
			return true
		}
	}
	return false
}
