package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
)

// Options is what reading a sheet depends on besides the sheet.
type Options struct {
	Zone  *time.Location   // in which days begin; UTC where it is nil
	NewID func() uuid.UUID // makes the ids of new units
}

// A Preview is what a sheet would do to a directory.
type Preview struct {
	Added   []Addition
	Changed []Alteration
	// Groupings are the collective entries that are added or changed.
	Groupings []Grouping
	// Unchanged are the rows whose units or entries are so already, and Unnamed the units
	// of the directory that no row names; both stay as they are.
	Unchanged int
	Unnamed   int
	Problems  []Problem
	Notes     []fault.Reason // what a person should know and may leave
	Digest    string         // of the change, with the versions of what is there
}

// An Addition is a unit that a row adds.
type Addition struct {
	Line int
	Unit recipients.Unit
}

// An Alteration is a unit that a row changes.
type Alteration struct {
	Line   int
	Before recipients.Unit
	After  recipients.Unit
	Fields []Field
}

// A Field is one field that changes, as its cells read.
type Field struct {
	Title  string `json:"title"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// A Problem is why a row cannot be read. Line and Column count from 1; Column
// is 0 where the whole row is meant.
type Problem struct {
	Sheet  string // where the file has several
	Line   int
	Column int
	Title  string // of the column
	Reason fault.Reason
}

var (
	notImported = fault.Say("exchange.not-imported", "单位表有%d处错误，没有导入任何内容", "the sheet has %d errors, and nothing was imported")
	inCell      = fault.Say("exchange.in-cell", "第%d行第%d列“%s”：%s", "line %d, column %d, “%s”: %s")
	inRow       = fault.Say("exchange.in-row", "第%d行：%s", "line %d: %s")
	inSheet     = fault.Say("exchange.in-sheet", "“%s”%s", "“%s”, %s")
	andMore     = fault.Say("exchange.and-more", "另有%d处", "and %d more")
	outdated    = fault.Say("exchange.outdated", "预览之后单位库或表格有了改动，请重新预览再导入", "the directory or the sheet changed after the preview; look at it again")
)

// Sentence says the problem with its place.
func (p Problem) Sentence() fault.Reason {
	said := inCell.With(p.Line, p.Column, p.Title, p.Reason)
	if p.Column == 0 {
		said = inRow.With(p.Line, p.Reason)
	}
	if p.Sheet != "" {
		return inSheet.With(p.Sheet, said)
	}
	return said
}

// mostReasons bounds how many problems one refusal lists; a preview has all of
// them.
const mostReasons = 100

// Err returns nil, or a fault.Error with the code Invalid that names the
// problems with their places.
func (p Preview) Err() error {
	if len(p.Problems) == 0 {
		return nil
	}
	var reasons []fault.Reason
	for i, problem := range p.Problems {
		if i == mostReasons {
			reasons = append(reasons, andMore.With(len(p.Problems)-i))
			break
		}
		reasons = append(reasons, problem.Sentence())
	}
	return fault.New(fault.Invalid, notImported.With(len(p.Problems)), reasons...)
}

// Change returns what is to be written. It is meant for a preview without
// problems.
func (p Preview) Change() recipients.Change {
	var c recipients.Change
	for _, a := range p.Added {
		c.Added = append(c.Added, a.Unit)
	}
	for _, a := range p.Changed {
		c.Changed = append(c.Changed, a.After)
	}
	for _, g := range p.Groupings {
		if g.New {
			c.Founded = append(c.Founded, g.After)
		} else {
			c.Collectives = append(c.Collectives, g.After)
		}
	}
	return c
}

// digest covers everything that would be written, but for the ids that were
// made for this reading.
func (p Preview) digest(f *formats, made map[uuid.UUID]bool) string {
	sum := sha256.New()
	write := func(act string, u recipients.Unit) {
		fmt.Fprintf(sum, "%s %d", act, u.Version)
		for _, c := range columns {
			if c.title != titleNumber || !made[u.ID] {
				text := c.get(f, u)
				fmt.Fprintf(sum, " %d:%s", len(text), text)
			}
		}
		fmt.Fprintln(sum)
	}
	for _, a := range p.Added {
		write("add", a.Unit)
	}
	for _, a := range p.Changed {
		write("change", a.After)
	}
	for _, g := range p.Groupings {
		fmt.Fprintf(sum, "group %d %s\n", g.After.Version, f.digestOf(g))
	}
	return hex.EncodeToString(sum.Sum(nil))
}
