package queuetest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
)

var sayNoSuch = fault.Say("mailer.no-such", "没有这一条", "there is no such row")

// A Memory is a queue in memory: the contract in its shortest form, for tests
// of the engine and as the yardstick of the tests in this package. It is a
// mailer.Queue and a mailer.Parts.
type Memory struct {
	// Before, if set, is called before every method with its name; an error is
	// returned instead of doing anything.
	Before func(method string) error

	mu       sync.Mutex
	contents map[uuid.UUID]mailer.Content
	rows     map[uuid.UUID]*mailer.Delivery
	attempts map[uuid.UUID][]mailer.Attempt
}

// NewMemory returns an empty queue.
func NewMemory() *Memory {
	return &Memory{
		contents: map[uuid.UUID]mailer.Content{},
		rows:     map[uuid.UUID]*mailer.Delivery{},
		attempts: map[uuid.UUID][]mailer.Attempt{},
	}
}

func (m *Memory) begin(ctx context.Context, method string) error {
	if m.Before != nil {
		if err := m.Before(method); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Add puts a dispatch into the queue.
func (m *Memory) Add(ctx context.Context, c mailer.Content, deliveries []mailer.Delivery) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.contents[c.Dispatch] = c
	for _, d := range deliveries {
		m.rows[d.ID] = &d
	}
	return ctx.Err()
}

// Get returns a delivery and its attempts.
func (m *Memory) Get(ctx context.Context, id uuid.UUID) (mailer.Delivery, []mailer.Attempt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	row, ok := m.rows[id]
	if !ok {
		return mailer.Delivery{}, nil, fault.New(fault.NotFound, sayNoSuch.With())
	}
	return *row, slices.Clone(m.attempts[id]), ctx.Err()
}

// All returns every delivery, in no order.
func (m *Memory) All() []mailer.Delivery {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []mailer.Delivery
	for _, row := range m.rows {
		all = append(all, *row)
	}
	return all
}

// Content implements mailer.Parts.
func (m *Memory) Content(ctx context.Context, dispatch uuid.UUID) (mailer.Content, error) {
	if err := m.begin(ctx, "Content"); err != nil {
		return mailer.Content{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.contents[dispatch]
	if !ok {
		return c, fault.New(fault.NotFound, sayNoSuch.With())
	}
	return c, nil
}

// Claim implements mailer.Queue.
func (m *Memory) Claim(ctx context.Context, limit int, now, until time.Time) ([]mailer.Delivery, error) {
	if err := m.begin(ctx, "Claim"); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	due := m.due(now)
	due = due[:min(limit, len(due))]
	token := uuid.New()
	claimed := make([]mailer.Delivery, len(due))
	for i, row := range due {
		row.State, row.Token, row.LeaseUntil, row.Updated = mailer.Claimed, token, until, now
		claimed[i] = *row
	}
	return claimed, nil
}

// due returns what can be claimed, in the order of the contract: a delivery's
// turn is how many of its own dispatch come before it.
func (m *Memory) due(now time.Time) []*mailer.Delivery {
	var due []*mailer.Delivery
	for _, row := range m.rows {
		waiting := row.State == mailer.Queued || row.State == mailer.Deferred
		if waiting && !row.NextAt.After(now) {
			due = append(due, row)
		}
	}
	slices.SortFunc(due, inTime)
	turn, next := map[uuid.UUID]int{}, map[uuid.UUID]int{}
	for _, row := range due {
		turn[row.ID] = next[row.Dispatch]
		next[row.Dispatch]++
	}
	slices.SortStableFunc(due, func(a, b *mailer.Delivery) int {
		if ua, ub := m.contents[a.Dispatch].Urgent, m.contents[b.Dispatch].Urgent; ua != ub {
			if ua {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(turn[a.ID], turn[b.ID]), inTime(a, b))
	})
	return due
}

func inTime(a, b *mailer.Delivery) int {
	return cmp.Or(a.NextAt.Compare(b.NextAt), cmp.Compare(a.ID.String(), b.ID.String()))
}

// holder returns the row that is held under a token, or nil.
func (m *Memory) holder(id, token uuid.UUID) *mailer.Delivery {
	row, ok := m.rows[id]
	if !ok || token == uuid.Nil || row.Token != token {
		return nil
	}
	return row
}

// Record implements mailer.Queue.
func (m *Memory) Record(ctx context.Context, outcomes []mailer.Outcome, marks []mailer.Mark) ([]uuid.UUID, error) {
	if err := m.begin(ctx, "Record"); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, o := range outcomes {
		if row := m.holder(o.Delivery, o.Token); row != nil {
			m.settle(row, o)
		}
	}
	var held []uuid.UUID
	for _, mark := range marks {
		row := m.holder(mark.ID, mark.Token)
		if row == nil || row.State != mailer.Claimed {
			continue
		}
		row.State, row.Updated = mailer.Data, mark.At
		held = append(held, mark.ID)
	}
	return held, nil
}

func (m *Memory) settle(row *mailer.Delivery, o mailer.Outcome) {
	row.State, row.NextAt, row.Updated = o.State, o.NextAt, o.Ended
	row.Token, row.LeaseUntil = uuid.Nil, time.Time{}
	if o.State == mailer.Queued {
		return
	}
	row.Code, row.Words, row.QueueID = o.Code, o.Words, o.QueueID
	m.attempt(row, o)
	if o.State == mailer.Failed && len(row.Alternates) > 0 {
		m.alternate(*row, o.Ended)
	}
}

func (m *Memory) attempt(row *mailer.Delivery, o mailer.Outcome) {
	row.Tries++
	o.Delivery = row.ID
	m.attempts[row.ID] = append(m.attempts[row.ID], mailer.Attempt{ID: uuid.New(), Delivery: row.ID, N: row.Tries, Outcome: o})
}

// alternate queues the unit's next address.
func (m *Memory) alternate(failed mailer.Delivery, now time.Time) {
	next := mailer.Delivery{
		ID: uuid.New(), Dispatch: failed.Dispatch, Unit: failed.Unit, Name: failed.Name,
		Address: failed.Alternates[0], Alternates: failed.Alternates[1:],
		State: mailer.Queued, NextAt: now, Created: now, Updated: now,
	}
	m.rows[next.ID] = &next
}

// Renew implements mailer.Queue.
func (m *Memory) Renew(ctx context.Context, held []mailer.Mark, until time.Time) ([]uuid.UUID, error) {
	if err := m.begin(ctx, "Renew"); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var renewed []uuid.UUID
	for _, mark := range held {
		if row := m.holder(mark.ID, mark.Token); row != nil {
			row.LeaseUntil = until
			renewed = append(renewed, mark.ID)
		}
	}
	return renewed, nil
}

// Reap implements mailer.Queue.
func (m *Memory) Reap(ctx context.Context, now time.Time, policy mailer.Policy) (mailer.Reaped, error) {
	if err := m.begin(ctx, "Reap"); err != nil {
		return mailer.Reaped{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var reaped mailer.Reaped
	for id, row := range m.rows {
		if row.Token == uuid.Nil || row.LeaseUntil.After(now) {
			continue
		}
		o := mailer.Outcome{Delivery: id, Token: row.Token, State: mailer.Queued, NextAt: now, Began: row.Updated, Ended: now}
		if row.State == mailer.Data && policy != mailer.Resend {
			o.State, o.Stage = mailer.Uncertain, mailer.Dot
			reaped.Uncertain = append(reaped.Uncertain, id)
		} else {
			reaped.Requeued = append(reaped.Requeued, id)
		}
		m.attempt(row, o)
		row.State, row.NextAt, row.Token, row.LeaseUntil, row.Updated = o.State, now, uuid.Nil, time.Time{}, now
	}
	return reaped, nil
}
