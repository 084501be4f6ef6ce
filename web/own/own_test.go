package own

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/unitdoor"
)

var (
	now     = time.Date(2021, 7, 8, 1, 2, 3, 0, time.UTC)
	unit    = uuid.New()
	gone    = fault.Say("own.test-gone", "没有", "gone")
	release = uuid.New()
)

// A house lets in who says "t", and has the slip "s".
type house struct {
	unitdoor.Page
	links []unitdoor.Link
	ended string
}

func (h *house) Enter(_ context.Context, slip string) (string, error) {
	if slip != "s" {
		return "", fault.New(fault.NotFound, gone.With())
	}
	return "t", nil
}
func (h *house) Open(_ context.Context, token string) (unitdoor.Page, error) {
	if token != "t" {
		return unitdoor.Page{}, fault.New(fault.NotFound, gone.With())
	}
	return h.Page, nil
}
func (h *house) Read(ctx context.Context, token string, id uuid.UUID) (r unitdoor.Received, l unitdoor.Letter, err error) {
	if _, err = h.Open(ctx, token); err == nil && id != release {
		err = fault.New(fault.NotFound, gone.With())
	}
	return h.Received[0], unitdoor.Letter{Subject: "科技简报 第3期", Text: "宿迁<b>。", Files: []workflow.Attachment{{Name: "本期.pdf", SHA256: "abc", Size: 9}}}, err
}
func (h *house) File(ctx context.Context, token string, id uuid.UUID, sum string) (workflow.File, error) {
	_, l, err := h.Read(ctx, token, id)
	if err == nil && sum != l.Files[0].SHA256 {
		err = fault.New(fault.NotFound, gone.With())
	}
	return workflow.File{Name: "本期.pdf", Type: "application/pdf", Data: []byte("%PDF")}, err
}
func (h *house) Links(context.Context, uuid.UUID) ([]unitdoor.Link, error) { return h.links, nil }
func (h *house) Revoke(_ context.Context, actor workflow.Actor, _ uuid.UUID) (int, error) {
	if !actor.Person.Has(accounts.Clerk, uuid.Nil) {
		return 0, fault.New(fault.Forbidden, gone.With())
	}
	h.ended = actor.Name()
	return 1, nil
}
func (h *house) Units(context.Context) ([]recipients.Unit, error) {
	return []recipients.Unit{{ID: unit, Name: "市统计局"}}, nil
}

func newHouse() *house {
	sent := func(id uuid.UUID, no int, state workflow.State) unitdoor.Received {
		return unitdoor.Received{Dispatch: id, Purpose: workflow.Released, Sent: now, Issue: uuid.New(), Masthead: "科技简报", Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: no}, State: state, ByMail: true, Zone: page.Zone()}
	}
	h := &house{Page: unitdoor.Page{Link: unitdoor.Link{Unit: unit, Expires: now.Add(unitdoor.Span)}, Unit: "市统计局"}}
	h.Received = []unitdoor.Received{sent(release, 3, workflow.Corrected), sent(uuid.New(), 3, workflow.Dispatched), sent(uuid.New(), 4, workflow.Recalled), sent(uuid.New(), 5, workflow.Dispatched)}
	h.Received[0].Replaced, h.Received[1].Edition, h.Received[3].ByMail = h.Received[1].Issue, 2, false
	notice := sent(uuid.New(), 4, workflow.Recalled)
	notice.Purpose, notice.Issue, notice.Signed = workflow.Revoked, h.Received[2].Issue, true
	h.Received = append(h.Received, notice)
	return h
}

func TestAUnitsOwnPage(t *testing.T) {
	h := newHouse()
	v := pagetest.Visit(t, Outside(Config{h, h}), accounts.Person{}, now)
	if a := v.Get("/receipt/s/own"); a.Status != 303 || a.Location != "/own/t" {
		t.Errorf("%d to %s", a.Status, a.Location)
	}
	a := v.Get("/own/t")
	for _, words := range []string{"市统计局收到的简报", "2022-01-04", "/own/t/" + release.String(), "本期已有更正", "/own/t/" + h.Received[1].Dispatch.String() + `">查看更正`, "更正第2版",
		"已撤销，不再提供查阅", "/own/t/" + h.Received[4].Dispatch.String() + `">查看撤销通知`, "已签收", "纸质件"} {
		if a.Status != 200 || !strings.Contains(a.Body, words) {
			t.Errorf("%d, without %s", a.Status, words)
		}
	}
	for _, n := range []int{2, 3} { // recalled; on paper
		if strings.Contains(a.Body, "/own/t/"+h.Received[n].Dispatch.String()) {
			t.Errorf("line %d is offered to be read", n)
		}
	}
	for _, address := range []string{"/own/x", "/receipt/x/own", "/own/t/x", "/own/t/" + uuid.NewString(), "/own/x/" + release.String(), "/own/t/" + release.String() + "/files/x", "/own/t/x/files/abc"} {
		if a := v.Get(address); a.Status != 404 {
			t.Errorf("%s: %d", address, a.Status)
		}
	}
	h.Received = nil
	if a := v.Get("/own/t?lang=en"); !strings.Contains(a.Body, "Nothing has been sent") {
		t.Error("an empty list says nothing")
	}
}

func TestALetterIsReadAsItWasSent(t *testing.T) {
	h := newHouse()
	v := pagetest.Visit(t, Outside(Config{h, h}), accounts.Person{}, now)
	a := v.Get("/own/t/" + release.String())
	for _, words := range []string{"宿迁&lt;b&gt;。", "本期.pdf", "/own/t/" + release.String() + "/files/abc", "本期已有更正"} {
		if a.Status != 200 || !strings.Contains(a.Body, words) {
			t.Errorf("%d, without %s", a.Status, words)
		}
	}
	if a := v.Get("/own/t/" + release.String() + "/files/abc"); a.Status != 200 || a.Body != "%PDF" || !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") {
		t.Error(a.Status, a.Header)
	}
}

func TestLinksAreEndedByWhoKeepsTheDirectory(t *testing.T) {
	h := newHouse()
	h.links = []unitdoor.Link{{Made: now, Expires: now.Add(time.Hour)}, {Made: now, Expires: now.Add(time.Hour), Revoked: now, RevokedBy: "李文书"}}
	who := accounts.Person{ID: uuid.New(), Name: "甲", Active: true, Grants: []accounts.Grant{{Role: accounts.Editor}}}
	v := pagetest.Visit(t, Room(Config{h, h}), who, now)
	at := "/unit-links/" + unit.String()
	if a := v.Get(at); a.Status != 200 || !strings.Contains(a.Body, "李文书") || strings.Contains(a.Body, "停用全部链接") {
		t.Errorf("an editor: %d", a.Status)
	}
	if a := v.Post(at); a.Status != 403 || h.ended != "" {
		t.Errorf("an editor ends links: %d", a.Status)
	}
	v.Person.Grants[0].Role = accounts.Clerk
	if a := v.Get(at); !strings.Contains(a.Body, "停用全部链接") {
		t.Error("a clerk cannot end links")
	}
	if a := v.Post(at); a.Status != 303 || h.ended != "甲" {
		t.Errorf("%d, by %s", a.Status, h.ended)
	}
	h.links = nil
	if a := v.Get(at); !strings.Contains(a.Body, "还没有打开过自己的列表") {
		t.Error("an empty list of links says nothing")
	}
	for _, address := range []string{"/unit-links/x", "/unit-links/" + uuid.NewString()} {
		if a := v.Get(address); a.Status != 404 {
			t.Errorf("%s: %d", address, a.Status)
		}
	}
	v.Person.Grants = nil
	if a := v.Get(at); a.Status != 404 {
		t.Errorf("without a role: %d", a.Status)
	}
}
