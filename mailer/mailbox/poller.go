package mailbox

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/google/uuid"

	"jianbao/mailer"
)

// A Position says how far a mailbox was read.
type Position struct {
	Validity uint32    // the server's UIDVALIDITY; 0: never read
	UID      uint32    // the last mail that was handled
	Read     time.Time // when the mailbox was last read to its end
}

// Books is where mails are kept, and how far mailboxes were read. Every method is
// one transaction.
type Books interface {
	// HoldMailbox takes the lease on a mailbox, or renews it, and returns how far it
	// was read. It reports false if somebody else holds it.
	HoldMailbox(ctx context.Context, box string, holder uuid.UUID, now, until time.Time) (Position, bool, error)

	// AdvanceMailbox writes down how far a mailbox was read. It fails with
	// fault.Conflict unless holder holds the lease.
	AdvanceMailbox(ctx context.Context, box string, holder uuid.UUID, to Position) error

	// ReleaseMailbox gives the lease back, if holder has it.
	ReleaseMailbox(ctx context.Context, box string, holder uuid.UUID) error

	// Receive keeps a mail and does what it says. It reports false, and does
	// nothing, if the same bytes were received before.
	Receive(ctx context.Context, in mailer.Incoming, at time.Time) (bool, error)

	// SettleBounces does what bounces say that were received before it was written
	// down that their letters had gone.
	SettleBounces(ctx context.Context, at time.Time) error

	// KeptWhole reports whether a mail stands in the books with all its bytes.
	KeptWhole(ctx context.Context, sha256 string) (bool, error)
}

// A Poller reads one mailbox.
type Poller struct {
	Account Account
	After   After
	Books   Books
	// Every is how often the server is asked, whether it has IDLE or not; zero is
	// a minute.
	Every time.Duration
	// Back is how far back is read at the first contact, and how far before the
	// last reading when the server has renumbered its mails; zero is DefaultBack.
	Back time.Duration
	// Lease is how long a process that died keeps others from reading; zero is two
	// minutes.
	Lease time.Duration
	// Rest returns how long to wait after so many failures in a row; nil is Rest.
	Rest  func(failures int) time.Duration
	Now   func() time.Time
	NewID func() uuid.UUID
	Log   *slog.Logger
	// May says why nothing may be fetched now, or nil; nil asks nobody.
	May func(context.Context) error

	Counters

	holder  uuid.UUID
	counted uint32           // the UIDVALIDITY of the numbers in misses and large
	misses  map[imap.UID]int // failures on one mail
	large   map[imap.UID]bool
	held    bool // May said no, and it was logged
}

// Counters count what a Poller has done. They may be read at any time.
type Counters struct {
	Received atomic.Int64 // mails that were new
	Known    atomic.Int64 // mails that were received before
	Partly   atomic.Int64 // noted, and not read or not whole
	Failures atomic.Int64 // connections that could not be had or broke
	Left     atomic.Int64 // mails with which After could not be done
	Read     atomic.Int64 // when the mailbox was last read to its end, in seconds since 1970; 0 never
}

// DefaultBack is how far back a mailbox is read at the first contact.
const DefaultBack = 30 * 24 * time.Hour

// Rest is how long a poller waits after failures: 5 s, doubled each time up to ten
// minutes, less up to a quarter so that processes do not return together.
func Rest(failures int) time.Duration {
	length := min(5*time.Second<<min(failures-1, 10), 10*time.Minute)
	return length - rand.N(length/4)
}

// Run reads the mailbox until ctx ends, and returns nil then. It fails with
// fault.Invalid, at once, for settings that cannot be used.
func (p *Poller) Run(ctx context.Context) error {
	if err := p.Account.Check(); err != nil {
		return err
	}
	p.holder, p.misses, p.large = p.NewID(), map[imap.UID]int{}, map[imap.UID]bool{}
	defer func() {
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer stop()
		_ = p.Books.ReleaseMailbox(last, p.Account.Name(), p.holder) // it ends by itself
	}()
	failures := 0
	for ctx.Err() == nil {
		began := p.Read.Load()
		err := p.turn(ctx)
		if p.Read.Load() > began {
			failures = 0
		}
		length := p.every()
		if err != nil && ctx.Err() == nil {
			failures++
			p.Failures.Add(1)
			length = p.rest(failures)
			p.Log.Warn("mailbox: not read", "err", err, "failures", failures, "again", length.Round(time.Second))
		}
		sleep(ctx, length)
	}
	return nil
}

func (p *Poller) every() time.Duration {
	if p.Every <= 0 {
		return time.Minute
	}
	return p.Every
}

func (p *Poller) lease() time.Duration {
	if p.Lease <= 0 {
		return 2 * time.Minute
	}
	return p.Lease
}

func (p *Poller) back() time.Duration {
	if p.Back <= 0 {
		return DefaultBack
	}
	return p.Back
}

func (p *Poller) rest(failures int) time.Duration {
	if p.Rest != nil {
		return p.Rest(failures)
	}
	return Rest(failures)
}

func sleep(ctx context.Context, length time.Duration) {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// errLost is that another process took the mailbox over.
var errLost = errors.New("another process reads the mailbox")

// turn reads the mailbox as long as it is this process's turn and the connection
// holds. It returns nil where it is another's.
func (p *Poller) turn(ctx context.Context) error {
	if !p.may(ctx) {
		return nil
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	at, mine, err := p.hold(ctx)
	if err != nil || !mine {
		return err
	}
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		p.renew(ctx, stop)
	}()
	defer func() { stop(nil); <-renewed }()
	s, err := p.Account.open(ctx, p.After.Way == Keep)
	if err != nil {
		return err
	}
	defer s.close()
	r := &reading{Poller: p, session: s, at: at}
	for {
		if err := r.look(ctx); err != nil {
			return cause(ctx, err)
		}
		if err := s.wait(ctx, p.every()); err != nil {
			return cause(ctx, err)
		}
		if !p.may(ctx) {
			return nil
		}
	}
}

// cause is why ctx ended, if it did, or the error.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

func (p *Poller) hold(ctx context.Context) (Position, bool, error) {
	now := p.Now()
	return p.Books.HoldMailbox(ctx, p.Account.Name(), p.holder, now, now.Add(p.lease()))
}

// renew keeps the lease until ctx ends, and ends it by lost if it cannot.
func (p *Poller) renew(ctx context.Context, lost context.CancelCauseFunc) {
	until := time.Now().Add(p.lease())
	for {
		sleep(ctx, p.lease()/4)
		if ctx.Err() != nil {
			return
		}
		began := time.Now()
		_, mine, err := p.hold(ctx)
		switch {
		case err == nil && mine:
			until = began.Add(p.lease())
		case err == nil || time.Now().After(until):
			lost(errLost)
			return
		}
	}
}

// may reports whether this machine may fetch mail, and logs once when it ceases
// to.
func (p *Poller) may(ctx context.Context) bool {
	if p.May == nil {
		return true
	}
	why := p.May(ctx)
	if why != nil && !p.held {
		p.Log.Warn("mailbox: nothing is fetched", "why", why.Error())
	}
	p.held = why != nil
	return why == nil
}
