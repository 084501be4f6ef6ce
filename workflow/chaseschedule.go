package workflow

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
)

// Chases is where the scheduler finds issues whose receipts are asked for, and
// where that is written down. Every method is one transaction.
type Chases interface {
	// Chaseable returns the issues of series that ask for receipts which were
	// released after a moment and are not recalled, corrected or archived.
	Chaseable(ctx context.Context, since time.Time) ([]uuid.UUID, error)

	// Chase looks at an issue under a lock, and writes what plan returns: each
	// rung of each unit once, with its letter handed to the mail engine, and the
	// notices. It returns how many rungs were climbed.
	Chase(ctx context.Context, issue uuid.UUID, now time.Time, plan func(ChaseSight) Chasings) (int, error)
}

// chasedFor is how long after its release the receipts of an issue are asked
// for: the last rung and two long holidays.
const chasedFor = (2*mostChaseDays + 14) * 24 * time.Hour

// chase asks for the receipts that are due, once a minute.
func (s *Scheduler) chase(ctx context.Context) error {
	minute := s.Desk.Now().Truncate(time.Minute)
	if s.Chases == nil || minute.Equal(s.chased) {
		return nil
	}
	now := s.Desk.Now()
	ids, err := s.Chases.Chaseable(ctx, now.Add(-chasedFor))
	for _, id := range ids {
		n, failed := s.Chases.Chase(ctx, id, now, func(v ChaseSight) Chasings {
			return Chase(v, s.Receiving.Key, s.Receiving.Site, now, s.Desk.NewID)
		})
		err = errors.Join(err, failed)
		if n > 0 && s.Released != nil {
			s.Released()
		}
	}
	if err == nil {
		s.chased = minute
	}
	return err
}

// collect enters the receipts that came by mail, and does what people answered.
func (s *Scheduler) collect(ctx context.Context) (err error) {
	if s.Answering.Mails != nil {
		_, err = s.Answering.Collect(ctx)
	}
	if s.Receiving.Keep != nil {
		_, failed := s.Receiving.Collect(ctx)
		err = errors.Join(err, failed)
	}
	return err
}
