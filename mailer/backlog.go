package mailer

import "time"

// A Backlog is what lies in the queue: what metrics and alerts look at.
type Backlog struct {
	// Letters are those without an end, by state: queued, claimed, data,
	// deferred, held and uncertain. How many ended, and how, an engine counts
	// (Counters): that number grows for ever.
	Letters map[State]int
	// Due are the letters that could go now, of dispatches that are not paused;
	// Oldest is since when the first of them could, zero where there is none.
	Due    int
	Oldest time.Time
	// Mail is how many mails that came in wait for a person, and MailSince when
	// the first of them came.
	Mail      int
	MailSince time.Time
}

// Unfinished lists the states of letters that have no end yet, those that only a
// person ends last.
func Unfinished() []State { return []State{Queued, Claimed, Data, Deferred, Held, Uncertain} }
