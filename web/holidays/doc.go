// Package holidays are the pages of the office's own tables of public holidays
// and make-up workdays:
//
//	/holidays                    this year
//	/holidays/{year}             a year, its special days, who changed it and why
//	/holidays/{year}/table.ics   the table as a calendar, .csv and .xlsx likewise
//
// Everybody who has signed in may look, for everybody's deadlines count by them.
// Administrators change a day, or take over a whole table: the pasted text of the
// notice, a calendar or a spreadsheet. What that would change is shown first and
// taken over only then; what is shown is what is saved, since the page carries
// the table itself. Every change has its reason, and is kept.
package holidays

import (
	"context"
	"embed"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow/calendar"
)

//go:embed templates
var files embed.FS

// Books is where the tables are kept.
type Books interface {
	// Years returns the office's own tables, the earliest year first.
	Years(ctx context.Context) ([]calendar.Year, error)

	// YearChanges returns what was done to the table of a year, the first thing
	// first.
	YearChanges(ctx context.Context, year int) ([]calendar.Change, error)

	// ChangeYear writes a table, or takes it away, and the line of its record. It
	// fails with fault.Invalid and all reasons, and with fault.Conflict if somebody
	// else changed the table first.
	ChangeYear(ctx context.Context, c calendar.Change) error
}

// Config is what the room needs; all of it.
type Config struct {
	Books Books
	NewID func() uuid.UUID
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		if c.Books == nil || c.NewID == nil {
			return nil, errors.New("web: holidays need books and ids")
		}
		pages, err := kit.Parse(files, nil)
		rm := &room{kit, c, pages}
		return page.Routes{
			"GET /holidays":                 rm.now,
			"GET /holidays/{year}":          rm.show,
			"GET /holidays/{year}/{file}":   rm.export,
			"POST /holidays/{year}":         rm.admins(rm.take),
			"POST /holidays/{year}/day":     rm.admins(rm.setDay),
			"POST /holidays/{year}/import":  rm.admins(rm.preview),
			"POST /holidays/{year}/restore": rm.admins(rm.restore),
		}, err
	}
}

func (rm *room) admins(next func(http.ResponseWriter, *http.Request, int)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		year, known := yearOf(r)
		if !known || !isAdmin(page.Person(r)) {
			rm.Nothing(w, r)
			return
		}
		next(w, r, year)
	}
}

// isAdmin reports whether somebody administers everything: the tables are those
// of all series.
func isAdmin(who accounts.Person) bool { return who.Has(accounts.Admin, uuid.Nil) }

// yearOf is the year in the address.
func yearOf(r *http.Request) (int, bool) {
	year, err := strconv.Atoi(r.PathValue("year"))
	return year, err == nil && year >= 1949 && year <= 2999
}

func (rm *room) now(w http.ResponseWriter, r *http.Request) {
	page.See(w, r, "/holidays/"+strconv.Itoa(rm.Now().In(page.Zone()).Year()))
}

// tables returns all tables, and that of a year with whether there is one.
func (rm *room) tables(ctx context.Context, year int) (calendar.Calendar, calendar.Year, bool, error) {
	own, err := rm.Books.Years(ctx)
	c := calendar.Calendar{Zone: page.Zone(), Years: calendar.Known(own...)}
	y, known := calendar.YearOf(c.Years, year)
	return c, y, known, err
}

// The words of the pages. Templates find them by key.
var (
	_ = fault.Say("holidays.title", "放假安排", "Public holidays")
	_ = fault.Say("holidays.of", "%d年放假安排", "Public holidays of %d")
	_ = fault.Say("holidays.none", "%d年的放假安排尚未录入，期限只按周末计算。", "The holidays of %d are not entered; deadlines count with weekends alone.")
	_ = fault.Say("holidays.awaited", "%d年的放假安排尚未录入，国务院办公厅一般在10月至11月公布。", "The holidays of %d are not entered yet; the State Council announces them in October or November.")
	_ = fault.Say("holidays.builtin", "内置", "built in")
	_ = fault.Say("holidays.own", "本单位录入（第%d版）", "the office's own, version %d")
	_ = fault.Say("holidays.source", "依据", "Source")
	_ = fault.Say("holidays.special", "休和班", "Days off, and worked instead")
	_ = fault.Say("holidays.off", "休", "off")
	_ = fault.Say("holidays.work", "班", "worked")
	_ = fault.Say("holidays.usual", "按星期", "as its weekday")
	_ = fault.Say("holidays.day", "日期", "Day")
	_ = fault.Say("holidays.kind", "安排", "What it is")
	_ = fault.Say("holidays.name", "节日", "Holiday")
	_ = fault.Say("holidays.reason", "依据或理由", "Reason")
	_ = fault.Say("holidays.set", "改这一天", "Change the day")
	_ = fault.Say("holidays.edit", "改一天", "Change a day")
	_ = fault.Say("holidays.import", "录入整年", "Enter a whole year")
	_ = fault.Say("holidays.paste", "粘贴国务院办公厅的通知，或每行“日期,休或班,节日”", "Paste the notice, or lines of date, “休” (off) or “班” (worked), holiday")
	_ = fault.Say("holidays.file", "或选择文件：日历（.ics）、表格（.xlsx、.csv）、文本", "Or choose a file: a calendar (.ics), a spreadsheet (.xlsx, .csv), text")
	_ = fault.Say("holidays.look", "先看改动", "See what it would change")
	_ = fault.Say("holidays.preview", "将有%d天改动", "%d days would change")
	_ = fault.Say("holidays.same", "与现在的安排逐日相同；存入后由本单位保管。", "Every day is as it is now; taken over, the table is the office's own.")
	_ = fault.Say("holidays.take", "存入", "Take it over")
	_ = fault.Say("holidays.cancel", "不存，返回", "Leave it")
	_ = fault.Say("holidays.restore", "改回内置安排", "Back to the table that is built in")
	_ = fault.Say("holidays.drop", "删去本单位录入的安排", "Remove the office's own table")
	_ = fault.Say("holidays.record", "改动记录", "What was changed")
	_ = fault.Say("holidays.removed", "删去本单位录入的安排", "removed the office's own table")
	_ = fault.Say("holidays.days", "%d天改动", "%d days changed")
	_ = fault.Say("holidays.file-as", "下载", "Download")
	_ = fault.Say("holidays.month", "%d月", "month %d")
)

// weekdays are the heads of a month, Monday first.
var weekdays = []fault.Sentence{
	fault.Say("holidays.monday", "一", "Mo"), fault.Say("holidays.tuesday", "二", "Tu"), fault.Say("holidays.wednesday", "三", "We"),
	fault.Say("holidays.thursday", "四", "Th"), fault.Say("holidays.friday", "五", "Fr"), fault.Say("holidays.saturday", "六", "Sa"), fault.Say("holidays.sunday", "日", "Su"),
}

// A month is a sheet of a calendar on the wall.
type month struct {
	Month int
	Heads []fault.Reason
	Weeks [][]cell
}

// A cell is a day of it; Day 0 is a gap.
type cell struct {
	Day    int
	Off    bool
	Marked bool // the table says so, and not the weekday
	Works  bool
	Says   fault.Reason
}

func monthsOf(c calendar.Calendar, year int) []month {
	var all []month
	for m := time.January; m <= time.December; m++ {
		sheet := month{Month: int(m)}
		for _, head := range weekdays {
			sheet.Heads = append(sheet.Heads, head.With())
		}
		first := calendar.Day{Year: year, Month: m, Day: 1}
		week := make([]cell, (int(first.Weekday())+6)%7)
		for day := first; day.Month == m; day = day.Add(1) {
			if week = append(week, cellOf(c, day)); len(week) == 7 {
				sheet.Weeks, week = append(sheet.Weeks, week), nil
			}
		}
		if len(week) > 0 {
			sheet.Weeks = append(sheet.Weeks, append(week, make([]cell, 7-len(week))...))
		}
		all = append(all, sheet)
	}
	return all
}

func cellOf(c calendar.Calendar, day calendar.Day) cell {
	s, marked := c.Special(day)
	one := cell{Day: day.Day, Off: !c.Workday(day), Marked: marked, Works: marked && !s.Off}
	if marked {
		one.Says = calendar.Said(day, &s)
	}
	return one
}
