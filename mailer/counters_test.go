package mailer

import (
	"reflect"
	"testing"
)

// TestWhatEnginesDidIsAddedUp: no counter is forgotten, and none is added twice.
func TestWhatEnginesDidIsAddedUp(t *testing.T) {
	var sum, one Counters
	all := one.all()
	if fields := reflect.TypeFor[Counters]().NumField(); len(all) != fields {
		t.Fatalf("%d of %d counters are added up", len(all), fields)
	}
	for n, c := range all {
		c.Store(int64(n + 1))
	}
	sum.Add(&one)
	sum.Add(&one)
	for n, c := range sum.all() {
		if c.Load() != int64(2*(n+1)) {
			t.Errorf("counter %d is %d", n, c.Load())
		}
	}
}
