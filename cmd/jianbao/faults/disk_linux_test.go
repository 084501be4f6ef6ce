package faults

import (
	"math"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"jianbao/mailer"
)

// TestTheDiskIsFull takes the room from an engine on SQLite in the middle of its
// letters: no file of it may grow or be written beyond its first 64 KB, which is
// how the kernel says that there is no room to somebody who is not root. With room
// again it goes on by itself.
func TestTheDiskIsFull(t *testing.T) {
	for _, s := range []setting{{1, mailer.Ask}, {16, mailer.Ask}} {
		t.Run(s.String(), func(t *testing.T) {
			beside(t)
			b := plant(t, filepath.Join(t.TempDir(), "full.db"), *letters)
			relay := startWitness(t, 0)
			e := startEngine(t, b.address, relay.Addr(), s)
			relay.wait(t, b.total/2, e)
			e.room(t, 64<<10)
			e.says(t, "msg=record") // what it cannot write it holds, and says so
			e.room(t, math.MaxUint64)
			b.finish(t, e)
			e.stop(t)
			b.settled(t, relay.ended(), nil, s.policy)
		})
	}
}

// TestItDiesOnAFullDisk kills it while it holds what it cannot write. What it
// knew is lost with it, so that those letters are uncertain; no other is.
func TestItDiesOnAFullDisk(t *testing.T) {
	for _, s := range []setting{{1, mailer.Ask}, {16, mailer.Resend}} {
		t.Run(s.String(), func(t *testing.T) {
			beside(t)
			b := plant(t, filepath.Join(t.TempDir(), "full.db"), *letters)
			relay := startWitness(t, 0)
			e := startEngine(t, b.address, relay.Addr(), s)
			relay.wait(t, b.total/2, e)
			e.room(t, 64<<10)
			e.says(t, "msg=record")
			e.kill(t)
			behind := witnessed{doubts: doubts{}, claims: map[string]bool{}}
			if n := behind.look(b.rows(t, mailer.Data)); n > s.window*connections {
				t.Errorf("%d letters are behind their mark", n)
			}
			last := startEngine(t, b.address, relay.Addr(), s)
			b.finish(t, last)
			last.stop(t)
			b.settled(t, relay.ended(), behind.doubts, s.policy)
		})
	}
}

// room is how far the engine may write into any file.
func (e *engine) room(t *testing.T, bytes uint64) {
	t.Helper()
	limit := unix.Rlimit{Cur: bytes, Max: math.MaxUint64}
	if err := unix.Prlimit(e.cmd.Process.Pid, unix.RLIMIT_FSIZE, &limit, nil); err != nil {
		t.Fatal(err)
	}
}
