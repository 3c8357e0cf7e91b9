package main

import (
	"context"
	"time"

	"github.com/sjotbot/sjotbot/bot/tagging"
)

// The subcommands that look at articles without a database.

func (p program) identify(ctx context.Context, c call) error {
	tagger, err := p.tagger(c)
	if err != nil {
		return err
	}
	return identify(ctx, p.stdin, p.stdout, tagger)
}

func (p program) evaluate(ctx context.Context, c call) error {
	if len(c.args) == 0 {
		return usageError{"evaluate takes at least one file of labelled items"}
	}
	tagger, err := p.tagger(c)
	if err != nil {
		return err
	}
	return evaluate(ctx, c.args, p.stdout, tagger, c.errors)
}

func (p program) cluster(ctx context.Context, c call) error {
	tagger, err := p.tagger(c)
	if err != nil {
		return err
	}
	return cluster(ctx, p.stdin, p.stdout, tagger)
}

func (p program) catalogue(ctx context.Context, c call) error {
	cfg, err := loadConfig(c.config, p.getenv)
	if err != nil {
		return err
	}
	file := cfg.Catalogue.File
	if checksFile(c) {
		file = "" // the FILE to check would take its place
	}
	cat, err := loadCatalogue(file)
	if err != nil {
		return err
	}
	return runCatalogue(ctx, c, cat, p.stdout, time.Now())
}

// tagger knows the topics of the configuration's catalogue.
func (p program) tagger(c call) (*tagging.Tagger, error) {
	cfg, err := loadConfig(c.config, p.getenv)
	if err != nil {
		return nil, err
	}
	cat, err := loadCatalogue(cfg.Catalogue.File)
	if err != nil {
		return nil, err
	}
	return tagging.New(cat), nil
}
