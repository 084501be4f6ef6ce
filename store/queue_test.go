package store

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"gorm.io/gorm"

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
			row := dispatchRow{
				ID: c.Dispatch, Urgent: c.Urgent, FromName: c.From.Name, FromAddress: c.From.Address,
				ListID: c.ListID, Subject: c.Subject, Text: c.Text, HTML: c.HTML,
			}
			letters := convert(all, func(d mailer.Delivery) deliveryRow { return rowOfDelivery(d, c.Urgent) })
			return s.write(ctx, func(tx *gorm.DB) error { return writeDispatch(tx, row, c.Attachments, letters) })
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
