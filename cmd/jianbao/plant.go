package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/seeds"
)

// plant plants the sample series.
type plant struct {
	spoken
	database
}

var planted = fault.Say("cmd.planted", "已备好样例：登录名 %s（编辑）、%s（审核）、%s（收发），密码 %s", "planted the sample; logins %s (editor), %s (reviewer), %s (clerk), password %s")

// Run plants the sample and prints the password it made for its people.
func (p *plant) Run(ctx context.Context, c *console) error {
	url, err := p.url()
	if err != nil {
		return err
	}
	o, err := open(ctx, url, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer o.close()
	password := rand.Text()
	if err := seeds.Plant(ctx, o.store, o.hasher, password, time.Now()); err != nil {
		return err
	}
	people, err := o.resetPasswords(ctx, password)
	if err != nil {
		return err
	}
	c.line(planted.With(people[0], people[1], people[2], password))
	return nil
}

// resetPasswords gives the sample's people a new password and returns their
// logins.
func (o *office) resetPasswords(ctx context.Context, password string) ([]string, error) {
	hash, err := o.hasher.Hash(ctx, password)
	if err != nil {
		return nil, err
	}
	var logins []string
	for _, p := range seeds.People() {
		person, err := o.store.ByLogin(ctx, p.Login)
		if err != nil {
			return nil, err
		}
		person.Password = hash
		if err := o.store.SavePerson(ctx, person); err != nil {
			return nil, err
		}
		logins = append(logins, p.Login)
	}
	return logins, nil
}

// userAdd adds a person.
type userAdd struct {
	spoken
	database
	Login string   `arg:"" help:"What is typed at sign-in."`
	Name  string   `arg:"" help:"The person's name."`
	Role  []string `help:"Roles: editor, reviewer, signatory, clerk, reader, admin; in all series." required:""`
}

var added = fault.Say("cmd.user-added", "已添加%s，登录名 %s，密码 %s", "added %s, login %s, password %s")

// Run adds the person and prints the first password.
func (u *userAdd) Run(ctx context.Context, c *console) error {
	person := accounts.Person{ID: uuid.Must(uuid.NewV7()), Login: u.Login, Name: u.Name, Active: true}
	for _, name := range u.Role {
		role, err := accounts.ParseRole(name)
		if err != nil {
			return err
		}
		person.Grants = append(person.Grants, accounts.Grant{Role: role})
	}
	if err := person.Validate(); err != nil {
		return err
	}
	url, err := u.url()
	if err != nil {
		return err
	}
	o, err := open(ctx, url, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer o.close()
	password := rand.Text()
	if person.Password, err = o.hasher.Hash(ctx, password); err != nil {
		return err
	}
	if err := o.store.SavePerson(ctx, person); err != nil {
		return err
	}
	c.line(added.With(u.Name, u.Login, password))
	return nil
}

func trimmed(raw []byte) string { return strings.TrimSpace(string(raw)) }
