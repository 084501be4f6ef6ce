package web

import (
	"net/http"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// The words of the page. Templates find them by key.
var (
	_ = fault.Say("web.ticket", "请您审签", "Your decision")
	_ = fault.Say("web.ticket-as", "以%s的名义办理，只能办理一次。", "You decide as %s, and once.")
	_ = fault.Say("web.ticket-files", "附件和图片登录后才能打开。", "Sign in to open attachments and pictures.")
	_ = fault.Say("web.ticket-done", "已办理，谢谢。", "Your decision is recorded, thank you.")
)

// An answerView is the page of a ticket. Its methods are those by which the
// template of a document asks.
type answerView struct {
	workflow.Asked
	// Open says that it can be used; Done, that it was. Otherwise Why says what
	// there is to do.
	Open, Done bool
	Why        fault.Reason
	Note       string // as typed, where the answer was refused
}

// Shown returns "": a ticket opens the text and no file.
func (answerView) Shown(*bulletin.Picture) string { return "" }

// Marked marks the leaders of the series, as the page of the issue does.
func (v answerView) Marked(text string) []markedSpan { return markerOf(v.Series.Leaders).in(text) }

// unlisted keeps a page whose address is a secret out of the indexes of search
// engines, and its address from what is opened next. Browsers on plain HTTP tell
// where a form comes from by its Origin alone, and send none under no-referrer:
// there the policy stays that of all pages, which tells no other site anything.
func (s *server) unlisted(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Robots-Tag", "noindex, nofollow, noarchive")
		if s.Secure {
			w.Header().Set("Referrer-Policy", "no-referrer")
		}
		next(w, r)
	}
}

// ticket shows what there is to decide. Whoever only follows links, as mail
// scanners do, decides nothing: that takes a button.
func (s *server) ticket(w http.ResponseWriter, r *http.Request) {
	view, err := s.answerView(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	s.pages.Show(w, r, http.StatusOK, "answer", page.Page{Data: view})
}

func (s *server) answerView(r *http.Request) (answerView, error) {
	if s.Answers == nil {
		return answerView{}, page.NotHere()
	}
	asked, err := s.Answers.Ask(r.Context(), r.PathValue("token"))
	view := answerView{Asked: asked, Open: err == nil, Done: !asked.Ticket.Used.IsZero()}
	if fault.Is(err, fault.Blocked) {
		view.Why, err = fault.Shown(err).Message, nil
	}
	return view, err
}

// answer approves, or returns.
func (s *server) answer(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.kit.Fail(w, r, page.Unreadable(err))
		return
	}
	view, err := s.answerView(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	if !view.Open { // it was used, or the issue went on; the page says so
		s.pages.Show(w, r, http.StatusOK, "answer", page.Page{Data: view})
		return
	}
	note := strings.TrimSpace(plainLines(r.PostForm.Get("note")))
	_, err = s.Answers.Answer(r.Context(), r.PathValue("token"), workflow.Act(r.PostForm.Get("act")), note)
	if err == nil {
		page.See(w, r, r.URL.Path)
		return
	}
	if now, again := s.answerView(r); again == nil { // another press may have been first
		view = now
	}
	view.Note = note
	s.pages.Refuse(w, r, "answer", page.Page{Data: view}, err)
}
