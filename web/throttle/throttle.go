// Package throttle counts what is tried, and says how long the next try must
// wait: at first as often as somebody forgets, then slowly.
//
//	t := throttle.New(5, time.Minute, 10_000)
//	wait := t.Book(now, login).DelayFrom(now)
//
// Counters live in memory, in a bounded number: of too many keys, the one that
// was longest unused is forgotten. Each process counts for itself, so that such a
// limit holds per replica, which is enough where it keeps a machine from being
// busy. Where somebody would gain by asking several, as with passwords and codes,
// [Share] counts in the database besides:
//
//	try := throttle.Share("login", t, counts, log).Take(ctx, now, login)
//	if try.Wait > 0 { … }
//	… // and if it was right:
//	try.Forgive()
//
// The package reads no clock.
package throttle

import (
	"container/list"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
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

type counter struct {
	key     string
	limiter *rate.Limiter
}

// New returns a throttle that lets burst tries of a key through at once, and one
// more after each span of time; it remembers the most keys that were used last.
func New(burst int, every time.Duration, most int) *Throttle {
	return &Throttle{burst: burst, every: every, most: most, byKey: map[string]*list.Element{}, used: list.New()}
}

// Book takes a try of a key; the delay of the reservation says how long it is
// too soon. Who does not wait gives the reservation back.
func (t *Throttle) Book(now time.Time, key string) *rate.Reservation {
	t.mu.Lock()
	defer t.mu.Unlock()
	e, known := t.byKey[key]
	if !known {
		e = t.used.PushFront(&counter{key, rate.NewLimiter(rate.Every(t.every), t.burst)})
		t.byKey[key] = e
	}
	t.used.MoveToFront(e)
	for t.used.Len() > t.most {
		delete(t.byKey, t.used.Remove(t.used.Back()).(*counter).key)
	}
	return e.Value.(*counter).limiter.ReserveN(now, 1)
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
