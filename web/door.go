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
	maxRemembered = 10_000 // logins, addresses and so on; some 4 MB together
)

// A door keeps those out for a while who try too many passwords or codes. Where
// somebody was in before, with the same browser, they are counted by themselves:
// whoever tries their login elsewhere does not keep them out (OWASP, "Slow Down
// Online Guessing Attacks with Device Cookies").
type door struct{ logins, addresses, devices, codes, guesses *throttle.Throttle }

func newDoor() *door {
	return &door{
		logins:    throttle.New(loginTries, loginEvery, maxRemembered),
		addresses: throttle.New(addressTries, addressEvery, maxRemembered),
		devices:   throttle.New(loginTries, loginEvery, maxRemembered),
		codes:     throttle.New(loginTries, loginEvery, maxRemembered),
		guesses:   throttle.New(guesses, guessEvery, maxRemembered),
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
	return booked(now, d.logins.Book(now, login), d.addresses.Book(now, throttle.Network(remote)))
}

// knockAgain is knock from a device on which the login was in before.
func (d *door) knockAgain(now time.Time, device string) (knock, error) {
	return booked(now, d.devices.Book(now, device))
}

// code books a try of a code of somebody who has proved their password.
func (d *door) code(now time.Time, person string) (knock, error) {
	return booked(now, d.codes.Book(now, person))
}

func booked(now time.Time, all ...*rate.Reservation) (knock, error) {
	k := knock{at: now, booked: all}
	var wait time.Duration
	for _, b := range all {
		wait = max(wait, b.DelayFrom(now))
	}
	if wait <= 0 {
		return k, nil
	}
	k.forgive()
	soon := tooSoon(wait)
	return knock{}, fault.New(fault.TooMany, waitAtDoor.With(soon.seconds())).Because(soon)
}
