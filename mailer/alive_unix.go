//go:build unix

package mailer

import (
	"io"
	"net"
	"syscall"
)

// gone reports, without waiting, why a connection on which nothing should be
// waiting cannot be used, or nil. It looks at what the kernel has and takes
// nothing away, so that it may be asked beneath TLS.
func gone(conn net.Conn) error {
	sc, ok := conn.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return err
	}
	var n int
	var peeked error
	err = raw.Control(func(fd uintptr) {
		n, _, peeked = syscall.Recvfrom(int(fd), make([]byte, 1), syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
	})
	switch {
	case err != nil:
		return err
	case peeked == syscall.EAGAIN || peeked == syscall.EINTR:
		return nil
	case peeked != nil:
		return peeked
	case n == 0:
		return io.EOF
	}
	return errSpokeTooSoon
}
