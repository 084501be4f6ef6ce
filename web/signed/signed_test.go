package signed

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
)

var (
	series = uuid.MustParse("00000000-0000-4000-8000-000000000001")
	issue  = uuid.MustParse("00000000-0000-4000-8000-000000000002")
	noon   = time.Date(2025, 7, 15, 4, 0, 0, 0, time.UTC)
)

const here = "/issues/00000000-0000-4000-8000-000000000002"

// An office has one issue, which was signed off or waits for it; err is what
// its desk answers, and what it was asked to do is kept.
type office struct {
	issue   workflow.Issue
	may     []workflow.Option
	staff   workflow.Staff
	err     error
	rewrite workflow.Rewrite
	paper   workflow.PaperSignature
	note    string
	version int
}

func (o *office) Amend(_ context.Context, _ workflow.Actor, _ uuid.UUID, version int, r workflow.Rewrite) (workflow.Issue, error) {
	o.version, o.rewrite = version, r
	return o.issue, o.err
}

func (o *office) Record(_ context.Context, _ workflow.Actor, _ uuid.UUID, version int, paper workflow.PaperSignature, note string) (workflow.Issue, error) {
	o.version, o.paper, o.note = version, paper, note
	return o.issue, o.err
}

func (o *office) Options(context.Context, workflow.Actor, uuid.UUID) ([]workflow.Option, error) {
	return o.may, nil
}

func (o *office) Issue(_ context.Context, id uuid.UUID) (workflow.Issue, error) {
	if id != o.issue.ID {
		return workflow.Issue{}, page.NotHere()
	}
	return o.issue, nil
}

func (o *office) Series(context.Context, uuid.UUID) (workflow.Series, error) {
	return workflow.Series{ID: series, Masthead: "鄂尔多斯科技简报"}, nil
}

func (o *office) Staff(context.Context, uuid.UUID, []uuid.UUID) (workflow.Staff, error) {
	return o.staff, nil
}

func holding(name string, role accounts.Role) accounts.Person {
	return accounts.Person{ID: uuid.New(), Name: name, Active: true, Grants: []accounts.Grant{{Series: series, Role: role}}}
}

func visit(t *testing.T) (*office, *pagetest.Visitor) {
	t.Helper()
	clerk := holding("收发员", accounts.Clerk)
	o := &office{
		issue: workflow.Issue{ID: issue, Series: series, State: workflow.Review, Step: 1, Round: 1, Route: workflow.DefaultRoute(), Version: 3,
			Text: "现在的正文", Attachments: []workflow.Attachment{{Name: "一.pdf"}, {Name: "二.pdf"}}},
		may:   []workflow.Option{{Act: workflow.Amend, Allowed: true}, {Act: workflow.Record, Allowed: true}},
		staff: workflow.Staff{People: []accounts.Person{holding("乔栋", accounts.Reviewer), clerk, holding("读者", accounts.Reader)}},
	}
	return o, pagetest.Visit(t, Room(Config{Desk: o, Reads: o}), clerk, noon)
}

// send sends a form with files.
func send(t *testing.T, v *pagetest.Visitor, address string, names []string, fields ...string) pagetest.Answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for n := 0; n < len(fields); n += 2 {
		_ = form.WriteField(fields[n], fields[n+1])
	}
	for _, name := range names {
		w, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte("%PDF-"))
	}
	_ = form.Close()
	r := httptest.NewRequest(http.MethodPost, address, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return v.Do(r)
}

func is(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	for _, word := range words {
		if !strings.Contains(a.Body, word) {
			t.Errorf("%q is not on the page", word)
		}
	}
}

func TestAChangeAfterTheSignOff(t *testing.T) {
	o, v := visit(t)
	is(t, v.Get(here+"/amend"), http.StatusOK, "现在的正文", `value="一.pdf"`, `name="version" value="3"`, "签发后改动")
	a := send(t, v, here+"/amend", []string{"一.pdf"}, "version", "3", "text", "改过的\r\n正文", "drop", "一.pdf")
	is(t, a, http.StatusSeeOther)
	if o.version != 3 || o.rewrite.Text != "改过的\n正文" || len(o.rewrite.Drop) != 1 || len(o.rewrite.Add) != 1 || a.Location != here {
		t.Errorf("%d %+v to %s", o.version, o.rewrite, a.Location)
	}
}

// Two people at once: nothing that was typed is lost, and theirs stands beside.
func TestAnOvertakenChangeIsShownBesideTheirs(t *testing.T) {
	o, v := visit(t)
	o.err = fault.New(fault.Conflict, page.BadTime.With("旧版"))
	o.may = nil // meanwhile it may not be changed any more
	a := send(t, v, here+"/amend", []string{"三.pdf"}, "version", "2", "text", "我改的正文", "drop", "二.pdf")
	is(t, a, http.StatusConflict, "我改的正文", `id="theirs"`, "现在的正文", `name="version" value="3"`, "三.pdf", `value="二.pdf" checked`)
	o.err = fault.New(fault.Blocked, page.BadTime.With("甲"))
	a = send(t, v, here+"/amend", nil, "version", "2", "text", "我改的正文")
	is(t, a, http.StatusUnprocessableEntity, "我改的正文", `name="version" value="2"`)
	if strings.Contains(a.Body, `id="theirs"`) {
		t.Error("nobody was first")
	}
	o.err = fault.New(fault.Refused, page.BadTime.With("密"))
	if a = send(t, v, here+"/amend", nil, "version", "3", "text", "机密★某事"); strings.Contains(a.Body, "某事") {
		t.Error("classified text is shown again")
	}
}

func TestASignOffOnPaper(t *testing.T) {
	o, v := visit(t)
	page := v.Get(here + "/record")
	is(t, page, http.StatusOK, "乔栋", "圈阅", "审核", `max="2025-07-15"`)
	if strings.Contains(page.Body, "读者</option>") || strings.Contains(page.Body, "收发员</option>") {
		t.Error("who cannot sign is offered")
	}
	is(t, send(t, v, here+"/record", nil, "version", "3", "day", "昨天", "note", "我写的"), http.StatusUnprocessableEntity,
		"我写的", whoSigned.ZH, noKind.ZH, oneScan.ZH, "昨天")
	signer := o.staff.People[0].ID
	is(t, send(t, v, here+"/record", []string{"签.pdf"}, "version", "3", "person", signer.String(), "day", "2025-07-14", "consent", "circled", "note", " 同意 "), http.StatusSeeOther)
	if o.paper.Person != signer || o.paper.Consent != workflow.Circled || o.paper.Scan.Name != "签.pdf" || o.note != "同意" || o.paper.At.UTC().Day() != 14 {
		t.Errorf("%+v %q", o.paper, o.note)
	}
}

func TestWhoMayNotIsToldWhy(t *testing.T) {
	o, v := visit(t)
	o.may = []workflow.Option{{Act: workflow.Amend, Reasons: []fault.Reason{page.BadTime.With("子"), page.BadTime.With("丑")}}}
	for _, act := range []string{"/amend", "/record"} {
		a := v.Get(here + act)
		is(t, a, http.StatusOK, "现在不能办理")
		if strings.Contains(a.Body, "<textarea") {
			t.Errorf("%s has a form", act)
		}
	}
	is(t, v.Get(here+"/amend"), http.StatusOK, "子", "丑")
	v.Person = accounts.Person{ID: uuid.New(), Active: true}
	for _, act := range []string{"/amend", "/record"} {
		is(t, v.Get(here+act), http.StatusNotFound)
		is(t, v.Post(here+act, "version", "3", "text", "某某"), http.StatusNotFound)
		is(t, v.Get("/issues/x"+act), http.StatusNotFound)
	}
	if o.version != 0 {
		t.Error("something was done")
	}
}
