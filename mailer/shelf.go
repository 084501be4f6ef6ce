package mailer

import (
	"context"
	"sync"

	"github.com/google/uuid"
)

// shelfSize is how many dispatches' letters are kept composed.
const shelfSize = 8

// A shelf keeps the composed letters of the dispatches that are being sent, so
// that each is read and composed once.
type shelf struct {
	parts Parts
	// keeps says that the kernel is given long bodies to hold, as is of use
	// where a relay is spoken to in the clear.
	keeps bool

	mu      sync.Mutex
	entries map[uuid.UUID]*shelved
	order   []uuid.UUID // oldest first
}

type shelved struct {
	once   sync.Once
	letter *Letter
	err    error
}

// letter returns the letter of a dispatch. Errors are not kept.
func (s *shelf) letter(ctx context.Context, dispatch uuid.UUID) (*Letter, error) {
	e := s.entry(dispatch)
	e.once.Do(func() { e.letter, e.err = s.compose(ctx, dispatch) })
	if e.err != nil {
		s.forget(dispatch, e)
	}
	return e.letter, e.err
}

func (s *shelf) compose(ctx context.Context, dispatch uuid.UUID) (*Letter, error) {
	ctx, cancel := context.WithTimeout(ctx, storePatience)
	defer cancel()
	content, err := s.parts.Content(ctx, dispatch)
	if err != nil {
		return nil, err
	}
	l, err := Compose(content)
	if err == nil && s.keeps && len(l.body) >= longPiece {
		l.kept = keep(l.body)
	}
	return l, err
}

func (s *shelf) entry(dispatch uuid.UUID) *shelved {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.entries[dispatch]; ok {
		return e
	}
	if s.entries == nil {
		s.entries = map[uuid.UUID]*shelved{}
	}
	if len(s.order) == shelfSize {
		delete(s.entries, s.order[0])
		s.order = s.order[1:]
	}
	e := &shelved{}
	s.entries[dispatch] = e
	s.order = append(s.order, dispatch)
	return e
}

func (s *shelf) forget(dispatch uuid.UUID, e *shelved) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.entries[dispatch] != e {
		return
	}
	delete(s.entries, dispatch)
	for i, id := range s.order {
		if id == dispatch {
			s.order = append(s.order[:i:i], s.order[i+1:]...)
			return
		}
	}
}
