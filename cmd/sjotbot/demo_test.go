package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestDemo plays the demo with less time to read and compares the whole
// conversation.
func TestDemo(t *testing.T) {
	t.Parallel()
	var out, diagnostics bytes.Buffer
	p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
	if err := p.playDemo(t.Context(), 300*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if diagnostics.Len() > 0 {
		t.Errorf("diagnostics:\n%s", &diagnostics)
	}
	golden := filepath.Join("testdata", "demo.golden")
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("the demo changed (-golden +now); run with -update if it should\n%s", diff)
	}
}
