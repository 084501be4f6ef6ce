package web

import (
	"testing"
	"time"

	"jianbao/bulletin"
	"jianbao/workflow"
	"jianbao/workflow/history"

	"jianbao/web/page"
)

func TestAYearInFigures(t *testing.T) {
	o := newOffice()
	day := func(year int, month time.Month) bulletin.Date { return bulletin.Date{Year: year, Month: month, Day: 1} }
	o.lines = []workflow.RegisterLine{{Date: day(2025, 3)}, {Date: day(2025, 3)}, {Date: day(2025, 4)}, {Date: day(2024, 3)}, {Date: day(2025, 3), Void: "误登"}}
	monday := time.Date(2025, 7, 14, 9, 0, 0, 0, page.Zone())
	o.passages = []history.Passage{
		{Step: workflow.ReviewStep, Came: monday, Left: monday.Add(2 * time.Hour), Act: workflow.Approve},
		{Step: workflow.ReviewStep, Came: monday, Left: monday.Add(time.Hour), Act: workflow.Return},
	}
	v := inOffice(t, o)
	w := v.get("/statistics?year=2025")
	is(t, w, 200, "<td>3月</td><td class=\"n\">2</td>", "<td>审核</td><td class=\"n\">1.5</td>", "1 / 2", `role="img"`)
	is(t, v.get("/statistics?year=once"), 200, "2025年")
	o.person.Grants = nil
	is(t, v.get("/statistics"), 404)
}

func TestBarsAreLongAsTheirValues(t *testing.T) {
	var c chart
	c.add(monthName.With(1), 0, "0")
	c.add(monthName.With(2), 3, "3")
	c.add(monthName.With(3), 6, "6")
	if c.Bars[0].Share != 0 || c.Bars[1].Share != 50 || c.Bars[2].Share != 100 || c.Bars[0].Width() != 1 {
		t.Errorf("bars %+v", c.Bars)
	}
}
