package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts/entry"
)

var _ entry.VisitBooks = (*Store)(nil)

type visitRow struct {
	ID      uuid.UUID
	Person  uuid.UUID
	Way     string
	Device  string
	Network string
	Began   moment
	Seen    moment
	Expires moment
	Ended   moment
	EndedBy string
}

func (visitRow) TableName() string { return "visit" }

func (r visitRow) visit() entry.Visit {
	return entry.Visit{
		ID: r.ID, Person: r.Person, Way: entry.Way(r.Way), Device: r.Device, From: r.Network,
		Began: r.Began.time(), Seen: r.Seen.time(), Expires: r.Expires.time(), Ended: r.Ended.time(), EndedBy: r.EndedBy,
	}
}

// BeginVisit writes a visit; see [entry.VisitBooks].
func (s *Store) BeginVisit(ctx context.Context, v entry.Visit) error {
	if err := storable(v.Device, v.From); err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		return add(tx, visitRow{
			ID: v.ID, Person: v.Person, Way: string(v.Way), Device: v.Device, Network: v.From,
			Began: momentOf(v.Began), Seen: momentOf(v.Seen), Expires: momentOf(v.Expires),
		})
	})
}

// Visit returns a visit; see [entry.VisitBooks].
func (s *Store) Visit(ctx context.Context, id uuid.UUID) (v entry.Visit, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[visitRow](tx.Where("id = ?", id))
		v = row.visit()
		return err
	})
	return v, err
}

// SawVisit notes when a visit was last of use; see [entry.VisitBooks].
func (s *Store) SawVisit(ctx context.Context, id uuid.UUID, at time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		err := tx.Model(&visitRow{}).Where("id = ? AND seen < ?", id, momentOf(at)).Update("seen", momentOf(at)).Error
		if err != nil {
			return fmt.Errorf("store: visit %s: %w", id, err)
		}
		return nil
	})
}

// VisitsOf returns the visits of a person that were not ended; see
// [entry.VisitBooks].
func (s *Store) VisitsOf(ctx context.Context, person uuid.UUID, limit int) (all []entry.Visit, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[visitRow](tx.Where("person = ? AND ended = 0", person).Order("began DESC, id DESC").Limit(limit))
		all = convert(found, visitRow.visit)
		return err
	})
	return all, err
}

// EndVisit ends a visit; see [entry.VisitBooks].
func (s *Store) EndVisit(ctx context.Context, person, id uuid.UUID, at time.Time, by string) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return endVisits(tx, at, by, "id = ? AND person = ?", id, person)
	})
}

func endVisits(tx *gorm.DB, at time.Time, by, where string, args ...any) error {
	err := tx.Model(&visitRow{}).Where("ended = 0").Where(where, args...).Updates(map[string]any{"ended": momentOf(at), "ended_by": by}).Error
	if err != nil {
		return fmt.Errorf("store: end visits: %w", err)
	}
	return nil
}
