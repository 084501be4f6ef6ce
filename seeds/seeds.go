// Package seeds plants the real bulletin: the series 鄂尔多斯科技简报 as it
// was in July 2021, with its people, its units, its back issues and the text
// of issue 8.
//
// The text is verbatim, page seams and all; the people are those that it
// names. What it does not tell is made up and marked so: mail addresses lie in
// the reserved domain .example (RFC 2606), and the two copies for each body
// behind the collective entry are assumed, which is what the ledger and the
// pages say of them.
//
// [Plant] may be called again: what is there already is left as it is.
package seeds

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
)

// Issue8 is the real text of issue 8 of 2021.
//
//go:embed 00-seed.txt
var Issue8 string

// Ground is where seeds are planted.
type Ground interface {
	AddSeries(ctx context.Context, s workflow.Series) error
	AddUnit(ctx context.Context, u recipients.Unit) error
	AddCollective(ctx context.Context, c recipients.Collective) error
	AddRegisterLine(ctx context.Context, line workflow.RegisterLine) error
	SavePerson(ctx context.Context, p accounts.Person) error
	SeriesAll(ctx context.Context) ([]workflow.Series, error)
}

// Hasher makes the hash of a password.
type Hasher interface {
	Hash(ctx context.Context, password string) (string, error)
}

// The ids are made from names, so that every planting gives the same ones.
var namespace = uuid.MustParse("6a1f3c0e-2b57-4f0d-9a53-0b6f0d3f8e21")

func idOf(kind, name string) uuid.UUID { return uuid.NewSHA1(namespace, []byte(kind+"/"+name)) }

// The logins of the planted people.
const (
	EditorLogin   = "chengjidong"
	ReviewerLogin = "qiaodong"
	ClerkLogin    = "shoufa"
)

// SeriesID is the id of the planted series.
var SeriesID = idOf("series", "鄂尔多斯科技简报")

const home = "鄂尔多斯"

// Plant plants what is not there yet, also after a planting that broke off.
// password is given to every planted person; those of a series that is there
// keep theirs.
func Plant(ctx context.Context, ground Ground, hasher Hasher, password string, now time.Time) error {
	if err := plantUnits(ctx, ground); err != nil {
		return fmt.Errorf("seeds: %w", err)
	}
	if err := plantSeries(ctx, ground, hasher, password, now); err != nil {
		return fmt.Errorf("seeds: %w", err)
	}
	if err := plantBackIssues(ctx, ground, now); err != nil {
		return fmt.Errorf("seeds: %w", err)
	}
	return nil
}

// plantSeries plants the people and then the series, unless it is there.
func plantSeries(ctx context.Context, ground Ground, hasher Hasher, password string, now time.Time) error {
	all, err := ground.SeriesAll(ctx)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID == SeriesID {
			return nil
		}
	}
	if err := plantPeople(ctx, ground, hasher, password); err != nil {
		return err
	}
	return ground.AddSeries(ctx, series(now))
}

// unlessThere passes over the error of what is there already.
func unlessThere(err error) error {
	if fault.Is(err, fault.Conflict) {
		return nil
	}
	return err
}

func series(now time.Time) workflow.Series {
	return workflow.Series{
		ID: SeriesID, Masthead: "鄂尔多斯科技简报", Organ: "鄂尔多斯市科学技术局", Place: home,
		Mailbox: "kjjb@kjj.ordos.example", Zone: "Asia/Shanghai", Route: workflow.DefaultRoute(),
		FileCopies: 1, Sections: []string{"高层声音", "科技政策", "科技兴蒙", "他山之石", "部门动态"},
		Tolerance: 2 * time.Hour, Template: 1, Created: now, Version: 1,
	}
}

// People returns the planted people with their roles, without passwords.
func People() []accounts.Person {
	person := func(login, name string, role accounts.Role) accounts.Person {
		return accounts.Person{
			ID: idOf("person", login), Login: login, Name: name, Active: true,
			Grants: []accounts.Grant{{Series: SeriesID, Role: role}},
		}
	}
	return []accounts.Person{
		person(EditorLogin, "程继东", accounts.Editor),
		person(ReviewerLogin, "乔栋", accounts.Reviewer),
		person(ClerkLogin, "收发员", accounts.Clerk),
	}
}

func plantPeople(ctx context.Context, ground Ground, hasher Hasher, password string) error {
	for _, p := range People() {
		hash, err := hasher.Hash(ctx, password)
		if err != nil {
			return err
		}
		p.Password = hash
		if err := unlessThere(ground.SavePerson(ctx, p)); err != nil {
			return err
		}
	}
	return nil
}

// plantBackIssues enters issues 1 to 7 of 2021, which were made before the
// program was there: their numbers are taken, their texts are unknown.
func plantBackIssues(ctx context.Context, ground Ground, now time.Time) error {
	for no := 1; no <= 7; no++ {
		line := workflow.RegisterLine{
			Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: no},
			Series: SeriesID, Title: "鄂尔多斯科技简报", At: now, By: "补录", Back: true,
		}
		if err := unlessThere(ground.AddRegisterLine(ctx, line)); err != nil {
			return err
		}
	}
	return nil
}
