package web

import (
	"net/http"
	"slices"

	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/archive"
)

// A paperForm is one form in which an issue can be had.
type paperForm struct {
	Path  string // under the address of the issue
	form  string
	large bool
	Title fault.Sentence
}

// paperForms are the forms that are offered, in order.
var paperForms = []paperForm{
	{"paper.pdf", "pdf", false, fault.Say("web.paper-pdf", "PDF 文件", "PDF")},
	{"large.pdf", "pdf", true, fault.Say("web.paper-large", "大字版 PDF", "Large type PDF")},
	{"paper.docx", "docx", false, fault.Say("web.paper-word", "Word 文档", "Word")},
	{"paper.html", "html", false, fault.Say("web.paper-html", "网页", "HTML")},
	{"paper.txt", "txt", false, fault.Say("web.paper-text", "纯文本", "Plain text")},
}

// Papers returns the forms that an issue is offered in.
func (v *issueView) Papers() []paperForm {
	if v.Gone() {
		return nil
	}
	return paperForms
}

// Gone reports whether the content of the issue was destroyed, or is withheld.
func (v *issueView) Gone() bool { return gone(v.Issue) }

func gone(i workflow.Issue) bool { return i.State == workflow.Destroyed || i.Withheld() }

// Whole reports whether the whole file of the issue can be had.
func (v *issueView) Whole() bool { return archive.Kept(v.Issue) }

// paper makes an issue, as it stands now, in the form that is asked for.
func (s *server) paper(w http.ResponseWriter, r *http.Request) {
	n := slices.IndexFunc(paperForms, func(f paperForm) bool { return f.Path == r.PathValue("form") })
	if n < 0 {
		s.kit.Nothing(w, r)
		return
	}
	issue, series, err := s.find(r)
	if err == nil && gone(issue) {
		err = page.NotHere() // what could be printed is gone
	}
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	file, err := s.Press.Press(r.Context(), series, issue, paperForms[n].form, paperForms[n].large)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	page.Send(w, file, "attachment")
}

// shownTypes are the pictures that a page may show; everything else is saved by
// the browser and never opened in this program's name.
var shownTypes = []string{"image/png", "image/jpeg", "image/gif"}

// file sends a file of an issue: one that goes out with it, a picture of its
// text, or the scan of a decision made on paper. Its hash opens nothing in another issue.
func (s *server) file(w http.ResponseWriter, r *http.Request) {
	issue, _, err := s.find(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	all := slices.Concat(issue.Attachments, issue.Pictures, scansOf(issue))
	n := slices.IndexFunc(all, func(a workflow.Attachment) bool { return a.SHA256 == r.PathValue("sha") })
	if n < 0 {
		s.kit.Nothing(w, r)
		return
	}
	data, err := s.Books.File(r.Context(), all[n].SHA256)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	way := "attachment"
	file := workflow.File{Name: all[n].Name, Type: "application/octet-stream", Data: data}
	if n >= len(issue.Attachments) && slices.Contains(shownTypes, all[n].Type) {
		way, file.Type = "inline", all[n].Type
	}
	page.Send(w, file, way)
}
