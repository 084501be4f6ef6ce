package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
)

type eventRow struct {
	ID    uuid.UUID
	Issue uuid.UUID
	Seq   int
	At    moment
	Act   string
	Line  string // the event's JSON, as it was hashed
	Hash  string
}

func (eventRow) TableName() string { return "event" }

func rowOfEvent(e workflow.Event) (eventRow, error) {
	line, err := json.Marshal(e)
	if err != nil {
		return eventRow{}, fmt.Errorf("store: event %s: %w", e.ID, err)
	}
	return eventRow{ID: e.ID, Issue: e.Issue, Seq: e.Seq, At: momentOf(e.At), Act: string(e.Act), Line: string(line), Hash: e.Hash}, nil
}

func (r eventRow) event() (e workflow.Event, err error) {
	if err := json.Unmarshal([]byte(r.Line), &e); err != nil {
		return e, fmt.Errorf("store: event %s: %w", r.ID, err)
	}
	for n := range e.Facts {
		e.Facts[n] = revived(e.Facts[n])
	}
	e.Hash = r.Hash
	return e, nil
}

type textRow struct {
	Issue   uuid.UUID `gorm:"primaryKey"`
	Version int       `gorm:"primaryKey;autoIncrement:false"`
	Text    string
	ByID    uuid.UUID
	ByName  string
	At      moment
}

func (textRow) TableName() string { return "issue_text" }

func rowOfText(t workflow.TextVersion) textRow {
	return textRow{Issue: t.Issue, Version: t.Version, Text: t.Text, ByID: t.By, ByName: t.ByName, At: momentOf(t.At)}
}

func (r textRow) text() workflow.TextVersion {
	return workflow.TextVersion{Issue: r.Issue, Version: r.Version, Text: r.Text, By: r.ByID, ByName: r.ByName, At: r.At.time()}
}

// Events returns the history of an issue, the first line first.
func (s *Store) Events(ctx context.Context, issue uuid.UUID) (all []workflow.Event, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err = eventsOf(tx, issue)
		return err
	})
	return all, err
}

func eventsOf(tx *gorm.DB, issue uuid.UUID) (all []workflow.Event, err error) {
	found, err := rows[eventRow](tx.Where("issue = ?", issue).Order("seq"))
	if err != nil {
		return nil, err
	}
	for _, row := range found {
		e, err := row.event()
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// Texts returns every version of an issue's text, the first one first; none of
// one that is withheld.
func (s *Store) Texts(ctx context.Context, issue uuid.UUID) (all []workflow.TextVersion, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[textRow](shown(tx).Where("issue = ?", issue).Order("version"))
		all = convert(found, textRow.text)
		return err
	})
	return all, err
}
