package versions

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/ready"
)

var (
	series = uuid.MustParse("00000000-0000-4000-8000-000000000001")
	issue  = uuid.MustParse("00000000-0000-4000-8000-000000000002")
	noon   = time.Date(2025, 7, 15, 4, 0, 0, 0, time.UTC)
	editor = accounts.Person{Name: "乔栋", Active: true, Grants: []accounts.Grant{{Series: series, Role: accounts.Editor}}}
)

const here = "/issues/00000000-0000-4000-8000-000000000002/versions"

// An office has one issue with two versions; err is what its desk answers.
type office struct {
	may     workflow.Option
	err     error
	saved   string
	version int
	none    bool // nothing was saved yet
}

func (o *office) Save(_ context.Context, _ workflow.Actor, _ uuid.UUID, version int, text string) (workflow.Issue, error) {
	o.saved, o.version = text, version
	return workflow.Issue{}, o.err
}

func (o *office) OptionsOf(context.Context, workflow.Actor, workflow.Issue, workflow.Series, []ready.Finding) ([]workflow.Option, error) {
	return []workflow.Option{o.may}, nil
}

func (o *office) Issue(_ context.Context, id uuid.UUID) (workflow.Issue, error) {
	if id != issue {
		return workflow.Issue{}, page.NotHere()
	}
	return workflow.Issue{ID: issue, Series: series, Version: 4, Text: "边冬主持会议"}, nil
}

func (o *office) Series(context.Context, uuid.UUID) (workflow.Series, error) {
	return workflow.Series{ID: series, Masthead: "科技简报"}, nil
}

func (o *office) Texts(context.Context, uuid.UUID) ([]workflow.TextVersion, error) {
	if o.none {
		return nil, nil
	}
	return []workflow.TextVersion{
		{Version: 1, Text: "边东主持", ByName: "乔栋", At: noon},
		{Version: 4, Text: "边冬主持会议", ByName: "陈玉宝<b>", At: noon.Add(time.Hour)},
	}, nil
}

func visit(t *testing.T) (*office, *pagetest.Visitor) {
	o := &office{may: workflow.Option{Act: workflow.Save, Allowed: true}}
	return o, pagetest.Visit(t, Room(Config{Desk: o, Reads: o}), editor, noon)
}

func has(t *testing.T, a pagetest.Answer, status int, parts ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, not %d", a.Status, status)
	}
	for _, part := range parts {
		if !strings.Contains(a.Body, part) {
			t.Errorf("%q is not in the answer", part)
		}
	}
}

func TestVersionsAreListedTheLastOneFirst(t *testing.T) {
	_, v := visit(t)
	a := v.Get(here)
	has(t, a, http.StatusOK, "陈玉宝&lt;b&gt;", "2025-07-15 12:00", "&#43;2", "现在的文本")
	if strings.Index(a.Body, "/versions/4") > strings.Index(a.Body, "/versions/1") {
		t.Error("the first one stands first")
	}
	has(t, v.Get("/issues/"+series.String()+"/versions"), http.StatusNotFound)
	has(t, v.Get(here+"/2"), http.StatusNotFound)
	has(t, v.Get(here+"/x"), http.StatusNotFound)
}

func TestAnIssueWithoutAVersionSaysSo(t *testing.T) {
	o, v := visit(t)
	o.none = true
	has(t, v.Get(here), http.StatusOK, `class="empty"`, "还没有存过文本")
	has(t, v.Get(here+"?lang=en"), http.StatusOK, "No text was saved")
}

func TestGoingBackSavesTheTextAsItWas(t *testing.T) {
	o, v := visit(t)
	has(t, v.Get(here+"/1"), http.StatusOK, "<del>东</del>", "<ins>冬</ins>", "边东主持", `name="version" value="4"`)
	has(t, v.Get(here+"/4"), http.StatusOK, "与现在的文本相同")
	a := v.Post(here+"/1", "version", "4")
	if has(t, a, http.StatusSeeOther); o.saved != "边东主持" || o.version != 4 || !strings.HasSuffix(a.Location, "/edit") {
		t.Errorf("saved %q over version %d, led to %s", o.saved, o.version, a.Location)
	}
	has(t, v.Post(here+"/1", "version", "x"), http.StatusUnprocessableEntity)
	o.err = fault.New(fault.Conflict, page.BadTime.With("旧版"))
	has(t, v.Post(here+"/1", "version", "3"), http.StatusConflict, "旧版", "边东主持")
}

func TestWhoMayNotGoBackIsToldWhy(t *testing.T) {
	o, v := visit(t)
	o.may = workflow.Option{Act: workflow.Save, Reasons: []fault.Reason{page.BadTime.With("已送审")}}
	a := v.Get(here + "/1")
	if has(t, a, http.StatusOK, "已送审"); strings.Contains(a.Body, `name="version"`) {
		t.Error("there is a form")
	}
	v.Person = accounts.Person{Name: "外人", Active: true}
	has(t, v.Get(here), http.StatusNotFound)
	has(t, v.Post(here+"/1", "version", "4"), http.StatusNotFound)
}
