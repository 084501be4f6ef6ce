package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Numbered returns how many issues of these series were given their number for
// each month of a year, by the date they bear; void numbers are none.
func (s *Store) Numbered(ctx context.Context, series []uuid.UUID, year int) (months [12]int, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		months = [12]int{}
		var found []struct {
			Date string
			N    int
		}
		query := tx.Table("register_line").Select("date, COUNT(*) AS n").Where("series IN ? AND year = ? AND void = ''", series, year).Group("date")
		if err := query.Scan(&found).Error; err != nil {
			return fmt.Errorf("store: issues per month: %w", err)
		}
		for _, f := range found {
			date, err := dateOf(f.Date)
			if err != nil {
				return fmt.Errorf("store: register: %w", err)
			}
			if strings.HasPrefix(f.Date, fmt.Sprintf("%04d-", year)) && date.Month >= 1 && date.Month <= 12 {
				months[date.Month-1] += f.N
			}
		}
		return nil
	})
	return months, err
}
