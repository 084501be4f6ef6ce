package main

import (
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// TestStoppedInTheMiddle is the orderly end: told to stop while the relay holds
// a letter of every connection, the program waits for its answers and ends
// well, and no letter is in an unknown state.
func TestStoppedInTheMiddle(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		t.Parallel()
		relay := &slowRelay{}
		box, err := sink.StartWith("127.0.0.1:0", sink.Config{Script: relay.script})
		if err != nil {
			t.Fatal(err)
		}
		relay.Sink = box
		defer box.Close()
		o, issue := largeOffice(t.Context(), t, db)
		if err := o.close(); err != nil {
			t.Fatal(err)
		}
		trap := relay.set(sink.Kept, 20)
		p := start(t, "serve", "--db", db, "--listen", "127.0.0.1:0", "--relay", relay.Addr(), "--relay-tls", "none",
			"--connections", fmt.Sprint(crashConnections), "--installation", filepath.Join(t.TempDir(), "installation"))
		within(t, trap.full, "every connection holds a letter")
		if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		close(trap.open)
		if err := p.wait(t); err != nil {
			t.Errorf("told to stop, it ended with %v", err)
		}
		for _, state := range []mailer.State{mailer.Claimed, mailer.Data, mailer.Uncertain} {
			if names := inState(t, db, issue, state); len(names) > 0 {
				t.Errorf("%s are %v", state, names)
			}
		}
		if accepted := inState(t, db, issue, mailer.Accepted); len(accepted) != box.Count() || box.Count() < 20 {
			t.Errorf("%d are said to have it, the relay holds %d", len(accepted), box.Count())
		}
	})
}

// stopDeadline is how long the program may take to stop, whatever others do; what
// runs it elsewhere (deploy/) waits for 90 seconds.
const stopDeadline = 30 * time.Second

// TestStoppedBeforeASilentRelay: a relay that has the letters and never answers is
// not waited for beyond the deadline. What it may or may not have taken is on the
// list of uncertain letters, one for each connection; the others wait in the queue.
func TestStoppedBeforeASilentRelay(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "jianbao.db")
	relay := &slowRelay{}
	box, err := sink.StartWith("127.0.0.1:0", sink.Config{Script: relay.script})
	if err != nil {
		t.Fatal(err)
	}
	relay.Sink = box
	defer box.Close()
	o, issue := largeOffice(t.Context(), t, db)
	if err := o.close(); err != nil {
		t.Fatal(err)
	}
	trap := relay.set(sink.Kept, 20)
	defer close(trap.open)
	p := start(t, "serve", "--db", db, "--listen", "127.0.0.1:0", "--relay", relay.Addr(), "--relay-tls", "none",
		"--connections", fmt.Sprint(crashConnections), "--installation", filepath.Join(t.TempDir(), "installation"))
	within(t, trap.full, "every connection holds a letter")
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-p.ended:
		if err != nil {
			t.Errorf("told to stop, it ended with %v", err)
		}
	case <-time.After(stopDeadline):
		t.Fatal("it waits for the relay for ever")
	}
	for state, want := range map[mailer.State]int{mailer.Claimed: 0, mailer.Data: 0, mailer.Uncertain: crashConnections} {
		if names := inState(t, db, issue, state); len(names) != want {
			t.Errorf("%s are %v", state, names)
		}
	}
}
