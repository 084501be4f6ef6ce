// Package numbers is the operations on the number register (发文登记) of a series:
//
//	/series/{series}/register   what was given; issues that circulate on paper only
//	/series/{series}/gaps       numbers that stand for nothing, and why (作废)
//	/series/{series}/back       issues of before the program, as lines or with their texts (补录)
//
// A number is given once and a gap has a reason; the rules are those of
// workflow.Desk. What is classified is refused before anything of it is kept.
package numbers

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/fault"
	"jianbao/web/api/op"
	pages "jianbao/web/numbers"
	"jianbao/workflow"
)

// Registrar enters what may not be kept here.
type Registrar interface {
	// Stub enters an issue that circulates on paper only.
	Stub(ctx context.Context, actor workflow.Actor, series uuid.UUID, stub workflow.Stub) (workflow.RegisterLine, error)
}

type room struct {
	*op.Kit
	pages.Config
	Registrar Registrar
}

// Room registers the operations.
func Room(c pages.Config, registrar Registrar) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c, registrar}
		op.On(k, op.Get("list-register", "/series/{series}/register", "numbers", "The number register of a series, by year and kind"), rm.register)
		op.On(k, op.Make("register-paper", "/series/{series}/register", "numbers", "Enter an issue that circulates on paper only"), rm.stub)
		op.On(k, op.Get("list-gaps", "/series/{series}/gaps", "numbers", "Every year of the register with the numbers that stand for nothing"), rm.gaps)
		op.On(k, op.Post("void-number", "/series/{series}/gaps", "numbers", "Say why a number stands for nothing"), rm.void)
		op.On(k, op.Post("enter-back-issues", "/series/{series}/back", "numbers", "What entering issues of before the program would come to; with enter, they are entered"), rm.back)
	}
}

// RegisterLine is a line of the number register (发文登记).
type RegisterLine struct {
	op.IssueNumber
	Issue *uuid.UUID `json:"issue,omitempty" format:"uuid" doc:"absent where the program never saw it"`
	Title string     `json:"title"`
	Date  string     `json:"date,omitempty" format:"date"`
	At    time.Time  `json:"at"`
	By    string     `json:"by"`
	Total int        `json:"total,omitempty" doc:"总第N期"`
	Back  bool       `json:"back" doc:"the number was given elsewhere and entered later"`
	Void  string     `json:"void,omitempty" doc:"why the number stands for nothing"`
	Paper *PaperOnly `json:"paper,omitempty" doc:"it circulates on paper only"`
}

// PaperOnly is what may be known of an issue that circulates on paper only.
type PaperOnly struct {
	Level  string `json:"level" enum:"秘密,机密,绝密"`
	Term   string `json:"term,omitempty" maxLength:"50" doc:"1年, 长期 and so on"`
	Copies int    `json:"copies" minimum:"0"`
	Holder string `json:"holder" maxLength:"100" doc:"who keeps it"`
}

func lineOf(l workflow.RegisterLine) RegisterLine {
	out := RegisterLine{
		IssueNumber: op.IssueNumber{Kind: string(l.Kind), Year: l.Year, No: l.No}, Title: l.Title, Date: l.Date.String(),
		At: l.At, By: l.By, Total: l.Total, Back: l.Back, Void: l.Void, Issue: op.Maybe(l.Issue),
	}
	if l.Paper != (workflow.Paper{}) {
		out.Paper = &PaperOnly{l.Paper.Level, l.Paper.Term, l.Paper.Copies, l.Paper.Holder}
	}
	return out
}

type registerInput struct {
	op.OfSeries
	op.Paging
}

func (rm *room) register(ctx context.Context, in *registerInput) (*op.Listed[RegisterLine], error) {
	if _, err := rm.SeriesOf(ctx, in.Series); err != nil {
		return nil, err
	}
	lines, err := rm.Config.Reads.Register(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, lines, func(l workflow.RegisterLine) string {
		return string(l.Kind) + "-" + strconv.Itoa(l.Year) + "-" + strconv.Itoa(l.No)
	}, lineOf)
}

type stubInput struct {
	op.OfSeries
	op.Keyed
	Body struct {
		PaperOnly
		Kind  string `json:"kind,omitempty" enum:"正刊,增刊,专刊,特刊"`
		No    int    `json:"no,omitempty" minimum:"0" doc:"0 takes the next"`
		Date  string `json:"date" format:"date"`
		Title string `json:"title" maxLength:"200" doc:"one that tells nothing of the text"`
	}
}

type lineBody struct{ Body RegisterLine }

// date reads a day as issues bear it.
func date(where, text string) (bulletin.Date, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return bulletin.Date{}, op.BadField(where, text)
	}
	return bulletin.DateOf(day), nil
}

func (rm *room) stub(ctx context.Context, in *stubInput) (*lineBody, error) {
	if _, err := rm.SeriesOf(ctx, in.Series); err != nil {
		return nil, err
	}
	b := in.Body
	day, err := date("body.date", b.Date)
	if err != nil {
		return nil, err
	}
	line, err := rm.Registrar.Stub(ctx, op.CallerOf(ctx).Actor(), in.Series, workflow.Stub{
		Kind: bulletin.Kind(b.Kind), No: b.No, Date: day, Title: b.Title, Level: b.Level, Term: b.Term, Copies: b.Copies, Holder: b.Holder,
	})
	return &lineBody{lineOf(line)}, err
}

// NumberYear is what the register has of one kind in one year.
type NumberYear struct {
	Kind  string           `json:"kind"`
	Year  int              `json:"year"`
	Given int              `json:"given"`
	Next  op.IssueNumber   `json:"next" doc:"that would be given now"`
	Gaps  []op.IssueNumber `json:"gaps" doc:"that stand for nothing, and nobody said why"`
	Void  []RegisterLine   `json:"void" doc:"that stand for nothing, with the reason"`
}

type gapsBody struct{ Body []NumberYear }

func number(n workflow.Number) op.IssueNumber {
	return op.IssueNumber{Kind: string(n.Kind), Year: n.Year, No: n.No}
}

func (rm *room) gaps(ctx context.Context, in *op.OfSeries) (*gapsBody, error) {
	if _, err := rm.SeriesOf(ctx, in.Series); err != nil {
		return nil, err
	}
	lines, err := rm.Config.Reads.Register(ctx, in.Series)
	return &gapsBody{op.Each(workflow.GapReport(lines), func(y workflow.YearOfNumbers) NumberYear {
		return NumberYear{string(y.Kind), y.Year, y.Given, number(y.Next), op.Each(y.Gaps, number), op.Each(y.Void, lineOf)}
	})}, err
}

type voidInput struct {
	op.OfSeries
	op.Keyed
	Body struct {
		op.IssueNumber
		Reason string `json:"reason" maxLength:"500"`
	}
}

func (rm *room) void(ctx context.Context, in *voidInput) (*lineBody, error) {
	if _, err := rm.SeriesOf(ctx, in.Series); err != nil {
		return nil, err
	}
	n := workflow.Number{Kind: bulletin.Kind(in.Body.Kind), Year: in.Body.Year, No: in.Body.No}
	line, err := rm.Desk.VoidGap(ctx, op.CallerOf(ctx).Actor(), in.Series, n, in.Body.Reason)
	return &lineBody{lineOf(line)}, err
}

// BackLine is what a list of earlier issues says of one.
type BackLine struct {
	Kind  string `json:"kind,omitempty" enum:"正刊,增刊,专刊,特刊" doc:"正刊 without it"`
	Year  int    `json:"year,omitempty" minimum:"0" doc:"that of the date without it"`
	No    int    `json:"no" minimum:"1"`
	Date  string `json:"date" format:"date"`
	Title string `json:"title" maxLength:"200"`
	Total int    `json:"total,omitempty" minimum:"0" doc:"总第N期"`
}

type backInput struct {
	op.OfSeries
	op.Keyed
	Body struct {
		Lines []BackLine    `json:"lines,omitempty" maxItems:"2000" doc:"issues without their texts; or send files"`
		Files []op.FileData `json:"files,omitempty" maxItems:"50" doc:"issues with their texts, one a file; or send lines"`
		Enter bool          `json:"enter,omitempty" doc:"enter them; otherwise nothing changes"`
	}
}

// BackOutcome is what became of one issue, or would become of it.
type BackOutcome struct {
	Name    string          `json:"name" doc:"the title of the line, or the name of the file"`
	Number  *op.IssueNumber `json:"number,omitempty"`
	There   bool            `json:"there" doc:"the register has it already, and it stays"`
	Issue   *uuid.UUID      `json:"issue,omitempty" format:"uuid" doc:"of a text that was entered"`
	Refused []op.Says       `json:"refused" doc:"why it is not entered"`
}

type backBody struct{ Body []BackOutcome }

func (rm *room) back(ctx context.Context, in *backInput) (*backBody, error) {
	if _, err := rm.SeriesOf(ctx, in.Series); err != nil {
		return nil, err
	}
	out := []BackOutcome{}
	if len(in.Body.Lines) > 0 {
		lines, err := backLines(in.Body.Lines)
		if err != nil {
			return nil, err
		}
		all, err := rm.Desk.EnterBack(ctx, op.CallerOf(ctx).Actor(), in.Series, lines, !in.Body.Enter)
		if err != nil {
			return nil, err
		}
		out = append(out, op.Each(all, entryOf)...)
	}
	for _, f := range in.Body.Files {
		one, err := rm.file(ctx, in.Series, f, in.Body.Enter)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return &backBody{out}, nil
}

func entryOf(e workflow.BackEntry) BackOutcome {
	return BackOutcome{Name: e.Title, Number: op.NumberOf(e.Number), There: e.There, Refused: refused(e.Why)}
}

// refused is a refusal as sentences; none of what is not refused.
func refused(why *fault.Error) []op.Says {
	if why == nil {
		return []op.Says{}
	}
	return append([]op.Says{op.Said(why.Message)}, op.Each(why.Reasons, op.Said)...)
}

func backLines(all []BackLine) (lines []workflow.BackLine, err error) {
	for n, l := range all {
		day, err := date(fmt.Sprintf("body.lines[%d].date", n), l.Date)
		if err != nil {
			return nil, err
		}
		line := workflow.BackLine{Number: workflow.Number{Kind: bulletin.Kind(l.Kind), Year: l.Year, No: l.No}, Date: day, Title: l.Title, Total: l.Total}
		if l.Kind == "" {
			line.Kind = bulletin.Ordinary
		}
		if l.Year == 0 {
			line.Year = day.Year
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// file enters a file, or says what that would come to. One that is refused keeps
// no other out.
func (rm *room) file(ctx context.Context, series uuid.UUID, f op.FileData, enter bool) (BackOutcome, error) {
	out := BackOutcome{Name: f.Name, Refused: []op.Says{}}
	bring := rm.Desk.LookBack
	if enter {
		bring = rm.Desk.ImportBack
	}
	var issue workflow.Issue
	draft, err := rm.Intake(f.Name, f.Data)
	if err == nil {
		issue, err = bring(ctx, op.CallerOf(ctx).Actor(), series, sourceOf(f, draft))
	}
	if why := fault.As(err); why != nil {
		out.Refused = refused(why)
		return out, nil
	}
	out.Number = op.NumberOf(issue.Number)
	if enter {
		out.Issue = op.Maybe(issue.ID)
	}
	return out, err
}

func sourceOf(f op.FileData, draft intake.Draft) workflow.Source {
	source := workflow.Source{Name: f.Name, Data: f.Data, Encoding: draft.Encoding, Properties: draft.Properties, Text: draft.Text}
	if source.Encoding == "" {
		source.Encoding = string(draft.Format)
	}
	for _, p := range draft.Pictures {
		source.Pictures = append(source.Pictures, workflow.File{Name: p.Name, Type: p.Type, Data: p.Data})
	}
	return source
}
