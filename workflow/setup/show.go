package setup

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"jianbao/bulletin"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// SheetOf writes settings as people read them. What was left to the program is
// written as what it comes to.
func SheetOf(s Settings, d Directory) Sheet {
	of, table := s.Series, s.Timetable
	sheet := Sheet{
		Masthead: of.Masthead, Organ: of.Organ, Place: of.Place, Mailbox: of.Mailbox, Domains: slices.Clone(of.Domains), Zone: zoneOf(of),
		Sections: slices.Clone(of.Sections), FileCopies: of.FileCopies, Layout: layoutText(of.Layout),
		Total:   TotalLines{Last: of.Total.Last, Kinds: convert(of.Total.Kinds, func(k bulletin.Kind) string { return string(k) })},
		Sending: SendingLines{Window: of.Window.String(), Tolerance: spell(of.Tolerance)},
		Cadence: CadenceLines{
			Opens: of.Cadence.Spec, MaxLate: spell(or(of.Cadence.MaxLate, usualMaxLate)),
			CatchUp: string(or(table.CatchUp, workflow.CatchLatest)), Appears: table.Appears, Ahead: spell(or(table.Ahead, usualAhead)),
		},
		Hours: HoursLines{
			Work: convert(workOf(table.Hours), calendar.Span.String), Quiet: table.Hours.Quiet.String(), QuietDaysOff: table.Hours.QuietDaysOff,
		},
		Reminders: ReminderLines{convert(ladderOf(table), func(r workflow.Rung) ReminderLine { return ReminderLine(r) })},
		Receipts: ReceiptLines{Within: or(table.Chasing.Within, usualWithin), Chase: convert(table.Chasing.Rungs, func(r workflow.ChaseRung) ChaseLine {
			return ChaseLine{r.Days, string(r.Whom)}
		})},
		Leaders: convert(of.Leaders, leaderLine),
		Route:   convert(of.Route, d.stepLine),
		Heads:   d.headLines(s),
	}
	if of.TwoPerson != nil {
		sheet.TwoPerson = of.TwoPerson.Reason
	}
	return sheet
}

// What a zero value comes to in workflow.
const (
	usualZone    = "Asia/Shanghai"
	usualMaxLate = 24 * time.Hour
	usualAhead   = 3 * 24 * time.Hour
	usualWithin  = 3 // working days
)

func zoneOf(s workflow.Series) string { return or(s.Zone, usualZone) }

func workOf(h calendar.Hours) []calendar.Span {
	if len(h.Work) == 0 {
		return calendar.UsualHours()
	}
	return h.Work
}

func ladderOf(t workflow.Timetable) []workflow.Rung {
	if t.Ladder == nil {
		return workflow.DefaultLadder()
	}
	return t.Ladder
}

func leaderLine(l workflow.Leader) LeaderLine {
	line := LeaderLine{Name: l.Name, Titles: l.Titles, Order: l.Order}
	if !l.From.IsZero() {
		line.From = l.From.String()
	}
	if !l.Until.IsZero() {
		line.Until = l.Until.String()
	}
	return line
}

func (d Directory) stepLine(s workflow.Step) StepLine {
	line := StepLine{
		Kind: string(s.Kind), Role: string(s.Role), Skip: s.Skip, Hours: s.Hours, Overdue: string(left(s.Overdue.Do, workflow.Remind)),
		People: convert(s.People, d.login), Units: convert(s.Units, d.unitName),
	}
	switch {
	case s.Need == workflow.All:
		line.Need = needAll
	case s.Need > 1 || s.Need < 0:
		line.Need = strconv.Itoa(s.Need)
	}
	if s.Overdue.To != (workflow.Named{}) {
		line.EscalateTo = d.login(s.Overdue.To)
	}
	return line
}

// needAll is how a step says that everyone named must approve.
const needAll = "all"

func (d Directory) headLines(s Settings) (lines []HeadLine) {
	for _, unit := range s.Units() {
		lines = append(lines, HeadLine{Unit: d.unitName(unit), People: convert(s.headsOf(unit.ID), d.login)})
	}
	return lines
}

// A layout that is a built-in one is written by its name.
type namedLayout struct {
	Base string `json:"base"`
	Name string `json:"name"`
}

// LayoutNamed returns the layout that is the built-in one with a name.
func LayoutNamed(name string) json.RawMessage {
	raw, _ := json.Marshal(namedLayout{name, name}) // strings always can be
	return raw
}

func layoutText(layout json.RawMessage) string {
	var named namedLayout
	if json.Unmarshal(layout, &named) == nil && string(LayoutNamed(named.Name)) == string(layout) && !isJSON(named.Name) {
		return named.Name
	}
	return string(layout)
}

func isJSON(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "{") }

// spell writes a duration as time.ParseDuration reads it, 2h and not 2h0m0s.
func spell(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// or returns v, or the usual value where v is left to the program.
func or[V comparable](v, usual V) V {
	var none V
	if v == none {
		return usual
	}
	return v
}

// left returns v, or the zero value, which leaves it to the program, where v is
// the usual one.
func left[V comparable](v, usual V) V {
	var none V
	if v == usual {
		return none
	}
	return v
}

func convert[A, B any](all []A, value func(A) B) []B {
	out := make([]B, len(all))
	for i, a := range all {
		out[i] = value(a)
	}
	return out
}
