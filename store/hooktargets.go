package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/hooks"
)

type hookTargetRow struct {
	ID         uuid.UUID
	Series     uuid.UUID
	Name       string
	URL        string       `gorm:"column:url"`
	Kinds      []hooks.Kind `gorm:"serializer:json"`
	Paused     bool
	Generation int
	Renewed    moment
	Misses     int
	Until      moment
	Made       moment
	Ended      moment
	Version    int
}

func (hookTargetRow) TableName() string { return "hook_target" }

func rowOfTarget(t hooks.Target) hookTargetRow {
	return hookTargetRow{
		ID: t.ID, Series: t.Series, Name: t.Name, URL: t.URL, Kinds: t.Kinds, Paused: t.Paused, Generation: t.Generation, Renewed: momentOf(t.Renewed),
		Misses: t.Health.Misses, Until: momentOf(t.Health.Until), Made: momentOf(t.Made), Ended: momentOf(t.Ended), Version: t.Version,
	}
}

func (r hookTargetRow) target() hooks.Target {
	return hooks.Target{
		ID: r.ID, Series: r.Series, Name: r.Name, URL: r.URL, Kinds: r.Kinds, Paused: r.Paused, Generation: r.Generation, Renewed: r.Renewed.time(),
		Health: hooks.Health{Misses: r.Misses, Until: r.Until.time()}, Made: r.Made.time(), Ended: r.Ended.time(), Version: r.Version,
	}
}

type hookChangeRow struct {
	ID     uuid.UUID
	Target uuid.UUID
	At     moment
	ByID   uuid.UUID
	ByName string
	What   fault.Reason `gorm:"serializer:json"`
}

func (hookChangeRow) TableName() string { return "hook_change" }

func rowOfHookChange(c hooks.Change) hookChangeRow {
	return hookChangeRow{ID: newID(), Target: c.Target, At: momentOf(c.At), ByID: c.By, ByName: c.ByName, What: c.What}
}

func (r hookChangeRow) change() hooks.Change {
	return hooks.Change{ID: r.ID, Target: r.Target, At: r.At.time(), By: r.ByID, ByName: r.ByName, What: revived(r.What)}
}

var tooManyTargets = fault.Say("store.hook-targets", "每个刊物最多%d个推送地址", "a series has at most %d targets")

// HookTargets returns the targets of the series that were not removed, the
// oldest first.
func (s *Store) HookTargets(ctx context.Context, series []uuid.UUID) (all []hooks.Target, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[hookTargetRow](tx.Where("series IN ? AND ended = 0", series).Order("made, id"))
		all = convert(found, hookTargetRow.target)
		return err
	})
	return all, err
}

// HookTarget returns a target, or fault.NotFound.
func (s *Store) HookTarget(ctx context.Context, id uuid.UUID) (t hooks.Target, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[hookTargetRow](tx.Where("id = ?", id))
		t = row.target()
		return err
	})
	return t, err
}

// SaveHookTarget writes a target over the version that it was read as, 0 for a
// new one, and the line of its record. It fails with fault.Conflict if somebody
// else changed it first, and with fault.Blocked if the series has too many.
func (s *Store) SaveHookTarget(ctx context.Context, t hooks.Target, c hooks.Change) error {
	if err := storable(t.Name, t.URL, c.ByName); err != nil {
		return err
	}
	row := rowOfTarget(t)
	row.Version++
	c.Target = t.ID
	return s.write(ctx, func(tx *gorm.DB) error {
		if t.Version > 0 {
			if err := replace(tx, &row, t.ID, t.Version); err != nil {
				return err
			}
			return add(tx, rowOfHookChange(c))
		}
		var there int64
		if err := tx.Model(&hookTargetRow{}).Where("series = ? AND ended = 0", t.Series).Count(&there).Error; err != nil {
			return fmt.Errorf("store: targets: %w", err)
		}
		if there >= hooks.MaxTargets {
			return fault.New(fault.Blocked, tooManyTargets.With(hooks.MaxTargets))
		}
		if err := add(tx, row); err != nil {
			return err
		}
		return add(tx, rowOfHookChange(c))
	})
}

// TestHook writes a test message for a target, and the line of its record.
func (s *Store) TestHook(ctx context.Context, m hooks.Message, c hooks.Change) error {
	c.Target = m.Target
	return s.write(ctx, func(tx *gorm.DB) error {
		series, err := first[seriesRow](tx.Where("id = (SELECT series FROM hook_target WHERE id = ?)", m.Target))
		if err != nil {
			return err
		}
		m.Fact.Series, m.Fact.Masthead = series.ID, series.Masthead
		if err := add(tx, rowOfHook(m)); err != nil {
			return err
		}
		return add(tx, rowOfHookChange(c))
	})
}

// HookChanges returns what was done to a target, the last thing first.
func (s *Store) HookChanges(ctx context.Context, target uuid.UUID, limit int) (all []hooks.Change, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[hookChangeRow](tx.Where("target = ?", target).Order("at DESC, id DESC").Limit(limit))
		all = convert(found, hookChangeRow.change)
		return err
	})
	return all, err
}

// HookMessages returns up to limit messages of a target, the latest first.
func (s *Store) HookMessages(ctx context.Context, target uuid.UUID, limit int) (all []hooks.Message, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[hookRow](tx.Where("target = ?", target).Order("at DESC, id DESC").Limit(limit))
		all = convert(found, hookRow.message)
		return err
	})
	return all, err
}

// ForgetHooks removes messages that ended before a moment; see [hooks.Outbox].
func (s *Store) ForgetHooks(ctx context.Context, before time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("ended > 0 AND ended < ?", momentOf(before)).Delete(&hookRow{}).Error; err != nil {
			return fmt.Errorf("store: forget messages: %w", err)
		}
		return nil
	})
}
