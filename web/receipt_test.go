package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/recipients/receipts"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A slipBox has one slip, that of the token "good".
type slipBox struct {
	slip receipts.Slip
	said []receipts.Said
}

func (b *slipBox) Ask(_ context.Context, token string) (workflow.AskedReceipt, error) {
	if token != "good" {
		return workflow.AskedReceipt{}, page.NotHere()
	}
	return workflow.AskedReceipt{
		Slip: b.slip, Masthead: "鄂尔多斯科技简报" + hostile, Organ: "市科学技术局", Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 8}, Date: "2021-07-08",
	}, b.slip.May(noon)
}

func (b *slipBox) Sign(_ context.Context, token string, said receipts.Said) (receipts.Receipt, error) {
	r := b.slip.Receipt(unitB, said, noon)
	if err := r.Validate(); err != nil {
		return r, err
	}
	b.said, b.slip.Used = append(b.said, said), noon
	return r, nil
}

func atSlip(t *testing.T) (*visitor, *slipBox) {
	t.Helper()
	box := &slipBox{slip: receipts.Slip{Version: "d", Unit: unitA, Name: "市统计局", Means: receipts.ByLink, Copies: 2, Made: noon, Expires: noon.Add(time.Hour)}}
	return visitSlips(t, box), box
}

// visitSlips is somebody with no account; nil slips are an office without links.
func visitSlips(t *testing.T, slips Slips) *visitor {
	t.Helper()
	o := newOffice()
	h, err := New(Config{
		Desk: o, Attachments: o, Registrar: o, Reads: o, Letters: o, Agenda: o, Deputies: o, Books: o, Names: o.naming(), NewID: uuid.New, Press: o, People: o, SignIn: o,
		Slips: slips, Intake: intake.Read, Sessions: o.sessions, Visits: &o.visits, Ready: func(context.Context) error { return nil },
		Now: func() time.Time { return noon }, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t: t, handler: h, cookies: map[string]string{}, headers: map[string]string{}}
}

func TestAUnitAcknowledgesWithoutAnAccount(t *testing.T) {
	v, box := atSlip(t)
	for range 3 { // a scanner follows links and presses nothing
		w := v.get("/receipt/good")
		is(t, w, http.StatusOK, "市统计局", "2021年第8期", "确认签收", `value="2"`)
		lacks(t, w, hostile)
	}
	v.do(httptest.NewRequest(http.MethodHead, "/receipt/good", nil))
	if len(box.said) != 0 {
		t.Fatal("looking acknowledged it")
	}
	is(t, v.get("/receipt/bad"), http.StatusNotFound)
	is(t, v.post("/receipt/bad", "verdict", "received", "by", "张三"), http.StatusNotFound)
	is(t, v.post("/receipt/good", "verdict", "received", "copies", "2"), http.StatusUnprocessableEntity, "签收人姓名")
	is(t, v.post("/receipt/good", "verdict", "received", "by", "张三", "copies", "两"), http.StatusUnprocessableEntity, "两")
	is(t, v.post("/receipt/good", "verdict", "rejected", "by", "张三", "copies", "0"), http.StatusUnprocessableEntity, "理由", "张三")
	is(t, v.post("/receipt/good", "verdict", "received", "by", "张三", "copies", "1", "reason", "少一份"), http.StatusSeeOther)
	if want := (receipts.Said{Verdict: receipts.Received, By: "张三", Copies: 1, Reason: "少一份"}); len(box.said) != 1 || box.said[0] != want {
		t.Errorf("%+v", box.said)
	}
	w := v.get("/receipt/good")
	is(t, w, http.StatusOK, "已记录", "2025-07-15 12:00")
	lacks(t, w, "确认签收", "<textarea")
	w = v.post("/receipt/good", "verdict", "received", "by", "李四")
	is(t, w, http.StatusOK, "不必再签")
	if len(box.said) != 1 {
		t.Error("signed twice")
	}
}

func TestASlipThatEnded(t *testing.T) {
	v, box := atSlip(t)
	box.slip.Expires = noon
	w := v.get("/receipt/good")
	is(t, w, http.StatusOK, "失效", "已收到")
	lacks(t, w, "确认签收", "谢谢")
	v.headers["Sec-Fetch-Site"] = "cross-site"
	box.slip.Expires = noon.Add(time.Hour)
	is(t, v.post("/receipt/good", "verdict", "received", "by", "张三"), http.StatusForbidden)
}

func TestWithoutSlipsThereIsNoPage(t *testing.T) {
	is(t, visitSlips(t, nil).get("/receipt/good"), http.StatusNotFound)
}
