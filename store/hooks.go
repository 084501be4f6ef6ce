package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/hooks"
	"jianbao/workflow"
)

var _ hooks.Outbox = (*Store)(nil)

type hookRow struct {
	ID         uuid.UUID
	Target     uuid.UUID
	Kind       string
	At         moment
	Fact       hooks.Fact `gorm:"serializer:json"`
	State      string
	NextAt     moment
	Token      uuid.UUID
	LeaseUntil moment
	Tries      int
	Status     int
	Why        fault.Reason `gorm:"serializer:json"`
	Ended      moment
}

func (hookRow) TableName() string { return "hook_message" }

func rowOfHook(m hooks.Message) hookRow {
	return hookRow{
		ID: m.ID, Target: m.Target, Kind: string(m.Kind), At: momentOf(m.At), Fact: m.Fact, State: string(m.State), NextAt: momentOf(m.NextAt),
		Tries: m.Tries, Status: m.Status, Why: m.Why, Ended: momentOf(m.Ended),
	}
}

func (r hookRow) message() hooks.Message {
	return hooks.Message{
		ID: r.ID, Target: r.Target, Kind: hooks.Kind(r.Kind), At: r.At.time(), Fact: r.Fact, State: hooks.State(r.State), NextAt: r.NextAt.time(),
		Tries: r.Tries, Status: r.Status, Why: revived(r.Why), Ended: r.Ended.time(),
	}
}

// hookKinds are what acts are told as, whatever state they lead to.
var hookKinds = map[workflow.Act]hooks.Kind{
	workflow.Open: hooks.Opened, workflow.Submit: hooks.Submitted, workflow.Return: hooks.Returned, workflow.Register: hooks.Registered,
	workflow.Schedule: hooks.Scheduled, workflow.Release: hooks.Released, workflow.Finish: hooks.Finished, workflow.Hold: hooks.Held, workflow.Miss: hooks.Held,
	workflow.Withdraw: hooks.Withdrawn, workflow.Confirm: hooks.Recalled, workflow.Supersede: hooks.Corrected, workflow.Archive: hooks.Archived,
	workflow.Approve: hooks.Decided, workflow.Record: hooks.Decided, workflow.Expedite: hooks.Decided,
}

// toldAs is what a change of an issue is told as, "" for what nobody else needs
// to know. Whatever ends the way of an issue to its approval is told as that.
func toldAs(e workflow.Event) hooks.Kind {
	if e.To == workflow.Approved && (e.From == workflow.Draft || e.From == workflow.Review) {
		return hooks.Approved
	}
	return hookKinds[e.Act]
}

// tellHooks writes a message for every target that is told of a change.
func tellHooks(tx *gorm.DB, change workflow.Change) error {
	kind := toldAs(change.Event)
	if kind == "" {
		return nil
	}
	found, err := rows[hookTargetRow](tx.Where("series = ? AND ended = 0", change.Issue.Series))
	if err != nil || len(found) == 0 {
		return err
	}
	series, err := seriesByID(tx, change.Issue.Series)
	if err != nil {
		return err
	}
	var all []hookRow
	for _, row := range found {
		if row.target().Wants(kind) {
			all = append(all, rowOfHook(hooks.Message{
				ID: newID(), Target: row.ID, Kind: kind, At: change.Event.At, NextAt: change.Event.At, State: hooks.Waiting, Fact: factOf(series, change),
			}))
		}
	}
	return add(tx, all...)
}

func factOf(series workflow.Series, change workflow.Change) hooks.Fact {
	f := hooks.Fact{
		Series: series.ID, Masthead: series.Masthead, Issue: change.Issue.ID, State: string(change.Issue.State), Act: string(change.Event.Act), Event: change.Event.Seq,
	}
	if n := change.Issue.Number; !n.IsZero() {
		f.Number = &hooks.Number{Kind: string(n.Kind), Year: n.Year, No: n.No, Total: change.Issue.Total}
	}
	return f
}

// aFew is how many messages of one target are given out at once.
const aFew = 4

// dueHooks are messages to be sent now: a few of each target, one of a
// target that has failed several times in a row. A test goes to a target that is
// paused, too.
const dueHooks = `SELECT id FROM (SELECT m.id, m.next_at, t.misses, ROW_NUMBER() OVER (PARTITION BY m.target ORDER BY m.next_at, m.id) AS place
		FROM hook_target t JOIN hook_message m ON m.target = t.id AND m.state = 'waiting' AND m.next_at <= @now
		WHERE t.ended = 0 AND t.until <= @now AND (NOT t.paused OR m.kind = 'test')) due
	WHERE place <= CASE WHEN misses >= @tooMany THEN 1 ELSE @few END ORDER BY next_at, id LIMIT @limit`

// ClaimHooks gives out what is due; see [hooks.Outbox].
func (s *Store) ClaimHooks(ctx context.Context, limit int, now, until time.Time) (all []hooks.Claim, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		all = nil
		if err := s.tidyHooks(tx, now); err != nil {
			return err
		}
		var ids []uuid.UUID
		due := tx.Raw(dueHooks, map[string]any{"now": momentOf(now), "few": aFew, "tooMany": hooks.TooMany, "limit": limit}).Scan(&ids)
		if due.Error != nil || len(ids) == 0 {
			return due.Error
		}
		found, err := rows[hookRow](s.skipping(tx).Where("id IN ? AND state = 'waiting'", ids).Order("next_at, id"))
		if err != nil {
			return err
		}
		for _, row := range found {
			target, err := first[hookTargetRow](tx.Where("id = ?", row.Target))
			if err != nil {
				return err
			}
			all = append(all, hooks.Claim{Message: row.message(), Target: target.target(), Token: newID()})
		}
		return leaseHooks(tx, all, until)
	})
	if err != nil {
		return nil, fmt.Errorf("store: claim messages: %w", err)
	}
	return all, nil
}

// leaseHooks marks what was claimed. A target that ails is left alone until what
// it is tried with is settled.
func leaseHooks(tx *gorm.DB, all []hooks.Claim, until time.Time) error {
	for _, c := range all {
		mark := map[string]any{"state": hooks.Sending, "token": c.Token, "lease_until": momentOf(until)}
		if err := tx.Model(&hookRow{}).Where("id = ?", c.Message.ID).Updates(mark).Error; err != nil {
			return err
		}
		if !c.Target.Health.Ailing() {
			continue
		}
		if err := tx.Model(&hookTargetRow{}).Where("id = ?", c.Target.ID).Update("until", momentOf(until)).Error; err != nil {
			return err
		}
	}
	return nil
}

// tidyHooks takes back what a dead process held, and gives up what is too old
// or nobody wants any more.
func (s *Store) tidyHooks(tx *gorm.DB, now time.Time) error {
	back := map[string]any{"state": hooks.Waiting, "token": uuid.Nil, "lease_until": 0}
	if err := tx.Model(&hookRow{}).Where("state = 'sending' AND lease_until <= ?", momentOf(now)).Updates(back).Error; err != nil {
		return err
	}
	old, err := rows[hookRow](s.skipping(tx).Where("state = 'waiting' AND (at <= ? OR target IN (SELECT id FROM hook_target WHERE ended > 0))", momentOf(now.Add(-hooks.GiveUpAfter))).Order("id").Limit(batch))
	if err != nil {
		return err
	}
	for _, row := range old {
		ended := rowOfHook(row.message().Expire(now))
		if err := tx.Model(&ended).Select("state", "ended", "why").Updates(&ended).Error; err != nil {
			return err
		}
	}
	return nil
}

// SettleHook writes what came of a claim; see [hooks.Outbox].
func (s *Store) SettleHook(ctx context.Context, c hooks.Claim, judge func(hooks.Message, hooks.Target) (hooks.Message, hooks.Target, []hooks.Change)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		target, err := first[hookTargetRow](s.locking(tx, "UPDATE").Where("id = ?", c.Target.ID))
		if err != nil {
			return err
		}
		held, err := rows[hookRow](tx.Where("id = ? AND state = 'sending' AND token = ?", c.Message.ID, c.Token))
		if err != nil || len(held) == 0 {
			return err
		}
		message, now, changes := judge(held[0].message(), target.target())
		row, health := rowOfHook(message), rowOfTarget(now)
		if err := tx.Model(&row).Select("*").Updates(&row).Error; err != nil {
			return fmt.Errorf("store: settle message %s: %w", row.ID, err)
		}
		if now.Paused != target.Paused {
			health.Version++
		}
		if err := tx.Model(&health).Select("misses", "until", "paused", "version").Updates(&health).Error; err != nil {
			return fmt.Errorf("store: settle target %s: %w", health.ID, err)
		}
		return add(tx, convert(changes, rowOfHookChange)...)
	})
}
