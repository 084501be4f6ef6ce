// Package audit is the operations of auditors:
//
//	/audit/lines             what everybody did, the newest first
//	/audit/lines/{form}      the same as a file
//	/audit/state             how far the histories of issues are proved
//
// They are for auditors, and for administrators while these are not separated;
// whoever else asks is told that there is nothing. A token for some series is
// nobody's who audits. Every look is recorded before it is answered. The rules
// are package trail's, and the room is given what the pages are given.
package audit

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/web/api/op"
	pages "jianbao/web/audit"
	"jianbao/workflow/history"
	"jianbao/workflow/trail"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		op.On(k, op.Get("list-audit-lines", "/audit/lines", "audit", "What everybody did, the newest first; for auditors"), rm.lines)
		op.On(k, op.Bytes(op.Get("audit-file", "/audit/lines/{form}", "audit", "The same as a file, of at most 20,000 lines")), rm.file)
		op.On(k, op.Get("read-audit-state", "/audit/state", "audit", "When the histories were verified, what was found, and the last daily roots"), rm.state)
	}
}

// audits lets who audits pass.
func (rm *room) audits(ctx context.Context) error {
	err := rm.Desk.MayLook(ctx, op.CallerOf(ctx).Person)
	if fault.Is(err, fault.NotFound) {
		return op.NotHere()
	}
	return err
}

// OfAudit is what is looked for.
type OfAudit struct {
	What   string    `query:"what" maxLength:"60" doc:"a record (issue, account, door, refusal, series, filing, unit, holiday, hook, absence), an act on issues (issue.approve) or a sphere of accounts (account.system, account.security, account.audit, account.door)"`
	Who    string    `query:"who" maxLength:"60" doc:"who did it: an id, a login or a name"`
	Object string    `query:"object" maxLength:"100" doc:"what it was done to: an id, a part of a name, or the number of an issue"`
	From   time.Time `query:"from" doc:"not before"`
	Until  time.Time `query:"until" doc:"before"`
}

// question makes a question of what is asked.
func (rm *room) question(ctx context.Context, in OfAudit) (q trail.Question, err error) {
	q.Object, q.From, q.Until = in.Object, in.From, in.Until
	if err := q.Choose(in.What); err != nil {
		return q, err
	}
	q.Person, err = rm.Desk.Who(ctx, in.Who)
	return q, err
}

// AuditLine is one line of the audit trail.
type AuditLine struct {
	At         time.Time  `json:"at"`
	Record     string     `json:"record" enum:"issue,account,door,refusal,series,filing,unit,holiday,hook,absence"`
	ID         string     `json:"id" doc:"of the line, within its record"`
	By         *uuid.UUID `json:"by,omitempty" format:"uuid" doc:"absent: the program, a command, or somebody of whom the name alone is kept"`
	Name       string     `json:"name"`
	From       string     `json:"from,omitempty" doc:"the address asked from"`
	Act        op.Says    `json:"act"`
	Object     *uuid.UUID `json:"object,omitempty" format:"uuid"`
	ObjectName string     `json:"object_name,omitempty"`
	Facts      []op.Says  `json:"facts"`
	Note       string     `json:"note,omitempty" doc:"in somebody's own words"`
}

func deedOf(d trail.Deed) AuditLine {
	return AuditLine{
		d.At, string(d.Book), d.Key, op.Maybe(d.By), d.Name, d.From, op.Said(d.Act),
		op.Maybe(d.Object), d.What, op.Each(d.Facts, op.Said), d.Note,
	}
}

type linesInput struct {
	OfAudit
	op.Paging
}

func (rm *room) lines(ctx context.Context, in *linesInput) (*op.Listed[AuditLine], error) {
	who := op.CallerOf(ctx).Person
	if err := rm.audits(ctx); err != nil {
		return nil, err
	}
	q, err := rm.question(ctx, in.OfAudit)
	if err == nil && in.Cursor != "" {
		var place string
		if place, err = in.Named(); err == nil {
			q.After, err = trail.ParseSpot(place)
		}
	}
	if err != nil {
		return nil, err
	}
	q.Limit = in.Limit
	found, more, err := rm.Desk.Search(ctx, who, q)
	if err != nil {
		return nil, err
	}
	out := &op.Listed[AuditLine]{Body: op.Page[AuditLine]{Items: op.Each(found, deedOf)}}
	if more {
		out.Body.Next = op.Cursor(found[len(found)-1].Spot.String())
	}
	return out, nil
}

type fileInput struct {
	Form string `path:"form" enum:"csv,xlsx"`
	OfAudit
}

func (rm *room) file(ctx context.Context, in *fileInput) (*op.FileBody, error) {
	who := op.CallerOf(ctx).Person
	if err := rm.audits(ctx); err != nil {
		return nil, err
	}
	q, err := rm.question(ctx, in.OfAudit)
	if err != nil {
		return nil, err
	}
	found, more, err := rm.Desk.Export(ctx, who, q)
	if err != nil {
		return nil, err
	}
	return op.File(pages.File(found, more, in.Form, op.Lang(ctx), rm.Now()))
}

// ChainCheck is one verification of all histories.
type ChainCheck struct {
	At       time.Time      `json:"at"`
	Issues   int            `json:"issues"`
	Events   int            `json:"events"`
	Roots    int            `json:"roots"`
	Findings []ChainFinding `json:"findings" doc:"what was altered behind the program's back; empty: nothing"`
}

// ChainFinding is one thing that was altered.
type ChainFinding struct {
	Issue *uuid.UUID `json:"issue,omitempty" format:"uuid" doc:"absent: it is about a root"`
	Name  string     `json:"name,omitempty"`
	Line  int        `json:"line,omitempty"`
	Root  int        `json:"root,omitempty"`
	Says  op.Says    `json:"says"`
}

// ChainRoot is a daily root over all histories.
type ChainRoot struct {
	Seq    int       `json:"seq"`
	At     time.Time `json:"at"`
	Chains int       `json:"chains"`
	Events int       `json:"events"`
	Hash   string    `json:"hash" doc:"compare it with the one that is kept elsewhere"`
}

type stateBody struct {
	Body struct {
		Checks []ChainCheck `json:"checks" doc:"the newest first"`
		Roots  []ChainRoot  `json:"roots" doc:"the newest first"`
	}
}

func (rm *room) state(ctx context.Context, _ *struct{}) (*stateBody, error) {
	if err := rm.audits(ctx); err != nil {
		return nil, err
	}
	s, err := rm.Desk.State(ctx, op.CallerOf(ctx).Person)
	if err != nil {
		return nil, err
	}
	out := &stateBody{}
	out.Body.Checks = op.Each(s.Checks, checkOf)
	out.Body.Roots = []ChainRoot{}
	for n, r := range s.Roots {
		out.Body.Roots = append(out.Body.Roots, ChainRoot{r.Seq, r.At, r.Chains, r.Events, s.Hashes[n]})
	}
	return out, nil
}

func checkOf(c history.Checked) ChainCheck {
	return ChainCheck{c.At, c.Issues, c.Events, c.Roots, op.Each(c.Findings, func(f history.Finding) ChainFinding {
		return ChainFinding{op.Maybe(f.Issue), f.Name, f.Line, f.Root, op.Said(f.Reason)}
	})}
}
