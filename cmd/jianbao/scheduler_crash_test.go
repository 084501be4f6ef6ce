package main

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/seeds"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

// missedTicks is how many ticks the program slept through, each of which opens
// an issue.
const missedTicks = 45

// processes is how many schedulers run at once, kills how many of them die.
const (
	processes = 10
	kills     = 5
)

// TestSchedulersKilledInTheMiddle: ten processes catch up with what was missed,
// one after the other is killed at it, and another comes in its place. Every
// tick has one fire and one issue, and none has two.
func TestSchedulersKilledInTheMiddle(t *testing.T) {
	t.Parallel()
	db := emptyPostgres(t)
	o, err := open(t.Context(), db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer o.close()
	if err := seeds.Plant(t.Context(), o.store, o.hasher, testPassword, time.Now()); err != nil {
		t.Fatal(err)
	}
	series := everyMinute(t, o)
	machine := filepath.Join(t.TempDir(), "installation")
	serve := func() *process {
		return start(t, "serve", "--db", db, "--only", "scheduler", "--installation", machine)
	}
	var running []*process
	for range processes {
		running = append(running, serve())
	}
	for n := range kills {
		eventually(t.Context(), t, "some fires are made", func() bool { return len(opened(t, o, series)) >= (n+1)*missedTicks/(kills+2) })
		running[n].kill(t)
		running = append(running, serve())
	}
	eventually(t.Context(), t, "all fires are made", func() bool { return len(opened(t, o, series)) >= missedTicks })
	for _, p := range running[kills:] {
		p.kill(t)
	}
	everyTickOnce(t, o, series)
}

// everyMinute is a series that opens an issue every minute, and should have done
// so for a while.
func everyMinute(t *testing.T, o *office) uuid.UUID {
	t.Helper()
	series := workflow.Series{
		ID: uuid.New(), Masthead: "每分钟简报", Organ: "某局", Place: "某地", Mailbox: "j@b.example", Route: workflow.DefaultRoute(), Template: 1,
		Cadence: workflow.Cadence{Spec: "* * * * *", MaxLate: 24 * time.Hour}, Created: time.Now().Add(-missedTicks * time.Minute), Version: 1,
	}
	all := setup.Settings{Series: series, Timetable: workflow.Timetable{CatchUp: workflow.CatchAll}}
	if err := o.store.AddSettings(t.Context(), all, workflow.Named{Name: "某人"}, time.Now()); err != nil {
		t.Fatal(err)
	}
	return series.ID
}

// everyTickOnce fails unless each tick of a series has one fire and one issue.
func everyTickOnce(t *testing.T, o *office, series uuid.UUID) {
	t.Helper()
	dates := map[time.Time]int{}
	fires, err := o.store.Fires(t.Context(), series)
	if err != nil {
		t.Fatal(err)
	}
	issues := map[uuid.UUID]int{}
	for _, id := range opened(t, o, series) {
		issues[id]++
	}
	for n, f := range fires {
		dates[f.At]++
		if n > 0 && f.At.Sub(fires[n-1].At) != time.Minute {
			t.Errorf("between %s and %s ticks are missing", fires[n-1].Local, f.Local)
		}
		if f.Outcome != workflow.Opened || issues[f.Issue] != 1 || dates[f.At] != 1 {
			t.Errorf("%s: %s, %d issues, %d fires", f.Local, f.Outcome, issues[f.Issue], dates[f.At])
		}
		delete(issues, f.Issue)
	}
	if len(issues) != 0 {
		t.Errorf("%d issues have no fire", len(issues))
	}
}

// opened returns the issues of a series.
func opened(t *testing.T, o *office, series uuid.UUID) (ids []uuid.UUID) {
	t.Helper()
	all, err := o.store.Summaries(t.Context(), []uuid.UUID{series}, 10*missedTicks)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		ids = append(ids, s.ID)
	}
	return ids
}
