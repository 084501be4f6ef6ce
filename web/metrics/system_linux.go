package metrics

import (
	"bytes"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// began is when the process began, as near as matters.
var began = time.Now()

// system is what the operating system says of the process, under the names that
// every process has (proc(5), getrusage(2)). What it does not say is left out.
func system() []Family {
	all := []Family{gauge("process_start_time_seconds", "When the process began.", at(began)...)}
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err == nil {
		seconds := time.Duration(used.Utime.Nano() + used.Stime.Nano()).Seconds()
		all = append(all, counter("process_cpu_seconds_total", "Time that the processor spent on it.", is(seconds)))
	}
	if raw, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := bytes.Fields(raw); len(fields) > 1 {
			if pages, err := strconv.Atoi(string(fields[1])); err == nil {
				all = append(all, gauge("process_resident_memory_bytes", "Memory that it has in the machine.", is(pages*os.Getpagesize())))
			}
		}
	}
	if open, err := os.ReadDir("/proc/self/fd"); err == nil {
		all = append(all, gauge("process_open_fds", "Files and connections that it has open.", is(len(open))))
	}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err == nil {
		all = append(all, gauge("process_max_fds", "How many it may have open.", is(limit.Cur)))
	}
	return all
}
