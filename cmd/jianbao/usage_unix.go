//go:build unix

package main

import (
	"runtime"
	"syscall"
	"time"
)

// A usage is what this process has used of the machine.
type usage struct {
	cpu  time.Duration
	peak int64 // the most memory it ever had, in bytes
}

// spent returns what was used so far.
func spent() usage {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it cannot fail of oneself
	unit := int64(1 << 10)
	if runtime.GOOS == "darwin" {
		unit = 1
	}
	return usage{cpu: time.Duration(u.Utime.Nano() + u.Stime.Nano()), peak: int64(u.Maxrss) * unit}
}
