package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/recipients/copies"
)

type copyRow struct {
	ID          uuid.UUID
	Issue       uuid.UUID
	Seq         int
	At          moment
	By          string
	FromAccount string
	ToAccount   string
	Count       int
	Reason      string
	Act         string
	Person      string
	Numbers     string
}

func (copyRow) TableName() string { return "copy_entry" }

func rowOfCopies(issue uuid.UUID, e copies.Entry) copyRow {
	return copyRow{
		ID: e.ID, Issue: issue, Seq: e.Seq, At: momentOf(e.At), By: e.By,
		FromAccount: e.From.String(), ToAccount: e.To.String(), Count: e.Count, Reason: e.Reason,
		Act: string(e.Act), Person: e.Person, Numbers: e.Numbers.String(),
	}
}

func (r copyRow) entry() (copies.Entry, error) {
	from, err := copies.ParseAccount(r.FromAccount)
	if err != nil {
		return copies.Entry{}, fmt.Errorf("store: copy entry %s: %w", r.ID, err)
	}
	to, err := copies.ParseAccount(r.ToAccount)
	if err != nil {
		return copies.Entry{}, fmt.Errorf("store: copy entry %s: %w", r.ID, err)
	}
	numbers, err := copies.ParseNumbers(r.Numbers)
	if err != nil {
		return copies.Entry{}, fmt.Errorf("store: copy entry %s: %w", r.ID, err)
	}
	return copies.Entry{
		ID: r.ID, Seq: r.Seq, At: r.At.time(), By: r.By, From: from, To: to, Count: r.Count, Reason: r.Reason,
		Act: copies.Act(r.Act), Person: r.Person, Numbers: numbers,
	}, nil
}

// CopyEntries returns the ledger of an issue's copies, in its order.
func (s *Store) CopyEntries(ctx context.Context, issue uuid.UUID) (all []copies.Entry, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err = copiesOf(tx, issue)
		return err
	})
	return all, err
}

func copiesOf(tx *gorm.DB, issue uuid.UUID) ([]copies.Entry, error) {
	found, err := rows[copyRow](tx.Where("issue = ?", issue).Order("seq"))
	if err != nil {
		return nil, err
	}
	all := make([]copies.Entry, len(found))
	for n, row := range found {
		if all[n], err = row.entry(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// post adds entries to the ledger of an issue, if the ledger takes them.
func post(tx *gorm.DB, issue uuid.UUID, entries []copies.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	before, err := copiesOf(tx, issue)
	if err != nil {
		return err
	}
	return postTo(tx, issue, copies.New(before), entries)
}

// postTo adds entries to a ledger that was read under the lock of its issue.
// What the ledger takes the database takes too: its triggers find the same sums.
func postTo(tx *gorm.DB, issue uuid.UUID, ledger *copies.Ledger, entries []copies.Entry) error {
	n := len(ledger.Entries())
	if err := ledger.Post(entries...); err != nil {
		return err
	}
	after := ledger.Entries()[n:]
	for _, e := range after {
		if err := storable(e.Reason, e.Person); err != nil {
			return err
		}
	}
	return add(tx, convert(after, func(e copies.Entry) copyRow { return rowOfCopies(issue, e) })...)
}

// lockIssue keeps others from changing an issue, its ledger and its hand-overs
// until the transaction ends. It fails with fault.NotFound.
func (s *Store) lockIssue(tx *gorm.DB, issue uuid.UUID) error {
	_, err := first[issueKey](s.locking(tx, issueLock).Select("id").Where("id = ?", issue))
	return err
}

// An issueKey is the id of an issue.
type issueKey struct{ ID uuid.UUID }

func (issueKey) TableName() string { return "issue" }

// PostCopies reads the ledger of an issue's copies under a lock, calls decide
// with it (the acts of [copies.Ledger]) and adds the entries that it returns,
// all of them or none. decide's error is returned as it is. It fails with
// fault.NotFound if there is no such issue, and with fault.Invalid if the
// ledger does not take the entries. Clerks who act at once take turns.
func (s *Store) PostCopies(ctx context.Context, issue uuid.UUID, decide func(*copies.Ledger) ([]copies.Entry, error)) (ledger *copies.Ledger, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		if err := s.lockIssue(tx, issue); err != nil {
			return err
		}
		before, err := copiesOf(tx, issue)
		if err != nil {
			return err
		}
		ledger = copies.New(before)
		entries, err := decide(ledger)
		if err != nil {
			return err
		}
		return postTo(tx, issue, ledger, entries)
	})
	return ledger, err
}
