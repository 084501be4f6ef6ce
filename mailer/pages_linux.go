package mailer

import (
	"errors"
	"os"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// pages are bytes that the kernel holds, as a file in memory that has no name.
// sendfile(2) hands them to a connection without copying them, which for a
// letter with a PDF is most of the work. The file is closed when nobody has the
// pages any more.
type pages struct{ file *os.File }

// keep hands bytes to the kernel; nil where that is not to be had.
func keep(data []byte) *pages {
	fd, err := unix.MemfdCreate("letter", unix.MFD_CLOEXEC)
	if err != nil {
		return nil
	}
	file := os.NewFile(uintptr(fd), "letter")
	if _, err := file.Write(data); err != nil {
		_ = file.Close() // nothing was kept
		return nil
	}
	return &pages{file: file}
}

// send sends up to n bytes from a place on, and waits for the connection as its
// deadline allows. Fewer bytes with no error are what the kernel took at once;
// none with no error means that it cannot do this.
func (p *pages) send(raw syscall.RawConn, at int64, n int) (sent int, err error) {
	from := int(p.file.Fd())
	failed := raw.Write(func(to uintptr) bool {
		sent, err = unix.Sendfile(int(to), from, &at, n)
		return !errors.Is(err, unix.EAGAIN) && !errors.Is(err, unix.EINTR)
	})
	runtime.KeepAlive(p.file)
	switch {
	case failed != nil: // a deadline that passed, a connection that was closed
		return 0, failed
	case errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS):
		return 0, nil
	}
	return max(sent, 0), err
}
