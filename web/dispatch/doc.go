// Package dispatch is the pages of an issue's letters beyond their board: all of
// them paused, gone on with or stopped; one of them with its attempts and what
// can be done with it; and the trial letter to oneself before the release.
//
//	GET, POST /issues/{id}/dispatch/queue             all that have not gone
//	GET, POST /issues/{id}/dispatch/letters/{letter}  one letter
//	GET, POST /issues/{id}/trial                      the trial letter
//
// Everybody who sees the issue sees them; what may be done the desk decides, and
// history has who did it and why. Another address and paper are given on the page
// of the unit (package receipts).
package dispatch
