//go:build unix

package mailer

import (
	"io"
	"syscall"
)

// A pulse looks whether a connection on which nothing should be waiting can be
// used. It is asked before every dot, and keeps what asking needs.
type pulse struct {
	raw  syscall.RawConn // nil: there is nothing to look at
	look func(fd uintptr)
	room [1]byte
	n    int
	err  error
}

func pulseOf(raw syscall.RawConn) *pulse {
	p := &pulse{raw: raw}
	p.look = func(fd uintptr) {
		p.n, _, p.err = syscall.Recvfrom(int(fd), p.room[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
	}
	return p
}

// gone reports, without waiting, why the connection cannot be used, or nil. It
// looks at what the kernel has and takes nothing away, so that it may be asked
// beneath TLS.
func (p *pulse) gone() error {
	if p.raw == nil {
		return nil
	}
	if err := p.raw.Control(p.look); err != nil {
		return err
	}
	switch {
	case p.err == syscall.EAGAIN || p.err == syscall.EINTR:
		return nil
	case p.err != nil:
		return p.err
	case p.n == 0:
		return io.EOF
	}
	return errSpokeTooSoon
}
