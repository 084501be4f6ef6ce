// Package board is the page of a series' year:
//
//	/series/{id}/board?year=2021  看板: issues by state, and the calendar of the year
//
// The calendar shows holidays and make-up days, when the next draft is begun, when
// an issue is to be out, the deadlines of issues on their way, and the issue that
// should be there and is not. What it marks in a day stands in words below it.
// Package workflow/board makes it. Who holds no role in the series is told that
// there is no such page.
package board

import (
	"context"
	"embed"
	"html/template"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/board"
	"jianbao/workflow/calendar"
)

//go:embed templates
var files embed.FS

// Reads is what the page shows. It asks for no rights; the page does.
type Reads interface {
	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// Summaries returns up to limit issues of the series.
	Summaries(ctx context.Context, series []uuid.UUID, limit int) ([]workflow.Summary, error)

	// Running returns every issue that is on its way to its readers.
	Running(ctx context.Context) ([]workflow.Issue, error)

	// Clockwork returns how the program keeps time for a series, and the office's
	// own tables of holidays.
	Clockwork(ctx context.Context, series uuid.UUID) (workflow.Timetable, []calendar.Year, error)
}

// Config is what the room needs; all of it.
type Config struct{ Reads Reads }

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

// mostIssues is how many issues of a series are looked through: a weekly of two
// centuries.
const mostIssues = 10_000

// The words of the page. Templates find them by key.
var (
	_ = fault.Say("board.title", "看板", "Board")
	_ = fault.Say("board.year", "%d年", "year %d")
	_ = fault.Say("board.years", "换一年", "Another year")
	_ = fault.Say("board.missing-now", "今年有%d期应印发而没有印发，见日历中的“缺”。", "%d issues of the year should be out and are not; they are marked in the calendar.")
	_ = fault.Say("board.empty", "这一年还没有简报。", "There is no issue in this year yet.")
	_ = fault.Say("board.open-one", "新建一期", "Open an issue")
	_ = fault.Say("board.or-back", "以前的可以补录往期", "Earlier ones can be entered as back issues")
	_ = fault.Say("board.unplanned", "还没有设置印发周期，日历上不会提示该出哪一期。", "No cadence is set, so that the calendar does not say when an issue is due.")
	_ = fault.Say("board.set-plan", "去设置", "Set it")
	_ = fault.Say("board.calendar", "日历", "Calendar")
	_ = fault.Say("board.legend", "图例：", "Marks:")
	_ = fault.Say("board.coming", "将到的和误了的", "What is to come, and what is late")
	_ = fault.Say("board.nothing-coming", "今年没有要提示的日子。", "Nothing is to come in this year.")
	_ = fault.Say("board.later", "以后还有%d项", "%d more after that")
	_ = fault.Say("board.when", "时间", "When")
	_ = fault.Say("board.what", "事项", "What")
	_ = fault.Say("board.work", "班", "w")
	_ = fault.Say("board.off", "休", "h")
	_ = fault.Say("board.register", "发文登记簿", "Number register")
	_ = fault.Say("board.volume", "年度合订本", "Annual volume")
	_ = fault.Say("board.settings", "刊物设置", "Settings of the series")
)

var monthWord = fault.Say("board.month", "%d月", "month %d")

var marks = map[board.Sort]fault.Sentence{
	board.Begins:   fault.Say("board.mark.begins", "稿", "D"),
	board.Expected: fault.Say("board.mark.expected", "应", "E"),
	board.Missing:  fault.Say("board.mark.missing", "缺", "M"),
	board.Dated:    fault.Say("board.mark.dated", "印", "I"),
	board.Deadline: fault.Say("board.mark.deadline", "限", "L"),
	board.Sending:  fault.Say("board.mark.sending", "发", "S"),
}

var sortWords = map[board.Sort]fault.Sentence{
	board.Begins:   fault.Say("board.sort.begins", "开草稿", "draft begins"),
	board.Expected: fault.Say("board.sort.expected", "应印发", "issue expected"),
	board.Missing:  fault.Say("board.sort.missing", "缺期", "issue missing"),
	board.Dated:    fault.Say("board.sort.dated", "印发日期", "issue dated"),
	board.Deadline: fault.Say("board.sort.deadline", "办理时限", "deadline of a step"),
	board.Sending:  fault.Say("board.sort.sending", "定时发送", "scheduled"),
}

// weekdays are the heads of the calendar, from Monday on.
var weekdays = []fault.Sentence{
	fault.Say("board.monday", "一", "Mo"), fault.Say("board.tuesday", "二", "Tu"), fault.Say("board.wednesday", "三", "We"), fault.Say("board.thursday", "四", "Th"),
	fault.Say("board.friday", "五", "Fr"), fault.Say("board.saturday", "六", "Sa"), fault.Say("board.sunday", "日", "Su"),
}

// Room makes the page.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		pages, err := kit.Parse(files, func(lang fault.Lang) template.FuncMap {
			return template.FuncMap{
				"mark":   func(s board.Sort) string { return marks[s].With().In(lang) },
				"sort":   func(s board.Sort) string { return sortWords[s].With().In(lang) },
				"month":  func(m time.Month) string { return monthName(m, lang) },
				"titled": func(c board.Cell) string { return titleOf(c, lang) },
			}
		})
		rm := &room{kit, c, pages}
		return page.Routes{"GET /series/{id}/board": rm.show}, err
	}
}

func monthName(m time.Month, lang fault.Lang) string {
	if lang == fault.EN {
		return m.String()
	}
	return monthWord.With(int(m)).In(lang)
}

// titleOf says in words what a day holds.
func titleOf(c board.Cell, lang fault.Lang) (title string) {
	title = c.Holiday
	for _, m := range c.Moments {
		if title != "" {
			title += "；"
		}
		title += m.Says.In(lang)
	}
	return title
}

// A view is the page.
type view struct {
	Series workflow.Series
	Zone   *time.Location
	board.Year
	running map[uuid.UUID]workflow.Issue
	// Editor and Admin are what the visitor may do where something is missing.
	Editor, Admin bool
}

// Draft is an issue that is on its way, with its text; the zero one if it is not.
func (v view) Draft(id uuid.UUID) workflow.Issue { return v.running[id] }

// Sorts are the marks that the calendar may have.
func (view) Sorts() []board.Sort {
	return []board.Sort{board.Begins, board.Expected, board.Missing, board.Dated, board.Deadline, board.Sending}
}

// Heads are the days of the week.
func (view) Heads() []fault.Reason {
	var all []fault.Reason
	for _, d := range weekdays {
		all = append(all, d.With())
	}
	return all
}

// mostSoon is how many days that are still to come stand above the calendar.
const mostSoon = 6

// Soon are what is late or missing, and the next of what is to come.
func (v view) Soon() []board.Moment { return v.Moments[:v.soon()] }

// Later is the rest of the year.
func (v view) Later() []board.Moment { return v.Moments[v.soon():] }

func (v view) soon() int {
	over := 0
	for over < len(v.Moments) && (v.Moments[over].Late || v.Moments[over].Sort == board.Missing) {
		over++
	}
	return min(over+mostSoon, len(v.Moments))
}

// A zoned moment knows the zone in which it is written.
type zoned struct {
	board.Moment
	Zone *time.Location
}

// On puts a moment into the zone of the series.
func (v view) On(m board.Moment) zoned { return zoned{m, v.Zone} }

// Before and After are the years beside this one.
func (v view) Before() int { return v.Year.Year - 1 }

// After is the next year.
func (v view) After() int { return v.Year.Year + 1 }

func (rm *room) show(w http.ResponseWriter, r *http.Request) {
	v, err := rm.view(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "board", page.Page{Room: "issues", Data: v})
}

// view makes the board of the year that is asked for; what is no year is this one.
func (rm *room) view(r *http.Request) (v view, err error) {
	who := page.Person(r)
	id, err := page.SeriesID(r)
	if err != nil {
		return v, err
	}
	sight := board.Sight{Now: rm.Now()}
	if sight.Series, err = rm.Reads.Series(r.Context(), id); err != nil {
		return v, err
	}
	if sight.Issues, err = rm.Reads.Summaries(r.Context(), []uuid.UUID{id}, mostIssues); err != nil {
		return v, err
	}
	if sight.Running, err = rm.Reads.Running(r.Context()); err != nil {
		return v, err
	}
	if sight.Timetable, sight.Years, err = rm.Reads.Clockwork(r.Context(), id); err != nil {
		return v, err
	}
	v = view{Series: sight.Series, Zone: sight.Series.Location(), Editor: who.Has(accounts.Editor, id), Admin: who.Has(accounts.Admin, id)}
	v.running = make(map[uuid.UUID]workflow.Issue, len(sight.Running))
	for _, issue := range sight.Running {
		v.running[issue.ID] = issue
	}
	year, err := strconv.Atoi(r.URL.Query().Get("year"))
	if err != nil || year < 1949 || year > 2999 {
		year = rm.Now().In(v.Zone).Year()
	}
	v.Year = board.Of(sight, year)
	return v, nil
}
