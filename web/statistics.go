package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow/calendar"
	"jianbao/workflow/history"

	"jianbao/web/page"
)

// A statisticsView is a year of one's series in figures: a chart of each and the
// table behind it.
type statisticsView struct {
	Year    int
	Steps   chart // mean working hours at a step
	Months  chart // issues numbered in a month
	Returns chart // returns from a step
}

// A chart is horizontal bars, one for each row of a table.
type chart struct {
	Title fault.Reason
	Bars  []bar
}

// A bar is a row of a chart. Share is how long it is, in hundredths of the
// longest.
type bar struct {
	Label fault.Reason
	Value string
	Share int
	value float64
}

func (c *chart) add(label fault.Reason, value float64, shown string) {
	c.Bars = append(c.Bars, bar{Label: label, Value: shown, value: value})
	longest := 0.0
	for _, b := range c.Bars {
		longest = max(longest, b.value)
	}
	for n := range c.Bars {
		if longest > 0 {
			c.Bars[n].Share = int(c.Bars[n].value/longest*100 + 0.5)
		}
	}
}

// Height is how high the chart is drawn.
func (c chart) Height() int { return rowHeight * len(c.Bars) }

// rowHeight is the height of a bar with its label, in units of the drawing.
const rowHeight = 28

// Y is where the n-th bar is drawn.
func (c chart) Y(n int) int { return rowHeight*n + 6 }

// Text is the baseline of the n-th label.
func (c chart) Text(n int) int { return rowHeight*n + 19 }

// Width is how wide a bar is drawn; the labels stand left of it.
func (b bar) Width() int { return max(b.Share*4, 1) }

// End is where the value of a bar is written.
func (b bar) End() int { return 150 + b.Width() + 8 }

func (s *server) statistics(w http.ResponseWriter, r *http.Request) {
	year, err := strconv.Atoi(r.URL.Query().Get("year"))
	if err != nil || year < 1950 || year > 9999 {
		year = s.Now().In(page.Zone()).Year()
	}
	view, err := s.figures(r.Context(), page.Person(r).Sees, year)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	s.pages.Show(w, r, http.StatusOK, "statistics", page.Page{Data: view})
}

// figures counts a year of the series that somebody sees.
func (s *server) figures(ctx context.Context, sees func(uuid.UUID) bool, year int) (statisticsView, error) {
	view := statisticsView{Year: year, Steps: chart{Title: stepHours.With()}, Months: chart{Title: perMonth.With()}, Returns: chart{Title: stepReturns.With()}}
	series, err := s.seriesFor(ctx, sees)
	if err != nil {
		return view, err
	}
	ids, months := []uuid.UUID{}, [12]int{}
	for _, one := range series {
		ids = append(ids, one.ID)
		lines, err := s.Books.Register(ctx, one.ID)
		if err != nil {
			return view, err
		}
		for _, line := range lines {
			if line.Void == "" && line.Date.Year == year && line.Date.Month >= 1 && line.Date.Month <= 12 {
				months[line.Date.Month-1]++
			}
		}
	}
	for n, count := range months {
		view.Months.add(monthName.With(n+1), float64(count), strconv.Itoa(count))
	}
	return view, s.paces(ctx, &view, ids)
}

func (s *server) paces(ctx context.Context, view *statisticsView, series []uuid.UUID) error {
	from := time.Date(view.Year, 1, 1, 0, 0, 0, 0, page.Zone())
	passages, err := s.Agenda.Passages(ctx, series, from, from.AddDate(1, 0, 0))
	if err != nil {
		return err
	}
	years, err := s.Agenda.Years(ctx)
	if err != nil {
		return err
	}
	c := calendar.Calendar{Zone: page.Zone(), Years: calendar.Known(years...)}
	steps, _ := history.Paces(passages, c.WorkingTime)
	for _, p := range steps {
		view.Steps.add(p.Step.Title(), p.Mean.Hours(), fmt.Sprintf("%.1f", p.Mean.Hours()))
		view.Returns.add(p.Step.Title(), float64(p.Returned), fmt.Sprintf("%d / %d", p.Returned, p.Count))
	}
	return nil
}

// Charts are all charts, in order.
func (v statisticsView) Charts() []chart { return []chart{v.Months, v.Steps, v.Returns} }

// Before and After are the years beside this one.
func (v statisticsView) Before() int { return v.Year - 1 }

// After is the next year.
func (v statisticsView) After() int { return v.Year + 1 }

var (
	stepHours   = fault.Say("web.step-hours", "各环节平均用时（工作小时）", "Mean working hours at a step")
	stepReturns = fault.Say("web.step-returns", "各环节退回次数 / 办理次数", "Returns and decisions at a step")
	perMonth    = fault.Say("web.per-month", "每月编号期数", "Issues numbered in a month")
	monthName   = fault.Say("web.month", "%d月", "month %d")

	_ = fault.Say("web.no-figures", "这一年还没有数据。", "There is nothing of this year.")
	_ = fault.Say("web.as-table", "数据表", "As a table")
	_ = fault.Say("web.chart-note", "图中数字同下表。", "The figures are those of the table below.")
	_ = fault.Say("web.item-name", "项目", "Item")
	_ = fault.Say("web.value", "数值", "Value")
)
