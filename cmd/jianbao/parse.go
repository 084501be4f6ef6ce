package main

import (
	"encoding/json"
	"io"
	"os"

	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/fault"
)

// parse reads a file as a bulletin and says what was understood. Nothing is
// stored.
type parse struct {
	File string `arg:"" help:"The file to read; - is the standard input."`
	JSON bool   `name:"json" help:"Print one JSON object, for programs."`
	Full bool   `help:"With --json: every item with its text."`

	in io.Reader // the standard input, where a test has another one
}

var noFile = fault.Say("cmd.parse.no-file", "打不开文件%s：%s", "the file %s cannot be opened: %s")

// Run reads, prints, and ends with the refusal where the file is none that can
// be taken: classified (fault.Refused), unreadable or no bulletin
// (fault.Invalid).
func (p parse) Run(c *console) error {
	data, err := p.read()
	if err != nil {
		return fault.New(fault.Usage, noFile.With(p.File, fileTrouble(err)))
	}
	name := p.File
	if name == "-" {
		name = ""
	}
	draft, err := intake.Read(name, data)
	if err != nil {
		return p.refuse(c, err)
	}
	readings := bulletin.ParseAll(draft.Text)
	refusal := readings[0].Refusal()
	if p.JSON {
		if err := printJSON(c.Out, wholeOf(readings, p.Full)); err != nil {
			return err
		}
	} else {
		summary{c}.print(readings, draft)
	}
	if refusal != nil {
		return refusal
	}
	return nil
}

// read returns the bytes of the file, at most one more than intake takes.
func (p parse) read() ([]byte, error) {
	if p.File == "-" {
		in := p.in
		if in == nil {
			in = os.Stdin
		}
		return io.ReadAll(io.LimitReader(in, intake.MaxFile+1))
	}
	file, err := os.Open(p.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, intake.MaxFile+1))
}

// refuse prints the facts of a refusal for programs; people get its sentence.
func (p parse) refuse(c *console, refusal error) error {
	if p.JSON {
		if err := printJSON(c.Out, refusedJSON(refusal)); err != nil {
			return err
		}
	}
	return refusal
}

func printJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
