package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/sjotbot/sjotbot/bot/tagging"
)

// evaluate scores the tagger, and the clustering with it, on labelled files, all
// together, and prints the figures; with listErrors also each item that was
// wrong. A file that cannot be read, holds a line that is no record, or has no
// labels at all, is an error: figures on nothing look like a full score.
func evaluate(ctx context.Context, files []string, out io.Writer, tagger *tagging.Tagger, listErrors bool) error {
	if len(files) == 0 {
		return errors.New("evaluate: name at least one file of labelled items")
	}
	card, stories := tagging.NewScorecard(), newStorycard(tagger)
	for _, file := range files {
		labelled := false
		err := eachRecord(ctx, file, func(rec tagging.Record) {
			labelled = labelled || rec.Labels != nil || storyGroup(rec.Notes) != ""
			card.Add(rec, tagger.Tag(rec.Item()))
			stories.add(rec)
		})
		if err != nil {
			return fmt.Errorf("evaluate: %w", err)
		}
		if !labelled {
			return fmt.Errorf("evaluate: no labelled items in %s; \"sjotbot evaluate --help\" shows the labels", file)
		}
	}
	if err := card.Print(out, listErrors); err != nil {
		return err
	}
	return stories.print(out, listErrors)
}

// eachRecord calls fn for each record of a file.
func eachRecord(ctx context.Context, file string, fn func(tagging.Record)) (err error) {
	f, err := os.Open(file) //nolint:gosec // G304: the operator names the file
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	n := 0
	return eachLine(ctx, f, func(line []byte, tooLong bool) error {
		n++
		if tooLong {
			return fmt.Errorf("%s: record %d: longer than %d bytes", file, n, longestLine)
		}
		rec, err := tagging.ParseRecord(line)
		if err != nil {
			return fmt.Errorf("%s: record %d: %w", file, n, err)
		}
		fn(rec)
		return nil
	})
}

// storycard scores the clustering: of the items that a person marked as one story
// ("dup-group:<name>" in the notes), which pairs were joined, and which pairs
// were joined of which at least one has such a mark and the other not the same.
// Two items without a mark say nothing.
type storycard struct {
	clusterer *clusterer
	placed    []placedRecord
}

type placedRecord struct{ id, group, story string }

func newStorycard(tagger *tagging.Tagger) *storycard {
	return &storycard{clusterer: newClusterer(tagger)}
}

func (s *storycard) add(rec tagging.Record) {
	s.placed = append(s.placed, placedRecord{rec.ID, storyGroup(rec.Notes), s.clusterer.place(rec).Story})
}

// storyGroup reads the name behind "dup-group:", up to a space or a mark.
func storyGroup(notes string) string {
	_, rest, ok := strings.Cut(notes, "dup-group:")
	if !ok {
		return ""
	}
	if end := strings.IndexAny(rest, " ;,."); end >= 0 {
		rest = rest[:end]
	}
	return rest
}

func (s *storycard) print(out io.Writer, listErrors bool) error {
	var pairs tagging.Tally
	var wrong strings.Builder
	stories := map[string]bool{}
	for i, a := range s.placed {
		stories[a.story] = true
		for _, b := range s.placed[:i] {
			marked, one, joined := a.group+b.group != "", a.group != "" && a.group == b.group, a.story == b.story
			switch {
			case one && joined:
				pairs.Right++
			case one:
				pairs.Missed++
				fmt.Fprintf(&wrong, "    not joined  %s %s\n", b.id, a.id)
			case marked && joined:
				pairs.Extra++
				fmt.Fprintf(&wrong, "    joined      %s %s\n", b.id, a.id)
			}
		}
	}
	_, err := fmt.Fprintf(out, "stories %d of %d items; marked pairs: %s  (%d right, %d extra, %d missed)\n",
		len(stories), len(s.placed), pairs, pairs.Right, pairs.Extra, pairs.Missed)
	if err == nil && listErrors {
		_, err = io.WriteString(out, wrong.String())
	}
	return err
}
