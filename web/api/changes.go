package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/web/api/op"
	"jianbao/workflow"
	"jianbao/workflow/naming"
)

func (s *server) describeChanges() {
	op.On(s.kit, op.Put("save-text", "/issues/{issue}/text", "issues", "Give a draft a new text"), s.saveText)
	op.On(s.kit, op.Post("settle-problem", "/issues/{issue}/problems/settle", "issues", "Settle one problem of the text by one of its choices"), s.settle)
	op.On(s.kit, op.Post("settle-name", "/issues/{issue}/circulation/settle", "issues", "Say which unit a name of the lists means, from now on for the whole series"), s.settleName)
	op.On(s.kit, op.Post("act", "/issues/{issue}/acts", "issues", "Do what can be done to an issue; see options"), s.act)
}

type saveTextInput struct {
	op.Versioned
	Body struct {
		Text string       `json:"text,omitempty" doc:"the text; or send a file"`
		File *op.FileData `json:"file,omitempty" doc:"a Word file or a text; or send text"`
	}
}

func (s *server) saveText(ctx context.Context, in *saveTextInput) (*op.Changed, error) {
	source, err := s.source(in.Body.Text, in.Body.File)
	if err != nil {
		return nil, err
	}
	return s.kit.Change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		if in.Body.File != nil {
			return s.Desk.SaveFile(ctx, op.CallerOf(ctx).Actor(), issue.ID, version, source)
		}
		return s.Desk.Save(ctx, op.CallerOf(ctx).Actor(), issue.ID, version, in.Body.Text)
	})
}

type settleInput struct {
	op.Versioned
	op.Keyed
	Body struct {
		Code   string `json:"code" maxLength:"100" doc:"of the problem"`
		Line   int    `json:"line" minimum:"0" doc:"of the problem"`
		Choice string `json:"choice" maxLength:"100" doc:"the key of one of its choices"`
	}
}

func (s *server) settle(ctx context.Context, in *settleInput) (*op.Changed, error) {
	return s.kit.Change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		return s.Desk.Settle(ctx, op.CallerOf(ctx).Actor(), issue.ID, version, in.Body.Code, in.Body.Line, in.Body.Choice)
	})
}

type settleNameInput struct {
	op.Versioned
	op.Keyed
	Body struct {
		Name     string     `json:"name" maxLength:"1000" doc:"in full, as circulation has it: of an entry without recipients"`
		Unit     *uuid.UUID `json:"unit,omitempty" format:"uuid" doc:"the unit that it means; or send unit_name"`
		UnitName string     `json:"unit_name,omitempty" maxLength:"200" doc:"its full name; or send unit"`
	}
}

func (s *server) settleName(ctx context.Context, in *settleNameInput) (*op.Changed, error) {
	meant := naming.Meant{Words: in.Body.UnitName}
	if in.Body.Unit != nil {
		meant.Unit = *in.Body.Unit
	}
	return s.kit.Change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		return s.Names.Settle(ctx, op.CallerOf(ctx).Actor(), issue.ID, version, in.Body.Name, meant)
	})
}

// Order is what is to be done, with the particulars of the act; see
// workflow.Order.
type Order struct {
	Act         string     `json:"act" maxLength:"30" doc:"one of the acts that options offers"`
	Note        string     `json:"note,omitempty" maxLength:"2000" doc:"the reason, or the opinion"`
	For         *uuid.UUID `json:"for,omitempty" format:"uuid" doc:"the person that the caller stands in for (代)"`
	AtStep      int        `json:"at_step,omitempty" minimum:"0" doc:"return: the step it goes back to, 0 is the editor; reassign: the step that is given on, 0 is the one it is at"`
	From        *uuid.UUID `json:"from,omitempty" format:"uuid" doc:"reassign: whose task it was; without it somebody is added"`
	To          *uuid.UUID `json:"to,omitempty" format:"uuid" doc:"reassign: whose task it is to be"`
	Class       string     `json:"class,omitempty" enum:"layout,slip,substance" doc:"classify"`
	KeepDate    bool       `json:"keep_date,omitempty" doc:"register: bear the date of the text instead of the day of the sign-off"`
	Unexplained string     `json:"unexplained,omitempty" maxLength:"500" doc:"register: why the copies do not add up to the print run"`
	At          *time.Time `json:"at,omitempty" doc:"schedule: when it goes out; without it, now"`
	Text        string     `json:"text,omitempty" doc:"amend: the new text"`
	Paper       *Paper     `json:"paper,omitempty" doc:"record: the decision that was made on paper"`
	Unit        *uuid.UUID `json:"unit,omitempty" format:"uuid" doc:"resend, shelve, calm: the unit"`
	Addresses   []string   `json:"addresses,omitempty" maxItems:"20" doc:"resend: its addresses, the first of them tried first"`
	Copies      int        `json:"copies,omitempty" minimum:"0" doc:"resend: copies on paper, which may come without mail"`
	Secret      bool       `json:"secret,omitempty" doc:"recall: it was classified afterwards"`
}

// Paper is a decision that was made on paper, as a clerk enters it.
type Paper struct {
	Person  uuid.UUID   `json:"person" format:"uuid" doc:"who signed"`
	At      time.Time   `json:"at" doc:"the day it bears"`
	Consent string      `json:"consent" enum:"signed,circled,written"`
	Scan    op.FileData `json:"scan"`
}

type actInput struct {
	op.Versioned
	op.Keyed
	Body Order
}

func (s *server) act(ctx context.Context, in *actInput) (*op.Changed, error) {
	if err := op.CallerOf(ctx).MayDecide(workflow.Act(in.Body.Act)); err != nil {
		return nil, err
	}
	return s.kit.Change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		return s.done(ctx, issue.ID, version, in.Body)
	})
}

// done does an order by the method of the desk that takes what it brings.
func (s *server) done(ctx context.Context, id uuid.UUID, version int, o Order) (workflow.Issue, error) {
	who, act := op.CallerOf(ctx).Actor(), workflow.Act(o.Act)
	switch act {
	case workflow.Amend:
		if o.Text == "" {
			return workflow.Issue{}, fault.New(fault.Invalid, needText.With(act.Title()))
		}
		return s.Papers.Amend(ctx, who, id, version, workflow.Rewrite{Text: o.Text})
	case workflow.Record:
		if o.Paper == nil {
			return workflow.Issue{}, fault.New(fault.Invalid, needPaper.With(act.Title()))
		}
		return s.Papers.Record(ctx, who, id, version, o.Paper.signature(), o.Note)
	case workflow.Save, workflow.Attach, workflow.Detach, workflow.Arrange, workflow.Apportion, workflow.Stamp, workflow.Post, workflow.HandOut,
		workflow.Widen, workflow.Grant, workflow.Deny, workflow.Handle, workflow.Steer, workflow.Trial, workflow.Archive, workflow.Destroy:
		return workflow.Issue{}, fault.New(fault.Invalid, otherWay.With(act.Title()))
	}
	return s.Desk.Act(ctx, who, id, o.order(version))
}

func (p Paper) signature() workflow.PaperSignature {
	return workflow.PaperSignature{
		Person: p.Person, At: p.At, Consent: workflow.Consent(p.Consent),
		Scan: workflow.File{Name: p.Scan.Name, Type: p.Scan.Type, Data: p.Scan.Data},
	}
}

// order is the desk's order. What only the program itself does is refused by
// the desk, as everything is that makes no sense.
func (o Order) order(version int) workflow.Order {
	out := workflow.Order{
		Act: workflow.Act(o.Act), Version: version, Note: o.Note, For: op.ID(o.For), AtStep: o.AtStep, From: op.ID(o.From), To: op.ID(o.To),
		Class: workflow.Class(o.Class), KeepDate: o.KeepDate, Unexplained: o.Unexplained,
		Unit: op.ID(o.Unit), Addresses: o.Addresses, Copies: o.Copies, Secret: o.Secret,
	}
	if o.At != nil {
		out.At = *o.At
	}
	return out
}
