package mailbox

import (
	"errors"
	"net"
	"sync"
	"time"
)

// A line is a connection that answers within bounds: while an answer is waited
// for, the server may not be silent for longer than patience nor send more than
// was allowed. The library's own deadlines are ignored: one on a whole mail would
// be too short for a slow line, and between the answers it has none.
type line struct {
	net.Conn
	patience time.Duration

	mu      sync.Mutex
	waiting bool
	room    int64 // bytes that may still come
	silence *time.Timer
	why     error
}

var (
	errSilent = errors.New("the server does not answer")
	errFlood  = errors.New("the server sends more than was asked for")
)

func newLine(conn net.Conn, patience time.Duration) *line {
	l := &line{Conn: conn, patience: patience}
	l.silence = time.AfterFunc(patience, func() { l.end(errSilent) })
	l.silence.Stop()
	return l
}

// expect begins to wait for an answer of so many bytes.
func (l *line) expect(room int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting, l.room = true, room
	l.silence.Reset(l.patience)
}

// rest ends the waiting. What comes by itself, as news do, may be short.
func (l *line) rest() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting, l.room = false, small
	l.silence.Stop()
}

// Read implements net.Conn. It fails with errFlood, and closes the connection, if
// more came than was allowed.
func (l *line) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.room -= int64(n); l.room < 0 {
		l.why = errFlood
		_ = l.Conn.Close() // the error says why
		return 0, errFlood
	}
	if l.waiting && n > 0 {
		l.silence.Reset(l.patience)
	}
	return n, err
}

// Write implements net.Conn, within one patience.
func (l *line) Write(p []byte) (int, error) {
	if err := l.Conn.SetWriteDeadline(time.Now().Add(l.patience)); err != nil {
		return 0, err
	}
	return l.Conn.Write(p)
}

// end closes the connection and remembers why.
func (l *line) end(why error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.why == nil {
		l.why = why
	}
	_ = l.Conn.Close() // nobody reads from it any more
}

// reason returns why the connection was ended from this side, or the error.
func (l *line) reason(err error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil && l.why != nil {
		return l.why
	}
	return err
}

// SetDeadline does nothing: the line has bounds of its own.
func (l *line) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing, as SetDeadline.
func (l *line) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing, as SetDeadline.
func (l *line) SetWriteDeadline(time.Time) error { return nil }
