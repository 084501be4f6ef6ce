package mailbox

import (
	"errors"
	"io"
	"net"
	"testing"
	"time"
)

// TestALineHasBounds: what is answered may not be longer than was allowed, and
// nobody waits for silence; while nothing is asked, silence is as it should be.
func TestALineHasBounds(t *testing.T) {
	talk := func(room int64, patience time.Duration, says int) (*line, net.Conn) {
		ours, theirs := net.Pipe()
		t.Cleanup(func() { _, _ = ours.Close(), theirs.Close() })
		l := newLine(ours, patience)
		if room > 0 {
			l.expect(room)
		} else {
			l.rest()
		}
		if says > 0 { // a write of nothing is something to read
			go func() { _, _ = theirs.Write(make([]byte, says)) }()
		}
		return l, theirs
	}
	l, _ := talk(10, time.Hour, 11)
	if _, err := io.ReadFull(l, make([]byte, 11)); !errors.Is(err, errFlood) {
		t.Errorf("longer than was allowed: %v", err)
	}
	l, _ = talk(10, 20*time.Millisecond, 10)
	if n, err := io.ReadFull(l, make([]byte, 11)); n != 10 || !errors.Is(l.reason(err), errSilent) {
		t.Errorf("silent: %d, %v", n, l.reason(err))
	}
	l, _ = talk(0, time.Millisecond, small+1)
	if _, err := io.ReadFull(l, make([]byte, small+1)); !errors.Is(err, errFlood) {
		t.Errorf("news without end: %v", err)
	}
	l, theirs := talk(0, time.Millisecond, 0)
	late := time.AfterFunc(30*time.Millisecond, func() { _, _ = theirs.Write([]byte("x")) })
	defer late.Stop()
	if _, err := io.ReadFull(l, make([]byte, 1)); err != nil {
		t.Errorf("nothing was asked, and %v", err)
	}
	l.end(errLarge)
	if err := l.reason(io.EOF); !errors.Is(err, errLarge) || l.reason(nil) != nil {
		t.Errorf("ended because %v", err)
	}
}
