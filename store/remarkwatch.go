package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/recipients"
	"jianbao/workflow"
	"jianbao/workflow/remarks"
)

var _ remarks.Watch = (*Store)(nil)

// WakingRemarks returns the remarks that are to be looked at; see
// [remarks.Watch].
func (s *Store) WakingRemarks(ctx context.Context, now time.Time, limit int) (ids []uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		return tx.Model(&remarkRow{}).Where("look > 0 AND look <= ?", momentOf(now)).Order("look").Limit(limit).Pluck("id", &ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: remarks to be looked at: %w", err)
	}
	return ids, nil
}

// TellRemark looks at a remark and writes what is to be said of it; see
// [remarks.Watch].
func (s *Store) TellRemark(ctx context.Context, id uuid.UUID, now time.Time, tell func(remarks.Sight) remarks.Telling) (said int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		said = 0
		found, err := rows[remarkRow](s.skipping(tx).Where("id = ? AND look > 0 AND look <= ?", id, momentOf(now)))
		if err != nil || len(found) == 0 {
			return err
		}
		sight, err := remarkSightOf(tx, found[0].remark())
		if err != nil {
			return err
		}
		telling := tell(sight)
		if said, err = notify(tx, telling.Notices); err != nil {
			return err
		}
		written, err := pressUnits(tx, sight.Series, telling.Letters, now)
		if err != nil {
			return err
		}
		if err := keepReminded(tx, sight.Remark, written, now); err != nil {
			return err
		}
		if err := settleRemarkNotices(tx, id, telling.Places, now); err != nil {
			return err
		}
		return tx.Model(&remarkRow{}).Where("id = ?", id).Update("look", momentOf(telling.Next)).Error
	})
	if err != nil {
		return 0, fmt.Errorf("store: tell of remark %s: %w", id, err)
	}
	return said, nil
}

func remarkSightOf(tx *gorm.DB, r remarks.Remark) (v remarks.Sight, err error) {
	v.Remark = r
	if v.Series, err = seriesByID(tx, r.Series); err != nil {
		return v, err
	}
	if v.Timetable, v.Staff, v.Reach, err = audience(tx, r.Series, nil); err != nil {
		return v, err
	}
	if v.Years, err = yearsOf(tx); err != nil || r.Slip == nil {
		return v, err
	}
	for _, waits := range r.Slip.Waiting() {
		found, err := rows[unitRow](tx.Where("id = ?", waits.ID))
		if err != nil {
			return v, err
		}
		v.Units = append(v.Units, convert(found, func(row unitRow) recipients.Unit { return row.unit(nil) })...)
	}
	return v, nil
}

// keepReminded enters in the history of a remark which units were written to.
func keepReminded(tx *gorm.DB, r remarks.Remark, written []remarks.UnitLetter, now time.Time) error {
	if len(written) == 0 {
		return nil
	}
	next, line := remarks.Reminded(r, written, now, uuid.NewSHA1(r.ID, written[0].ID[:]))
	if err := addRemarkLine(tx, line); err != nil {
		return err
	}
	return tx.Model(&remarkRow{}).Where("id = ?", r.ID).Select("Body").Updates(remarkRow{Body: next}).Error
}

// pressUnits writes the letters to units that were not written before, and
// returns those. Each is a dispatch of its own, of no issue; the remark is locked.
func pressUnits(tx *gorm.DB, series workflow.Series, letters []remarks.UnitLetter, now time.Time) (fresh []remarks.UnitLetter, err error) {
	for _, l := range letters {
		var written int64
		if err := tx.Model(&dispatchRow{}).Where("id = ?", l.ID).Count(&written).Error; err != nil || written > 0 {
			if err != nil {
				return nil, err
			}
			continue
		}
		queued, err := lettersOf(workflow.Sending{ID: l.ID, At: now, Letters: []workflow.Letter{l.To}}, false)
		if err != nil {
			return nil, err
		}
		err = writeDispatch(tx, dispatchRow{
			ID: l.ID, Series: series.ID, At: momentOf(now), FromName: series.Masthead, FromAddress: series.Mailbox,
			Subject: l.Subject, Text: []byte(l.Text),
		}, nil, queued)
		if err != nil {
			return nil, err
		}
		fresh = append(fresh, l)
	}
	return fresh, nil
}

// settleRemarkNotices ends the notices of a remark that were about other places.
func settleRemarkNotices(tx *gorm.DB, remark uuid.UUID, places []string, now time.Time) error {
	query := tx.Model(&noticeRow{}).Where("remark = ? AND settled = 0 AND place <> ''", remark)
	if len(places) > 0 {
		query = query.Where("place NOT IN ?", places)
	}
	return query.Update("settled", momentOf(now)).Error
}
