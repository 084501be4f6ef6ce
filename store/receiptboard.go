package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients/copies"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
)

// fates say what the state of a letter is worth for its unit.
var fates = map[mailer.State]receipts.Fate{
	mailer.Queued: receipts.Waiting, mailer.Claimed: receipts.Waiting, mailer.Data: receipts.Waiting, mailer.Deferred: receipts.Waiting,
	mailer.Held: receipts.Waiting, mailer.Cancelled: receipts.Waiting, mailer.Failed: receipts.Failed, mailer.Bounced: receipts.Failed,
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
	}
	for _, l := range listed(issue) {
		l.Version, l.Sent = b.version, of.At.time()
		all = append(all, b.line(l))
	}
	return sent[0].ID, all, nil
}

// A board is what lines are made of, by unit.
type board struct {
	version  string
	letters  map[uuid.UUID][]receipts.Fate
	handed   []copies.Handover
	receipts map[uuid.UUID][]receipts.Receipt
	rungs    map[uuid.UUID][]int
}

func (b *board) read(tx *gorm.DB, issue uuid.UUID, dispatches []uuid.UUID) (err error) {
	if b.letters, err = fatesOf(tx, dispatches); err != nil {
		return err
	}
	if b.handed, err = handoversOf(tx, issue); err != nil {
		return err
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
	l.Handed, l.Receipts, l.Rungs = copies.Handed(b.handed, l.Unit), b.receipts[l.Unit], b.rungs[l.Unit]
	verdicts := convert(l.Receipts, func(r receipts.Receipt) receipts.Verdict { return r.Verdict })
	l.State = receipts.StateOf(receipts.Facts{Letters: b.letters[l.Unit], Handed: l.Handed, Verdicts: verdicts})
	return l
}

// fatesOf returns what became of the letters of dispatches, by unit. A mailbox
// that answered, in whatever words and be it by itself, is one that was reached.
func fatesOf(tx *gorm.DB, dispatches []uuid.UUID) (map[uuid.UUID][]receipts.Fate, error) {
	letters, err := rows[deliveryRow](tx.Select("id", "unit", "state").Where("dispatch IN ?", dispatches).Order("created, id"))
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
	all := map[uuid.UUID][]receipts.Fate{}
	for _, l := range letters {
		f := fates[mailer.State(l.State)]
		if fate[l.ID] != "" && f != receipts.Failed {
			f = fate[l.ID]
		}
		all[l.Unit] = append(all[l.Unit], f)
	}
	return all, nil
}

// ReceiptMails returns mails that may be receipts; see [workflow.Receipts].
func (s *Store) ReceiptMails(ctx context.Context, limit int) (all []workflow.ReceiptMail, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all = nil
		found, err := rows[incomingRow](tx.Select("id", "at", "delivery", "sender", "words").
			Where("handled = 0 AND class = ? AND delivery <> ?", mailer.Receipt, uuid.Nil).
			Where("NOT EXISTS (SELECT 1 FROM receipt r WHERE r.mail = incoming.id)").Order("at DESC, id").Limit(limit))
		if err != nil {
			return err
		}
		for _, row := range found {
			mail := workflow.ReceiptMail{ID: row.ID, At: row.At.time(), Delivery: row.Delivery, Sender: row.Sender, Words: row.Words}
			about, err := aboutReceipt(tx, &mail)
			if err != nil {
				return err
			}
			if about {
				all = append(all, mail)
			}
		}
		return nil
	})
	return all, err
}

// aboutReceipt completes a mail by what it answers: a letter of an issue, or a
// reminder of one. It reports false for letters of other kinds.
func aboutReceipt(tx *gorm.DB, mail *workflow.ReceiptMail) (bool, error) {
	letter, err := first[deliveryRow](tx.Where("id = ?", mail.Delivery))
	if err != nil {
		return false, err
	}
	of, err := first[dispatchRow](tx.Select("id", "issue", "digest", "purpose").Where("id = ?", letter.Dispatch))
	if err != nil {
		return false, err
	}
	if of.Issue == uuid.Nil {
		reminder, err := first[chaseRow](tx.Where("dispatch = ?", letter.Dispatch))
		if fault.Is(err, fault.NotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		of.Issue = reminder.Issue
	}
	issue, err := issueByID(tx, of.Issue)
	if err != nil {
		return false, err
	}
	_, lines, err := boardOf(tx, issue)
	for _, l := range lines {
		if l.Unit == letter.Unit && (of.Digest == "" || versionOf(of) == l.Version) {
			mail.Issue, mail.Version, mail.Unit, mail.Name, mail.Copies = issue.ID, l.Version, l.Unit, l.Name, l.Copies
			return true, err
		}
	}
	return false, err
}
