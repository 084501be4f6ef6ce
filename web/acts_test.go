package web

import (
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/workflow"

	"jianbao/web/page"
)

// The rooms below are what the pages ask for.
var (
	_ Desk   = (*workflow.Desk)(nil)
	_ SignIn = accounts.Desk{}
)

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func TestOpenAnIssue(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	w := v.post("/issues", "series", ourSeries.String(), "text", "一\r\n二")
	is(t, w, http.StatusSeeOther)
	if o.text != "一\n二" || w.Header().Get("Location") != here {
		t.Errorf("got %q, %s", o.text, w.Header().Get("Location"))
	}
	o.err = noGood
	is(t, v.post("/issues", "series", ourSeries.String(), "text", "留下的字"), http.StatusUnprocessableEntity, "留下的字", "甲", "乙", "丙", "selected")
}

func TestSaveSettleAct(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	is(t, v.post(here+"/text", "version", "3", "text", "新"), http.StatusSeeOther)
	if o.text != "新" || o.order.Version != 3 {
		t.Errorf("got %q at %d", o.text, o.order.Version)
	}
	is(t, v.post(here+"/problems", "version", "3", "code", "seam-overlap", "line", "7", "choice", "drop"), http.StatusSeeOther)
	if len(o.settled) != 4 || o.settled[1] != "seam-overlap" || o.settled[2] != 7 || o.settled[3] != "drop" {
		t.Errorf("got %v", o.settled)
	}
	is(t, v.post(here+"/acts", "version", "3", "act", "register", "note", " 可 ", "keep-date", "yes", "unexplained", "多印", "at", "2025-07-16T09:30"), http.StatusSeeOther)
	at := time.Date(2025, 7, 16, 1, 30, 0, 0, time.UTC) // 09:30 in China
	if got := o.order; got.Act != workflow.Register || got.Note != "可" || !got.KeepDate || got.Unexplained != "多印" || !got.At.Equal(at) {
		t.Errorf("got %+v", got)
	}
	is(t, v.post(here+"/acts", "version", "3", "act", "schedule", "at", ""), http.StatusSeeOther)
	if !o.order.At.IsZero() {
		t.Errorf("empty is now, got %s", o.order.At)
	}
}

func TestRefusalsKeepWhatWasTyped(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	o.err = noGood
	is(t, v.post(here+"/acts", "version", "3", "act", "withdraw", "note", "我写的"), http.StatusUnprocessableEntity, "甲", "乙", "丙", "我写的", `value="withdraw"`)
	is(t, v.post(here+"/problems", "version", "3", "code", "x", "line", "7", "choice", "y"), http.StatusUnprocessableEntity, "甲", "乙", "丙")
	w := v.post(here+"/text", "version", "2", "text", "我改的正文")
	is(t, w, http.StatusUnprocessableEntity, "我改的正文", "丙", `name="version" value="2"`)
	lacks(t, w, "theirs")
	o.err = nil
	is(t, v.post(here+"/acts", "version", "3", "act", "schedule", "at", "tomorrow"), http.StatusUnprocessableEntity, "tomorrow")
	is(t, v.post(here+"/acts", "act", "submit"), http.StatusUnprocessableEntity, page.BadForm.ZH)
	is(t, v.post(here+"/problems", "version", "3", "line", "x"), http.StatusUnprocessableEntity, page.BadForm.ZH)
	if o.changes != 0 {
		t.Error("something was done")
	}
	is(t, v.get(here+"/acts"), http.StatusSeeOther)
}
