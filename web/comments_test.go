package web

import (
	"net/http"
	"strings"
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
	is(t, v.post(here+"/comments/"+open.String(), "from", "edit"), http.StatusSeeOther)
	is(t, v.post(here+"/comments", "version", "3", "quote", "alert(1)", "words", "按原文找"), http.StatusSeeOther)
	if c := o.comments[3]; c.Line != 2 || c.Quote != "alert(1)" {
		t.Errorf("commented %+v", c)
	}
	is(t, v.post(here+"/comments", "version", "3", "words", "没有位置"), 422, commentNowhere.ZH, "没有位置")
	is(t, v.post(here+"/comments", "version", "3", "quote", "没有这几个字", "words", "找不到"), 422, "没有这几个字", "找不到")
	is(t, v.get(here), 200, `<option value="2">`)
	o.err = noGood
	is(t, v.post(here+"/comments", "version", "3", "line", "2", "words", "写好的批注"), 422, "甲", "写好的批注")
	is(t, v.post(here+"/comments/"+open.String()), 422, "甲")
	is(t, v.post(here+"/comments/x"), 404)
	is(t, v.post("/issues/"+theirIssue.String()+"/comments/"+open.String()), 404)
}

// Words that run over the end of a line mean the line on which they begin; what is
// too short to tell is not guessed.
func TestMarkedWordsFindTheirLine(t *testing.T) {
	text := "鄂尔多斯科技简报\n\n会议强调科技创新的重要\n意义在于应用"
	for marked, want := range map[string]int{"科技简报": 1, "会议强调科技创新的重要意义在于应用": 3, "应用": 4, "重要意义": 0, "一二三四五六七": 0} {
		if line, quote, err := (commentTyped{Quote: marked}).place(text); line != want || (err == nil) != (want > 0) || !strings.HasPrefix(marked, quote) {
			t.Errorf("%s: line %d, %q, %v", marked, line, quote, err)
		}
	}
}

// The editor has the comments beside the text, where their words stand by now.
func TestTheEditorSeesWhatIsOpen(t *testing.T) {
	o := newOffice()
	o.comments = []workflow.Comment{{ID: uuid.New(), Line: 1, Quote: "动态", Words: "改一改", ByName: "乔栋", At: noon},
		{ID: uuid.New(), Line: 900, Words: "末行", ByName: "乔栋", At: noon}, {ID: uuid.New(), Line: 1, Words: "旧事", At: noon, Settled: noon}}
	w := inOffice(t, o).post(here+"/proof", "text", "鄂尔多斯科技简报\n第1期\n【动态】\n会议召开。\n")
	is(t, w, 200, "改一改", `data-line="3"`, "末行", `data-line="5"`, `name="from" value="edit"`)
	lacks(t, w, "旧事")
}
