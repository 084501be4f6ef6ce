package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/workflow"
)

type deliveryRow struct {
	ID         uuid.UUID
	Dispatch   uuid.UUID
	Urgent     bool
	Unit       uuid.UUID
	Name       string
	Address    string
	Alternates []string `gorm:"serializer:json"`
	State      string
	Tries      int
	NextAt     moment
	Created    moment
	Token      uuid.UUID
	LeaseUntil moment
	Code       int
	Words      string
	QueueID    string
	Updated    moment
}

func (deliveryRow) TableName() string { return "delivery" }

func rowOfDelivery(d mailer.Delivery, urgent bool) deliveryRow {
	return deliveryRow{
		ID: d.ID, Dispatch: d.Dispatch, Urgent: urgent, Unit: d.Unit, Name: d.Name, Address: d.Address,
		Alternates: d.Alternates, State: string(d.State), Tries: d.Tries, NextAt: momentOf(d.NextAt),
		Created: momentOf(d.Created), Token: d.Token, LeaseUntil: momentOf(d.LeaseUntil),
		Code: d.Code, Words: d.Words, QueueID: d.QueueID, Updated: momentOf(d.Updated),
	}
}

func (r deliveryRow) delivery() mailer.Delivery {
	return mailer.Delivery{
		ID: r.ID, Dispatch: r.Dispatch, Unit: r.Unit, Name: r.Name, Address: r.Address,
		Alternates: r.Alternates, State: mailer.State(r.State), Tries: r.Tries, NextAt: r.NextAt.time(),
		Created: r.Created.time(), Token: r.Token, LeaseUntil: r.LeaseUntil.time(),
		Code: r.Code, Words: r.Words, QueueID: r.QueueID, Updated: r.Updated.time(),
	}
}

// lettersOf makes the deliveries of a sending: each to the unit's first
// address, the others behind it.
func lettersOf(sending workflow.Sending, urgent bool) ([]deliveryRow, error) {
	all := make([]deliveryRow, 0, len(sending.Letters))
	for _, l := range sending.Letters {
		if len(l.Addresses) == 0 {
			return nil, fault.New(fault.Invalid, noAddress.With(l.Name))
		}
		all = append(all, rowOfDelivery(mailer.Delivery{
			ID: l.ID, Dispatch: sending.ID, Unit: l.Unit, Name: l.Name,
			Address: l.Addresses[0], Alternates: l.Addresses[1:], State: mailer.Queued,
			NextAt: sending.At, Created: sending.At, Updated: sending.At,
		}, urgent))
	}
	return all, nil
}

type attemptRow struct {
	ID       uuid.UUID
	Delivery uuid.UUID
	N        int
	Token    uuid.UUID
	State    string
	NextAt   moment
	Began    moment
	Ended    moment
	Stage    string
	Relay    string
	Code     int
	Enhanced string
	Words    string
	QueueID  string
}

func (attemptRow) TableName() string { return "attempt" }

// attemptOf is the n-th attempt of a delivery.
func attemptOf(n int, o mailer.Outcome) attemptRow {
	return attemptRow{
		ID: newID(), Delivery: o.Delivery, N: n, Token: o.Token, State: string(o.State), NextAt: momentOf(o.NextAt),
		Began: momentOf(o.Began), Ended: momentOf(o.Ended), Stage: string(o.Stage), Relay: o.Relay,
		Code: o.Code, Enhanced: o.Enhanced, Words: o.Words, QueueID: o.QueueID,
	}
}

func (r attemptRow) attempt() mailer.Attempt {
	return mailer.Attempt{ID: r.ID, Delivery: r.Delivery, N: r.N, Outcome: mailer.Outcome{
		Delivery: r.Delivery, Token: r.Token, State: mailer.State(r.State), NextAt: r.NextAt.time(),
		Began: r.Began.time(), Ended: r.Ended.time(), Stage: mailer.Stage(r.Stage), Relay: r.Relay,
		Code: r.Code, Enhanced: r.Enhanced, Words: r.Words, QueueID: r.QueueID,
	}}
}

// Deliveries returns the letters of all dispatches of an issue in the order in
// which they were made.
func (s *Store) Deliveries(ctx context.Context, issue uuid.UUID) (all []mailer.Delivery, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := scanDeliveries(tx.Table("delivery AS d").Select(deliveryColumns).
			Where("d.dispatch IN (SELECT id FROM dispatch WHERE issue = ?)", issue).Order("d.created, d.id"))
		if err != nil {
			return fmt.Errorf("store: letters of an issue: %w", err)
		}
		all = convert(found, deliveryRow.delivery)
		return nil
	})
	return all, err
}

// Attempts returns the attempts of a delivery, the first one first.
func (s *Store) Attempts(ctx context.Context, delivery uuid.UUID) (all []mailer.Attempt, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[attemptRow](tx.Where("delivery = ?", delivery).Order("n"))
		all = convert(found, attemptRow.attempt)
		return err
	})
	return all, err
}

// openStates are those of letters that are not settled.
var openStates = []mailer.State{mailer.Queued, mailer.Claimed, mailer.Data, mailer.Deferred, mailer.Held}

// Pending returns how many letters of an issue are not settled.
func (s *Store) Pending(ctx context.Context, issue uuid.UUID) (n int, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		n, err = pendingOf(tx, issue)
		return err
	})
	return n, err
}

func pendingOf(tx *gorm.DB, issue uuid.UUID) (int, error) {
	var n int64
	err := tx.Model(&deliveryRow{}).
		Where("dispatch IN (SELECT id FROM dispatch WHERE issue = ?) AND state IN ?", issue, openStates).Count(&n).Error
	if err != nil {
		return 0, fmt.Errorf("store: pending letters of %s: %w", issue, err)
	}
	return int(n), nil
}
