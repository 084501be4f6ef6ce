package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin/intake"
	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A ticketBox has one ticket, that of the token "good".
type ticketBox struct {
	asked workflow.Asked
	err   error // what Ask says of it
	said  []string
}

func (b *ticketBox) Ask(_ context.Context, token string) (workflow.Asked, error) {
	if token != "good" {
		return workflow.Asked{}, page.NotHere()
	}
	if b.err != nil {
		return workflow.Asked{Ticket: b.asked.Ticket}, b.err
	}
	return b.asked, nil
}

func (b *ticketBox) Answer(_ context.Context, _ string, act workflow.Act, note string) (workflow.Issue, error) {
	switch {
	case act != workflow.Approve && act != workflow.Return:
		return workflow.Issue{}, fault.New(fault.Invalid, page.BadTime.With("须按按钮"))
	case act == workflow.Return && note == "":
		return workflow.Issue{}, fault.New(fault.Blocked, page.BadTime.With("未退回"), page.BadTime.With("须写理由"))
	case strings.HasPrefix(note, "迟"): // another press was first
		b.asked.Ticket.Used, b.err = noon, fault.New(fault.Blocked, page.BadTime.With("已用过"))
		return workflow.Issue{}, b.err
	}
	b.said = append(b.said, string(act)+" "+note)
	b.asked.Ticket.Used, b.err = noon, fault.New(fault.Blocked, page.BadTime.With("已用过"))
	return b.asked.Issue, nil
}

// atTicket is somebody with no account who has a link.
func atTicket(t *testing.T, secure bool) (*visitor, *ticketBox) {
	t.Helper()
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.Attachments = []workflow.Attachment{{Name: "名单.xlsx"}}
	box := &ticketBox{asked: workflow.Asked{Person: o.person, Issue: issue, Series: o.series[ourSeries]}}
	return visitTickets(t, box, secure), box
}

// visitTickets is that person; nil answers are an office without such links.
func visitTickets(t *testing.T, answers Answers, secure bool) *visitor {
	t.Helper()
	o := newOffice()
	h, err := New(Config{
		Desk: o, Attachments: o, Registrar: o, Reads: o, Letters: o, Agenda: o, Deputies: o, Books: o, Names: o.naming(), NewID: uuid.New, Press: o, People: o, SignIn: o,
		Answers: answers, Intake: intake.Read, Sessions: o.sessions, Visits: &o.visits, Ready: func(context.Context) error { return nil }, Secure: secure,
		Now: func() time.Time { return noon }, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t: t, handler: h, cookies: map[string]string{}, headers: map[string]string{}}
}

func TestATicketDecidesByAButton(t *testing.T) {
	v, box := atTicket(t, false)
	for range 3 { // a scanner follows links and presses nothing
		w := v.get("/answer/good")
		is(t, w, http.StatusOK, "详情如下", "乔栋", "同意", "退回", "<textarea", "名单.xlsx", "登录后")
		lacks(t, w, hostile, "/files/")
		if body := w.Body.String(); strings.Index(body, "详情如下") > strings.Index(body, "<textarea") {
			t.Error("the text does not come first")
		}
	}
	v.do(httptest.NewRequest(http.MethodHead, "/answer/good", nil))
	is(t, v.get("/answer/bad"), http.StatusNotFound)
	is(t, v.post("/answer/bad", "act", "approve"), http.StatusNotFound)
	is(t, v.post("/answer/good", "note", "很好"), http.StatusUnprocessableEntity, "须按按钮", "很好")
	is(t, v.post("/answer/good", "act", "return", "note", " "), http.StatusUnprocessableEntity, "须写理由", "详情如下")
	if len(box.said) != 0 {
		t.Fatalf("decided without a button: %q", box.said)
	}
	w := v.post("/answer/good", "act", "return", "note", " 请核对\r\n人名 ")
	is(t, w, http.StatusSeeOther)
	if len(box.said) != 1 || box.said[0] != "return 请核对\n人名" || w.Header().Get("Location") != "/answer/good" {
		t.Errorf("%q %s", box.said, w.Header().Get("Location"))
	}
	for _, w := range []*httptest.ResponseRecorder{v.get("/answer/good"), v.post("/answer/good", "act", "approve")} {
		is(t, w, http.StatusOK, "已办理", "已用过")
		lacks(t, w, "<textarea", "详情如下")
	}
	if len(box.said) != 1 {
		t.Error("decided twice")
	}
}

func TestAPressThatCameSecond(t *testing.T) {
	v, _ := atTicket(t, false)
	w := v.post("/answer/good", "act", "approve", "note", "迟")
	is(t, w, fault.Status(fault.Blocked), "已用过")
	lacks(t, w, "<textarea")
}

func TestATicketThatEnded(t *testing.T) {
	v, box := atTicket(t, false)
	box.err = fault.New(fault.Blocked, page.BadTime.With("已失效"))
	w := v.get("/answer/good")
	is(t, w, http.StatusOK, "已失效")
	lacks(t, w, "<textarea", "已办理", "详情如下")
	is(t, v.post("/answer/good", "act", "approve"), http.StatusOK, "已失效")
	box.err = nil
	v.headers["Sec-Fetch-Site"] = "cross-site"
	is(t, v.post("/answer/good", "act", "approve"), http.StatusForbidden)
	if len(box.said) != 0 {
		t.Errorf("%q", box.said)
	}
}

func TestAnswersAreNotIndexed(t *testing.T) {
	for secure, referrer := range map[bool]string{true: "no-referrer", false: "same-origin"} {
		v, _ := atTicket(t, secure)
		for _, token := range []string{"good", "bad"} {
			h := v.get("/answer/" + token).Header()
			if !strings.HasPrefix(h.Get("X-Robots-Tag"), "noindex") || h.Get("Referrer-Policy") != referrer || h.Get("Cache-Control") != "no-store" {
				t.Errorf("%s, secure %t: %v", token, secure, h)
			}
		}
	}
}

func TestWithoutAnswersThereIsNoPage(t *testing.T) {
	is(t, visitTickets(t, nil, false).get("/answer/good"), http.StatusNotFound)
}
