// Package throttle counts what is tried, and says how long the next try must
// wait: at first as often as somebody forgets, then slowly (the generic cell rate
// algorithm, ITU-T I.371 annex A).
//
//	t := throttle.New(5, time.Minute, 10_000)
//	if wait := t.Take(now, login); wait > 0 { … }
//
// Counters live in memory, in a bounded number: of too many keys, the one that
// was longest unused is forgotten. Whoever asks several processes over one
// database has the tries of one all the same:
//
//   - A [Shared] counts in the database before anything is tried: passwords and
//     codes, of which each guess is worth something.
//   - A [Tally] counts here, and tells the others afterwards, some tries at a
//     time: what only keeps a machine from being busy. What one process learns
//     from the count holds back its next try.
//   - [Guesses] tally what opens nothing, by the network that it is asked from.
//     What is right costs nothing, and what opened something lately is let
//     through whoever else tries from there.
//
// The package reads no clock.
package throttle

import (
	"container/list"
	"net/netip"
	"sync"
	"time"
)

// A Throttle counts tries by key. It may be used by any number of goroutines.
type Throttle struct {
	mu    sync.Mutex
	burst int
	every time.Duration
	most  int
	byKey map[string]*list.Element
	used  *list.List // of *counter, the last used in front
}

// A counter says when all tries of a key are free again, which is all that has
// to be known, and how many of them no other process was told of.
type counter struct {
	key    string
	free   time.Time
	untold int
}

// New returns a throttle that lets burst tries of a key through at once, and one
// more after each span of time; it remembers the most keys that were used last.
func New(burst int, every time.Duration, most int) *Throttle {
	return &Throttle{burst: burst, every: every, most: most, byKey: map[string]*list.Element{}, used: list.New()}
}

// Take takes a try of a key. It returns how long the try is too soon, and has
// taken nothing then; 0 is that it was taken.
func (t *Throttle) Take(now time.Time, key string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.counter(key)
	if c.free.Before(now) {
		c.free = now
	}
	if wait := c.free.Sub(now) - t.every*time.Duration(t.burst-1); wait > 0 {
		return wait
	}
	c.free = c.free.Add(t.every)
	return 0
}

// Return gives back a try that was taken.
func (t *Throttle) Return(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e, known := t.byKey[key]; known {
		c := e.Value.(*counter)
		c.free = c.free.Add(-t.every)
	}
}

// counter is that of a key, which was used now. The lock is held.
func (t *Throttle) counter(key string) *counter {
	e, known := t.byKey[key]
	if !known {
		e = t.used.PushFront(&counter{key: key})
		t.byKey[key] = e
	}
	t.used.MoveToFront(e)
	for t.used.Len() > t.most {
		delete(t.byKey, t.used.Remove(t.used.Back()).(*counter).key)
	}
	return e.Value.(*counter)
}

// count notes that a try that was taken counts, and returns how many no other
// process was told of once they are a lot; 0 before.
func (t *Throttle) count(key string, lot int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.counter(key)
	if c.untold++; c.untold < lot {
		return 0
	}
	n := c.untold
	c.untold = 0
	return n
}

// learn takes over when all tries of a key are free again, if others know of more.
func (t *Throttle) learn(key string, free time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c := t.counter(key); c.free.Before(free) {
		c.free = free
	}
}

// Remembered returns how many keys are remembered.
func (t *Throttle) Remembered() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.byKey)
}

// Network returns what counts as one address of a remote address (host:port):
// of IPv6 the first 64 bits, since a household has all of the rest (RFC 6177).
func Network(remote string) string {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return remote
	}
	addr := at.Addr().Unmap().WithZone("")
	if addr.Is6() {
		if prefix, err := addr.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return addr.String()
}
