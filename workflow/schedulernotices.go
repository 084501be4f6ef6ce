package workflow

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// Watch is where the scheduler finds out what is to be told, and where it is
// written down. Every method is one transaction.
//
// Whatever changes an issue puts it on the watch in its own transaction, so
// that nothing is lost between what happened and what is said of it.
type Watch interface {
	// Waking returns up to limit issues that are to be looked at by now, those
	// that waited longest first.
	Waking(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error)

	// Tell looks at an issue under a lock of its watch, writes the notices that
	// tell returns and have not been said yet, and when it is to be looked at
	// again. It returns how many were new, and does nothing if another process
	// is at it or was.
	Tell(ctx context.Context, issue uuid.UUID, now time.Time, tell func(Sight) Telling) (int, error)

	// Sweep puts on the watch what should be there and is not, and wakes what a
	// delegation concerns that began since it was looked at. It returns how
	// many.
	Sweep(ctx context.Context, now time.Time) (int, error)

	// Unmailed returns up to limit people who have notices that are to be
	// mailed by now.
	Unmailed(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error)

	// Mail hands all such notices of a person to the mail engine as one
	// letter, and marks them. It returns false and does nothing if there are
	// none or another process is at it.
	Mail(ctx context.Context, person uuid.UUID, now time.Time, write func(Reach, []Notice) NoticeMail) (bool, error)
}

// sweepEvery is how often the scheduler looks for work whose tick was lost.
const sweepEvery = time.Minute

// tell writes the notices that are due.
func (s *Scheduler) tell(ctx context.Context) error {
	if s.Watch == nil {
		return nil
	}
	now, err := s.Desk.Now(), error(nil)
	if since := now.Sub(s.swept); since >= sweepEvery || since < 0 {
		var found int
		if found, err = s.Watch.Sweep(ctx, now); err == nil {
			s.swept = now
		}
		if found > 0 {
			s.Log.Info("scheduler: sweep", "found", found)
		}
	}
	ids, failed := s.Watch.Waking(ctx, now, batch)
	err = errors.Join(err, failed)
	for _, id := range ids {
		_, failed := s.Watch.Tell(ctx, id, now, func(v Sight) Telling { return Tell(v, now, s.Desk.NewID) })
		if failed != nil {
			err = errors.Join(err, failure{id, failed})
		}
	}
	return err
}

// mail hands notices to the mail engine.
func (s *Scheduler) mail(ctx context.Context) error {
	if s.Watch == nil || s.Letters == nil {
		return nil
	}
	now := s.Desk.Now()
	people, err := s.Watch.Unmailed(ctx, now, batch)
	for _, person := range people {
		mailed, failed := s.Watch.Mail(ctx, person, now, s.Letters)
		err = errors.Join(err, failed)
		if mailed && s.Released != nil {
			s.Released()
		}
	}
	return err
}

// A NoticeMail is one letter to one person, in their language.
type NoticeMail struct {
	Subject string
	Text    string
	// Tickets are the one-time answers that the letter offers; the text has the
	// mark of each.
	Tickets []Ticket
}

var (
	mailSubject = fault.Say("workflow.notice.subject", "【简报提醒】共%d件：%s", "[Bulletin] %d notices: %s")
	mailOne     = fault.Say("workflow.notice.subject-one", "【简报提醒】%s", "[Bulletin] %s")
	mailAt      = fault.Say("workflow.notice.page", "办理：%s", "To do it: %s")
	mailAnswer  = fault.Say("workflow.notice.answer", "不登录办理（先看正文，%s前有效，只能用一次）：%s", "Without signing in (the text comes first; until %s, once): %s")
	mailFoot    = fault.Say("workflow.notice.foot", "本信由简报系统自动发出。", "This letter was written by the bulletin system.")
)

// NoticeLetters writes notices as mail: one letter for all, a line for each,
// with the address of its page under site where that is not "", and a one-time
// answer for what asks for a decision where there is a key to make tokens with.
func NoticeLetters(site string, key TicketKey, now func() time.Time, newID func() uuid.UUID) func(Reach, []Notice) NoticeMail {
	return func(r Reach, all []Notice) (m NoticeMail) {
		lang := r.Language()
		m.Subject = mailOne.With(all[0].Says).In(lang)
		if len(all) > 1 {
			m.Subject = mailSubject.With(len(all), all[0].Says).In(lang)
		}
		asked := map[uuid.UUID]bool{}
		for _, n := range all {
			m.Text += "· " + n.Says.In(lang) + "\n"
			if site == "" || n.Page() == "" {
				continue
			}
			m.Text += "  " + mailAt.With(site+n.Page()).In(lang) + "\n"
			if n.Kind.asks() && n.Digest != "" && !asked[n.Issue] && key != nil {
				asked[n.Issue] = true
				ticket := ticketFor(n, now(), newID())
				ticket.Hash = TicketHash(key.Token(ticket.ID))
				m.Tickets = append(m.Tickets, ticket)
				m.Text += "  " + mailAnswer.With(ticket.Expires.In(time.FixedZone("", 8*60*60)).Format("2006-01-02 15:04"), ticket.Mark()).In(lang) + "\n"
			}
		}
		m.Text += "\n" + mailFoot.With().In(lang) + "\n"
		return m
	}
}
