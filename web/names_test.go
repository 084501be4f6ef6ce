package web

import (
	"net/http"
	"testing"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"

	"jianbao/web/page"
)

// withNames is an office whose issue lists an unknown name twice and one that
// may mean two units.
func withNames() *office {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.Circulation = recipients.Circulation{Lists: []recipients.List{
		{Label: "报", Entries: []recipients.Entry{{Printed: "市某局"}}},
		{Label: "送", Entries: []recipients.Entry{{Printed: "市某局"}, {Printed: "统计局", Name: "市统计局",
			Candidates: []recipients.Candidate{{Unit: unitA, Name: "甲统计局"}, {Unit: unitB, Name: "乙统计局"}}}}}}}
	o.issues[ourIssue] = issue
	return o
}

func TestUnknownNamesAreListedOnceWithTheirCandidates(t *testing.T) {
	o := withNames()
	names := unknownNames(o.issues[ourIssue].Circulation)
	if len(names) != 2 || names[0].Label != "报" || names[1].Name != "市统计局" || len(names[1].Candidates) != 2 {
		t.Errorf("got %+v", names)
	}
	v := inOffice(t, o)
	w := v.get(here)
	is(t, w, 200, `value="`+unitB.String()+`">乙统计局`, `<option value="鄂尔多斯市某某局">`, `name="unit-name"`)
	lacks(t, w, "要重新审签")
	o.options = nil
	lacks(t, v.get(here), `name="unit-name"`, `<option value="鄂尔多斯市某某局">`)
}

func TestANameIsSettledForTheSeries(t *testing.T) {
	o := withNames()
	v := inOffice(t, o)
	is(t, v.post(here+"/names", "version", "3", "name", "市统计局", "unit", unitB.String()), http.StatusSeeOther)
	if got := o.order; o.names["市统计局"] != unitB || got.Act != workflow.Circulate || got.Version != 3 || got.Note != "核定名单：“市统计局”即鄂尔多斯市某某局" {
		t.Errorf("got %v, %+v", o.names, got)
	}
	is(t, v.post(here+"/names", "version", "3", "name", "市某局", "unit-name", " 鄂尔多斯市 发展和改革委员会 "), http.StatusSeeOther)
	if o.names["市某局"] != unitA {
		t.Errorf("got %v", o.names)
	}
}

func TestWhatCannotBeSettledIsNotRemembered(t *testing.T) {
	for name, c := range map[string]struct {
		office func(*office)
		form   []string
		status int
		words  string
	}{
		"no such unit":  {nil, []string{"version", "3", "name", "市某局", "unit-name", "没有的局"}, 422, "没有的局"},
		"no unit":       {nil, []string{"version", "3", "name", "市某局"}, 422, "通讯录里没有"},
		"another name":  {nil, []string{"version", "3", "name", "市财政局", "unit", unitA.String()}, 422, "没有待核定的"},
		"no version":    {nil, []string{"name", "市某局", "unit", unitA.String()}, 422, page.BadForm.ZH},
		"old version":   {func(o *office) { o.err = fault.New(fault.Conflict, page.BadForm.With()) }, []string{"version", "2", "name", "市某局", "unit", unitA.String()}, 409, ""},
		"not this hand": {func(o *office) { o.options = []workflow.Option{{Act: workflow.Circulate}} }, []string{"version", "3", "name", "市某局", "unit", unitA.String()}, 403, "乔栋不能核定"},
		"too late":      {func(o *office) { o.options = nil }, []string{"version", "3", "name", "市某局", "unit", unitA.String()}, 422, "名单不能再改"},
	} {
		t.Run(name, func(t *testing.T) {
			o := withNames()
			v := inOffice(t, o)
			if c.office != nil {
				c.office(o)
			}
			is(t, v.post(here+"/names", c.form...), c.status, c.words)
			if len(o.names) != 0 || o.changes != 0 {
				t.Errorf("remembered %v, %d changes", o.names, o.changes)
			}
		})
	}
}

func TestALongDirectoryProposesNothing(t *testing.T) {
	o := withNames()
	o.units = make([]recipients.Unit, maxProposed+1)
	w := inOffice(t, o).get(here)
	is(t, w, 200, `name="unit-name"`)
	lacks(t, w, "<datalist")
}

func TestTheListsAreComparedWithTheLastIssues(t *testing.T) {
	o := withNames()
	last := o.issues[ourIssue]
	last.Number, last.Circulation = workflow.Number{Year: 2021, No: 7}, recipients.Circulation{Lists: []recipients.List{{Label: "送", Entries: []recipients.Entry{
		{Printed: "市林草局", Recipients: []recipients.Recipient{{Unit: unitA, Name: "鄂尔多斯市林业和草原局"}}}}}}}
	o.last = &last
	is(t, inOffice(t, o).get(here), 200, "的名单相比有4处不同", "去掉了鄂尔多斯市林业和草原局", `href="`+here+`/lists"`)
	last.Circulation = o.issues[ourIssue].Circulation
	is(t, inOffice(t, o).get(here), 200, "名单与2021年第7期相同")
}

// What an internal issue may not be mailed to is said before anybody tries, and
// who permitted it is said after.
func TestMailOutsideIsRefusedAndPermittedOnThePage(t *testing.T) {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.Document.Notice = "内部资料　注意保存"
	o.issues[ourIssue] = issue
	o.options = []workflow.Option{{Act: workflow.Permit, Allowed: true}}
	is(t, inOffice(t, o).get(here), 200, "fgw@example.cn不在准许的域名内", "须由审核或签发人逐期准许", `name="act" value="permit"`)
	issue.Permission = &workflow.Permission{ByName: "边东", At: noon, Reason: "联合办文", Addresses: []string{"fgw@example.cn"}}
	o.issues[ourIssue] = issue
	w := inOffice(t, o).get(here)
	is(t, w, 200, "边东于", "联合办文")
	lacks(t, w, "不在准许的域名内")
}
