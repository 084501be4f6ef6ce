package remarks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// Watch is where a [Reminder] finds out what is to be told of remarks, and where
// that is written down. Every method is one transaction. What changes a remark
// puts it on the watch in its own transaction.
type Watch interface {
	// WakingRemarks returns up to limit remarks that are to be looked at by now,
	// those that waited longest first.
	WakingRemarks(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error)

	// TellRemark looks at a remark under a lock, writes the notices that tell
	// returns and have not been said yet, settles those of other places, and keeps
	// when it is to be looked at again. It returns how many notices were new, and
	// does nothing if another process is at it or was.
	TellRemark(ctx context.Context, id uuid.UUID, now time.Time, tell func(Sight) Telling) (int, error)
}

// A Reminder tells people of remarks that wait for them. Any number of processes
// may run one over the same books: each notice is a unique row.
type Reminder struct {
	Watch Watch
	NewID func() uuid.UUID
}

// batch is how many remarks one look takes up.
const batch = 100

// Look tells what is to be told at now. It does all it can and returns what
// failed, joined.
func (r Reminder) Look(ctx context.Context, now time.Time) error {
	ids, err := r.Watch.WakingRemarks(ctx, now, batch)
	for _, id := range ids {
		_, failed := r.Watch.TellRemark(ctx, id, now, func(s Sight) Telling { return Tell(s, now, r.NewID) })
		err = errors.Join(err, failed)
	}
	return err
}

// A Sight is all that [Tell] looks at.
type Sight struct {
	Remark    Remark
	Series    workflow.Series
	Timetable workflow.Timetable
	Staff     workflow.Staff
	Reach     map[uuid.UUID]workflow.Reach
	Years     []calendar.Year // the office's own
	// Units are those of the directory that have not answered the slip.
	Units []recipients.Unit
}

// A Telling is what follows from a look at a remark.
type Telling struct {
	Notices []workflow.Notice
	// Letters go to the units; one that was written before is not written again.
	Letters []UnitLetter
	// Places are where the remark stands; what was said of others is settled.
	Places []string
	// Next is when to look again; the zero time is not until it changes.
	Next time.Time
}

// A rung is a day on which somebody is reminded of a slip: so many working days
// from its last day. At the last rungs whoever reviews and signs is told too.
type rung struct {
	days  int
	raise bool
}

// ladder reminds while more time can still be asked for, on the last day, on the
// working day after it and on the third.
var ladder = []rung{{days: -2}, {days: 0}, {days: 1}, {days: 3, raise: true}}

// promptly is the ladder of what the office itself has to do: within the day
// (转办不过夜), then the heads hear of it.
var promptly = []workflow.Rung{{Hours: 0}, {Hours: 8, Raise: true}}

const (
	workingDay = 8 // hours
	// lookAgain is the longest time between two looks at an open remark, so that
	// what was changed about people and holidays is found.
	lookAgain = 24 * time.Hour
)

var (
	toCheck    = fault.Say("remarks.notice.check", "《%s》：%s的批示待核对（%s登记）", "%s: a remark of %s is to be checked (entered by %s)")
	toAssign   = fault.Say("remarks.notice.assign", "《%s》：%s的批示已核对，请当日交办", "%s: the remark of %s is checked; please assign it within the day")
	allReplied = fault.Say("remarks.notice.replied", "《%s》批示%s（%s）：各单位已反馈，请办结或退回", "%s, slip %s (%s): all units have answered; please close it or send it back")
	toReport   = fault.Say("remarks.notice.report", "《%s》批示%s（%s）已办结，请报告领导", "%s, slip %s (%s) is closed; please report to the leader")
	longer     = fault.Say("remarks.notice.longer", "《%s》批示%s（%s）：申请延期到%s，请审批", "%s, slip %s (%s): more time is asked for, until %s; please decide")
	waitsStill = fault.Say("remarks.notice.still", "已逾一个工作日：%s", "for more than a working day: %s")
	dueSoon    = fault.Say("remarks.notice.soon", "《%s》批示%s（%s）应于%s前反馈，还剩%d个工作日：%s", "%s, slip %s (%s) is due by %s, %d working days are left: %s")
	dueToday   = fault.Say("remarks.notice.today", "《%s》批示%s（%s）今日到期，尚未反馈：%s", "%s, slip %s (%s) is due today; not answered: %s")
	dueOver    = fault.Say("remarks.notice.over", "《%s》批示%s（%s）应于%s前反馈，已逾期%d个工作日，请催办：%s", "%s, slip %s (%s) was due by %s and is %d working days overdue; please press for it: %s")
)

// Tell says who is to be told what about a remark as it stands at now. It is
// pure; what it says again, under the same key, is said already.
func Tell(s Sight, now time.Time, newID func() uuid.UUID) Telling {
	t := teller{Sight: s, now: now, newID: newID, calendar: s.Timetable.Calendar(s.Series, s.Years)}
	r := s.Remark
	clerks := t.holding(accounts.Clerk)
	switch r.State {
	case Entered:
		t.promptly(r.Entered.At, t.checkers(), toCheck.With(s.Series.Masthead, r.Leader, r.Entered.Name))
	case Checked:
		t.promptly(r.Checked.At, clerks, toAssign.With(s.Series.Masthead, r.Leader))
	case Assigned:
		t.slip()
	case Replied:
		t.promptly(r.Slip.answeredAt(), t.keeper(), allReplied.With(t.named()...))
	case Closed:
		if r.Slip != nil {
			t.promptly(r.Closed.At, t.keeper(), toReport.With(t.named()...))
		}
	}
	t.asked()
	if again := now.Add(lookAgain); r.Open() && (t.out.Next.IsZero() || t.out.Next.After(again)) {
		t.out.Next = again
	}
	return t.out
}

// A teller writes the notices of one look.
type teller struct {
	Sight
	now      time.Time
	newID    func() uuid.UUID
	calendar calendar.Calendar
	out      Telling
}

// named begins what is said of a slip.
func (t *teller) named() []any {
	return []any{t.Series.Masthead, t.Remark.Slip.Number(), t.Remark.Leader}
}

// stand is a place of the remark.
func (t *teller) stand(parts ...any) string {
	place := strings.TrimSuffix(fmt.Sprintln(append([]any{t.Remark.State}, parts...)...), "\n")
	t.out.Places = append(t.out.Places, place)
	return place
}

func (t *teller) say(kind workflow.NoticeKind, place, key string, to []accounts.Person, says fault.Reason) {
	n := workflow.Notice{Series: t.Series.ID, Remark: t.Remark.ID, Kind: kind, Place: place, Says: says, At: moment(t.now),
		Key: fmt.Sprintf("remark/%s/%s/%s", t.Remark.ID, place, key)}
	t.out.Notices = append(t.out.Notices, workflow.Addressed(n, to, t.Reach, t.calendar, t.newID)...)
}

// promptly tells people what the office has to do since a moment, and again when
// a working day has passed.
func (t *teller) promptly(since time.Time, to []accounts.Person, says fault.Reason) {
	place := t.stand(since.UnixMicro())
	t.say(workflow.RemarkToDo, place, "to-do", to, says)
	climb := workflow.ClimbTo(t.calendar, since, workingDay, promptly, t.now)
	t.out.Next = climb.Next
	if climb.Rung < 0 {
		return
	}
	if promptly[climb.Rung].Raise {
		to = append(slices.Clone(to), t.heads()...)
	}
	t.say(workflow.RemarkDue, place, fmt.Sprintf("late/%d", climb.Rung), to, waitsStill.With(says))
}

// slip climbs the ladder of a slip. Rungs that passed together, because the
// program was down, are one; those before it was given, or was given more time,
// are none.
func (t *teller) slip() {
	slip := t.Remark.Slip
	place := t.stand(slip.Due)
	at := -1
	for n, r := range ladder {
		when := t.calendar.NextWorkingMoment(startOf(shift(slip.Due, r.days, t.calendar), t.Series))
		if when.After(t.now) {
			t.out.Next = when
			break
		}
		if when.After(slip.since()) {
			at = n
		}
	}
	if at < 0 {
		return
	}
	to := t.keeper()
	if ladder[at].days > 0 {
		to = append(to, t.holding(accounts.Clerk)...)
	}
	if ladder[at].raise {
		to = append(to, t.heads()...)
	}
	t.say(workflow.RemarkDue, place, fmt.Sprintf("due/%d", at), to, t.due())
	t.write(place, at)
}

// due is what is said at a rung: by the day it is said on, which may be later.
func (t *teller) due() fault.Reason {
	slip := t.Remark.Slip
	today := calendar.DayOf(t.now.In(t.Series.Location()))
	left := Left(today, slip.Due, t.calendar)
	waiting := strings.Join(convert(slip.Waiting(), func(u workflow.Named) string { return u.Name }), "、")
	switch {
	case slip.Due.Before(today):
		return dueOver.With(append(t.named(), slip.Due.String(), max(1, -left), waiting)...)
	case left == 0:
		return dueToday.With(append(t.named(), waiting)...)
	}
	return dueSoon.With(append(t.named(), slip.Due.String(), left, waiting)...)
}

// since is when the units were told of the last day that holds.
func (s *Slip) since() time.Time {
	at := s.Given.At
	for _, e := range s.Extensions {
		if e.Granted {
			at = e.Decided.At
		}
	}
	return at
}

// asked tells those who decide about more time.
func (t *teller) asked() {
	if t.Remark.Slip == nil || !slices.Contains(working, t.Remark.State) {
		return
	}
	if e, waits := t.Remark.Slip.Asked(); waits {
		place := t.stand("asked", e.Asked.At.UnixMicro())
		t.say(workflow.RemarkToDo, place, "to-do", t.heads(), longer.With(append(t.named(), e.To.String())...))
	}
}

// shift is a day so many working days later, or earlier.
func shift(d calendar.Day, days int, c calendar.Calendar) calendar.Day {
	if days > 0 {
		return c.AddWorkingDays(d, days)
	}
	for ; days < 0; days++ {
		d = lastWorkday(d.Add(-1), c)
	}
	return d
}

func startOf(d calendar.Day, s workflow.Series) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, s.Location())
}

func (t *teller) holding(roles ...accounts.Role) (all []accounts.Person) {
	for _, p := range t.Staff.People {
		if p.Active && slices.ContainsFunc(roles, func(r accounts.Role) bool { return p.Has(r, t.Series.ID) }) {
			all = append(all, p)
		}
	}
	return all
}

func (t *teller) heads() []accounts.Person { return t.holding(heads...) }

// keeper is whoever gave the slip to the units, or the clerks where that person
// is gone.
func (t *teller) keeper() []accounts.Person {
	for _, p := range t.holding(desk...) {
		if p.ID == t.Remark.Slip.Given.By {
			return []accounts.Person{p}
		}
	}
	return t.holding(accounts.Clerk)
}

// checkers are those at the desk who did not enter the remark, or the heads
// where nobody else is there.
func (t *teller) checkers() []accounts.Person {
	others := func(all []accounts.Person) []accounts.Person {
		return slices.DeleteFunc(all, func(p accounts.Person) bool { return p.ID == t.Remark.Entered.By })
	}
	if at := others(t.holding(desk...)); len(at) > 0 {
		return at
	}
	return others(t.heads())
}
