package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/workflow/holidays"
)

var _ holidays.Watch = (*Store)(nil)

// openHolidays are the notices of a missing table, as an index has them: there
// are years of others.
const openHolidays = "kind = 'holidays' AND settled = 0"

// RemindOfHolidays tells administrators of a table that is missing; see
// [holidays.Watch].
func (s *Store) RemindOfHolidays(ctx context.Context, now time.Time, tell func(holidays.Sight) holidays.Telling) error {
	err := s.write(ctx, func(tx *gorm.DB) error {
		sight, err := holidaySight(tx)
		if err != nil {
			return err
		}
		telling := tell(sight)
		if _, err := notify(tx, telling.Notices); err != nil {
			return err
		}
		return tx.Model(&noticeRow{}).Where(openHolidays+" AND key <> ?", telling.Key).Update("settled", momentOf(now)).Error
	})
	if err != nil {
		return fmt.Errorf("store: remind of holidays: %w", err)
	}
	return nil
}

func holidaySight(tx *gorm.DB) (v holidays.Sight, err error) {
	if v.Years, err = yearsOf(tx); err != nil {
		return v, err
	}
	series, err := rows[seriesRow](tx.Order("created, id"))
	if err != nil {
		return v, err
	}
	v.Series = convert(series, seriesRow.series)
	people, err := rows[personRow](tx.Where("active AND id IN (SELECT person FROM person_grant WHERE role = ?)", accounts.Admin).Order("login"))
	if err != nil {
		return v, err
	}
	ids := convert(people, func(r personRow) uuid.UUID { return r.ID })
	grants, err := grantsOf(tx.Where("person IN ?", ids))
	if err != nil {
		return v, err
	}
	v.Admins = convert(people, func(r personRow) accounts.Person { return r.person(grants[r.ID]) })
	v.Reach, err = reachOf(tx, ids)
	return v, err
}
