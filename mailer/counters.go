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

// Add counts what another engine did as well, which may be at work.
func (c *Counters) Add(other *Counters) {
	for n, sum := range c.all() {
		sum.Add(other.all()[n].Load())
	}
}

func (c *Counters) all() []*atomic.Int64 {
	return []*atomic.Int64{
		&c.Claimed, &c.Accepted, &c.Deferred, &c.Failed, &c.Uncertain,
		&c.GivenBack, &c.Fenced, &c.Opened, &c.Groups,
	}
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
