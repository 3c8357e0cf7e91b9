package sqlite

import (
	"maps"
	"slices"
)

// Statements returns the statements that the store has written with.
func (s *Store) Statements() []string { return slices.Collect(maps.Keys(s.writer.statements)) }
