// Package tagging says what an article is about, of which kind it is, and why.
//
// A [Tagger] is made from a catalogue and is pure: no I/O and no clock. [Tagger.Tag]
// runs once over title, lead and body and then decides, in this order:
//
//  1. Cut. Cross-links ("LEES OOK", "Meest recent") and what sites and agencies write around
//     their copy are left out (crosslink.go, wrapping.go); the rest is cut into words,
//     folded without case and accents, and looked up (text.go, fold.go, lexicon.go).
//     Names and phrases are found by a trie over words (trie.go), so the cost does not
//     grow with the number of names.
//  2. Sport. Rubric, publisher (source.go), vocabulary, names and the shape of scores
//     decide whether this is football at all (sport.go, nameweight.go), because clubs
//     share their names with towns, words and other sports.
//  3. Names. Each name in the text gets a meaning, or none: safe names first, then
//     those that need football, words by case and grammar (resolve.go), names that
//     several claim by what else is named (shared.go), and people by their club, trade
//     and date (person.go); coaches whom the catalogue does not know by the trade that
//     stands with them (introduce.go), that a club gives them (appointment.go) or that
//     headline and lead tell together (stranger.go).
//  4. Subject or mention. A mention is an aside when its sentence makes it one: a
//     former club, a comparison, brackets (stance.go, past.go, measure.go), one of a list
//     (list.go), the opponent (opponent.go, absence.go, onesided.go), above all of who
//     speaks (reaction.go). What is left is a subject by its place: headline over lead over
//     body (judge.go, lead.go), or is its U23 or women's side (side.go). Of the lead, clubs
//     and coaches have rules of their own (leadclub.go, leadcoach.go, leadpassing.go), and so
//     have matches (leadmatch.go, leadresult.go, derby.go, race.go, live.go), moves
//     (leadmove.go), benches (leadbench.go), speakers (leadspeaker.go, onlooker.go) and names
//     that the headline keeps back (hiddenclub.go, hiddencoach.go). The men's national team
//     is another matter (devils.go, devilsmatch.go, belgium.go, selector.go).
//  5. Kind (kind.go, gossip.go, roundup.go, quote.go) and whether a result is given away (result.go).
//
// Every tag carries evidence: the field, the words, the byte and the rule
// (gather.go). What the package knows of language is data, in words/ and
// sources.txt, which a person can extend without Go; what it knows of clubs and
// people is the catalogue's.
//
// [Elsewhere] names clubs abroad and competitions, which no catalogue holds (elsewhere.go).
//
// A [Scorecard] compares all this with labelled [Record] lines.
package tagging
