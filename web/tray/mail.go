package tray

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/web/page"
	"jianbao/workflow"
)

// A mailView is one mail.
type mailView struct {
	line
	Files []mailer.File
	Why   string // of a form that was refused
	raw   []byte
}

// find returns the mail that a request is about, or fault.NotFound where there is
// none that this person may read.
func (rm *room) find(r *http.Request) (v mailView, err error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return v, page.NotHere()
	}
	series, err := rm.Books.SeriesAll(r.Context())
	if err != nil {
		return v, err
	}
	if v.TrayMail, v.raw, err = rm.Books.TrayMail(r.Context(), id); err != nil {
		return v, err
	}
	if !MayRead(page.Person(r), v.TrayMail, series) {
		return mailView{}, page.NotHere()
	}
	v.Masthead = masthead(series, v.Series)
	if v.Partly || len(v.raw) == 0 {
		return v, nil
	}
	in, err := mailer.ReadIncoming(v.raw)
	v.Files = in.Files
	return v, err
}

func (rm *room) mail(w http.ResponseWriter, r *http.Request) {
	v, err := rm.find(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "mail", page.Page{Room: "desk", Data: v})
}

// dismiss takes a mail out of the tray.
func (rm *room) dismiss(w http.ResponseWriter, r *http.Request) {
	_, broken := rm.ReadForm(w, r)
	v, err := rm.find(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	d, err := rm.dismissal(r)
	if broken != nil {
		err = broken
	}
	if err == nil {
		err = rm.Books.DismissMail(r.Context(), v.ID, d)
	}
	if err != nil {
		v.Why = d.Why
		rm.pages.Refuse(w, r, "mail", page.Page{Room: "desk", Data: v}, err)
		return
	}
	page.See(w, r, "/tray")
}

func (rm *room) eml(w http.ResponseWriter, r *http.Request) {
	v, err := rm.find(r)
	if err == nil && len(v.raw) == 0 {
		err = page.NotHere()
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.Send(w, workflow.File{Name: v.ID.String() + ".eml", Type: "message/rfc822", Data: v.raw}, "attachment")
}

// file answers with a file for saving. What a stranger calls its type is not
// repeated: a browser might open it.
func (rm *room) file(w http.ResponseWriter, r *http.Request) {
	v, err := rm.find(r)
	n, bad := strconv.Atoi(r.PathValue("n"))
	if err == nil && (bad != nil || n < 0 || n >= len(v.Files)) {
		err = page.NotHere()
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	name := v.Files[n].Name
	if name == "" {
		name = v.ID.String() + "-" + strconv.Itoa(n)
	}
	page.Send(w, workflow.File{Name: name, Type: "application/octet-stream", Data: v.Files[n].Data}, "attachment")
}

// About is the issue that the mail is about, "" if that is not known.
func (v mailView) About() string {
	if v.Issue == uuid.Nil {
		return ""
	}
	return v.Issue.String()
}
