package main

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/mailer/sink"
	"jianbao/recipients"
	"jianbao/seeds"
	"jianbao/workflow"
)

const (
	crashUnits       = 300 // besides the four offices of the 报 list
	crashConnections = 4
)

// A trap is the moment at which the program is killed: every connection of it
// hangs at a point of its letter, from the time on when so many letters were
// taken.
type trap struct {
	point sink.Point
	after int
	full  chan struct{} // closed when every connection hangs
	open  chan struct{} // closed when the program is dead
	in    int
}

// A relay is a slow sink with a trap in it.
type slowRelay struct {
	*sink.Sink
	mu  sync.Mutex
	now *trap
}

func (r *slowRelay) set(point sink.Point, after int) *trap {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = &trap{point: point, after: after, full: make(chan struct{}), open: make(chan struct{})}
	return r.now
}

// script takes a while for each letter, and hangs where the trap is.
func (r *slowRelay) script(point sink.Point, _ sink.Message) sink.Act {
	if point == sink.Dot {
		time.Sleep(2 * time.Millisecond) // a relay writes the letter to its disk
	}
	r.mu.Lock()
	t := r.now
	caught := t != nil && t.point == point && r.Count() >= t.after && t.in < crashConnections
	if caught {
		if t.in++; t.in == crashConnections {
			close(t.full)
		}
	}
	r.mu.Unlock()
	if caught {
		<-t.open
	}
	return sink.Act{}
}

// A large office has several hundred units, one issue for all of them, and is
// about to send it.
func largeOffice(ctx context.Context, t *testing.T, db string) (*office, uuid.UUID) {
	t.Helper()
	o, text := officeOf(ctx, t, db, crashUnits)
	w := &walk{office: o}
	issue, err := o.desk.Open(ctx, w.as(ctx, seeds.EditorLogin), seeds.SeriesID, text)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.onward(ctx, issue); err != nil {
		t.Fatal(err)
	}
	return o, issue.ID
}

// officeOf is an office with so many units besides the four offices of the 报
// list, and a text that goes to all of them.
func officeOf(ctx context.Context, t *testing.T, db string, units int) (*office, string) {
	t.Helper()
	o, err := open(ctx, db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := seeds.Plant(ctx, o.store, o.hasher, testPassword, time.Now()); err != nil {
		t.Fatal(err)
	}
	var names []string
	for n := range units {
		name := fmt.Sprintf("鄂尔多斯市第%d中学", n+1)
		unit := recipients.Unit{ID: uuid.New(), Name: name, Place: "鄂尔多斯", Channel: recipients.ByBoth,
			Addresses: []string{fmt.Sprintf("office@s%d.example", n+1)}, Copies: 1, Version: 1}
		if err := o.store.AddUnit(ctx, unit); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	before, list, _ := strings.Cut(seeds.Issue8, "送：")
	_, after, _ := strings.Cut(list, "。")
	return o, before + "送：" + strings.Join(names, "、") + "。" + strings.Replace(after, "20 份", fmt.Sprintf("%d 份", 4*2+units+1), 1)
}

// TestKilledInTheMiddle is promise 3 kept by the real program: killed at four
// different moments of its letters, it sends none twice, loses none, and names
// those that may or may not have gone.
func TestKilledInTheMiddle(t *testing.T) {
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
		if err := o.close(); err != nil { // SQLite is for one process
			t.Fatal(err)
		}
		machine := filepath.Join(t.TempDir(), "installation")
		serve := func() *process {
			return start(t, "serve", "--db", db, "--listen", "127.0.0.1:0", "--relay", relay.Addr(), "--relay-tls", "none",
				"--connections", fmt.Sprint(crashConnections), "--lease", "1s", "--installation", machine)
		}
		var doubtful []string
		for n, point := range []sink.Point{sink.Rcpt, sink.Text, sink.Dot, sink.Kept} {
			trap := relay.set(point, 50*(n+1))
			p := serve()
			within(t, trap.full, "every connection at "+string(point))
			p.kill(t)
			behind := inState(t, db, issue, mailer.Data)
			close(trap.open)
			// Those of the kill before may not have been taken over yet.
			behind = slices.DeleteFunc(behind, func(name string) bool { return slices.Contains(doubtful, name) })
			if len(behind) > crashConnections || point == sink.Kept && len(behind) == 0 {
				t.Errorf("killed at %s: behind their mark are %v", point, behind)
			}
			doubtful = append(doubtful, behind...)
		}
		relay.set("", 0)
		p := serve()
		o = finished(t, db, issue)
		p.stop(t)
		defer o.close()
		settledOnce(t, o, issue, box.Messages(), doubtful)
	})
}

func within(t *testing.T, done <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(soon):
		t.Fatal("not in time: " + what)
	}
}

// inState returns the units whose letters are in a state, by name, from a
// database that no program has open.
func inState(t *testing.T, db string, issue uuid.UUID, state mailer.State) []string {
	t.Helper()
	o, err := open(t.Context(), db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer o.close()
	return o.unitsIn(t, issue, state)
}

func (o *office) unitsIn(t *testing.T, issue uuid.UUID, state mailer.State) []string {
	t.Helper()
	letters, err := o.store.Deliveries(t.Context(), issue)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range letters {
		if d.State == state {
			names = append(names, d.Name)
		}
	}
	slices.Sort(names)
	return names
}

// finished waits until another process has dispatched the issue.
func finished(t *testing.T, db string, id uuid.UUID) *office {
	t.Helper()
	o, err := open(t.Context(), db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	o.untilDispatched(t, id)
	return o
}

func (o *office) untilDispatched(t *testing.T, id uuid.UUID) {
	t.Helper()
	eventually(t.Context(), t, "the issue is dispatched", func() bool {
		issue, err := o.store.Issue(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return issue.State == workflow.Dispatched
	})
}

// settledOnce holds the book against what the relay took.
func settledOnce(t *testing.T, o *office, issue uuid.UUID, taken []sink.Message, doubtful []string) {
	t.Helper()
	letters, err := o.store.Deliveries(t.Context(), issue)
	if err != nil || len(letters) != crashUnits+4 {
		t.Fatalf("%d letters, %v", len(letters), err)
	}
	got := map[string]int{}
	for _, m := range taken {
		got[strings.Join(m.To, ",")]++
	}
	for _, d := range letters {
		switch n := got[d.Address]; {
		case n > 1:
			t.Errorf("%s got %d letters", d.Name, n)
		case d.State == mailer.Accepted && n == 0:
			t.Errorf("%s is said to have it and has not", d.Name)
		case d.State != mailer.Accepted && d.State != mailer.Uncertain:
			t.Errorf("%s is %s", d.Name, d.State)
		}
		delete(got, d.Address)
	}
	if len(got) > 0 {
		t.Errorf("letters to nobody of the list: %v", slices.Sorted(maps.Keys(got)))
	}
	slices.Sort(doubtful)
	if named := o.unitsIn(t, issue, mailer.Uncertain); !slices.Equal(named, doubtful) {
		t.Errorf("uncertain are %v\nbehind their mark were %v", named, doubtful)
	}
}
