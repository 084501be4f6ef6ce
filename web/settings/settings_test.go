package settings_test

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/page/pagetest"
	"jianbao/web/settings"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

var (
	now     = time.Date(2026, 8, 3, 2, 0, 0, 0, time.UTC)
	series  = uuid.MustParse("00000000-0000-0000-0000-00000000aaaa")
	admin   = person(1, accounts.Grant{Series: series, Role: accounts.Admin})
	founder = person(2, accounts.Grant{Role: accounts.Admin})
	editor  = person(3, accounts.Grant{Series: series, Role: accounts.Editor})
	other   = person(4, accounts.Grant{Series: uuid.MustParse("00000000-0000-0000-0000-00000000bbbb"), Role: accounts.Admin})
	finance = recipients.Unit{ID: uuid.UUID{15: 11}, Name: "市财政局"}
)

func person(n byte, grant accounts.Grant) accounts.Person {
	return accounts.Person{ID: uuid.UUID{15: n}, Login: "p" + strconv.Itoa(int(n)), Name: "人员" + strconv.Itoa(int(n)), Active: true, Grants: []accounts.Grant{grant}}
}

// books keep the settings of one series in memory.
type books struct {
	all     setup.Settings
	added   []setup.Settings
	history []setup.Change
	broken  error
}

func (b *books) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{b.all.Series}, b.broken
}
func (b *books) Settings(context.Context, uuid.UUID) (setup.Settings, error) { return b.all, b.broken }
func (b *books) SettingsHistory(context.Context, uuid.UUID) ([]setup.Change, error) {
	return b.history, b.broken
}
func (b *books) AddSettings(_ context.Context, all setup.Settings, _ workflow.Named, _ time.Time) error {
	b.added = append(b.added, all)
	return b.broken
}
func (b *books) ChangeSettings(_ context.Context, _ uuid.UUID, by workflow.Named, at time.Time, decide func(setup.Settings) (setup.Settings, error)) ([]fault.Reason, error) {
	after, err := decide(b.all)
	if err != nil {
		return nil, err
	}
	differ := setup.Differences(b.all, after)
	after.Series.Version++
	b.all = after
	b.history = append([]setup.Change{{Seq: len(b.history) + 1, At: at, By: by.ID, ByName: by.Name, What: differ}}, b.history...)
	return differ, nil
}
func (b *books) People(context.Context) ([]accounts.Person, error) {
	return []accounts.Person{admin, founder, editor, other}, b.broken
}
func (b *books) Units(context.Context) ([]recipients.Unit, error) {
	return []recipients.Unit{finance}, b.broken
}

func visit(t *testing.T, who accounts.Person) (*pagetest.Visitor, *books) {
	t.Helper()
	b := &books{all: setup.Settings{
		Series: workflow.Series{ID: series, Masthead: "科技简报", Organ: "科技局", Mailbox: "a@b.example", Zone: "Asia/Shanghai", Route: workflow.DefaultRoute(), Version: 7,
			Cadence: workflow.Cadence{Spec: "0 9 1,15 * *"}, Leaders: []workflow.Leader{{Name: "王某", Titles: []string{"市长"}}}},
		Timetable: workflow.Timetable{Series: series, Chasing: workflow.UsualChasing()},
	}}
	room := settings.Room(settings.Config{
		Books: b, Layouts: []string{"两行式", "同行式"}, NewID: func() uuid.UUID { return uuid.UUID{15: 99} },
		Layout: func(json.RawMessage) error { return nil },
	})
	return pagetest.Visit(t, room, who, now), b
}

const path = "/series/00000000-0000-0000-0000-00000000aaaa/settings"

// fields are the names and values that the form of a part would send.
func fields(t *testing.T, body, part string) (all []string) {
	t.Helper()
	at := strings.Index(body, `action="`+path+"/"+part)
	if at < 0 {
		t.Fatalf("no form for %s in\n%s", part, body)
	}
	body, _, _ = strings.Cut(body[at:], "</form>")
	for _, m := range regexp.MustCompile(`(?s)<input ([^>]*)>|<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>|<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>`).FindAllStringSubmatch(body, -1) {
		name, value := attribute(m[1], "name"), attribute(m[1], "value")
		switch {
		case m[2] != "":
			name = m[2]
			options := regexp.MustCompile(`<option( value="[^"]*")?( selected)?>([^<]*)`).FindAllStringSubmatch(m[3], -1)
			n := max(0, slices.IndexFunc(options, func(o []string) bool { return o[2] != "" }))
			if value = options[n][3]; options[n][1] != "" {
				value = attribute(options[n][1], "value")
			}
		case m[4] != "":
			name, value = m[4], m[5]
		case strings.Contains(m[1], `type="checkbox"`) && !strings.Contains(m[1], " checked"):
			continue
		}
		all = append(all, name, value)
	}
	return all
}

func attribute(tag, name string) string {
	m := regexp.MustCompile(`(?:^| )` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return strings.NewReplacer("&#43;", "+", "&#34;", `"`).Replace(m[1])
}

// with puts another value in the place of a field.
func with(all []string, pairs ...string) []string {
	all = slices.Clone(all)
	for n := 0; n < len(pairs); n += 2 {
		at := -1
		for i := 0; i < len(all); i += 2 {
			if all[i] == pairs[n] {
				at = i
			}
		}
		if at < 0 {
			all = append(all, pairs[n], pairs[n+1])
		} else {
			all[at+1] = pairs[n+1]
		}
	}
	return all
}

// Every form sent as it is shown changes nothing.
func TestFormsThatAreNotTouchedChangeNothing(t *testing.T) {
	v, b := visit(t, founder)
	b.all.Series.Route = workflow.FullRoute(workflow.Named{ID: finance.ID, Name: finance.Name})
	b.all.Series.Window.Days, b.all.Series.Window.From, b.all.Series.Window.To = []time.Weekday{1, 2, 0}, 480, 1080
	b.all.Series.Total = workflow.Total{Kinds: setup.Kinds()[:1], Last: 12}
	b.all.Timetable.Hours.Quiet.From, b.all.Timetable.Hours.Quiet.To, b.all.Timetable.Hours.QuietDaysOff = 1320, 420, true
	b.all.Series.Layout = setup.LayoutNamed("同行式")
	for _, part := range []string{"basics", "route", "heads", "sending", "cadence", "hours", "reminders", "receipts", "leaders"} {
		body := v.Get(path).Body
		a := v.Post(path+"/"+part, fields(t, body, part)...)
		if a.Status != http.StatusSeeOther || a.Location != path+"#"+part {
			t.Errorf("%s: %d to %q\n%s", part, a.Status, a.Location, a.Body)
			continue
		}
		if len(b.history[0].What) > 0 {
			t.Errorf("%s: %v", part, b.history[0].What)
		}
	}
}

func TestAChangeIsWrittenAndInTheHistory(t *testing.T) {
	for part, c := range map[string]struct {
		fields []string
		want   string
	}{
		"basics":    {[]string{"sections", "要闻\r\n动态", "total-kind", "正刊"}, "固定栏目：由“无”改为“要闻、动态”"},
		"sending":   {[]string{"day", "1", "from", "8:00", "to", "18:00"}, "发送时段：由“任何时间”改为“周一 8:00至18:00”"},
		"cadence":   {[]string{"opens", "30 8 * * 1"}, "自动开期：由“0 9 1,15 * *”改为“30 8 * * 1”"},
		"hours":     {[]string{"quiet", "22:00-7:00"}, "免打扰时间：由“无”改为“22:00-7:00”"},
		"reminders": {[]string{"rung-0", "2"}, "催办：由“期限前4个工作小时、到期时"},
		"receipts":  {[]string{"days-3", "7", "whom-3", "phone"}, "发出后第7个工作日催打电话”"},
		"leaders":   {[]string{"leader-1", "李某", "titles-1", "副市长，局长"}, "领导：由“王某（市长）”改为“王某（市长）、李某（副市长、局长）”"},
		"route":     {[]string{"need-1", "2", "hours-1", "8"}, "流程第2步：由“审核，本刊审核办理”改为“审核，本刊审核办理，2人同意，限8个工作小时”"},
	} {
		v, _ := visit(t, admin)
		a := v.Post(path+"/"+part, with(fields(t, v.Get(path).Body, part), c.fields...)...)
		if a.Status != http.StatusSeeOther {
			t.Errorf("%s: %d\n%s", part, a.Status, a.Body)
			continue
		}
		if body := v.Get(path).Body; !strings.Contains(body, c.want) || !strings.Contains(body, admin.Name) {
			t.Errorf("%s: %q is not on\n%s", part, c.want, body)
		}
	}
}

// Steps are moved without a script and without being written.
func TestStepsAreMovedBeforeTheyAreSaved(t *testing.T) {
	v, b := visit(t, admin)
	a := v.Post(path+"/route", with(fields(t, v.Get(path).Body, "route"), "do", "add", "hours-1", "6")...)
	if a.Status != http.StatusOK || !strings.Contains(a.Body, "还没有保存") || !strings.Contains(a.Body, "第3步") || len(b.history) > 0 {
		t.Fatalf("%d, %d changes\n%s", a.Status, len(b.history), a.Body)
	}
	a = v.Post(path+"/route", with(fields(t, a.Body, "route"), "kind-2", "countersign", "units-2", "市财政局", "do", "up-2")...)
	if !strings.Contains(a.Body, "2. 会签，市财政局负责人办理\n3. 审核，本刊审核办理，限6个工作小时") {
		t.Fatalf("it is drawn as\n%s", a.Body)
	}
	if a = v.Post(path+"/route", with(fields(t, a.Body, "route"), "do", "save")...); a.Status != http.StatusSeeOther {
		t.Fatal(a.Status, a.Body)
	}
	if r := b.all.Series.Route; len(r) != 3 || r[1].Units[0].ID != finance.ID || r[2].Hours != 6 {
		t.Errorf("the route is %+v", r)
	}
	a = v.Post(path+"/route", with(fields(t, v.Get(path).Body, "route"), "do", "remove-1")...)
	a = v.Post(path+"/route", with(fields(t, a.Body, "route"), "do", "down-0")...)
	if a = v.Post(path+"/route", with(fields(t, a.Body, "route"), "do", "save")...); a.Status != http.StatusBadRequest && a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "编辑应是且只是第一步") {
		t.Errorf("with the edit at the end: %d\n%s", a.Status, a.Body)
	}
}

func TestWhatIsRefusedKeepsWhatWasTyped(t *testing.T) {
	v, b := visit(t, admin)
	page := v.Get(path).Body
	a := v.Post(path+"/cadence", with(fields(t, page, "cadence"), "opens", "每月初", "ahead", "很久")...)
	for _, want := range []string{"周期写法不对：&#34;每月初&#34;", "提前多久应有草稿应写成", `value="每月初"`, `value="很久"`, `role="alert"`} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("no %q, %d", want, a.Status)
		}
	}
	a = v.Post(path+"/receipts", with(fields(t, page, "receipts"), "within", "几天")...)
	if a.Status/100 != 4 || !strings.Contains(a.Body, "看不懂的数：&#34;几天&#34;") || len(b.history) > 0 {
		t.Errorf("%d, %d changes", a.Status, len(b.history))
	}
	a = v.Post(path+"/cadence", with(fields(t, page, "cadence"), "version", "6", "opens", "0 8 * * *")...)
	if a.Status != http.StatusConflict || !strings.Contains(a.Body, `value="0 8 * * *"`) {
		t.Errorf("of an older version: %d", a.Status)
	}
}

func TestWhoMayWhat(t *testing.T) {
	for name, c := range map[string]struct {
		who                    accounts.Person
		see, change, head, new int
	}{
		"admin":   {admin, 200, 303, 403, 403},
		"founder": {founder, 200, 303, 303, 422},
		"editor":  {editor, 200, 403, 403, 403},
		"other":   {other, 404, 404, 404, 403},
	} {
		v, b := visit(t, c.who)
		for what, got := range map[string][2]int{
			"page":     {v.Get(path).Status, c.see},
			"file":     {v.Get(path + ".toml").Status, c.see},
			"change":   {v.Post(path+"/hours", "work", "9:00-17:00").Status, c.change},
			"head":     {v.Post(path + "/heads").Status, c.head},
			"new":      {v.Post("/settings", "masthead", "").Status, c.new},
			"a series": {v.Get("/series/x/settings").Status, 404},
		} {
			if got[0] != got[1] && (got[1] != 422 || got[0]/100 != 4 || got[0] == 403) {
				t.Errorf("%s, %s: %d, not %d", name, what, got[0], got[1])
			}
		}
		if c.change != http.StatusSeeOther && len(b.history) > 0 {
			t.Errorf("%s changed %v", name, b.history)
		}
		if c.who.ID == editor.ID && strings.Contains(v.Get(path).Body, ">保存<") {
			t.Error("an editor is offered to save")
		}
		if list := v.Get("/settings").Body; strings.Contains(list, "科技简报") != (c.see == 200) || strings.Contains(list, `method="post" action="/settings"`) != (name == "founder") {
			t.Errorf("%s: the list is\n%s", name, list)
		}
	}
}

func TestANewSeriesIsMadeOnThePage(t *testing.T) {
	v, b := visit(t, founder)
	a := v.Post("/settings", "masthead", "统计简报", "organ", "统计局", "route", "full", "countersign", "市财政局、")
	if a.Status != http.StatusSeeOther || a.Location != "/series/00000000-0000-0000-0000-000000000063/settings" || len(b.added) != 1 || len(b.added[0].Series.Route) != 5 {
		t.Errorf("%d %q %+v\n%s", a.Status, a.Location, b.added, a.Body)
	}
	a = v.Post("/settings", "masthead", "统计简报", "organ", "", "route", "full", "countersign", "市气象局")
	if !strings.Contains(a.Body, "没有叫“市气象局”的单位") || !strings.Contains(a.Body, "请写编发单位") || !strings.Contains(a.Body, `value="市气象局"`) || len(b.added) != 1 {
		t.Errorf("%d\n%s", a.Status, a.Body)
	}
}

func TestThePageShowsWhatComes(t *testing.T) {
	v, b := visit(t, editor)
	b.all.Series.Route = workflow.FullRoute(workflow.Named{ID: finance.ID, Name: finance.Name})
	body := v.Get(path).Body
	for _, want := range []string{
		"2026-08-15 09:00", "2026-10-15 09:00", "只对以后新开的期有效", "市财政局没有负责人，流程第3步没有人能替它办",
		`<svg role="img" aria-labelledby="drawing-title drawing-text"`, "3. 会签，市财政局负责人办理，全部同意", "<fieldset disabled>",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q on\n%s", want, body)
		}
	}
	if strings.Contains(body, "style=") || strings.Contains(body, "<script") {
		t.Error("the policy forbids inline styles and scripts")
	}
	if file := v.Get(path + ".toml"); !strings.Contains(file.Body, "masthead = \"科技简报\"") || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
		t.Error(file.Body)
	}
	if en := v.Get(path + "?lang=en").Body; !strings.Contains(en, "The next issues are opened:") {
		t.Error("no English")
	}
}

func TestAnOfficeThatCannotBeRead(t *testing.T) {
	v, b := visit(t, founder)
	b.broken = fault.New(fault.Unavailable, setup.Made.With("x"))
	for _, a := range []pagetest.Answer{v.Get(path), v.Get(path + ".toml"), v.Get("/settings"), v.Post(path + "/hours"), v.Post("/settings", "masthead", "a", "organ", "b", "route", "short")} {
		if a.Status != http.StatusServiceUnavailable {
			t.Errorf("%d", a.Status)
		}
	}
}
