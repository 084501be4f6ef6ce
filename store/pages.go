package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/mailer"
)

// LetterCounts returns how many letters of an issue are in each state, without
// reading the letters: pages ask for it every second while letters are under
// way.
func (s *Store) LetterCounts(ctx context.Context, issue uuid.UUID) (map[mailer.State]int, error) {
	counts := map[mailer.State]int{}
	err := s.read(ctx, func(tx *gorm.DB) error {
		var found []struct {
			State string
			N     int
		}
		query := tx.Model(&deliveryRow{}).Select("state, count(*) AS n").
			Where("dispatch IN (SELECT id FROM dispatch WHERE issue = ?)", issue).Group("state")
		if err := query.Scan(&found).Error; err != nil {
			return fmt.Errorf("store: letters by state: %w", err)
		}
		for _, f := range found {
			counts[mailer.State(f.State)] = f.N
		}
		return nil
	})
	return counts, err
}
