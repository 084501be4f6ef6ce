package mailer

import "time"

// How long a letter is tried. Chinese providers pause a sender who comes back
// too soon for minutes, then for a day, so that the first step is not shorter
// than two minutes; RFC 5321 4.5.4.1 asks for four to five days in all.
const (
	firstWait   = 2 * time.Minute
	longestWait = 4 * time.Hour
	// GiveUpAfter is how old a delivery may become before its next deferral
	// makes it Failed.
	GiveUpAfter = 5 * 24 * time.Hour
)

// Backoff returns how long to wait after a delivery was deferred, given how
// often it had been tried before: two minutes, doubling up to four hours, and
// up to half as much again. jitter, from 0 to 1, is how much of that: letters
// that were refused together should not come back together.
func Backoff(tries int, jitter float64) time.Duration {
	wait := longestWait
	if steps := max(tries, 0); steps < 10 {
		wait = min(firstWait<<steps, longestWait)
	}
	return wait + time.Duration(min(max(jitter, 0), 1)*float64(wait)/2)
}
