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
	"jianbao/workflow/calendar"
)

type noticeRow struct {
	ID       uuid.UUID
	Person   uuid.UUID
	Series   uuid.UUID
	Issue    uuid.UUID
	Remark   uuid.UUID
	Kind     string
	Key      string
	Place    string
	Digest   string
	Says     fault.Reason `gorm:"serializer:json"`
	At       moment
	SendAt   moment
	Read     moment
	Settled  moment
	Dispatch uuid.UUID
}

func (noticeRow) TableName() string { return "notice" }

func rowOfNotice(n workflow.Notice) noticeRow {
	return noticeRow{
		ID: n.ID, Person: n.Person, Series: n.Series, Issue: n.Issue, Remark: n.Remark, Kind: string(n.Kind), Key: n.Key, Place: n.Place,
		Digest: string(n.Digest), Says: n.Says, At: momentOf(n.At), SendAt: momentOf(n.SendAt), Read: momentOf(n.Read),
		Settled: momentOf(n.Settled), Dispatch: n.Dispatch,
	}
}

func (r noticeRow) notice() workflow.Notice {
	return workflow.Notice{
		ID: r.ID, Person: r.Person, Series: r.Series, Issue: r.Issue, Remark: r.Remark, Kind: workflow.NoticeKind(r.Kind), Key: r.Key, Place: r.Place,
		Digest: workflow.Digest(r.Digest), Says: revived(r.Says), At: r.At.time(), SendAt: r.SendAt.time(), Read: r.Read.time(),
		Settled: r.Settled.time(), Dispatch: r.Dispatch,
	}
}

// notify writes the notices that were not said yet, and returns how many those
// are.
func notify(tx *gorm.DB, all []workflow.Notice) (int, error) {
	if len(all) == 0 {
		return 0, nil
	}
	found := convert(all, rowOfNotice)
	done := tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&found, batch)
	if done.Error != nil {
		return 0, fmt.Errorf("store: notices: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}

// openNotice is what a notice is that still has to be read.
const openNotice = "read = 0 AND settled = 0"

// Notices returns up to limit notices of a person that are neither read nor
// settled, the newest first.
func (s *Store) Notices(ctx context.Context, person uuid.UUID, limit int) (all []workflow.Notice, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[noticeRow](tx.Where("person = ? AND "+openNotice, person).Order("at DESC, id DESC").Limit(limit))
		all = convert(found, noticeRow.notice)
		return err
	})
	return all, err
}

// NoticesOf returns up to limit notices of a person that are not settled, the
// newest first, whether they were read or not.
func (s *Store) NoticesOf(ctx context.Context, person uuid.UUID, limit int) (all []workflow.Notice, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[noticeRow](tx.Where("person = ? AND settled = 0", person).Order("at DESC, id DESC").Limit(limit))
		all = convert(found, noticeRow.notice)
		return err
	})
	return all, err
}

// Unread returns how many notices a person has neither read nor settled: the
// badge of the pages.
func (s *Store) Unread(ctx context.Context, person uuid.UUID) (n int, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		var count int64
		err := tx.Model(&noticeRow{}).Where("person = ? AND "+openNotice, person).Count(&count).Error
		n = int(count)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: unread notices: %w", err)
	}
	return n, nil
}

// ReadNotices marks notices of a person as read, those of others and those that
// were read before not; no ids are all of them.
func (s *Store) ReadNotices(ctx context.Context, person uuid.UUID, now time.Time, ids ...uuid.UUID) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		query := tx.Model(&noticeRow{}).Where("person = ? AND "+openNotice, person)
		if len(ids) > 0 {
			query = query.Where("id IN ?", ids)
		}
		if err := query.Update("read", momentOf(now)).Error; err != nil {
			return fmt.Errorf("store: read notices: %w", err)
		}
		return nil
	})
}

type reachRow struct {
	Person    uuid.UUID `gorm:"primaryKey"`
	Address   string
	Lang      string
	AtOnce    bool
	Morning   int
	QuietFrom int
	QuietTo   int
	Muted     []workflow.NoticeKind `gorm:"serializer:json"`
	Version   int
}

func (reachRow) TableName() string { return "reach" }

func (r reachRow) reach() workflow.Reach {
	return workflow.Reach{Person: r.Person, Address: r.Address, Lang: fault.Lang(r.Lang), AtOnce: r.AtOnce, Morning: r.Morning, Quiet: calendar.Span{From: r.QuietFrom, To: r.QuietTo}, Muted: r.Muted, Version: r.Version}
}

// ReachOf returns how a person is reached; one of whom nothing was saved has
// version 0.
func (s *Store) ReachOf(ctx context.Context, person uuid.UUID) (r workflow.Reach, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err := reachOf(tx, []uuid.UUID{person})
		r = all[person]
		return err
	})
	r.Person = person
	return r, err
}

func reachOf(tx *gorm.DB, people []uuid.UUID) (map[uuid.UUID]workflow.Reach, error) {
	found, err := rows[reachRow](tx.Where("person IN ?", people))
	all := map[uuid.UUID]workflow.Reach{}
	for _, r := range found {
		all[r.Person] = r.reach()
	}
	return all, err
}

// SaveReach writes how a person is reached over the version that it was read
// as. It fails with fault.Invalid and all reasons, and with fault.Conflict if
// somebody else saved it first.
func (s *Store) SaveReach(ctx context.Context, r workflow.Reach) error {
	if err := r.Validate(); err != nil {
		return err
	}
	if err := storable(r.Address); err != nil {
		return err
	}
	row := reachRow{Person: r.Person, Address: r.Address, Lang: string(r.Lang), AtOnce: r.AtOnce, Morning: r.Morning, QuietFrom: r.Quiet.From, QuietTo: r.Quiet.To, Muted: r.Muted, Version: r.Version + 1}
	return s.write(ctx, func(tx *gorm.DB) error {
		if r.Version == 0 {
			return add(tx, row)
		}
		return replaceWhere(tx, &row, "person = ? AND version = ?", r.Person, r.Version)
	})
}
