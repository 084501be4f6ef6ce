package web

import (
	"net/http"
	"testing"

	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// overtaken is an office in which somebody else saved while a text was typed
// that came from version 2.
func overtaken(t *testing.T) (*office, *visitor) {
	t.Helper()
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.Text = "报头\n他改的\n同\n尾改"
	o.issues[ourIssue] = issue
	o.texts = []workflow.TextVersion{{Version: 1, Text: "报头\n原文\n同\n尾"}, {Version: 3, Text: issue.Text, ByName: "陈玉宝"}}
	return o, inOffice(t, o)
}

const mineOf2 = "报头改\n我改的\n同\n尾"

func TestTwoTextsStandBesideEachOther(t *testing.T) {
	o, v := overtaken(t)
	o.err = fault.New(fault.Conflict, page.BadTime.With("旧版"))
	o.options = nil // meanwhile it may not be edited any more
	w := v.post(here+"/text", "version", "2", "from", "edit", "text", mineOf2)
	lacks(t, w, `role="alert"`, "请重新打开") // nothing failed: it says what to do
	is(t, w, http.StatusConflict,
		"陈玉宝", `name="version" value="3"`, `name="base" value="2"`, "<ins>", "两边都改过的有1处", `name="from" value="edit"`, mineOf2)
}

func TestTwoTextsBecomeOneByChoosing(t *testing.T) {
	o, v := overtaken(t)
	form := []string{"version", "3", "base", "2", "from", "edit", "mine", mineOf2}
	is(t, v.post(here+"/merge", form...), http.StatusUnprocessableEntity, "第1处", "我改的")
	is(t, v.post(here+"/merge", append(form, "place-1", "elsewhere")...), http.StatusUnprocessableEntity, page.BadForm.ZH)
	if o.changes != 0 {
		t.Fatal("something was saved")
	}
	w := v.post(here+"/merge", append(form, "place-1", "both")...)
	is(t, w, http.StatusSeeOther)
	if want := "报头改\n我改的\n报头\n他改的\n同\n尾改"; o.text != want || w.Header().Get("Location") != here+"/edit?saved=3" {
		t.Errorf("saved %q, led to %s", o.text, w.Header().Get("Location"))
	}
}

func TestWhoIsOvertakenWhileChoosingChoosesAgain(t *testing.T) {
	o, v := overtaken(t)
	is(t, v.post(here+"/merge", "version", "2", "base", "1", "mine", mineOf2, "place-1", "mine"), http.StatusConflict, overtakenAgain.ZH, `value="mine" required checked`)
	is(t, v.post(here+"/merge", "version", "3", "base", "x", "mine", mineOf2), http.StatusUnprocessableEntity, page.BadForm.ZH)
	is(t, v.post("/issues/"+theirIssue.String()+"/merge", "version", "3", "base", "2", "mine", mineOf2), http.StatusNotFound)
	if o.changes != 0 {
		t.Error("something was saved")
	}
}

// Who attaches a file while another types overtakes nobody.
func TestAnotherChangeOvertakesNoText(t *testing.T) {
	o, v := overtaken(t)
	o.texts = o.texts[:1]
	issue := o.issues[ourIssue]
	issue.Text = o.texts[0].Text
	o.issues[ourIssue] = issue
	o.stale = true
	is(t, v.post(here+"/text", "version", "2", "from", "edit", "text", mineOf2), http.StatusSeeOther)
	if o.text != mineOf2 {
		t.Errorf("saved %q", o.text)
	}
}
