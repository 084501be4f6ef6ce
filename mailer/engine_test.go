package mailer_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
	"jianbao/mailer/sink"
)

// A clock that tests put forward.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// A desk is an engine at work between a queue and a relay.
type desk struct {
	*testing.T
	queue  *queuetest.Memory
	engine *mailer.Engine
	clock  *clock
	cancel context.CancelFunc
	ended  chan error
}

// newDesk makes an engine; start runs it.
func newDesk(t *testing.T, relay mailer.Relay, connections int) *desk {
	t.Helper()
	d := &desk{T: t, queue: queuetest.NewMemory(), ended: make(chan error, 1)}
	d.clock = &clock{now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)}
	d.engine = &mailer.Engine{
		Queue: d.queue, Parts: d.queue, Relay: relay, Connections: connections,
		Poll: 2 * time.Millisecond, Grace: 2 * time.Second, Clock: d.clock.read,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	return d
}

func (d *desk) start() {
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	go func() { d.ended <- d.engine.Run(ctx) }()
	d.Cleanup(d.stop)
}

func (d *desk) stop() {
	if d.cancel == nil {
		return
	}
	d.cancel()
	d.cancel = nil
	if err := <-d.ended; err != nil {
		d.Errorf("the engine ended with %v", err)
	}
}

func (d *desk) add(n int, change func(*mailer.Content, []mailer.Delivery)) []uuid.UUID {
	d.Helper()
	c := queuetest.Dispatch()
	all := queuetest.Deliveries(c.Dispatch, n, d.clock.read())
	for i := range all {
		all[i].NextAt = d.clock.read()
	}
	if change != nil {
		change(&c, all)
	}
	if err := d.queue.Add(context.Background(), c, all); err != nil {
		d.Fatal(err)
	}
	ids := make([]uuid.UUID, n)
	for i := range all {
		ids[i] = all[i].ID
	}
	d.engine.Wake()
	return ids
}

// until waits for a condition, at most two minutes: machines that test are busy.
func (d *desk) until(what string, ok func() bool) {
	d.Helper()
	for end := time.Now().Add(2 * time.Minute); !ok(); time.Sleep(3 * time.Millisecond) {
		if time.Now().After(end) {
			d.Fatalf("waited in vain for %s; states: %v", what, d.states())
		}
	}
}

func (d *desk) states() map[mailer.State]int {
	n := map[mailer.State]int{}
	for _, row := range d.queue.All() {
		n[row.State]++
	}
	return n
}

func (d *desk) untilAll(state mailer.State) {
	d.Helper()
	d.until(string(state), func() bool { return d.states()[state] == len(d.queue.All()) })
}

func (d *desk) get(id uuid.UUID) (mailer.Delivery, []mailer.Attempt) {
	d.Helper()
	row, attempts, err := d.queue.Get(context.Background(), id)
	if err != nil {
		d.Fatal(err)
	}
	return row, attempts
}

// each fails unless every Message-ID was taken exactly n times.
func each(t *testing.T, s *sink.Sink, ids []uuid.UUID, n int) {
	t.Helper()
	times := map[string]int{}
	for _, m := range s.Messages() {
		times[m.MessageID()]++
	}
	for _, id := range ids {
		if got := times[id.String()+"@kjj.example"]; got != n {
			t.Errorf("%s was taken %d times, want %d", id, got, n)
		}
	}
	if len(times) > len(ids) {
		t.Errorf("%d different letters were taken, want %d", len(times), len(ids))
	}
}

func TestTwoHundredLettersOnceEach(t *testing.T) {
	s := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(s), 8)
	ids := append(d.add(150, nil), d.add(50, nil)...)
	d.start()
	d.untilAll(mailer.Accepted)
	d.stop()
	each(t, s, ids, 1)
	row, attempts := d.get(ids[0])
	if len(attempts) != 1 || row.Code != 250 || row.QueueID == "" || attempts[0].Stage != mailer.Reply || attempts[0].Relay != s.Addr() {
		t.Errorf("%+v with %+v", row, attempts)
	}
	m := s.Messages()[0]
	if m.From != "jianbao@kjj.example" || len(m.To) != 1 || m.Subject() != "【鄂尔多斯科技简报】2021年第8期" || m.Text() == "" || m.HTML() == "" {
		t.Errorf("%+v", m)
	}
	c := &d.engine.Counters
	if c.Accepted.Load() != 200 || c.Claimed.Load() != 200 || c.Opened.Load() > 8 || c.Fenced.Load()+c.Uncertain.Load() != 0 {
		t.Errorf("accepted %d, claimed %d, opened %d", c.Accepted.Load(), c.Claimed.Load(), c.Opened.Load())
	}
	if groups := c.Groups.Load(); groups > 400 {
		t.Errorf("%d transactions for 200 letters", groups)
	}
}

func TestMarksAreCommittedBeforeTheDot(t *testing.T) {
	var d *desk
	var mu sync.Mutex
	var early []mailer.State
	s := startSink(t, sink.Config{Script: func(p sink.Point, m sink.Message) sink.Act {
		if p == sink.Dot {
			for _, row := range d.queue.All() {
				if row.Address == m.To[0] && row.State != mailer.Data {
					mu.Lock()
					early = append(early, row.State)
					mu.Unlock()
				}
			}
		}
		return sink.Act{}
	}})
	d = newDesk(t, relayTo(s), 4)
	d.add(60, nil)
	d.start()
	d.untilAll(mailer.Accepted)
	if len(early) > 0 {
		t.Errorf("dots went out in the states %v", early)
	}
}

func TestLostMarkNoDot(t *testing.T) {
	s := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(s), 1)
	ids := d.add(1, nil)
	var once sync.Once
	d.queue.Before = func(method string) error {
		if method == "Record" { // meanwhile the lease lapsed and somebody else took it
			once.Do(func() {
				later := d.clock.read().Add(time.Hour)
				if _, err := d.queue.Reap(context.Background(), later, mailer.Ask); err != nil {
					t.Error(err)
				}
				if _, err := d.queue.Claim(context.Background(), 1, later, later.Add(time.Hour)); err != nil {
					t.Error(err)
				}
			})
		}
		return nil
	}
	d.start()
	d.until("the fence", func() bool { return d.engine.Counters.Fenced.Load() == 1 })
	d.stop()
	if row, _ := d.get(ids[0]); row.State != mailer.Claimed {
		t.Errorf("it is %s; the other engine holds it", row.State)
	}
	if s.Count() != 0 {
		t.Error("the letter went")
	}
}

func TestDatabaseFailsBeforeTheDot(t *testing.T) {
	s := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(s), 2)
	ids := d.add(3, nil)
	var mu sync.Mutex
	failures := 3
	d.queue.Before = func(method string) error {
		mu.Lock()
		defer mu.Unlock()
		if method == "Record" && failures > 0 {
			failures--
			return errors.New("no database")
		}
		return nil
	}
	d.start()
	d.until("the letters to come back", func() bool { return d.engine.Counters.GivenBack.Load() > 0 && d.states()[mailer.Claimed] == 0 })
	d.clock.forward(time.Minute)
	d.untilAll(mailer.Accepted)
	each(t, s, ids, 1)
}

func TestDatabaseFailsBehindTheDot(t *testing.T) {
	var mu sync.Mutex
	failing := false
	s := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
		if p == sink.Kept {
			mu.Lock()
			failing = true
			mu.Unlock()
			time.AfterFunc(150*time.Millisecond, func() { mu.Lock(); failing = false; mu.Unlock() })
		}
		return sink.Act{}
	}})
	d := newDesk(t, relayTo(s), 1)
	ids := d.add(1, nil)
	d.queue.Before = func(method string) error {
		mu.Lock()
		defer mu.Unlock()
		if failing && method == "Record" {
			return errors.New("no database")
		}
		return nil
	}
	d.start()
	d.untilAll(mailer.Accepted)
	each(t, s, ids, 1)
}

func TestOneUnitCannotBeWrittenTo(t *testing.T) {
	s := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(s), 2)
	ids := d.add(3, func(_ *mailer.Content, all []mailer.Delivery) {
		all[1].Address = "nobody> SIZE=1"
		all[1].Alternates = []string{"second@unit.example"}
	})
	d.start()
	d.until("all", func() bool { n := d.states(); return n[mailer.Accepted] == 3 && n[mailer.Failed] == 1 })
	if row, _ := d.get(ids[1]); row.State != mailer.Failed || row.Words == "" {
		t.Errorf("%+v", row)
	}
}

func TestAContentThatCannotBeComposedFails(t *testing.T) {
	s := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(s), 2)
	ids := d.add(2, func(c *mailer.Content, _ []mailer.Delivery) { c.Subject = "a\r\nBcc: x@y.example" })
	d.start()
	d.untilAll(mailer.Failed)
	if row, _ := d.get(ids[0]); !strings.HasPrefix(row.Words, "这封邮件写不成：") {
		t.Errorf("%q", row.Words)
	}
	if s.Count() != 0 {
		t.Error("it went")
	}
}

func TestSettingsThatAreWrongEndTheRun(t *testing.T) {
	d := newDesk(t, mailer.Relay{Addr: "nowhere"}, 1)
	if err := d.engine.Run(t.Context()); err == nil {
		t.Error("it ran")
	}
}
