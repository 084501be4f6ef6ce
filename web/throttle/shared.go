package throttle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"time"
)

// Counts is where tries are counted that all processes share. now is the clock
// of who asks; a row that is lost costs nothing but the count.
type Counts interface {
	// CountTry takes a try of a key, of which burst are let through at once and
	// one more after each span of time. It returns how long the try is too soon,
	// and has counted nothing then; 0 is that it was taken.
	CountTry(ctx context.Context, key string, now time.Time, burst int, every time.Duration) (time.Duration, error)

	// ForgiveTry gives a try back that was taken.
	ForgiveTry(ctx context.Context, key string, every time.Duration) error

	// CountTries counts n tries of a key that were made already, whether or not
	// they came too soon, and returns when all tries of the key are free again. It
	// looks no further ahead than twice the burst, and counts nothing beyond.
	CountTries(ctx context.Context, key string, now time.Time, n, burst int, every time.Duration) (free time.Time, err error)
}

// A Shared counts tries by key in this process and, where there are Counts, with
// all others. Its own count comes first: whoever it holds back costs no database
// anything.
type Shared struct {
	name  string
	local *Throttle
	all   Counts
	log   *slog.Logger
}

// Share has a throttle count with all processes under a name. Without counts it
// counts for itself.
func Share(name string, local *Throttle, all Counts, log *slog.Logger) *Shared {
	return &Shared{name, local, all, log}
}

// countTime is how long a count may take. Whoever hangs up meanwhile is counted
// all the same.
const countTime = 5 * time.Second

// A Try is one that was taken, or that came too soon.
type Try struct {
	// Wait is how long it came too soon; 0: it was taken.
	Wait    time.Duration
	forgive func()
}

// Forgive gives a try back that was right. It may be called once; of a try that
// came too soon there is nothing to give back.
func (t Try) Forgive() {
	if t.forgive != nil {
		t.forgive()
	}
}

// Take takes a try of a key. Where the database does not count, this process
// alone does: a door that nobody can open while the database is slow would be a
// door that anybody can shut.
func (s *Shared) Take(ctx context.Context, now time.Time, key string) Try {
	if wait := s.local.Take(now, key); wait > 0 {
		return Try{Wait: wait}
	}
	own := func() { s.local.Return(key) }
	if s.all == nil {
		return Try{forgive: own}
	}
	hidden := hidden(s.name, key)
	during, stop := context.WithTimeout(context.WithoutCancel(ctx), countTime)
	defer stop()
	wait, err := s.all.CountTry(during, hidden, now, s.local.burst, s.local.every)
	switch {
	case err != nil:
		s.log.WarnContext(ctx, "a try is counted here alone", "of", s.name, "error", err)
		return Try{forgive: own}
	case wait > 0:
		own()
		return Try{Wait: wait}
	}
	return Try{forgive: func() {
		own()
		during, stop := context.WithTimeout(context.WithoutCancel(ctx), countTime)
		defer stop()
		if err := s.all.ForgiveTry(during, hidden, s.local.every); err != nil {
			s.log.WarnContext(ctx, "a try is not given back", "of", s.name, "error", err)
		}
	}}
}

// hidden is a key as the database has it: what strangers typed is not kept, and
// is as long as any other.
func hidden(name, key string) string {
	sum := sha256.Sum256([]byte(name + "\x00" + key))
	return hex.EncodeToString(sum[:])
}
