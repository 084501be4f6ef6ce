package setup_test

import (
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/setup"
)

var (
	now     = time.Date(2026, 8, 3, 2, 0, 0, 0, time.UTC)
	series  = uuid.MustParse("00000000-0000-0000-0000-00000000aaaa")
	editor  = person(1, "chengjidong", "程继东", accounts.Editor)
	checker = person(2, "qiaodong", "乔栋", accounts.Reviewer)
	first   = person(3, "zhangwei", "张伟", accounts.Signatory)
	second  = person(4, "zhangwei2", "张伟", accounts.Signatory)
	finance = recipients.Unit{ID: id(11), Name: "市财政局"}
	bureau  = recipients.Unit{ID: id(12), Name: "市统计局"}
	office  = setup.Directory{People: []accounts.Person{editor, checker, first, second}, Units: []recipients.Unit{finance, bureau}}
)

func id(n byte) uuid.UUID { return uuid.UUID{15: n} }

func person(n byte, login, name string, role accounts.Role) accounts.Person {
	return accounts.Person{ID: id(n), Login: login, Name: name, Active: true, Grants: []accounts.Grant{{Series: series, Role: role}}}
}

func named(p accounts.Person) workflow.Named { return workflow.Named{ID: p.ID, Name: p.Name} }

func unit(u recipients.Unit) workflow.Named { return workflow.Named{ID: u.ID, Name: u.Name} }

// reading is what tests read sheets with.
func reading() setup.Reading {
	return setup.Reading{Directory: office, By: workflow.Named{ID: id(9), Name: "管理员"}, At: now}
}

// plain are the settings of a series that was just made.
func plain() setup.Settings {
	return setup.Settings{
		Series: workflow.Series{
			ID: series, Masthead: "科技简报", Organ: "科技局", Place: "鄂尔多斯", Mailbox: "kjjb@kjj.ordos.example", Zone: "Asia/Shanghai",
			Route: workflow.DefaultRoute(), FileCopies: 1, Sections: []string{"高层声音", "科技政策"}, Tolerance: 2 * time.Hour, Template: 1, Version: 1,
		},
		Timetable: workflow.Timetable{Series: series},
	}
}

// texts of any shape that a form or a file could bring.
func anyText() *rapid.Generator[string] {
	return rapid.Map(rapid.OneOf(rapid.StringMatching(`[简报"'\\#\[\]=\n\t a-z]{1,12}`), rapid.String()), func(s string) string {
		return strings.TrimSpace(strings.ToValidUTF8(s, ""))
	})
}

// someText is one line that says something.
func someText() *rapid.Generator[string] {
	return anyText().Filter(func(s string) bool { return s != "" && !strings.ContainsFunc(s, unicode.IsControl) })
}

func hoursUpTo(n int) *rapid.Generator[time.Duration] {
	return rapid.Map(rapid.IntRange(0, n*3600), func(s int) time.Duration { return time.Duration(s) * time.Second })
}

func anyDay(t *rapid.T, name string) bulletin.Date {
	if rapid.Bool().Draw(t, name+" open") {
		return bulletin.Date{}
	}
	return bulletin.DateOf(time.Date(2020, 1, rapid.IntRange(1, 3000).Draw(t, name), 0, 0, 0, 0, time.UTC))
}

func anyStep(t *rapid.T, kind workflow.StepKind, skips bool) workflow.Step {
	s := workflow.Step{Kind: kind, Hours: rapid.IntRange(0, 400).Draw(t, "hours")}
	if rapid.Bool().Draw(t, "by role") {
		s.Role = rapid.SampledFrom([]accounts.Role{accounts.Editor, accounts.Reviewer, accounts.Signatory, accounts.Clerk}).Draw(t, "role")
		s.Need = rapid.IntRange(0, 9).Draw(t, "need")
	} else {
		s.People = rapid.SampledFrom([][]workflow.Named{nil, {named(first)}, {named(second), named(checker)}}).Draw(t, "people")
		s.Units = rapid.SampledFrom([][]workflow.Named{{unit(finance)}, {unit(bureau), unit(finance)}}).Draw(t, "units")
		s.Need = rapid.IntRange(workflow.All, len(s.People)+len(s.Units)).Draw(t, "need")
	}
	if skips {
		s.Skip = rapid.SampledFrom([]string{"", "not-ordinary", "not-mentioned", "urgent"}).Draw(t, "skip")
	}
	s.Overdue = rapid.SampledFrom([]workflow.OverdueRule{{}, {Do: workflow.Remind}, {Do: workflow.PassOn}, {Do: workflow.Escalate, To: named(first)}}).Draw(t, "overdue")
	return s
}

func anyRoute(t *rapid.T) workflow.Route {
	r := workflow.Route{anyStep(t, workflow.EditStep, false)}
	for range rapid.IntRange(0, 2).Draw(t, "countersigning") {
		r = append(r, anyStep(t, workflow.CountersignStep, true))
	}
	r = append(r, anyStep(t, rapid.SampledFrom([]workflow.StepKind{workflow.ReviewStep, workflow.SignOffStep}).Draw(t, "signs"), false))
	if rapid.Bool().Draw(t, "recheck") {
		r = append(r, anyStep(t, workflow.RecheckStep, true))
	}
	return r
}

// anySettings are settings that can be saved, the ids and versions those of
// plain.
func anySettings(t *rapid.T) setup.Settings {
	s := plain()
	of := &s.Series
	of.Masthead, of.Organ, of.Place = someText().Draw(t, "masthead"), someText().Draw(t, "organ"), rapid.OneOf(rapid.Just(""), someText()).Draw(t, "place")
	of.Mailbox = rapid.SampledFrom([]string{"", "a@b.example"}).Draw(t, "mailbox")
	of.Domains = rapid.SampledFrom([][]string{nil, {"ordos.example"}, {"ordos.example", "gov.example"}}).Draw(t, "domains")
	of.Zone = rapid.SampledFrom([]string{"", "Asia/Shanghai", "Europe/Paris"}).Draw(t, "zone")
	of.Sections = rapid.SliceOfNDistinct(someText(), 0, 3, rapid.ID).Draw(t, "sections")
	of.FileCopies, of.Tolerance = rapid.IntRange(0, 9).Draw(t, "copies"), hoursUpTo(50).Draw(t, "tolerance")
	of.Layout = rapid.SampledFrom([][]byte{nil, setup.LayoutNamed("同行式"), []byte("{\n\"name\": \"'''\"}"), []byte("{\n \"name\": \"本局\"\n}\n")}).Draw(t, "layout")
	if reason := anyText().Draw(t, "exception"); reason != "" {
		of.TwoPerson = &workflow.Exception{Reason: reason, ByName: "管理员", By: id(9), At: now}
	}
	of.Total = workflow.Total{Kinds: rapid.SliceOfNDistinct(rapid.SampledFrom(setup.Kinds()), 0, 4, rapid.ID).Draw(t, "kinds"), Last: rapid.IntRange(0, 900).Draw(t, "last")}
	of.Window = rapid.SampledFrom([]calendar.Window{{}, {Days: []time.Weekday{1, 3, 0}, From: 1, To: 1440}}).Draw(t, "window")
	of.Cadence = workflow.Cadence{Spec: rapid.SampledFrom([]string{"", "0 9 1,15 * *"}).Draw(t, "spec"), MaxLate: hoursUpTo(90).Draw(t, "max late")}
	of.Route = anyRoute(t)
	for range rapid.IntRange(0, 2).Draw(t, "leaders") {
		l := workflow.Leader{Name: someText().Draw(t, "leader"), Titles: rapid.SliceOfN(someText(), 0, 2).Draw(t, "titles"), Order: rapid.IntRange(-1, 3).Draw(t, "order")}
		if l.From = anyDay(t, "from"); l.From.IsZero() {
			l.Until = anyDay(t, "until")
		}
		of.Leaders = append(of.Leaders, l)
	}
	s.Timetable = anyTimetable(t)
	for _, u := range s.Units() {
		if rapid.Bool().Draw(t, "headed") {
			s.Heads = append(s.Heads, setup.Head{Unit: u, People: []workflow.Named{named(second), named(editor)}})
		}
	}
	return s
}

func anyTimetable(t *rapid.T) workflow.Timetable {
	table := workflow.Timetable{
		Series:  series,
		CatchUp: rapid.SampledFrom([]workflow.CatchUp{"", workflow.CatchLatest, workflow.CatchAll, workflow.CatchNone}).Draw(t, "catch up"),
		Appears: rapid.SampledFrom([]string{"", "0 18 15 * *"}).Draw(t, "appears"), Ahead: hoursUpTo(100).Draw(t, "ahead"),
		Hours: calendar.Hours{
			Work:         rapid.SampledFrom([][]calendar.Span{nil, calendar.UsualHours(), {{From: 540, To: 1020}}}).Draw(t, "work"),
			Quiet:        rapid.SampledFrom([]calendar.Span{{}, {From: 1320, To: 420}, {From: 30, To: 60}}).Draw(t, "quiet"),
			QuietDaysOff: rapid.Bool().Draw(t, "days off"),
		},
		Chasing: rapid.SampledFrom([]workflow.Chasing{{}, {Within: 3}, workflow.UsualChasing(), {Within: 5, Rungs: []workflow.ChaseRung{{Days: 1, Whom: workflow.AskByPhone}}}}).Draw(t, "chasing"),
	}
	table.Ladder = rapid.SampledFrom([][]workflow.Rung{nil, {}, workflow.DefaultLadder(), {{Hours: -8}, {Hours: 2, Raise: true}}}).Draw(t, "ladder")
	return table
}

// chinese are reasons as people read them.
func chinese(all []fault.Reason) (lines []string) {
	for _, r := range all {
		lines = append(lines, r.In(fault.ZH))
	}
	return lines
}
