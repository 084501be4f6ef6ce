package board

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// sight is a weekly that is to be out on Mondays at nine, drafts of which are
// begun on Thursdays, on 23 July 2021; two of its issues are out.
func sight() Sight {
	zone := workflow.Series{}.Location()
	s := Sight{
		Series:    workflow.Series{ID: uuid.New(), Masthead: "科技简报", Cadence: workflow.Cadence{Spec: "0 8 * * 4"}, Created: time.Date(2021, 7, 1, 0, 0, 0, 0, zone)},
		Timetable: workflow.Timetable{Appears: "0 9 * * 1"}, Now: time.Date(2021, 7, 23, 12, 0, 0, 0, zone),
	}
	for no, day := range map[int]int{1: 5, 2: 18} { // for the 5th, and the day before the 19th
		s.Issues = append(s.Issues, workflow.Summary{ID: uuid.New(), State: workflow.Dispatched, Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: no}, Date: bulletin.Date{Year: 2021, Month: 7, Day: day}})
	}
	s.Issues = append(s.Issues, workflow.Summary{ID: uuid.New(), State: workflow.Draft}, workflow.Summary{ID: uuid.New(), State: workflow.Withdrawn})
	return s
}

// on are the sorts of what is on a day.
func on(y Year, month time.Month, day int) (sorts []Sort) {
	for _, week := range y.Months[month-1].Weeks {
		for _, c := range week {
			for _, m := range c.Moments {
				if c.Day.Day == day {
					sorts = append(sorts, m.Sort)
				}
			}
		}
	}
	return sorts
}

func TestTheMissingIssueIsMarked(t *testing.T) {
	y := Of(sight(), 2021)
	for day, want := range map[int]Sort{5: Dated, 12: Missing, 18: Dated, 19: Expected, 26: Expected, 29: Begins} {
		if got := on(y, time.July, day); len(got) == 0 || got[0] != want {
			t.Errorf("on the %dth: %v, not %s", day, got, want)
		}
	}
	if y.Missing != 1 || y.Unplanned {
		t.Errorf("%d missing", y.Missing)
	}
	if got := on(y, time.June, 7); len(got) != 1 || got[0] != Expected {
		t.Errorf("before there was a series: %v", got)
	}
	if y.Moments[0].Sort != Missing || !y.Moments[1].At.After(sight().Now) {
		t.Errorf("to be told: %+v", y.Moments[:2])
	}
}

func TestAnIssueThatIsNotOutIsMissingAllTheSame(t *testing.T) {
	s := sight()
	for n := range s.Issues {
		s.Issues[n].State = workflow.Registered
	}
	if y := Of(s, 2021); y.Missing != 3 {
		t.Errorf("%d missing", y.Missing)
	}
}

func TestIssuesByTheirState(t *testing.T) {
	y := Of(sight(), 2021)
	if len(y.Groups) != 2 || y.Groups[0].State != workflow.Draft || y.Groups[1].State != workflow.Dispatched || y.Groups[1].Issues[0].Number.No != 2 {
		t.Errorf("%+v", y.Groups)
	}
	if y := Of(sight(), 2020); len(y.Groups) != 0 {
		t.Errorf("another year: %+v", y.Groups)
	}
}

func TestDeadlines(t *testing.T) {
	s := sight()
	at := time.Date(2021, 7, 22, 9, 0, 0, 0, s.Series.Location())
	step := workflow.Route{{Kind: workflow.EditStep, Hours: 4}}
	s.Running = []workflow.Issue{
		{ID: uuid.New(), Series: s.Series.ID, State: workflow.Draft, Route: step, Reached: at},
		{ID: uuid.New(), Series: s.Series.ID, State: workflow.Scheduled, ReleaseAt: at.AddDate(0, 0, 5)},
		{ID: uuid.New(), Series: uuid.New(), State: workflow.Scheduled, ReleaseAt: at.AddDate(0, 0, 6)},
	}
	y := Of(s, 2021)
	if got := on(y, time.July, 22); len(got) != 1 || got[0] != Deadline {
		t.Errorf("%v", got)
	}
	if got := on(y, time.July, 27); len(got) != 1 || got[0] != Sending {
		t.Errorf("%v", got)
	}
	if got := on(y, time.July, 28); len(got) != 0 {
		t.Errorf("of another series: %v", got)
	}
	for _, m := range y.Moments {
		if m.Sort == Deadline && !m.Late {
			t.Error("a deadline that is over is not late")
		}
	}
}

func TestMonths(t *testing.T) {
	s := sight()
	s.Years = []calendar.Year{{Year: 2021, Days: []calendar.Special{{Day: calendar.Day{Year: 2021, Month: 7, Day: 1}, Off: true, Name: "建党节"}, {Day: calendar.Day{Year: 2021, Month: 7, Day: 4}, Name: "建党节"}}}}
	y := Of(s, 2021)
	july := y.Months[6]
	if len(y.Months) != 12 || len(july.Weeks) != 5 || july.Weeks[0][2].Day.Day != 0 {
		t.Errorf("%d months, %d weeks", len(y.Months), len(july.Weeks))
	}
	first, fourth := july.Weeks[0][3], july.Weeks[0][6]
	if !first.Off || first.Holiday != "建党节" || fourth.Off || !fourth.MakeUp {
		t.Errorf("%+v %+v", first, fourth)
	}
	if !july.Weeks[3][4].Today || july.Weeks[3][4].Day.Day != 23 {
		t.Error("today is not marked")
	}
}

func TestASeriesWithoutAPlan(t *testing.T) {
	s := sight()
	s.Series.Cadence.Spec, s.Timetable.Appears = "", ""
	if y := Of(s, 2021); !y.Unplanned || y.Missing != 0 {
		t.Errorf("%+v", y.Moments)
	}
	s.Timetable.Appears = "nonsense"
	if y := Of(s, 2021); y.Missing != 0 {
		t.Error(y.Missing)
	}
	if y := Of(s, 2050); len(y.Unknown) == 0 || y.Unknown[0].In(fault.EN) == "" {
		t.Error("a year without a table of holidays is taken as known")
	}
}
