package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"

	"jianbao/web/page"
)

// commentTyped is a comment as it was typed.
type commentTyped struct{ Line, Quote, Words string }

// comment takes what somebody says of a place in the text.
func (s *server) comment(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	field := func(name string) string { return strings.TrimSpace(plainLines(r.PostForm.Get(name))) }
	typed := commentTyped{Line: field("line"), Quote: field("quote"), Words: field("words")}
	line, err := strconv.Atoi(typed.Line)
	if err != nil {
		err = fault.New(fault.Invalid, page.BadNumber.With(typed.Line))
	} else {
		_, err = s.Deputies.Comment(r.Context(), page.Actor(r), q.issue.ID, q.version, line, typed.Quote, typed.Words)
	}
	if err != nil {
		if fault.Is(err, fault.Refused) {
			typed = commentTyped{} // classified words are not even shown again
		}
		s.again(w, r, attempt{comment: typed, err: err})
		return
	}
	page.See(w, r, "/issues/"+q.issue.ID.String()+"#comments")
}

// settleComment marks a comment as settled.
func (s *server) settleComment(w http.ResponseWriter, r *http.Request) {
	issue, _, err := s.find(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	id, err := uuid.Parse(r.PathValue("comment"))
	if err != nil {
		s.kit.Nothing(w, r)
		return
	}
	if _, err = s.Deputies.SettleComment(r.Context(), page.Actor(r), issue.ID, id); err != nil {
		s.again(w, r, attempt{err: err})
		return
	}
	page.See(w, r, "/issues/"+issue.ID.String()+"#comments")
}
