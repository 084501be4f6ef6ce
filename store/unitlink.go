package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/mailer"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
	"jianbao/workflow/unitdoor"
)

var _ unitdoor.Books = (*Store)(nil)

type unitLinkRow struct {
	ID        uuid.UUID
	Unit      uuid.UUID
	Hash      string
	Made      moment
	Expires   moment
	Revoked   moment
	RevokedBy string
}

func (unitLinkRow) TableName() string { return "unit_link" }

func (r unitLinkRow) link() unitdoor.Link {
	return unitdoor.Link{ID: r.ID, Unit: r.Unit, Hash: r.Hash, Made: r.Made.time(), Expires: r.Expires.time(), Revoked: r.Revoked.time(), RevokedBy: r.RevokedBy}
}

func rowOfUnitLink(l unitdoor.Link) unitLinkRow {
	return unitLinkRow{ID: l.ID, Unit: l.Unit, Hash: l.Hash, Made: momentOf(l.Made), Expires: momentOf(l.Expires), Revoked: momentOf(l.Revoked), RevokedBy: l.RevokedBy}
}

// KeepUnitLink keeps a link of a unit; see [unitdoor.Books].
func (s *Store) KeepUnitLink(ctx context.Context, unit uuid.UUID, choose func([]unitdoor.Link) (unitdoor.Link, error)) (link unitdoor.Link, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		if _, err := first[unitRow](s.locking(tx, seriesLock).Where("id = ?", unit)); err != nil {
			return err
		}
		all, err := rows[unitLinkRow](tx.Where("unit = ?", unit).Order("made DESC, id DESC"))
		if err != nil {
			return err
		}
		if link, err = choose(convert(all, unitLinkRow.link)); err != nil {
			return err
		}
		for _, l := range all {
			if l.ID == link.ID {
				return nil
			}
		}
		return add(tx, rowOfUnitLink(link))
	})
	return link, err
}

// UnitLinkByHash returns a link and what its unit is called; see [unitdoor.Books].
func (s *Store) UnitLinkByHash(ctx context.Context, hash string) (link unitdoor.Link, unit string, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[unitLinkRow](tx.Where("hash = ?", hash))
		if err != nil {
			return err
		}
		link = row.link()
		of, err := first[unitRow](tx.Where("id = ?", row.Unit))
		unit = of.Name
		return err
	})
	return link, unit, err
}

// UnitLinks returns the links of a unit, the newest first.
func (s *Store) UnitLinks(ctx context.Context, unit uuid.UUID) (all []unitdoor.Link, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[unitLinkRow](tx.Where("unit = ?", unit).Order("made DESC, id DESC"))
		all = convert(found, unitLinkRow.link)
		return err
	})
	return all, err
}

// RevokeUnitLinks ends the links of a unit; see [unitdoor.Books].
func (s *Store) RevokeUnitLinks(ctx context.Context, unit uuid.UUID, at time.Time, by string) (n int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&unitLinkRow{}).Where("unit = ? AND revoked = 0 AND expires > ?", unit, momentOf(at)).
			Updates(map[string]any{"revoked": momentOf(at), "revoked_by": by})
		n = int(done.RowsAffected)
		return done.Error
	})
	if err != nil {
		return 0, fmt.Errorf("store: links of %s: %w", unit, err)
	}
	return n, nil
}

// takenStates are those of letters that reached a relay, or may have.
var takenStates = []string{string(mailer.Accepted), string(mailer.Uncertain)}

// receivedRow is a sending with what is known of the unit and of its issue.
type receivedRow struct {
	ID          uuid.UUID
	Purpose     string
	Digest      string
	At          moment
	Mailed      bool
	Issue       uuid.UUID
	Series      uuid.UUID
	State       string
	NumberKind  string
	NumberYear  int
	NumberNo    int
	Edition     int
	Date        string
	CorrectedBy uuid.UUID
	Recall      *workflow.Recalling `gorm:"serializer:json"`
}

// ReceivedBy returns what was sent to a unit; see [unitdoor.Books]. Letters say
// what went by mail, the slips of codes what went on paper.
func (s *Store) ReceivedBy(ctx context.Context, unit uuid.UUID) (all []unitdoor.Received, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all = nil
		mailed := tx.Session(&gorm.Session{NewDB: true}).Table("delivery AS d").Select("1").Where("d.dispatch = p.id AND d.unit = ? AND d.state IN ?", unit, takenStates)
		paper := tx.Session(&gorm.Session{NewDB: true}).Table("receipt_slip AS l").Select("1").Where("l.dispatch = p.id AND l.unit = ? AND l.means = ?", unit, string(receipts.ByCode))
		found, err := rows[receivedRow](tx.Table("dispatch AS p").Joins("JOIN issue AS i ON i.id = p.issue").
			Select("p.id, p.purpose, p.digest, p.at, EXISTS (?) AS mailed, i.id AS issue, i.series, i.state, i.number_kind, i.number_year, i.number_no, i.edition, i.date, i.corrected_by, i.recall", mailed).
			Where("EXISTS (?) OR EXISTS (?)", mailed, paper).Order("p.at DESC, p.id"))
		if err != nil {
			return err
		}
		signed, err := signedBy(tx, unit)
		if err != nil {
			return err
		}
		series := map[uuid.UUID]workflow.Series{}
		for _, r := range found {
			if _, known := series[r.Series]; !known {
				if series[r.Series], err = seriesByID(tx, r.Series); err != nil {
					return err
				}
			}
			all = append(all, r.received(series[r.Series], signed))
		}
		return nil
	})
	return all, err
}

func (r receivedRow) received(s workflow.Series, signed map[string]bool) unitdoor.Received {
	number := issueRow{NumberKind: r.NumberKind, NumberYear: r.NumberYear, NumberNo: r.NumberNo}.number()
	version := versionOf(dispatchRow{Purpose: r.Purpose, Digest: r.Digest})
	return unitdoor.Received{
		Dispatch: r.ID, Purpose: workflow.Purpose(r.Purpose), Sent: r.At.time(), Issue: r.Issue, Masthead: s.Masthead, Organ: s.Organ, Number: number, Edition: r.Edition, Date: r.Date,
		State: workflow.State(r.State), Secret: r.Recall != nil && r.Recall.Secret, ByMail: r.Mailed, Signed: signed[r.Issue.String()+version], Replaced: r.CorrectedBy, Zone: s.Location(),
	}
}

// signedBy are the versions of issues that a unit acknowledged.
func signedBy(tx *gorm.DB, unit uuid.UUID) (map[string]bool, error) {
	found, err := rows[receiptRow](tx.Where("unit = ?", unit).Order("seq"))
	by := map[string][]receipts.Receipt{}
	for _, r := range found {
		key := r.Issue.String() + r.Version
		by[key] = append(by[key], r.receipt())
	}
	signed := map[string]bool{}
	for key, all := range by {
		if last, ok := receipts.Standing(all); ok {
			signed[key] = last.Verdict == receipts.Received
		}
	}
	return signed, err
}

// LetterTo returns what a dispatch brought; see [unitdoor.Books].
func (s *Store) LetterTo(ctx context.Context, dispatch uuid.UUID) (l unitdoor.Letter, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		if err := notSecret(tx, dispatch); err != nil {
			return err
		}
		row, err := first[dispatchRow](tx.Where("id = ?", dispatch))
		l = unitdoor.Letter{Subject: row.Subject, Text: string(row.Text), Files: row.Attachments}
		return err
	})
	return l, err
}
