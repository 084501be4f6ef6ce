package workflow

import (
	"fmt"
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

// mostTicks bounds how many missed ticks are counted one by one.
const mostTicks = 10_000

// DueFire returns the latest tick of a cadence after the cursor and not after
// now, with the number of ticks before it that are let go; ok is false if none
// came. Ticks are those of the wall clock.
func DueFire(c Cursor, now time.Time) (fire Fire, ok bool, err error) {
	schedule, err := ParseSpec(c.Series.Cadence.Spec)
	if err != nil {
		return Fire{}, false, err
	}
	loc := c.Series.Location()
	wall := asWall(now.In(loc))
	last := asWall(c.Series.Created.In(loc))
	if c.Last != "" {
		if last, err = time.Parse(localTime, c.Last); err != nil {
			return Fire{}, false, fmt.Errorf("workflow: cursor of %s: %w", c.Series.Masthead, err)
		}
	}
	fire = Fire{Series: c.Series.ID, Skipped: -1}
	for range mostTicks {
		next := schedule.Next(last)
		if next.IsZero() || next.After(wall) {
			break
		}
		last, ok = next, true
		fire.Skipped++
	}
	if !ok {
		return Fire{}, false, nil
	}
	fire.Local = last.Format(localTime)
	fire.At = time.Date(last.Year(), last.Month(), last.Day(), last.Hour(), last.Minute(), 0, 0, loc)
	return fire, true, nil
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
