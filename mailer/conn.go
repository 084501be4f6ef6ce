package mailer

import (
	"net"
	"sync"
	"syscall"
	"time"
)

// A timedConn gives every reply and every write a deadline of its own, so that a
// peer that stalls anywhere, in the middle of a TLS record included, is given
// up. It ignores deadlines that are set from outside.
type timedConn struct {
	net.Conn
	mu       sync.Mutex
	patience time.Duration   // for one write, and one reply
	latest   time.Time       // whatever is read, not after this; zero for no limit
	replyBy  time.Time       // when the reply that is being read must be there; zero for none
	mute     bool            // nothing is written any more
	vector   net.Buffers     // reused
	kernel   syscall.RawConn // Conn as the kernel knows it; nil if it has no such
	pulse    *pulse
}

func newTimedConn(conn net.Conn, patience time.Duration) *timedConn {
	c := &timedConn{Conn: conn, patience: patience}
	if sc, ok := conn.(syscall.Conn); ok {
		c.kernel, _ = sc.SyscallConn() // it fails for no connection that is open
	}
	c.pulse = pulseOf(c.kernel)
	return c
}

// largestWrite is how much has to go out within one patience. A long text over
// a slow line takes many.
const largestWrite = 256 << 10

// Read implements net.Conn. It ends when the reply that is read has had its time,
// or, between replies, after one patience.
func (c *timedConn) Read(p []byte) (int, error) {
	c.mu.Lock()
	deadline := c.replyBy
	if deadline.IsZero() {
		deadline = time.Now().Add(c.patience)
	}
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

// Write implements net.Conn. Each run of at most largestWrite bytes has one
// patience to go out.
func (c *timedConn) Write(p []byte) (int, error) { return c.writeAll([][]byte{p}) }

// writeAll gathers the parts into as few writes as the deadlines allow.
func (c *timedConn) writeAll(parts [][]byte) (written int, err error) {
	for len(parts) > 0 {
		room := largestWrite
		vector := c.vector[:0]
		for len(parts) > 0 && room > 0 {
			chunk := parts[0][:min(len(parts[0]), room)]
			vector = append(vector, chunk)
			room -= len(chunk)
			if len(chunk) < len(parts[0]) {
				parts[0] = parts[0][len(chunk):]
			} else {
				parts = parts[1:]
			}
		}
		c.vector = vector
		if err := c.beginWrite(); err != nil {
			return written, err
		}
		n, err := vector.WriteTo(c.Conn)
		written += int(n)
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// sendPages sends a piece that the kernel holds, and returns how much of it went
// out: less than all with no error where the kernel will not do it.
func (c *timedConn) sendPages(p Piece) (sent int, err error) {
	for c.kernel != nil && sent < len(p.Data) {
		if err := c.beginWrite(); err != nil {
			return sent, err
		}
		n, err := p.kept.send(c.kernel, p.at+int64(sent), min(len(p.Data)-sent, largestWrite))
		sent += n
		if err != nil || n == 0 {
			return sent, err
		}
	}
	return sent, nil
}

func (c *timedConn) beginWrite() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mute {
		return net.ErrClosed
	}
	return c.Conn.SetWriteDeadline(time.Now().Add(c.patience))
}

// silence ends all writes, one that is under way included. What was written
// before can still be answered.
func (c *timedConn) silence() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mute = true
	_ = c.Conn.SetWriteDeadline(time.Unix(1, 0)) // a closed connection has ended its writes anyway
}

// beginReply gives the whole of a reply one patience from now on, so that a peer
// that says a byte from time to time is given up as well.
func (c *timedConn) beginReply() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.replyBy = time.Now().Add(c.patience)
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

// SetDeadline does nothing: the connection has deadlines of its own.
func (c *timedConn) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing, as SetDeadline.
func (c *timedConn) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing, as SetDeadline.
func (c *timedConn) SetWriteDeadline(time.Time) error { return nil }
