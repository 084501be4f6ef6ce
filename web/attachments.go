package web

import (
	"net/http"
	"slices"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A fileRow is one file that goes out with the issue.
type fileRow struct {
	workflow.Attachment
	First, Last bool
}

// Files returns the files that go out with the issue, in order.
func (v *issueView) Files() []fileRow {
	rows := make([]fileRow, len(v.Issue.Attachments))
	for n, a := range v.Issue.Attachments {
		rows[n] = fileRow{a, n == 0, n == len(rows)-1}
	}
	return rows
}

// FileBytes returns how large those files are together.
func (v *issueView) FileBytes() (sum int) {
	for _, a := range v.Issue.Attachments {
		sum += a.Size
	}
	return sum
}

// Shown returns the hash of a picture of the text, or "" where the page cannot
// show it.
func (v *issueView) Shown(p *bulletin.Picture) string {
	for _, a := range v.Issue.Pictures {
		if a.Name == p.Name && slices.Contains(shownTypes, a.Type) {
			return a.SHA256
		}
	}
	return ""
}

// attach adds the files of a form, one after the other, until one is refused. A
// file is added to whatever the issue is by now: who changed it meanwhile changed
// something else, and a file that was sent cannot be shown again to be kept.
func (s *server) attach(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	var err error
	if len(q.files) == 0 {
		err = fault.New(fault.Invalid, page.ChooseFile.With())
	}
	issue := q.issue
	issue.Version = q.version
	for _, f := range q.files {
		if err == nil {
			issue, err = s.attachNow(r, issue, f)
		}
	}
	s.answerFiles(w, r, err)
}

// attachNow adds a file at the version that somebody saw, or else at the one that
// the issue has.
func (s *server) attachNow(r *http.Request, issue workflow.Issue, f workflow.File) (workflow.Issue, error) {
	done, err := s.Attachments.Attach(r.Context(), page.Actor(r), issue.ID, issue.Version, f.Name, f.Type, f.Data)
	if !fault.Is(err, fault.Conflict) {
		return done, err
	}
	now, err := s.Reads.Issue(r.Context(), issue.ID)
	if err != nil {
		return now, err
	}
	return s.Attachments.Attach(r.Context(), page.Actor(r), issue.ID, now.Version, f.Name, f.Type, f.Data)
}

// arrange moves one of the files up or down in their order, or takes it off.
func (s *server) arrange(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	names := make([]string, len(q.issue.Attachments))
	for n, a := range q.issue.Attachments {
		names[n] = a.Name
	}
	var err error
	if name := r.PostForm.Get("remove"); name != "" {
		_, err = s.Attachments.Detach(r.Context(), page.Actor(r), q.issue.ID, q.version, name)
	} else {
		_, err = s.Attachments.Arrange(r.Context(), page.Actor(r), q.issue.ID, q.version, swapped(names, r.PostForm.Get("up"), r.PostForm.Get("down")))
	}
	s.answerFiles(w, r, err)
}

// swapped returns names with one of them moved up or down by one place.
func swapped(names []string, up, down string) []string {
	a := slices.Index(names, up) - 1
	if up == "" {
		a = slices.Index(names, down)
	}
	if a >= 0 && a+1 < len(names) {
		names[a], names[a+1] = names[a+1], names[a]
	}
	return names
}

func (s *server) answerFiles(w http.ResponseWriter, r *http.Request, err error) {
	if err != nil {
		s.again(w, r, attempt{err: err})
		return
	}
	page.See(w, r, "/issues/"+r.PathValue("id")+onPage(r)+"#files")
}

// onPage is the page of an issue that a form was sent from, under its address.
func onPage(r *http.Request) string {
	if r.PostForm.Get("from") == "edit" {
		return "/edit"
	}
	return ""
}
