package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/workflow"
)

var _ entry.Books = (*Store)(nil)

// recordEntry adds lines about an account, or about the office where it is
// uuid.Nil, to the record.
func recordEntry(ctx context.Context, tx *gorm.DB, of uuid.UUID, lines []entry.Line) error {
	if len(lines) == 0 {
		return nil
	}
	people, err := rows[personRow](tx.Select("name").Where("id = ?", of))
	if err != nil {
		return err
	}
	name := ""
	for _, p := range people {
		name = p.Name
	}
	for _, l := range lines {
		if err := recordLine(ctx, tx, l.Sphere, of, name, []fault.Reason{l.What}); err != nil {
			return err
		}
	}
	return nil
}

// LinesOf returns what the record says of an account, the newest line first;
// that of the office under uuid.Nil.
func (s *Store) LinesOf(ctx context.Context, subject uuid.UUID, limit int) (all []accounts.Line, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[lineRow](tx.Where("subject = ?", subject).Order("at DESC, id DESC").Limit(limit))
		all = convert(found, lineRow.line)
		return err
	})
	return all, err
}

// MailOf returns the address at which a person is told things; see
// [entry.Books].
func (s *Store) MailOf(ctx context.Context, person uuid.UUID) (string, error) {
	reach, err := s.ReachOf(ctx, person)
	return reach.Address, err
}

// ChangeEntry writes a change of an account; see [entry.Books].
func (s *Store) ChangeEntry(ctx context.Context, c entry.Change) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := s.changePerson(ctx, tx, c); err != nil {
			return err
		}
		for _, step := range []func(*gorm.DB, entry.Change) error{changeAddress, changePass, changeFactor, writeLetter} {
			if err := step(tx, c); err != nil {
				return err
			}
		}
		if c.EndVisits {
			by := accounts.AuthorOf(ctx).Name
			if err := endVisits(tx, c.At, by, "person = ? AND id <> ?", c.Of, c.Except); err != nil {
				return err
			}
		}
		return recordEntry(ctx, tx, c.Of, c.Lines)
	})
}

// changePerson writes the person, or locks the one that is there, so that one
// change of an account comes behind the other.
func (s *Store) changePerson(ctx context.Context, tx *gorm.DB, c entry.Change) error {
	if c.Person == nil {
		_, err := first[personRow](s.locking(tx, "UPDATE").Where("id = ?", c.Of))
		return err
	}
	if c.First {
		if err := s.first(tx); err != nil {
			return err
		}
	}
	return s.writePerson(ctx, tx, *c.Person)
}

var notFirst = fault.Say("store.not-first", "已经有人员，不能再设第一位管理员；请登录", "somebody has an account already; sign in")

// first fails with fault.Blocked if anybody has an account. Of two who ask at
// once, one waits for the other.
func (s *Store) first(tx *gorm.DB) error {
	if s.postgres {
		if err := tx.Exec("LOCK TABLE person IN EXCLUSIVE MODE").Error; err != nil {
			return fmt.Errorf("store: the first person: %w", err)
		}
	}
	var n int64
	if err := tx.Model(&personRow{}).Count(&n).Error; err != nil {
		return fmt.Errorf("store: the first person: %w", err)
	}
	if n > 0 {
		return fault.New(fault.Blocked, notFirst.With())
	}
	return nil
}

func changeAddress(tx *gorm.DB, c entry.Change) error {
	if c.Address == nil {
		return nil
	}
	if err := storable(*c.Address); err != nil {
		return err
	}
	found, err := rows[reachRow](tx.Where("person = ?", c.Of))
	if err != nil {
		return err
	}
	row := reachOfNobody(c.Of)
	if len(found) == 1 {
		row = found[0]
	}
	row.Address, row.Version = *c.Address, row.Version+1
	if row.Version == 1 {
		return add(tx, row)
	}
	return replaceWhere(tx, &row, "person = ? AND version = ?", c.Of, row.Version-1)
}

// reachOfNobody is how somebody is reached who said nothing.
func reachOfNobody(person uuid.UUID) reachRow {
	r := workflow.Reach{Person: person}
	return reachRow{Person: person, Lang: string(r.Lang), AtOnce: r.AtOnce, Morning: r.Morning, QuietFrom: r.Quiet.From, QuietTo: r.Quiet.To}
}

func writeLetter(tx *gorm.DB, c entry.Change) error {
	l := c.Letter
	if l == nil {
		return nil
	}
	sending := workflow.Sending{ID: l.Dispatch, At: c.At, Letters: []workflow.Letter{{ID: l.ID, Unit: c.Of, Name: l.ToName, Addresses: []string{l.To}}}}
	letters, err := lettersOf(sending, true)
	if err != nil {
		return err
	}
	return writeDispatch(tx, dispatchRow{
		ID: l.Dispatch, At: momentOf(c.At), Urgent: true, FromName: l.FromName, FromAddress: l.From, Subject: l.Subject, Text: []byte(l.Text),
	}, nil, letters)
}

type passRow struct {
	ID      uuid.UUID
	Person  uuid.UUID
	Kind    string
	Hash    string
	Made    moment
	ByID    uuid.UUID
	Expires moment
	Used    moment
}

func (passRow) TableName() string { return "pass" }

func (r passRow) pass() entry.Pass {
	return entry.Pass{ID: r.ID, Person: r.Person, Kind: entry.PassKind(r.Kind), Hash: r.Hash, Made: r.Made.time(), By: r.ByID, Expires: r.Expires.time(), Used: r.Used.time()}
}

// changePass uses up the pass that is spent, ends those that a new one takes the
// place of, and writes that.
func changePass(tx *gorm.DB, c entry.Change) error {
	use := func(where string, args ...any) (int64, error) {
		done := tx.Model(&passRow{}).Where("used = 0").Where(where, args...).Update("used", momentOf(c.At))
		if done.Error != nil {
			return 0, fmt.Errorf("store: pass of %s: %w", c.Of, done.Error)
		}
		return done.RowsAffected, nil
	}
	if c.Spend != uuid.Nil {
		if n, err := use("id = ? AND person = ?", c.Spend, c.Of); err != nil || n != 1 {
			if err == nil {
				err = fault.New(fault.Conflict, changedSince.With())
			}
			return err
		}
	}
	if c.Spend == uuid.Nil && c.Pass == nil {
		return nil
	}
	if _, err := use("person = ?", c.Of); err != nil || c.Pass == nil {
		return err
	}
	p := *c.Pass
	return add(tx, passRow{ID: p.ID, Person: p.Person, Kind: string(p.Kind), Hash: p.Hash, Made: momentOf(p.Made), ByID: p.By, Expires: momentOf(p.Expires)})
}

// PassByHash returns the pass that is kept under a hash; see [entry.Books].
func (s *Store) PassByHash(ctx context.Context, hash string) (p entry.Pass, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[passRow](tx.Where("hash = ?", hash))
		p = row.pass()
		return err
	})
	return p, err
}

// PassOf returns the pass of a person that was made last, or fault.NotFound.
func (s *Store) PassOf(ctx context.Context, person uuid.UUID) (p entry.Pass, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[passRow](tx.Where("person = ?", person).Order("made DESC, id DESC"))
		p = row.pass()
		return err
	})
	return p, err
}

type houseRow struct {
	Place   int `gorm:"primaryKey;autoIncrement:false"`
	Name    string
	Sender  string
	Strict  []accounts.Role `gorm:"serializer:json"`
	Version int
}

func (houseRow) TableName() string { return "house" }

// House returns what the office sets; see [entry.Books].
func (s *Store) House(ctx context.Context) (h entry.House, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[houseRow](tx)
		for _, r := range found {
			h = entry.House{Name: r.Name, Sender: r.Sender, Strict: r.Strict, Version: r.Version}
		}
		return err
	})
	return h, err
}

// SaveHouse writes what the office sets over the version that it was read as,
// and lines of the record. It fails with fault.Invalid and all reasons, and with
// fault.Conflict if somebody else saved it first.
func (s *Store) SaveHouse(ctx context.Context, h entry.House, lines ...entry.Line) error {
	if err := h.Validate(); err != nil {
		return err
	}
	row := houseRow{Place: 1, Name: h.Name, Sender: h.Sender, Strict: h.Strict, Version: h.Version + 1}
	return s.write(ctx, func(tx *gorm.DB) error {
		write := func() error { return replaceWhere(tx, &row, "place = 1 AND version = ?", h.Version) }
		if h.Version == 0 {
			write = func() error { return add(tx, row) }
		}
		if err := write(); err != nil {
			return err
		}
		return recordEntry(ctx, tx, uuid.Nil, lines)
	})
}
