package mailer

import (
	"sync"
	"time"

	"github.com/google/uuid"
)

// holdings are the deliveries under our lease: from their claim until their
// settlement is committed.
type holdings struct {
	mu     sync.Mutex
	tokens map[uuid.UUID]uuid.UUID
}

func (h *holdings) add(claimed []Delivery) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.tokens == nil {
		h.tokens = map[uuid.UUID]uuid.UUID{}
	}
	for _, d := range claimed {
		h.tokens[d.ID] = d.Token
	}
}

// drop forgets a delivery, unless it has been claimed anew since.
func (h *holdings) drop(id, token uuid.UUID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.tokens[id] == token {
		delete(h.tokens, id)
	}
}

func (h *holdings) has(id, token uuid.UUID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	held, ok := h.tokens[id]
	return ok && held == token
}

func (h *holdings) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.tokens)
}

func (h *holdings) marks(at time.Time) []Mark {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]Mark, 0, len(h.tokens))
	for id, token := range h.tokens {
		all = append(all, Mark{ID: id, Token: token, At: at})
	}
	return all
}

// keep drops those that were asked for and not renewed, and returns how many.
func (h *holdings) keep(asked []Mark, renewed []uuid.UUID) (lost int) {
	still := make(map[uuid.UUID]bool, len(renewed))
	for _, id := range renewed {
		still[id] = true
	}
	for _, m := range asked {
		if !still[m.ID] && h.has(m.ID, m.Token) {
			h.drop(m.ID, m.Token)
			lost++
		}
	}
	return lost
}
