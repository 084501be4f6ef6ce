package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/mailer/sink"
	"jianbao/store"
	"jianbao/workflow/calendar"
)

// checked returns the condition of every part, the worst where there are
// several.
func checked(t *testing.T, want int, args ...string) map[string]condition {
	t.Helper()
	code, out, errs := ran(t, append([]string{"check", "--json"}, args...)...)
	var said struct {
		Findings []struct {
			Part, Says, Mend string
			State            condition
		}
	}
	if err := json.Unmarshal([]byte(out), &said); code != want || err != nil {
		t.Fatalf("exit %d, %v: %s%s", code, err, out, errs)
	}
	worst := map[string]condition{}
	rank := []condition{"", fine, note, bad}
	for _, f := range said.Findings {
		if slices.Index(rank, f.State) > slices.Index(rank, worst[f.Part]) {
			worst[f.Part] = f.State
		}
		if f.Says == "" || f.State == bad && f.Mend == "" {
			t.Errorf("%+v", f)
		}
	}
	return worst
}

func TestCheckOfASoundInstallation(t *testing.T) {
	box, err := sink.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	onBoth(t, func(t *testing.T, db string) {
		dir := t.TempDir()
		demonstration(t, "--db", db, "--dir", dir)
		done(t, "adopt", "--db", db, "--dir", dir)
		done(t, "audit", "root", "--db", db, "--dir", dir)
		done(t, "backup", "--db", db, "--dir", dir)
		code := 0
		if loose := looseServer(t, db); loose {
			code = 1 // the server of the tests forgets on purpose, and is told off for it
		}
		worst := checked(t, code, "--db", db, "--dir", dir, "--relay", box.Addr(), "--relay-tls", "none", "--site", "https://jianbao.example", "--secure")
		for _, part := range []string{"database", "owner", "clock", "backups", "roots", "relay", "letters", "archive", "commits", "fonts", "pages"} {
			want := fine
			if part == "commits" && code > 0 {
				want = bad
			}
			if worst[part] != want {
				t.Errorf("%s is %q", part, worst[part])
			}
		}
		if box.Count() > 0 {
			t.Error("a letter went out")
		}
	})
}

func TestCheckOfNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	worst := checked(t, 1, "--dir", dir, "--relay", "127.0.0.1:1", "--fonts-dir", dir, "--site", "https://x")
	for _, part := range []string{"database", "backups", "relay", "fonts", "pages"} {
		if worst[part] != bad {
			t.Errorf("%s is %q", part, worst[part])
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("looking made the directory")
	}
	code, out, errs := ran(t, "check", "--dir", dir, "--lang", "en")
	if code != 1 || !strings.Contains(out, "mend: jianbao serve makes one") || !strings.Contains(errs, "things must be mended") {
		t.Errorf("%d %s%s", code, out, errs)
	}
}

func TestCheckOfAnothersDatabase(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	demonstration(t, "--dir", dir)
	done(t, "adopt", "--dir", other, "--db", filepath.Join(dir, databaseFile))
	if worst := checked(t, 1, "--dir", dir); worst["owner"] != bad {
		t.Errorf("%v", worst)
	}
}

func TestWhatChecksSay(t *testing.T) {
	now := time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC)
	years := func(all ...int) (known []calendar.Year) {
		for _, y := range all {
			known = append(known, calendar.Year{Year: y})
		}
		return known
	}
	for name, c := range map[string]struct {
		found finding
		want  condition
	}{
		"the clock is right":      {clockFinding(store.Clocks{Database: now.Add(time.Second), Last: now}, now), fine},
		"the server is elsewhere": {clockFinding(store.Clocks{Database: now.Add(-time.Minute)}, now), bad},
		"the future has happened": {clockFinding(store.Clocks{Last: now.Add(time.Hour)}, now), bad},
		"no history":              {rootsFinding(time.Time{}, time.Time{}, now, "f", false), fine},
		"a new history":           {rootsFinding(time.Time{}, now.Add(-time.Hour), now, "f", false), fine},
		"no root":                 {rootsFinding(time.Time{}, now.AddDate(0, 0, -3), now, "f", false), bad},
		"an old root":             {rootsFinding(now.AddDate(0, 0, -9), now.AddDate(0, 0, -3), now, "f", true), bad},
		"a quiet office":          {rootsFinding(now.AddDate(0, 0, -8), now.AddDate(0, 0, -9), now, "f", true), fine},
		"the file is gone":        {rootsFinding(now, now, now, "f", false), bad},
		"next year is known":      {holidaysFinding(years(2026, 2027), now), fine},
		"it should be":            {holidaysFinding(years(2026), now), bad},
		"it will be":              {holidaysFinding(years(2026), now.AddDate(0, -1, 0)), note},
		"it cannot be yet":        {holidaysFinding(years(2026), now.AddDate(0, -4, 0)), fine},
		"this year is not":        {holidaysFinding(years(2027), now), bad},
		"room":                    {diskFinding("/", 50<<30), fine},
		"little room":             {diskFinding("/", 3<<30), note},
		"no room":                 {diskFinding("/", 1<<20), bad},
		"no backups":              {backupsFinding("/b", nil, now), bad},
		"no backups of ours":      {backupsFinding("/b", []string{"/b/jianbao-x.backup"}, now), bad},
		"backups":                 {backupsFinding("/b", []string{"/b/jianbao-20261203T020000.000Z.backup", "/b/jianbao-20260101T020000.000Z.backup"}, now), fine},
		"old backups":             {backupsFinding("/b", []string{"/b/jianbao-20261130T020000.000Z.backup"}, now), bad},
		"a font":                  {fontFindings([]fonts.Report{{Role: fonts.Body}}, nil)[0], fine},
		"a broken font":           {fontFindings([]fonts.Report{{Role: fonts.Body, Tried: "body.ttf", Rejected: new(saidNo.With())}}, nil)[0], bad},
		"a font for nothing":      {fontFindings(nil, []string{"x.ttf"})[0], note},
		"no site":                 {pagesFinding("", false), note},
		"a site":                  {pagesFinding("https://j.example", true), fine},
		"a site without care":     {pagesFinding("https://j.example", false), bad},
	} {
		if c.found.State != c.want {
			t.Errorf("%s: %+v", name, c.found)
		}
	}
}

// looseServer reports whether a database is on a server that may forget what was
// committed.
func looseServer(t *testing.T, db string) bool {
	t.Helper()
	books, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer books.Close()
	loose, err := books.Loose(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(loose) > 0
}
