package web

import (
	"container/list"
	"fmt"
	"math"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"jianbao/fault"
)

// How often a wrong password may be tried: at first as often as somebody
// forgets, then slowly. An address may try more, since a whole office can sit
// behind one. Guessing one password a minute takes longer than passwords live;
// and whoever keeps a login busy on purpose keeps its owner out for a minute at
// a time, not for good.
const (
	loginTries    = 5
	loginEvery    = time.Minute
	addressTries  = 30
	addressEvery  = 10 * time.Second
	maxRemembered = 10_000 // logins, and addresses; some 2 MB together
)

// A door keeps those out for a while who try too many passwords.
type door struct{ logins, addresses *throttle }

func newDoor() *door {
	return &door{
		logins:    newThrottle(loginTries, loginEvery, maxRemembered),
		addresses: newThrottle(addressTries, addressEvery, maxRemembered),
	}
}

// A knock is one try at the door, which is given back if it was right.
type knock struct {
	at     time.Time
	booked []*rate.Reservation
}

func (k knock) forgive() {
	for _, b := range k.booked {
		b.CancelAt(k.at)
	}
}

// tooSoon is how long somebody must wait.
type tooSoon time.Duration

func (t tooSoon) Error() string { return fmt.Sprintf("to be tried again in %s", time.Duration(t)) }

func (t tooSoon) seconds() int { return int(math.Ceil(time.Duration(t).Seconds())) }

// knock books a try of a login from a remote address (host:port), or fails with
// fault.TooMany, because of a tooSoon. A try that fails books nothing.
func (d *door) knock(now time.Time, login, remote string) (knock, error) {
	k := knock{at: now}
	var wait time.Duration
	for _, b := range []*rate.Reservation{d.logins.book(now, login), d.addresses.book(now, network(remote))} {
		k.booked = append(k.booked, b)
		wait = max(wait, b.DelayFrom(now))
	}
	if wait <= 0 {
		return k, nil
	}
	k.forgive()
	soon := tooSoon(wait)
	return knock{}, fault.New(fault.TooMany, waitAtDoor.With(soon.seconds())).Because(soon)
}

// network is what counts as one address: of IPv6 the first 64 bits, since a
// household has all of the rest (RFC 6177).
func network(remote string) string {
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

// A throttle counts tries by key in bounded memory: of too many keys, the one
// that was longest unused is forgotten.
type throttle struct {
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

func newThrottle(burst int, every time.Duration, most int) *throttle {
	return &throttle{burst: burst, every: every, most: most, byKey: map[string]*list.Element{}, used: list.New()}
}

// book takes a try of a key; the delay of the reservation says how long it is
// too soon.
func (t *throttle) book(now time.Time, key string) *rate.Reservation {
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
