package workflow

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
)

var (
	sayNoIssue   = fault.Say("workflow.notice.missing", "%s应于%s前印发，尚无草稿", "%s is to be out by %s and has no draft")
	sayNotOut    = fault.Say("workflow.notice.late", "%s应于%s前印发，现在还是“%s”", "%s was to be out by %s and is %q still")
	sayNotOpened = fault.Say("workflow.notice.late-missing", "%s应于%s前印发，至今没有草稿", "%s was to be out by %s and has no draft even now")
)

// FireWork is the work of a fire: the next draft, or telling the right people
// of the issue that should be there. A fire that was let go has none.
func FireWork(v FireView, fire Fire, now time.Time, newID func() uuid.UUID) FireResult {
	switch {
	case fire.Outcome != "":
		return FireResult{Outcome: fire.Outcome}
	case fire.Schedule == Opening:
		return nextIssue(v, fire, now, newID)
	}
	return expect(v, fire, now, newID)
}

// nextIssue opens the draft of the next issue, unless one lies open already. A
// series that makes good every tick it missed has an issue for each.
func nextIssue(v FireView, fire Fire, now time.Time, newID func() uuid.UUID) FireResult {
	open := slices.ContainsFunc(v.Open, func(i Issue) bool { return i.State == Draft })
	if open && v.Timetable.CatchUp != CatchAll {
		return FireResult{Outcome: AlreadyOpen}
	}
	text := bulletin.Format(proposal(v, bulletin.DateOf(fire.At)))
	draft := DraftText{Text: text, Reading: bulletin.Parse(text)}
	draft.Circulation = recipients.Resolve(v.directory(), v.Series.Place, now, listed(draft.Reading.Document))
	change := OpenIssue(v.Series, Actor{Robot: Robot}, draft, now, newID)
	return FireResult{Outcome: Opened, Change: &change}
}

// proposal is what the next issue takes from its series and the last one:
// head, sections, lists, roles and print run, with a provisional number.
func proposal(v FireView, date bulletin.Date) bulletin.Document {
	d := bulletin.Document{
		Masthead: v.Series.Masthead, Organs: []string{v.Series.Organ}, Date: date,
		Number: bulletin.Number{Kind: bulletin.Ordinary, No: provisional(v.Register, date) + drafts(v.Open)},
	}
	for _, name := range v.Series.Sections {
		d.Sections = append(d.Sections, bulletin.Section{Name: name})
	}
	d.Lists = v.standingLists()
	if v.Last == nil {
		return d
	}
	last := v.Last.Document
	if len(d.Sections) == 0 {
		for _, s := range last.Sections {
			d.Sections = append(d.Sections, bulletin.Section{Name: s.Name})
		}
	}
	d.Remark.Slot, d.Notice = last.Remark.Slot, last.Notice
	d.Roles, d.FileCopies, d.PrintRun = last.Roles, last.FileCopies, last.PrintRun
	if d.PrintRun > 0 { // the text of the last may say another number than was printed
		d.PrintRun = v.Last.Copies.PrintRun
	}
	d.Phones, d.Faxes, d.Emails, d.PrintOrgan = last.Phones, last.Faxes, last.Emails, last.PrintOrgan
	return d
}

// standingLists are the lists of the next issue: those of the series, or the
// last issue's where it has none of its own.
func (v FireView) standingLists() []bulletin.List {
	if v.Standing.IsZero() && v.Last != nil {
		return v.Last.Document.Lists
	}
	return convert(v.Standing.Lists, func(l recipients.Listed) bulletin.List { return bulletin.List{Label: l.Label, Text: l.Text} })
}

// directory is whom the lists of the next issue mean. Units are as they are now,
// renamed ones too; how many copies each gets, the lists of the series say, or
// the last issue.
func (v FireView) directory() recipients.Directory {
	d := v.Directory
	if v.Standing.IsZero() && v.Last != nil {
		d.Copies = map[uuid.UUID]int{}
		for _, place := range v.Last.Circulation.All() {
			if !place.CopiesAssumed {
				d.Copies[place.Unit] = place.Copies
			}
		}
	}
	return d
}

// drafts counts the ordinary issues that will take a number before the next
// one.
func drafts(open []Issue) (n int) {
	for _, i := range open {
		if i.Kind == bulletin.Ordinary && i.Number.IsZero() {
			n++
		}
	}
	return n
}

// expect looks for the ordinary issue that is to be out by the tick of the
// fire: one that is on its way, or that came out since the tick before.
func expect(v FireView, fire Fire, now time.Time, newID func() uuid.UUID) FireResult {
	on := slices.IndexFunc(v.Open, func(i Issue) bool { return i.Kind == bulletin.Ordinary })
	if cameOut(v, fire) || fire.Schedule == Absence && on >= 0 {
		return FireResult{Outcome: AllWell}
	}
	by := fire.At.In(v.Series.Location())
	name, day := IssueName(v.Series, provisional(v.Register, bulletin.DateOf(by))), bulletin.DateOf(by).Chinese()
	n := Notice{Series: v.Series.ID, Key: fire.Schedule + "/" + fire.Local, At: moment(now)}
	to := (Sight{Series: v.Series, Staff: v.Staff}).holding(accounts.Editor)
	switch {
	case fire.Schedule == Absence:
		n.Kind, n.Says = NoIssue, sayNoIssue.With(name, day)
	case on < 0:
		n.Kind, n.Says = NotOut, sayNotOpened.With(name, day)
	default:
		n.Kind, n.Issue, n.Says = NotOut, v.Open[on].ID, sayNotOut.With(name, day, v.Open[on].State.Title())
		to = append(to, Sight{Series: v.Series, Staff: v.Staff}.holding(accounts.Clerk)...)
	}
	calendar := v.Timetable.Calendar(v.Series, v.Years)
	return FireResult{Outcome: Told, Notices: Addressed(n, to, v.Reach, calendar, newID)}
}

// cameOut reports whether an ordinary issue got its number for the tick of a
// fire: after the tick before it, which the spec of the schedule gives.
func cameOut(v FireView, fire Fire) bool {
	if v.Last == nil || v.Last.Kind != bulletin.Ordinary || v.Last.Released.IsZero() {
		return false
	}
	return v.Last.Released.After(tickBefore(v.Timetable.Appears, fire.At))
}

// tickBefore returns the tick of a spec before another one; specs look forward
// alone, so that it is searched for in ever longer spans.
func tickBefore(spec string, at time.Time) time.Time {
	schedule, err := ParseSpec(spec)
	if err != nil {
		return time.Time{}
	}
	for _, days := range []int{1, 8, 32, 366, 5 * 366} {
		before := time.Time{}
		for next := schedule.Next(at.AddDate(0, 0, -days).Add(-time.Minute)); !next.IsZero() && next.Before(at); next = schedule.Next(next) {
			before = next
		}
		if !before.IsZero() {
			return before
		}
	}
	return time.Time{}
}
