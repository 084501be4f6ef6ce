package holidays

import (
	"net/http"
	"strconv"
	"strings"

	"jianbao/fault"
	"jianbao/sheets"
	"jianbao/web/page"
	"jianbao/workflow/calendar"
)

var (
	noSuchDay   = fault.Say("holidays.bad-day", "请写明日期，如2026-10-08：%q", "give a day, such as 2026-10-08: %q")
	noSuchKind  = fault.Say("holidays.bad-kind", "请选择休、班或按星期", "choose off, worked, or as its weekday")
	nothingHere = fault.Say("holidays.nothing", "请粘贴通知，或选择文件", "paste the notice, or choose a file")
	notDone     = fault.Say("holidays.not-done", "没有改", "not changed")
)

// change is what somebody does to the table of a year.
func (rm *room) change(r *http.Request, year int, reason string, table *calendar.Year, version int) error {
	who := page.Person(r)
	return rm.Books.ChangeYear(r.Context(), calendar.Change{
		ID: rm.NewID(), At: rm.Now(), By: who.ID, ByName: who.Name, Reason: strings.TrimSpace(reason), Year: year, Table: table, Version: version,
	})
}

// version is that of the office's own table as the page was made from it.
func version(r *http.Request) int {
	n, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return -1 // of no table
	}
	return n
}

func (rm *room) done(w http.ResponseWriter, r *http.Request, year int) {
	page.See(w, r, "/holidays/"+strconv.Itoa(year))
}

// setDay makes one day off, worked, or what its weekday says.
func (rm *room) setDay(w http.ResponseWriter, r *http.Request, year int) {
	_, err := rm.ReadForm(w, r)
	t := fields(r)
	if err == nil {
		err = rm.saveDay(r, year, t)
	}
	if err != nil {
		rm.answer(w, r, year, t, nil, err)
		return
	}
	rm.done(w, r, year)
}

func (rm *room) saveDay(r *http.Request, year int, t typed) error {
	_, y, _, err := rm.tables(r.Context(), year)
	if err != nil {
		return err
	}
	var wrong []fault.Reason
	day, isDay := calendar.ParseDay(t.Day)
	if !isDay {
		wrong = append(wrong, noSuchDay.With(t.Day))
	}
	var s *calendar.Special
	switch t.Kind {
	case "off", "work":
		s = &calendar.Special{Day: day, Off: t.Kind == "off", Name: t.Name}
	case "usual":
	default:
		wrong = append(wrong, noSuchKind.With())
	}
	if len(wrong) > 0 {
		return fault.New(fault.Invalid, notDone.With(), wrong...)
	}
	next := y.With(day, s)
	return rm.change(r, year, t.DayReason, &next, version(r))
}

// preview shows what taking over a table would change, and changes nothing.
func (rm *room) preview(w http.ResponseWriter, r *http.Request, year int) {
	all, err := rm.ReadForm(w, r)
	t := fields(r)
	data := []byte(t.Text)
	if len(all) > 0 {
		data = all[0].Data
	}
	if err == nil && len(strings.TrimSpace(string(data))) == 0 {
		err = fault.New(fault.Invalid, nothingHere.With())
	}
	var y, before calendar.Year
	if err == nil {
		y, err = calendar.Import(year, data, sheets.Read)
	}
	if err == nil {
		_, before, _, err = rm.tables(r.Context(), year)
	}
	if err != nil {
		rm.answer(w, r, year, t, nil, err)
		return
	}
	rm.answer(w, r, year, t, &preview{Form: y.Form(), Source: y.Source, Changes: differences(before, y)}, nil)
}

// take takes over the table that was looked at.
func (rm *room) take(w http.ResponseWriter, r *http.Request, year int) {
	_, err := rm.ReadForm(w, r)
	t := fields(r)
	var y calendar.Year
	if err == nil {
		y, err = calendar.ReadYear(year, t.Text)
	}
	if err == nil {
		err = rm.change(r, year, t.Reason, &y, version(r))
	}
	if err != nil {
		rm.answer(w, r, year, t, nil, err)
		return
	}
	rm.done(w, r, year)
}

// restore takes the office's own table away.
func (rm *room) restore(w http.ResponseWriter, r *http.Request, year int) {
	_, err := rm.ReadForm(w, r)
	t := fields(r)
	if err == nil {
		err = rm.change(r, year, t.RestoreReason, nil, version(r))
	}
	if err != nil {
		rm.answer(w, r, year, t, nil, err)
		return
	}
	rm.done(w, r, year)
}
