package throttle

import (
	"container/list"
	"context"
	"crypto/sha256"
	"sync"
	"time"
)

// Guesses count what was asked for and opens nothing, by the network that it is
// asked from. What is right costs nothing. What was right lately is let through
// even while somebody else guesses from the same network: an office has one
// address, and who sits in it must not shut its letters to the others.
type Guesses struct {
	wrong *Tally
	right recent
}

// Guess has a tally count what is asked wrongly; it remembers the most things
// that were right last.
func Guess(wrong *Tally, most int) *Guesses {
	return &Guesses{wrong: wrong, right: recent{most: most, byKey: map[[sha256.Size]byte]*list.Element{}}}
}

// A Guessed is what was asked for, until it is known what it opens.
type Guessed struct {
	// Wait is how long it came too soon; 0: it may be tried.
	Wait time.Duration

	of    *Guesses
	from  string
	what  [sha256.Size]byte
	known bool
}

// Ask takes a try of what is asked for from a network. Whoever does not wait says
// how it came out, once: Opened, Nothing or Unknown.
func (g *Guesses) Ask(now time.Time, network, what string) Guessed {
	asked := Guessed{of: g, from: network, what: sha256.Sum256([]byte(what))}
	if asked.known = g.right.has(asked.what); !asked.known {
		asked.Wait = g.wrong.Take(now, network)
	}
	return asked
}

// Opened says that it opened something.
func (a Guessed) Opened() {
	if !a.known {
		a.of.wrong.Return(a.from)
	}
	a.of.right.add(a.what)
}

// Nothing says that it opened nothing, which counts.
func (a Guessed) Nothing(ctx context.Context, now time.Time) {
	if a.known { // it did before: who asks guesses nothing
		a.of.right.drop(a.what)
		return
	}
	a.of.wrong.Count(ctx, now, a.from)
}

// Unknown says that nobody knows: something else went wrong.
func (a Guessed) Unknown() {
	if !a.known {
		a.of.wrong.Return(a.from)
	}
}

// recent are the things that were right last, by their hashes.
type recent struct {
	mu    sync.Mutex
	most  int
	byKey map[[sha256.Size]byte]*list.Element
	used  list.List // of hashes, the last used in front
}

func (r *recent) has(what [sha256.Size]byte) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, known := r.byKey[what]
	return known
}

func (r *recent) add(what [sha256.Size]byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e, known := r.byKey[what]; known {
		r.used.MoveToFront(e)
		return
	}
	r.byKey[what] = r.used.PushFront(what)
	for r.used.Len() > r.most {
		delete(r.byKey, r.used.Remove(r.used.Back()).([sha256.Size]byte))
	}
}

func (r *recent) drop(what [sha256.Size]byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e, known := r.byKey[what]; known {
		r.used.Remove(e)
		delete(r.byKey, what)
	}
}
