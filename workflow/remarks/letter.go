package remarks

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// A UnitLetter reminds a unit of a slip that it has not answered. It has neither
// what the leader wrote nor what is to be done, and nothing of other units: the
// number is enough for who has the slip.
type UnitLetter struct {
	// ID is of the dispatch. It is made of what the letter says and to whom, so
	// that a letter that is there already shows.
	ID      uuid.UUID
	To      workflow.Letter
	Subject string
	Text    string
}

var (
	pressSubject = fault.Say("remarks.letter.subject", "请反馈：%s批示督办单%s", "Please answer: %s, slip %s")
	pressText    = fault.Say("remarks.letter.text", "%s：\n\n%s批示督办单%s%s，尚未收到贵单位的反馈。请按时反馈办理情况；到期办不完的，请在到期前说明原因，申请延期。已经反馈的，请不必理会。\n\n%s\n", "%s:\n\n%s, slip %s %s, and your answer has not come in yet. Please answer in time; where that cannot be done, please ask for more time before the day. If you have answered already, please pay no attention to this.\n\n%s\n")
	pressSoon    = fault.Say("remarks.letter.soon", "应于%s前反馈，还剩%d个工作日", "is due by %s, %d working days are left")
	pressToday   = fault.Say("remarks.letter.today", "今日（%s）到期", "is due today, %s")
	pressOver    = fault.Say("remarks.letter.over", "应于%s前反馈，已逾期%d个工作日", "was due by %s and is %d working days overdue")
)

// write reminds the units that have not answered, at a rung of the ladder, in
// working hours that are not quiet. Who has no address is for the clerks alone,
// who are told of everybody.
func (t *teller) write(place string, rung int) {
	if t.Series.Mailbox == "" {
		return
	}
	if open := t.calendar.NextWorkingMoment(t.now); t.calendar.Disturbs(t.now) || !open.Equal(t.now) {
		if open.After(t.now) && (t.out.Next.IsZero() || open.Before(t.out.Next)) {
			t.out.Next = open
		}
		return
	}
	slip := t.Remark.Slip
	for _, waits := range slip.Waiting() {
		to := t.mailboxes(waits.ID)
		if len(to) == 0 {
			continue
		}
		key := fmt.Sprintf("remark/%s/%s/due/%d/%s", t.Remark.ID, place, rung, waits.ID)
		t.out.Letters = append(t.out.Letters, UnitLetter{
			ID:      uuid.NewSHA1(t.Remark.ID, []byte(key)),
			To:      workflow.Letter{ID: t.newID(), Unit: waits.ID, Name: waits.Name, Addresses: to},
			Subject: pressSubject.With(t.Series.Masthead, slip.Number()).In(fault.ZH),
			Text:    pressText.With(waits.Name, t.Series.Masthead, slip.Number(), t.until(), t.Series.Organ).In(fault.ZH),
		})
	}
}

// Reminded is a remark with a line of history that names the units to which
// letters were written. Its version stays: what somebody has open of it holds.
func Reminded(r Remark, written []UnitLetter, now time.Time, id uuid.UUID) (Remark, Line) {
	names := convert(written, func(l UnitLetter) string { return l.To.Name + " " + strings.Join(l.To.Addresses, "；") })
	r.Lines++
	l := Line{ID: id, Remark: r.ID, Seq: r.Lines, At: moment(now), Name: workflow.Actor{Robot: workflow.Robot}.Name(),
		Act: Remind, From: r.State, To: r.State, Note: strings.Join(names, "、"), Prev: r.Head}
	l.Hash = l.sum()
	r.Head = l.Hash
	return r, l
}

// mailboxes are the addresses of a unit's contact, or else all that it has.
func (t *teller) mailboxes(unit uuid.UUID) []string {
	for _, u := range t.Units {
		if u.ID == unit && len(u.Contact.Addresses) > 0 {
			return u.Contact.Addresses
		} else if u.ID == unit {
			return u.Mailboxes()
		}
	}
	return nil
}

// until says how much time is left.
func (t *teller) until() fault.Reason {
	due := t.Remark.Slip.Due
	today := calendar.DayOf(t.now.In(t.Series.Location()))
	left := Left(today, due, t.calendar)
	switch {
	case due.Before(today):
		return pressOver.With(due.String(), max(1, -left))
	case left == 0:
		return pressToday.With(due.String())
	}
	return pressSoon.With(due.String(), left)
}
