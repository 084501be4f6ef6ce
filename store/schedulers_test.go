package store

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/workflow"
)

// A clock is one process's, and stands until it is set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// schedulerOver returns a scheduler of its own process over a database.
func schedulerOver(s *Store, c *clock) *workflow.Scheduler {
	desk := &workflow.Desk{Books: s, Now: c.now, NewID: newID}
	return &workflow.Scheduler{
		Desk: desk, Agenda: s, Watch: s, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Letters: workflow.NoticeLetters("", nil, c.now, newID),
	}
}

// zones are those whose clocks change, and that of the office.
var zones = []string{"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}

func seriesIn(t *testing.T, s *Store, zone string, created time.Time) workflow.Series {
	t.Helper()
	series := workflow.Series{
		ID: newID(), Masthead: "简报 " + zone, Organ: "某局", Place: "某地", Mailbox: "j@b.example", Zone: zone, Route: workflow.DefaultRoute(),
		Template: 1, Cadence: workflow.Cadence{Spec: "30 2 * * *", MaxLate: 40 * 24 * time.Hour}, Created: created, Version: 1,
	}
	must(t, s.AddSeries(t.Context(), series))
	return series
}

// TestTenProcessesFireOnce: ten schedulers over one PostgreSQL, each with a
// clock that is wrong by up to a day, go through the changes of clocks and the
// end of a year and sleep for 22 days in between. Every tick of every zone is
// made once or recorded as let go, and nobody is told anything twice.
func TestTenProcessesFireOnce(t *testing.T) {
	address := freshPostgres(t)
	first := opened(t, address)
	start := time.Date(2021, 10, 25, 0, 0, 0, 0, time.UTC)
	editor := hired(t, first, "editor", accounts.Editor, workflow.Reach{Address: "e@b.example", AtOnce: true})
	var all []workflow.Series
	for _, zone := range zones {
		series := seriesIn(t, first, zone, start)
		must(t, first.SaveTimetable(t.Context(), workflow.Timetable{Series: series.ID, Appears: "0 18 * * *"}))
		all = append(all, series)
	}
	clocks, schedulers := make([]clock, 10), make([]*workflow.Scheduler, 10)
	for n := range schedulers {
		schedulers[n] = schedulerOver(opened(t, address), &clocks[n])
	}
	lookAll := func(at time.Time, step int) {
		var group sync.WaitGroup
		for n, s := range schedulers {
			off := time.Duration((n*7+step*3)%3-1) * 24 * time.Hour // a day behind, right, a day ahead
			clocks[n].set(at.Add(off))
			group.Go(func() {
				if err := s.Look(context.WithoutCancel(t.Context())); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	at := start
	for step := range 16 { // over the end of summer time in Europe and America
		at = at.Add(17 * time.Hour)
		lookAll(at, step)
	}
	at = at.Add(22 * 24 * time.Hour)
	lookAll(at, 0)
	at = time.Date(2021, 12, 30, 20, 0, 0, 0, time.UTC)
	for step := range 4 {
		at = at.Add(13 * time.Hour)
		lookAll(at, step)
	}
	for _, series := range all {
		everyTick(t, first, series, start, at.Add(24*time.Hour))
	}
	toldOnce(t, first, editor.ID)
}

// everyTick holds the fires of a series against the days between two moments.
func everyTick(t *testing.T, s *Store, series workflow.Series, from, until time.Time) {
	t.Helper()
	var fires []fireRow
	var opened int64
	must(t, s.db.Where("series = ? AND schedule = 'open'", series.ID).Order("local").Find(&fires).Error)
	must(t, s.db.Model(&issueRow{}).Where("series = ?", series.ID).Count(&opened).Error)
	const local = "2006-01-02T15:04"
	outcomes := map[string]int{}
	for n, f := range fires {
		if n > 0 {
			before, err := time.Parse(local, fires[n-1].Local)
			if want := before.AddDate(0, 0, 1).Format(local); err != nil || f.Local != want {
				t.Errorf("%s: behind %s comes %s, not %s", series.Zone, fires[n-1].Local, f.Local, want)
			}
		}
		if outcomes[f.Outcome]++; f.Outcome == "" {
			t.Errorf("%s: of %s nothing is recorded", series.Zone, f.Local)
		}
	}
	t.Log(series.Zone, len(fires), outcomes)
	first, last := fires[0].Local, fires[len(fires)-1].Local
	if first > from.Add(36*time.Hour).Format(local) || last < until.Add(-36*time.Hour).Format(local) {
		t.Errorf("%s: the fires are those from %s to %s", series.Zone, first, last)
	}
	if outcomes[workflow.Opened] != 1 || opened != 1 || outcomes[workflow.Skipped] < 20 {
		t.Errorf("%s: %d issues, fires %v", series.Zone, opened, outcomes)
	}
}

// toldOnce holds what a person was told against what they were mailed.
func toldOnce(t *testing.T, s *Store, person uuid.UUID) {
	t.Helper()
	var notices []noticeRow
	var letters int64
	must(t, s.db.Where("person = ?", person).Find(&notices).Error)
	must(t, s.db.Model(&deliveryRow{}).Where("unit = ?", person).Count(&letters).Error)
	said, mails := map[string]int{}, map[uuid.UUID]bool{}
	for _, n := range notices {
		said[fmt.Sprint(n.Series, n.Issue, n.Key)]++
		if n.Dispatch != uuid.Nil {
			mails[n.Dispatch] = true
		}
	}
	for key, n := range said {
		if n != 1 {
			t.Errorf("%s was said %d times", key, n)
		}
	}
	t.Log(len(notices), "notices in", letters, "letters")
	if len(notices) < len(zones) || len(mails) != int(letters) || letters == 0 {
		t.Errorf("%d notices, %d mails, %d letters", len(notices), len(mails), letters)
	}
}
