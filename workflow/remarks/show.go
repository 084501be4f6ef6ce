package remarks

import (
	"slices"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
)

// SectionName is the section of a bulletin in which earlier remarks are shown.
const SectionName = "批示选登"

// shownLead begins an item of that section: who wrote on which issue.
var shownLead = fault.Say("remarks.shown-lead", "%s对%s的批示。", "%s on %s.")

// An Excerpt is a remark as a later issue shows it. Of is what the issue that it
// is on is called: 《科技简报》2021年第8期.
type Excerpt struct {
	Remark Remark
	Of     string
}

// item is an excerpt as an item of a bulletin.
func (e Excerpt) item() bulletin.Item {
	lead := shownLead.With(strings.TrimSpace(e.Remark.Leader+e.Remark.title()), e.Of).In(fault.ZH)
	text := strings.ReplaceAll(strings.TrimSpace(e.Remark.Text), "\n", "")
	if day := ShortDate(e.Remark.Date); day != "" {
		text += "（" + day + "）"
	}
	return bulletin.Item{Lead: lead, Paragraphs: []string{text}}
}

// title is the role of a leader whose name does not say it already: 王市长.
func (w Writing) title() string {
	if strings.HasSuffix(w.Leader, w.Role) {
		return ""
	}
	return w.Role
}

// TakeOver puts excerpts into the text of a draft, in its section 批示选登, which
// is made before the lists of recipients where there is none. The rest of the
// text stays as it was typed where it reads the same with the section in it, and
// is written anew by [bulletin.Format] where not.
func TakeOver(text string, all []Excerpt) string {
	if len(all) == 0 {
		return text
	}
	d := bulletin.Parse(text).Document
	items := convert(all, Excerpt.item)
	want := slices.Clone(d.Sections)
	at := slices.IndexFunc(want, func(s bulletin.Section) bool { return s.Name == SectionName })
	if at < 0 {
		section := bulletin.Section{Name: SectionName, Items: items}
		want = append(want, section)
		if inserted, ok := insert(text, d, section); ok && alike(bulletin.Parse(inserted).Document.Sections, want) {
			return inserted
		}
	} else {
		want[at].Items = append(slices.Clone(want[at].Items), items...)
	}
	d.Sections = want
	return bulletin.Format(d)
}

// insert writes a section above the first list of recipients.
func insert(text string, d bulletin.Document, section bulletin.Section) (string, bool) {
	if len(d.Lists) == 0 || d.Lists[0].Line < 1 {
		return "", false
	}
	lines := strings.Split(text, "\n")
	at := min(d.Lists[0].Line-1, len(lines))
	before := strings.TrimRight(strings.Join(lines[:at], "\n"), "\n ")
	written := strings.TrimSpace(bulletin.Format(bulletin.Document{Sections: []bulletin.Section{section}}))
	return before + "\n\n" + written + "\n\n" + strings.Join(lines[at:], "\n"), true
}

// alike reports whether two bodies are the same but for the lines they stand on.
func alike(a, b []bulletin.Section) bool {
	return slices.EqualFunc(a, b, func(a, b bulletin.Section) bool {
		return a.Name == b.Name && slices.EqualFunc(a.Items, b.Items, func(a, b bulletin.Item) bool {
			return a.Lead == b.Lead && a.Contributor == b.Contributor && slices.Equal(a.Paragraphs, b.Paragraphs)
		})
	})
}
