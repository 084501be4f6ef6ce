package api

import (
	"strings"

	"github.com/google/uuid"

	"jianbao/seeds"
	"jianbao/workflow/remarks"
)

// remarks is the desk of remarks.
func (o *office) remarks() *remarks.Desk {
	return &remarks.Desk{Books: o.store, Issues: o.store, Texts: o.desk, Now: o.desk.Now, NewID: o.desk.NewID}
}

// remarksOn takes a leader's remark from its entry to the report.
func (c tester) remarksOn(path string) {
	c.t.Helper()
	words := map[string]any{"leader": "张三", "role": "市长", "text": "请市发改委研究，7月底前报我。", "date": "0000-07-15", "source": "keyed"}
	r := c.ask(seeds.ClerkLogin, "POST", path+"/remarks", words).is(201, `"state":"entered"`, `"date":"0000-07-15"`)
	var remark Remark
	r.into(&remark)
	here := "/remarks/" + remark.ID.String()
	do := func(login, act string, status int, words string, more ...any) {
		c.t.Helper()
		body := map[string]any{"act": act}
		for n := 0; n+1 < len(more); n += 2 {
			body[more[n].(string)] = more[n+1]
		}
		r := c.ask(login, "POST", here+"/acts", body, "If-Match", r.header.Get("ETag")).is(status, words)
		if status == 200 {
			r.into(&remark)
		}
	}
	tagged := func() { r = c.ask(seeds.ClerkLogin, "GET", here, nil).is(200, `"act":"enter"`) }
	c.ask(seeds.ClerkLogin, "GET", here, nil).is(200, `"options":["mend","void"]`)
	do(seeds.ClerkLogin, "check", 422, "核对")
	do(seeds.EditorLogin, "check", 200, `"state":"checked"`)
	do(seeds.EditorLogin, "close", 412, `"code":"conflict"`, "note", "无")
	tagged()
	do(seeds.ClerkLogin, "assign", 422, "市某某局", "units", []string{"市发改委", "市某某局"})
	do(seeds.ClerkLogin, "assign", 422, "body.due", "units", []string{"市发改委"}, "due", "7月")
	do(seeds.ClerkLogin, "assign", 200, `"due_words":"7月底前"`, "units", []string{"市发改委"})
	tagged()
	do(seeds.ClerkLogin, "reply", 200, `"state":"replied"`, "unit", remark.Slip.Units[0].ID, "note", "已办")
	tagged()
	do(seeds.ClerkLogin, "close", 200, `"outcome":"已落实"`, "note", "已落实")
	tagged()
	do(seeds.ClerkLogin, "report", 200, `"state":"reported"`, "note", "书面报告")
	series := "/series/" + seeds.SeriesID.String() + "/remarks"
	c.ask("admin", "GET", series, nil).is(200, `"leader":"张三"`)
	if r := c.ask("admin", "GET", series+"?open=true", nil).is(200); strings.Contains(string(r.body), "张三") {
		c.t.Errorf("what is reported is open: %s", r.body)
	}
	c.ask("admin", "GET", "/remarks/"+uuid.NewString(), nil).is(404)
	c.ask(seeds.EditorLogin, "POST", path+"/remarks", map[string]any{"leader": "张三", "text": "阅", "source": "scan"}).is(422, "扫描件")
	c.ask(seeds.ClerkLogin, "POST", here+"/acts", map[string]any{"act": "void"}).is(428, "If-Match")
}
