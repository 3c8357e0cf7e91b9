package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// backup copies the database to a new file while the bot runs.
func (p program) backup(ctx context.Context, c call) error {
	if len(c.args) != 1 || c.args[0] == "" {
		return usageError{"backup takes one argument: the file to write"}
	}
	to := c.args[0]
	cfg, err := loadConfig(c.config, p.getenv)
	if err != nil {
		return err
	}
	if _, err := os.Stat(cfg.Database); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("back up: there is no database %s", cfg.Database)
	}
	if _, err := os.Stat(to); err == nil {
		return fmt.Errorf("back up: %s is there already, and is not overwritten", to)
	}
	if folder := filepath.Dir(to); !isFolder(folder) {
		return fmt.Errorf("back up to %s: there is no folder %s", to, folder)
	}
	if err := sqlite.Copy(ctx, cfg.Database, to, newLogger(p.stderr, cfg.Log.Level, "warn")); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s was copied to %s\n", cfg.Database, to)
	return nil
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
