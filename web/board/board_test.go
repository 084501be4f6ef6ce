package board

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

var (
	mine, theirs = uuid.New(), uuid.New()
	draft        = uuid.New()
	now          = time.Date(2021, 7, 23, 4, 0, 0, 0, time.UTC)
)

type office struct{ empty bool }

func (office) Series(_ context.Context, id uuid.UUID) (workflow.Series, error) {
	return workflow.Series{ID: id, Masthead: "科技简报", Created: now.AddDate(0, -1, 0)}, nil
}
func (o office) Summaries(context.Context, []uuid.UUID, int) ([]workflow.Summary, error) {
	if o.empty {
		return nil, nil
	}
	return []workflow.Summary{{ID: draft, State: workflow.Draft, Changed: now}, {ID: theirs, State: workflow.Dispatched, Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 27}, Date: bulletin.Date{Year: 2021, Month: 7, Day: 12}}}, nil
}
func (office) Running(context.Context) ([]workflow.Issue, error) {
	return []workflow.Issue{{ID: draft, State: workflow.Draft, Document: bulletin.Document{Title: "创新大会召开"}}}, nil
}
func (o office) Clockwork(context.Context, uuid.UUID) (t workflow.Timetable, years []calendar.Year, err error) {
	if !o.empty {
		t.Appears = "0 9 * * 1"
	}
	return t, calendar.Known(), nil
}

func visit(t *testing.T, o office) *pagetest.Visitor {
	t.Helper()
	who := accounts.Person{ID: uuid.New(), Name: "甲", Active: true, Grants: []accounts.Grant{{Role: accounts.Editor, Series: mine}, {Role: accounts.Admin, Series: mine}}}
	return pagetest.Visit(t, Room(Config{o}), who, now)
}

func TestTheBoard(t *testing.T) {
	v := visit(t, office{})
	a := v.Get("/series/" + mine.String() + "/board")
	for _, words := range []string{"2021年第27期", "创新大会召开", "应印发而没有印发", `class="mark-missing">缺`, `class="mark-dated">印`, "今年有3期应印发", "/series/" + mine.String() + "/volume?year=2021", "7月"} {
		if a.Status != 200 || !strings.Contains(a.Body, words) {
			t.Errorf("%d, without %s", a.Status, words)
		}
	}
	if a := v.Get("/series/" + mine.String() + "/board?lang=en&year=x"); !strings.Contains(a.Body, "3 issues of the year should be out") || !strings.Contains(a.Body, "July") {
		t.Error("in English")
	}
	for _, address := range []string{"/series/" + theirs.String() + "/board", "/series/x/board"} {
		if a := v.Get(address); a.Status != 404 {
			t.Errorf("%s: %d", address, a.Status)
		}
	}
}

// What is late and what comes next stand above the year; the rest of the year can
// be opened.
func TestWhatComesStandsAboveTheCalendar(t *testing.T) {
	body := visit(t, office{}).Get("/series/" + mine.String() + "/board").Body
	coming, calendar := strings.Index(body, `id="coming"`), strings.Index(body, `class="months"`)
	if coming < 0 || coming > calendar {
		t.Errorf("what comes is at %d, the calendar at %d", coming, calendar)
	}
	before, after, found := strings.Cut(body[coming:calendar], "<details>")
	late, next := strings.Count(before, "bad-row"), strings.Count(before, "<tr>")
	if !found || late != 3 || next != mostSoon+1 || strings.Count(after, "<tr>") < 10 {
		t.Errorf("%d late and %d rows, and then %d", late, next, strings.Count(after, "<tr>"))
	}
	if !strings.Contains(body, "today") {
		t.Error("today is not marked")
	}
}

func TestAnEmptyBoardSaysWhatToDo(t *testing.T) {
	a := visit(t, office{empty: true}).Get("/series/" + mine.String() + "/board")
	for _, words := range []string{"/issues/new", "补录往期", "还没有设置印发周期", "/series/" + mine.String() + "/settings", "今年没有要提示的日子"} {
		if !strings.Contains(a.Body, words) {
			t.Errorf("without %s", words)
		}
	}
}
