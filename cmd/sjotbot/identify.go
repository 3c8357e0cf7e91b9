package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/sjotbot/sjotbot/bot/tagging"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// longestLine is the most bytes of one JSON line; a longer one is an error of
// that line, and the next goes on.
const longestLine = 8 << 20

// beginning is how much is kept of a line that is too long.
const beginning = 4 << 10

// identified is what identify says of one article.
type identified struct {
	ID       string             `json:"id"`
	Topics   []identifiedTopic  `json:"topics"`
	Kind     subscriptions.Kind `json:"kind"`
	Result   bool               `json:"result"`
	Football bool               `json:"football"`
	Players  []string           `json:"players,omitempty"`
}

type identifiedTopic struct {
	Topic    subscriptions.Topic  `json:"topic"`
	Level    subscriptions.Level  `json:"level"`
	Scope    subscriptions.Scope  `json:"scope,omitempty"`
	Evidence []identifiedEvidence `json:"evidence"`
}

type identifiedEvidence struct {
	Field string `json:"field"`
	Text  string `json:"text"`
	Start int    `json:"start"`
	Rule  string `json:"rule"`
}

// refused answers a line that could not be read.
type refused struct {
	ID    string `json:"id"`
	Error string `json:"error"`
}

// identify reads articles, one JSON line each, and writes what the tagger makes
// of them, in the same order. It stores and sends nothing.
func identify(ctx context.Context, in io.Reader, out io.Writer, tagger *tagging.Tagger) error {
	err := answerLines(ctx, in, out, func(rec tagging.Record) any {
		return answer(rec.ID, tagger.Tag(rec.Item()))
	})
	if err != nil {
		return fmt.Errorf("identify: %w", err)
	}
	return nil
}

// answerLines writes one JSON line for each article that it reads, before it reads
// the next: a caller may wait for it. A bad line gets an error and the next goes on.
func answerLines(ctx context.Context, in io.Reader, out io.Writer, answer func(tagging.Record) any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return eachLine(ctx, in, func(line []byte, tooLong bool) error {
		if tooLong {
			return enc.Encode(refused{ID: tagging.IDOf(line), Error: fmt.Sprintf("line longer than %d bytes", longestLine)})
		}
		rec, err := tagging.ParseArticle(line)
		if err != nil {
			return enc.Encode(refused{ID: rec.ID, Error: err.Error()})
		}
		return enc.Encode(answer(rec))
	})
}

func answer(id string, res tagging.Result) identified {
	out := identified{ID: id, Topics: []identifiedTopic{}, Kind: res.Kind, Result: res.Result, Football: res.Football, Players: res.Players}
	for _, tag := range res.Tags {
		t := identifiedTopic{Topic: tag.Topic, Level: tag.Level, Scope: tag.Scope, Evidence: []identifiedEvidence{}}
		for _, e := range tag.Evidence {
			t.Evidence = append(t.Evidence, identifiedEvidence(e))
		}
		out.Topics = append(out.Topics, t)
	}
	return out
}

// eachLine calls fn for each line that is not blank. Of a line that is longer
// than longestLine it hands over only the beginning, which may tell its id.
func eachLine(ctx context.Context, in io.Reader, fn func(line []byte, tooLong bool) error) error {
	in, release := interruptible(ctx, in)
	defer release()
	r := bufio.NewReaderSize(in, 64<<10)
	var line []byte
	tooLong := false
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > longestLine {
			tooLong, line = true, line[:min(len(line), beginning)]
		} else if !tooLong {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if tooLong || len(trimmed(line)) > 0 {
			if ferr := fn(trimmed(line), tooLong); ferr != nil {
				return ferr
			}
		}
		if err != nil {
			return nil //nolint:nilerr // the end of the input
		}
		line, tooLong = line[:0], false
	}
}

// interruptible returns what r reads until the context ends: a read from a terminal
// or a pipe would else wait for ever. The caller releases it.
func interruptible(ctx context.Context, r io.Reader) (read io.Reader, release func()) {
	out, in := io.Pipe()
	go func() {
		_, err := io.Copy(in, r)
		in.CloseWithError(err)
	}()
	stop := context.AfterFunc(ctx, func() { in.CloseWithError(ctx.Err()) })
	return out, func() { stop(); out.Close() }
}

func trimmed(line []byte) []byte {
	for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r' || line[len(line)-1] == ' ') {
		line = line[:len(line)-1]
	}
	return line
}
