package calendar

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/workflow/calendar/ics"
)

var (
	unmarked  = fault.Say("calendar.ics-unmarked", "日历里没有标明“休”或“班”的%d年日程", "no event of %d in the calendar is marked as off (“休”) or worked (“班”)")
	longEvent = fault.Say("calendar.ics-long", "第%d行开始的日程有%d天，不像放假：%s", "the event that begins on line %d has %d days and is no holiday: %s")
)

// Import reads the table of a year from whatever it is handed round as: the
// text of the announcement ([ReadAnnouncement]), a calendar of events
// ([ReadCalendar]), a spreadsheet ([ReadTable]), or the form of [ReadYear]. What
// it is, the bytes decide and not a name. sheet reads a spreadsheet. It fails
// with fault.Invalid and every mistake at once.
func Import(year int, data []byte, sheet func([]byte) (table.Table, error)) (Year, error) {
	text := string(data)
	switch {
	case ics.Is(data):
		return ReadCalendar(year, data)
	case strings.ToValidUTF8(text, "") == text && Announces(text):
		return ReadAnnouncement(year, text)
	}
	if strings.ToValidUTF8(text, "") == text && !strings.ContainsRune(text, 0) {
		if y, err := ReadYear(year, text); err == nil {
			return y, nil // the only form that has remarks, and its source in one
		}
	}
	t, err := sheet(data)
	if err != nil {
		return Year{Year: year}, err
	}
	return ReadTable(year, t)
}

// ReadTable reads a spreadsheet whose columns are date, off (休) or worked (班),
// and holiday, as [Year.Table] writes it; its first row may be a line of titles
// or not.
func ReadTable(year int, t table.Table) (Year, error) {
	y := Year{Year: year}
	var reasons []fault.Reason
	read := func(n int, cells []string) {
		days, mistakes := readCells(n, cells)
		y.Days, reasons = append(y.Days, days...), append(reasons, mistakes...)
	}
	if titles := cellsOf(t.Header); len(titles) > 0 {
		if _, isDay := ParseDay(firstDay(titles[0])); isDay {
			read(max(t.HeaderLine, 1), titles)
		}
	}
	for n, row := range t.Rows {
		text := make([]string, len(row))
		for i := range row {
			text[i] = t.Text(n, i)
		}
		read(t.Line(n), cellsOf(text))
	}
	if len(reasons) == 0 || len(y.Days) > 0 {
		reasons = append(reasons, y.Validate()...)
	}
	if len(reasons) > 0 {
		return y, fault.New(fault.Invalid, badForm.With(year), reasons...)
	}
	return y, nil
}

func firstDay(text string) string {
	from, _, _ := strings.Cut(text, "至")
	return from
}

// cellsOf are the cells of a row that have anything in them, down to their
// words.
func cellsOf(row []string) (all []string) {
	for _, text := range row {
		all = append(all, cells.FindAllString(text, -1)...)
	}
	return all
}

// Table returns the table as a spreadsheet has it, a row for each day.
func (y Year) Table() table.Table {
	t := table.Table{Name: fmt.Sprint(y.Year), Title: y.Source, Header: []string{"日期", "休/班", "名称"}}
	for _, s := range y.Days {
		kind := "班"
		if s.Off {
			kind = "休"
		}
		t.Add(s.Day.String(), kind, s.Name)
	}
	return t
}

var (
	marksWork = regexp.MustCompile(`班|调休上班`)
	marksOff  = regexp.MustCompile(`休|放假|假期`)
	feastName = regexp.MustCompile(feast + `(?:(?:、|和|/)?` + feast + `)*`)
	leading   = regexp.MustCompile(`^[\p{Han}、]+`)
)

// ReadCalendar reads the days of a year from a calendar of events (RFC 5545) in
// which each holiday is marked, by Apple's X-APPLE-SPECIAL-DAY or by 休 and 班
// in its name: 国庆节（休）, 国庆节 补班. What is marked as neither, such as 重阳,
// is an ordinary day; other years are left alone.
func ReadCalendar(year int, data []byte) (Year, error) {
	events, err := ics.Read(data)
	if err != nil {
		return Year{Year: year}, err
	}
	y := Year{Year: year, Source: "iCalendar"}
	var reasons []fault.Reason
	for _, e := range events {
		off, marked := markOf(e)
		if !marked {
			continue
		}
		days := daysOf(e)
		if len(days) > longestRun {
			reasons = append(reasons, longEvent.With(e.Line, len(days), e.Summary))
			continue
		}
		for _, day := range days {
			s := Special{Day: day, Off: off, Name: nameIn(e.Summary)}
			// Around New Year the December before belongs to the announcement.
			early := day.Year == year-1 && day.Month == time.December && s.Name == "元旦"
			if late := day.Year == year && day.Month == time.December && s.Name == "元旦"; (day.Year == year && !late) || early {
				y = y.With(day, &s)
			}
		}
	}
	if len(reasons) == 0 && len(y.Days) == 0 {
		reasons = append(reasons, unmarked.With(year))
	}
	if reasons = append(reasons, validated(y)...); len(reasons) > 0 {
		return y, fault.New(fault.Invalid, badForm.With(year), reasons...)
	}
	return y, nil
}

func validated(y Year) []fault.Reason {
	if len(y.Days) == 0 {
		return nil
	}
	return y.Validate()
}

func markOf(e ics.Event) (off, marked bool) {
	switch {
	case e.Special == "WORK-HOLIDAY":
		return true, true
	case e.Special == "ALTERNATE-WORKDAY":
		return false, true
	case marksWork.MatchString(e.Summary):
		return false, true
	}
	return true, marksOff.MatchString(e.Summary)
}

// daysOf are the days of an event; one with hours is on the day on which it
// begins.
func daysOf(e ics.Event) []Day {
	first := DayOf(e.Begins)
	days := []Day{first}
	if !e.AllDay || e.Ends.IsZero() {
		return days
	}
	for day := first.Add(1); day.Before(DayOf(e.Ends)) && len(days) <= longestRun; day = day.Add(1) {
		days = append(days, day)
	}
	return days
}

func nameIn(summary string) string {
	if name := feastName.FindString(summary); name != "" {
		return strings.NewReplacer("和", "、", "/", "、").Replace(name)
	}
	return leading.FindString(summary)
}

// Calendar returns the table as a calendar of events, an event for each day,
// marked so that Apple's programs and [ReadCalendar] know it.
func (y Year) Calendar() ics.Calendar {
	c := ics.Calendar{Product: "-//jianbao//holidays//ZH", Name: fmt.Sprintf("%d年放假安排", y.Year)}
	for _, s := range y.Days {
		at := s.Day.at(0, time.UTC)
		e := ics.Event{UID: s.Day.String() + "@holidays.jianbao", Begins: at, Ends: at.AddDate(0, 0, 1), AllDay: true, Changed: at, Summary: s.Name + "（班）"}
		if s.Off {
			e.Summary = s.Name + "（休）"
		}
		c.Events = append(c.Events, e)
	}
	return c
}
