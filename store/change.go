package store

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/store/hints"
	"jianbao/workflow"
)

var _ workflow.Books = (*Store)(nil)

var badText = fault.Say("store.bad-text", "文字里有无法保存的字符，请删去后再保存", "the text has characters that cannot be stored; delete them and save again")

// Locks of PostgreSQL: the series is locked against others who lock it, and
// not against rows that merely refer to it.
const (
	issueLock  = "UPDATE"
	seriesLock = "NO KEY UPDATE"
)

// Open writes a new issue with its first event and text. It fails with
// fault.Invalid if the text cannot be stored.
func (s *Store) Open(ctx context.Context, change workflow.Change) error {
	return s.write(ctx, func(tx *gorm.DB) error { return open(tx, change) })
}

func open(tx *gorm.DB, change workflow.Change) error {
	if err := storable(change.Issue.Text); err != nil {
		return err
	}
	if err := add(tx, rowOfIssue(change.Issue)); err != nil {
		return err
	}
	return writeRest(tx, change)
}

// Change reads the issue under a lock, with its series and the number register
// (under a lock of its own where register says so), calls decide with them and
// writes all of what that returns. It writes nothing if decide fails, and
// returns decide's error as it is. It fails with fault.NotFound if there is no
// such issue, with fault.Conflict if the number was given meanwhile, and with
// fault.Invalid if the text cannot be stored or the ledger does not take the
// copies.
func (s *Store) Change(ctx context.Context, id uuid.UUID, register bool, decide func(workflow.Case) (workflow.Change, error)) (issue workflow.Issue, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		if err := s.changeIssue(tx, id, register, decide); err != nil {
			return err
		}
		issue, err = issueByID(tx, id)
		return err
	})
	return issue.Shown(), err
}

// changeIssue is Change within a transaction.
func (s *Store) changeIssue(tx *gorm.DB, id uuid.UUID, register bool, decide func(workflow.Case) (workflow.Change, error)) error {
	c, err := s.caseOf(tx, id, register)
	if err != nil {
		return err
	}
	change, err := decide(c)
	if err != nil {
		return err
	}
	if change.Issue.ID != id || change.Issue.Version != c.Issue.Version+1 {
		return fault.New(fault.Conflict, changedSince.With()).
			Because(fmt.Errorf("store: change of %s from version %d to %s version %d", id, c.Issue.Version, change.Issue.ID, change.Issue.Version))
	}
	return overwrite(tx, change)
}

// overwrite writes the change of an issue that is there, over the version before.
func overwrite(tx *gorm.DB, change workflow.Change) error {
	if err := storable(change.Issue.Text, change.Void, change.Event.Note); err != nil {
		return err
	}
	row := rowOfIssue(change.Issue)
	if err := replace(tx, &row, row.ID, row.Version-1); err != nil {
		return err
	}
	return writeRest(tx, change)
}

// caseOf locks an issue and reads what a decision about it looks at.
func (s *Store) caseOf(tx *gorm.DB, id uuid.UUID, register bool) (c workflow.Case, err error) {
	if c.Issue, err = issueByID(s.locking(tx, issueLock), id); err != nil {
		return c, err
	}
	query := tx
	if register {
		query = s.locking(tx, seriesLock)
	}
	if c.Series, err = seriesByID(query, c.Issue.Series); err != nil {
		return c, err
	}
	if c.Register, err = registerOf(tx, c.Issue.Series); err != nil {
		return c, err
	}
	if c.Staff, err = staffOf(tx, c.Issue.Series, c.Issue.PeopleNamed()); err != nil {
		return c, err
	}
	if c.Issue.State == workflow.Dispatching {
		if c.Pending, err = pendingOf(tx, id); err != nil {
			return c, err
		}
	}
	return c, s.outOf(tx, &c)
}

// writeRest writes what comes with the issue of a change.
func writeRest(tx *gorm.DB, change workflow.Change) error {
	event, err := rowOfEvent(change.Event)
	if err != nil {
		return err
	}
	if err := add(tx, event); err != nil {
		return err
	}
	if err := wake(tx, change.Issue, change.Event); err != nil {
		return err
	}
	soon(tx, hints.Changed, change.Issue.ID)
	if err := tellHooks(tx, change); err != nil {
		return err
	}
	for _, data := range change.Files {
		if err := keep(tx, data); err != nil {
			return err
		}
	}
	if change.Original != nil {
		if err := storable(change.Original.Name, change.Original.Encoding); err != nil {
			return err
		}
		if err := add(tx, rowOfOriginal(*change.Original)); err != nil {
			return err
		}
	}
	if change.Text != nil {
		if err := add(tx, rowOfText(*change.Text)); err != nil {
			return err
		}
	}
	if change.Given != nil {
		if err := add(tx, rowOfLine(*change.Given)); err != nil {
			return err
		}
	}
	if change.Redated != nil {
		if err := redate(tx, *change.Redated); err != nil {
			return err
		}
	}
	if change.Void != "" {
		if err := voidNumber(tx, change.Issue, change.Void, change.Event); err != nil {
			return err
		}
	}
	if h := change.HandedOut; h != nil {
		if err := handOut(tx, change.Issue.ID, *h); err != nil {
			return err
		}
	}
	if err := keepItems(tx, change.Items); err != nil {
		return err
	}
	if err := keepIndexed(tx, change.Issue); err != nil {
		return err
	}
	if err := after(tx, change); err != nil {
		return err
	}
	if err := post(tx, change.Issue.ID, change.Moved); err != nil {
		return err
	}
	if change.Release != nil {
		return release(tx, *change.Release, change.Issue.Document.Urgency != "")
	}
	return nil
}

// storable refuses what PostgreSQL does not take as text, and on SQLite too, so
// that an office can move from one to the other.
func storable(texts ...string) error {
	for _, text := range texts {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return fault.New(fault.Invalid, badText.With())
		}
	}
	return nil
}
