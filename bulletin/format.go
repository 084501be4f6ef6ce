package bulletin

import (
	"fmt"
	"strings"
	"unicode"
)

// Format writes a document as the text that people edit, close to how offices
// write it: Parse(Format(d)) is d again, but for line numbers. That holds where
// no paragraph has the form of a line of head or tail (编辑：…, 第 8 期); Parse
// asks about such a line, and written back it may be read as what it looks like,
// but no letter of it is lost.
func Format(d Document) string {
	var w writer
	w.head(d)
	w.remark(d)
	w.body(d)
	w.tail(d)
	w.annexes(d.Annexes)
	return w.String()
}

// A writer writes paragraphs with a blank line between them.
type writer struct{ strings.Builder }

func (w *writer) line(s string) {
	if w.Len() > 0 {
		w.WriteByte('\n')
	}
	w.WriteString(s)
	w.WriteByte('\n')
}

func (w *writer) lineIf(s string) {
	if s != "" {
		w.line(s)
	}
}

func (w *writer) head(d Document) {
	for _, s := range d.Extra {
		w.line(s)
	}
	w.lineIf(d.Urgency)
	w.lineIf(d.Notice)
	w.lineIf(Spaced(d.Masthead))
	w.lineIf(d.Number.String())
	for _, o := range d.Organs {
		w.line(organLine(o))
	}
	for _, u := range d.Undertakers {
		w.line("承办：" + u)
	}
	w.lineIf(spacedDate(d.Date))
}

// organLine labels an organ that its name alone would not show to be one.
func organLine(name string) string {
	if isOrgan(name) && organName(name) == name {
		return name
	}
	return "主办：" + name
}

// Spaced letter-spaces a masthead as it is printed: 科 技 简 报. A name that
// holds anything but Han characters is left alone.
func Spaced(name string) string {
	for _, r := range name {
		if !unicode.Is(unicode.Han, r) {
			return name
		}
	}
	return strings.Join(strings.Split(name, ""), " ")
}

// String returns the number line: 第 8 期, 2025年第42期（总第1268期）, 增刊第2期,
// 总第377期, or "" where there is none.
func (n Number) String() string {
	s := n.Label
	if s == "" && n.No > 0 {
		if n.Year > 0 && !n.YearFromDate {
			s = fmt.Sprintf("%d年", n.Year)
		}
		if n.Kind != "" && n.Kind != Ordinary {
			s += string(n.Kind)
		}
		s += fmt.Sprintf("第 %d 期", n.No)
	}
	switch {
	case n.Total == 0 || n.Label != "" && strings.Contains(n.Label, "总"):
		return s
	case s == "":
		return fmt.Sprintf("总第%d期", n.Total)
	}
	return fmt.Sprintf("%s（总第%d期）", s, n.Total)
}

func spacedDate(d Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d 年 %d 月 %d 日", d.Year, d.Month, d.Day)
}

// remark writes the slot. Without a signature, a paragraph mark ends it where
// no section does.
func (w *writer) remark(d Document) {
	r := d.Remark
	if !r.Slot {
		return
	}
	lines := strings.Split(r.Text, "\n")
	if r.By != "" {
		w.line("领导批示：")
	} else {
		lines[0] = "领导批示：" + lines[0]
	}
	if r.By == "" && (d.Title != "" || len(d.Sections) > 0 && d.Sections[0].Name == "") {
		lines[len(lines)-1] += Mark
	}
	for _, l := range lines {
		w.lineIf(l)
	}
	if r.By != "" {
		w.line("\u3000\u3000\u3000\u3000" + r.By + "  " + r.Date.Chinese())
	}
}

func (w *writer) body(d Document) {
	w.lineIf(d.Title)
	if d.EditorNote != "" {
		w.line("编者按：" + strings.ReplaceAll(d.EditorNote, "\n", Mark+"\n\n"))
	}
	if len(d.Contents) > 0 {
		w.line("≡本期要目≡")
		for _, c := range d.Contents {
			w.line(c)
		}
		w.line("≡本期详情≡")
	}
	brackets := false
	for _, s := range d.Sections {
		brackets = brackets || s.Name != "" && !IsChapter(s.Name)
	}
	for _, s := range d.Sections {
		w.section(s, brackets, d.Title != "" && len(d.Sections) == 1 && s.Name == "")
	}
}

// IsChapter reports whether the name of a section is a numbered heading
// (一、整体推进), which is printed without brackets.
func IsChapter(name string) bool {
	return chapterForm.MatchString(name) && isHeading(name, 40)
}

// section writes a section. As Parse does, it keeps in mind whether a paragraph
// would go on with the item before it; then a marker begins the next one.
func (w *writer) section(s Section, brackets, single bool) {
	switch {
	case s.Name != "" && IsChapter(s.Name) && !brackets:
		w.line(s.Name)
	case s.Name != "":
		w.line("【" + s.Name + "】")
	}
	attach, open := false, false
	for i, it := range s.Items {
		marker := ""
		switch {
		case it.HasHeading():
			marker = "★ "
		case attach || open || i == 0 && s.Name == "" && isHeading(it.text(), 40):
			marker = "● "
		}
		numbered := isOutline(fold(firstRunes(it.text(), 24)))
		if numbered {
			marker = ""
		}
		w.item(it, marker)
		attach = single || marker != "" || numbered && it.HasHeading()
		open = it.Contributor == "" && !stopped(it.Paragraphs[len(it.Paragraphs)-1])
	}
}

func (it Item) text() string { return it.Lead + it.Paragraphs[0] }

func (w *writer) item(it Item, marker string) {
	paragraphs := append([]string(nil), it.Paragraphs...)
	if it.HasHeading() {
		w.line(marker + it.Lead)
	} else {
		paragraphs[0] = marker + it.Lead + paragraphs[0]
	}
	for i, s := range paragraphs {
		if i < len(paragraphs)-1 {
			w.line(s + Mark)
			continue
		}
		if it.Contributor != "" {
			s += "（" + it.Contributor + "供稿）"
		}
		w.line(s)
	}
}

func (w *writer) tail(d Document) {
	for _, l := range d.Lists {
		w.line(l.Label + "：" + l.Text + "。")
	}
	for _, r := range d.Roles {
		names := make([]string, len(r.Names))
		for i, n := range r.Names {
			names[i] = SpacedName(n)
		}
		w.line(r.Label + "：" + strings.Join(names, "、"))
	}
	w.contacts("电话", d.Phones)
	w.contacts("传真", d.Faxes)
	w.contacts("邮箱", d.Emails)
	if !d.PrintDate.IsZero() {
		w.line(strings.TrimSpace(d.PrintOrgan + "    " + d.PrintDate.Chinese() + "印发"))
	}
	if d.FileCopies > 0 {
		w.line(fmt.Sprintf("存档：%d份", d.FileCopies))
	}
	if d.PrintRun > 0 {
		w.line(fmt.Sprintf("（共印 %d 份）", d.PrintRun))
	}
}

func (w *writer) contacts(label string, values []string) {
	if len(values) > 0 {
		w.line(label + "：" + strings.Join(values, "、"))
	}
}

// SpacedName writes a two-character name with a full-width space between, so
// that it is as wide as one of three characters: 乔　栋.
func SpacedName(name string) string {
	r := []rune(name)
	if len(r) == 2 && unicode.Is(unicode.Han, r[0]) && unicode.Is(unicode.Han, r[1]) {
		return string(r[0]) + "\u3000" + string(r[1])
	}
	return name
}

func (w *writer) annexes(all []Annex) {
	for _, a := range all {
		w.lineIf(a.Title)
		for _, l := range a.Lines {
			w.line(l)
		}
	}
}
