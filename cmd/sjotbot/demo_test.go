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
	compareGolden(t, "demo", out.Bytes())
}

// compareGolden compares what a person reads with what it was.
func compareGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	golden := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s changed (-golden +now); run with -update if it should\n%s", golden, diff)
	}
}
