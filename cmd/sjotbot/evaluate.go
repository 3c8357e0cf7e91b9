package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/sjotbot/sjotbot/bot/tagging"
)

// evaluate scores the tagger on labelled files, all together, and prints the
// figures; with listErrors also each item that was wrong. A file that cannot be
// read, or holds a line that is no record, is an error.
func evaluate(ctx context.Context, files []string, out io.Writer, tagger *tagging.Tagger, listErrors bool) error {
	if len(files) == 0 {
		return errors.New("evaluate: name at least one file of labelled items")
	}
	card := tagging.NewScorecard()
	for _, file := range files {
		if err := evaluateFile(ctx, file, tagger, card); err != nil {
			return fmt.Errorf("evaluate: %w", err)
		}
	}
	return card.Print(out, listErrors)
}

func evaluateFile(ctx context.Context, file string, tagger *tagging.Tagger, card *tagging.Scorecard) (err error) {
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
		card.Add(rec, tagger.Tag(rec.Item()))
		return nil
	})
}
