package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

var (
	commentNowhere  = fault.Say("web.comment-nowhere", "请选择批注的位置，或者填写原文中的几个字", "choose the place that the comment means, or give some words of it")
	commentNotFound = fault.Say("web.comment-not-found", "正文里没有“%s”", "the text does not have these words: %s")
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
	line, quote, err := typed.place(q.issue.Text)
	if err == nil {
		_, err = s.Deputies.Comment(r.Context(), page.Actor(r), q.issue.ID, q.version, line, quote, typed.Words)
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

// place is the line that a comment means, and the words of it that it quotes: the
// line that was chosen, or the first that has the words. What was marked with the
// mouse may run over the end of a line, and then begins on the one that is meant.
func (c commentTyped) place(text string) (line int, quote string, err error) {
	if c.Line != "" {
		if line, err = strconv.Atoi(c.Line); err != nil {
			return 0, "", fault.New(fault.Invalid, page.BadNumber.With(c.Line))
		}
		return line, c.Quote, nil
	}
	words := []rune(c.Quote)
	for n := len(words); n > 0 && (n == len(words) || n >= leastQuote); n-- {
		if line = lineWith(text, string(words[:n])); line > 0 {
			return line, string(words[:n]), nil
		}
	}
	if c.Quote == "" {
		return 0, "", fault.New(fault.Invalid, commentNowhere.With())
	}
	return 0, "", fault.New(fault.Invalid, commentNotFound.With(c.Quote))
}

// leastQuote is how many characters a part of the marked words must have to tell
// which line is meant.
const leastQuote = 6

// lineWith is the first line of a text that has some words, counted from 1, or 0.
func lineWith(text, words string) int {
	before, _, found := strings.Cut(text, words)
	if !found || strings.Contains(words, "\n") {
		return 0
	}
	return strings.Count(before, "\n") + 1
}

// A textLine is a line of the text to choose from, by how it begins.
type textLine struct {
	N     int
	Words string
}

// Lines are the lines of the text that have words.
func (v *issueView) Lines() (all []textLine) {
	n := 0
	for line := range strings.Lines(v.Issue.Text) {
		n++
		if words := page.Begin(strings.Join(strings.Fields(line), " ")); words != "" {
			all = append(all, textLine{n, words})
		}
	}
	return all
}

// openComments are the comments that somebody who writes has to see to, each with
// the line at which its words stand now.
func openComments(all []workflow.Comment, text string) (open []workflow.Comment) {
	last := strings.Count(text, "\n") + 1
	for _, c := range all {
		if !c.Open() {
			continue
		}
		if now := lineWith(text, c.Quote); c.Quote != "" && now > 0 {
			c.Line = now
		}
		c.Line = min(c.Line, last)
		open = append(open, c)
	}
	return open
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
	if r.PostFormValue("from") == "edit" {
		page.See(w, r, "/issues/"+issue.ID.String()+"/edit")
		return
	}
	page.See(w, r, "/issues/"+issue.ID.String()+"#comments")
}
