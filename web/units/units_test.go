package units

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
)

var (
	noon   = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	series = uuid.MustParse("00000000-0000-4000-8000-000000000001")
	unitA  = uuid.MustParse("00000000-0000-4000-8000-00000000000a")
	unitB  = uuid.MustParse("00000000-0000-4000-8000-00000000000b")
	gone   = uuid.MustParse("00000000-0000-4000-8000-00000000000c")
	both   = uuid.MustParse("00000000-0000-4000-8000-00000000000d")
)

// An office is a directory in memory.
type office struct {
	dir    recipients.Directory
	notes  []recipients.Note
	got    []workflow.Got
	asked  []uuid.UUID // whose series were asked for
	change recipients.Change
	err    error
}

func (o *office) Directory(context.Context, uuid.UUID) (recipients.Directory, error) {
	return o.dir.With(recipients.Change{}), nil
}

func (o *office) ChangeUnits(_ context.Context, decide func(recipients.Directory) (recipients.Change, error)) (recipients.Change, error) {
	if o.err != nil {
		return recipients.Change{}, o.err
	}
	change, err := decide(o.dir)
	if err == nil {
		o.change, o.dir, o.notes = change, o.dir.With(change), append(o.notes, change.Notes...)
	}
	return change, err
}

func (o *office) UnitNotes(_ context.Context, of uuid.UUID, _ int) (all []recipients.Note, err error) {
	for _, n := range o.notes {
		if n.Of == of {
			all = append(all, n)
		}
	}
	return all, nil
}

func (o *office) Got(_ context.Context, series []uuid.UUID, _ uuid.UUID, _ int) ([]workflow.Got, error) {
	o.asked = series
	return o.got, nil
}

func (o *office) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{{ID: series}, {ID: uuid.New()}}, nil
}

func visit(t *testing.T, role accounts.Role) (*office, *pagetest.Visitor) {
	t.Helper()
	o := &office{dir: recipients.Directory{
		Units: []recipients.Unit{
			{ID: unitA, Name: "鄂尔多斯市发展和改革委员会", Aliases: []recipients.Alias{{Name: "市发改委"}, {Name: "市计委", Until: noon.Add(-time.Hour)}},
				Channel: recipients.ByBoth, Copies: 2, Addresses: []string{"fgw@example.cn"}, Version: 4, Parent: unitB},
			{ID: unitB, Name: "鄂尔多斯市人民政府", Channel: recipients.ByPaper, Copies: 1, Version: 1},
			{ID: gone, Name: "鄂尔多斯市旧局", Channel: recipients.ByPaper, Ended: noon.AddDate(-1, 0, 0), Successors: []uuid.UUID{unitA}, Version: 1},
		},
		Collectives: []recipients.Collective{{ID: both, Text: "市政府、市发改委领导", Place: "鄂尔多斯市", Version: 1, Members: []recipients.Member{
			{Words: "市政府领导", Unit: unitB}, {Words: "市发改委领导", Unit: unitA}}}},
	}}
	who := accounts.Person{ID: uuid.New(), Name: "收发员", Active: true, Grants: []accounts.Grant{{Series: series, Role: role}}}
	return o, pagetest.Visit(t, Room(Config{Books: o, NewID: uuid.New}), who, noon)
}

func is(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	for _, word := range words {
		if !strings.Contains(a.Body, word) {
			t.Errorf("%q is not on the page", word)
		}
	}
}

func lacks(t *testing.T, a pagetest.Answer, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(a.Body, word) {
			t.Errorf("%q is on the page", word)
		}
	}
}

func TestTheDirectoryIsSearched(t *testing.T) {
	_, v := visit(t, accounts.Clerk)
	list := v.Get("/units")
	is(t, list, 200, "鄂尔多斯市发展和改革委员会", "鄂尔多斯市人民政府", "市发改委、市计委", "/units/new", "含已撤并的")
	lacks(t, list, "鄂尔多斯市旧局")
	is(t, v.Get("/units?ended=1"), 200, "鄂尔多斯市旧局", "已撤并")
	for _, words := range []string{"市计委", "fgw@", "改革"} {
		found := v.Get("/units?q=" + words)
		is(t, found, 200, "鄂尔多斯市发展和改革委员会", "显示全部3家")
		lacks(t, found, "人民政府")
	}
	is(t, v.Get("/units?q=没有的&page=x"), 200, "没有这样的单位")
}

// unitForm is the fields of unitA's form, some of them otherwise.
func unitForm(other ...string) []string {
	fields := []string{"version", "4", "channel", "mail", "copies", "0", "above", "鄂尔多斯市人民政府",
		"alias", "市发改委", "alias-kind", "short", "alias-from", "", "alias-until", "",
		"alias", "市计委", "alias-kind", "short", "alias-from", "", "alias-until", "2026-03-02"}
	return append(other, fields...)
}

func TestAUnitIsChanged(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	address := "/units/" + unitA.String()
	is(t, v.Get(address), 200, "市发改委", "fgw@example.cn", `name="version" value="4"`, `value="2026-03-02"`, "市政府、市发改委领导", `<option value="鄂尔多斯市人民政府">`)
	lacks(t, v.Get(address), `<option value="鄂尔多斯市旧局">`)
	a := v.Post(address, unitForm("name", "偷改的名", "addresses", "a@example.cn\r\n\r\nb@example.cn", "contact", "王", "postcode", "017000",
		"alias", "计划委", "alias-kind", "former", "alias-from", "1990-01-01", "alias-until", "2003-05-01",
		"alias", " ", "alias-kind", "short", "alias-from", "", "alias-until", "")...)
	is(t, a, http.StatusSeeOther)
	u := o.dir.Units[0]
	if u.Name != "鄂尔多斯市发展和改革委员会" || len(u.Addresses) != 2 || u.Channel != recipients.ByMail || len(u.Aliases) != 3 || u.Contact.Name != "王" || u.Postcode != "017000" || u.Parent != unitB {
		t.Errorf("saved %+v", u)
	}
	if former := u.Aliases[0]; !former.Former || Day(former.From) != "1990-01-01" || Day(former.Until) != "2003-05-01" || !u.Aliases[2].Until.Equal(noon.Add(-time.Hour)) {
		t.Errorf("names %+v: a day that nobody touched keeps its moment", u.Aliases)
	}
	v.Post(address, unitForm("version", "2", "phone", "1")...)
	if got := o.change.Changed[0].Version; got != 2 {
		t.Errorf("saved over version %d, and the form was made of 2", got)
	}
	is(t, v.Get(address), 200, "修改记录", "送达方式：邮件和纸质 → 邮件", "收发员")
	is(t, v.Post(address, unitForm("copies", "两份", "phone", "8580000", "above", "没有的局")...), 422, `value="两份"`, "8580000", "没有的局")
	is(t, v.Post(address, unitForm("alias-kind", "short")...), 422, page.BadForm.ZH)
	o.err = fault.New(fault.Conflict, badDay.With("甲"))
	is(t, v.Post(address, unitForm("phone", "8580000")...), http.StatusConflict, "甲", "8580000")
	is(t, v.Get("/units/"+uuid.NewString()), 404)
}

func TestAUnitShowsItsPastAndWhatItGot(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	o.dir.Reforms = []recipients.Reform{{Kind: recipients.Merged, Day: noon, Reason: "机构改革", By: "甲", From: []recipients.Candidate{{Unit: gone, Name: "鄂尔多斯市旧局"}}, To: []recipients.Candidate{{Unit: unitA, Name: "鄂尔多斯市发展和改革委员会"}}}}
	o.got = []workflow.Got{{Summary: workflow.Summary{ID: both, Masthead: "科技简报"}, Places: []recipients.Place{{Label: "送", Entry: "市发改委", Recipient: recipients.Recipient{Name: "鄂尔多斯市发改委", Channel: recipients.ByPaper, Copies: 7}}}}}
	is(t, v.Get("/units/"+unitA.String()), 200, "合并", "鄂尔多斯市旧局 → 鄂尔多斯市发展和改革委员会", "机构改革 · 甲", "科技简报", ">7<")
	if len(o.asked) != 1 || o.asked[0] != series {
		t.Errorf("asked for the issues of %v", o.asked)
	}
	old := v.Get("/units/" + gone.String())
	is(t, old, 200, "接替：", "鄂尔多斯市发展和改革委员会", "<fieldset disabled>", "合并")
	lacks(t, old, "/rename")
}

func TestAUnitIsAdded(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	is(t, v.Get("/units/new"), 200, `name="name"`)
	is(t, v.Post("/units/new", "name", "鄂尔多斯市新局", "channel", "paper", "copies", "1"), http.StatusSeeOther)
	if u := o.change.Added[0]; u.Name != "鄂尔多斯市新局" || u.Copies != 1 || o.notes[0].What[0].In(fault.ZH) != "新增单位" {
		t.Errorf("added %+v", u)
	}
	is(t, v.Post("/units/new", "name", "鄂尔多斯市新局", "channel", "paper", "copies", "1"), 422, "通讯录里已有")
}

func TestAReformIsLookedAtAndThenDone(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	address := "/units/" + unitA.String() + "/rename"
	is(t, v.Get(address), 200, "市发改委", `value="2026-03-02"`)
	fields := []string{"name", "鄂尔多斯市发展改革局", "short", "市发改局", "day", "2026-03-01", "reason", "机构改革方案"}
	looked := v.Post(address, append(fields, "do", "look")...)
	is(t, looked, 200, "“鄂尔多斯市发展和改革委员会”更名为“鄂尔多斯市发展改革局”，原名存为旧称", "确认办理", "机构改革方案")
	if o.change.Reform != nil {
		t.Fatal("looking did it")
	}
	is(t, v.Post(address, append(fields, "do", "enter")...), http.StatusSeeOther)
	if u := o.dir.Units[0]; u.Name != "鄂尔多斯市发展改革局" || o.dir.Reforms[0].By != "收发员" || Day(o.dir.Reforms[0].Day) != "2026-03-01" {
		t.Errorf("became %+v, %+v", u, o.dir.Reforms)
	}
	is(t, v.Post(address, "name", "x", "day", "2026-03-09", "reason", "", "do", "look"), 422, "还没有到", "没有写明依据", `value="x"`)
	is(t, v.Post("/units/"+unitA.String()+"/merge", "name", "鄂尔多斯市人民政府", "others", "", "day", "2026-03-02", "reason", "改革", "do", "look"), 422, "会把“鄂尔多斯市人民政府”列两次")
	is(t, v.Post("/units/"+unitA.String()+"/split", "into", "甲局；甲\n乙局", "day", "2026-03-02", "reason", "改革", "do", "look"), 200, "由“甲局、乙局”接替", "新设“乙局”（纸质，2份，邮箱：无）")
	is(t, v.Post("/units/"+unitA.String()+"/end", "day", "2026-03-02", "reason", "改革", "do", "look"), 200, "集合项“市政府、市发改委领导”改为：市政府领导→鄂尔多斯市人民政府")
	is(t, v.Get("/units/"+unitA.String()+"/burn"), 404)
	is(t, v.Post("/units/"+gone.String()+"/end", "day", "2026-03-02", "reason", "改革", "do", "enter"), 422, "撤并")
}

func TestARosterIsKept(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	address := "/units/rosters/" + both.String()
	is(t, v.Get("/units/rosters"), 200, "市政府、市发改委领导", "鄂尔多斯市人民政府、鄂尔多斯市发展和改革委员会")
	is(t, v.Get(address), 200, "市政府领导", `value="鄂尔多斯市发展和改革委员会"`)
	lines := []string{"version", "1", "text", "市政府、市发改委领导", "place", "鄂尔多斯市",
		"words", "市发改委领导", "via", "鄂尔多斯市发展和改革委员会", "from", "2026-01-01", "until", "",
		"words", "", "via", "鄂尔多斯市人民政府", "from", "", "until", "", "words", "", "via", "", "from", "", "until", ""}
	moved := v.Post(address, append(lines, "do", "up 1")...)
	is(t, moved, 200)
	if strings.Index(moved.Body, `name="via" list="units" value="鄂尔多斯市人民政府"`) > strings.Index(moved.Body, `value="市发改委领导"`) {
		t.Error("the line was not moved")
	}
	is(t, v.Post(address, append(lines, "do", "save")...), http.StatusSeeOther)
	if m := o.dir.Collectives[0].Members; len(m) != 2 || m[1].Words != "鄂尔多斯市人民政府" || Day(m[0].From) != "2026-01-01" {
		t.Errorf("roster %+v", m)
	}
	is(t, v.Post(address, append(lines, "words", "旧局", "via", "鄂尔多斯市旧局", "from", "", "until", "", "words", "x", "via", "没有的局", "from", "昨天", "until", "")...), 422, "没有的局", "昨天", "旧局")
	is(t, v.Post(address, append(lines, "do", "drop")...), http.StatusSeeOther)
	if len(o.dir.Collectives) != 0 {
		t.Error("it is still there")
	}
	is(t, v.Get(address), 404)
	is(t, v.Post("/units/rosters/new", "text", "两局", "words", "甲", "via", "鄂尔多斯市人民政府", "from", "", "until", ""), http.StatusSeeOther)
	if len(o.dir.Collectives) != 1 || o.dir.Collectives[0].Text != "两局" {
		t.Errorf("%+v", o.dir.Collectives)
	}
}

// upload sends a spreadsheet.
func upload(t *testing.T, v *pagetest.Visitor, name, data string, fields ...string) pagetest.Answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for n := 0; n < len(fields); n += 2 {
		if err := form.WriteField(fields[n], fields[n+1]); err != nil {
			t.Fatal(err)
		}
	}
	if name != "" {
		part, err := form.CreateFormFile("file", name)
		if err == nil {
			_, err = part.Write([]byte(data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/units/import", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return v.Do(r)
}

var hidden = regexp.MustCompile(`name="(digest|carried)" value="([^"]+)"`)

func TestASheetIsLookedAtAndThenReadIn(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	is(t, v.Get("/units/import"), 200, "认得的列", "办公室电话")
	looked := upload(t, v, "单位.csv", "单位名称,份数,类别,称呼,送达单位\n鄂尔多斯市发展和改革委员会,5,单位,,\n鄂尔多斯市另一局,1,,,\n各局,,集合项,另一局,鄂尔多斯市另一局\n")
	is(t, looked, 200, "<b>1</b> 新增", "<b>1</b> 改动", "<b>1</b> 集合项", "<del>2</del>", "<ins>5</ins>", "鄂尔多斯市另一局", "<ins>另一局→鄂尔多斯市另一局</ins>")
	if len(o.change.Added) > 0 {
		t.Fatal("looking changed something")
	}
	var consent []string
	for _, m := range hidden.FindAllStringSubmatch(looked.Body, -1) {
		consent = append(consent, m[1], strings.ReplaceAll(m[2], "&#43;", "+"))
	}
	if len(consent) != 4 {
		t.Fatal("there is nothing to consent to")
	}
	other := append([]string{}, consent...)
	other[1] = "another"
	is(t, upload(t, v, "", "", other...), http.StatusConflict)
	is(t, upload(t, v, "", "", consent...), http.StatusSeeOther)
	if len(o.change.Added) != 1 || o.dir.Units[0].Copies != 5 || len(o.dir.Collectives) != 2 || o.notes[0].What[0].In(fault.ZH) != "按表格导入" {
		t.Errorf("read in %+v", o.change)
	}
	wrong := upload(t, v, "x.csv", "单位名称,份数\n鄂尔多斯市发展和改革委员会,很多\n")
	is(t, wrong, 200, "很多")
	lacks(t, wrong, `name="digest"`)
	is(t, upload(t, v, "", ""), 422, page.ChooseFile.ZH)
	is(t, upload(t, v, "", "", "carried", "!!"), 422, page.BadForm.ZH)
	is(t, upload(t, v, "x.csv", "单位名称\n鄂尔多斯市人民政府\n"), 200, "没有要写入的")
}

func TestTheDirectoryIsExported(t *testing.T) {
	_, v := visit(t, accounts.Clerk)
	a := v.Get("/units.xlsx")
	is(t, a, 200, "PK")
	if got := a.Header.Get("Content-Disposition"); !strings.Contains(got, ".xlsx") {
		t.Errorf("disposition %q", got)
	}
}

func TestTheDirectoryIsKeptByClerks(t *testing.T) {
	_, v := visit(t, accounts.Editor)
	lacks(t, v.Get("/units"), "/units/new")
	is(t, v.Get("/units/"+unitA.String()), 200, "<fieldset disabled>")
	is(t, v.Get("/units/rosters/"+both.String()), 200, "<fieldset disabled>")
	for _, address := range []string{"/units/import", "/units.xlsx", "/units/new", "/units/" + unitA.String() + "/rename"} {
		is(t, v.Get(address), http.StatusForbidden)
	}
	is(t, v.Post("/units/"+unitA.String(), unitForm()...), http.StatusForbidden)
	is(t, v.Post("/units/rosters/"+both.String(), "version", "1"), http.StatusForbidden)
	v.Person.Grants = nil
	for _, address := range []string{"/units", "/units/" + unitA.String(), "/units/rosters", "/units/import"} {
		is(t, v.Get(address), 404)
	}
}
