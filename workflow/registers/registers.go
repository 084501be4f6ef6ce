// Package registers makes the books that inspectors ask for out of what the
// program keeps, as tables:
//
//	发文登记簿  Dispatch      every number that was given, what it stands for, who signed it, who has it
//	分发登记簿  Distribution  every unit of every issue: its copies, when it took them, what came back
//	份数台账    Copies        every entry of the ledgers, and where all copies are
//	办理过程    History       what happened to every issue that has a number, and who did it
//
// Each is of one issue, of a series in a year, or of a series in all its years
// (a year of 0). Package recipients/copies knows their columns; package sheets
// writes them as files, typeset/forms as paper.
//
// Nothing is counted here that is not in the books: a register is a view, made
// anew each time, and what it sums is what the ledgers hold.
package registers

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients/copies"
	"jianbao/recipients/table"
	"jianbao/workflow"
)

// A Kind is one of the registers.
type Kind string

// The registers.
const (
	Dispatch     Kind = "dispatch"
	Distribution Kind = "distribution"
	Copies       Kind = "copies"
	History      Kind = "history"
)

// Kinds lists the registers in the order in which pages offer them.
func Kinds() []Kind { return []Kind{Dispatch, Distribution, Copies, History} }

var kindWords = map[Kind]fault.Sentence{
	Dispatch:     fault.Say("registers.dispatch", "发文登记簿", "register of issues"),
	Distribution: fault.Say("registers.distribution", "分发登记簿", "register of distribution"),
	Copies:       fault.Say("registers.copies", "份数台账", "ledger of copies"),
	History:      fault.Say("registers.history", "办理过程", "history"),
}

// Title returns what people call the register.
func (k Kind) Title() fault.Reason {
	if s, known := kindWords[k]; known {
		return s.With()
	}
	return fault.Reason{Key: string(k)}
}

// A Printed is an issue that left the desk, with its books.
type Printed struct {
	Issue   workflow.Issue
	Entries []copies.Entry
	Handed  []copies.Handover
}

// Books is where registers look. It asks for no rights.
type Books interface {
	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// Register returns the number register of a series.
	Register(ctx context.Context, series uuid.UUID) ([]workflow.RegisterLine, error)

	// Printed returns the issues of a series that were released, numbered in a
	// year or in all where that is 0, in the order of their numbers.
	Printed(ctx context.Context, series uuid.UUID, year int) ([]Printed, error)

	// UnitNames returns what the units are called that hold or held copies of the
	// issues, and that are on none of their lists.
	UnitNames(ctx context.Context, units []uuid.UUID) (map[uuid.UUID]string, error)

	// Histories returns what happened to issues, of each from its first line; of
	// those that are withheld nothing.
	Histories(ctx context.Context, issues []uuid.UUID) (map[uuid.UUID][]workflow.Event, error)
}

var (
	titleOf   = fault.Say("registers.title", "%s%s（%d年）", "%[2]s of %[1]s in %[3]d")
	titleAll  = fault.Say("registers.title-all", "%s%s", "%[2]s of %[1]s")
	titleOne  = fault.Say("registers.title-issue", "%s%s%s", "%[3]s of %[1]s, %[2]s")
	titleSums = fault.Say("registers.title-sums", "%s汇总", "sums of the %s")
	nameless  = fault.Say("registers.unnumbered", "（待编号）", "not numbered yet")
	nameOf    = fault.Say("registers.issue", "%d年第%d期", "no. %[2]d of %[1]d")
	nameKind  = fault.Say("registers.issue-kind", "%d年%s第%d期", "%[2]s no. %[3]d of %[1]d")
	editionOf = fault.Say("registers.edition", "%s（更正第%d版）", "%s (edition %d)")
	stateOf   = fault.Say("registers.state", "现为：%s", "now %s")
	backIssue = fault.Say("registers.back", "往期补录", "entered later")
	paperOnly = fault.Say("registers.paper-only", "纸质流转：%s", "on paper only: %s")
	noSuch    = fault.Say("registers.unknown", "没有“%s”这种登记簿，有 dispatch、distribution、copies、history", "there is no register %q; there are dispatch, distribution, copies and history")
)

// Make returns a register as tables: that of the copies has a second one, with
// the sums. It fails with fault.Invalid for a register that there is not, and
// with fault.NotFound where there is no such series.
func Make(ctx context.Context, books Books, kind Kind, series uuid.UUID, year int, lang fault.Lang) ([]table.Table, error) {
	if _, known := kindWords[kind]; !known {
		return nil, fault.New(fault.Invalid, noSuch.With(string(kind)))
	}
	m, err := open(ctx, books, series, year, lang)
	if err != nil {
		return nil, err
	}
	title := titleAll.With(m.series.Masthead, kind.Title()).In(lang)
	if year != 0 {
		title = titleOf.With(m.series.Masthead, kind.Title(), year).In(lang)
	}
	if kind == History {
		return m.history(ctx, books, title)
	}
	return m.tables(kind, title), nil
}

// MakeOne returns a register of one issue. Its number is that of the issue.
func MakeOne(ctx context.Context, books Books, kind Kind, issue workflow.Issue, lang fault.Lang) ([]table.Table, error) {
	if _, known := kindWords[kind]; !known {
		return nil, fault.New(fault.Invalid, noSuch.With(string(kind)))
	}
	m, err := open(ctx, books, issue.Series, issue.Number.Year, lang)
	if err != nil {
		return nil, err
	}
	title := titleOne.With(m.series.Masthead, nameIn(issue, lang), kind.Title()).In(lang)
	if kind == History {
		return m.told(ctx, books, title, []named{{issue.ID, nameIn(issue, lang)}})
	}
	m.printed = slices.DeleteFunc(m.printed, func(p Printed) bool { return p.Issue.ID != issue.ID })
	m.lines = slices.DeleteFunc(m.lines, func(l workflow.RegisterLine) bool { return l.Number != issue.Number })
	return m.tables(kind, title), nil
}

// A maker is what a register is made of.
type maker struct {
	series  workflow.Series
	year    int
	lines   []workflow.RegisterLine
	printed []Printed
	look    copies.Look
}

func open(ctx context.Context, books Books, series uuid.UUID, year int, lang fault.Lang) (m maker, err error) {
	m.year = year
	if m.series, err = books.Series(ctx, series); err != nil {
		return m, err
	}
	if m.lines, err = books.Register(ctx, series); err != nil {
		return m, err
	}
	m.lines = slices.DeleteFunc(m.lines, func(l workflow.RegisterLine) bool { return year != 0 && l.Year != year })
	if m.printed, err = books.Printed(ctx, series, year); err != nil {
		return m, err
	}
	names, err := m.names(ctx, books)
	m.look = copies.Look{Lang: lang, Zone: m.series.Location(), Unit: func(id uuid.UUID) string { return names[id] }}
	return m, err
}

// names are those of all units in the books: as the lists had them, and of
// others as the directory has them now.
func (m maker) names(ctx context.Context, books Books) (map[uuid.UUID]string, error) {
	listed := map[uuid.UUID]string{}
	var others []uuid.UUID
	for _, p := range m.printed {
		for _, place := range p.Issue.Circulation.All() {
			listed[place.Unit] = place.Name
		}
	}
	for _, p := range m.printed {
		for _, e := range p.Entries {
			if _, known := listed[e.To.Unit]; e.To.Kind == copies.Unit && !known {
				others = append(others, e.To.Unit)
			}
		}
	}
	if len(others) == 0 {
		return listed, nil
	}
	more, err := books.UnitNames(ctx, others)
	for id, name := range more {
		listed[id] = name
	}
	return listed, err
}

func (m maker) tables(kind Kind, title string) []table.Table {
	switch kind {
	case Dispatch:
		return []table.Table{copies.IssueRegister(title, m.issued(), m.look)}
	case Distribution:
		return []table.Table{copies.ShareRegister(title, m.books(), m.listOf(), m.look)}
	}
	return []table.Table{
		copies.AccountRegister(title, m.books(), m.look),
		copies.TallyRegister(titleSums.With(title).In(m.look.Lang), copies.Tallies(m.books()), m.look),
	}
}

// books are the ledgers of the issues.
func (m maker) books() []copies.Book {
	all := make([]copies.Book, len(m.printed))
	for i, p := range m.printed {
		all[i] = copies.Book{
			Series: m.series.Masthead, Year: p.Issue.Number.Year, Name: nameIn(p.Issue, m.look.Lang), Date: p.Issue.Date.String(),
			Entries: p.Entries, Handed: p.Handed,
		}
	}
	return all
}

// listOf says on which list of an issue a unit stands.
func (m maker) listOf() func(copies.Book, uuid.UUID) string {
	labels := map[string]map[uuid.UUID]string{}
	for _, p := range m.printed {
		of := map[uuid.UUID]string{}
		for _, place := range p.Issue.Circulation.All() {
			if of[place.Unit] == "" {
				of[place.Unit] = place.Label
			}
		}
		labels[nameIn(p.Issue, m.look.Lang)] = of
	}
	extra := copies.ActExtra.Title().In(m.look.Lang)
	return func(b copies.Book, unit uuid.UUID) string {
		if label := labels[b.Name][unit]; label != "" {
			return label
		}
		return extra
	}
}

// nameIn is what an issue is called: 2021年第8期, with its edition where it is a
// correction.
func nameIn(i workflow.Issue, lang fault.Lang) string {
	name := numberIn(i.Number, lang)
	if i.Edition > 1 {
		return editionOf.With(name, i.Edition).In(lang)
	}
	return name
}

func numberIn(n workflow.Number, lang fault.Lang) string {
	if n.No == 0 {
		return nameless.With().In(lang)
	}
	if n.Kind == "" || n.Kind == bulletin.Ordinary {
		return nameOf.With(n.Year, n.No).In(lang)
	}
	return nameKind.With(n.Year, string(n.Kind), n.No).In(lang)
}

// issued are the lines of the register of issues: every number that was given,
// and after it each edition that corrects what it stands for.
func (m maker) issued() []copies.Issued {
	var all []copies.Issued
	for _, line := range m.lines {
		first := copies.Issued{
			Number: numberIn(line.Number, m.look.Lang), Date: line.Date.String(), Title: line.Title,
			Copies: line.Paper.Copies, Level: line.Paper.Level, By: line.By, At: line.At, Void: line.Void,
		}
		if line.Back {
			first.Unknown = true
			first.Remark = backIssue.With().In(m.look.Lang)
		}
		if line.Paper.Holder != "" {
			first.Remark = paperOnly.With(line.Paper.Holder).In(m.look.Lang)
		}
		all = append(all, first)
		for _, p := range m.printed {
			if p.Issue.Number != line.Number {
				continue
			}
			at := &all[len(all)-1]
			if p.Issue.Edition > 1 {
				all = append(all, copies.Issued{Number: nameIn(p.Issue, m.look.Lang), Title: line.Title, Date: p.Issue.Date.String(), By: line.By, At: p.Issue.Released})
				at = &all[len(all)-1]
			}
			m.fill(at, p)
		}
	}
	return all
}

// fill enters what the released issue says.
func (m maker) fill(line *copies.Issued, p Printed) {
	units := map[uuid.UUID]bool{}
	for _, place := range p.Issue.Circulation.All() {
		units[place.Unit] = true
	}
	line.Unknown = false
	line.Signed, line.Copies, line.Units = p.Issue.Signers(), copies.New(p.Entries).Made(), len(units)
	switch p.Issue.State {
	case workflow.Corrected, workflow.Recalled:
		line.Remark = stateOf.With(p.Issue.State.Title()).In(m.look.Lang)
	}
}

// Text returns the cells of a table as words, for paper.
func Text(t table.Table) [][]string {
	all := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		for _, cell := range row {
			all[i] = append(all[i], fmt.Sprint(cell))
		}
	}
	return all
}
