package web

import (
	"net/http"
	"testing"

	"github.com/google/uuid"

	"jianbao/workflow"
)

func TestCommentsOnPlacesOfTheText(t *testing.T) {
	o := newOffice()
	open := uuid.New()
	o.comments = []workflow.Comment{{ID: open, Line: 2, Quote: hostile, Words: hostile, ByName: "乔栋", At: noon},
		{ID: uuid.New(), Line: 3, Words: "旧事", ByName: "王", At: noon, Settled: noon, SettledName: "李"}}
	v := inOffice(t, o)
	w := v.get(here)
	is(t, w, 200, "乔栋", "&lt;script&gt;", here+"/comments/"+open.String(), "李已处理")
	is(t, v.post(here+"/comments", "version", "3", "line", "2", "quote", "会议", "words", "日期请核"), http.StatusSeeOther)
	if c := o.comments[2]; c.Version != 3 || c.Line != 2 || c.Quote != "会议" || c.Words != "日期请核" {
		t.Errorf("commented %+v", c)
	}
	is(t, v.post(here+"/comments", "version", "3", "line", "某行", "words", "写好的批注"), 422, "某行", "写好的批注")
	is(t, v.post(here+"/comments/"+open.String()), http.StatusSeeOther)
	if o.ended != open {
		t.Errorf("settled %s", o.ended)
	}
	o.err = noGood
	is(t, v.post(here+"/comments", "version", "3", "line", "2", "words", "写好的批注"), 422, "甲", "写好的批注")
	is(t, v.post(here+"/comments/"+open.String()), 422, "甲")
	is(t, v.post(here+"/comments/x"), 404)
	is(t, v.post("/issues/"+theirIssue.String()+"/comments/"+open.String()), 404)
}
