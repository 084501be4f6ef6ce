package history

import (
	"time"

	"jianbao/workflow/figures"
)

// Passage is [figures.Passage].
type Passage = figures.Passage

// Paces is [figures.Paces] by one calendar for all series.
func Paces(all []Passage, lasted func(from, to time.Time) time.Duration) (steps, people []figures.Pace) {
	return figures.Paces(all, func(p Passage) time.Duration { return lasted(p.Came, p.Left) })
}
