// Package catalogue knows what can be followed, and under which names: the
// clubs, coaches and national teams of Belgian football.
//
// The knowledge is data: TOML files in the folder data, embedded into the
// program, one club, coach, squad or shared name per entry, that a fan can edit.
// An operator's own file of the same form replaces or extends it without a
// rebuild ([Catalogue.Extend]). Each file carries the date at which it was true.
//
// Every [Name] says how safe it is, because most names of Belgian clubs are also
// towns, ordinary words or names of other clubs; package tagging reads the
// safety classes, the shared-name rules and the guards, and decides. The look-up
// of this package ([Catalogue.Find], [Catalogue.Complete]) is what a person types
// into a chat: there every name counts, accents and small typing errors do not.
//
// A coach is a person with dated tenures, who keeps his topic from club to club.
// "The coach of club X" is a topic of its own, coach/of-x, derived from the club.
//
// A Catalogue is immutable and safe for concurrent use. Nothing here does I/O
// after it was read.
package catalogue
