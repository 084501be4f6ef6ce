package history

import "time"

// A Checked is a verification of all histories as it is kept, so that whoever
// asks any process is told when the last one was.
type Checked struct {
	At       time.Time
	Issues   int // whose chains were read
	Events   int // that were read
	Roots    int // that were held against them
	Findings []Finding
}

// CheckedAt is a report as it is kept.
func (r Report) CheckedAt(at time.Time) Checked {
	return Checked{At: at, Issues: r.Issues, Events: r.Events, Roots: r.Roots, Findings: r.Findings}
}
