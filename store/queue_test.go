package store

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
)

func TestQueue(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		queuetest.Run(t, func(t *testing.T) queuetest.Fixture { return fixture(opened(t, t.TempDir()+"/q.db")) })
	})
	t.Run("postgres", func(t *testing.T) {
		queuetest.Run(t, func(t *testing.T) queuetest.Fixture { return fixture(opened(t, freshPostgres(t))) })
	})
}

func fixture(s *Store) queuetest.Fixture {
	return queuetest.Fixture{
		Queue: s,
		Add: func(ctx context.Context, c mailer.Content, all []mailer.Delivery) error {
			return s.PostLetters(ctx, c, slices.Values(all))
		},
		Get: func(ctx context.Context, id uuid.UUID) (mailer.Delivery, []mailer.Attempt, error) {
			row, err := first[deliveryRow](s.db.WithContext(ctx).Where("id = ?", id))
			if err != nil {
				return mailer.Delivery{}, nil, err
			}
			attempts, err := s.Attempts(ctx, id)
			return row.delivery(), attempts, err
		},
	}
}
