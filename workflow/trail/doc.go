// Package trail is what everybody did in the office, in one list: the auditor's
// view over records that are kept where they were made.
//
//	issue     every line of every issue's history (package workflow)
//	account   accounts, rights, second factors and tokens; what auditors looked at
//	door      who signed in, when and with what
//	refusal   who was not let in: by the hour, of each account or network
//	series    the settings of series
//	filing    how long the issues of series are kept
//	unit      units and collective entries
//	holiday   the office's own tables of working days
//	hook      where changes are pushed to
//	absence   who was away, and who stood in for whom
//
// The list is read by day, the newest first and piece by piece: a [Spot] says
// where a piece ends, so that lines which come meanwhile move nothing. It is for
// whoever audits ([accounts.Separation.Audits]), who sees all series; nobody else
// is told that it exists. Whoever looks is recorded with what they asked, in the
// same list (GB/T 22239-2019 8.1.4.3: the audit covers every user, and 8.1.5.3:
// what audit administrators do is itself audited).
//
// The records are proved elsewhere: histories by package history, whose last
// verification and roots a [State] shows; the others only grow, and refusals only
// count up, which the database itself sees to.
package trail

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/history"
)

// A Book is one of the records.
type Book string

// The books, in the order of the form.
const (
	Issues   Book = "issue"
	Accounts Book = "account"
	Door     Book = "door"
	Refusals Book = "refusal"
	Series   Book = "series"
	Filing   Book = "filing"
	Units    Book = "unit"
	Holidays Book = "holiday"
	Hooks    Book = "hook"
	Absences Book = "absence"
)

// All is every book.
var All = []Book{Issues, Accounts, Door, Refusals, Series, Filing, Units, Holidays, Hooks, Absences}

// A Deed is one line.
type Deed struct {
	Spot
	// By is who did it; uuid.Nil is the program, a command, somebody of whom the
	// record keeps the name alone, or whoever was not let in.
	By   uuid.UUID
	Name string
	From string // the address asked from, where the record has one
	Act  fault.Reason
	// Object is what it was done to, with its name at that time or now.
	Object uuid.UUID
	What   string
	Facts  []fault.Reason
	Note   string // in somebody's own words
}

// A Question is what is looked for. Its zero value finds everything.
type Question struct {
	Book Book // "": all of them
	// Act is one act on issues, where Book is Issues; "": all of them.
	Act workflow.Act
	// Sphere is whose work it was, where Book is Accounts; "": everybody's.
	Sphere accounts.Sphere
	// Person is who did it, or whose account was tried; the zero Person: anybody.
	// Records that keep names alone are searched for the name.
	Person accounts.Person
	// Object is the id of what it was done to, or a part of its name; of an
	// issue the name of its series, or its number.
	Object string
	// From and Until bound the time, Until excluded; zero: not.
	From, Until time.Time
	// After is where the piece before ended.
	After Spot
	Limit int
}

// Books is where the records are. Every method is one transaction.
type Books interface {
	// Trail returns the lines of one book that a question finds, the newest
	// first, at most its Limit; Book is set.
	Trail(ctx context.Context, q Question) ([]Deed, error)

	// Separation returns whether the administrators are separated.
	Separation(ctx context.Context) (accounts.Separation, error)

	// RecordLine adds a line to the record of administrators, of the door and of
	// auditors.
	RecordLine(ctx context.Context, sphere accounts.Sphere, subject uuid.UUID, name string, what ...fault.Reason) error

	// LastRoots returns roots of all histories, the newest first.
	LastRoots(ctx context.Context, limit int) ([]history.Sealed, error)

	// LastChecks returns verifications of all histories, the newest first.
	LastChecks(ctx context.Context, limit int) ([]history.Checked, error)

	// People returns everybody, ordered by login.
	People(ctx context.Context) ([]accounts.Person, error)
}

// A State is how far the histories are proved.
type State struct {
	Checks []history.Checked
	Roots  []history.Root
	// Hashes are those of Roots, as whoever keeps them elsewhere has them.
	Hashes []string
}
