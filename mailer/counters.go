package mailer

import "sync/atomic"

// Counters count what an engine has done since it was made. They may be read
// at any time.
type Counters struct {
	Claimed   atomic.Int64 // deliveries taken from the queue
	Accepted  atomic.Int64
	Deferred  atomic.Int64
	Failed    atomic.Int64
	Uncertain atomic.Int64
	GivenBack atomic.Int64 // put back untried
	Fenced    atomic.Int64 // somebody else held it when the dot was due
	Opened    atomic.Int64 // connections
	Groups    atomic.Int64 // transactions of the recorder
}

func (c *Counters) settled(s State) {
	switch s {
	case Accepted:
		c.Accepted.Add(1)
	case Deferred:
		c.Deferred.Add(1)
	case Failed:
		c.Failed.Add(1)
	case Uncertain:
		c.Uncertain.Add(1)
	case Queued:
		c.GivenBack.Add(1)
	}
}
