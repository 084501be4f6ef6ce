package hookpages

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/hooks"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
)

var now = time.Date(2026, 7, 31, 4, 0, 0, 0, time.UTC)

// An office keeps targets as the store does.
type office struct {
	series   []workflow.Series
	targets  []hooks.Target
	messages []hooks.Message
	changes  []hooks.Change
}

func (o *office) HookTargets(_ context.Context, series []uuid.UUID) (all []hooks.Target, _ error) {
	for _, t := range o.targets {
		if slices.Contains(series, t.Series) && t.Ended.IsZero() {
			all = append(all, t)
		}
	}
	return all, nil
}

func (o *office) HookTarget(_ context.Context, id uuid.UUID) (hooks.Target, error) {
	for _, t := range o.targets {
		if t.ID == id {
			return t, nil
		}
	}
	return hooks.Target{}, fault.New(fault.NotFound, noSeries.With())
}

func (o *office) HookMessages(context.Context, uuid.UUID, int) ([]hooks.Message, error) {
	return o.messages, nil
}

func (o *office) HookChanges(context.Context, uuid.UUID, int) ([]hooks.Change, error) {
	return o.changes, nil
}

func (o *office) SeriesAll(context.Context) ([]workflow.Series, error) {
	return slices.Clone(o.series), nil
}

func (o *office) SaveHookTarget(_ context.Context, t hooks.Target, c hooks.Change) error {
	o.changes = append(o.changes, c)
	for n := range o.targets {
		if o.targets[n].ID == t.ID {
			if o.targets[n].Version != t.Version {
				return fault.New(fault.Conflict, noSeries.With())
			}
			t.Version++
			o.targets[n] = t
			return nil
		}
	}
	t.Version = 1
	o.targets = append(o.targets, t)
	return nil
}

func (o *office) TestHook(_ context.Context, m hooks.Message, _ hooks.Change) error {
	o.messages = append(o.messages, m)
	return nil
}

func visit(t *testing.T) (*office, *pagetest.Visitor) {
	t.Helper()
	o := &office{series: []workflow.Series{{ID: uuid.New(), Masthead: "某某简报"}, {ID: uuid.New(), Masthead: "别的简报"}}}
	who := accounts.Person{ID: uuid.New(), Name: "管理员", Active: true, Grants: []accounts.Grant{{Role: accounts.Admin, Series: o.series[0].ID}}}
	desk := hooks.Office{Targets: o, Key: hooks.Key("k"), Now: func() time.Time { return now }, NewID: uuid.New}
	return o, pagetest.Visit(t, Room(Config{Office: desk, Reads: o}), who, now)
}

func is(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	for _, word := range words {
		if !strings.Contains(a.Body, word) {
			t.Errorf("%q is not on the page:\n%s", word, a.Body)
		}
	}
}

func TestATargetFromItsMakingToItsEnd(t *testing.T) {
	o, v := visit(t)
	series := o.series[0].ID.String()
	if a := v.Get("/hooks"); strings.Contains(a.Body, "别的简报") {
		t.Error("a series of others is offered")
	}
	is(t, v.Post("/hooks", "series", series, "name", "OA", "url", "http://10.1.1.1/"), http.StatusUnprocessableEntity, "请至少选一种", "地址须以https://开头", "10.1.1.1在内部网络", `value="OA"`, `value="http://10.1.1.1/"`)
	is(t, v.Post("/hooks", "series", o.series[1].ID.String(), "name", "OA", "url", "https://oa.example.cn/", "kind", "issue.released"), http.StatusUnprocessableEntity, "请选择刊物")
	a := v.Post("/hooks", "series", series, "name", "OA", "url", "https://oa.example.cn/", "kind", "issue.released")
	is(t, a, http.StatusSeeOther)
	at := a.Location
	is(t, v.Get("/hooks"), http.StatusOK, "OA", "https://oa.example.cn/", "正常")
	is(t, v.Get(at), http.StatusOK, "whsec_", "还没有消息", "暂停", `value="issue.released" checked`)
	is(t, v.Post(at, "version", "1", "name", "公文系统", "url", "https://oa.example.cn/2", "kind", "issue.recalled"), http.StatusSeeOther)
	is(t, v.Post(at, "version", "1", "name", "公文", "url", "https://oa.example.cn/3", "kind", "issue.recalled"), http.StatusConflict, `value="公文"`)
	for n, act := range []string{"pause", "resume", "renew"} {
		is(t, v.Post(at+"/acts", "version", string(rune('2'+n)), "act", act), http.StatusSeeOther)
	}
	if got := o.targets[0]; got.Version != 5 || got.Generation != 2 || got.Paused || got.Name != "公文系统" {
		t.Errorf("%+v", got)
	}
	is(t, v.Post(at+"/acts", "version", "5", "act", "test"), http.StatusSeeOther)
	o.messages[0].Tries, o.messages[0].Status, o.messages[0].Why, o.messages[0].State = 2, 503, fault.Reason{Key: "对方回答503"}, hooks.Waiting
	is(t, v.Get(at), http.StatusOK, "测试", "2次", "503", "对方回答503", "再试", "旧密钥")
	is(t, v.Post(at+"/acts", "version", "5", "act", "dance"), http.StatusUnprocessableEntity)
	if a := v.Post(at+"/acts", "version", "5", "act", "end"); a.Location != "/hooks" {
		t.Errorf("%+v", a)
	}
	is(t, v.Get(at), http.StatusNotFound)
	if len(o.changes) < 5 || o.changes[0].ByName != "管理员" {
		t.Errorf("%+v", o.changes)
	}
}

func TestThePagesAreForThoseWhoAdminister(t *testing.T) {
	o, v := visit(t)
	other := hooks.Target{ID: uuid.New(), Series: o.series[1].ID, Name: "别人的", Version: 1}
	o.targets = append(o.targets, other)
	is(t, v.Get("/hooks/"+other.ID.String()), http.StatusNotFound)
	is(t, v.Post("/hooks/"+other.ID.String()+"/acts", "version", "1", "act", "end"), http.StatusNotFound)
	is(t, v.Get("/hooks/x"), http.StatusNotFound)
	v.Person.Grants = []accounts.Grant{{Role: accounts.Editor}}
	for _, address := range []string{"/hooks", "/hooks/" + other.ID.String()} {
		is(t, v.Get(address), http.StatusNotFound)
		is(t, v.Post(address, "version", "1"), http.StatusNotFound)
	}
	if !o.targets[0].Ended.IsZero() || len(o.changes) != 0 {
		t.Error("something was done")
	}
}
