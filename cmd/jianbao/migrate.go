package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"

	"jianbao/fault"
	"jianbao/store"
)

// migrate brings the tables of the database up to date, which serve does by
// itself: for those who want it done before, and by another account.
type migrate struct {
	database
	Status bool `help:"Only say how far the tables are; change nothing."`
	JSON   bool `name:"json" help:"Print one JSON object."`
}

var (
	migrated   = fault.Say("cmd.migrated", "数据库表结构已从第%d版更新到第%d版", "the tables were brought from version %d to %d")
	upToDate   = fault.Say("cmd.up-to-date", "数据库表结构是第%d版，已是最新", "the tables are of version %d, the newest")
	notYet     = fault.Say("cmd.not-yet", "数据库表结构是第%d版，最新是第%d版；待执行：%s", "the tables are of version %d, the newest is %d; still to do: %s")
	fromFuture = fault.Say("cmd.from-future", "数据库表结构是第%d版，本程序只认得到第%d版；请用新版程序", "the tables are of version %d, this program knows them up to %d; run a newer one")
)

// versions is what --json prints.
type versions struct {
	From    int64    `json:"from"`
	To      int64    `json:"to"`
	Newest  int64    `json:"newest"`
	Pending []string `json:"pending"`
}

// Run migrates, and says from which version to which.
func (m *migrate) Run(ctx context.Context, c *console) error {
	url, err := m.where()
	if err != nil {
		return err
	}
	before, err := store.TablesOf(ctx, url)
	if err != nil {
		return err
	}
	after := before
	if !m.Status {
		if after, err = applied(ctx, url); err != nil {
			return err
		}
	}
	if m.JSON {
		return json.NewEncoder(c.Out).Encode(versions{before.Version, after.Version, after.Newest, append([]string{}, after.Pending...)})
	}
	c.line(outcome(before, after))
	return nil
}

// where returns the address; only looking makes no directory.
func (m *migrate) where() (string, error) {
	if m.Status && m.DB == "" {
		return filepath.Join(m.Dir, databaseFile), nil
	}
	return m.url()
}

func applied(ctx context.Context, url string) (store.Tables, error) {
	s, err := store.Open(ctx, url)
	if err != nil {
		return store.Tables{}, err
	}
	if err := s.Close(); err != nil {
		return store.Tables{}, err
	}
	return store.TablesOf(ctx, url)
}

func outcome(before, after store.Tables) fault.Reason {
	switch {
	case after.Version > before.Version:
		return migrated.With(before.Version, after.Version)
	case after.Version > after.Newest:
		return fromFuture.With(after.Version, after.Newest)
	case len(after.Pending) > 0:
		return notYet.With(after.Version, after.Newest, strings.Join(after.Pending, ", "))
	}
	return upToDate.With(after.Version)
}
