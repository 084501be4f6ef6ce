package setup

import (
	"time"

	"jianbao/workflow"
)

// Moments returns the next n moments of a cron spec after now, by the clocks on
// the wall of a zone, as the scheduler has them; none of a spec that is empty or
// cannot be read.
func Moments(spec string, zone *time.Location, now time.Time, n int) (all []time.Time) {
	schedule, err := workflow.ParseSpec(spec)
	if spec == "" || err != nil {
		return nil
	}
	local := now.In(zone)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, time.UTC)
	for range n {
		if wall = schedule.Next(wall); wall.IsZero() {
			break
		}
		all = append(all, time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), 0, 0, zone))
	}
	return all
}
