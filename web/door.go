package web

import (
	"fmt"
	"math"
	"time"

	"golang.org/x/time/rate"

	"jianbao/fault"
	"jianbao/web/throttle"
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
type door struct{ logins, addresses *throttle.Throttle }

func newDoor() *door {
	return &door{
		logins:    throttle.New(loginTries, loginEvery, maxRemembered),
		addresses: throttle.New(addressTries, addressEvery, maxRemembered),
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
	for _, b := range []*rate.Reservation{d.logins.Book(now, login), d.addresses.Book(now, throttle.Network(remote))} {
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
