package web

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"time"

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
// Online Guessing Attacks with Device Cookies"). All processes count
// together: passwords and codes before they are tried, addresses that open nothing
// afterwards.
type door struct {
	logins, addresses, devices, codes *throttle.Shared
	guesses                           *throttle.Guesses
}

func newDoor(counts throttle.Counts, log *slog.Logger) *door {
	shared := func(name string, tries int, every time.Duration) *throttle.Shared {
		return throttle.Share("door."+name, throttle.New(tries, every, maxRemembered), counts, log)
	}
	return &door{
		logins:    shared("login", loginTries, loginEvery),
		addresses: shared("address", addressTries, addressEvery),
		devices:   shared("device", loginTries, loginEvery),
		codes:     shared("code", loginTries, loginEvery),
		guesses:   throttle.Guess(throttle.Tell("door.guess", throttle.New(guesses, guessEvery, maxRemembered), counts, 1, log), maxRemembered),
	}
}

// A knock is one try at the door, which is given back if it was right.
type knock []throttle.Try

func (k knock) forgive() {
	for _, try := range k {
		try.Forgive()
	}
}

// tooSoon is how long somebody must wait.
type tooSoon time.Duration

// Error implements error; the page says it in words of its own.
func (t tooSoon) Error() string { return fmt.Sprintf("to be tried again in %s", time.Duration(t)) }

func (t tooSoon) seconds() int { return int(math.Ceil(time.Duration(t).Seconds())) }

// A counted is what a try is counted by.
type counted struct {
	by  *throttle.Shared
	key string
}

// knock books a try of a login from a remote address (host:port), or fails with
// fault.TooMany, because of a tooSoon. A try that fails books nothing. The address
// comes first, so that whoever is held back fills no book with logins.
func (d *door) knock(ctx context.Context, now time.Time, login, remote string) (knock, error) {
	return booked(ctx, now, counted{d.addresses, throttle.Network(remote)}, counted{d.logins, strings.ToLower(login)})
}

// knockAgain is knock from a device on which the login was in before.
func (d *door) knockAgain(ctx context.Context, now time.Time, device string) (knock, error) {
	return booked(ctx, now, counted{d.devices, device})
}

// code books a try of a code of somebody who has proved their password.
func (d *door) code(ctx context.Context, now time.Time, person string) (knock, error) {
	return booked(ctx, now, counted{d.codes, person})
}

func booked(ctx context.Context, now time.Time, all ...counted) (knock, error) {
	var k knock
	for _, c := range all {
		try := c.by.Take(ctx, now, c.key)
		if try.Wait > 0 {
			k.forgive()
			soon := tooSoon(try.Wait)
			return nil, fault.New(fault.TooMany, waitAtDoor.With(soon.seconds())).Because(soon)
		}
		k = append(k, try)
	}
	return k, nil
}
