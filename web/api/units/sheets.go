package units

import (
	"bytes"
	"context"

	"jianbao/recipients/exchange"
	"jianbao/recipients/keeping"
	"jianbao/sheets"
	"jianbao/web/api/op"
	"jianbao/web/page"
	pages "jianbao/web/units"
	"jianbao/workflow"
)

func (rm *room) describeSheets() {
	k := rm.Kit
	op.On(k, op.Post("import-units", "/units/import", "units", "What a spreadsheet would change in the directory; with the digest of that, all of it is done or nothing"), rm.importSheet)
	op.On(k, op.Bytes(op.Get("export-units", "/units/export", "units", "The directory as a spreadsheet (XLSX) that can be read in again")), rm.export)
}

type importInput struct {
	op.Keyed
	Body struct {
		File   op.FileData `json:"file" doc:"XLSX or CSV"`
		Digest string      `json:"digest,omitempty" maxLength:"100" doc:"of the preview that is consented to; without it nothing is changed"`
	}
}

// UnitImport is what a spreadsheet would do, or did.
type UnitImport struct {
	Done      bool            `json:"done"`
	Digest    string          `json:"digest" doc:"to be sent with the consent"`
	Added     []UnitAddition  `json:"added"`
	Changed   []UnitChanges   `json:"changed"`
	Rosters   int             `json:"rosters" doc:"collective entries that are added or changed"`
	Unchanged int             `json:"unchanged" doc:"rows whose units are so already"`
	Unnamed   int             `json:"unnamed" doc:"units that no row names; they stay"`
	Problems  []ImportProblem `json:"problems" doc:"with any of them nothing is done"`
	Notes     []op.Says       `json:"notes"`
}

// UnitAddition is a unit that a row adds.
type UnitAddition struct {
	Line int    `json:"line"`
	Name string `json:"name"`
}

// UnitChanges is a unit that a row changes.
type UnitChanges struct {
	Line   int              `json:"line"`
	Name   string           `json:"name"`
	Fields []exchange.Field `json:"fields"`
}

// ImportProblem is why a row cannot be read.
type ImportProblem struct {
	Sheet  string  `json:"sheet,omitempty"`
	Line   int     `json:"line" doc:"counted from 1"`
	Column int     `json:"column" doc:"counted from 1; 0 is the whole row"`
	Says   op.Says `json:"says" doc:"with the place"`
}

type importBody struct{ Body UnitImport }

func (rm *room) importSheet(ctx context.Context, in *importInput) (*importBody, error) {
	dir, err := rm.kept(ctx)
	if err != nil {
		return nil, err
	}
	all, err := sheets.ReadAll(in.Body.File.Data)
	if err != nil {
		return nil, err
	}
	options := exchange.Options{Zone: page.Zone(), NewID: rm.NewID}
	out := importOf(exchange.Read(dir, all, options))
	if in.Body.Digest == "" {
		return &importBody{out}, nil
	}
	decide := keeping.Noted(exchange.Decide(all, options, in.Body.Digest), pages.BySheet(), rm.hand(ctx))
	_, err = rm.Books.ChangeUnits(ctx, decide)
	out.Done = err == nil
	return &importBody{out}, err
}

func importOf(p exchange.Preview) UnitImport {
	return UnitImport{
		Digest: p.Digest, Rosters: len(p.Groupings), Unchanged: p.Unchanged, Unnamed: p.Unnamed, Notes: op.Each(p.Notes, op.Said),
		Added: op.Each(p.Added, func(a exchange.Addition) UnitAddition { return UnitAddition{a.Line, a.Unit.Name} }),
		Changed: op.Each(p.Changed, func(a exchange.Alteration) UnitChanges {
			return UnitChanges{a.Line, a.Before.Name, append([]exchange.Field{}, a.Fields...)}
		}),
		Problems: op.Each(p.Problems, func(one exchange.Problem) ImportProblem {
			return ImportProblem{one.Sheet, one.Line, one.Column, op.Said(one.Sentence())}
		}),
	}
}

func (rm *room) export(ctx context.Context, _ *struct{}) (*op.FileBody, error) {
	dir, err := rm.kept(ctx)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = sheets.WriteXLSX(&out, exchange.Write(dir, page.Zone())...)
	return op.File(workflow.File{Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: out.Bytes()}, err)
}
