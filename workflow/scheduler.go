package workflow

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Scheduler is what moves an issue when nobody clicks: it releases what is
// due, notices that all letters are settled, and opens the next issue on its
// cadence. Any number of processes may run one over the same database: every
// act is guarded by the version of the issue, every fire is a unique row.
type Scheduler struct {
	Desk   *Desk
	Agenda Agenda
	Log    *slog.Logger
	// Every is the time between two looks; 0 means one second.
	Every time.Duration
	// Released is called after a release, to wake the mail engine; may be nil.
	Released func()
	// Looked is called after every look, for whoever waits for what the
	// scheduler does; may be nil.
	Looked func()
	// Stirred holds a token when there may be something to do before it is time to
	// look; a nil channel never does.
	Stirred <-chan struct{}
	// Watch is where notices come from and go to; nil tells nobody anything.
	Watch Watch
	// Letters writes what notices say as mail; nil mails none.
	Letters func(Reach, []Notice) NoticeMail
	// Chases is where receipts are asked for; nil asks nobody. Receiving is where
	// those go that come by mail.
	Chases    Chases
	Receiving Receiving
	// Answering is where decisions go that come by mail; without Mails none do.
	Answering Answering
	// Chores are looked after at every look, beside the issues; each does what is
	// due at now, and sends nothing.
	Chores []func(ctx context.Context, now time.Time) error
	// May returns why nothing may be sent from here, or nil; a nil May lets all
	// go. What is held waits, however long.
	May func(ctx context.Context) error

	// Traced begins a span of one look, which done ends; nil makes none.
	Traced func(ctx context.Context, name string) (inner context.Context, done func(error))

	fired  time.Time // the minute whose fires were made
	swept  time.Time // when what was lost was looked for
	chased time.Time // the minute in which receipts were asked for
	held   bool      // said so already
}

// Robot is the scheduler's name in history.
const Robot = "调度"

// batch is how many issues one look takes up of each sort.
const batch = 50

// Run looks until ctx ends, and returns nil then. What fails is logged and
// tried again at the next look.
func (s *Scheduler) Run(ctx context.Context) error {
	every := s.Every
	if every == 0 {
		every = time.Second
	}
	for {
		if err := s.traced(ctx); err != nil && ctx.Err() == nil {
			s.failed(err)
		}
		if s.Looked != nil {
			s.Looked()
		}
		if s.rest(ctx, every); ctx.Err() != nil {
			return nil
		}
	}
}

// rest waits for the next look: a hint makes it come sooner, but not at once, so
// that a busy office is not looked at without end.
func (s *Scheduler) rest(ctx context.Context, every time.Duration) {
	look, least := time.NewTimer(every), time.NewTimer(every/10)
	defer look.Stop()
	defer least.Stop()
	select {
	case <-ctx.Done():
	case <-look.C:
	case <-s.Stirred:
		select {
		case <-ctx.Done():
		case <-least.C:
		}
	}
}

// A failure is what went wrong with one issue.
type failure struct {
	issue uuid.UUID
	err   error
}

// Error implements error.
func (f failure) Error() string { return fmt.Sprintf("issue %s: %v", f.issue, f.err) }

// Unwrap is for errors.Is and errors.As.
func (f failure) Unwrap() error { return f.err }

// failed writes a line for everything that went wrong in a look.
func (s *Scheduler) failed(err error) {
	if all, joined := err.(interface{ Unwrap() []error }); joined {
		for _, one := range all.Unwrap() {
			s.failed(one)
		}
		return
	}
	if f, is := err.(failure); is {
		s.Log.Error("scheduler: look", "issue", f.issue, "err", f.err)
		return
	}
	s.Log.Error("scheduler: look", "err", err)
}

// traced is a look with a span around it, where somebody wants one.
func (s *Scheduler) traced(ctx context.Context) error {
	if s.Traced == nil {
		return s.Look(ctx)
	}
	inner, done := s.Traced(ctx, "scheduler look")
	err := s.Look(inner)
	done(err)
	return err
}

// Look does once what is due now. It does all it can and returns what failed,
// joined.
func (s *Scheduler) Look(ctx context.Context) error {
	err := errors.Join(s.finish(ctx), s.fire(ctx), s.tell(ctx), s.collect(ctx))
	for _, chore := range s.Chores {
		err = errors.Join(err, chore(ctx, s.Desk.Now()))
	}
	if s.maySend(ctx) {
		err = errors.Join(err, s.release(ctx), s.chase(ctx), s.mail(ctx))
	}
	return err
}

// maySend reports whether this machine may send, and logs once when it ceases
// to.
func (s *Scheduler) maySend(ctx context.Context) bool {
	if s.May == nil {
		return true
	}
	why := s.May(ctx)
	if why != nil && !s.held {
		s.Log.Warn("scheduler: sends nothing", "why", why.Error())
	}
	s.held = why != nil
	return why == nil
}

func (s *Scheduler) actor() Actor { return Actor{Robot: Robot} }

func (s *Scheduler) release(ctx context.Context) error {
	ids, err := s.Agenda.Due(ctx, s.Desk.Now(), batch)
	for _, id := range ids {
		_, failed := s.Desk.Release(ctx, s.actor(), id)
		switch {
		case failed == nil:
			s.Log.Info("scheduler: released", "issue", id)
			if s.Released != nil {
				s.Released()
			}
		case fault.Is(failed, fault.Conflict): // another process was first
		case fault.Is(failed, fault.Blocked): // said on the issue's page; looked at again
			s.Log.Warn("scheduler: not released", "issue", id, "why", failed.Error())
		default:
			err = errors.Join(err, failure{id, failed})
		}
	}
	return err
}

func (s *Scheduler) finish(ctx context.Context) error {
	ids, err := s.Agenda.Settled(ctx, batch)
	for _, id := range ids {
		issue, failed := s.Desk.Books.Issue(ctx, id)
		if failed == nil {
			_, failed = s.Desk.Act(ctx, s.actor(), id, Order{Act: Finish, Version: issue.Version})
		}
		switch {
		case failed == nil:
			s.Log.Info("scheduler: all letters are settled", "issue", id)
		case !fault.Is(failed, fault.Conflict) && !fault.Is(failed, fault.Blocked):
			err = errors.Join(err, failure{id, failed})
		}
	}
	return err
}

// fire makes the fires that are due. Ticks are of whole minutes, so that the
// schedules are looked at once in each.
func (s *Scheduler) fire(ctx context.Context) error {
	minute := s.Desk.Now().Truncate(time.Minute)
	if minute.Equal(s.fired) {
		return nil
	}
	cursors, err := s.Agenda.Cursors(ctx)
	for _, cursor := range cursors {
		for _, schedule := range Recurrences(cursor.Series, cursor.Timetable) {
			err = errors.Join(err, s.fireAll(ctx, cursor, schedule))
		}
	}
	if err == nil {
		s.fired = minute
	}
	return err
}

func (s *Scheduler) fireAll(ctx context.Context, cursor Cursor, schedule Recurrence) error {
	due, err := DueFires(cursor, schedule, s.Desk.Now())
	for _, fire := range due {
		_, failed := s.Agenda.Fire(ctx, fire, func(v FireView) (FireResult, error) {
			return FireWork(v, fire, s.Desk.Now(), s.Desk.NewID), nil
		})
		err = errors.Join(err, failed)
	}
	return err
}
