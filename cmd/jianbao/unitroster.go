package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/keeping"
)

// unitRoster is what is done to collective entries.
type unitRoster struct {
	List rosterList `cmd:"" help:"List the collective entries with their rosters."`
	Set  rosterSet  `cmd:"" help:"Make a collective entry, or give it another roster."`
	Drop rosterDrop `cmd:"" help:"Drop a collective entry; issues that used it stay as they are."`
}

// rosterList lists the collective entries.
type rosterList struct {
	database
	JSON bool `name:"json" help:"Print one JSON array, for programs."`
	Zone zone `default:"Asia/Shanghai" placeholder:"ZONE" help:"Time zone in which days begin."`
}

// A listedRoster is a collective entry as it is printed.
type listedRoster struct {
	ID      string         `json:"id"`
	Text    string         `json:"text"`
	Place   string         `json:"place"`
	Members []listedMember `json:"members"`
}

type listedMember struct {
	Words string `json:"words"`
	Unit  string `json:"unit"`
	From  string `json:"from,omitempty"`
	Until string `json:"until,omitempty"`
}

// Run prints the entries.
func (r *rosterList) Run(ctx context.Context, c *console) error {
	dir, err := r.directory(ctx)
	if err != nil {
		return err
	}
	all := []listedRoster{}
	for _, g := range dir.Collectives {
		all = append(all, rosterShown(dir, g, r.Zone.location()))
	}
	if r.JSON {
		return printJSON(c.Out, all)
	}
	for _, g := range all {
		fmt.Fprintf(c.Out, "%s  %s\n", g.Text, g.Place)
		for _, m := range g.Members {
			fmt.Fprintf(c.Out, "    %s  %s  %s\n", pad(m.Words, 24), m.Unit, days(m))
		}
	}
	return nil
}

func rosterShown(dir recipients.Directory, g recipients.Collective, zone *time.Location) listedRoster {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(zone).Format(time.DateOnly)
	}
	shown := listedRoster{ID: g.ID.String(), Text: g.Text, Place: g.Place, Members: []listedMember{}}
	for _, m := range g.Members {
		one := listedMember{Words: m.Words, From: day(m.From), Until: day(m.Until)}
		for _, u := range dir.Units {
			if u.ID == m.Unit {
				one.Unit = u.Name
			}
		}
		shown.Members = append(shown.Members, one)
	}
	return shown
}

// days writes the days of a member as rosterSet reads them.
func days(m listedMember) string {
	if m.From == "" && m.Until == "" {
		return ""
	}
	return "@" + m.From + ".." + m.Until
}

// rosterSet makes or changes a collective entry.
type rosterSet struct {
	spoken
	database
	Text   string   `arg:"" help:"As the list writes it."`
	Place  string   `help:"The place in which it is meant so."`
	Member []string `required:"" placeholder:"称呼=单位全称" help:"What it is called and the unit through which it is reached, once for each; @2026-01-05..2026-12-31 behind it bounds its days, the last of which is the first that it is not of the roster."`
	Zone   zone     `default:"Asia/Shanghai" placeholder:"ZONE" help:"Time zone in which days begin."`
}

var (
	rosterSaved = fault.Say("cmd.unit.roster-saved", "已保存集合项“%s”，%d个单位", "saved the entry “%s” with %d units")
	rosterGone  = fault.Say("cmd.unit.roster-gone", "已删去集合项“%s”", "dropped the entry “%s”")
	noRoster    = fault.Say("cmd.unit.no-roster", "没有集合项“%s”", "there is no collective entry “%s”")
	badMember   = fault.Say("cmd.unit.bad-member", "“%s”应写成“称呼=单位全称”", "“%s” should read words=full name of the unit")
)

// Run writes the entry.
func (r *rosterSet) Run(ctx context.Context, c *console) error {
	dir, err := r.directory(ctx)
	if err != nil {
		return err
	}
	entry := recipients.Collective{ID: newID(), Text: r.Text}
	if there, known := roster(dir, r.Text); known {
		entry = there
	}
	if r.Place != "" {
		entry.Place = r.Place
	}
	entry.Members = nil
	for _, text := range r.Member {
		m, err := memberOf(dir, text, r.Zone.location())
		if err != nil {
			return err
		}
		entry.Members = append(entry.Members, m)
	}
	if err := changeDirectory(ctx, r.database, keeping.PutRoster(entry, hand(r.Zone))); err != nil {
		return err
	}
	c.line(rosterSaved.With(entry.Text, len(entry.Members)))
	return nil
}

func roster(dir recipients.Directory, text string) (recipients.Collective, bool) {
	for _, g := range dir.Collectives {
		if recipients.Tidy(g.Text) == recipients.Tidy(text) {
			return g, true
		}
	}
	return recipients.Collective{}, false
}

// memberOf reads 称呼=单位全称@2026-01-05..2026-12-31.
func memberOf(dir recipients.Directory, text string, zone *time.Location) (m recipients.Member, err error) {
	words, rest, two := strings.Cut(text, "=")
	if !two {
		return m, fault.New(fault.Usage, badMember.With(text))
	}
	name, span, _ := strings.Cut(rest, "@")
	unit, err := called(dir, name)
	if err != nil {
		return m, err
	}
	m = recipients.Member{Words: strings.TrimSpace(words), Unit: unit.ID}
	from, until, _ := strings.Cut(span, "..")
	if m.From, err = dayIn(from, zone); err != nil {
		return m, err
	}
	m.Until, err = dayIn(until, zone)
	return m, err
}

// dayIn reads a day; the zero time for an empty text.
func dayIn(text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil {
		return day, fault.New(fault.Usage, noDay.With(text))
	}
	return day.UTC(), nil
}

// rosterDrop drops a collective entry.
type rosterDrop struct {
	spoken
	database
	Text string `arg:"" help:"As the list writes it."`
	Zone zone   `default:"Asia/Shanghai" placeholder:"ZONE" help:"Time zone in which days begin."`
}

// Run drops the entry.
func (r *rosterDrop) Run(ctx context.Context, c *console) error {
	dir, err := r.directory(ctx)
	if err != nil {
		return err
	}
	there, known := roster(dir, r.Text)
	if !known {
		return fault.New(fault.NotFound, noRoster.With(r.Text))
	}
	if err := changeDirectory(ctx, r.database, keeping.DropRoster(there.ID, hand(r.Zone))); err != nil {
		return err
	}
	c.line(rosterGone.With(there.Text))
	return nil
}
