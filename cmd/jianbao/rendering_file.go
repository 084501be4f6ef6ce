package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/pdf"
	"jianbao/fault"
)

// render makes paper, Word or mail of a file.
//
// What its author should look at is said on the standard error, a sentence each.
// Where something must be settled before the bulletin can be submitted, or it
// has no number, the file is made all the same, as a proof that says so in its
// head: whoever proofreads wants to see the pages. --final refuses instead.
type render struct {
	File     string        `arg:"" help:"The draft: text, Word, HTML or Markdown; - is the standard input."`
	Out      string        `short:"o" required:"" placeholder:"FILE" help:"What to write; its ending says which form: .pdf, .docx, .html or .txt."`
	Template string        `placeholder:"NAME|FILE.json" help:"The look of the paper: the name of a built-in template, or a file."`
	Large    bool          `help:"Large type, for older leaders (.pdf and .docx)."`
	Fonts    string        `placeholder:"DIR" env:"JIANBAO_FONTS_DIR" help:"Directory of the office's own fonts."`
	Number   int           `placeholder:"N" help:"The number of the issue, in place of the one in the text."`
	Date     bulletin.Date `placeholder:"YYYY-MM-DD" help:"The date of the issue, in place of the one in the text."`
	Final    bool          `help:"Make nothing unless the text is ready and has a number."`
}

var (
	unreadable  = fault.Say("cmd.unreadable", "读不到文件 %s", "the file %s cannot be read")
	unwritable  = fault.Say("cmd.unwritable", "写不了文件 %s", "the file %s cannot be written")
	noEnding    = fault.Say("cmd.no-ending", "-o 的文件名要以 .pdf、.docx、.html 或 .txt 结尾：%s", "the name after -o must end in .pdf, .docx, .html or .txt: %s")
	noLargeType = fault.Say("cmd.no-large", "大字版只有 .pdf 和 .docx", "large type is had as .pdf and .docx only")
	badNumber   = fault.Say("cmd.bad-number", "期号应为正整数：%d", "a number is 1 or more, not %d")
	noTemplate  = fault.Say("cmd.no-template", "没有叫“%s”的版式，也没有这个文件；内置的有：%s", "there is no template %q and no such file; built in are %s")
	notReady    = fault.Say("cmd.not-ready", "这一期还不能定稿", "this issue is not ready")
	numberless  = fault.Say("cmd.numberless", "还没有期号；可用 --number 指定", "it has no number; --number gives one")
	madeProof   = fault.Say("cmd.made-proof", "已写出校样 %s：有%d处必须先解决", "%s is a proof: %d things must be settled first")
	madeDraft   = fault.Say("cmd.made-unnumbered", "已写出校样 %s：还没有期号", "%s is a proof: it has no number yet")
	atLine      = fault.Say("cmd.at-line", "第%d行：%s", "line %d: %s")
	mustSettle  = fault.Say("cmd.must-settle", "必须解决　%s", "to be settled  %s")
	pleaseLook  = fault.Say("cmd.please-look", "请核对　　%s", "to be looked at  %s")
	wasDone     = fault.Say("cmd.was-done", "说明　　　%s", "note  %s")
)

// proofWord stands in the head of a proof and is its name.
const proofWord = "校样"

// Run makes the file.
func (r *render) Run(c *console) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	look, err := lookNamed(r.Template)
	if err != nil {
		return err
	}
	set, err := fontsIn(r.Fonts)
	if err != nil {
		return err
	}
	draft, reading, err := r.read()
	if err != nil {
		return err
	}
	for _, note := range draft.Notes {
		c.warn(wasDone.With(note.In(c.Lang)))
	}
	c.doubts(reading.Problems)
	sheet := r.sheet(reading.Document)
	blocking := reading.Blocking()
	if r.Final && (len(blocking) > 0 || sheet.Provisional) {
		return fault.New(fault.Blocked, notReady.With(), reasonsAgainst(blocking, sheet)...)
	}
	if len(blocking) > 0 {
		sheet.Document.Notice = strings.TrimSpace(proofWord + "　" + sheet.Document.Notice)
	}
	job := printing{Sheet: sheet, Look: look, Pictures: picturesOf(draft), Large: r.Large}
	data, problems, err := job.on(pdf.NewPress(set), form)
	if err != nil {
		return err
	}
	c.doubts(problems)
	if err := writeWhole(r.Out, data); err != nil {
		return fault.New(fault.Unavailable, unwritable.With(r.Out)).Because(err)
	}
	switch {
	case len(blocking) > 0:
		c.warn(madeProof.With(r.Out, len(blocking)))
	case sheet.Provisional:
		c.warn(madeDraft.With(r.Out))
	}
	return nil
}

// form returns the form that the flags ask for.
func (r *render) form() (string, error) {
	form := strings.ToLower(strings.TrimPrefix(filepath.Ext(r.Out), "."))
	var wrong []fault.Reason
	if mediaTypes[form] == "" {
		wrong = append(wrong, noEnding.With(r.Out))
	}
	if r.Large && (form == "html" || form == "txt") {
		wrong = append(wrong, noLargeType.With())
	}
	if r.Number < 0 {
		wrong = append(wrong, badNumber.With(r.Number))
	}
	if len(wrong) > 0 {
		return "", fault.New(fault.Usage, wrong[0], wrong[1:]...)
	}
	return form, nil
}

// read reads the draft. What is classified is refused before anything of it is
// shown or written.
func (r *render) read() (intake.Draft, bulletin.Reading, error) {
	data, err := readBounded(r.File, intake.MaxFile+1)
	if err != nil {
		return intake.Draft{}, bulletin.Reading{}, fault.New(fault.Usage, unreadable.With(r.File)).Because(err)
	}
	draft, err := intake.Read(r.File, data)
	if err != nil {
		return draft, bulletin.Reading{}, err
	}
	reading := bulletin.Parse(draft.Text)
	if refusal := reading.Refusal(); refusal != nil {
		return draft, reading, refusal
	}
	return draft, reading, nil
}

// readBounded reads a file, or the standard input, up to a number of bytes.
func readBounded(name string, most int64) ([]byte, error) {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	return io.ReadAll(io.LimitReader(in, most))
}

// sheet is the document as its own text registers it, but for what the flags
// say.
func (r *render) sheet(d bulletin.Document) typeset.Sheet {
	s := typeset.Sheet{Document: d, Number: d.Number, Date: d.Date, Lists: d.Lists, PrintRun: d.PrintRun, FileCopies: d.FileCopies}
	if !r.Date.IsZero() {
		s.Date, s.Number.Year = r.Date, r.Date.Year
	}
	if r.Number > 0 {
		s.Number.No, s.Number.Label = r.Number, ""
	}
	s.Provisional = s.Number.No == 0 && s.Number.Total == 0 && (s.Number.Label == "" || s.Number.IsBlank())
	return s
}

// lookNamed returns a built-in template by its name, or one from a file; ""
// is the first of the built-in ones.
func lookNamed(name string) (typeset.Template, error) {
	if name == "" {
		return typeset.Builtin()[0], nil
	}
	if look, ok := typeset.BuiltinNamed(name); ok {
		return look, nil
	}
	data, err := readBounded(name, 1<<20)
	if errors.Is(err, fs.ErrNotExist) {
		var names []string
		for _, look := range typeset.Builtin() {
			names = append(names, look.Name)
		}
		return typeset.Template{}, fault.New(fault.Usage, noTemplate.With(name, strings.Join(names, "、")))
	}
	if err != nil {
		return typeset.Template{}, fault.New(fault.Usage, unreadable.With(name)).Because(err)
	}
	return typeset.ReadTemplate(data)
}

func picturesOf(draft intake.Draft) map[string][]byte {
	all := map[string][]byte{}
	for _, p := range draft.Pictures {
		all[p.Name] = p.Data
	}
	return all
}

func reasonsAgainst(blocking []bulletin.Problem, sheet typeset.Sheet) []fault.Reason {
	var reasons []fault.Reason
	for _, p := range blocking {
		reasons = append(reasons, p.Reason)
	}
	if sheet.Provisional {
		reasons = append(reasons, numberless.With())
	}
	return reasons
}

// warn prints one sentence on the standard error.
func (c *console) warn(r fault.Reason) { fmt.Fprintln(c.Err, r.In(c.Lang)) }

// doubts prints problems on the standard error, the gravest first, with their lines.
func (c *console) doubts(all []bulletin.Problem) {
	ways := []struct {
		severity bulletin.Severity
		says     fault.Sentence
	}{{bulletin.Block, mustSettle}, {bulletin.Ask, pleaseLook}, {bulletin.Note, wasDone}}
	for _, way := range ways {
		for _, p := range all {
			if p.Severity != way.severity {
				continue
			}
			words := p.Reason.In(c.Lang)
			if p.Line > 0 {
				words = atLine.With(p.Line, words).In(c.Lang)
			}
			c.warn(way.says.With(words))
		}
	}
}

// writeWhole writes a file so that nobody ever sees a part of it: what was
// there stays until the new one is complete.
func writeWhole(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".jianbao-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
