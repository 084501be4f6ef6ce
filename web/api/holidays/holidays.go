// Package holidays is the operations on the office's own tables of public
// holidays and make-up workdays, by which all deadlines count:
//
//	/holidays/{year}                 the table of a year as it holds; a day of it changed
//	/holidays/{year}/import          what a notice or a spreadsheet would change, or taking it over
//	/holidays/{year}/restore         the table that is built in again
//	/holidays/{year}/changes         who changed it, and why
//	/holidays/{year}/table/{form}    the table as a file
//
// Everybody may look; administrators of all series change it. The rules are those
// of workflow/calendar; the room is given what the pages of holidays are given.
package holidays

import (
	"bytes"
	"context"
	"strconv"
	"time"

	"jianbao/fault"
	"jianbao/sheets"
	"jianbao/web/api/op"
	pages "jianbao/web/holidays"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/calendar/ics"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		op.On(k, op.Get("read-holidays", "/holidays/{year}", "holidays", "The table of a year: the days that are not what their weekday says"), rm.read)
		op.On(k, op.Put("set-holiday", "/holidays/{year}", "holidays", "Make one day off, worked, or what its weekday says"), rm.set)
		op.On(k, op.Post("import-holidays", "/holidays/{year}/import", "holidays", "What a notice or a spreadsheet would change; with take, it is taken over"), rm.take)
		op.On(k, op.Post("restore-holidays", "/holidays/{year}/restore", "holidays", "Take the office's own table away, so that the built-in one holds"), rm.restore)
		op.On(k, op.Get("list-holiday-changes", "/holidays/{year}/changes", "holidays", "Who changed the table, and why, the first first"), rm.changes)
		op.On(k, op.Bytes(op.Get("holiday-file", "/holidays/{year}/table/{form}", "holidays", "The table as a calendar or a spreadsheet")), rm.file)
	}
}

// OfYear is one year.
type OfYear struct {
	Year int `path:"year" minimum:"1949" maximum:"2999"`
}

// HolidayTable is what is announced of one year.
type HolidayTable struct {
	Year    int          `json:"year"`
	Known   bool         `json:"known" doc:"there is a table; otherwise deadlines count with weekends alone"`
	Own     bool         `json:"own" doc:"the office entered it; otherwise it is built in"`
	Source  string       `json:"source,omitempty"`
	Days    []HolidayDay `json:"days"`
	Version int          `json:"version" doc:"how often the office saved it"`
}

// HolidayDay is a day that is not what its weekday says.
type HolidayDay struct {
	Day  string `json:"day" format:"date"`
	Off  bool   `json:"off" doc:"off; otherwise worked to make up for a day off"`
	Name string `json:"name"`
}

type tableBody struct {
	ETag string `header:"ETag" doc:"the version of the office's own table, for the next If-Match"`
	Body HolidayTable
}

func tableOf(year int, y calendar.Year, known bool) *tableBody {
	days := op.Each(y.Days, func(s calendar.Special) HolidayDay { return HolidayDay{s.Day.String(), s.Off, s.Name} })
	return &tableBody{op.Tag(y.Version), HolidayTable{year, known, y.Version > 0, y.Source, days, y.Version}}
}

func (rm *room) read(ctx context.Context, in *OfYear) (*tableBody, error) {
	y, known, err := rm.Table(ctx, in.Year)
	return tableOf(in.Year, y, known), err
}

// change writes what becomes of the table of a year.
func (rm *room) change(ctx context.Context, year, version int, reason string, table *calendar.Year) (*tableBody, error) {
	who := op.CallerOf(ctx)
	if err := pages.MayChange(who.Person); err != nil {
		return nil, err
	}
	err := rm.Books.ChangeYear(ctx, calendar.Change{
		ID: rm.NewID(), At: rm.Now(), By: who.Person.ID, ByName: who.Person.Name, Reason: reason, Year: year, Table: table, Version: version,
	})
	if fault.Is(err, fault.Conflict) {
		if now, _, broken := rm.Table(ctx, year); broken == nil {
			err = op.Overtaken(err, version, now.Version)
		}
	}
	if err != nil {
		return nil, err
	}
	return rm.read(ctx, &OfYear{year})
}

type setInput struct {
	OfYear
	op.Condition
	Body struct {
		Day    string `json:"day" format:"date"`
		Kind   string `json:"kind" enum:"off,work,usual"`
		Name   string `json:"name,omitempty" maxLength:"50" doc:"the holiday"`
		Reason string `json:"reason" maxLength:"500"`
	}
}

func (rm *room) set(ctx context.Context, in *setInput) (*tableBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	day, err := op.DayOf("body.day", in.Body.Day)
	if err != nil {
		return nil, err
	}
	y, _, err := rm.Table(ctx, in.Year)
	if err != nil {
		return nil, err
	}
	var s *calendar.Special
	if in.Body.Kind != "usual" {
		s = &calendar.Special{Day: day, Off: in.Body.Kind == "off", Name: in.Body.Name}
	}
	next := y.With(day, s)
	return rm.change(ctx, in.Year, version, in.Body.Reason, &next)
}

type takeInput struct {
	OfYear
	op.Keyed
	op.Condition
	Body struct {
		Text   string       `json:"text,omitempty" doc:"the notice, or lines of date, 休 or 班, holiday; or send file"`
		File   *op.FileData `json:"file,omitempty" doc:"a calendar, a spreadsheet or a text; or send text"`
		Take   bool         `json:"take,omitempty" doc:"take it over; otherwise nothing changes"`
		Reason string       `json:"reason,omitempty" maxLength:"500" doc:"needed to take it over"`
	}
}

// HolidayImport is what taking a table over changes, or changed.
type HolidayImport struct {
	Taken   bool         `json:"taken"`
	Table   HolidayTable `json:"table"`
	Changes []op.Says    `json:"changes"`
}

type takenBody struct{ Body HolidayImport }

func (rm *room) take(ctx context.Context, in *takeInput) (*takenBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	if err := pages.MayChange(op.CallerOf(ctx).Person); err != nil {
		return nil, err
	}
	data := []byte(in.Body.Text)
	if in.Body.File != nil {
		data = in.Body.File.Data
	}
	y, err := calendar.Import(in.Year, data, sheets.Read)
	if err != nil {
		return nil, err
	}
	before, _, err := rm.Table(ctx, in.Year)
	if err != nil {
		return nil, err
	}
	out := HolidayImport{in.Body.Take, tableOf(in.Year, y, true).Body, op.Each(calendar.Compare(before, y), func(d calendar.Difference) op.Says { return op.Said(d.Say()) })}
	if !in.Body.Take {
		return &takenBody{out}, nil
	}
	now, err := rm.change(ctx, in.Year, version, in.Body.Reason, &y)
	if err != nil {
		return nil, err
	}
	out.Table = now.Body
	return &takenBody{out}, nil
}

type restoreInput struct {
	OfYear
	op.Keyed
	op.Condition
	Body struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

func (rm *room) restore(ctx context.Context, in *restoreInput) (*tableBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	return rm.change(ctx, in.Year, version, in.Body.Reason, nil)
}

// HolidayChange is a line of the record of a table.
type HolidayChange struct {
	At       time.Time `json:"at"`
	By       string    `json:"by,omitempty" doc:"absent at the command line"`
	Reason   string    `json:"reason"`
	Restored bool      `json:"restored" doc:"the office's own table was taken away"`
}

type changesInput struct {
	OfYear
	op.Paging
}

func (rm *room) changes(ctx context.Context, in *changesInput) (*op.Listed[HolidayChange], error) {
	all, err := rm.Books.YearChanges(ctx, in.Year)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, all, func(c calendar.Change) string { return c.ID.String() }, func(c calendar.Change) HolidayChange {
		return HolidayChange{c.At, c.ByName, c.Reason, c.Table == nil}
	})
}

type holidayFileInput struct {
	OfYear
	Form string `path:"form" enum:"ics,csv,xlsx"`
}

func (rm *room) file(ctx context.Context, in *holidayFileInput) (*op.FileBody, error) {
	y, known, err := rm.Table(ctx, in.Year)
	if err == nil && !known {
		err = op.NotHere()
	}
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	f := workflow.File{Name: strconv.Itoa(in.Year) + "." + in.Form}
	switch in.Form {
	case "ics":
		f.Type = "text/calendar; charset=utf-8"
		out.Write(ics.Write(y.Calendar()))
	case "csv":
		f.Type, err = "text/csv; charset=utf-8", sheets.WriteCSV(&out, y.Table())
	case "xlsx":
		f.Type, err = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheets.WriteXLSX(&out, y.Table())
	}
	f.Data = out.Bytes()
	return op.File(f, err)
}
