//go:build !linux

package metrics

import "time"

// began is when the process began, as near as matters.
var began = time.Now()

// system is what is known of the process without asking the operating system.
func system() []Family {
	return []Family{gauge("process_start_time_seconds", "When the process began.", at(began)...)}
}
