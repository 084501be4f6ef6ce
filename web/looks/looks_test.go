package looks

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/layout"
	"jianbao/fault"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

var (
	series = uuid.MustParse("00000000-0000-4000-8000-000000000001")
	noon   = time.Date(2025, 7, 15, 4, 0, 0, 0, time.UTC)
	admin  = accounts.Person{Name: "管理员", Active: true, Grants: []accounts.Grant{{Series: series, Role: accounts.Admin}}}
	editor = accounts.Person{Name: "乔栋", Active: true, Grants: []accounts.Grant{{Series: series, Role: accounts.Editor}}}
)

const here = "/series/00000000-0000-4000-8000-000000000001/look"

// An office has one series without an issue. What its press was asked to set is
// kept.
type office struct {
	series  workflow.Series
	changed int
	set     workflow.Issue
	look    json.RawMessage
}

func (o *office) Settings(context.Context, uuid.UUID) (setup.Settings, error) {
	return setup.Settings{Series: o.series}, nil
}

func (o *office) ChangeSettings(_ context.Context, _ uuid.UUID, _ workflow.Named, _ time.Time, decide func(setup.Settings) (setup.Settings, error)) ([]fault.Reason, error) {
	next, err := decide(setup.Settings{Series: o.series})
	if err == nil {
		o.series, o.changed = next.Series, o.changed+1
	}
	return nil, err
}

func (o *office) Summaries(context.Context, []uuid.UUID, int) ([]workflow.Summary, error) {
	return nil, nil
}

func (o *office) Issue(context.Context, uuid.UUID) (workflow.Issue, error) {
	return workflow.Issue{}, nil
}

func (o *office) Pages(_ context.Context, s workflow.Series, issue workflow.Issue) ([]layout.Page, []bulletin.Problem, error) {
	o.set, o.look = issue, s.Layout
	return []layout.Page{{Width: 595, Height: 842}}, nil, nil
}

func visit(t *testing.T, who accounts.Person) (*office, *pagetest.Visitor) {
	o := &office{series: workflow.Series{ID: series, Masthead: "科技简报", Organ: "市科学技术局", Version: 7}}
	return o, pagetest.Visit(t, Room(Config{Books: o, Press: o}), who, noon)
}

// form is what a browser sends of the look of a series, with some fields changed.
func form(t *testing.T, look json.RawMessage, changed ...string) []string {
	t.Helper()
	v, err := valuesOf(look)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(changed); n += 2 {
		v.Fields[changed[n]] = changed[n+1]
	}
	all := []string{"version", "7", "base", v.Base, "name", v.Name, "rest", v.rest}
	for name, value := range v.Fields {
		all = append(all, name, value)
	}
	return all
}

func has(t *testing.T, a pagetest.Answer, status int, parts ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, not %d: %.300s", a.Status, status, a.Body)
	}
	for _, part := range parts {
		if !strings.Contains(a.Body, part) {
			t.Errorf("%q is not in the answer", part)
		}
	}
}

// Every entry that a form shows is one that templates have.
func TestEveryFieldIsAnEntry(t *testing.T) {
	full := typeset.Builtin()[0]
	full.Masthead.Top = 1
	made, err := treeOf(full)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fields() {
		if at(made, f.Name) == nil {
			t.Errorf("templates have no %s", f.Name)
		}
	}
}

func TestTheFormShowsTheLookBesideItsPages(t *testing.T) {
	o, v := visit(t, admin)
	has(t, v.Get(here), http.StatusOK, `name="masthead.size" type="number" step="any" inputmode="decimal" value="40"`, "<svg", "重新送审", `value="第{}期"`)
	if o.set.Document.Masthead != "科技简报" || len(o.set.Document.Sections) != 2 || o.set.Document.PrintRun != 30 {
		t.Errorf("the sample reads %+v", o.set.Document)
	}
	a := v.Post(here+"/proof", form(t, nil, "masthead.size", "48")...)
	if has(t, a, http.StatusOK, "<svg"); strings.Contains(a.Body, "<html") || o.changed != 0 {
		t.Error("a proof is a page, or was kept")
	}
	if set, err := typeset.ReadTemplate(o.look); err != nil || set.Masthead.Size != 48 {
		t.Errorf("it was set with %s, %v", o.look, err)
	}
	has(t, v.Post(here+"/proof", form(t, nil, "masthead.size", "四")...), http.StatusOK, "刊名字号", "四")
	has(t, v.Post(here+"/proof", form(t, nil, "words.number", "期")...), http.StatusOK, "words.number")
}

// A series without an issue shows its look on a sample, and one without a look of
// its own has the built-in one in every field.
func TestANewSeriesShowsItsLookOnASample(t *testing.T) {
	o, v := visit(t, editor)
	has(t, v.Get(here), http.StatusOK, "<svg", `name="name" value="`)
	if len(o.set.Document.Items()) == 0 || o.series.Layout != nil || o.changed != 0 {
		t.Errorf("the sample has %d items, %d changes", len(o.set.Document.Items()), o.changed)
	}
}

func TestOnlyWhatDiffersIsKept(t *testing.T) {
	o, v := visit(t, admin)
	has(t, v.Post(here, form(t, nil, "masthead.size", "48", "tail.new_page", "yes", "words.number", "总第{}期")...), http.StatusSeeOther)
	want := `{"base":"两行式","masthead":{"size":48},"name":"两行式","tail":{"new_page":true},"words":{"number":"总第{}期"}}`
	if string(o.series.Layout) != want {
		t.Errorf("kept is %s", o.series.Layout)
	}
	// An entry that the form does not show stays, one that is as usual goes.
	o.series.Layout = json.RawMessage(`{"base":"同行式","name":"我局","paper":{"left":30},"masthead":{"size":50}}`)
	has(t, v.Post(here, form(t, o.series.Layout, "masthead.size", "48")...), http.StatusSeeOther)
	if want := `{"base":"同行式","name":"我局","paper":{"left":30}}`; string(o.series.Layout) != want {
		t.Errorf("kept is %s", o.series.Layout)
	}
}

func TestALookThatIsTheSameIsNoNewOne(t *testing.T) {
	o, v := visit(t, admin)
	has(t, v.Post(here, form(t, nil)...), http.StatusSeeOther)
	if o.series.Layout != nil {
		t.Errorf("kept is %s", o.series.Layout)
	}
}

func TestBeginningAnewSavesNothing(t *testing.T) {
	o, v := visit(t, admin)
	fields := append(form(t, nil, "masthead.size", "20"), "begin", "yes")
	fields[3] = "同行式"
	has(t, v.Post(here, fields...), http.StatusOK, `name="masthead.size" type="number" step="any" inputmode="decimal" value="48"`)
	if o.changed != 0 {
		t.Error("it was saved")
	}
}

func TestALookIsRefusedWithEveryReason(t *testing.T) {
	o, v := visit(t, admin)
	has(t, v.Post(here, form(t, nil, "masthead.size", "900", "rule.colour", "red")...), http.StatusUnprocessableEntity, "masthead.size", "rule.colour", `value="900"`)
	fields := form(t, nil, "masthead.size", "48")
	fields[1] = "6"
	has(t, v.Post(here, fields...), http.StatusConflict, "刚被别人改过")
	fields[1], fields[3] = "7", "没有的"
	has(t, v.Post(here, fields...), http.StatusUnprocessableEntity, "没有的")
	v.Person = editor
	has(t, v.Post(here, form(t, nil, "masthead.size", "48")...), http.StatusForbidden, "不是本刊管理员")
	has(t, v.Get(here), http.StatusOK, "您可以看")
	v.Person = accounts.Person{Name: "外人", Active: true}
	has(t, v.Get(here), http.StatusNotFound)
	has(t, v.Post(here+"/proof", form(t, nil)...), http.StatusNotFound)
	if o.changed != 0 {
		t.Error("something was saved")
	}
}
