package main

import (
	"context"
	"fmt"
	"strings"

	"jianbao/accounts"
	"jianbao/fault"
)

// user is what is done to the people who may sign in.
type user struct {
	Add   userAdd   `cmd:"" default:"withargs" help:"Add a person, and print the first password."`
	List  userList  `cmd:"" help:"List the people and their roles."`
	Close userClose `cmd:"" help:"Close the account of a person who left; the history keeps the name."`
	// Separate is the separation of the administrators (三员分立).
	Separate userSeparate `cmd:"" help:"Have the powers over systems, rights and records held by different people, or no longer."`
}

type userList struct {
	database
	JSON bool `name:"json" help:"Print one JSON array."`
}

// A listedPerson is a person as --json prints one.
type listedPerson struct {
	ID     string   `json:"id"`
	Login  string   `json:"login"`
	Name   string   `json:"name"`
	Active bool     `json:"active"`
	Roles  []string `json:"roles"` // each as role, or role@series
}

var (
	userClosed  = fault.Say("cmd.user.closed", "已停用%s（%s）", "closed the account of %s (%s)")
	userWas     = fault.Say("cmd.user.was-closed", "%s（%s）已是停用状态", "the account of %s (%s) was closed already")
	userStopped = fault.Say("cmd.user.stopped", "已停用", "closed")
)

// Run lists the people, by login.
func (u *userList) Run(ctx context.Context, c *console) error {
	books, err := openThere(ctx, u.there())
	if err != nil {
		return err
	}
	defer books.Close()
	people, err := books.People(ctx)
	if err != nil {
		return err
	}
	all := []listedPerson{}
	for _, p := range people {
		all = append(all, listedPersonOf(p))
	}
	if u.JSON {
		return printJSON(c.Out, all)
	}
	for _, p := range all {
		state := ""
		if !p.Active {
			state = userStopped.With().In(c.Lang)
		}
		fmt.Fprintf(c.Out, "%s  %s  %s  %s\n", pad(p.Login, 16), pad(p.Name, 10), strings.Join(p.Roles, " "), state)
	}
	return nil
}

func listedPersonOf(p accounts.Person) listedPerson {
	l := listedPerson{ID: p.ID.String(), Login: p.Login, Name: p.Name, Active: p.Active, Roles: []string{}}
	for _, g := range p.Grants {
		role := string(g.Role)
		if g.Series != (accounts.Grant{}).Series {
			role += "@" + g.Series.String()
		}
		l.Roles = append(l.Roles, role)
	}
	return l
}

type userClose struct {
	spoken
	database
	Login string `arg:"" help:"What the person typed at sign-in."`
}

// Run closes the account. Who is named for work hands that over first.
func (u *userClose) Run(ctx context.Context, c *console) error {
	books, err := openThere(ctx, u.there())
	if err != nil {
		return err
	}
	defer books.Close()
	person, err := books.ByLogin(ctx, u.Login)
	if err != nil {
		return err
	}
	if !person.Active {
		c.line(userWas.With(person.Name, person.Login))
		return nil
	}
	person.Active = false
	if err := books.SavePerson(ctx, person); err != nil {
		return err
	}
	c.line(userClosed.With(person.Name, person.Login))
	return nil
}

type userSeparate struct {
	spoken
	database
	State string `arg:"" enum:"on,off" help:"on: nobody holds two of the three powers; off: an administrator may hold all."`
}

var separatedNow = map[string]fault.Sentence{
	"on":  fault.Say("cmd.user.separated", "已启用三员分立：系统、安全、审计由不同的人负责", "the administrators are separated: systems, rights and records are with different people"),
	"off": fault.Say("cmd.user.joined", "已停用三员分立", "the administrators are not separated"),
}

// Run turns the separation on or off; where people stand in its way, all are
// named.
func (u *userSeparate) Run(ctx context.Context, c *console) error {
	books, err := openThere(ctx, u.there())
	if err != nil {
		return err
	}
	defer books.Close()
	if err := books.Separate(ctx, u.State == "on"); err != nil {
		return err
	}
	c.line(separatedNow[u.State].With())
	return nil
}
