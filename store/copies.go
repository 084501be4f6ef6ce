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
	FromHolds   int // what the accounts hold after it
	ToHolds     int
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

// post adds entries to the ledger of an issue that is locked, if the ledger takes
// them. What the ledger takes the database takes too: its triggers find what the
// accounts hold as it does.
func post(tx *gorm.DB, issue uuid.UUID, entries []copies.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	before, err := copiesOf(tx, issue)
	if err != nil {
		return err
	}
	ledger, held := copies.New(before), map[copies.Account]int{}
	for _, b := range ledger.Balances() {
		held[b.Account] = b.Count
	}
	if err := ledger.Post(entries...); err != nil {
		return err
	}
	var lines []copyRow
	for _, e := range ledger.Entries()[len(before):] {
		if err := storable(e.Reason, e.Person); err != nil {
			return err
		}
		held[e.From] -= e.Count
		held[e.To] += e.Count
		line := rowOfCopies(issue, e)
		line.FromHolds, line.ToHolds = held[e.From], held[e.To]
		lines = append(lines, line)
	}
	return add(tx, lines...)
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
