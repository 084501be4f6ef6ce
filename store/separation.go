package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/fault"
)

// An askRow is a request to end the separation of the administrators; the last
// holds.
type askRow struct {
	Seq    int `gorm:"primaryKey;autoIncrement:false"`
	At     moment
	ByID   uuid.UUID
	ByName string
	Reason string
}

func (askRow) TableName() string { return "separation_ask" }

func lastAsk(tx *gorm.DB) (askRow, error) {
	all, err := rows[askRow](tx.Order("seq DESC").Limit(1))
	if err != nil || len(all) == 0 {
		return askRow{}, err
	}
	return all[0], nil
}

func (r askRow) ask() accounts.Ask {
	return accounts.Ask{By: r.ByID, ByName: r.ByName, At: r.At.time(), Reason: r.Reason}
}

// LastAsk returns the last request to end the separation, the zero Ask if there
// never was one.
func (s *Store) LastAsk(ctx context.Context) (a accounts.Ask, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := lastAsk(tx)
		a = row.ask()
		return err
	})
	return a, err
}

// AskToJoin adds a request to end the separation, and records it. It fails as may
// does.
func (s *Store) AskToJoin(ctx context.Context, reason string, may func(accounts.Separation) error) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		now, err := separationOf(tx)
		if err == nil {
			err = may(now)
		}
		if err != nil {
			return err
		}
		last, err := lastAsk(tx)
		if err != nil {
			return err
		}
		by := accounts.AuthorOf(ctx)
		if err := add(tx, askRow{Seq: last.Seq + 1, At: momentOf(time.Now()), ByID: by.ID, ByName: by.Name, Reason: reason}); err != nil {
			return err
		}
		return recordLine(ctx, tx, accounts.OfSecurity, uuid.Nil, "", []fault.Reason{accounts.JoinAsked(reason)})
	})
}

// Join ends the separation of the administrators, and records it. It fails as may
// does, which sees the separation and the last request of one moment.
func (s *Store) Join(ctx context.Context, may func(accounts.Separation, accounts.Ask) error) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		now, err := separationOf(tx)
		if err != nil {
			return err
		}
		last, err := lastAsk(tx)
		if err == nil {
			err = may(now, last.ask())
		}
		if err != nil {
			return err
		}
		return s.turn(ctx, tx, false)
	})
}
