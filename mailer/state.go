package mailer

// A State is where a delivery stands.
//
//	queued → claimed → data → accepted | deferred | failed | uncertain
//
// deferred is queued again when its time comes. accepted may later turn to
// bounced. cancelled ends a delivery that was not claimed; held waits for a
// person.
type State string

// The states of a delivery.
const (
	Queued    State = "queued"
	Claimed   State = "claimed"   // an engine holds it under a lease
	Data      State = "data"      // about to send the final dot
	Accepted  State = "accepted"  // the relay took it
	Deferred  State = "deferred"  // the relay said later (4xx), or was not reached
	Failed    State = "failed"    // the relay said no (5xx), or the time is up
	Uncertain State = "uncertain" // it may have gone, and it may not
	Bounced   State = "bounced"   // it came back after it had been accepted
	Cancelled State = "cancelled"
	Held      State = "held"
)

// Final reports whether the engine is done with a delivery in this state: a
// person, a receipt or a bounce may still change it.
func (s State) Final() bool {
	switch s {
	case Accepted, Failed, Uncertain, Bounced, Cancelled:
		return true
	}
	return false
}
