package holidays

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
	"jianbao/fault"
	"jianbao/web/page/pagetest"
	"jianbao/workflow/calendar"
)

// A shelf keeps the tables as the store does.
type shelf struct {
	own    []calendar.Year
	record []calendar.Change
	err    error
}

func (s *shelf) Years(context.Context) ([]calendar.Year, error) { return s.own, nil }

func (s *shelf) YearChanges(context.Context, int) ([]calendar.Change, error) { return s.record, nil }

func (s *shelf) ChangeYear(_ context.Context, c calendar.Change) error {
	before, _ := calendar.YearOf(calendar.Known(s.own...), c.Year)
	if err := c.Validate(before); err != nil {
		return err
	}
	if s.err != nil {
		return s.err
	}
	s.record, s.own = append(s.record, c), nil
	if c.Table != nil {
		y := *c.Table
		y.Version = c.Version + 1
		s.own = []calendar.Year{y}
	}
	return nil
}

func visit(t *testing.T, role accounts.Role) (*shelf, *pagetest.Visitor) {
	t.Helper()
	s := &shelf{}
	who := accounts.Person{ID: uuid.New(), Name: "管理员", Active: true, Grants: []accounts.Grant{{Role: role}}}
	return s, pagetest.Visit(t, Room(Config{Books: s, NewID: uuid.New}), who, time.Date(2026, 12, 2, 4, 0, 0, 0, time.UTC))
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

func TestAYearIsShown(t *testing.T) {
	_, v := visit(t, accounts.Reader)
	if a := v.Get("/holidays"); a.Location != "/holidays/2026" {
		t.Errorf("%+v", a)
	}
	a := v.Get("/holidays/2026")
	is(t, a, http.StatusOK, "2026年放假安排", `title="休（国庆节）">1<small>休</small>`, `title="上班（国庆节调休）">10<small>班</small>`, "2026-10-01 – 2026-10-07", "内置", "国务院办公厅", `href="/holidays/2027"`, "2027年的放假安排尚未录入")
	if strings.Contains(a.Body, "<textarea") {
		t.Error("a reader may change it")
	}
	is(t, v.Get("/holidays/2027"), http.StatusOK, "期限只按周末计算")
	is(t, v.Get("/holidays/2026?lang=en"), http.StatusOK)
	for _, address := range []string{"/holidays/x", "/holidays/1948", "/holidays/2026/table.pdf", "/holidays/2027/table.ics"} {
		is(t, v.Get(address), http.StatusNotFound)
	}
	for address, begins := range map[string]string{"/holidays/2026/table.ics": "BEGIN:VCALENDAR\r\n", "/holidays/2026/table.csv": "\ufeff日期,", "/holidays/2026/table.xlsx": "PK"} {
		if a := v.Get(address); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, begins) || !strings.Contains(a.Header.Get("Content-Disposition"), "holidays-2026.") {
			t.Errorf("%s: %d %.40q %v", address, a.Status, a.Body, a.Header)
		}
	}
	for _, address := range []string{"/holidays/2026", "/holidays/2026/day", "/holidays/2026/import", "/holidays/2026/restore"} {
		is(t, v.Post(address, "version", "0"), http.StatusNotFound)
	}
}

const notice2027 = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。"

func TestANoticeIsTakenOverAfterALook(t *testing.T) {
	s, v := visit(t, accounts.Admin)
	a := v.Post("/holidays/2027/import", "version", "0", "text", notice2027)
	is(t, a, http.StatusOK, "将有12天改动", "2027-10-09：原为周末，改为上班（国庆节调休）", "存入")
	if len(s.record) != 0 {
		t.Fatal("looking changed something")
	}
	y, err := calendar.ReadAnnouncement(2027, notice2027)
	if err != nil {
		t.Fatal(err)
	}
	a = v.Post("/holidays/2027", "version", "0", "text", y.Form(), "reason", "")
	is(t, a, http.StatusUnprocessableEntity, "请写明改动的依据")
	a = v.Post("/holidays/2027", "version", "0", "text", y.Form(), "reason", "国办通知")
	if is(t, a, http.StatusSeeOther); a.Location != "/holidays/2027" || len(s.own) != 1 || len(s.own[0].Days) != 12 {
		t.Errorf("%+v", s.own)
	}
	is(t, v.Get("/holidays/2027"), http.StatusOK, "本单位录入（第1版）", "国办通知", "12天改动", "管理员", "删去本单位录入的安排")
	s.err = fault.New(fault.Conflict, nothingHere.With())
	is(t, v.Post("/holidays/2027/day", "version", "1", "day", "2027-10-08", "kind", "off", "name", "国庆节", "day-reason", "市政府"), http.StatusConflict, `value="2027-10-08"`, `value="市政府"`)
	s.err = nil
	is(t, v.Post("/holidays/2027/day", "version", "1", "day", "2027-10-08", "kind", "off", "name", "国庆节", "day-reason", "市政府"), http.StatusSeeOther)
	is(t, v.Get("/holidays/2027"), http.StatusOK, "2027-10-08：原为上班，改为休（国庆节）")
	is(t, v.Post("/holidays/2027/day", "version", "2", "day", "x", "kind", "?"), http.StatusUnprocessableEntity, "请写明日期", "请选择休")
	is(t, v.Post("/holidays/2027/restore", "version", "2", "restore-reason", "录错"), http.StatusSeeOther)
	if len(s.own) != 0 || len(s.record) != 3 {
		t.Errorf("%+v %+v", s.own, s.record)
	}
}

func TestWhatCannotBeReadIsTold(t *testing.T) {
	_, v := visit(t, accounts.Admin)
	is(t, v.Post("/holidays/2027/import", "text", "国庆节：10月1日（周四）至7日放假，共8天。"), http.StatusUnprocessableEntity, "第1行写10月1日是星期四", "共8天", "（周四）至7日放假")
	is(t, v.Post("/holidays/2027/import", "text", " "), http.StatusUnprocessableEntity, "请粘贴通知，或选择文件")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "2027.ics")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write([]byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20271001\nSUMMARY:国庆节（休）\nEND:VEVENT\nEND:VCALENDAR\n"))
	_ = form.Close()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/holidays/2027/import", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	is(t, v.Do(r), http.StatusOK, "将有1天改动", "2027-10-01：原为上班，改为休（国庆节）")
}
