package remarks

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// office has a clerk 甲, an editor 乙, a reviewer 丙, and 丁 who has left.
func office() workflow.Staff {
	gone := person("丁", accounts.Clerk).Person
	gone.Active = false
	return workflow.Staff{People: []accounts.Person{
		person("甲", accounts.Clerk).Person, person("乙", accounts.Editor).Person, person("丙", accounts.Reviewer).Person, gone,
	}}
}

func at(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2021, month, day, hour, minute, 0, 0, series.Location())
}

// told is what Tell says, as "人：kind", and the words of the first.
func told(r Remark, now time.Time) (all []string, words string, t Telling) {
	staff := office()
	t = Tell(Sight{Remark: r, Series: series, Staff: staff}, now, uuid.New)
	for _, n := range t.Notices {
		p, _ := staff.Person(n.Person)
		all = append(all, p.Name+"："+string(n.Kind))
		words += n.Says.In(fault.ZH) + "\n"
	}
	slices.Sort(all)
	return slices.Compact(all), words, t
}

func TestWhoIsToldWhatOfASlip(t *testing.T) {
	r := standing(Assigned) // given on Friday the 16th, due on Friday the 30th
	r.Slip.Extensions = nil
	for name, c := range map[string]struct {
		now   time.Time
		to    []string
		words string
		next  time.Time
	}{
		"just given":              {midday, nil, "", at(7, 17, 12, 0)},
		"three days before":       {at(7, 27, 17, 0), nil, "", at(7, 28, 8, 30)},
		"two days before":         {at(7, 28, 8, 30), []string{"甲：remark-due"}, "还剩2个工作日：市发改委", at(7, 29, 8, 30)},
		"on its day":              {at(7, 30, 8, 30), []string{"甲：remark-due"}, "今日到期，尚未反馈：市发改委", at(7, 31, 8, 30)},
		"on the weekend":          {at(7, 31, 12, 0), []string{"甲：remark-due"}, "已逾期1个工作日", at(8, 1, 12, 0)},
		"a working day after":     {at(8, 2, 8, 30), []string{"甲：remark-due"}, "已逾期1个工作日，请催办：市发改委", at(8, 3, 8, 30)},
		"three days after":        {at(8, 4, 8, 30), []string{"丙：remark-due", "甲：remark-due"}, "已逾期3个工作日", at(8, 5, 8, 30)},
		"asleep for a month":      {at(9, 1, 8, 30), []string{"丙：remark-due", "甲：remark-due"}, "已逾期23个工作日", at(9, 2, 8, 30)},
		"before the office opens": {at(8, 2, 8, 29), []string{"甲：remark-due"}, "已逾期1个工作日", at(8, 2, 8, 30)},
	} {
		to, words, telling := told(r, c.now)
		if !slices.Equal(to, c.to) || !strings.Contains(words, c.words) || !telling.Next.Equal(c.next) {
			t.Errorf("%s: %v %q next %v, want %v %q %v", name, to, words, telling.Next.In(series.Location()), c.to, c.words, c.next)
		}
	}
}

func TestTheOfficeIsToldOfItsOwnWork(t *testing.T) {
	for name, c := range map[string]struct {
		state State
		now   time.Time
		to    []string
		words string
	}{
		"to be checked by others":      {Entered, midday, []string{"乙：remark"}, "张三的批示待核对（甲登记）"},
		"to be assigned":               {Checked, midday, []string{"甲：remark"}, "请当日交办"},
		"a working day later":          {Checked, at(7, 19, 16, 0), []string{"甲：remark", "甲：remark-due"}, "已逾一个工作日"},
		"two working days later":       {Checked, at(7, 20, 17, 30), []string{"丙：remark-due", "甲：remark", "甲：remark-due"}, "已逾一个工作日"},
		"more time is asked for":       {Assigned, midday, []string{"丙：remark"}, "申请延期到2021-08-06，请审批"},
		"answered":                     {Replied, midday, []string{"丙：remark", "甲：remark"}, "各单位已反馈"},
		"closed, and the leader waits": {Closed, midday, []string{"甲：remark"}, "请报告领导"},
		"reported":                     {Reported, at(9, 1, 9, 0), nil, ""},
		"void":                         {Voided, at(9, 1, 9, 0), nil, ""},
	} {
		r := standing(c.state)
		r.Checked.At, r.Closed.At = midday, midday
		to, words, telling := told(r, c.now)
		if !slices.Equal(to, c.to) || !strings.Contains(words, c.words) || telling.Next.IsZero() == r.Open() {
			t.Errorf("%s: %v %q next %v, want %v %q", name, to, words, telling.Next, c.to, c.words)
		}
	}
}

// What was said before a slip was given more time is not said again of it, and
// a new last day has a ladder of its own.
func TestMoreTimeIsANewLadder(t *testing.T) {
	r := standing(Assigned)
	r.Slip.Extensions[0].Granted, r.Slip.Extensions[0].Decided = true, Hand{By: uuid.New(), At: at(7, 30, 16, 0)}
	_, _, before := told(standing(Assigned), at(7, 30, 9, 0))
	r.Slip.Due = calendar.Day{Year: 2021, Month: 8, Day: 6}
	if to, words, _ := told(r, at(7, 30, 16, 1)); len(to) > 0 {
		t.Errorf("%v are told at once: %s", to, words)
	}
	to, words, after := told(r, at(8, 4, 9, 0))
	if !slices.Equal(to, []string{"甲：remark-due"}) || !strings.Contains(words, "还剩2个工作日") || before.Places[0] == after.Places[0] {
		t.Errorf("%v %s %v", to, words, after.Places)
	}
}

// Whoever gave the slip and has left is stood in for by the clerks.
func TestNobodyIsTold(t *testing.T) {
	r := standing(Assigned)
	r.Slip.Extensions, r.Slip.Given.By = nil, person("丁").Person.ID
	if to, _, _ := told(r, at(7, 30, 9, 0)); !slices.Equal(to, []string{"甲：remark-due"}) {
		t.Error(to)
	}
}

func TestWorkingDaysThatAreLeft(t *testing.T) {
	c := calendar.Calendar{Years: calendar.Known()}
	for _, test := range []struct {
		today, due string
		want       int
	}{
		{"2021-07-16", "2021-07-16", 0}, {"2021-07-16", "2021-07-19", 1}, {"2021-07-16", "2021-07-30", 10}, {"2021-07-17", "2021-07-19", 1},
		{"2021-07-19", "2021-07-16", -1}, {"2021-07-18", "2021-07-16", 0}, {"2021-09-30", "2021-10-09", 2}, // the 9th makes up for a day off
	} {
		today, _ := calendar.ParseDay(test.today)
		due, _ := calendar.ParseDay(test.due)
		if got := Left(today, due, c); got != test.want {
			t.Errorf("from %s to %s: %d, want %d", test.today, test.due, got, test.want)
		}
	}
}
