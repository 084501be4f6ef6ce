package me

import (
	"context"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/feeds"
)

var now = time.Date(2026, 7, 31, 4, 0, 0, 0, time.UTC)

// A tray has one person's notices.
type tray struct {
	notices []workflow.Notice
	read    []uuid.UUID
	all     bool
	reach   workflow.Reach
	err     error
	token   string
}

func (b *tray) NoticesOf(context.Context, uuid.UUID, int) ([]workflow.Notice, error) {
	return b.notices, nil
}

func (b *tray) ReadNotices(_ context.Context, _ uuid.UUID, _ time.Time, ids ...uuid.UUID) error {
	b.read, b.all = ids, len(ids) == 0
	return nil
}

func (b *tray) ReachOf(context.Context, uuid.UUID) (workflow.Reach, error) { return b.reach, nil }

func (b *tray) SaveReach(_ context.Context, r workflow.Reach) error {
	if b.err == nil {
		b.reach = r
	}
	return b.err
}

func (b *tray) Make(context.Context, uuid.UUID) (string, error) {
	b.token = "t0ken"
	return b.token, nil
}

func (b *tray) End(context.Context, uuid.UUID) error {
	b.token = ""
	return nil
}

func (b *tray) Of(context.Context, uuid.UUID) (feeds.Feed, bool, error) {
	return feeds.Feed{Made: now}, b.token != "", nil
}

func (b *tray) Show(_ context.Context, token string) ([]byte, error) {
	if token != b.token || token == "" {
		return nil, fault.New(fault.NotFound, badNotice.With())
	}
	return []byte("BEGIN:VCALENDAR\r\n"), nil
}

func visit(t *testing.T) (*tray, *pagetest.Visitor) {
	t.Helper()
	b := &tray{}
	c := Config{Notices: b, Feeds: b, Site: "https://j.example"}
	both := func(kit *page.Kit) (page.Routes, error) { return page.Open(kit, Room(c), Outside(c)) }
	who := accounts.Person{ID: uuid.New(), Name: "王编辑", Active: true, Grants: []accounts.Grant{{Role: accounts.Editor}}}
	return b, pagetest.Visit(t, both, who, now)
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

func TestNoticesAreListedAndRead(t *testing.T) {
	b, v := visit(t)
	is(t, v.Get("/me/notices"), http.StatusOK, "没有提醒")
	says := fault.Reason{Key: "应于7月31日前印发"}
	b.notices = []workflow.Notice{
		{ID: uuid.New(), Issue: uuid.New(), Kind: workflow.Assigned, Says: says, At: now, SendAt: now.Add(time.Hour)},
		{ID: uuid.New(), Kind: workflow.Returned, Says: says, At: now, Read: now, Dispatch: uuid.New()},
	}
	a := v.Get("/me/notices")
	is(t, a, http.StatusOK, "1条未读", "有事待办", "应于7月31日前印发", `href="/issues/`+b.notices[0].Issue.String(), "2026-07-31 13:00发邮件", "已发邮件", "提醒方式")
	if strings.Contains(a.Body, "/hooks") || strings.Count(a.Body, `value="`+b.notices[1].ID.String()) != 0 {
		t.Error("too much is offered")
	}
	if is(t, v.Post("/me/notices", "notice", b.notices[0].ID.String()), http.StatusSeeOther); !reflect.DeepEqual(b.read, []uuid.UUID{b.notices[0].ID}) {
		t.Errorf("%v", b.read)
	}
	if is(t, v.Post("/me/notices", "notice", "all"), http.StatusSeeOther); !b.all {
		t.Errorf("%v", b.read)
	}
	is(t, v.Post("/me/notices", "notice", "x"), http.StatusUnprocessableEntity, "没有这条提醒")
}

func TestHowSomebodyIsTold(t *testing.T) {
	b, v := visit(t)
	is(t, v.Get("/me/reach"), http.StatusOK, `value="08:30"`, "未能发出", "必发", "生成地址")
	a := v.Post("/me/reach", "version", "0", "address", "w@b.example", "lang", "en", "how", "at-once", "morning", "09:00", "quiet-from", "21:30", "quiet-to", "07:00", "kind", "assigned")
	if is(t, a, http.StatusSeeOther); b.reach.Address != "w@b.example" || b.reach.Lang != fault.EN || !b.reach.AtOnce || b.reach.Morning != 540 || b.reach.Quiet != (calendar.Span{From: 21*60 + 30, To: 7 * 60}) {
		t.Errorf("%+v", b.reach)
	}
	for _, k := range b.reach.Muted {
		if k == workflow.Assigned || !k.Mutable() {
			t.Errorf("%s is muted", k)
		}
	}
	is(t, v.Get(a.Location), http.StatusOK, "提醒方式已保存", `value="21:30"`)
	bad := v.Post("/me/reach", "version", "x", "address", "nobody", "lang", "fr", "morning", "25:00", "quiet-from", "00:00", "quiet-to", "24:00")
	is(t, bad, http.StatusUnprocessableEntity, `value="nobody"`, `value="25:00"`, "看不懂的时间", "没有这种语言")
	b.err = fault.New(fault.Conflict, badNotice.With())
	is(t, v.Post("/me/reach", "version", "0", "morning", "09:00", "quiet-from", "00:00", "quiet-to", "00:00"), http.StatusConflict)
}

func TestDeadlinesAsACalendar(t *testing.T) {
	b, v := visit(t)
	is(t, v.Get("/calendar/t0ken.ics"), http.StatusNotFound)
	is(t, v.Post("/me/feed"), http.StatusOK, "https://j.example/calendar/t0ken.ics", "换新地址")
	if a := v.Get("/me/reach"); strings.Contains(a.Body, "t0ken") || !strings.Contains(a.Body, "现有地址生成于2026-07-31 12:00") {
		t.Error("the address is shown twice, or not that there is one")
	}
	v.Person = accounts.Person{} // a calendar program
	a := v.Get("/calendar/t0ken.ics")
	if is(t, a, http.StatusOK, "BEGIN:VCALENDAR"); a.Header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Errorf("%v", a.Header)
	}
	for _, address := range []string{"/calendar/t0ken", "/calendar/other.ics", "/calendar/.ics"} {
		is(t, v.Get(address), http.StatusNotFound)
	}
	if is(t, v.Post("/me/feed/stop"), http.StatusSeeOther); b.token != "" {
		t.Error("it was not ended")
	}
}
