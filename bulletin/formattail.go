package bulletin

import (
	"fmt"
	"strings"
)

// tail writes lists, roles and the rest. A contributor alone would be taken for
// the one of the last item; it stands behind something else.
func (w *writer) tail(d Document) {
	for _, l := range d.Lists {
		w.line(l.Label + "：" + l.Text + "。")
	}
	late := len(d.Lists) == 0 && len(d.Roles) > 0 && d.Roles[0].Label == "供稿"
	if !late {
		w.roles(d)
	}
	w.field("电话", strings.Join(d.Phones, "、"))
	w.field("传真", strings.Join(d.Faxes, "、"))
	w.field("邮箱", strings.Join(d.Emails, "、"))
	w.printLine(d)
	if d.FileCopies > 0 {
		w.line(fmt.Sprintf("存档：%d份", d.FileCopies))
	}
	if d.PrintRun > 0 {
		w.line(fmt.Sprintf("（共印 %d 份）", d.PrintRun))
	}
	if len(d.Annexes) > 0 && d.Annexes[0].Title == "" {
		for _, l := range d.Annexes[0].Lines {
			w.field(keptLabel, l)
		}
	}
	if late {
		w.roles(d)
	}
}

func (w *writer) roles(d Document) {
	for _, r := range d.Roles {
		names := make([]string, len(r.Names))
		for i, n := range r.Names {
			names[i] = SpacedName(n)
		}
		w.line(r.Label + "：" + strings.Join(names, "、"))
	}
}

// printLine writes organ and date of the print line, with labels where the line
// alone would be read as more or less.
func (w *writer) printLine(d Document) {
	written := strings.TrimSpace(d.PrintOrgan + "    " + d.PrintDate.Chinese() + "印发")
	organ, date, _, ok := cutPrintDate(written)
	if !d.PrintDate.IsZero() && ok && organ == d.PrintOrgan && date == d.PrintDate && (organ == "" || len(d.Organs) > 0) && kindOf(written) == printed {
		w.line(written)
		return
	}
	w.field("印发机关", d.PrintOrgan)
	w.field("印发日期", d.PrintDate.Chinese())
}

// annexes writes what follows the tail.
func (w *writer) annexes(all []Annex) {
	for _, a := range all {
		if a.Title == "" {
			continue // stands in the tail
		}
		w.line(a.Title)
		for _, l := range a.Lines {
			_, _, number := plainNumber(l)
			if k := kindOf(l); number || k == labelled || k == printed || strings.HasPrefix(l, Mark) {
				l = Mark + l // no other bulletin begins here, and no other tail
			}
			w.line(l)
		}
	}
}
