package tagging_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot/tagging"
)

// What a line that is no article is told, and what is ignored of one that is.
func TestParseArticle(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		line string
		id   string
		err  string
	}{
		"all that is needed":      {`{"id":"a","title":"Genk wint"}`, "a", ""},
		"unknown keys":            {`{"id":"a","title":"Genk wint","x":1,"ID":5,"Title":[]}`, "a", ""},
		"labels of another kind":  {`{"id":"a","title":"Genk wint","labels":"x","passing":[],"kind":1,"text_basis":{},"notes":5}`, "a", ""},
		"a section that is none":  {`{"id":"a","title":"Genk wint","section":5}`, "a", ""},
		"null is not there":       {`{"id":"a","title":"Genk wint","lang":null}`, "a", ""},
		"no id":                   {`{"title":"Genk wint"}`, "", `read article: id: is missing`},
		"no title":                {`{"id":"a","teaser":"Genk wint"}`, "a", `read article: title: is missing`},
		"id is a number":          {`{"id":7,"title":"Genk wint"}`, "7", `read article: id: expected text in quotes, got a number`},
		"lang is a list":          {`{"lang":["nl"],"title":"Genk wint","id":"a"}`, "a", `read article: lang: expected text in quotes, got a list`},
		"url is an object":        {`{"id":"a","title":"Genk wint","url":{}}`, "a", `read article: url: expected text in quotes, got an object`},
		"body is true":            {`{"id":"a","title":"Genk wint","body":true}`, "a", `read article: body: expected text in quotes, got true or false`},
		"cut off behind the id":   {`{"id":"h","title":"…"`, "h", `read article: the line ends before its JSON object does`},
		"cut off within a text":   {`{"lang":"nl","id":"h","title":"Genk`, "h", `read article: the line ends before its JSON object does`},
		"cut off before the id":   {`{"title":"Genk`, "", `read article: the line ends before its JSON object does`},
		"the id deeper down":      {`{"labels":{"id":"x"},"title":"Genk`, "", `read article: the line ends before its JSON object does`},
		"not JSON":                {`Genk wint`, "", `read article: not JSON at character 1: invalid character 'G' looking for beginning of value`},
		"more behind the object":  {`{"id":"a","title":"Genk wint"} x`, "a", `read article: not JSON at character 32: invalid character 'x' after top-level value`},
		"a list":                  {`[1]`, "", `read article: expected an object like {"id":"1","title":"Genk wint"}, got a list`},
		"null":                    {`null`, "", `read article: expected an object like {"id":"1","title":"Genk wint"}, got null`},
		"an id that is an object": {`{"id":{},"title":"Genk wint"}`, "", `read article: id: expected text in quotes, got an object`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rec, err := tagging.ParseArticle([]byte(tt.line))
			said := ""
			if err != nil {
				said = err.Error()
			}
			if rec.ID != tt.id || said != tt.err {
				t.Errorf("id %q, error %q\nwant %q, %q", rec.ID, said, tt.id, tt.err)
			}
		})
	}
}

// Labels count only where they are scored; there a wrong one is a mistake.
func TestParseRecord(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		line string
		want tagging.Record
		err  string
	}{
		"labelled": {
			line: `{"id":"a","title":"Genk wint","labels":{"clubs":["genk"]},"kind":"fact","text_basis":"verbatim","notes":"x"}`,
			want: tagging.Record{ID: "a", Title: "Genk wint", Labels: &tagging.Labels{Clubs: []string{"genk"}}, Kind: "fact", Basis: "verbatim", Notes: "x"},
		},
		"labels are text": {
			line: `{"id":"a","title":"Genk wint","labels":"genk"}`,
			err:  `read record: labels: expected an object like {"clubs":["genk"],"coaches":["ivan-leko"],"teams":[],"rode_duivels":false}, got text`,
		},
		"clubs are no list": {
			line: `{"id":"a","title":"Genk wint","labels":{"clubs":"genk"}}`,
			err:  `read record: labels: expected lists of ids, as in {"clubs":["genk"],"coaches":["ivan-leko"],"teams":[],"rode_duivels":false}`,
		},
		"notes are a number": {
			line: `{"id":"a","title":"Genk wint","notes":5}`,
			err:  `read record: notes: expected text in quotes, got a number`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rec, err := tagging.ParseRecord([]byte(tt.line))
			if tt.err != "" {
				if err == nil || err.Error() != tt.err {
					t.Errorf("error %v\nwant  %s", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, rec); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
