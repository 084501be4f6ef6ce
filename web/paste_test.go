package web

import (
	"net/http"
	"testing"

	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

func TestAPieceOfAPageIsPasted(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	paste := func(html string) []workflow.File {
		return []workflow.File{{Name: "paste.html", Data: []byte(html)}}
	}
	is(t, v.send("/paste", paste(`<p><b>会议召开。</b>7<span>月</span>2日。</p><table><tr><td>甲县</td><td>12</td></tr></table>`)),
		http.StatusOK, "**会议召开。**7月2日。", "| 甲县 | 12 |")
	w := v.send("/paste", paste(`<p>秘密★1年</p><p>科技简报</p><p>第8期</p><p>不能留下的话。</p>`))
	is(t, w, fault.Status(fault.Refused), "非涉密系统")
	lacks(t, w, "不能留下的话")
	is(t, v.send("/paste", nil, "text", "a"), fault.Status(fault.Invalid), page.ChooseFile.ZH)
	is(t, visit(t, o).send("/paste", paste("<p>甲</p>")), http.StatusSeeOther)
	is(t, v.get("/static/paste.js"), http.StatusOK)
	is(t, v.get("/issues/new"), http.StatusOK, `src="/static/paste.js"`, `data-paste="pasted"`)
	if o.changes != 0 || len(o.source.Data) != 0 {
		t.Error("something was kept")
	}
}
