package remarks

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/remarks"
)

// mostMails is how many mails are looked through for the tray.
const mostMails = 300

// A trayView is the mails that may be remarks.
type trayView struct {
	Mails []mailLine
	// Typed is the reason of a form that was refused, and At the mail it was for.
	Typed string
	At    uuid.UUID
}

// A mailLine is a mail and what it seems to be.
type mailLine struct {
	remarks.Mail
	Of     string // the issue that it is about, or ""
	Read   remarks.Writing
	Issues []workflow.Summary // to choose from where nobody can tell
}

func (rm *room) tray(w http.ResponseWriter, r *http.Request) {
	view, err := rm.trayView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "tray", page.Page{Room: "remarks", Data: view})
}

func (rm *room) trayView(r *http.Request) (view trayView, err error) {
	mine, err := rm.desks(r)
	if err != nil {
		return view, err
	}
	if len(mine) == 0 {
		return view, page.NotHere()
	}
	mails, err := rm.mails(r)
	if err != nil {
		return view, err
	}
	out, err := rm.Reads.Summaries(r.Context(), mine, mostIssues)
	if err != nil {
		return view, err
	}
	for _, m := range mails {
		line := mailLine{Mail: m, Read: remarks.Read(m.Words, m.At.In(page.Zone()), bulletin.Document{})}
		for _, i := range out {
			switch {
			case i.ID == m.Issue:
				line.Of = workflow.IssueName(workflow.Series{Masthead: i.Masthead}, i.Number.No).In(page.Lang(r))
			case m.Issue == uuid.Nil && i.Number.No > 0 && (m.Series == uuid.Nil || m.Series == i.Series) && len(line.Issues) < 60:
				line.Issues = append(line.Issues, i)
			}
		}
		view.Mails = append(view.Mails, line)
	}
	return view, nil
}

// desks are the series in which somebody may enter remarks.
func (rm *room) desks(r *http.Request) (mine []uuid.UUID, err error) {
	all, err := rm.Reads.SeriesAll(r.Context())
	for _, s := range all {
		if remarks.MayEnter(page.Actor(r), s.ID) {
			mine = append(mine, s.ID)
		}
	}
	return mine, err
}

// mails are the mails of the tray that somebody may read.
func (rm *room) mails(r *http.Request) (mine []remarks.Mail, err error) {
	all, err := rm.Books.RemarkMails(r.Context(), remarks.LooksLike, mostMails)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	may, err := rm.mayRead(r)
	for _, m := range all {
		if may(m) {
			mine = append(mine, m)
		}
	}
	return mine, err
}

// mayRead returns whether somebody may read a mail: who is at the desk of the
// series that it is about, and where nobody can tell which that is, of all.
func (rm *room) mayRead(r *http.Request) (func(remarks.Mail) bool, error) {
	all, err := rm.Reads.SeriesAll(r.Context())
	everywhere := len(all) > 0
	for _, s := range all {
		everywhere = everywhere && remarks.MayEnter(page.Actor(r), s.ID)
	}
	return func(m remarks.Mail) bool {
		if m.Series == uuid.Nil {
			return everywhere
		}
		return remarks.MayEnter(page.Actor(r), m.Series)
	}, err
}

// readable returns a mail of the tray, or fault.NotFound where there is none that
// this person may read.
func (rm *room) readable(r *http.Request, id string) (m remarks.Mail, raw []byte, err error) {
	mail, err := uuid.Parse(id)
	if err != nil {
		return m, nil, page.NotHere()
	}
	if m, raw, err = rm.Books.RemarkMail(r.Context(), mail); err != nil {
		return m, nil, err
	}
	may, err := rm.mayRead(r)
	if err == nil && !may(m) {
		return remarks.Mail{}, nil, page.NotHere()
	}
	return m, raw, err
}

// mail answers with the mail as it came in, for whoever must see what is attached
// to it.
func (rm *room) mail(w http.ResponseWriter, r *http.Request) {
	m, raw, err := rm.readable(r, r.PathValue("id"))
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.Send(w, workflow.File{Name: m.ID.String() + ".eml", Type: "message/rfc822", Data: raw}, "attachment")
}

// enterMail leads to the form of the issue that was chosen for a mail.
func (rm *room) enterMail(w http.ResponseWriter, r *http.Request) {
	m, _, err := rm.readable(r, r.PathValue("id"))
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	issue, err := uuid.Parse(r.URL.Query().Get("issue"))
	if err != nil {
		page.See(w, r, "/remark-mails")
		return
	}
	page.See(w, r, "/issues/"+issue.String()+"/remarks/new?mail="+m.ID.String())
}

// dismiss takes a mail out of the tray that is no remark.
func (rm *room) dismiss(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	m, _, broken := rm.readable(r, r.PathValue("id"))
	if broken != nil {
		rm.Fail(w, r, broken)
		return
	}
	why := strings.TrimSpace(r.PostForm.Get("why"))
	if err == nil && why == "" {
		err = fault.New(fault.Invalid, sayWhy.With())
	}
	if err == nil {
		err = rm.Books.DismissMail(r.Context(), m.ID, workflow.Dismissal{By: page.Person(r).Name, Why: why, At: rm.Now()})
	}
	if err == nil {
		page.See(w, r, "/remark-mails")
		return
	}
	view, broken := rm.trayView(r)
	if broken != nil {
		rm.Fail(w, r, broken)
		return
	}
	view.Typed, view.At = why, m.ID
	rm.pages.Refuse(w, r, "tray", page.Page{Room: "remarks", Data: view}, err)
}
