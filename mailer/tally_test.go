package mailer_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
)

// A tally counts what a relay took, by the id of the delivery.
type tally struct {
	mu    sync.Mutex
	n     int
	times map[string]int
}

func (w *tally) took(_, id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	id, _, _ = strings.Cut(id, "@")
	w.times[id]++
	w.n++
}

func (w *tally) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.n
}

func (w *tally) of(id uuid.UUID) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.times[id.String()]
}

// each fails unless every one was taken n times, and nothing else.
func (w *tally) each(t *testing.T, ids []uuid.UUID, n int) {
	t.Helper()
	for _, id := range ids {
		if got := w.of(id); got != n {
			t.Errorf("%s was taken %d times, want %d", id, got, n)
		}
	}
	if got := w.count(); got != n*len(ids) {
		t.Errorf("%d letters were taken, want %d", got, n*len(ids))
	}
}
