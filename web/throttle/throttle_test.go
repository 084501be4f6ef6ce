package throttle

import (
	"testing"
	"time"
)

var noon = time.Date(2021, 7, 15, 4, 0, 0, 0, time.UTC)

func TestNetworks(t *testing.T) {
	for remote, want := range map[string]string{
		"10.0.0.1:99": "10.0.0.1", "[::ffff:10.0.0.1]:99": "10.0.0.1", "[2001:db8:1:2:3::4]:9": "2001:db8:1:2::/64",
		"[fe80::1%eth0]:9": "fe80::/64", "pipe": "pipe",
	} {
		if got := Network(remote); got != want {
			t.Errorf("Network(%s) = %s, want %s", remote, got, want)
		}
	}
}

func TestAThrottleForgetsWhatIsLongUnused(t *testing.T) {
	small := New(1, time.Minute, 2)
	delayed := func(key string) bool { return small.Take(noon, key) > 0 }
	for _, key := range []string{"a", "b"} {
		if delayed(key) {
			t.Errorf("%s is new", key)
		}
	}
	if !delayed("a") || delayed("c") || !delayed("a") || delayed("b") {
		t.Error("b was used longest ago, and it alone should be forgotten for c")
	}
	if small.Remembered() != 2 || small.used.Len() != 2 {
		t.Errorf("%d keys, %d in order", small.Remembered(), small.used.Len())
	}
}
