package numbers

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/fault"
	"jianbao/sheets"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
)

var series = uuid.MustParse("00000000-0000-4000-8000-000000000001")

const here = "/series/00000000-0000-4000-8000-000000000001"

// An office has a register with a gap and a void number.
type office struct {
	voided  workflow.Number
	why     string
	lines   []workflow.BackLine
	looked  int
	brought []workflow.Source
	err     error
}

func number(no int) workflow.Number {
	return workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: no}
}

func (o *office) VoidGap(_ context.Context, _ workflow.Actor, _ uuid.UUID, n workflow.Number, why string) (workflow.RegisterLine, error) {
	o.voided, o.why = n, why
	return workflow.RegisterLine{}, o.err
}

func (o *office) EnterBack(_ context.Context, _ workflow.Actor, _ uuid.UUID, lines []workflow.BackLine, look bool) (all []workflow.BackEntry, err error) {
	if look {
		o.looked++
	} else {
		o.lines = lines
	}
	for n, line := range lines {
		entry := workflow.BackEntry{BackLine: line, There: n == 1}
		if n == 2 {
			entry.Why = fault.New(fault.Blocked, page.BadTime.With("未录"), page.BadTime.With("缘故"))
		}
		all = append(all, entry)
	}
	return all, o.err
}

func (o *office) ImportBack(_ context.Context, _ workflow.Actor, _ uuid.UUID, s workflow.Source) (workflow.Issue, error) {
	o.brought = append(o.brought, s)
	return workflow.Issue{ID: uuid.New(), Number: number(3)}, o.err
}

func (o *office) LookBack(_ context.Context, _ workflow.Actor, _ uuid.UUID, _ workflow.Source) (workflow.Issue, error) {
	o.looked++
	return workflow.Issue{Number: number(3)}, o.err
}

func (o *office) Series(context.Context, uuid.UUID) (workflow.Series, error) {
	return workflow.Series{ID: series, Masthead: "鄂尔多斯科技简报"}, nil
}

func (o *office) Register(context.Context, uuid.UUID) ([]workflow.RegisterLine, error) {
	return []workflow.RegisterLine{{Number: number(1)}, {Number: number(4), Void: "排重了", VoidBy: "李文书"}}, nil
}

func visit(t *testing.T, role accounts.Role) (*office, *pagetest.Visitor) {
	t.Helper()
	who := accounts.Person{ID: uuid.New(), Name: "李文书", Active: true, Grants: []accounts.Grant{{Series: series, Role: role}}}
	o := &office{}
	return o, pagetest.Visit(t, Room(Config{Desk: o, Reads: o, Intake: intake.Read}), who, time.Date(2025, 7, 15, 4, 0, 0, 0, time.UTC))
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

// hand hands files in.
func hand(t *testing.T, v *pagetest.Visitor, do string, named map[string]string) pagetest.Answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("do", do)
	for name, data := range named {
		w, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte(data))
	}
	_ = form.Close()
	r := httptest.NewRequest(http.MethodPost, here+"/back", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return v.Do(r)
}

func TestGapsAreShownAndMadeVoid(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	is(t, v.Get(here+"/gaps"), http.StatusOK, "第2期", "第3期", "空号", "排重了", "李文书", "有2个号", "下一个是第5期")
	a := v.Post(here+"/gaps", "kind", "正刊", "year", "2021", "no", "2", "why", " 排版时跳号 ")
	if is(t, a, http.StatusSeeOther); o.voided != number(2) || o.why != "排版时跳号" {
		t.Errorf("%+v %q", o.voided, o.why)
	}
	o.err = fault.New(fault.Blocked, page.BadTime.With("甲"), page.BadTime.With("乙"))
	is(t, v.Post(here+"/gaps", "kind", "正刊", "year", "2021", "no", "3", "why", "我写的"), http.StatusUnprocessableEntity, "甲", "乙", `value="我写的"`)
	is(t, v.Post(here+"/gaps", "year", "二〇二一", "no", "3"), http.StatusUnprocessableEntity, "二〇二一")
}

func TestOthersSeeGapsAndChangeNothing(t *testing.T) {
	_, v := visit(t, accounts.Reader)
	a := v.Get(here + "/gaps")
	if is(t, a, http.StatusOK, "第2期"); strings.Contains(a.Body, "<form class=\"row\"") {
		t.Error("a reader has the form")
	}
	is(t, v.Get(here+"/back"), http.StatusForbidden)
	is(t, hand(t, v, "enter", map[string]string{"a.csv": "期号"}), http.StatusForbidden)
	v.Person = accounts.Person{ID: uuid.New(), Active: true}
	for _, address := range []string{"/gaps", "/back", "/back.xlsx"} {
		is(t, v.Get(here+address), http.StatusNotFound)
	}
	is(t, v.Get("/series/x/gaps"), http.StatusNotFound)
}

const sheet = "期号,日期,名称,刊别\n1,2020-01-06,科技简报,\n第2期,2020年2月6日,科技简报,正刊\n3,2020/3/6,科技简报,增刊\n"

func TestASpreadsheetIsLookedAtAndEntered(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	is(t, v.Get(here+"/back"), http.StatusOK, "下载空表")
	a := hand(t, v, "look", map[string]string{"往期.csv": sheet})
	is(t, a, http.StatusOK, "2020年第1期", "登记簿里已有", "缘故", "可以补录1，不能补录1", "补录这1行", `name="sheet"`)
	if o.looked != 1 || o.lines != nil {
		t.Fatal("a look enters nothing")
	}
	is(t, v.Post(here+"/back", "do", "enter", "sheet", sheet), http.StatusOK, "已补录1，未能补录1")
	want := []workflow.Number{{Kind: "正刊", Year: 2020, No: 1}, {Kind: "正刊", Year: 2020, No: 2}, {Kind: "增刊", Year: 2020, No: 3}}
	for n, line := range o.lines {
		if line.Number != want[n] || line.Date.Year != 2020 || int(line.Date.Month) != n+1 {
			t.Errorf("line %d: %+v", n, line)
		}
	}
	is(t, hand(t, v, "look", map[string]string{"x.csv": "期号,名称\n1,甲\n"}), http.StatusUnprocessableEntity, "“日期”")
	is(t, hand(t, v, "look", map[string]string{"x.csv": "期号,日期,名称\n一,昨天,甲\n"}), http.StatusUnprocessableEntity, "第2行", "昨天", "一")
	is(t, hand(t, v, "look", nil), http.StatusUnprocessableEntity, page.ChooseFile.ZH)
}

func TestFilesAreLookedAtAndEntered(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	two := map[string]string{"第3期.txt": "科技简报\n第3期", "密.txt": "机密★1年\n某事"}
	is(t, hand(t, v, "look", two), http.StatusOK, "第3期.txt", "2021年第3期", "密.txt", "可以补录1，不能补录1", "再选一次")
	is(t, hand(t, v, "enter", two), http.StatusOK, "已补录1，未能补录1")
	if len(o.brought) != 1 || o.brought[0].Name != "第3期.txt" || len(o.brought[0].Data) == 0 {
		t.Errorf("%d were entered", len(o.brought))
	}
}

func TestTheEmptySheetCanBeReadIn(t *testing.T) {
	_, v := visit(t, accounts.Clerk)
	a := v.Get(here + "/back.xlsx")
	read, err := sheets.Read([]byte(a.Body))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := readLines(read)
	if err != nil || len(lines) != 1 || lines[0].No != 1 || lines[0].Date.Year != 2020 {
		t.Errorf("%+v %v", lines, err)
	}
}
