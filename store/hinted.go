package store

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/mailer"
	"jianbao/store/hints"
)

// Hints runs until the context ends: what is written through this store is
// hinted at here, and on PostgreSQL to every other process, whose hints come in
// (package hints). Without it, and behind a pooler, nothing is hinted at and
// everybody looks for himself. It returns nil.
func (s *Store) Hints(ctx context.Context, log *slog.Logger) error {
	var both sync.WaitGroup
	both.Go(func() {
		s.hub.Run(ctx, func(err error) { log.WarnContext(ctx, "hints: not carried; everybody looks for himself", "error", err) })
	})
	if s.postgres {
		s.listen(ctx, log)
	}
	both.Wait()
	return nil
}

// Moved returns a channel that holds a token when letters of an issue may stand
// elsewhere than before, until end is called.
func (s *Store) Moved(issue uuid.UUID) (moved <-chan struct{}, end func()) {
	return s.hub.Hear(func(h hints.Hint) bool { return h.About == issue && h.Topic != hints.Queued })
}

// Queued returns a channel that holds a token when there may be letters to send.
func (s *Store) Queued() (queued <-chan struct{}, end func()) {
	return s.hub.Hear(func(h hints.Hint) bool { return h.Topic == hints.Queued })
}

// Stirred returns a channel that holds a token when an issue was changed, or a
// mail came in.
func (s *Store) Stirred() (stirred <-chan struct{}, end func()) {
	return s.hub.Hear(func(h hints.Hint) bool { return h.Topic == hints.Changed })
}

// Heard reports whether hints of other processes come in.
func (s *Store) Heard() bool { return s.hub.Heard() }

// What a transaction is to hint at once it is committed.
type soonKey struct{}

func withSoon(ctx context.Context) (context.Context, *[]hints.Hint) {
	all := new([]hints.Hint)
	return context.WithValue(ctx, soonKey{}, all), all
}

// soon has the transaction hint at something if it commits.
func soon(tx *gorm.DB, topic hints.Topic, about uuid.UUID) {
	all, is := tx.Statement.Context.Value(soonKey{}).(*[]hints.Hint)
	if hint := (hints.Hint{Topic: topic, About: about}); is && !slices.Contains(*all, hint) {
		*all = append(*all, hint)
	}
}

// sent hints at letters that have an outcome, by their dispatches.
func (s *Store) sent(outcomes []mailer.Outcome) {
	last := uuid.Nil
	for _, o := range outcomes {
		if o.Dispatch != last { // most of a group are of one
			last = o.Dispatch
			s.hub.Give(hints.Hint{Topic: hints.Sent, About: last})
		}
	}
}

// carry turns the dispatches of what was given into their issues and sends it
// all to the other processes.
func (s *Store) carry(ctx context.Context, given []hints.Hint) (all []hints.Hint, err error) {
	var dispatches []uuid.UUID
	for _, h := range given {
		if h.Topic == hints.Sent {
			dispatches = append(dispatches, h.About)
		} else {
			all = append(all, h)
		}
	}
	if len(dispatches) > 0 {
		var issues []uuid.UUID
		if err := s.db.WithContext(ctx).Model(&dispatchRow{}).Where("id IN ?", dispatches).Distinct().Pluck("issue", &issues).Error; err != nil {
			return nil, fmt.Errorf("store: issues of dispatches: %w", err)
		}
		for _, id := range issues {
			all = append(all, hints.Hint{Topic: hints.Sent, About: id})
		}
	}
	if s.postgres {
		err = s.notifyOthers(ctx, all)
	}
	return all, err
}
