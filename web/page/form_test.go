package page

import (
	"testing"

	"jianbao/fault"
)

func TestSizes(t *testing.T) {
	for n, want := range map[int]string{0: "0 KB", 1: "1 KB", 2048: "2 KB", 3 << 19: "1.5 MB", 20 << 20: "20.0 MB"} {
		if got := Megabytes(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

func TestAWrongFormIsNoInternalFault(t *testing.T) {
	if Unreadable(nil) != nil || !fault.Is(Unreadable(errTooManyParts), fault.Invalid) {
		t.Error("a form that cannot be read is the sender's")
	}
}
