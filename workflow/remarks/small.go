package remarks

import (
	"time"

	"jianbao/fault"
)

func unless(holds bool, reason fault.Reason) []fault.Reason {
	if holds {
		return nil
	}
	return []fault.Reason{reason}
}

// moment is a time as databases keep it.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func convert[A, B any](all []A, value func(A) B) []B {
	out := make([]B, len(all))
	for i, a := range all {
		out[i] = value(a)
	}
	return out
}
