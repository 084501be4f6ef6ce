package workflow

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/receipts"
	"jianbao/workflow/calendar"
)

// A ChaseSight is all that [Chase] looks at: an issue that is out and its
// receipt board.
type ChaseSight struct {
	Issue     Issue
	Series    Series
	Timetable Timetable
	Staff     Staff
	Reach     map[uuid.UUID]Reach
	Years     []calendar.Year // the office's own
	Lines     []receipts.Line
	Units     []recipients.Unit // of the directory, those of the lines
	// Dispatch is the release of the issue.
	Dispatch uuid.UUID
}

// A Chased is one rung climbed for one unit.
type Chased struct {
	Unit uuid.UUID
	Rung int
	Whom Whom
	// Letter is the reminder, or nil where the clerks ring.
	Letter *ChaseLetter
}

// A ChaseLetter is a reminder to one unit. It says nothing of what the issue
// says, and nothing of other units.
type ChaseLetter struct {
	To      Letter
	Subject string
	Text    string
	// Slip is that of the unit, whose mark the text has; it is kept unless there
	// is one already.
	Slip receipts.Slip
}

// A Chasings is what follows from a look at the board.
type Chasings struct {
	Chased  []Chased
	Notices []Notice
}

var (
	chaseSubject = fault.Say("workflow.chase.subject", "请签收：%s", "Please acknowledge: %s")
	chaseText    = fault.Say("workflow.chase.text", "%s：\n\n%s已于%s发给贵单位，尚未收到签收。请签收：\n\n%s\n\n也可以直接回复本信“已收到”。没有收到的，请回信说明，我们重新发送。已经签收的，请不必理会。\n\n%s\n", "%s:\n\n%s was sent to you on %s and has not been acknowledged yet. Please acknowledge it:\n\n%s\n\nor simply answer this letter with “已收到” (received). If it did not arrive, please say so and we shall send it again. If you have acknowledged it already, please pay no attention to this.\n\n%s\n")
	chasePlain   = fault.Say("workflow.chase.plain", "%s：\n\n%s已于%s发给贵单位，尚未收到签收。请直接回复本信“已收到”。没有收到的，请回信说明，我们重新发送。已经签收的，请不必理会。\n\n%s\n", "%s:\n\n%s was sent to you on %s and has not been acknowledged yet. Please answer this letter with “已收到” (received). If it did not arrive, please say so and we shall send it again. If you have acknowledged it already, please pay no attention to this.\n\n%s\n")
	chaseCalls   = fault.Say("workflow.chase.calls", "%s还有%d个单位没有签收，请照电话名单催问：%s", "%s: %d units have not acknowledged it; please ring them, as on the phone list: %s")
)

// Chase says who is asked for the receipt of an issue at now. It is pure; what
// it says again, for the same unit and rung, is done already. key makes the links
// of one-time receipts; without site there are none.
func Chase(s ChaseSight, key TicketKey, site string, now time.Time, newID func() uuid.UUID) (all Chasings) {
	cal := s.Timetable.Calendar(s.Series, s.Years)
	byID := map[uuid.UUID]recipients.Unit{}
	for _, u := range s.Units {
		byID[u.ID] = u
	}
	var ring []string
	var first Chased
	for _, l := range s.Lines {
		rung, whom := NextChase(cal, s.Timetable.Chasing, l, now)
		if rung < 0 {
			continue
		}
		to := mailboxesFor(whom, byID[l.Unit])
		chased := Chased{Unit: l.Unit, Rung: rung, Whom: whom}
		if len(to) == 0 {
			chased.Whom = AskByPhone
			if ring = append(ring, l.Name); len(ring) == 1 {
				first = chased
			}
		} else {
			chased.Letter = s.letter(l, to, key, site, now, newID())
		}
		all.Chased = append(all.Chased, chased)
	}
	if len(ring) > 0 {
		says := chaseCalls.With(IssueName(s.Series, s.Issue.Number.No), len(ring), strings.Join(ring, "、"))
		n := Notice{Series: s.Series.ID, Issue: s.Issue.ID, Kind: Unanswered, Key: fmt.Sprintf("chase/%d/%s", first.Rung, first.Unit), Says: says, At: moment(now)}
		clerks := (Sight{Series: s.Series, Staff: s.Staff}).holding(accounts.Clerk)
		all.Notices = Addressed(n, clerks, s.Reach, cal, newID)
	}
	return all
}

// mailboxesFor are the addresses at which somebody of a unit is asked; none
// where the clerks ring.
func mailboxesFor(whom Whom, u recipients.Unit) []string {
	contact := u.Contact.Addresses
	if len(contact) == 0 {
		contact = u.Mailboxes()
	}
	switch {
	case whom == AskByPhone:
		return nil
	case whom == AskDeputy && len(u.Deputy.Addresses) > 0:
		return u.Deputy.Addresses
	}
	return contact
}

func (s ChaseSight) letter(l receipts.Line, to []string, key TicketKey, site string, now time.Time, id uuid.UUID) *ChaseLetter {
	name := IssueName(s.Series, s.Issue.Number.No)
	day := l.Sent.In(s.Series.Location()).Format("2006-01-02")
	slip := SlipFor(receipts.Slip{
		Issue: s.Issue.ID, Dispatch: s.Dispatch, Version: l.Version, Unit: l.Unit, Name: l.Name, Means: receipts.ByLink, Copies: l.Copies,
	}, key, now)
	text := chaseText.With(l.Name, name, day, slipMark(slip.ID), s.Series.Organ)
	if site == "" || key == nil {
		text = chasePlain.With(l.Name, name, day, s.Series.Organ)
	}
	return &ChaseLetter{
		To:      Letter{ID: id, Unit: l.Unit, Name: l.Name, Addresses: to},
		Subject: chaseSubject.With(name).In(fault.ZH), Text: text.In(fault.ZH), Slip: slip,
	}
}
