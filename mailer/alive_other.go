//go:build !unix

package mailer

import "syscall"

// A pulse cannot look without reading here, and hopes.
type pulse struct{}

func pulseOf(syscall.RawConn) *pulse { return &pulse{} }

func (*pulse) gone() error { return nil }
