package workflow

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

// scheduler returns a scheduler over the office.
func (o *office) scheduler() *Scheduler {
	return &Scheduler{Desk: o.Desk, Agenda: o.books, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Every: time.Millisecond}
}

func look(t *testing.T, s *Scheduler) {
	t.Helper()
	if err := s.Look(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestADueIssueIsReleasedAndThenFinished(t *testing.T) {
	o := newOffice(t)
	issue := o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	issue = o.does(t, o.clerk, issue, Order{Act: Register, KeepDate: true}, Order{Act: Schedule, At: o.now.Add(2 * time.Second)})
	s, woken := o.scheduler(), 0
	s.Released = func() { woken++ }
	states := []State{Scheduled, Scheduled, Dispatching, Dispatching, Dispatched, Dispatched}
	for second, want := range states {
		if second == 4 {
			o.books.pending = 0
		}
		look(t, s)
		if got := o.books.issues[issue.ID].State; got != want {
			t.Errorf("after %d s it is %s, want %s", second, got, want)
		}
		o.now = o.now.Add(time.Second)
	}
	if woken != 1 || len(o.books.sendings) != 1 {
		t.Errorf("woken %d times, %d sendings", woken, len(o.books.sendings))
	}
}

func TestAMissedReleaseIsToldOnce(t *testing.T) {
	o := newOffice(t)
	issue := o.scheduled(t)
	o.now = o.now.Add(24 * time.Hour)
	s := o.scheduler()
	look(t, s)
	look(t, s)
	events := o.books.events[issue.ID]
	if got := o.books.issues[issue.ID]; got.State != Registered || events[len(events)-1].Act != Miss || len(o.books.sendings) != 0 {
		t.Errorf("%s after %s, %d sendings", got.State, events[len(events)-1].Act, len(o.books.sendings))
	}
}

func TestACadenceOpensOneIssue(t *testing.T) {
	o := newOffice(t)
	o.books.series.Cadence = Cadence{Spec: "0 9 * * *"}
	o.books.series.Sections = []string{"高层声音", "部门动态"}
	s := o.scheduler()
	look(t, s)
	if len(o.books.issues) != 0 {
		t.Fatal("opened before its time")
	}
	o.now = time.Date(2021, 7, 16, 1, 0, 0, 0, time.UTC) // 9:00 in Shanghai
	look(t, s)
	look(t, s)
	if len(o.books.issues) != 1 || o.books.fires["2021-07-16T09:00"].Outcome != "opened" {
		t.Fatalf("%d issues, fires %v", len(o.books.issues), o.books.fires)
	}
	o.now = o.now.Add(24 * time.Hour)
	look(t, s)
	if len(o.books.issues) != 1 || o.books.fires["2021-07-17T09:00"].Outcome != "already-open" {
		t.Errorf("%d issues, fires %v", len(o.books.issues), o.books.fires)
	}
	o.books.series.Cadence.MaxLate = time.Hour
	o.now = o.now.Add(24*time.Hour + 2*time.Hour)
	look(t, s)
	if fire := o.books.fires["2021-07-18T09:00"]; fire.Outcome != "too-late" {
		t.Errorf("two hours late: %+v", fire)
	}
}

// The numbers of a proposal are provisional: its register has seven.
func TestAProposalTakesFromTheLastIssue(t *testing.T) {
	o := newOffice(t)
	last := o.scheduled(t)
	view := FireView{Series: o.books.series, Last: &last, Register: o.books.register}
	done := FireWork(view, Fire{Schedule: Opening, At: o.now}, o.now, o.NewID)
	if done.Outcome != Opened || done.Change == nil {
		t.Fatalf("%+v", done)
	}
	change, d := done.Change, done.Change.Issue.Document
	view.Timetable, view.Open = Timetable{CatchUp: CatchAll}, []Issue{change.Issue}
	if done := FireWork(view, Fire{Schedule: Opening, At: o.now}, o.now, o.NewID); done.Change.Issue.Document.Number.No != 10 {
		t.Errorf("the one after it is %d", done.Change.Issue.Document.Number.No)
	}
	if d.Number.No != 9 || d.PrintRun != 20 || len(d.Lists) != 2 || d.Role("编辑")[0] != "程继东" || change.Event.Robot != true {
		t.Errorf("proposed %+v", d)
	}
}

func TestTwoSchedulersReleaseAndFireOnce(t *testing.T) {
	o := newOffice(t)
	o.scheduled(t)
	o.books.series.Cadence = Cadence{Spec: "* * * * *"}
	o.now = o.now.Add(time.Minute)
	both := &meeting{}
	both.Add(2)
	o.Render = both
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() { look(t, o.scheduler()) })
	}
	group.Wait()
	if len(o.books.sendings) != 1 || len(o.books.fires) != 1 {
		t.Errorf("%d sendings, %d fires", len(o.books.sendings), len(o.books.fires))
	}
}

// A meeting renders when two are at it, so that both have seen the issue due.
type meeting struct{ sync.WaitGroup }

func (m *meeting) Render(context.Context, Series, Issue) (Parts, error) {
	m.Done()
	m.Wait()
	return Parts{}, nil
}

func TestASchedulerRunsUntilItIsTold(t *testing.T) {
	o := newOffice(t)
	issue := o.scheduled(t)
	ctx, stop := context.WithCancel(t.Context())
	s := o.scheduler()
	s.Released = stop
	if err := s.Run(ctx); err != nil || o.books.issues[issue.ID].State != Dispatching {
		t.Errorf("%s, %v", o.books.issues[issue.ID].State, err)
	}
}

// What is due when the send window is shut waits for it, and is not missed
// while it is within its tolerance.
func TestNothingIsReleasedOutsideTheWindow(t *testing.T) {
	o := newOffice(t)
	o.books.series.Window = calendar.Window{Days: []time.Weekday{time.Thursday}, From: 9 * 60, To: 11 * 60} // it is Thursday, 10:00
	issue := o.scheduled(t)
	s := o.scheduler()
	o.now = o.now.Add(time.Hour) // 11:00
	look(t, s)
	_, err := o.Release(t.Context(), Actor{Robot: Robot}, issue.ID)
	if e := fault.As(err); !fault.Is(err, fault.Blocked) || e == nil || len(e.Reasons) != 1 || e.Reasons[0].Key != windowShut.Key {
		t.Errorf("released: %v", err)
	}
	if got := o.books.issues[issue.ID]; got.State != Scheduled || len(o.books.sendings) != 0 {
		t.Errorf("%s, %d sendings", got.State, len(o.books.sendings))
	}
	o.now = o.now.Add(-30 * time.Minute)
	look(t, s)
	if got := o.books.issues[issue.ID]; got.State != Dispatching {
		t.Errorf("%s while the window is open", got.State)
	}
}
