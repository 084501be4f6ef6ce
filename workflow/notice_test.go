package workflow

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

func TestWhenANoticeIsMailed(t *testing.T) {
	const address = "a@b.example"
	quiet := Timetable{Hours: calendar.Hours{Quiet: calendar.Span{From: 21 * 60, To: 7 * 60}, QuietDaysOff: true}}
	c := quiet.Calendar(Series{}, nil)
	for _, s := range []struct {
		name      string
		reach     Reach
		kind      NoticeKind
		now, want string
	}{
		{"no address", Reach{}, Overdue, "2021-07-15T10:00", ""},
		{"muted", Reach{Address: address, AtOnce: true, Muted: []NoticeKind{Reminder}}, Reminder, "2021-07-15T10:00", ""},
		{"next morning", Reach{Address: address}, Assigned, "2021-07-15T10:00", "2021-07-16T08:30"},
		{"this morning", Reach{Address: address}, Assigned, "2021-07-15T08:29", "2021-07-15T08:30"},
		{"at the minute itself", Reach{Address: address}, Assigned, "2021-07-15T08:30", "2021-07-16T08:30"},
		{"over the weekend", Reach{Address: address}, Assigned, "2021-07-16T10:00", "2021-07-19T07:00"},
		{"their own morning", Reach{Address: address, Morning: 10 * 60}, Assigned, "2021-07-15T09:00", "2021-07-15T10:00"},
		{"at once", Reach{Address: address, AtOnce: true}, Assigned, "2021-07-15T10:00", "2021-07-15T10:00"},
		{"at once, at night", Reach{Address: address, AtOnce: true}, Assigned, "2021-07-15T23:00", "2021-07-16T07:00"},
		{"their own quiet hours", Reach{Address: address, AtOnce: true, Quiet: calendar.Span{From: 12 * 60, To: 14 * 60}}, Assigned, "2021-07-15T12:30", "2021-07-15T14:00"},
		{"their quiet hours before the office's", Reach{Address: address, AtOnce: true, Quiet: calendar.Span{From: 20 * 60, To: 21 * 60}}, Assigned, "2021-07-15T20:30", "2021-07-16T07:00"},
		{"their quiet hours behind the office's", Reach{Address: address, AtOnce: true, Quiet: calendar.Span{From: 6 * 60, To: 9 * 60}}, Assigned, "2021-07-15T22:00", "2021-07-16T09:00"},
		{"no hour is left", Reach{Address: address, AtOnce: true, Quiet: calendar.Span{From: 7 * 60, To: 21 * 60}}, Assigned, "2021-07-15T22:00", "2021-07-16T07:00"},
		{"urgent, and muted before it was", Reach{Address: address, Muted: []NoticeKind{HeldBack}}, HeldBack, "2021-07-15T10:00", "2021-07-15T10:00"},
		{"urgent", Reach{Address: address}, HeldBack, "2021-07-15T10:00", "2021-07-15T10:00"},
		{"urgent, on a holiday", Reach{Address: address}, HeldBack, "2021-10-02T10:00", "2021-10-08T07:00"},
		{"year end", Reach{Address: address}, Assigned, "2020-12-31T09:00", "2021-01-04T07:00"},
	} {
		got := s.reach.When(s.kind, c, in(t, "Asia/Shanghai", s.now))
		shown := ""
		if !got.IsZero() {
			shown = got.In(c.Zone).Format(localTime)
		}
		if shown != s.want {
			t.Errorf("%s: %s, want %s", s.name, shown, s.want)
		}
	}
}

func TestAReachThatCannotBe(t *testing.T) {
	err := fault.As(Reach{Morning: 1440, Muted: []NoticeKind{"x"}, Lang: "fr"}.Validate())
	if err == nil || len(err.Reasons) != 3 {
		t.Errorf("%v", err)
	}
	mutable := slices.DeleteFunc(NoticeKinds(), func(k NoticeKind) bool { return !k.Mutable() })
	if err := (Reach{Muted: mutable, Lang: fault.EN}).Validate(); err != nil {
		t.Error(err)
	}
	for _, kind := range NoticeKinds() {
		err := (Reach{Muted: []NoticeKind{kind}}).Validate()
		if kind.Mutable() == (err != nil) || kind.Title().Key == string(kind) {
			t.Errorf("%s (%s): %v", kind, kind.Title().In(fault.EN), err)
		}
	}
	if err := (Reach{Quiet: calendar.Span{From: -1, To: 5}}).Validate(); err == nil {
		t.Error("quiet before midnight begins")
	}
}

func TestALetterIsInThePersonsLanguage(t *testing.T) {
	key := TicketKey(strings.Repeat("k", 32))
	now := time.Date(2021, 7, 15, 2, 0, 0, 0, time.UTC)
	write := NoticeLetters("https://jianbao.example", key, func() time.Time { return now }, uuid.New)
	issue := uuid.New()
	all := []Notice{
		{Kind: Assigned, Issue: issue, Person: uuid.New(), Digest: "d", Place: "p", Says: sayAssigned.With("甲", ReviewStep.Title())},
		{Kind: Reminder, Issue: issue, Digest: "d", Says: sayReminder.With("甲", ReviewStep.Title(), "2021-07-16 09:00")},
		{Kind: NoIssue, Says: sayNoIssue.With("乙", "7月31日")},
	}
	m := write(Reach{Lang: fault.EN}, all)
	if m.Subject != "[Bulletin] 3 notices: 甲: please do the review" || len(m.Tickets) != 1 || strings.Count(m.Text, "/issues/"+issue.String()) != 2 {
		t.Errorf("%s\n%s\n%v", m.Subject, m.Text, m.Tickets)
	}
	ticket := m.Tickets[0]
	token := key.Token(ticket.ID)
	if ticket.Hash != TicketHash(token) || strings.Contains(m.Text, token) || ticket.Person != all[0].Person || ticket.Place != "p" {
		t.Errorf("%+v in %s", ticket, m.Text)
	}
	if sent := key.Linked(m.Text, "https://jianbao.example"); !strings.Contains(sent, "https://jianbao.example/answer/"+token+"\n") || strings.Contains(sent, "{{") {
		t.Error(sent)
	}
	if m := write(Reach{}, all[2:]); m.Subject != "【简报提醒】乙应于7月31日前印发，尚无草稿" || m.Tickets != nil {
		t.Errorf("%+v", m)
	}
	if m := NoticeLetters("", key, time.Now, uuid.New)(Reach{}, all); strings.Contains(m.Text, "http") || m.Tickets != nil {
		t.Errorf("without a site: %+v", m)
	}
	if slices.ContainsFunc(NoticeKinds(), func(k NoticeKind) bool { return k.urgent() && k == Assigned }) {
		t.Error("assignments wait for the morning")
	}
}
