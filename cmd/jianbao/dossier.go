package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"jianbao/bulletin/typeset/forms"
	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/sheets"
	"jianbao/web/archive/bind"
	"jianbao/workflow/dossier"
	"jianbao/workflow/registers"
)

// dossiers is where the whole files of issues are made.
func (o *office) dossiers() *dossier.Desk {
	return &dossier.Desk{Books: o.store, Printer: dossierPrinter{o.press}}
}

// A dossierPrinter makes the papers and spreadsheets of a whole file.
type dossierPrinter struct{ renderer }

// Paper implements dossier.Printer.
func (p dossierPrinter) Paper(t table.Table, foot string) ([]byte, error) {
	return p.press.Draw(forms.Register(t.Title, foot, t.Header, registers.Text(t), p.fonts, fault.ZH))
}

// Sheet implements dossier.Printer.
func (dossierPrinter) Sheet(t table.Table) ([]byte, error) {
	var out bytes.Buffer
	err := sheets.WriteXLSX(&out, t)
	return out.Bytes(), err
}

// Bind binds an annual volume.
func (p dossierPrinter) Bind(front forms.VolumeFront, parts []bind.Part) ([]byte, error) {
	return bind.Volume(front, parts, p.press, p.fonts, fault.ZH)
}

// issueFile writes the whole file of one issue.
type issueFile struct {
	spoken
	database
	Issue  string `arg:"" help:"The issue: its number, such as 8 or 2021-8, or its id, as jianbao issue list has it."`
	Series string `placeholder:"NAME" help:"Whose number it is, where several series have it."`
	Kind   string `enum:"正刊,增刊,专刊,特刊" default:"正刊" placeholder:"KIND" help:"Which run of numbers, as jianbao issue list --json has it."`
	Out    string `short:"o" placeholder:"FILE.zip" help:"Where to; the name of the issue in this directory, if left out."`
	Fonts  string `placeholder:"DIR" env:"JIANBAO_FONTS_DIR" help:"Directory of the office's own fonts."`
}

var fileWritten = fault.Say("cmd.issue.file-written", "已写出整卷 %s（%s）", "wrote the whole file %s (%s)")

// Run writes the file. It appears under its name only when all of it is there.
func (i *issueFile) Run(ctx context.Context, c *console) error {
	books, err := openThere(ctx, i.there())
	if err != nil {
		return err
	}
	defer books.Close()
	press, err := newRenderer(books, i.Fonts)
	if err != nil {
		return err
	}
	meant := issueShow{Issue: i.Issue, Series: i.Series, Kind: i.Kind}
	id, err := meant.find(ctx, books, c.Lang)
	if err != nil {
		return err
	}
	file, err := (&dossier.Desk{Books: books, Printer: dossierPrinter{press}}).Open(ctx, id)
	if err != nil {
		return err
	}
	if i.Out == "" {
		i.Out = file.Name
	}
	size, err := i.write(ctx, file)
	if err != nil {
		return fault.New(fault.Unavailable, unwritable.With(i.Out)).Because(err)
	}
	c.line(fileWritten.With(i.Out, fmt.Sprintf("%.1f MB", float64(size)/(1<<20))))
	return nil
}

// write writes the file beside its place, and puts it there when it is whole.
func (i *issueFile) write(ctx context.Context, file *dossier.File) (size int64, err error) {
	out, err := os.CreateTemp(filepath.Dir(i.Out), ".jianbao-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(out.Name())
	err = file.Write(ctx, out)
	if info, failed := out.Stat(); failed == nil {
		size = info.Size()
	}
	if err = errors.Join(err, out.Chmod(0o644), out.Sync(), out.Close()); err != nil {
		return 0, err
	}
	return size, os.Rename(out.Name(), i.Out)
}
