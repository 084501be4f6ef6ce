package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/mailer"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
)

// fates say what the state of a letter is worth for its unit.
var fates = map[mailer.State]receipts.Fate{
	mailer.Queued: receipts.Waiting, mailer.Claimed: receipts.Waiting, mailer.Data: receipts.Waiting, mailer.Deferred: receipts.Waiting,
	mailer.Held: receipts.Stopped, mailer.Cancelled: receipts.Stopped, mailer.Failed: receipts.Failed, mailer.Bounced: receipts.Failed,
	mailer.Uncertain: receipts.Perhaps, mailer.Accepted: receipts.Taken,
}

// ReceiptLines returns the receipt board of an issue; see [workflow.Receipts].
// The state is made of the letters, the paper and the receipts as they are now.
func (s *Store) ReceiptLines(ctx context.Context, issue uuid.UUID) (all []receipts.Line, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		of, err := issueByID(tx, issue)
		if err != nil {
			return err
		}
		_, all, err = boardOf(tx, of)
		return err
	})
	return all, err
}

// versionOf names what a dispatch brings, for receipts: the digest of its text.
// The notice of a recall is acknowledged for itself.
func versionOf(d dispatchRow) string {
	if d.Purpose == string(workflow.Revoked) {
		return "recall/" + d.Digest
	}
	return d.Digest
}

// boardOf returns the release of an issue and its receipt board, nothing before
// it is out. Once an issue is recalled its board is that of the recall: who has
// the notice, whatever they signed before.
func boardOf(tx *gorm.DB, issue workflow.Issue) (release uuid.UUID, all []receipts.Line, err error) {
	sent, err := rows[dispatchRow](tx.Select("id", "at", "digest", "purpose").Where("issue = ?", issue.ID).Order("at, id"))
	if err != nil || len(sent) == 0 {
		return uuid.Nil, nil, err
	}
	of := sent[0]
	for _, d := range sent {
		if d.Purpose == string(workflow.Revoked) {
			of = d
		}
	}
	b := board{version: versionOf(of), receipts: map[uuid.UUID][]receipts.Receipt{}}
	var ids []uuid.UUID
	for _, d := range sent {
		if versionOf(d) == b.version {
			ids = append(ids, d.ID)
		}
	}
	if err := b.read(tx, issue.ID, ids); err != nil {
		return uuid.Nil, nil, err
	}
	if of.Purpose == string(workflow.Revoked) {
		b.handed, b.rungs = nil, nil
		issue.Rulings = slices.DeleteFunc(slices.Clone(issue.Rulings), func(r workflow.Ruling) bool { return r.At.Before(of.At.time()) })
	}
	b.rule(issue.Rulings)
	for _, l := range listed(issue) {
		l.Version, l.Sent = b.version, of.At.time()
		all = append(all, b.line(l))
	}
	return sent[0].ID, all, nil
}

// A board is what lines are made of, by unit.
type board struct {
	version  string
	letters  map[uuid.UUID][]receipts.Letter
	handed   map[uuid.UUID]int
	receipts map[uuid.UUID][]receipts.Receipt
	rungs    map[uuid.UUID][]int
	shelved  map[uuid.UUID]*receipts.Ruling
	calm     map[uuid.UUID]*receipts.Ruling
	seen     map[uuid.UUID][]receipts.Sight
}

// rule takes the last of each sort that was decided about a unit.
func (b *board) rule(all []workflow.Ruling) {
	b.shelved, b.calm = map[uuid.UUID]*receipts.Ruling{}, map[uuid.UUID]*receipts.Ruling{}
	for _, r := range all {
		ruling := &receipts.Ruling{By: r.By, At: r.At, Reason: r.Reason}
		switch r.Act {
		case workflow.Shelve:
			b.shelved[r.Unit] = ruling
		case workflow.Calm:
			b.calm[r.Unit] = ruling
		}
	}
}

func (b *board) read(tx *gorm.DB, issue uuid.UUID, dispatches []uuid.UUID) (err error) {
	if b.letters, err = fatesOf(tx, dispatches); err != nil {
		return err
	}
	if b.seen, err = sightsOf(tx, issue, b.version); err != nil {
		return err
	}
	handed, err := handoversOf(tx, issue)
	if err != nil {
		return err
	}
	b.handed = map[uuid.UUID]int{}
	for _, h := range handed {
		b.handed[h.Unit] += h.Count
	}
	entered, err := rows[receiptRow](tx.Where("issue = ? AND version = ?", issue, b.version).Order("seq"))
	if err != nil {
		return err
	}
	for _, r := range entered {
		b.receipts[r.Unit] = append(b.receipts[r.Unit], r.receipt())
	}
	climbed, err := rows[chaseRow](tx.Where("issue = ?", issue).Order("rung"))
	b.rungs = map[uuid.UUID][]int{}
	for _, c := range climbed {
		b.rungs[c.Unit] = append(b.rungs[c.Unit], c.Rung)
	}
	return err
}

func (b *board) line(l receipts.Line) receipts.Line {
	l.Handed, l.Receipts, l.Rungs = b.handed[l.Unit], b.receipts[l.Unit], b.rungs[l.Unit]
	l.Letters, l.Shelved, l.Calm, l.Seen = b.letters[l.Unit], b.shelved[l.Unit], b.calm[l.Unit], b.seen[l.Unit]
	holds, _ := l.Last()
	fates := convert(l.Letters, func(m receipts.Letter) receipts.Fate { return m.Fate })
	l.State = receipts.StateOf(receipts.Facts{Letters: fates, Handed: l.Handed, Verdict: holds.Verdict})
	return l
}

// fatesOf returns what became of the letters of dispatches, by unit. A mailbox
// that answered, in whatever words and be it by itself, is one that was reached.
func fatesOf(tx *gorm.DB, dispatches []uuid.UUID) (map[uuid.UUID][]receipts.Letter, error) {
	letters, err := rows[deliveryRow](tx.Select("id", "unit", "address", "state", "code", "words", "updated").Where("dispatch IN ?", dispatches).Order("created, id"))
	if err != nil {
		return nil, err
	}
	var answered []uuid.UUID
	err = tx.Model(&incomingRow{}).Where("class NOT IN ? AND delivery IN (?)", []mailer.Class{mailer.BounceMail, mailer.DelayMail},
		tx.Model(&deliveryRow{}).Select("id").Where("dispatch IN ?", dispatches)).Pluck("delivery", &answered).Error
	if err != nil {
		return nil, fmt.Errorf("store: answers: %w", err)
	}
	fate := map[uuid.UUID]receipts.Fate{}
	for _, id := range answered {
		fate[id] = receipts.Answered
	}
	all := map[uuid.UUID][]receipts.Letter{}
	for _, l := range letters {
		f := fates[mailer.State(l.State)]
		if fate[l.ID] != "" && f != receipts.Failed {
			f = fate[l.ID]
		}
		all[l.Unit] = append(all[l.Unit], receipts.Letter{ID: l.ID, Address: l.Address, Fate: f, Code: l.Code, Words: l.Words, At: l.Updated.time()})
	}
	return all, nil
}
