package main

import (
	"fmt"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/exchange"
)

// A listedUnit is a unit as it is printed.
type listedUnit struct {
	ID        string               `json:"id"`
	Name      string               `json:"name"`
	Short     []string             `json:"short"`
	Place     string               `json:"place"`
	Level     recipients.Level     `json:"level"`
	Channel   recipients.Channel   `json:"channel"`
	Copies    int                  `json:"copies"`
	Assumed   bool                 `json:"copies_assumed"`
	Addresses []string             `json:"addresses"`
	Phone     string               `json:"phone"`
	Contacts  []recipients.Contact `json:"contacts"`
	Ended     string               `json:"ended,omitempty"`
}

func listed(u recipients.Unit) listedUnit {
	l := listedUnit{
		ID: u.ID.String(), Name: u.Name, Short: []string{}, Place: u.Place, Level: u.Level, Channel: u.Channel,
		Copies: u.Copies, Assumed: u.CopiesAssumed, Addresses: append([]string{}, u.Mailboxes()...), Phone: u.Phone,
		Contacts: []recipients.Contact{},
	}
	for _, a := range u.Aliases {
		if !a.Former {
			l.Short = append(l.Short, a.Name)
		}
	}
	for _, c := range []recipients.Contact{u.Contact, u.Deputy} {
		if !c.IsZero() {
			l.Contacts = append(l.Contacts, c)
		}
	}
	if !u.Ended.IsZero() {
		l.Ended = u.Ended.Format(time.RFC3339)
	}
	return l
}

func (l listedUnit) print(c *console) {
	fmt.Fprintf(c.Out, "%s  %s  %s  %s  %3d  %s\n", pad(l.Name, 36), pad(strings.Join(l.Short, "、"), 20), pad(l.Place, 12),
		pad(l.Channel.Title().In(c.Lang), 10), l.Copies, strings.Join(l.Addresses, " "))
}

var (
	unitAdded     = fault.Say("cmd.unit.added", "第%d行 新增 %s", "line %d adds %s")
	unitChanged   = fault.Say("cmd.unit.changed", "第%d行 改动 %s", "line %d changes %s")
	rosterAdded   = fault.Say("cmd.unit.roster-added", "第%d行 新增集合项 %s", "line %d adds the entry %s")
	rosterChanged = fault.Say("cmd.unit.roster-changed", "第%d行 改动集合项 %s", "line %d changes the entry %s")
	unitField     = fault.Say("cmd.unit.field", "    %s：%s → %s", "    %s: %s → %s")
	unitEmpty     = fault.Say("cmd.unit.empty", "（空）", "(empty)")
	unitsNote     = fault.Say("cmd.unit.note", "请注意：%s", "note: %s")
	unitsOthers   = fault.Say("cmd.unit.others", "表中没有提到的%d家单位保持不变", "%d units that the sheet does not name stay as they are")
)

// importJSON is what import prints for programs.
type importJSON struct {
	Imported  bool          `json:"imported"`
	Added     []importedRow `json:"added"`
	Changed   []importedRow `json:"changed"`
	Rosters   []importedRow `json:"rosters"`
	Unchanged int           `json:"unchanged"`
	Unnamed   int           `json:"unnamed"`
	Problems  []cellProblem `json:"problems"`
	Notes     []string      `json:"notes"`
	Digest    string        `json:"digest"`
}

type importedRow struct {
	Line   int              `json:"line"`
	Name   string           `json:"name"`
	Fields []exchange.Field `json:"fields,omitempty"`
}

// A cellProblem is an error of the sheet; column is 0 where the whole row is
// meant.
type cellProblem struct {
	Sheet  string `json:"sheet,omitempty"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Title  string `json:"title"`
	Text   string `json:"text"`
}

// show prints a preview, and whether it was done.
func (u *unitImport) show(c *console, p exchange.Preview, done bool) error {
	if u.JSON {
		return printJSON(c.Out, previewJSON(p, done, c.Lang))
	}
	for _, a := range p.Added {
		c.line(unitAdded.With(a.Line, a.Unit.Name))
	}
	for _, a := range p.Changed {
		c.line(unitChanged.With(a.Line, a.After.Name))
		fields(c, a.Fields)
	}
	for _, g := range p.Groupings {
		said := rosterChanged
		if g.New {
			said = rosterAdded
		}
		c.line(said.With(g.Line, g.After.Text))
		fields(c, g.Fields)
	}
	for _, n := range p.Notes {
		c.line(unitsNote.With(n))
	}
	if len(p.Problems) > 0 {
		return nil // the refusal says the rest
	}
	c.line(unitsOthers.With(p.Unnamed))
	sentence := unitsOnlySeen.With(len(p.Added), len(p.Changed), p.Unchanged)
	if done {
		sentence = unitsImported.With(len(p.Added), len(p.Changed), p.Unchanged)
	}
	c.line(sentence)
	return nil
}

func fields(c *console, all []exchange.Field) {
	for _, f := range all {
		c.line(unitField.With(f.Title, orEmpty(f.Before), orEmpty(f.After)))
	}
}

func orEmpty(text string) any {
	if text == "" {
		return unitEmpty.With()
	}
	return text
}

func previewJSON(p exchange.Preview, done bool, lang fault.Lang) importJSON {
	out := importJSON{
		Imported: done, Added: []importedRow{}, Changed: []importedRow{}, Rosters: []importedRow{}, Unchanged: p.Unchanged, Unnamed: p.Unnamed,
		Problems: []cellProblem{}, Notes: []string{}, Digest: p.Digest,
	}
	for _, a := range p.Added {
		out.Added = append(out.Added, importedRow{Line: a.Line, Name: a.Unit.Name})
	}
	for _, a := range p.Changed {
		out.Changed = append(out.Changed, importedRow{Line: a.Line, Name: a.After.Name, Fields: a.Fields})
	}
	for _, g := range p.Groupings {
		out.Rosters = append(out.Rosters, importedRow{Line: g.Line, Name: g.After.Text, Fields: g.Fields})
	}
	for _, x := range p.Problems {
		out.Problems = append(out.Problems, cellProblem{x.Sheet, x.Line, x.Column, x.Title, x.Reason.In(lang)})
	}
	for _, n := range p.Notes {
		out.Notes = append(out.Notes, n.In(lang))
	}
	return out
}
