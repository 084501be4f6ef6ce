package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"jianbao/fault"
)

// localTime is how a fire names its moment: the wall clock of the series, so
// that an hour that a change of clocks repeats or drops makes neither two
// fires of one nor one of two.
const localTime = "2006-01-02T15:04"

// specParser reads five fields and nothing else. Only the parser of the cron
// library is used: its runner loses fires while it is down and fires once per
// process (docs/adr).
var specParser = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

var badSpec = fault.Say("workflow.bad-spec", "周期写法不对：%q，应为“分 时 日 月 周”五项，如“0 9 1,15 * *”", "the cadence %q cannot be read; it has five fields: minute, hour, day, month, weekday")

// ParseSpec reads a cron spec. It fails with fault.Invalid if the spec cannot
// be read, carries a zone or a descriptor, or never comes.
func ParseSpec(spec string) (s cron.Schedule, err error) {
	defer func() { // the parser panics on some malformed specs
		if recover() != nil {
			s, err = nil, fault.New(fault.Invalid, badSpec.With(spec))
		}
	}()
	if strings.ContainsAny(spec, "=@") {
		return nil, fault.New(fault.Invalid, badSpec.With(spec))
	}
	s, err = specParser.Parse(spec)
	if err != nil || s.Next(time.Unix(0, 0).UTC()).IsZero() {
		return nil, fault.New(fault.Invalid, badSpec.With(spec))
	}
	return s, nil
}

// The schedules that a series may have.
const (
	Opening = "open"    // the draft of the next issue is made
	Absence = "missing" // an issue is expected soon, and has no draft
	Delay   = "late"    // an issue is expected now, and is not out
)

// A Recurrence is one row of ticks of a series.
type Recurrence struct {
	Name string
	Spec string
	// Ahead is how long before its tick a fire is due.
	Ahead time.Duration
	// MaxLate is how late a fire may still be made good.
	MaxLate time.Duration
	CatchUp CatchUp
}

// Begun returns the fires that stand for the moment at which recurrences were
// given another spec: ticks that the new one would have had before were not
// missed, for nobody asked for them.
func Begun(before, after []Recurrence, s Series, at time.Time) (all []Fire) {
	for _, r := range after {
		if slices.ContainsFunc(before, func(b Recurrence) bool { return b.Name == r.Name && b.Spec == r.Spec }) {
			continue
		}
		local := at.In(s.Location()).Truncate(time.Minute)
		all = append(all, Fire{Series: s.ID, Schedule: r.Name, Local: local.Format(localTime), At: local, Outcome: SetAnew})
	}
	return all
}

// onTime is how late a fire may be under [CatchNone].
const onTime = 10 * time.Minute

// Recurrences returns those that a series has. What is expected is told as long
// as it is to come, and what is late for a month.
func Recurrences(s Series, t Timetable) (all []Recurrence) {
	if s.Cadence.Spec != "" {
		all = append(all, Recurrence{Name: Opening, Spec: s.Cadence.Spec, MaxLate: s.Cadence.maxLate(), CatchUp: t.CatchUp})
	}
	if t.Appears != "" {
		all = append(all, Recurrence{Name: Absence, Spec: t.Appears, Ahead: t.ahead(), MaxLate: t.ahead()},
			Recurrence{Name: Delay, Spec: t.Appears, MaxLate: 31 * 24 * time.Hour})
	}
	return all
}

// mostTicks bounds how many missed ticks are taken up at once; the next look
// goes on from there.
const mostTicks = 10_000

// DueFires returns the fires of a schedule that are due at now, the earliest
// first. Ticks are those of the wall clock. What the policy of the schedule
// lets go is named by the fire behind it, or is a fire with an outcome already.
func DueFires(c Cursor, schedule Recurrence, now time.Time) ([]Fire, error) {
	spec, err := ParseSpec(schedule.Spec)
	if err != nil {
		return nil, err
	}
	loc := c.Series.Location()
	wall := asWall(now.Add(schedule.Ahead).In(loc))
	last := asWall(c.Series.Created.In(loc))
	if local := c.Last[schedule.Name]; local != "" {
		if last, err = time.Parse(localTime, local); err != nil {
			return nil, fmt.Errorf("workflow: cursor of %s: %w", c.Series.Masthead, err)
		}
	}
	var all []Fire
	for range mostTicks {
		next := spec.Next(last)
		if next.IsZero() || next.After(wall) {
			break
		}
		last = next
		all = append(all, Fire{
			Series: c.Series.ID, Schedule: schedule.Name, Local: next.Format(localTime),
			At: time.Date(next.Year(), next.Month(), next.Day(), next.Hour(), next.Minute(), 0, 0, loc),
		})
	}
	return schedule.choose(all, now), nil
}

// What became of a fire.
const (
	Opened      = "opened"       // an issue was opened
	AlreadyOpen = "already-open" // there was a draft
	TooLate     = "too-late"     // its largest lateness had passed
	Skipped     = "skipped"      // the policy let it go
	SetAnew     = "set-anew"     // no tick: the spec was set then
	Told        = "told"         // people were told
	AllWell     = "all-well"     // there was nothing to tell
)

// choose decides which of the ticks that are due are made. The last one always
// is a fire, so that the cursor comes to stand behind it.
func (s Recurrence) choose(due []Fire, now time.Time) []Fire {
	for n := range due {
		late := now.Sub(due[n].At.Add(-s.Ahead))
		switch {
		case late > s.MaxLate:
			due[n].Outcome = TooLate
		case s.CatchUp == CatchNone && late > onTime,
			s.CatchUp != CatchAll && s.CatchUp != CatchNone && n < len(due)-1:
			due[n].Outcome = Skipped
		}
	}
	var chosen []Fire
	var before []Fire
	for n, fire := range due {
		if fire.Outcome != "" && n < len(due)-1 {
			before = append(before, fire)
			continue
		}
		fire.Before, before = before, nil
		chosen = append(chosen, fire)
	}
	return slices.Clip(chosen)
}

// asWall writes the wall clock of t as a time in UTC, where no hour is missing
// or doubled.
func asWall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

func (c Cadence) maxLate() time.Duration {
	if c.MaxLate == 0 {
		return 24 * time.Hour
	}
	return c.MaxLate
}
