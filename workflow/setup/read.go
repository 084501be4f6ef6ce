package setup

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// A Reading is what a sheet is read with.
type Reading struct {
	Directory
	// Layout says what is wrong with an office's own layout, as a fault.Error;
	// nil takes every layout.
	Layout func(json.RawMessage) error
	By     workflow.Named // who sets a two-person exception
	At     time.Time      // when
	// Version is that of the series as it was when the sheet was shown; 0 is
	// any.
	Version int
}

var (
	overtaken   = fault.Say("setup.overtaken", "设置刚被别人改过，请对照现在的设置再改", "somebody else changed the settings just now; look at them again")
	badDuration = fault.Say("setup.bad-duration", "%s应写成 2小时、30分钟、3天 这样（也可写 2h、30m）：%q", "%s is written like 2h or 30m: %q")
	badSpan     = fault.Say("setup.bad-span", "%s应写成 8:30-12:00 这样：%q", "%s is written like 8:30-12:00: %q")
	badWindow   = fault.Say("setup.bad-window", "%s应写成 1-5 8:00-18:00 这样（1 是周一）：%q", "%s is written like 1-5 8:00-18:00 (1 is Monday): %q")
	badNeed     = fault.Say("setup.bad-need", "流程第%d步的 need 应是人数或 all：%q", "step %d of the route: need is a number or all: %q")
	badDay      = fault.Say("setup.bad-day", "%s的任职日期应写成 2026-01-31 这样：%q", "the days of office of %s are written like 2026-01-31: %q")
	atStep      = fault.Say("setup.at-step", "流程第%d步：%s", "step %d of the route: %s")
	badHeads    = fault.Say("setup.bad-heads", "%s的负责人：%s", "the heads of %s: %s")
)

// Settings returns the settings that the sheet says, in the place of base: ids
// and versions are those of base, and so is what a sheet does not have. It fails
// with fault.Conflict if they changed since the version that the sheet is of,
// and with fault.Invalid and everything that is wrong at once.
func (s Sheet) Settings(base Settings, with Reading) (Settings, error) {
	if with.Version != 0 && with.Version != base.Series.Version {
		return base, fault.New(fault.Conflict, overtaken.With())
	}
	r := reader{Reading: with, base: base, known: base.named()}
	next := Settings{Series: r.series(s), Timetable: r.timetable(s)}
	next.Heads = r.heads(s.Heads)
	if refusal := fault.As(next.Validate()); refusal != nil {
		r.reasons = append(r.reasons, refusal.Reasons...)
	}
	if len(r.reasons) > 0 {
		return next, fault.New(fault.Invalid, badSettings.With(), r.reasons...)
	}
	return next, nil
}

// reader notes what is wrong with a sheet while it is read.
type reader struct {
	Reading
	base    Settings
	known   map[uuid.UUID]workflow.Named
	reasons []fault.Reason
}

// named returns everybody whom the settings name already. They keep the names
// under which they are listed.
func (s Settings) named() map[uuid.UUID]workflow.Named {
	all := map[uuid.UUID]workflow.Named{}
	for _, h := range s.Heads {
		for _, n := range append(h.People, h.Unit) {
			all[n.ID] = n
		}
	}
	for _, step := range s.Series.Route {
		for _, n := range slices.Concat(step.People, step.Units, []workflow.Named{step.Overdue.To}) {
			all[n.ID] = n
		}
	}
	return all
}

func (r *reader) series(s Sheet) workflow.Series {
	of := r.base.Series
	of.Masthead, of.Organ, of.Place = strings.TrimSpace(s.Masthead), strings.TrimSpace(s.Organ), strings.TrimSpace(s.Place)
	of.Mailbox, of.Zone, of.FileCopies = strings.TrimSpace(s.Mailbox), strings.TrimSpace(s.Zone), s.FileCopies
	of.Domains = words(s.Domains)
	if or(r.base.Series.Zone, usualZone) == or(of.Zone, usualZone) {
		of.Zone = r.base.Series.Zone
	}
	of.Sections = words(s.Sections)
	of.Layout = r.layout(s.Layout)
	of.TwoPerson = r.exception(s.TwoPerson)
	of.Total = workflow.Total{Last: s.Total.Last}
	for _, kind := range words(s.Total.Kinds) {
		of.Total.Kinds = append(of.Total.Kinds, bulletin.Kind(kind))
	}
	of.Window = r.window(s.Sending.Window)
	of.Tolerance = r.duration(labelTolerance, s.Sending.Tolerance)
	of.Cadence.Spec = strings.TrimSpace(s.Cadence.Opens)
	of.Cadence.MaxLate = left(r.duration(labelMaxLate, s.Cadence.MaxLate), usualMaxLate)
	of.Leaders = nil
	for _, l := range s.Leaders {
		of.Leaders = append(of.Leaders, r.leader(l))
	}
	of.Route = nil
	for n, line := range s.Route {
		of.Route = append(of.Route, r.step(n+1, line))
	}
	return of
}

func (r *reader) timetable(s Sheet) workflow.Timetable {
	t := r.base.Timetable
	t.Series = r.base.Series.ID
	t.Hours = calendar.Hours{QuietDaysOff: s.Hours.QuietDaysOff}
	for _, text := range words(s.Hours.Work) {
		t.Hours.Work = append(t.Hours.Work, r.span(labelWork, text))
	}
	if slices.Equal(t.Hours.Work, calendar.UsualHours()) {
		t.Hours.Work = nil
	}
	if strings.TrimSpace(s.Hours.Quiet) != "" {
		t.Hours.Quiet = r.span(labelQuiet, s.Hours.Quiet)
	}
	t.Ladder = convert(s.Reminders.Ladder, func(l ReminderLine) workflow.Rung { return workflow.Rung(l) })
	if slices.Equal(t.Ladder, workflow.DefaultLadder()) {
		t.Ladder = nil
	}
	t.CatchUp = left(workflow.CatchUp(strings.TrimSpace(s.Cadence.CatchUp)), workflow.CatchLatest)
	t.Appears = strings.TrimSpace(s.Cadence.Appears)
	t.Ahead = left(r.duration(labelAhead, s.Cadence.Ahead), usualAhead)
	t.Chasing = workflow.Chasing{Within: left(s.Receipts.Within, usualWithin)}
	for _, c := range s.Receipts.Chase {
		t.Chasing.Rungs = append(t.Chasing.Rungs, workflow.ChaseRung{Days: c.Days, Whom: workflow.Whom(c.Whom)})
	}
	return t
}

// step reads the n-th step, from 1 on.
func (r *reader) step(n int, line StepLine) workflow.Step {
	s := workflow.Step{
		Kind: workflow.StepKind(line.Kind), Role: accounts.Role(line.Role), Skip: line.Skip, Hours: line.Hours,
		Overdue: workflow.OverdueRule{Do: left(workflow.OverdueAct(line.Overdue), workflow.Remind)},
	}
	say := func(why fault.Reason) fault.Reason { return atStep.With(n, why) }
	for _, name := range words(line.People) {
		s.People = append(s.People, r.find(name, r.person, say))
	}
	for _, name := range words(line.Units) {
		s.Units = append(s.Units, r.find(name, r.unit, say))
	}
	if to := strings.TrimSpace(line.EscalateTo); to != "" && s.Overdue.Do == workflow.Escalate {
		s.Overdue.To = r.find(to, r.person, say)
	}
	switch need := strings.TrimSpace(line.Need); need {
	case "", "1":
	case needAll:
		s.Need = workflow.All
	default:
		var err error
		if s.Need, err = strconv.Atoi(need); err != nil || s.Need < 1 {
			s.Need = 0
			r.reasons = append(r.reasons, badNeed.With(n, need))
		}
	}
	return s
}

// heads reads who heads units; the others are headed as they were.
func (r *reader) heads(lines []HeadLine) []Head {
	all := slices.Clone(r.base.Heads)
	for _, line := range lines {
		name := strings.TrimSpace(line.Unit)
		say := func(why fault.Reason) fault.Reason { return badHeads.With(name, why) }
		h := Head{Unit: r.find(name, r.unit, say)}
		for _, who := range words(line.People) {
			h.People = append(h.People, r.find(who, r.person, say))
		}
		all = slices.DeleteFunc(all, func(o Head) bool { return o.Unit.ID == h.Unit.ID })
		if len(h.People) > 0 {
			all = append(all, h)
		}
	}
	slices.SortStableFunc(all, func(a, b Head) int { return strings.Compare(a.Unit.Name, b.Unit.Name) })
	return all
}

// find looks somebody up, under the name that the settings have for them
// already if they do.
func (r *reader) find(name string, look func(string) (workflow.Named, *fault.Reason), say func(fault.Reason) fault.Reason) workflow.Named {
	found, why := look(name)
	if id, err := uuid.Parse(name); why != nil && err == nil {
		found.ID = id
	}
	if known, ok := r.known[found.ID]; ok {
		return known
	}
	if why != nil {
		r.reasons = append(r.reasons, say(*why))
	}
	return found
}

func (r *reader) leader(line LeaderLine) workflow.Leader {
	l := workflow.Leader{Name: strings.TrimSpace(line.Name), Titles: words(line.Titles), Order: line.Order}
	l.From, l.Until = r.day(l.Name, line.From), r.day(l.Name, line.Until)
	return l
}

// day reads a day of office; "" is open.
func (r *reader) day(name, text string) bulletin.Date {
	text = strings.TrimSpace(text)
	day, ok := calendar.ParseDay(text)
	if text != "" && !ok {
		r.reasons = append(r.reasons, badDay.With(name, text))
	}
	if !ok {
		return bulletin.Date{}
	}
	return bulletin.Date{Year: day.Year, Month: day.Month, Day: day.Day}
}

// layout reads the name of a built-in layout, or one of the office's own.
func (r *reader) layout(text string) json.RawMessage {
	if text == layoutText(r.base.Series.Layout) {
		return r.base.Series.Layout
	}
	raw := json.RawMessage(text)
	switch {
	case strings.TrimSpace(text) == "":
		return nil
	case !isJSON(text):
		raw = LayoutNamed(strings.TrimSpace(text))
	}
	if r.Layout == nil {
		return raw
	}
	if refusal := fault.As(r.Layout(raw)); refusal != nil {
		r.reasons = append(append(r.reasons, refusal.Message), refusal.Reasons...)
	}
	return raw
}

// exception is set by whoever gives it another reason.
func (r *reader) exception(reason string) *workflow.Exception {
	reason = strings.TrimSpace(reason)
	before := r.base.Series.TwoPerson
	switch {
	case reason == "":
		return nil
	case before != nil && before.Reason == reason:
		return before
	}
	return &workflow.Exception{Reason: reason, By: r.By.ID, ByName: r.By.Name, At: r.At}
}

func (r *reader) duration(label fault.Sentence, text string) time.Duration {
	text = strings.TrimSpace(text)
	if text == "" || text == "0" {
		return 0
	}
	d, ok := parseDuration(text)
	if !ok {
		r.reasons = append(r.reasons, badDuration.With(label.With(), text))
	}
	return d
}

// inLetters writes units of time as time.ParseDuration has them.
var inLetters = strings.NewReplacer("小时", "h", "分钟", "m", "分", "m", "秒", "s", " ", "")

// parseDuration reads 2h, 30m and 1h30m, and as well 3天, 2小时 and 30分钟.
func parseDuration(text string) (time.Duration, bool) {
	for _, day := range []string{"天", "d"} {
		if number, days := strings.CutSuffix(text, day); days {
			n, err := strconv.Atoi(strings.TrimSpace(number))
			return time.Duration(n) * 24 * time.Hour, err == nil && n >= 0 && n < 10_000
		}
	}
	d, err := time.ParseDuration(inLetters.Replace(text))
	return d, err == nil
}

func (r *reader) span(label fault.Sentence, text string) calendar.Span {
	s, ok := calendar.ParseSpan(text)
	if !ok {
		r.reasons = append(r.reasons, badSpan.With(label.With(), text))
	}
	return s
}

func (r *reader) window(text string) calendar.Window {
	w, ok := calendar.ParseWindow(text)
	if !ok {
		r.reasons = append(r.reasons, badWindow.With(labelWindow.With(), text))
	}
	return w
}

// words are the words of a list, without blank ones; nil where there are none.
func words(all []string) (some []string) {
	for _, w := range all {
		if w = strings.TrimSpace(w); w != "" {
			some = append(some, w)
		}
	}
	return some
}
