package workflow

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/recipients"
	"jianbao/recipients/receipts"
	"jianbao/workflow/calendar"
)

// beijing is a moment of July 2021, in which no day is special: the 8th is a
// Thursday.
func beijing(day, hour, minute int) time.Time {
	return time.Date(2021, 7, day, hour, minute, 0, 0, receipts.China)
}

func TestWhoIsChasedWhen(t *testing.T) {
	sent := beijing(8, 16, 0)
	quiet := calendar.Calendar{Hours: calendar.Hours{Quiet: calendar.Span{From: 8 * 60, To: 10 * 60}}}
	for name, c := range map[string]struct {
		cal   calendar.Calendar
		state receipts.State
		rungs []int
		now   time.Time
		rung  int
		whom  Whom
	}{
		"the same day":                   {now: beijing(8, 17, 0), state: receipts.Accepted, rung: -1},
		"over the weekend":               {now: beijing(11, 10, 0), state: receipts.Accepted, rung: -1},
		"a working day":                  {now: beijing(9, 17, 0), state: receipts.Accepted, rung: -1},
		"two, before the office opens":   {now: beijing(12, 8, 0), state: receipts.Accepted, rung: -1},
		"two working days":               {now: beijing(12, 8, 30), state: receipts.Accepted, rung: 0, whom: AskContact},
		"asked already":                  {now: beijing(12, 9, 0), state: receipts.Accepted, rungs: []int{0}, rung: -1},
		"at lunch":                       {now: beijing(12, 12, 30), state: receipts.Accepted, rung: -1},
		"in the quiet hours":             {cal: quiet, now: beijing(12, 9, 0), state: receipts.Accepted, rung: -1},
		"after the quiet hours":          {cal: quiet, now: beijing(12, 10, 0), state: receipts.Accepted, rung: 0, whom: AskContact},
		"four working days":              {now: beijing(14, 9, 0), state: receipts.Reached, rungs: []int{0}, rung: 1, whom: AskDeputy},
		"asleep over both":               {now: beijing(14, 9, 0), state: receipts.Uncertain, rung: 1, whom: AskDeputy},
		"five working days":              {now: beijing(15, 9, 0), state: receipts.Accepted, rungs: []int{0, 1}, rung: 2, whom: AskByPhone},
		"the ladder has an end":          {now: beijing(30, 9, 0), state: receipts.Accepted, rungs: []int{0, 1, 2}, rung: -1},
		"the last rung was climbed late": {now: beijing(30, 9, 0), state: receipts.Accepted, rungs: []int{2}, rung: -1},
		"acknowledged":                   {now: beijing(12, 9, 0), state: receipts.Acknowledged, rung: -1},
		"refused":                        {now: beijing(12, 9, 0), state: receipts.Refused, rung: -1},
		"signed for on paper":            {now: beijing(12, 9, 0), state: receipts.HandedOver, rung: -1},
		"not sent yet":                   {now: beijing(12, 9, 0), state: receipts.NotSent, rung: -1},
		"bounced is not written to":      {now: beijing(14, 9, 0), state: receipts.Bounced, rung: -1},
		"bounced is rung up":             {now: beijing(15, 9, 0), state: receipts.Bounced, rung: 2, whom: AskByPhone},
	} {
		rung, whom := NextChase(c.cal, UsualChasing(), receipts.Line{Sent: sent, State: c.state, Rungs: c.rungs}, c.now)
		if rung != c.rung || whom != c.whom {
			t.Errorf("%s: rung %d %s, want %d %s", name, rung, whom, c.rung, c.whom)
		}
		if rung, _ := NextChase(c.cal, Chasing{}, receipts.Line{Sent: sent, State: c.state}, c.now); rung != -1 {
			t.Errorf("%s: asked though the office asks nobody", name)
		}
	}
}

func TestWhatAnIssueIsDue(t *testing.T) {
	if got, want := UsualChasing().DueBy(calendar.Calendar{}, beijing(8, 16, 0)), beijing(13, 17, 30); !got.Equal(want) {
		t.Errorf("due by %s, want %s", got, want)
	}
	if got, want := (Chasing{Within: 1}).DueBy(calendar.Calendar{}, beijing(10, 1, 0)), beijing(12, 17, 30); !got.Equal(want) {
		t.Errorf("due by %s, want %s", got, want)
	}
}

func TestLaddersThatCannotBeClimbed(t *testing.T) {
	for name, c := range map[string]Chasing{
		"twice a day": {Rungs: []ChaseRung{{2, AskContact}, {2, AskDeputy}}},
		"falling":     {Rungs: []ChaseRung{{4, AskContact}, {2, AskDeputy}}},
		"at once":     {Rungs: []ChaseRung{{0, AskContact}}},
		"too late":    {Rungs: []ChaseRung{{mostChaseDays + 1, AskContact}}},
		"nobody":      {Rungs: []ChaseRung{{1, "leader"}}},
		"within":      {Within: -1},
		"too many":    {Rungs: []ChaseRung{{1, AskContact}, {2, AskContact}, {3, AskContact}, {4, AskContact}, {5, AskContact}, {6, AskContact}, {7, AskContact}, {8, AskContact}, {9, AskContact}, {10, AskContact}, {11, AskContact}}},
	} {
		if reasons := c.against(); len(reasons) != 1 {
			t.Errorf("%s: %v", name, reasons)
		}
		if err := (Timetable{Chasing: c}).Validate(); err == nil {
			t.Errorf("%s: the timetable takes it", name)
		}
	}
	if err := (Timetable{Chasing: UsualChasing()}).Validate(); err != nil {
		t.Error(err)
	}
}

// Nobody asks where a clerk put an end to it; the deputy is asked at the deputy's
// own address, and the contact where there is none.
func TestWhoIsNotAskedAndWhere(t *testing.T) {
	l := receipts.Line{Sent: beijing(8, 16, 0), State: receipts.Accepted, Calm: &receipts.Ruling{By: "文书"}}
	if rung, _ := NextChase(calendar.Calendar{Zone: receipts.China}, UsualChasing(), l, beijing(15, 9, 0)); rung >= 0 {
		t.Errorf("rung %d although nobody is to ask", rung)
	}
	u := recipients.Unit{Addresses: []string{"u@o.example"}, Contact: recipients.Contact{Addresses: []string{"c@o.example"}}, Deputy: recipients.Contact{Addresses: []string{"d@o.example"}}}
	if to := mailboxesFor(AskDeputy, u); len(to) != 1 || to[0] != "d@o.example" {
		t.Errorf("the deputy at %v", to)
	}
	u.Deputy = recipients.Contact{}
	if to := mailboxesFor(AskDeputy, u); len(to) != 1 || to[0] != "c@o.example" {
		t.Errorf("no deputy: %v", to)
	}
	if to := mailboxesFor(AskByPhone, u); to != nil {
		t.Errorf("by telephone at %v", to)
	}
}

func TestAReminderSaysNothingOfOthers(t *testing.T) {
	a, b, c := uuid.New(), uuid.New(), uuid.New()
	clerk := accounts.Person{ID: uuid.New(), Name: "文书", Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}
	sight := ChaseSight{
		Issue:     Issue{ID: uuid.New(), Number: Number{Kind: bulletin.Ordinary, Year: 2021, No: 8}},
		Series:    Series{ID: uuid.New(), Masthead: "鄂尔多斯科技简报", Organ: "市科学技术局"},
		Timetable: Timetable{Chasing: UsualChasing()}, Dispatch: uuid.New(),
		Staff: Staff{People: []accounts.Person{clerk}},
		Lines: []receipts.Line{
			{Unit: a, Name: "市统计局", State: receipts.Accepted, Sent: beijing(8, 16, 0), Version: "d", Copies: 2},
			{Unit: b, Name: "市水利局", State: receipts.Acknowledged, Sent: beijing(8, 16, 0)},
			{Unit: c, Name: "市林草局", State: receipts.Accepted, Sent: beijing(8, 16, 0)},
		},
		Units: []recipients.Unit{{ID: a, Addresses: []string{"tjj@o.example"}, Contact: recipients.Contact{Name: "张三", Addresses: []string{"zs@o.example"}}}, {ID: c, Name: "市林草局"}},
	}
	key, now := TicketKey("0123456789abcdef0123456789abcdef"), beijing(12, 9, 0)
	got := Chase(sight, key, "https://jianbao.example", now, uuid.New)
	if len(got.Chased) != 2 || got.Chased[0].Letter == nil || got.Chased[1].Letter != nil || got.Chased[1].Whom != AskByPhone {
		t.Fatalf("%+v", got.Chased)
	}
	letter := got.Chased[0].Letter
	if len(letter.To.Addresses) != 1 || letter.To.Addresses[0] != "zs@o.example" {
		t.Errorf("to %v", letter.To.Addresses)
	}
	for _, other := range []string{"市水利局", "市林草局"} {
		if strings.Contains(letter.Text, other) {
			t.Errorf("the reminder names %s", other)
		}
	}
	linked := Receiving{Key: key, Site: "https://jianbao.example"}.Linked(letter.Text)
	link := "https://jianbao.example/receipt/" + key.Token(letter.Slip.ID)
	if !strings.Contains(linked, link) || strings.Contains(letter.Text, key.Token(letter.Slip.ID)) {
		t.Errorf("%s", linked)
	}
	if letter.Slip.Hash != TicketHash(key.Token(letter.Slip.ID)) || letter.Slip.Unit != a || !letter.Slip.Expires.After(now) {
		t.Errorf("%+v", letter.Slip)
	}
	if len(got.Notices) != 1 || got.Notices[0].Person != clerk.ID || !strings.Contains(got.Notices[0].Says.In("zh"), "市林草局") {
		t.Errorf("%+v", got.Notices)
	}
	plain := Chase(sight, nil, "", now, uuid.New).Chased[0].Letter
	if strings.Contains(plain.Text, "{{") || plain.Slip.Hash != "" {
		t.Errorf("without links: %s", plain.Text)
	}
}
