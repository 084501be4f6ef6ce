package store

import (
	"maps"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
)

func TestLettersAreCountedByState(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue, dispatch := uuid.New(), uuid.New()
		letters := queuetest.Deliveries(dispatch, 5, time.Now())
		letters[0].State, letters[1].State = mailer.Failed, mailer.Accepted
		err := s.write(t.Context(), func(tx *gorm.DB) error {
			return writeDispatch(tx, dispatchRow{ID: dispatch, Issue: issue}, nil, convert(letters, func(d mailer.Delivery) deliveryRow { return rowOfDelivery(d, false) }))
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.LetterCounts(t.Context(), issue)
		if want := map[mailer.State]int{mailer.Failed: 1, mailer.Accepted: 1, mailer.Queued: 3}; err != nil || !maps.Equal(got, want) {
			t.Errorf("counted %v, %v", got, err)
		}
		if got, err := s.LetterCounts(t.Context(), uuid.New()); err != nil || len(got) != 0 {
			t.Errorf("of an issue without letters: %v, %v", got, err)
		}
	})
}
