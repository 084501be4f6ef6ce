package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// A tryRow says when all tries of a key are free again, which is all that a
// bucket of tokens has to know (the generic cell rate algorithm, ITU-T I.371
// annex A).
type tryRow struct {
	Key  string `gorm:"primaryKey"`
	Free moment
}

func (tryRow) TableName() string { return "try_count" }

// takeTry is one statement, so that processes that take at once take one after
// the other. It touches no row where the try comes too soon.
const takeTry = `INSERT INTO try_count (key, free) VALUES (@key, @next)
	ON CONFLICT (key) DO UPDATE SET free = CASE WHEN try_count.free > @now THEN try_count.free ELSE @now END + @every
	WHERE try_count.free <= @fits`

// CountTry takes a try of a key, of which burst are let through at once and one
// more after each span of time; it returns how long the try is too soon, 0 if it
// was taken.
func (s *Store) CountTry(ctx context.Context, key string, now time.Time, burst int, every time.Duration) (wait time.Duration, err error) {
	at, room := momentOf(now), moment((every * time.Duration(burst-1)).Microseconds())
	err = s.write(ctx, func(tx *gorm.DB) error {
		wait = 0
		done := tx.Exec(takeTry, map[string]any{"key": key, "now": at, "next": momentOf(now.Add(every)), "every": every.Microseconds(), "fits": at + room})
		if done.Error != nil || done.RowsAffected > 0 {
			return done.Error
		}
		row, err := first[tryRow](tx.Where("key = ?", key))
		wait = max(time.Duration(row.Free-at-room)*time.Microsecond, time.Microsecond)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: count a try: %w", err)
	}
	return wait, nil
}

// countTries is one statement, too. What lies further ahead than most stays.
const countTries = `INSERT INTO try_count (key, free) VALUES (@key, @next)
	ON CONFLICT (key) DO UPDATE SET free = CASE WHEN try_count.free > @most THEN try_count.free WHEN try_count.free > @now THEN try_count.free + @cost ELSE @next END
	RETURNING free`

// CountTries counts n tries of a key that were made already, whether or not they
// came too soon, and returns when all tries of the key are free again. It looks
// no further ahead than twice the burst, and counts nothing beyond.
func (s *Store) CountTries(ctx context.Context, key string, now time.Time, n, burst int, every time.Duration) (free time.Time, err error) {
	cost := every * time.Duration(n)
	err = s.write(ctx, func(tx *gorm.DB) error {
		var at moment
		args := map[string]any{"key": key, "now": momentOf(now), "next": momentOf(now.Add(cost)), "cost": cost.Microseconds(), "most": momentOf(now.Add(2 * every * time.Duration(burst)))}
		err := tx.Raw(countTries, args).Row().Scan(&at)
		free = at.time()
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("store: count tries: %w", err)
	}
	return free, nil
}

// ForgiveTry gives a try back that was taken.
func (s *Store) ForgiveTry(ctx context.Context, key string, every time.Duration) error {
	err := s.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE try_count SET free = free - ? WHERE key = ?", every.Microseconds(), key).Error
	})
	if err != nil {
		return fmt.Errorf("store: give a try back: %w", err)
	}
	return nil
}
