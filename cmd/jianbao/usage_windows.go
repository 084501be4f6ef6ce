package main

import (
	"runtime"
	"time"

	"golang.org/x/sys/windows"
)

// A usage is what this process has used of the machine.
type usage struct {
	cpu  time.Duration
	peak int64 // the memory that the runtime asked for, in bytes
}

// spent returns what was used so far.
func spent() usage {
	var made, ended, kernel, user windows.Filetime
	_ = windows.GetProcessTimes(windows.CurrentProcess(), &made, &ended, &kernel, &user) // it cannot fail of oneself
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return usage{cpu: time.Duration(span(kernel) + span(user)), peak: int64(memory.Sys)}
}

// span is a Filetime that is a length of time, in nanoseconds.
func span(t windows.Filetime) int64 { return (int64(t.HighDateTime)<<32 | int64(t.LowDateTime)) * 100 }
