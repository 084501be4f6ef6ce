package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/fault"
)

// A lineRow is a line of the record of administrators, of the door and of
// auditors.
type lineRow struct {
	ID      uuid.UUID
	At      moment
	ByID    uuid.UUID
	ByName  string
	Origin  string
	Sphere  string
	Subject uuid.UUID
	Name    string
	What    []fault.Reason `gorm:"serializer:json"`
}

func (lineRow) TableName() string { return "office_line" }

func (r lineRow) line() accounts.Line {
	return accounts.Line{
		ID: r.ID, At: r.At.time(), By: accounts.Author{ID: r.ByID, Name: r.ByName, From: r.Origin},
		Sphere: accounts.Sphere(r.Sphere), Subject: r.Subject, Name: r.Name, What: convert(r.What, revived),
	}
}

// RecordLine adds a line to the record of administrators, of the door and of
// auditors: what was done to whom (its id and name), by whoever the context names
// ([accounts.WithAuthor]).
func (s *Store) RecordLine(ctx context.Context, sphere accounts.Sphere, subject uuid.UUID, name string, what ...fault.Reason) error {
	return s.write(ctx, func(tx *gorm.DB) error { return recordLine(ctx, tx, sphere, subject, name, what) })
}

func recordLine(ctx context.Context, tx *gorm.DB, sphere accounts.Sphere, subject uuid.UUID, name string, what []fault.Reason) error {
	if len(what) == 0 {
		return nil
	}
	by := accounts.AuthorOf(ctx)
	return add(tx, lineRow{
		ID: newID(), At: momentOf(time.Now()), ByID: by.ID, ByName: by.Name, Origin: by.From,
		Sphere: string(sphere), Subject: subject, Name: name, What: what,
	})
}

// recordPerson says what a save changes of a person, if it may.
func (s *Store) recordPerson(ctx context.Context, tx *gorm.DB, after accounts.Person) error {
	all, err := everybody(tx)
	if err != nil {
		return err
	}
	var before *accounts.Person
	var others []accounts.Person
	for _, p := range all {
		if p.ID == after.ID {
			before = &p
		} else {
			others = append(others, p)
		}
	}
	if err := admitted(tx, before, after, others); err != nil {
		return err
	}
	names, err := mastheads(tx)
	if err != nil {
		return err
	}
	changed := accounts.Changes(before, after, func(id uuid.UUID) string { return names[id] })
	for _, sphere := range []accounts.Sphere{accounts.OfSystem, accounts.OfSecurity} {
		if err := recordLine(ctx, tx, sphere, after.ID, after.Name, changed[sphere]); err != nil {
			return err
		}
	}
	return nil
}

func admitted(tx *gorm.DB, before *accounts.Person, after accounts.Person, others []accounts.Person) error {
	separation, err := separationOf(tx)
	if err != nil {
		return err
	}
	if err := separation.Admits(after); err != nil || before == nil {
		return err
	}
	return separation.Leaves(*before, after, others)
}

func mastheads(tx *gorm.DB) (map[uuid.UUID]string, error) {
	all, err := rows[seriesRow](tx.Select("id, masthead"))
	names := map[uuid.UUID]string{}
	for _, r := range all {
		names[r.ID] = r.Masthead
	}
	return names, err
}

func recordToken(ctx context.Context, tx *gorm.DB, id uuid.UUID, say func(accounts.Token) fault.Reason) error {
	t, err := first[tokenRow](tx.Where("id = ?", id))
	if err != nil {
		return err
	}
	person, err := first[personRow](tx.Where("id = ?", t.Person))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return recordLine(ctx, tx, accounts.OfSecurity, t.Person, person.Name, []fault.Reason{say(t.token())})
}

// A separationRow is one turn of the separation of the administrators; the last
// holds.
type separationRow struct {
	Seq    int `gorm:"primaryKey;autoIncrement:false"`
	On     bool
	At     moment
	ByName string
}

func (separationRow) TableName() string { return "separation" }

// Separation returns whether the administrators are separated, and who said so.
func (s *Store) Separation(ctx context.Context) (now accounts.Separation, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		now, err = separationOf(tx)
		return err
	})
	return now, err
}

func separationOf(tx *gorm.DB) (accounts.Separation, error) {
	last, err := lastSeparation(tx)
	return accounts.Separation{On: last.On, By: last.ByName, At: last.At.time()}, err
}

func lastSeparation(tx *gorm.DB) (separationRow, error) {
	all, err := rows[separationRow](tx.Order("seq DESC").Limit(1))
	if err != nil || len(all) == 0 {
		return separationRow{}, err
	}
	return all[0], nil
}

// Separate turns the separation of the administrators on or off, and records it.
// It is nothing where that is so already. It fails with fault.Blocked and all
// reasons if the people do not permit it: see [accounts.Separable].
func (s *Store) Separate(ctx context.Context, on bool) error {
	return s.write(ctx, func(tx *gorm.DB) error { return s.turn(ctx, tx, on) })
}

func (s *Store) turn(ctx context.Context, tx *gorm.DB, on bool) error {
	last, err := lastSeparation(tx)
	if err != nil || last.On == on {
		return err
	}
	people, err := everybody(tx)
	if err == nil && on {
		err = accounts.Separable(people)
	}
	if err != nil {
		return err
	}
	by := accounts.AuthorOf(ctx)
	if err := add(tx, separationRow{Seq: last.Seq + 1, On: on, At: momentOf(time.Now()), ByName: by.Name}); err != nil {
		return err
	}
	return recordLine(ctx, tx, accounts.OfSecurity, uuid.Nil, "", []fault.Reason{accounts.SeparationTurned(on)})
}
