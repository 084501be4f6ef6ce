package setup_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

// What is shown and not touched makes no difference, and what is shown of one
// series and set for another makes that the same.
func TestWhatIsShownCanBeSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shown := anySettings(t)
		if err := shown.Validate(); err != nil {
			t.Fatalf("the generator made what cannot be saved: %v", err)
		}
		text := setup.SheetOf(shown, office).Text(rapid.SampledFrom([]fault.Lang{fault.ZH, fault.EN}).Draw(t, "language"))
		for _, base := range []setup.Settings{shown, anySettings(t)} {
			sheet, err := setup.ReadText(text, setup.SheetOf(base, office))
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			got, err := sheet.Settings(base, reading())
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			got.Heads = ofTheRoute(got)
			if lines := setup.Differences(shown, got); len(lines) > 0 {
				t.Fatalf("%v\n%s", chinese(lines), text)
			}
			if string(got.Series.Layout) != string(shown.Series.Layout) {
				t.Fatalf("the layout was %q and is %q", shown.Series.Layout, got.Series.Layout)
			}
		}
	})
}

// ofTheRoute are the heads that the text of a series shows.
func ofTheRoute(s setup.Settings) (heads []setup.Head) {
	for _, h := range s.Heads {
		for _, u := range s.Units() {
			if h.Unit.ID == u.ID {
				heads = append(heads, h)
			}
		}
	}
	return heads
}

// aspects are all that can be other between two settings, one at a time.
var aspects = []func(to *setup.Settings, from setup.Settings){
	func(to *setup.Settings, from setup.Settings) { to.Series.Masthead = from.Series.Masthead },
	func(to *setup.Settings, from setup.Settings) { to.Series.Organ = from.Series.Organ },
	func(to *setup.Settings, from setup.Settings) { to.Series.Place = from.Series.Place },
	func(to *setup.Settings, from setup.Settings) { to.Series.Mailbox = from.Series.Mailbox },
	func(to *setup.Settings, from setup.Settings) { to.Series.Zone = from.Series.Zone },
	func(to *setup.Settings, from setup.Settings) { to.Series.Sections = from.Series.Sections },
	func(to *setup.Settings, from setup.Settings) { to.Series.FileCopies = from.Series.FileCopies },
	func(to *setup.Settings, from setup.Settings) { to.Series.TwoPerson = from.Series.TwoPerson },
	func(to *setup.Settings, from setup.Settings) { to.Series.Layout = from.Series.Layout },
	func(to *setup.Settings, from setup.Settings) { to.Series.Total.Kinds = from.Series.Total.Kinds },
	func(to *setup.Settings, from setup.Settings) { to.Series.Total.Last = from.Series.Total.Last },
	func(to *setup.Settings, from setup.Settings) { to.Series.Window = from.Series.Window },
	func(to *setup.Settings, from setup.Settings) { to.Series.Tolerance = from.Series.Tolerance },
	func(to *setup.Settings, from setup.Settings) { to.Series.Cadence.Spec = from.Series.Cadence.Spec },
	func(to *setup.Settings, from setup.Settings) { to.Series.Cadence.MaxLate = from.Series.Cadence.MaxLate },
	func(to *setup.Settings, from setup.Settings) { to.Series.Leaders = from.Series.Leaders },
	func(to *setup.Settings, from setup.Settings) { to.Series.Route = from.Series.Route },
	func(to *setup.Settings, from setup.Settings) { to.Timetable.CatchUp = from.Timetable.CatchUp },
	func(to *setup.Settings, from setup.Settings) { to.Timetable.Appears = from.Timetable.Appears },
	func(to *setup.Settings, from setup.Settings) { to.Timetable.Ahead = from.Timetable.Ahead },
	func(to *setup.Settings, from setup.Settings) { to.Timetable.Hours.Work = from.Timetable.Hours.Work },
	func(to *setup.Settings, from setup.Settings) { to.Timetable.Hours.Quiet = from.Timetable.Hours.Quiet },
	func(to *setup.Settings, from setup.Settings) {
		to.Timetable.Hours.QuietDaysOff = from.Timetable.Hours.QuietDaysOff
	},
	func(to *setup.Settings, from setup.Settings) { to.Timetable.Ladder = from.Timetable.Ladder },
	func(to *setup.Settings, from setup.Settings) {
		to.Timetable.Chasing.Within = from.Timetable.Chasing.Within
	},
	func(to *setup.Settings, from setup.Settings) {
		to.Timetable.Chasing.Rungs = from.Timetable.Chasing.Rungs
	},
	stepAspect(func(to *workflow.Step, from workflow.Step) { to.Skip = from.Skip }),
	stepAspect(func(to *workflow.Step, from workflow.Step) { to.Hours = from.Hours }),
	stepAspect(func(to *workflow.Step, from workflow.Step) { to.Overdue = from.Overdue }),
	stepAspect(func(to *workflow.Step, from workflow.Step) { to.Role, to.Need = from.Role, from.Need }),
	stepAspect(func(to *workflow.Step, from workflow.Step) { to.People = from.People }),
	stepAspect(func(to *workflow.Step, from workflow.Step) { to.Units = from.Units }),
}

// stepAspect is what can be other in the last step.
func stepAspect(set func(to *workflow.Step, from workflow.Step)) func(*setup.Settings, setup.Settings) {
	return func(to *setup.Settings, from setup.Settings) {
		to.Series.Route = slices.Clone(to.Series.Route)
		set(&to.Series.Route[len(to.Series.Route)-1], from.Series.Route[len(from.Series.Route)-1])
	}
}

// Whatever is other is said, in a sentence or two: two settings without a
// difference are the same text.
func TestEveryDifferenceIsSaid(t *testing.T) {
	differed := make([]bool, len(aspects))
	rapid.Check(t, func(t *rapid.T) {
		a, other := anySettings(t), anySettings(t)
		a.Heads = nil
		text := setup.SheetOf(a, office).Text(fault.ZH)
		for n, set := range aspects {
			b := a
			set(&b, other)
			same := setup.SheetOf(b, office).Text(fault.ZH) == text
			lines := setup.Differences(a, b)
			if differed[n] = differed[n] || !same; same == (len(lines) > 0) {
				t.Fatalf("aspect %d: the same is %v, and it says %v\n%+v\n%+v", n, same, chinese(lines), a, b)
			}
		}
	})
	if n := slices.Index(differed, false); n >= 0 {
		t.Errorf("aspect %d was never other", n)
	}
}

func TestDifferencesInPlainSentences(t *testing.T) {
	countersign := workflow.Step{Kind: workflow.CountersignStep, Units: []workflow.Named{unit(finance), unit(bureau)}, Need: workflow.All, Hours: 8, Overdue: workflow.OverdueRule{Do: workflow.Escalate, To: named(first)}}
	for name, c := range map[string]struct {
		change func(*setup.Settings)
		want   []string
	}{
		"nothing": {func(*setup.Settings) {}, nil},
		"what is so anyway": {func(s *setup.Settings) {
			s.Series.Zone, s.Timetable.Ladder, s.Timetable.Ahead = "", workflow.DefaultLadder(), 72*time.Hour
		}, nil},
		"masthead": {func(s *setup.Settings) { s.Series.Masthead = "统计简报" }, []string{"刊名：由“科技简报”改为“统计简报”"}},
		"to none":  {func(s *setup.Settings) { s.Series.Mailbox = "" }, []string{"发信邮箱：由“kjjb@kjj.ordos.example”改为“无”"}},
		"two things": {func(s *setup.Settings) {
			s.Series.Sections = append(s.Series.Sections, "他山之石")
			s.Timetable.Ladder = []workflow.Rung{{Hours: -2}, {Hours: 0}, {Hours: 8, Raise: true}}
		}, []string{
			"固定栏目：由“高层声音、科技政策”改为“高层声音、科技政策、他山之石”",
			"催办：由“期限前4个工作小时、到期时、逾期8个工作小时（并按逾期办法办）、逾期24个工作小时（并按逾期办法办）”改为“期限前2个工作小时、到期时、逾期8个工作小时（并按逾期办法办）”",
		}},
		"receipts": {func(s *setup.Settings) { s.Timetable.Chasing = workflow.UsualChasing() },
			[]string{"催签收：由“无”改为“发出后第2个工作日催联系人、发出后第4个工作日催副联系人、发出后第5个工作日催打电话”"}},
		"a step more": {func(s *setup.Settings) {
			s.Series.Route = workflow.Route{s.Series.Route[0], countersign, s.Series.Route[1]}
		}, []string{"流程新增第2步：会签，市财政局负责人、市统计局负责人办理，全部同意，限8个工作小时，逾期提请张伟"}},
		"another step": {func(s *setup.Settings) { s.Series.Route[1].Need = 2 },
			[]string{"流程第2步：由“审核，本刊审核办理”改为“审核，本刊审核办理，2人同意”"}},
		"one for another": {func(s *setup.Settings) { s.Series.Route[1].Kind = workflow.SignOffStep },
			[]string{"流程去掉原第2步：审核，本刊审核办理", "流程新增第2步：签发，本刊审核办理"}},
		"a head": {func(s *setup.Settings) { s.Heads = []setup.Head{{unit(finance), []workflow.Named{named(second)}}} },
			[]string{"市财政局的负责人：由“无”改为“张伟”"}},
	} {
		after := plain()
		c.change(&after)
		if got := chinese(setup.Differences(plain(), after)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n%s\nnot\n%s", name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// Where a step is added the others are themselves, whatever stands beside them.
func TestStepsAreHeldAgainstTheirOwn(t *testing.T) {
	one := workflow.Step{Kind: workflow.CountersignStep, Units: []workflow.Named{unit(finance)}}
	two := workflow.Step{Kind: workflow.CountersignStep, Units: []workflow.Named{unit(bureau)}}
	before, after := plain(), plain()
	before.Series.Route = workflow.Route{before.Series.Route[0], two, before.Series.Route[1]}
	after.Series.Route = workflow.Route{after.Series.Route[0], one, two, after.Series.Route[1]}
	want := []string{"流程新增第2步：会签，市财政局负责人办理"}
	if got := chinese(setup.Differences(before, after)); !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}

func TestWhatALeftOutSettingIs(t *testing.T) {
	base := plain()
	base.Timetable.Appears, base.Series.Leaders = "0 18 15 * *", []workflow.Leader{{Name: "甲"}, {Name: "乙", Order: 2}}
	before := setup.SheetOf(base, office)
	sheet, err := setup.ReadText("leaders = [{name = \"丙\"}]\n[cadence]\nopens = \"0 9 1 * *\"\n", before)
	if err != nil {
		t.Fatal(err)
	}
	want := before
	want.Cadence.Opens, want.Leaders = "0 9 1 * *", []setup.LeaderLine{{Name: "丙"}}
	if !reflect.DeepEqual(sheet, want) {
		t.Errorf("%+v\nnot\n%+v", sheet, want)
	}
}

func TestEverythingThatIsWrongIsSaidAtOnce(t *testing.T) {
	with := reading()
	with.Layout = func(json.RawMessage) error { return fault.New(fault.Invalid, setup.Made.With("版式")) }
	sheet := setup.SheetOf(plain(), office)
	sheet.Masthead, sheet.Mailbox, sheet.Zone, sheet.FileCopies = " ", "kjjb", "Asia/Atlantis", -1
	sheet.Sections, sheet.Layout = []string{"要闻", "要闻"}, "没有的"
	sheet.Sending, sheet.Cadence.Opens, sheet.Cadence.Ahead = setup.SendingLines{Window: "周一", Tolerance: "-1h"}, "每月", "三天"
	sheet.Hours.Work, sheet.Reminders.Ladder = []string{"12:00-9:00"}, []setup.ReminderLine{{Hours: 1}, {Hours: 1}}
	sheet.Total.Kinds, sheet.Leaders = []string{"号外"}, []setup.LeaderLine{{Name: "甲", From: "昨天"}, {Name: "乙", From: "2026-02-01", Until: "2026-01-01"}}
	sheet.Route = append(sheet.Route, setup.StepLine{Kind: "recheck", People: []string{"nobody", "张伟"}, Units: []string{"市气象局"}, Need: "许多"})
	sheet.Heads = []setup.HeadLine{{Unit: "市财政局", People: []string{"nobody"}}}
	_, err := sheet.Settings(plain(), with)
	want := []string{
		"新建刊物：版式",
		"发送时段应写成 1-5 8:00-18:00 这样（1 是周一）：\"周一\"",
		"甲的任职日期应写成 2026-01-31 这样：\"昨天\"",
		"流程第3步：没有登录名或姓名为“nobody”的人",
		"流程第3步：有2个人叫“张伟”，请写登录名：zhangwei、zhangwei2",
		"流程第3步：名录里没有叫“市气象局”的单位",
		"流程第3步的 need 应是人数或 all：\"许多\"",
		"提前多久应有草稿应写成 2小时、30分钟、3天 这样（也可写 2h、30m）：\"三天\"",
		"市财政局的负责人：没有登录名或姓名为“nobody”的人",
		"请写刊名", "发信邮箱不是邮件地址：\"kjjb\"", "没有这个时区：\"Asia/Atlantis\"", "栏目“要闻”写了两次", "存档份数应为0至1000",
		"没有“号外”这种刊期", "乙的任职止日早于起日", "周期写法不对：\"每月\"", "发送最多可迟不能是负数",
		"工作时间的起止不对：12:00至9:00", "催办各次应由早到晚，且不重复",
	}
	var refusal *fault.Error
	if !errors.As(err, &refusal) || refusal.Code != fault.Invalid {
		t.Fatalf("%v", err)
	}
	said := strings.Join(chinese(refusal.Reasons), "\n")
	for _, line := range want {
		if !strings.Contains(said, line) {
			t.Errorf("%q is not said in\n%s", line, said)
		}
	}
	if len(refusal.Reasons) != len(want) {
		t.Errorf("%d reasons, not %d:\n%s", len(refusal.Reasons), len(want), said)
	}
}

func TestTextsThatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		"masthead = \"a\nb\"":                "第1行写法不对",
		"mastehad = \"a\"\n[totl]\nlast = 1": "没有“mastehad”这一项",
		"file_copies = \"many\"":             "写法不对",
		"[[route]]\nkind = \"edit\"\nwho=1":  "没有“route.who”这一项",
		strings.Repeat("#", 300<<10):         "超过256KB",
	} {
		_, err := setup.ReadText(text, setup.SheetOf(plain(), office))
		if refusal := fault.As(err); refusal == nil || refusal.Code != fault.Invalid || !strings.Contains(refusal.In(fault.ZH), want) {
			t.Errorf("%.30q: %v", text, err)
		}
	}
}

func TestAnExceptionIsOfWhoSetIt(t *testing.T) {
	base := plain()
	sheet := setup.SheetOf(base, office)
	sheet.TwoPerson = "编制只有两人"
	set, err := sheet.Settings(base, reading())
	if want := (&workflow.Exception{Reason: "编制只有两人", By: id(9), ByName: "管理员", At: now}); err != nil || !reflect.DeepEqual(set.Series.TwoPerson, want) {
		t.Fatalf("%+v, %v", set.Series.TwoPerson, err)
	}
	later := reading()
	later.By, later.At = named(editor), now.Add(time.Hour)
	sheet.Place = "包头"
	if again, err := sheet.Settings(set, later); err != nil || again.Series.TwoPerson != set.Series.TwoPerson {
		t.Errorf("it is that of %+v now, %v", again.Series.TwoPerson, err)
	}
}

// Somebody who was renamed, or is no longer known, stays in the route as listed.
func TestWhoIsNamedStaysNamed(t *testing.T) {
	base := plain()
	base.Series.Route[1] = workflow.Step{Kind: workflow.ReviewStep, People: []workflow.Named{{ID: checker.ID, Name: "乔 栋"}, {ID: id(77), Name: "离职的人"}}}
	got, err := setup.SheetOf(base, office).Settings(base, reading())
	if err != nil || !reflect.DeepEqual(got.Series.Route, base.Series.Route) {
		t.Errorf("%+v, %v", got.Series.Route, err)
	}
}

func TestDoubts(t *testing.T) {
	s := plain()
	if doubts := s.Doubts(office.People); len(doubts) > 0 {
		t.Errorf("of a series that is well: %v", chinese(doubts))
	}
	gone := checker
	gone.Active = false
	s.Series.Mailbox, s.Series.Route[1].Need = "", 2
	s.Series.Route = append(s.Series.Route, workflow.Step{Kind: workflow.CountersignStep, Units: []workflow.Named{unit(finance)}, People: []workflow.Named{named(gone)}},
		workflow.Step{Kind: workflow.RecheckStep, Role: accounts.Clerk})
	other := person(5, "lisi", "李四", accounts.Reviewer)
	want := []string{
		"没有发信邮箱，发不了邮件", "流程第2步（审核）要2人同意，本刊的审核只有1人", "流程第3步的乔栋已停用，不能办理",
		"市财政局没有负责人，流程第3步没有人能替它办", "流程第4步（复核）现在没有人能办：没有人是本刊的收发",
	}
	if got := chinese(s.Doubts([]accounts.Person{editor, gone, other})); !reflect.DeepEqual(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

func TestTheNextMoments(t *testing.T) {
	zone := plain().Series.Location()
	var got []string
	for _, m := range setup.Moments("0 9 1,15 * *", zone, time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC), 5) {
		got = append(got, m.Format("2006-01-02 15:04 -0700"))
	}
	want := []string{"2027-01-01 09:00 +0800", "2027-01-15 09:00 +0800", "2027-02-01 09:00 +0800", "2027-02-15 09:00 +0800", "2027-03-01 09:00 +0800"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	if none := setup.Moments("", zone, now, 5); none != nil {
		t.Errorf("of no cadence: %v", none)
	}
	if none := setup.Moments("every day", zone, now, 5); none != nil {
		t.Errorf("of a cadence that cannot be read: %v", none)
	}
}

func TestANewSeries(t *testing.T) {
	f := setup.Founding{Masthead: " 统计简报 ", Organ: "统计局", Route: "full", Countersign: []string{"市财政局", ""}}
	s, err := f.Settings(office, series, now)
	if err != nil || len(s.Series.Route) != 5 || s.Series.Route[2].Units[0] != unit(finance) || s.Series.Masthead != "统计简报" || s.Series.Created != now {
		t.Errorf("%+v, %v", s, err)
	}
	f.Countersign = nil
	if s, err := f.Settings(office, series, now); err != nil || len(s.Series.Route) != 4 {
		t.Errorf("with nobody to countersign: %+v, %v", s.Series.Route, err)
	}
	_, err = setup.Founding{Route: "short", Countersign: []string{"市气象局"}}.Settings(office, series, now)
	if refusal := fault.As(err); refusal == nil || len(refusal.Reasons) != 4 {
		t.Errorf("with all that is wrong: %v", err)
	}
	if _, err = (setup.Founding{Masthead: "a", Organ: "b", Route: "long"}).Settings(office, series, now); !fault.Is(err, fault.Invalid) {
		t.Errorf("with a route that there is not: %v", err)
	}
}

// Who read an older version is told so, and nothing is written over.
func TestASheetOfAnOlderVersionIsRefused(t *testing.T) {
	with := reading()
	with.Version = plain().Series.Version + 1
	if _, err := setup.SheetOf(plain(), office).Settings(plain(), with); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
}

func TestDurationsAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]time.Duration{"2h": 2 * time.Hour, "1h30m": 90 * time.Minute, "2小时30分钟": 150 * time.Minute, "3天": 72 * time.Hour, "1 d": 24 * time.Hour, "": 0} {
		sheet := setup.SheetOf(plain(), office)
		sheet.Sending.Tolerance = text
		if s, err := sheet.Settings(plain(), reading()); err != nil || s.Series.Tolerance != want {
			t.Errorf("%q is %s, %v", text, s.Series.Tolerance, err)
		}
	}
	for _, text := range []string{"2", "天", "99999天", "1.5天", "两小时"} {
		sheet := setup.SheetOf(plain(), office)
		sheet.Sending.Tolerance = text
		if _, err := sheet.Settings(plain(), reading()); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q was taken: %v", text, err)
		}
	}
}

func TestWhoMayChangeSettings(t *testing.T) {
	of := func(g accounts.Grant, active bool) accounts.Person {
		return accounts.Person{Active: active, Grants: []accounts.Grant{g}}
	}
	for name, c := range map[string]struct {
		p             accounts.Person
		change, found bool
	}{
		"admin of all":       {of(accounts.Grant{Role: accounts.Admin}, true), true, true},
		"admin of it":        {of(accounts.Grant{Role: accounts.Admin, Series: series}, true), true, false},
		"admin of another":   {of(accounts.Grant{Role: accounts.Admin, Series: id(99)}, true), false, false},
		"clerk of all":       {of(accounts.Grant{Role: accounts.Clerk}, true), false, false},
		"admin who has left": {of(accounts.Grant{Role: accounts.Admin}, false), false, false},
	} {
		if setup.MayChange(c.p, series) != c.change || setup.MayFound(c.p) != c.found {
			t.Errorf("%s: %v, %v", name, setup.MayChange(c.p, series), setup.MayFound(c.p))
		}
	}
}
