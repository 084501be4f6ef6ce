package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/fault"
	"jianbao/workflow"
)

var _ workflow.Watch = (*Store)(nil)

type watchRow struct {
	Issue  uuid.UUID `gorm:"primaryKey"`
	Series uuid.UUID
	At     moment
	Seen   moment
	Told   int
}

func (watchRow) TableName() string { return "watch" }

// wake puts an issue on the watch because of what just happened to it, in the
// transaction in which it happened. Who was away by then is seen when it is
// looked at; that it happened in the time to come shows that a clock was ahead.
func wake(tx *gorm.DB, issue workflow.Issue, event workflow.Event) error {
	at := momentOf(event.At)
	row := watchRow{Issue: issue.ID, Series: issue.Series, At: at, Seen: at, Told: event.Seq - 1}
	again := clause.OnConflict{Columns: []clause.Column{{Name: "issue"}}, DoUpdates: clause.AssignmentColumns([]string{"at", "seen"})}
	if err := tx.Clauses(again).Create(&row).Error; err != nil {
		return fmt.Errorf("store: watch of %s: %w", issue.ID, err)
	}
	return nil
}

// Waking returns the issues that are to be looked at; see [workflow.Watch].
func (s *Store) Waking(ctx context.Context, now time.Time, limit int) (ids []uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		return tx.Model(&watchRow{}).Where("at > 0 AND at <= ?", momentOf(now)).Order("at").Limit(limit).Pluck("issue", &ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: watch: %w", err)
	}
	return ids, nil
}

// Tell looks at an issue and writes what is to be said of it; see
// [workflow.Watch]. What changes the issue meanwhile waits for the row of its
// watch, and wakes it again.
func (s *Store) Tell(ctx context.Context, issue uuid.UUID, now time.Time, tell func(workflow.Sight) workflow.Telling) (said int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		said = 0
		found, err := rows[watchRow](s.skipping(tx).Where("issue = ? AND at > 0 AND at <= ?", issue, momentOf(now)))
		if err != nil || len(found) == 0 {
			return err
		}
		sight, err := sightOf(tx, found[0])
		if err != nil {
			return err
		}
		telling := tell(sight)
		if said, err = notify(tx, telling.Notices); err != nil {
			return err
		}
		if err := settleNotices(tx, issue, telling.Place, now); err != nil {
			return err
		}
		if telling.Through {
			return tx.Delete(&found[0]).Error
		}
		row := found[0]
		row.At, row.Seen, row.Told = momentOf(telling.Next), momentOf(now), sight.Issue.Events
		return tx.Model(&row).Select("at", "seen", "told").Updates(&row).Error
	})
	if err != nil {
		return 0, fmt.Errorf("store: tell of %s: %w", issue, err)
	}
	return said, nil
}

// skipping locks rows and passes over those that others have locked.
func (s *Store) skipping(tx *gorm.DB) *gorm.DB {
	if !s.postgres {
		return tx
	}
	return tx.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
}

// sightOf reads what is looked at to tell of an issue.
func sightOf(tx *gorm.DB, w watchRow) (v workflow.Sight, err error) {
	if v.Issue, err = issueByID(tx, w.Issue); err != nil {
		return v, err
	}
	if v.Series, err = seriesByID(tx, v.Issue.Series); err != nil {
		return v, err
	}
	lines, err := rows[eventRow](tx.Where("issue = ? AND seq > ?", w.Issue, w.Told).Order("seq"))
	if err != nil {
		return v, err
	}
	for _, line := range lines {
		event, err := line.event()
		if err != nil {
			return v, err
		}
		v.Events = append(v.Events, event)
	}
	named := v.Issue.PeopleNamed()
	for _, step := range v.Issue.Route {
		named = append(named, step.Overdue.To.ID)
	}
	v.Timetable, v.Staff, v.Reach, err = audience(tx, v.Series.ID, append(named, v.Issue.Authors...))
	if err == nil {
		v.Years, err = yearsOf(tx)
	}
	return v, err
}

// audience reads whom the program may have to tell something of a series, and
// when.
func audience(tx *gorm.DB, series uuid.UUID, named []uuid.UUID) (t workflow.Timetable, staff workflow.Staff, reach map[uuid.UUID]workflow.Reach, err error) {
	if t, err = timetableOf(tx, series); err != nil {
		return t, staff, nil, err
	}
	if staff, err = staffOf(tx, series, named); err != nil {
		return t, staff, nil, err
	}
	var deputies, people []uuid.UUID
	for _, d := range staff.Delegations {
		deputies = append(deputies, d.Deputy)
	}
	if len(deputies) > 0 { // who may hold no role of their own
		if staff, err = staffOf(tx, series, append(named, deputies...)); err != nil {
			return t, staff, nil, err
		}
	}
	for _, p := range staff.People {
		people = append(people, p.ID)
	}
	reach, err = reachOf(tx, people)
	return t, staff, reach, err
}

// settleNotices ends the notices of an issue that were about another place.
func settleNotices(tx *gorm.DB, issue uuid.UUID, place string, now time.Time) error {
	return tx.Model(&noticeRow{}).Where("issue = ? AND settled = 0 AND place <> '' AND place <> ?", issue, place).
		Update("settled", momentOf(now)).Error
}

// unwatched are the open issues that nothing wakes.
const unwatched = `INSERT INTO watch (issue, series, at, seen, told)
SELECT i.id, i.series, @now, 0, i.events FROM issue i
WHERE i.state IN ('draft', 'review', 'approved', 'registered', 'scheduled', 'dispatching') AND NOT EXISTS (SELECT 1 FROM watch w WHERE w.issue = i.id)
ON CONFLICT DO NOTHING`

// delegated are the issues of series in which a delegation is in force that
// they were not looked at with.
const delegated = `UPDATE watch SET at = @now WHERE (at = 0 OR at > @now) AND EXISTS (SELECT 1 FROM delegation d
WHERE d.begins <= @now AND d.ends > @now AND d.series IN (watch.series, @all) AND (d.begins > watch.seen OR d.at > watch.seen))`

// ahead are the issues that a clock which was set back would leave alone until
// it is where it was: they were looked at, or changed, at moments to come.
const ahead = `UPDATE watch SET at = @now WHERE at > @now AND seen > @now`

// Sweep finds what nothing wakes; see [workflow.Watch].
func (s *Store) Sweep(ctx context.Context, now time.Time) (n int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		n = 0
		for _, statement := range []string{unwatched, delegated, ahead} {
			done := tx.Exec(statement, map[string]any{"now": momentOf(now), "all": uuid.Nil})
			if done.Error != nil {
				return fmt.Errorf("store: sweep: %w", done.Error)
			}
			n += int(done.RowsAffected)
		}
		return nil
	})
	return n, err
}

// unmailed is what a notice is that waits for its mail.
const unmailed = "send_at > 0 AND send_at <= ? AND read = 0 AND settled = 0 AND dispatch = '00000000-0000-0000-0000-000000000000'"

// Unmailed returns the people who have notices to be mailed; see
// [workflow.Watch].
func (s *Store) Unmailed(ctx context.Context, now time.Time, limit int) (people []uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		return tx.Model(&noticeRow{}).Where(unmailed, momentOf(now)).Distinct("person").Order("person").Limit(limit).Pluck("person", &people).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: notices to be mailed: %w", err)
	}
	return people, nil
}

// Mail hands a person's notices to the mail engine; see [workflow.Watch].
func (s *Store) Mail(ctx context.Context, person uuid.UUID, now time.Time, write func(workflow.Reach, []workflow.Notice) workflow.NoticeMail) (mailed bool, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		mailed = false
		found, err := rows[noticeRow](s.skipping(tx).Where("person = ? AND "+unmailed, person, momentOf(now)).Order("at, id"))
		if err != nil || len(found) == 0 {
			return err
		}
		reach, err := reachOf(tx, []uuid.UUID{person})
		if err != nil {
			return err
		}
		who, err := first[personRow](tx.Where("id = ?", person))
		if err != nil {
			return err
		}
		if !who.Active || reach[person].Address == "" { // gone, or reached no more: the page has them
			return tx.Model(&noticeRow{}).Where("id IN ?", noticeIDs(found)).Update("send_at", 0).Error
		}
		mailed = true
		return mailNotices(tx, who, found, now, write(reach[person], convert(found, noticeRow.notice)), reach[person])
	})
	if err != nil {
		return false, fmt.Errorf("store: mail notices: %w", err)
	}
	return mailed, nil
}

func noticeIDs(all []noticeRow) []uuid.UUID {
	return convert(all, func(r noticeRow) uuid.UUID { return r.ID })
}

// mailNotices writes the dispatch, its one letter and the tickets, and marks the
// notices. The letter comes from the mailbox of the first notice's series.
func mailNotices(tx *gorm.DB, who personRow, all []noticeRow, now time.Time, m workflow.NoticeMail, reach workflow.Reach) error {
	series, err := seriesByID(tx, all[0].Series)
	if err != nil {
		return err
	}
	row := dispatchRow{
		ID: newID(), Series: series.ID, At: momentOf(now), FromName: series.Masthead, FromAddress: series.Mailbox,
		Subject: m.Subject, Text: []byte(m.Text),
	}
	sending := workflow.Sending{ID: row.ID, At: now, Letters: []workflow.Letter{
		{ID: newID(), Unit: who.ID, Name: who.Name, Addresses: []string{reach.Address}},
	}}
	letters, err := lettersOf(sending, false)
	if err != nil {
		return err
	}
	if err := writeDispatch(tx, row, nil, letters); err != nil {
		return err
	}
	for _, t := range m.Tickets {
		t.Delivery = letters[0].ID
		if err := add(tx, rowOfTicket(t)); err != nil {
			return err
		}
	}
	done := tx.Model(&noticeRow{}).Where("id IN ?", noticeIDs(all)).Update("dispatch", row.ID)
	if done.Error == nil && int(done.RowsAffected) != len(all) {
		return fault.New(fault.Conflict, changedSince.With())
	}
	return done.Error
}
