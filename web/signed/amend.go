package signed

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
)

// An amendView is the page of a change after the sign-off.
type amendView struct {
	subject
	Version int    // that the text in the editor was made from
	Text    string // in the editor
	Theirs  string // what somebody else made of it meanwhile, or ""
	Dropped []string
	// Lost are the names of files that were sent with a change that was refused.
	Lost []string
}

// LostNames are those names in one line.
func (v amendView) LostNames() string { return strings.Join(v.Lost, "、") }

// Drops reports whether a file was to be dropped.
func (v amendView) Drops(name string) bool { return slices.Contains(v.Dropped, name) }

func (rm *room) amendPage(w http.ResponseWriter, r *http.Request) {
	s, err := rm.find(r, workflow.Amend)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "amend", page.Page{Data: amendView{subject: s, Version: s.Issue.Version, Text: s.Issue.Text}})
}

func (rm *room) amend(w http.ResponseWriter, r *http.Request) {
	added, err := rm.ReadForm(w, r)
	if err != nil {
		rm.amendAgain(w, r, workflow.Rewrite{}, 0, err)
		return
	}
	made := workflow.Rewrite{Text: plainLines(r.PostForm.Get("text")), Drop: r.PostForm["drop"], Add: added}
	version, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		rm.amendAgain(w, r, made, 0, page.Unreadable(err))
		return
	}
	s, err := rm.find(r, workflow.Amend)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if _, err := rm.Desk.Amend(r.Context(), page.Actor(r), s.Issue.ID, version, made); err != nil {
		rm.amendAgain(w, r, made, version, err)
		return
	}
	page.See(w, r, address(s.Issue.ID))
}

// amendAgain shows the page with what was typed, and where somebody was first,
// with their text beside it. Classified text is not even shown again.
func (rm *room) amendAgain(w http.ResponseWriter, r *http.Request, made workflow.Rewrite, version int, why error) {
	s, err := rm.find(r, workflow.Amend)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	view := amendView{subject: s, Version: s.Issue.Version, Text: s.Issue.Text}
	if made.Text != "" && !fault.Is(why, fault.Refused) {
		view.Text, view.Dropped, view.Version = made.Text, made.Drop, version
		view.May = true // what was typed must not be lost with the form
		for _, f := range made.Add {
			view.Lost = append(view.Lost, f.Name)
		}
	}
	if fault.Is(why, fault.Conflict) {
		view.Version = s.Issue.Version
		if view.Text != s.Issue.Text {
			view.Theirs = s.Issue.Text
		}
	}
	rm.pages.Refuse(w, r, "amend", page.Page{Data: view}, why)
}

// plainLines undoes the line ends that forms are sent with (HTML, form
// submission: CRLF).
func plainLines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }
