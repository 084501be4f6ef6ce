package mailbox

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
)

// books are a Books in memory, as package store has them in tables.
type books struct {
	mu       sync.Mutex
	at       Position
	holder   uuid.UUID
	until    time.Time
	received []mailer.Incoming
	settled  int              // how often early bounces were looked for
	again    int              // mails that were received before
	refuse   map[string]error // by subject
	changed  chan struct{}    // closed and renewed at every change
}

func newBooks() *books { return &books{changed: make(chan struct{})} }

var errChanged = fault.New(fault.Conflict, sayNobody.With())

func (b *books) change() {
	close(b.changed)
	b.changed = make(chan struct{})
}

func (b *books) HoldMailbox(_ context.Context, _ string, holder uuid.UUID, now, until time.Time) (Position, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.holder != holder && now.Before(b.until) {
		return b.at, false, nil
	}
	b.holder, b.until = holder, until
	return b.at, true, nil
}

func (b *books) AdvanceMailbox(_ context.Context, _ string, holder uuid.UUID, to Position) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.holder != holder {
		return errChanged
	}
	b.at = to
	b.change()
	return nil
}

func (b *books) ReleaseMailbox(_ context.Context, _ string, holder uuid.UUID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.holder == holder {
		b.holder, b.until = uuid.Nil, time.Time{}
	}
	return nil
}

func (b *books) Receive(_ context.Context, in mailer.Incoming, _ time.Time) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.refuse[in.Subject]; err != nil {
		if errors.Is(err, errPanic) {
			panic("a reader stumbles")
		}
		return false, err
	}
	for _, known := range b.received {
		if known.SHA256 == in.SHA256 {
			b.again++
			return false, nil
		}
	}
	b.received = append(b.received, in)
	b.change()
	return true, nil
}

// errPanic has Receive panic.
var errPanic = errors.New("panic")

func (b *books) SettleBounces(context.Context, time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.settled++
	return nil
}

// stolen has another process hold the mailbox.
func (b *books) stolen() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.holder, b.until = uuid.New(), now.Add(time.Hour)
}

func (b *books) KeptWhole(_ context.Context, sha256 string) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, known := range b.received {
		if known.SHA256 == sha256 {
			return len(known.Raw) > 0 && known.Subject != "labelled", nil
		}
	}
	return false, nil
}

// state returns what is there, and what is closed when that changes.
func (b *books) state() (Position, []mailer.Incoming, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.at, append([]mailer.Incoming(nil), b.received...), b.changed
}
