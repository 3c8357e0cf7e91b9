package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// version prints what was built: the version, the Go that built it, and the
// newest database schema it knows.
func (p program) version(context.Context, call) error {
	fmt.Fprintf(p.stdout, "sjotbot %s\ngo %s\nschema %d\n", buildVersion(), runtime.Version(), sqlite.SchemaVersion())
	return nil
}

// buildVersion is the module's version, or the commit it was built from.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}
