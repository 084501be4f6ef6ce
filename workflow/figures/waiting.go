package figures

import "time"

// Waiting is what lies in the tables for the program itself to do.
type Waiting struct {
	// Notices are those that should have been mailed by now, Since when the
	// first of them should.
	Notices int
	Since   time.Time
	// Rooted is when the last root of all histories was made; zero for never.
	Rooted time.Time
}
