package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/workflow"
	"jianbao/workflow/history"
)

// A scene of crimes is an office with three histories of four lines each. The first
// root was made when they had three, the second when they were whole.
type scene struct {
	t      *testing.T
	s      *Store
	notary history.Notary
	issues []uuid.UUID
	day    time.Time
}

func newScene(t *testing.T, s *Store) *scene {
	t.Helper()
	c := &scene{t: t, s: s, day: time.Date(2021, 7, 8, 9, 0, 0, 0, time.UTC)}
	c.notary = history.Notary{Books: s, KeyFile: filepath.Join(t.TempDir(), "roots.key"), File: filepath.Join(t.TempDir(), "roots.jsonl"), Now: func() time.Time { return c.day }}
	series := plant(t, s)
	editor := workflow.Actor{Person: accounts.Person{ID: newID(), Name: "甲", Active: true, Grants: []accounts.Grant{{Role: accounts.Editor}}}}
	desk := &workflow.Desk{Books: s, NewID: newID, Now: func() time.Time { return c.day }}
	save := func(id uuid.UUID) {
		issue, err := s.Issue(t.Context(), id)
		must(t, err)
		_, err = desk.Save(t.Context(), editor, id, issue.Version, issue.Text+"\n")
		must(t, err)
	}
	for range 3 {
		issue, err := desk.Open(t.Context(), editor, series.ID, draftText)
		must(t, err)
		c.issues = append(c.issues, issue.ID)
		save(issue.ID)
		save(issue.ID)
	}
	c.root(true)
	c.day = c.day.AddDate(0, 0, 1)
	for _, id := range c.issues {
		save(id)
	}
	c.root(true)
	return c
}

func (c *scene) root(want bool) history.Root {
	c.t.Helper()
	root, made, err := c.notary.Root(c.t.Context())
	if err != nil || made != want {
		c.t.Fatalf("a root was made: %v, %v", made, err)
	}
	return root
}

// sql does what the program never does.
func (c *scene) sql(statement string, args ...any) {
	c.t.Helper()
	done := c.s.db.Exec(statement, args...)
	if done.Error != nil || done.RowsAffected == 0 && !strings.Contains(statement, "TRIGGER") {
		c.t.Fatalf("%s: %d rows, %v", statement, done.RowsAffected, done.Error)
	}
}

// breakIn takes the triggers away that let tables only grow.
func (c *scene) breakIn() {
	for _, table := range []string{"event", "issue_text", "history_root"} {
		if c.s.postgres {
			c.sql("DROP TRIGGER " + table + "_only_grows ON " + table)
			continue
		}
		c.sql("DROP TRIGGER " + table + "_no_update")
		c.sql("DROP TRIGGER " + table + "_no_delete")
	}
}

func (c *scene) report() history.Report {
	c.t.Helper()
	report, err := c.notary.Check(c.t.Context())
	must(c.t, err)
	return report
}

// unbound does it although other tables refer to the row.
func (c *scene) unbound(statement string, args ...any) {
	off, on := "PRAGMA foreign_keys = 0", "PRAGMA foreign_keys = 1"
	if c.s.postgres {
		off, on = "SET session_replication_role = replica", "SET session_replication_role = origin"
	}
	must(c.t, c.s.db.Connection(func(tx *gorm.DB) error {
		return errors.Join(tx.Exec(off).Error, tx.Exec(statement, args...).Error, tx.Exec(on).Error)
	}))
}

// forge writes another note into the second line of the first history. Hashed
// says how many lines from there on get the hash that they should have then.
func (c *scene) forge(hashed int) {
	events := must1(c.s.Events(c.t.Context(), c.issues[0]))(c.t)
	for n := 1; n < 1+hashed; n++ {
		e := events[n]
		e.Prev = events[n-1].Hash
		if n == 1 {
			e.Note = "另一句话"
		}
		raw, err := json.Marshal(e)
		must(c.t, err)
		sum := sha256.Sum256(raw)
		events[n].Hash = hex.EncodeToString(sum[:])
		c.sql("UPDATE event SET line = ?, hash = ? WHERE id = ?", string(raw), events[n].Hash, e.ID)
	}
	if hashed == len(events)-1 {
		c.sql("UPDATE issue SET head = ? WHERE id = ?", events[hashed].Hash, c.issues[0])
	}
}

func must1[V any](v V, err error) func(*testing.T) V {
	return func(t *testing.T) V {
		t.Helper()
		must(t, err)
		return v
	}
}

// cut deletes the lines of an issue's history from one on.
func (c *scene) cut(issue uuid.UUID, from int) {
	c.sql("DELETE FROM event WHERE issue = ? AND seq >= ?", issue, from)
}

// tampering is everything that can be done to the books in SQL, and what the
// verification says of it first: the key of the sentence, the line, the root.
var tampering = []struct {
	name string
	do   func(c *scene, a, b uuid.UUID)
	says string
	line int
	root int
}{
	{"an edit", func(c *scene, a, _ uuid.UUID) {
		c.sql("UPDATE event SET line = replace(line, '甲', '乙') WHERE issue = ? AND seq = 2", a)
	}, "history.line-edited", 2, 0},
	{"an edit of what is no JSON any more", func(c *scene, a, _ uuid.UUID) {
		c.sql("UPDATE event SET line = 'x' WHERE issue = ? AND seq = 4", a)
	}, "history.line-edited", 4, 0},
	{"an edit with its hash", func(c *scene, _, _ uuid.UUID) { c.forge(1) }, "history.line-loose", 3, 0},
	{"an edit with all hashes, and that of the issue", func(c *scene, _, _ uuid.UUID) { c.forge(3) }, "history.rewritten", 1, 1},
	{"a time that was altered beside the line", func(c *scene, a, _ uuid.UUID) {
		c.sql("UPDATE event SET at = at + 1 WHERE issue = ? AND seq = 3", a)
	}, "history.line-foreign", 3, 0},
	{"a deletion", func(c *scene, a, _ uuid.UUID) {
		c.sql("DELETE FROM event WHERE issue = ? AND seq = 2", a)
	}, "history.line-gone", 2, 0},
	{"a deletion of the first two", func(c *scene, a, _ uuid.UUID) {
		c.sql("DELETE FROM event WHERE issue = ? AND seq <= 2", a)
	}, "history.lines-gone", 1, 0},
	{"a deletion that was closed up", func(c *scene, a, _ uuid.UUID) {
		c.sql("DELETE FROM event WHERE issue = ? AND seq = 2", a)
		c.sql("UPDATE event SET seq = 2 WHERE issue = ? AND seq = 3", a)
	}, "history.line-moved", 2, 0},
	{"a reordering", func(c *scene, a, _ uuid.UUID) {
		for _, step := range [][2]int{{2, 99}, {3, 2}, {99, 3}} {
			c.sql("UPDATE event SET seq = ? WHERE issue = ? AND seq = ?", step[1], a, step[0])
		}
	}, "history.line-moved", 2, 0},
	{"a line of another issue", func(c *scene, a, b uuid.UUID) {
		c.cut(a, 4)
		c.sql("UPDATE event SET issue = ? WHERE issue = ? AND seq = 4", a, b)
	}, "history.line-foreign", 4, 0},
	{"a tail that was cut", func(c *scene, a, _ uuid.UUID) { c.cut(a, 3) }, "history.tail-cut", 3, 1},
	{"a tail that was cut, with the issue", func(c *scene, a, _ uuid.UUID) {
		c.cut(a, 3)
		c.sql("UPDATE issue SET events = 2, head = (SELECT hash FROM event WHERE issue = ? AND seq = 2) WHERE id = ?", a, a)
	}, "history.cut-since", 3, 1},
	{"a history that was cut off whole", func(c *scene, a, _ uuid.UUID) { c.cut(a, 1) }, "history.tail-cut", 1, 1},
	{"an issue that lost its row", func(c *scene, a, _ uuid.UUID) {
		c.unbound("DELETE FROM issue WHERE id = ?", a)
	}, "history.issue-gone", 1, 0},
	{"an issue that is gone with all it had", func(c *scene, a, _ uuid.UUID) {
		c.cut(a, 1)
		c.unbound("DELETE FROM issue WHERE id = ?", a)
	}, "history.gone", 1, 2},
	{"a line that was added", func(c *scene, a, _ uuid.UUID) {
		c.sql("INSERT INTO event (id, issue, seq, at, act, line, hash) SELECT ?, issue, 5, at, act, line, hash FROM event WHERE issue = ? AND seq = 4", newID(), a)
	}, "history.line-moved", 5, 0},
	{"an issue that says otherwise", func(c *scene, a, _ uuid.UUID) {
		c.sql("UPDATE issue SET events = 3 WHERE id = ?", a)
	}, "history.tail-longer", 4, 0},
	{"an issue that says another hash", func(c *scene, a, _ uuid.UUID) {
		c.sql("UPDATE issue SET head = 'x' WHERE id = ?", a)
	}, "history.head-other", 4, 0},
	{"a root that was altered", func(c *scene, _, _ uuid.UUID) {
		c.sql("UPDATE history_root SET line = replace(line, '\"seq\":1', '\"seq\":7') WHERE seq = 1")
	}, "history.root-other", 0, 1},
	{"a root that was deleted", func(c *scene, _, _ uuid.UUID) {
		c.sql("DELETE FROM history_root WHERE seq = 2")
	}, "history.roots-cut", 0, 2},
}

func TestWhatIsDoneBehindTheProgramsBackIsFound(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		c := newScene(t, s)
		c.breakIn()
		for _, table := range touched {
			must(t, s.db.Exec("CREATE TABLE kept_"+table+" AS SELECT * FROM "+table).Error)
		}
		for _, crime := range tampering {
			t.Run(crime.name, func(t *testing.T) {
				c.t = t
				if before := c.report(); len(before.Findings) != 0 || len(before.Remarks) != 0 || before.Issues != 3 || before.Events != 12 || before.Roots != 2 {
					t.Fatalf("before: %+v", before)
				}
				defer c.undo()
				crime.do(c, c.issues[0], c.issues[1])
				found := c.report().Findings
				if len(found) == 0 {
					t.Fatal("nothing was found")
				}
				f := found[0]
				if f.Reason.Key != crime.says || f.Line != crime.line || f.Root != crime.root {
					t.Errorf("%s, line %d, root %d: %+v", f.Reason.Key, f.Line, f.Root, found)
				}
				if crime.line > 0 && (f.Issue != c.issues[0] || f.Name != "鄂尔多斯科技简报 草稿（2021-07-08）") {
					t.Errorf("it is said of %s %q", f.Issue, f.Name)
				}
			})
		}
	})
}

// touched are the tables that a crime may leave its traces in.
var touched = []string{"event", "issue", "history_root"}

// undo makes them what they were, which is faster than another database.
func (c *scene) undo() {
	for _, table := range touched {
		c.unbound("DELETE FROM " + table)
		c.unbound("INSERT INTO " + table + " SELECT * FROM kept_" + table)
	}
}

// The file is what remains where the database was altered throughout.
func TestTheFileOutsideShowsWhatTheDatabaseHides(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		c := newScene(t, s)
		kept := must1(os.ReadFile(c.notary.File))(t)
		c.breakIn()
		c.cut(c.issues[2], 4)
		c.sql("UPDATE issue SET events = 3, head = (SELECT hash FROM event WHERE issue = ? AND seq = 3) WHERE id = ?", c.issues[2], c.issues[2])
		c.sql("DELETE FROM history_root WHERE seq = 2")
		lines := slices.Collect(strings.Lines(string(kept)))
		must(t, os.WriteFile(c.notary.File, []byte(lines[0]), 0o600))
		if r := c.report(); len(r.Findings) != 0 {
			t.Fatalf("the file was cut as well, and still: %+v", r.Findings)
		}
		must(t, os.WriteFile(c.notary.File, kept, 0o600))
		found := c.report().Findings
		if len(found) != 2 || found[1].Reason.Key != "history.cut-since" || found[1].Issue != c.issues[2] || found[1].Line != 4 || found[1].Root != 2 {
			t.Errorf("%+v", found)
		}
		if _, _, err := c.notary.Root(t.Context()); err == nil {
			t.Error("a root was made over it")
		}
	})
}

func TestHistoriesAreReadAsTheyAreNamed(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		_, err := s.Change(t.Context(), issue.ID, true, register)
		must(t, err)
		ids, err := s.ChainIDs(t.Context())
		must(t, err)
		chains, err := s.Chains(t.Context(), append(ids, newID()))
		must(t, err)
		if len(ids) != 1 || len(chains) != 1 || len(chains[0].Lines) != 2 || chains[0].Name != "鄂尔多斯科技简报 2021年第1期" || !chains[0].Kept {
			t.Errorf("%+v", chains)
		}
	})
}

func TestProcessesThatMakeARootTogetherMakeOne(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		c := newScene(t, s)
		c.day = c.day.AddDate(0, 0, 1)
		done := make(chan error)
		for range 8 {
			go func() {
				_, _, err := c.notary.Root(t.Context())
				done <- err
			}()
		}
		for range 8 {
			must(t, <-done)
		}
		if r := c.report(); r.Roots != 3 || len(r.Findings) != 0 {
			t.Errorf("%+v", r)
		}
	})
}
