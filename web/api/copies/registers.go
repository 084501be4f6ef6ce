package copies

import (
	"context"

	"jianbao/recipients/table"
	"jianbao/web/api/op"
	"jianbao/workflow"
	"jianbao/workflow/registers"
)

func (rm *room) describeRegisters() {
	k := rm.Kit
	op.On(k, op.Get("read-register", "/series/{series}/registers/{register}", "copies", "A book that inspectors ask for, of a series and a year"), rm.register)
	op.On(k, op.Bytes(op.Get("register-file", "/series/{series}/registers/{register}/{form}", "copies", "The same as a file")), rm.registerFile)
	op.On(k, op.Bytes(op.Get("issue-register-file", "/issues/{issue}/registers/{register}/{form}", "copies", "The same of one issue, as a file")), rm.issueFile)
}

// RegisterTable is a table of words, in the language of the request.
type RegisterTable struct {
	Title  string     `json:"title"`
	Header []string   `json:"header"`
	Rows   [][]string `json:"rows"`
}

func tableOf(t table.Table) RegisterTable {
	rows := registers.Text(t)
	if rows == nil {
		rows = [][]string{}
	}
	return RegisterTable{t.Title, append([]string{}, t.Header...), rows}
}

// OfRegister says which book, and of which year.
type OfRegister struct {
	op.OfSeries
	Register string `path:"register" enum:"dispatch,distribution,copies,history" doc:"发文登记簿, 分发登记簿, 份数台账 or 办理过程"`
	Year     int    `query:"year" minimum:"0" maximum:"9999" doc:"0 is all years"`
}

type registerBody struct{ Body []RegisterTable }

func (rm *room) tables(ctx context.Context, in OfRegister) (workflow.Series, []table.Table, error) {
	s, err := rm.SeriesOf(ctx, in.Series)
	if err != nil {
		return s, nil, err
	}
	tables, err := registers.Make(ctx, rm.Books, registers.Kind(in.Register), s.ID, in.Year, op.Lang(ctx))
	return s, tables, err
}

func (rm *room) register(ctx context.Context, in *OfRegister) (*registerBody, error) {
	_, tables, err := rm.tables(ctx, *in)
	return &registerBody{op.Each(tables, tableOf)}, err
}

type registerFileInput struct {
	OfRegister
	Form string `path:"form" enum:"xlsx,csv,pdf"`
}

func (rm *room) registerFile(ctx context.Context, in *registerFileInput) (*op.FileBody, error) {
	s, tables, err := rm.tables(ctx, in.OfRegister)
	if err != nil {
		return nil, err
	}
	return op.File(rm.Config.File(in.Form, tables, s.Organ, op.Lang(ctx)))
}

type issueFileInput struct {
	op.OfIssue
	Register string `path:"register" enum:"dispatch,distribution,copies,history"`
	Form     string `path:"form" enum:"xlsx,csv,pdf"`
}

func (rm *room) issueFile(ctx context.Context, in *issueFileInput) (*op.FileBody, error) {
	issue, s, err := rm.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	tables, err := registers.MakeOne(ctx, rm.Books, registers.Kind(in.Register), issue, op.Lang(ctx))
	if err != nil {
		return nil, err
	}
	return op.File(rm.Config.File(in.Form, tables, s.Organ, op.Lang(ctx)))
}
