package mailer

import (
	"net"
	"sync"
	"time"
)

// A timedConn gives every read and every write a deadline of its own, so that a
// peer that stalls anywhere, in the middle of a TLS record included, is given
// up. It ignores deadlines that are set from outside: go-smtp clears them
// between commands and sets none while a text is written.
type timedConn struct {
	net.Conn
	mu       sync.Mutex
	patience time.Duration // for one read or write
	latest   time.Time     // whatever is read, not after this; zero for no limit
}

// largestWrite is how much has to go out within one patience. A long text over
// a slow line takes many.
const largestWrite = 64 << 10

func (c *timedConn) Read(p []byte) (int, error) {
	c.mu.Lock()
	deadline := time.Now().Add(c.patience)
	if !c.latest.IsZero() && c.latest.Before(deadline) {
		deadline = c.latest
	}
	err := c.Conn.SetReadDeadline(deadline)
	c.mu.Unlock()
	if err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c *timedConn) Write(p []byte) (written int, err error) {
	for {
		chunk := p[:min(len(p), largestWrite)]
		if err := c.Conn.SetWriteDeadline(time.Now().Add(c.wait())); err != nil {
			return written, err
		}
		n, err := c.Conn.Write(chunk)
		written += n
		if p = p[n:]; err != nil || len(p) == 0 {
			return written, err
		}
	}
}

func (c *timedConn) wait() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.patience
}

// setPatience changes how long the next reads and writes may take.
func (c *timedConn) setPatience(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.patience = d
}

// finishBy bounds all reads, one that is waiting now included.
func (c *timedConn) finishBy(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.latest = t
	_ = c.Conn.SetReadDeadline(t) // a closed connection has ended its reads anyway
}

func (c *timedConn) SetDeadline(time.Time) error      { return nil }
func (c *timedConn) SetReadDeadline(time.Time) error  { return nil }
func (c *timedConn) SetWriteDeadline(time.Time) error { return nil }
