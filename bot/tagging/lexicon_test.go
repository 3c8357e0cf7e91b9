package tagging

import "testing"

// The word files are read when a Tagger is made, and New does not fail.
func TestWordFilesAreSound(t *testing.T) {
	t.Parallel()
	if _, _, err := newLexicon(); err != nil {
		t.Error(err)
	}
	if _, err := readSources(); err != nil {
		t.Error(err)
	}
}
