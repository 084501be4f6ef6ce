package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/forms"
	"jianbao/bulletin/typeset/pdf"
	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/sheets"
	"jianbao/store"
	"jianbao/workflow/registers"
)

// registered writes one of the registers.
type registered struct {
	database
	Kind   registers.Kind `arg:"" enum:"dispatch,distribution,copies,history" help:"Which: dispatch (发文登记簿), distribution (分发登记簿), copies (份数台账) or history (办理过程)."`
	Series string         `required:"" placeholder:"NAME" help:"The series, by its masthead or its id."`
	Year   int            `placeholder:"YEAR" help:"Of this year alone; of all years if it is left out."`
	Out    string         `short:"o" xor:"how" required:"" placeholder:"FILE" help:"Where to: a .xlsx, .csv or .pdf file."`
	JSON   bool           `name:"json" xor:"how" required:"" help:"Print one JSON array of tables instead, for programs."`
}

var (
	registerWritten = fault.Say("cmd.register.written", "已写出%s：%d行，%s", "wrote the %s: %d lines, %s")
	registerForm    = fault.Say("cmd.register.form", "文件名要以 .xlsx、.csv 或 .pdf 结尾：%s", "the file's name must end in .xlsx, .csv or .pdf: %s")
)

// A tableJSON is a table as --json prints it.
type tableJSON struct {
	Name   string   `json:"name"`
	Title  string   `json:"title"`
	Header []string `json:"header"`
	Rows   [][]any  `json:"rows"`
}

// Run makes the register anew from the books and writes it.
func (r *registered) Run(ctx context.Context, c *console) error {
	form := strings.TrimPrefix(strings.ToLower(filepath.Ext(r.Out)), ".")
	if _, known := registerForms[form]; !known && !r.JSON {
		return fault.New(fault.Usage, registerForm.With(r.Out))
	}
	return withBooks(ctx, r.database, func(books *store.Store) error {
		found, err := lookUp(ctx, books, r.Series)
		if err != nil {
			return err
		}
		tables, err := registers.Make(ctx, books, r.Kind, found.settings.Series.ID, r.Year, c.Lang)
		if err != nil {
			return err
		}
		if r.JSON {
			return printTables(c.Out, tables)
		}
		var file bytes.Buffer
		if err := registerForms[form](&file, tables, c.Lang); err != nil {
			return err
		}
		if err := os.WriteFile(r.Out, file.Bytes(), 0o600); err != nil {
			return fault.New(fault.Usage, unitsNoFile.With(r.Out, fileTrouble(err)))
		}
		c.line(registerWritten.With(r.Kind.Title(), len(tables[0].Rows), r.Out))
		return nil
	})
}

func printTables(out io.Writer, tables []table.Table) error {
	all := make([]tableJSON, len(tables))
	for i, t := range tables {
		all[i] = tableJSON{t.Name, t.Title, t.Header, t.Rows}
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(all); err != nil {
		return fmt.Errorf("the register as JSON: %w", err)
	}
	return nil
}

// registerForms write a register by the ending of its file. A CSV file holds the
// first table alone.
var registerForms = map[string]func(io.Writer, []table.Table, fault.Lang) error{
	"xlsx": func(w io.Writer, all []table.Table, _ fault.Lang) error { return sheets.WriteXLSX(w, all...) },
	"csv":  func(w io.Writer, all []table.Table, _ fault.Lang) error { return sheets.WriteCSV(w, all[0]) },
	"pdf":  registerOnPaper,
}

// registerOnPaper draws the first table with the built-in fonts, which every
// installation has.
func registerOnPaper(w io.Writer, all []table.Table, lang fault.Lang) error {
	set, err := fonts.Open("")
	if err != nil {
		return fmt.Errorf("the fonts: %w", err)
	}
	t := all[0]
	data, err := pdf.NewPress(set).Draw(forms.Register(t.Title, "", t.Header, registers.Text(t), set, lang))
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("the register on paper: %w", err)
	}
	return nil
}
