package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow"
)

var _ workflow.Tickets = (*Store)(nil)

type ticketRow struct {
	ID       uuid.UUID
	Hash     string
	Person   uuid.UUID
	Issue    uuid.UUID
	Digest   string
	Place    string
	Delivery uuid.UUID
	Made     moment
	Expires  moment
	Used     moment
}

func (ticketRow) TableName() string { return "ticket" }

func rowOfTicket(t workflow.Ticket) ticketRow {
	return ticketRow{
		ID: t.ID, Hash: t.Hash, Person: t.Person, Issue: t.Issue, Digest: string(t.Digest), Place: t.Place, Delivery: t.Delivery,
		Made: momentOf(t.Made), Expires: momentOf(t.Expires), Used: momentOf(t.Used),
	}
}

func (r ticketRow) ticket() workflow.Ticket {
	return workflow.Ticket{
		ID: r.ID, Hash: r.Hash, Person: r.Person, Issue: r.Issue, Digest: workflow.Digest(r.Digest), Place: r.Place, Delivery: r.Delivery,
		Made: r.Made.time(), Expires: r.Expires.time(), Used: r.Used.time(),
	}
}

// TicketByHash returns a ticket, or fault.NotFound; see [workflow.Tickets].
func (s *Store) TicketByHash(ctx context.Context, hash string) (t workflow.Ticket, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[ticketRow](tx.Where("hash = ?", hash))
		t = row.ticket()
		return err
	})
	return t, err
}

// TicketsOf returns the tickets that a letter offered, the first one first.
func (s *Store) TicketsOf(ctx context.Context, delivery uuid.UUID) (all []workflow.Ticket, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[ticketRow](tx.Where("delivery = ?", delivery).Order("id"))
		all = convert(found, ticketRow.ticket)
		return err
	})
	return all, err
}

// SpendTicket marks a ticket as used, or unused where at is the zero time; see
// [workflow.Tickets].
func (s *Store) SpendTicket(ctx context.Context, id uuid.UUID, at time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		query := tx.Model(&ticketRow{}).Where("id = ? AND used = 0", id)
		if at.IsZero() {
			query = tx.Model(&ticketRow{}).Where("id = ? AND used <> 0", id)
		}
		done := query.Update("used", momentOf(at))
		if done.Error != nil {
			return fmt.Errorf("store: ticket %s: %w", id, done.Error)
		}
		if done.RowsAffected != 1 {
			return fault.New(fault.Conflict, changedSince.With())
		}
		return nil
	})
}
