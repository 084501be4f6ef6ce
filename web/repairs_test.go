package web

import (
	"net/http"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/bulletin/repair"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/ready"

	"jianbao/web/page"
)

// mixed is a draft with three commas to mend, one of which stands beside a
// leader's name.
const mixed = "科技简报\n第1期\n市科技局\n2025年7月1日\n会议召开。今天,天气不错,大家都来了。\n领导讲话。王有德,男。\n"

func withText(text string) *office {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.Text = text
	o.issues[ourIssue] = issue
	series := o.series[ourSeries]
	series.Leaders = []workflow.Leader{{Name: "王有德", Titles: []string{"市长"}}}
	o.series[ourSeries] = series
	return o
}

func TestRepairsAreOffered(t *testing.T) {
	o := withText(mixed)
	v := inOffice(t, o)
	rules := repairsOf(mixed, o.series[ourSeries])
	if len(rules) != 1 || rules[0].Rule != repair.Width || rules[0].All != 3 || rules[0].Free != 2 {
		t.Fatalf("got %+v", rules)
	}
	is(t, v.get(here), 200, "全部照改（2处）", "请逐处定夺", `value="`+rules[0].Offers[0].Key+`"`)
	o.options = nil
	lacks(t, v.get(here), "全部照改")
}

func TestARepairIsSaved(t *testing.T) {
	o := withText(mixed)
	v := inOffice(t, o)
	is(t, v.post(here+"/repairs", "version", "3", "rule", string(repair.Width)), http.StatusSeeOther)
	if o.order.Version != 3 || !strings.Contains(o.text, "今天，天气不错，大家") || !strings.Contains(o.text, "王有德,男") {
		t.Errorf("saved %q", o.text)
	}
	guarded := repairsOf(mixed, o.series[ourSeries])[0].Offers[2]
	is(t, v.post(here+"/repairs", "version", "3", "key", guarded.Key), http.StatusSeeOther)
	if !guarded.Guarded || !strings.Contains(o.text, "王有德，男") || !strings.Contains(o.text, "今天,天气") {
		t.Errorf("saved %q", o.text)
	}
}

func TestRepairsThatAreNotThere(t *testing.T) {
	o := withText(mixed)
	v := inOffice(t, o)
	for _, form := range [][]string{{"key", "none"}, {"rule", "none"}, {"rule", string(repair.Dash)}, {}} {
		is(t, v.post(here+"/repairs", append(form, "version", "3")...), http.StatusConflict, noSuchRepair.ZH)
	}
	if o.changes != 0 {
		t.Error("something was saved")
	}
	o.err = fault.New(fault.Conflict, page.BadForm.With())
	is(t, v.post(here+"/repairs", "version", "2", "rule", string(repair.Width)), http.StatusConflict)
}

func TestALongListOfRepairsIsCut(t *testing.T) {
	text := strings.Replace(mixed, "今天,", strings.Repeat("今天,", 2*maxOffers), 1)
	r := repairsOf(text, workflow.Series{})[0]
	if len(r.Offers) != maxOffers || r.All != 2*maxOffers+2 {
		t.Errorf("%d of %d", len(r.Offers), r.All)
	}
}

func TestTheReadyCheckIsShown(t *testing.T) {
	o := newOffice()
	o.findings = []ready.Finding{
		{Code: "a", Severity: bulletin.Note, Item: 2, Line: 9, Reason: page.BadTime.With("小事")},
		{Code: "seam-overlap", Severity: bulletin.Block, Line: 7, Reason: page.BadTime.With("重复")},
		{Code: "b", Severity: bulletin.Block, Reason: page.BadTime.With("大事")},
	}
	v := inOffice(t, o)
	w := v.get(here)
	is(t, w, 200, "送审前检查", "第2条 · 第9行", "小事")
	if body := w.Body.String(); strings.Index(body, "大事") > strings.Index(body, "小事") {
		t.Error("what blocks comes last")
	}
	issue := o.issues[ourIssue]
	issue.State = workflow.Dispatched
	o.issues[ourIssue] = issue
	lacks(t, v.get(here), "小事")
}
