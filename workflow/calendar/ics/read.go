package ics

import (
	"strings"
	"time"

	"jianbao/fault"
)

// Limits of what is read.
const (
	MaxSize   = 2 << 20 // bytes
	MaxEvents = 5000
)

var (
	badFile  = fault.Say("ics.bad", "日历文件读不出来", "the calendar cannot be read")
	notOne   = fault.Say("ics.not-one", "这不是iCalendar（.ics）文件：开头没有BEGIN:VCALENDAR", "this is no iCalendar file (.ics): it does not begin with BEGIN:VCALENDAR")
	tooLarge = fault.Say("ics.too-large", "日历太大：最多%d MB、%d个日程", "the calendar is too large: at most %d MB and %d events")
	badTime  = fault.Say("ics.time", "第%d行的时间看不懂：%s", "line %d: the time cannot be read: %s")
	noTime   = fault.Say("ics.no-time", "第%d行开始的日程没有写日期", "the event that begins on line %d has no day")
	broken   = fault.Say("ics.broken", "文件不完整：第%d行开始的日程没有写完", "the file is cut off: the event that begins on line %d does not end")
)

// Is reports whether data looks like a calendar.
func Is(data []byte) bool {
	text := strings.TrimLeft(strings.TrimPrefix(string(data[:min(len(data), 200)]), "\ufeff"), " \r\n\t")
	return len(text) >= 15 && strings.EqualFold(text[:15], "BEGIN:VCALENDAR")
}

// Read returns the events of a calendar in their order. It fails with
// fault.Invalid and every mistake, each with its line.
func Read(data []byte) ([]Event, error) {
	switch {
	case len(data) > MaxSize:
		return nil, fault.New(fault.Invalid, badFile.With(), tooLarge.With(MaxSize>>20, MaxEvents))
	case !Is(data):
		return nil, fault.New(fault.Invalid, badFile.With(), notOne.With())
	}
	r := &reader{}
	for _, l := range unfolded(strings.ToValidUTF8(string(data), "\uFFFD")) {
		r.property(l)
	}
	if r.open != nil {
		r.reasons = append(r.reasons, broken.With(r.open.Line))
	}
	if len(r.events) > MaxEvents {
		r.reasons = []fault.Reason{tooLarge.With(MaxSize>>20, MaxEvents)}
	}
	if len(r.reasons) > 0 {
		return nil, fault.New(fault.Invalid, badFile.With(), r.reasons...)
	}
	return r.events, nil
}

type line struct {
	number int // of its first part
	text   string
}

// unfolded joins what was folded (section 3.1). Ends of lines may be bare, as
// many programs write them.
func unfolded(text string) []line {
	var all []line
	for n, part := range strings.Split(text, "\n") {
		part = strings.TrimSuffix(part, "\r")
		if len(all) > 0 && part != "" && (part[0] == ' ' || part[0] == '\t') {
			all[len(all)-1].text += part[1:]
			continue
		}
		all = append(all, line{n + 1, part})
	}
	return all
}

type reader struct {
	open    *Event
	inside  int // components within the event, whose properties are not its own
	events  []Event
	reasons []fault.Reason
}

func (r *reader) property(l line) {
	name, params, value := split(l.text)
	switch {
	case name == "BEGIN" && r.open != nil:
		r.inside++
	case name == "END" && r.inside > 0:
		r.inside--
	case name == "BEGIN" && strings.EqualFold(value, "VEVENT"):
		r.open = &Event{Line: l.number}
	case r.open == nil || r.inside > 0:
	case name == "END":
		if r.open.Begins.IsZero() {
			r.reasons = append(r.reasons, noTime.With(r.open.Line))
		}
		r.events, r.open = append(r.events, *r.open), nil
	default:
		r.field(l, name, params, value)
	}
}

func (r *reader) field(l line, name, params, value string) {
	switch name {
	case "UID":
		r.open.UID = plain(value)
	case "SUMMARY":
		r.open.Summary = plain(value)
	case "DESCRIPTION":
		r.open.Description = plain(value)
	case "URL":
		r.open.URL = value
	case "X-APPLE-SPECIAL-DAY":
		r.open.Special = strings.ToUpper(value)
	case "DTSTART", "DTEND", "DTSTAMP":
		at, day, ok := moment(params, value)
		if !ok {
			r.reasons = append(r.reasons, badTime.With(l.number, value))
		}
		switch name {
		case "DTSTART":
			r.open.Begins, r.open.AllDay = at, day
		case "DTEND":
			r.open.Ends = at
		default:
			r.open.Changed = at
		}
	}
}

// split parts a content line; a colon within quotation marks is part of a
// parameter.
func split(text string) (name, params, value string) {
	quoted := false
	for i, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case c == ':' && !quoted:
			name, params, _ = strings.Cut(text[:i], ";")
			return strings.ToUpper(name), params, text[i+1:]
		}
	}
	return strings.ToUpper(text), "", ""
}

// moment reads a day, or a moment in UTC, in a named zone, or in none.
func moment(params, value string) (at time.Time, day, ok bool) {
	if at, err := time.Parse("20060102", value); err == nil {
		return at, true, true
	}
	if at, err := time.Parse("20060102T150405Z", value); err == nil {
		return at, false, true
	}
	zone := time.UTC
	for _, p := range strings.Split(params, ";") {
		if name, found := strings.CutPrefix(p, "TZID="); found {
			if known, err := time.LoadLocation(strings.Trim(name, `"`)); err == nil {
				zone = known
			}
		}
	}
	at, err := time.ParseInLocation("20060102T150405", value, zone)
	return at, false, err == nil
}

// plain is a value as text.
func plain(value string) string {
	return strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n", `\N`, "\n").Replace(value)
}
