package web

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/web/page"
	"jianbao/workflow"
)

func TestTheEditorStandsBesideThePages(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	is(t, v.get(here+"/edit"), 200, `src="/static/follow.js"`, `data-from="`+here+`/proof"`, `name="version" value="3"`)
	w := v.post(here+"/proof", "text", strings.Replace(plainIssue, "科技简报", "新简报", 1))
	is(t, w, 200, "<svg", `aria-label="第1页，共1页"`, "新简报")
	lacks(t, v.post(here+"/proof", "text", plainIssue, "only", "pages"), `class="margin"`)
	if o.changes != 0 || o.checks != 1 {
		t.Errorf("looking changed something, or checked %d times", o.checks)
	}
	w = v.post(here+"/proof", "text", "机密★1年\n鄂尔多斯科技简报\n第1期\n")
	is(t, w, 200, `role="alert"`, "非涉密")
	lacks(t, w, "<svg")
	is(t, v.post("/issues/"+theirIssue.String()+"/proof", "text", "一"), 404, page.NotFound.ZH)
	scripts, err := filepath.Glob("static/*.js")
	if err != nil || len(scripts) < 8 {
		t.Errorf("the scripts are %v, %v", scripts, err)
	}
	for _, name := range scripts {
		if w := v.get("/" + name); w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/javascript") {
			t.Errorf("%s: %d %s", name, w.Code, w.Header())
		}
	}
	is(t, v.get("/static/htmx.LICENSE"), 404) // it is for whoever reads the source
}

func TestWhatIsTypedIsSavedByItself(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	v.headers["X-Autosave"] = "1"
	w := v.post(here+"/text", "version", "3", "text", "打到一半")
	is(t, w, 200, "3\n")
	if o.text != "打到一半" {
		t.Errorf("saved %q", o.text)
	}
	o.err = noGood
	w = v.post(here+"/text", "version", "3", "text", "打到一半")
	is(t, w, 422)
	lacks(t, w, "<html")
}

func TestAClickInTheMarginKeepsWhatWasTyped(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	typed := "鄂尔多斯科技简报\n第8期\n鄂尔多斯市科学技术局\n2021年7月15日\n【动态】\n会议召开。7 月 15 日开会 。\n"
	rules := repairsOf(typed, workflow.Series{})
	if len(rules) == 0 {
		t.Fatal("nothing to repair")
	}
	is(t, v.post(here+"/text", "version", "3", "from", "edit", "text", typed, "rule", string(rules[0].Rule)), http.StatusSeeOther)
	if o.text == typed || !strings.Contains(o.text, "会议召开") {
		t.Errorf("saved %q", o.text)
	}
	is(t, v.post(here+"/text", "version", "3", "from", "edit", "text", typed, "settle", "no:1:such"), 422, "会议召开", `id="editor"`)
	is(t, v.post(here+"/text", "version", "3", "from", "edit", "text", typed, "settle", "no"), 422, "会议召开")
}
