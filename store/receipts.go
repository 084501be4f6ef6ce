package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/fault"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

var _ workflow.Receipts = (*Store)(nil)

type receiptRow struct {
	ID        uuid.UUID
	Seq       int
	Issue     uuid.UUID
	Version   string
	Unit      uuid.UUID
	Name      string
	Means     string
	Verdict   string
	By        string
	At        moment
	Copies    int
	Expected  int
	Reason    string
	Evidence  string
	Entered   moment
	EnteredBy string
	Slip      uuid.UUID
	Delivery  uuid.UUID
	Mail      uuid.UUID
	Corrects  uuid.UUID
}

func (receiptRow) TableName() string { return "receipt" }

func rowOfReceipt(r receipts.Receipt, seq int, mail uuid.UUID) receiptRow {
	return receiptRow{
		ID: r.ID, Seq: seq, Issue: r.Issue, Version: r.Version, Unit: r.Unit, Name: r.Name, Means: string(r.Means), Verdict: string(r.Verdict),
		By: r.By, At: momentOf(r.At), Copies: r.Copies, Expected: r.Expected, Reason: r.Reason, Evidence: r.Evidence,
		Entered: momentOf(r.Entered), EnteredBy: r.EnteredBy, Slip: r.Slip, Delivery: r.Delivery, Mail: mail, Corrects: r.Corrects,
	}
}

func (r receiptRow) receipt() receipts.Receipt {
	return receipts.Receipt{
		ID: r.ID, Issue: r.Issue, Version: r.Version, Unit: r.Unit, Name: r.Name, Means: receipts.Means(r.Means), Verdict: receipts.Verdict(r.Verdict),
		By: r.By, At: r.At.time(), Copies: r.Copies, Expected: r.Expected, Reason: r.Reason, Evidence: r.Evidence,
		Entered: r.Entered.time(), EnteredBy: r.EnteredBy, Slip: r.Slip, Delivery: r.Delivery, Corrects: r.Corrects,
	}
}

// EnterReceipt adds a receipt; see [workflow.Receipts].
func (s *Store) EnterReceipt(ctx context.Context, r receipts.Receipt, mail workflow.ReceiptMail) error {
	if err := storable(r.Name, r.By, r.Reason, r.Evidence, r.EnteredBy); err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := s.lockIssue(tx, r.Issue); err != nil {
			return err
		}
		before, err := rows[receiptRow](tx.Where("issue = ? AND version = ? AND unit = ?", r.Issue, r.Version, r.Unit).Order("seq"))
		if err != nil {
			return err
		}
		if err := receipts.Admit(convert(before, receiptRow.receipt), r); err != nil {
			return err
		}
		var seq int
		if err := tx.Model(&receiptRow{}).Where("issue = ?", r.Issue).Select("COALESCE(MAX(seq), 0)").Scan(&seq).Error; err != nil {
			return fmt.Errorf("store: receipts of %s: %w", r.Issue, err)
		}
		if err := add(tx, rowOfReceipt(r, seq+1, mail.ID)); err != nil {
			return err
		}
		if err := useSlips(tx, r); err != nil {
			return err
		}
		if !mail.Read {
			return nil
		}
		return tx.Model(&incomingRow{}).Where("id = ? AND handled = 0", mail.ID).
			Updates(map[string]any{"handled": momentOf(r.Entered), "handled_by": r.EnteredBy}).Error
	})
}

// useSlips uses up the slips of the unit for the version, the link and the code,
// whichever way it was acknowledged; a receipt that voids those before it gives
// them back. A slip that was to be used and is used already is fault.Conflict.
func useSlips(tx *gorm.DB, r receipts.Receipt) error {
	used := momentOf(r.Entered)
	if r.Verdict == receipts.Void {
		used = 0
	}
	if r.Slip != uuid.Nil {
		done := tx.Model(&slipRow{}).Where("id = ? AND used = 0", r.Slip).Update("used", used)
		if done.Error != nil {
			return fmt.Errorf("store: slip %s: %w", r.Slip, done.Error)
		}
		if done.RowsAffected != 1 {
			return fault.New(fault.Conflict, changedSince.With())
		}
	}
	return tx.Model(&slipRow{}).Where("issue = ? AND version = ? AND unit = ?", r.Issue, r.Version, r.Unit).Update("used", used).Error
}

// Receipts returns every receipt of an issue, in the order in which they were
// entered.
func (s *Store) Receipts(ctx context.Context, issue uuid.UUID) (all []receipts.Receipt, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[receiptRow](tx.Where("issue = ?", issue).Order("seq"))
		all = convert(found, receiptRow.receipt)
		return err
	})
	return all, err
}

type slipRow struct {
	ID       uuid.UUID
	Hash     string
	Issue    uuid.UUID
	Dispatch uuid.UUID
	Version  string
	Unit     uuid.UUID
	Name     string
	Means    string
	Copies   int
	Made     moment
	Expires  moment
	Used     moment
}

func (slipRow) TableName() string { return "receipt_slip" }

func rowOfSlip(s receipts.Slip) slipRow {
	return slipRow{
		ID: s.ID, Hash: s.Hash, Issue: s.Issue, Dispatch: s.Dispatch, Version: s.Version, Unit: s.Unit, Name: s.Name, Means: string(s.Means),
		Copies: s.Copies, Made: momentOf(s.Made), Expires: momentOf(s.Expires), Used: momentOf(s.Used),
	}
}

func (r slipRow) slip() receipts.Slip {
	return receipts.Slip{
		ID: r.ID, Hash: r.Hash, Issue: r.Issue, Dispatch: r.Dispatch, Version: r.Version, Unit: r.Unit, Name: r.Name, Means: receipts.Means(r.Means),
		Copies: r.Copies, Made: r.Made.time(), Expires: r.Expires.time(), Used: r.Used.time(),
	}
}

// SlipByHash returns a slip, or fault.NotFound.
func (s *Store) SlipByHash(ctx context.Context, hash string) (slip receipts.Slip, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[slipRow](tx.Where("hash = ?", hash))
		slip = row.slip()
		return err
	})
	return slip, err
}

// OfferSlips keeps the slips of a dispatch; see [workflow.Receipts]. A dispatch
// of no issue, as one of notices, has none.
func (s *Store) OfferSlips(ctx context.Context, dispatch uuid.UUID, means receipts.Means, make func(receipts.Slip) receipts.Slip) (all []receipts.Slip, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		all = nil
		of, err := first[dispatchRow](tx.Select("id", "issue", "digest", "purpose").Where("id = ?", dispatch))
		if err != nil || of.Issue == uuid.Nil {
			return err
		}
		issue, err := issueByID(tx, of.Issue)
		if err != nil {
			return err
		}
		var written []uuid.UUID
		if err := tx.Model(&deliveryRow{}).Where("dispatch = ?", dispatch).Distinct("unit").Pluck("unit", &written).Error; err != nil {
			return err
		}
		for _, slip := range slipsOf(issue, of, written, means) {
			all = append(all, make(slip))
		}
		return keepSlips(tx, all)
	})
	if err != nil {
		return nil, fmt.Errorf("store: slips of %s: %w", dispatch, err)
	}
	return all, nil
}

// keepSlips writes the slips that are not there yet.
func keepSlips(tx *gorm.DB, all []receipts.Slip) error {
	if len(all) == 0 {
		return nil
	}
	found := convert(all, rowOfSlip)
	return tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&found, batch).Error
}

// slipsOf are the slips of a dispatch by what it sends: of the units that it
// writes to, or of those that get paper.
func slipsOf(issue workflow.Issue, of dispatchRow, written []uuid.UUID, means receipts.Means) (all []receipts.Slip) {
	writes := map[uuid.UUID]bool{}
	for _, unit := range written {
		writes[unit] = true
	}
	for _, p := range listed(issue) {
		if means == receipts.ByLink && !writes[p.Unit] || means == receipts.ByCode && p.Copies == 0 {
			continue
		}
		all = append(all, receipts.Slip{Issue: issue.ID, Dispatch: of.ID, Version: versionOf(of), Unit: p.Unit, Name: p.Name, Means: means, Copies: p.Copies})
	}
	return all
}

// listed are the units of an issue, each once, with the paper that it should
// get; of one that stands twice, the sum, and with what it was given since.
func listed(issue workflow.Issue) (all []receipts.Line) {
	at := map[uuid.UUID]int{}
	for _, p := range issue.Circulation.All() {
		if n, twice := at[p.Unit]; twice {
			all[n].Copies += p.Paper()
			continue
		}
		at[p.Unit] = len(all)
		all = append(all, receipts.Line{Unit: p.Unit, Name: p.Name, Label: p.Label, Copies: p.Paper()})
	}
	for _, r := range issue.Rulings {
		if n, known := at[r.Unit]; known {
			all[n].Given, all[n].Copies = all[n].Given+r.Copies, all[n].Copies+r.Copies
		}
	}
	return all
}

// Clockwork returns how the program keeps time for a series; see
// [workflow.Receipts].
func (s *Store) Clockwork(ctx context.Context, series uuid.UUID) (t workflow.Timetable, years []calendar.Year, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		if t, err = timetableOf(tx, series); err != nil {
			return err
		}
		years, err = yearsOf(tx)
		return err
	})
	return t, years, err
}

// OutBetween returns what a series released in a time; see [workflow.Receipts].
func (s *Store) OutBetween(ctx context.Context, series uuid.UUID, from, until time.Time) (ids []uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		return tx.Table("issue").Where("series = ? AND released >= ? AND released < ? AND released > 0", series, momentOf(from), momentOf(until)).
			Order("released, id").Pluck("id", &ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: issues out: %w", err)
	}
	return ids, nil
}
