package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow/calendar"
)

// A Sight is all that [Tell] looks at: an open issue, whose it is, and what
// happened to it since it was looked at last.
type Sight struct {
	Issue     Issue
	Series    Series
	Timetable Timetable
	Staff     Staff
	Reach     map[uuid.UUID]Reach
	Years     []calendar.Year // the office's own
	Events    []Event
}

// A Telling is what follows from a look at an issue.
type Telling struct {
	Notices []Notice
	// Place is where the issue stands; what was said of other places is settled.
	Place string
	// Next is when to look again; the zero time is not until it changes, and
	// never again where the issue is through.
	Next time.Time
	// Through says that nothing more is to be told of the issue by itself.
	Through bool
}

// Underway lists the states of an issue that is on its way to its readers.
func Underway() []State {
	return []State{Draft, Review, Approved, Registered, Scheduled, Dispatching}
}

// lookAgain is the longest time between two looks at an issue that has a
// deadline, so that what was changed about hours, holidays or people is found
// without anybody saying so.
const lookAgain = 24 * time.Hour

// Place names where an issue stands on its way, and since when.
func (i Issue) Place() string {
	place := fmt.Sprintf("%s/%d/%d/%d", i.State, i.Step, i.Round, moment(i.Reached).UnixMicro())
	if i.Recall.Open() {
		place += "/recall"
	}
	return place
}

// Tell says who is to be told what about an issue as it stands at now. It is
// pure; what it says again, under the same key, is said already. It never
// decides anything in anybody's place.
func Tell(s Sight, now time.Time, newID func() uuid.UUID) Telling {
	t := teller{Sight: s, now: now, newID: newID, calendar: s.Timetable.Calendar(s.Series, s.Years)}
	t.out.Place = s.Issue.Place()
	for _, e := range s.Events {
		t.event(e)
	}
	t.work()
	t.recall()
	if s.Issue.Emergency.Open() {
		to := t.sitting(s.Issue.Route.signatory())
		t.say(ToRatify, "ratify/"+s.Issue.Emergency.At.UTC().Format(time.RFC3339), to, sayRatify.With(t.name(), s.Issue.Emergency.ByName))
	}
	t.out.Through = !s.Issue.Emergency.Open() && !slices.Contains(Underway(), s.Issue.State)
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

var (
	sayAssigned   = fault.Say("workflow.notice.assigned", "%s：请办理%s", "%s: please do the %s")
	sayNext       = fault.Say("workflow.notice.next", "%s：请%s", "%s: please %s")
	sayDraft      = fault.Say("workflow.notice.draft", "%s的草稿已按周期建好，请编辑", "the draft of %s was opened on its cadence; please edit it")
	sayReminder   = fault.Say("workflow.notice.reminder", "%s：%s应于%s前办结", "%s: the %s is due by %s")
	sayOverdue    = fault.Say("workflow.notice.overdue", "%s：%s应于%s前办结，已经逾期", "%s: the %s was due by %s and is overdue")
	sayRaised     = fault.Say("workflow.notice.raised", "%s：%s应于%s前办结，已经逾期，由%s办理，请督办", "%s: the %s was due by %s and is overdue; it is for %s to do, please see to it")
	sayStandIn    = fault.Say("workflow.notice.stand-in", "%s：请代%s办理%s", "%s: in place of %s, please do the %s")
	sayUnattended = fault.Say("workflow.notice.unattended", "%s：%s外出，无人代办%s，请改派", "%s: %s is away and nobody stands in for the %s; please reassign it")
	sayNobody     = fault.Say("workflow.notice.nobody", "%s：没有人能办理%s，请改派，或补上人员", "%s: nobody can do the %s; please assign somebody")
	sayReturned   = fault.Say("workflow.notice.returned", "%s被%s退回：%s", "%s was returned by %s: %s")
	sayObjection  = fault.Say("workflow.notice.objection", "%s：%s提出异议：%s", "%s: %s objects: %s")
	sayMissed     = fault.Say("workflow.notice.missed", "%s错过了发送时间，没有发出，请处理", "%s missed its time and was not released; please decide")
	sayHeld       = fault.Say("workflow.notice.held", "%s未能发出，请处理：%s", "%s could not be released; please see to it: %s")
	sayNames      = fault.Say("workflow.notice.names", "%s：名单上有%d处尚未认定，发不出去", "%s: %d names of its lists are not settled; it cannot be released")
	sayRatify     = fault.Say("workflow.notice.ratify", "%s由%s紧急签发，待补签", "%s was released in an emergency by %s and waits for an approval")
	issueNumbered = fault.Say("workflow.notice.issue", "《%s》第%d期", "%s, issue %d")
	issuePlain    = fault.Say("workflow.notice.issue-plain", "《%s》未编号的一期", "%s, an issue without a number")
	unexplainedBy = fault.Say("workflow.notice.no-words", "未写明理由", "no reason was given")
)

// name is what people call the issue.
func (t *teller) name() fault.Reason { return IssueName(t.Series, t.Issue.numberShown()) }

// numberShown is the number of an issue, or the one that its text expects.
func (i Issue) numberShown() int {
	if i.Number.No != 0 {
		return i.Number.No
	}
	return i.Document.Number.No
}

// IssueName returns what people call an issue of a series by its number; 0 is
// none yet.
func IssueName(s Series, no int) fault.Reason {
	if no == 0 {
		return issuePlain.With(s.Masthead)
	}
	return issueNumbered.With(s.Masthead, no)
}

// say tells people something. What asks somebody to do something ceases to
// matter when the issue goes on; what happened stays.
func (t *teller) say(kind NoticeKind, key string, to []accounts.Person, says fault.Reason) {
	n := Notice{Series: t.Series.ID, Issue: t.Issue.ID, Kind: kind, Key: key, Says: says, At: moment(t.now)}
	if !slices.Contains([]NoticeKind{Returned, Objection, HeldBack, EarlyClock, ToRatify}, kind) {
		n.Place = t.out.Place
	}
	if t.Issue.State == Review && kind.asks() {
		n.Digest = t.Issue.Digest()
	}
	t.out.Notices = append(t.out.Notices, Addressed(n, to, t.Reach, t.calendar, t.newID)...)
}

// Addressed returns a notice for each of the people, once: mailed as each is
// reached.
func Addressed(n Notice, to []accounts.Person, reach map[uuid.UUID]Reach, c calendar.Calendar, newID func() uuid.UUID) []Notice {
	var all []Notice
	for _, p := range to {
		if slices.ContainsFunc(all, func(n Notice) bool { return n.Person == p.ID }) {
			continue
		}
		n.ID, n.Person = newID(), p.ID
		n.SendAt = reach[p.ID].When(n.Kind, c, n.At)
		all = append(all, n)
	}
	return all
}

// event tells of what happened and is not to be seen from where the issue
// stands.
func (t *teller) event(e Event) {
	key, words := fmt.Sprintf("event/%d", e.Seq), strings.TrimSpace(e.Note)
	var note any = words
	if words == "" {
		note = unexplainedBy.With()
	}
	switch e.Act {
	case Return:
		t.say(Returned, key, t.authors(), sayReturned.With(t.name(), e.Name, note))
	case Object:
		t.say(Objection, key, t.authors(), sayObjection.With(t.name(), e.Name, note))
	case Miss:
		t.say(HeldBack, key, t.holding(accounts.Clerk), sayMissed.With(t.name()))
	case Misdate:
		t.say(EarlyClock, key, t.holding(accounts.Clerk), sayMisdated.With(t.name(), e.At.In(t.Series.Location()).Format("2006-01-02 15:04")))
	case Hold:
		var why any = note
		if len(e.Facts) > 0 {
			why = e.Facts[0]
		}
		t.say(HeldBack, key, t.holding(accounts.Clerk), sayHeld.With(t.name(), why))
	}
}

// work tells who has something to do, by when, and who does it instead.
func (t *teller) work() {
	place := t.out.Place
	switch t.Issue.State {
	case Draft:
		if len(t.Issue.Authors) == 0 {
			t.say(Assigned, "assigned/"+place, t.holding(accounts.Editor), sayDraft.With(t.name()))
		}
		t.remind(t.authors())
	case Review:
		waiting := t.Waiting(t.now)
		t.say(Assigned, "assigned/"+place, waiting, sayAssigned.With(t.name(), t.step()))
		if len(waiting) == 0 { // they left, or wrote in the text
			t.say(Unattended, "nobody/"+place, t.holding(accounts.Clerk), sayNobody.With(t.name(), t.step()))
		}
		t.standIn(waiting)
		t.names()
		t.remind(waiting)
	case Approved:
		t.say(Assigned, "assigned/"+place, t.holding(accounts.Clerk), sayNext.With(t.name(), Register.Title()))
		t.names()
	case Registered:
		t.say(Assigned, "assigned/"+place, t.holding(accounts.Clerk), sayNext.With(t.name(), Schedule.Title()))
	}
}

func (t *teller) step() fault.Reason { return t.Issue.Current().Kind.Title() }

// names tells of names that stop the release, once for each content.
func (t *teller) names() {
	if n := len(t.Issue.Circulation.Unresolved()); n > 0 {
		to := append(t.holding(accounts.Clerk), t.authors()...)
		t.say(Unresolved, "names/"+string(t.Issue.Digest()), to, sayNames.With(t.name(), n))
	}
}

// remind climbs the ladder of the step.
func (t *teller) remind(to []accounts.Person) {
	step, ladder := t.Issue.Current(), t.Timetable.ladder()
	climb := ClimbTo(t.calendar, t.Issue.Reached, step.Hours, ladder, t.now)
	t.out.Next = climb.Next
	if again := t.now.Add(lookAgain); climb.Next.After(again) {
		t.out.Next = again
	}
	if climb.Rung < 0 {
		return
	}
	rung := ladder[climb.Rung]
	key := fmt.Sprintf("rung/%s/%d", t.out.Place, climb.Rung)
	due := climb.Deadline.In(t.Series.Location()).Format("2006-01-02 15:04")
	if t.now.Before(climb.Deadline) {
		t.say(Reminder, key, to, sayReminder.With(t.name(), t.step(), due))
		return
	}
	t.say(Overdue, key, to, sayOverdue.With(t.name(), t.step(), due))
	if rung.Raise {
		t.raise(key, to, due)
	}
}

// raise does what the step has for being overdue.
func (t *teller) raise(key string, late []accounts.Person, due string) {
	overdue := t.Issue.Current().Overdue
	switch overdue.Do {
	case Escalate:
		if to, known := t.Staff.Person(overdue.To.ID); known && to.Active {
			t.say(Raised, key+"/raised", []accounts.Person{to}, sayRaised.With(t.name(), t.step(), due, namesOf(late)))
		}
	case PassOn:
		for _, p := range late {
			if deputies := t.deputies(p, false); len(deputies) > 0 {
				t.say(StandIn, key+"/for/"+p.ID.String(), deputies, sayStandIn.With(t.name(), p.Name, t.step()))
			}
		}
	}
}

// standIn tells the deputies of those who are away, and the clerks where there
// is no deputy and nobody else at the step.
func (t *teller) standIn(waiting []accounts.Person) {
	for _, p := range waiting {
		if !t.away(p) {
			continue
		}
		key := "away/" + t.out.Place + "/" + p.ID.String()
		if deputies := t.deputies(p, true); len(deputies) > 0 {
			t.say(StandIn, key, deputies, sayStandIn.With(t.name(), p.Name, t.step()))
		} else if !slices.ContainsFunc(waiting, func(q accounts.Person) bool { return !t.away(q) }) {
			t.say(Unattended, key, t.holding(accounts.Clerk), sayUnattended.With(t.name(), p.Name, t.step()))
		}
	}
}

func namesOf(people []accounts.Person) string {
	return strings.Join(convert(people, func(p accounts.Person) string { return p.Name }), "、")
}

// Waiting returns who can decide at the step that the issue is at and has not:
// those whose seats are free, and no authors but under the exception.
func (s Sight) Waiting(now time.Time) (all []accounts.Person) {
	i := s.Issue
	if i.State != Review || i.Step >= len(i.Route) {
		return nil
	}
	taken := convert(i.Approvals(i.Step), func(d Decision) uuid.UUID { return d.Seat })
	for _, p := range s.sitting(i.Step) {
		free := slices.ContainsFunc(i.seatsOf(p, i.Step), func(seat uuid.UUID) bool { return !slices.Contains(taken, seat) })
		if free && (s.Series.TwoPerson != nil || !slices.Contains(i.Authors, p.ID)) {
			all = append(all, p)
		}
	}
	return all
}

// sitting is everybody with a seat at a step.
func (s Sight) sitting(step int) []accounts.Person {
	return s.who(func(p accounts.Person) bool { return len(s.Issue.seatsOf(p, step)) > 0 })
}

func (s Sight) holding(role accounts.Role) []accounts.Person {
	return s.who(func(p accounts.Person) bool { return p.Has(role, s.Series.ID) })
}

// authors are whoever wrote in the text and is still there, or else the
// editors.
func (s Sight) authors() []accounts.Person {
	all := s.who(func(p accounts.Person) bool { return p.Active && slices.Contains(s.Issue.Authors, p.ID) })
	if len(all) == 0 {
		return s.holding(accounts.Editor)
	}
	return all
}

func (s Sight) who(fits func(accounts.Person) bool) (all []accounts.Person) {
	for _, p := range s.Staff.People {
		if fits(p) {
			all = append(all, p)
		}
	}
	return all
}

// deputies are who stands in for a person now; with away, only while the person
// is absent.
func (t *teller) deputies(p accounts.Person, away bool) []accounts.Person {
	return t.who(func(q accounts.Person) bool {
		return q.Active && slices.ContainsFunc(t.Staff.Delegations, func(d accounts.Delegation) bool {
			return d.Person == p.ID && d.Deputy == q.ID && d.Holds(t.Series.ID, t.now) && (d.Absent || !away)
		})
	})
}

func (t *teller) away(p accounts.Person) bool {
	return slices.ContainsFunc(t.Staff.Delegations, func(d accounts.Delegation) bool {
		return d.Person == p.ID && d.Absent && d.Holds(t.Series.ID, t.now)
	})
}

// provisional is the number that the next ordinary issue of a series would get.
func provisional(register []RegisterLine, date bulletin.Date) int {
	return NextNumber(register, bulletin.Ordinary, date.Year).No
}
