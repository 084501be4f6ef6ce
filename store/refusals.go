package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts/refusals"
	"jianbao/workflow/trail"
)

var _ refusals.Books = (*Store)(nil)

// A refusalRow is an hour of one sort of refusals.
type refusalRow struct {
	ID      uuid.UUID
	Hour    moment
	Why     string
	Person  uuid.UUID
	Place   string
	Began   moment
	Last    moment
	Times   int
	Origin  string
	Several bool
	Token   string
}

func (refusalRow) TableName() string { return "refusal" }

// addRefusals is one statement, so that processes add at once. A clock that is
// slow takes nothing back.
const addRefusals = `INSERT INTO refusal (id, hour, why, person, place, began, last, times, origin, several, token)
	VALUES (@id, @hour, @why, @person, @place, @at, @at, @n, @origin, FALSE, @token)
	ON CONFLICT (hour, why, person, place) DO UPDATE SET times = refusal.times + @n,
		last = CASE WHEN refusal.last > @at THEN refusal.last ELSE @at END,
		several = refusal.several OR refusal.origin <> @origin, origin = @origin, token = @token`

// AddRefusals adds n refusals to the line of their hour; see [refusals.Books].
func (s *Store) AddRefusals(ctx context.Context, r refusals.Refusal, n int) error {
	err := s.write(ctx, func(tx *gorm.DB) error {
		person, err := refusedTo(tx, r)
		if err != nil {
			return err
		}
		row := refusalRow{Hour: momentOf(r.At.Truncate(time.Hour)), Why: string(r.Why), Person: person}
		if person == uuid.Nil {
			if row.Place, err = refusedPlace(tx, row, r.From); err != nil {
				return err
			}
		}
		return tx.Exec(addRefusals, map[string]any{
			"id": newID(), "hour": row.Hour, "why": row.Why, "person": row.Person, "place": row.Place,
			"at": momentOf(r.At), "n": n, "origin": r.From, "token": r.Token,
		}).Error
	})
	if err != nil {
		return fmt.Errorf("store: add refusals: %w", err)
	}
	return nil
}

// refusedTo is whose account a refusal is about, uuid.Nil for nobody's.
func refusedTo(tx *gorm.DB, r refusals.Refusal) (uuid.UUID, error) {
	if r.Person != uuid.Nil {
		return r.Person, nil
	}
	if storable(r.Login) != nil {
		return uuid.Nil, nil
	}
	found, err := rows[personRow](tx.Select("id").Where("login = ?", r.Login))
	if err != nil || len(found) == 0 {
		return uuid.Nil, err
	}
	return found[0].ID, nil
}

// refusedPlace is under which place a network is counted: its own, unless the
// hour has too many.
func refusedPlace(tx *gorm.DB, row refusalRow, from string) (string, error) {
	var there, own int64
	of := tx.Model(&refusalRow{}).Where("hour = ? AND person = ? AND place <> ''", row.Hour, uuid.Nil)
	if err := of.Session(&gorm.Session{}).Where("why = ? AND place = ?", row.Why, from).Count(&own).Error; err != nil || own > 0 {
		return from, err
	}
	if err := of.Session(&gorm.Session{}).Count(&there).Error; err != nil || there < refusals.MostNetworks {
		return from, err
	}
	return "", nil
}

func readRefusal(r trailRow, d *trail.Deed) error {
	d.Act = refusals.Why(r.Part).Title()
	d.Facts = refusals.Line{Times: r.Times, Several: r.Several, Token: r.Body}.Facts(d.From)
	return nil
}
