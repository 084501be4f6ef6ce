package dossier

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"jianbao/recipients/table"
	"jianbao/workflow"
)

// parts are the files of the ZIP in their order.
func (f *File) parts() (all []part) {
	c := f.contents
	all = append(all, f.texts()...)
	sheet := f.signOff()
	all = append(all, part{"02审签/审签单.pdf", func(context.Context) ([]byte, error) { return f.desk.Printer.Paper(sheet, c.Series.Organ) }})
	for _, d := range c.Issue.Decisions {
		if d.Paper != nil {
			all = append(all, f.kept("02审签/签批扫描", d.Paper.Scan))
		}
	}
	for _, t := range []struct {
		name string
		table.Table
	}{{"03发放名单", f.circulation()}, {"04签收情况", f.receipts()}, {"05领导批示", f.remarks()}, {"06办理过程", f.history()}} {
		if len(t.Rows) > 0 {
			all = append(all, part{t.name + ".xlsx", func(context.Context) ([]byte, error) { return f.desk.Printer.Sheet(t.Table) }})
		}
	}
	all = append(all, part{"06办理过程.jsonl", func(context.Context) ([]byte, error) { return chain(c.Events) }})
	for _, a := range append(c.Issue.Attachments[:len(c.Issue.Attachments):len(c.Issue.Attachments)], c.Issue.Pictures...) {
		all = append(all, f.kept("07附件", a))
	}
	for _, r := range c.Remarks {
		if r.Scan.SHA256 != "" {
			all = append(all, f.kept("08批示扫描", r.Scan))
		}
	}
	for _, o := range c.Originals {
		name := o.Name
		if name == "" {
			name = "来稿.txt"
		}
		all = append(all, ready(fmt.Sprintf("09来稿/第%d稿 %s", o.Version, safe(path.Base(name))), o.Data))
	}
	for n, s := range c.Sent {
		dir := fmt.Sprintf("10发出的邮件/%02d%s/", n+1, safe(s.Subject))
		all = append(all, ready(dir+"邮件.html", s.HTML), ready(dir+"邮件.txt", s.Text))
	}
	return all
}

// texts are the paper as it went out, and the issue set anew in other forms.
func (f *File) texts() (all []part) {
	c := f.contents
	own := map[string]bool{}
	for _, a := range c.Issue.Attachments {
		own[a.SHA256] = true
	}
	for _, s := range c.Sent {
		for _, a := range s.Attachments {
			if s.Purpose == workflow.Released && !own[a.SHA256] {
				own[a.SHA256] = true
				all = append(all, f.kept("01正文/发出的", a))
			}
		}
	}
	stem := "01正文/" + safe(c.Series.Masthead+nameOf(c.Issue))
	for _, form := range []string{"pdf", "docx", "txt"} {
		if form == "pdf" && len(all) > 0 {
			continue // the very paper is there
		}
		all = append(all, part{stem + "." + form, func(ctx context.Context) ([]byte, error) {
			file, err := f.desk.Printer.Press(ctx, c.Series, c.Issue, form, false)
			return file.Data, err
		}})
	}
	return all
}

// kept is a file that is kept under its hash.
func (f *File) kept(dir string, a workflow.Attachment) part {
	return part{dir + "/" + safe(a.Name), func(ctx context.Context) ([]byte, error) { return f.desk.Books.File(ctx, a.SHA256) }}
}

// chain is the history as JSON lines, each with its hash: what the hash is made of
// is the line without it (workflow.Event).
func chain(events []workflow.Event) ([]byte, error) {
	var out strings.Builder
	for _, e := range events {
		line, err := json.Marshal(struct {
			Event workflow.Event `json:"event"`
			Hash  string         `json:"hash"`
		}{e, e.Hash})
		if err != nil {
			return nil, fmt.Errorf("dossier: event %s: %w", e.ID, err)
		}
		out.Write(append(line, '\n'))
	}
	return []byte(out.String()), nil
}

// nameOf is how the issue is cited in a name: 2021年第3期.
func nameOf(i workflow.Issue) string {
	name := fmt.Sprintf("%d年第%d期", i.Number.Year, i.Number.No)
	if i.Edition > 1 {
		name += fmt.Sprintf("（更正第%d版）", i.Edition)
	}
	return name
}
