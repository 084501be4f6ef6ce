package ics

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// longestLine is how many octets a line has at most, without its end (RFC 5545
// section 3.1).
const longestLine = 75

// Write returns the calendar as text/calendar: UTF-8, CRLF, lines folded
// between characters.
func Write(c Calendar) []byte {
	w := &writer{zone: fixed(c)}
	if w.zone != nil {
		w.any = c.Events[0].Begins
	}
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", escaped(c.Product))
	w.line("CALSCALE", "GREGORIAN")
	w.line("METHOD", "PUBLISH")
	if c.Name != "" {
		w.line("X-WR-CALNAME", escaped(c.Name))
	}
	if w.zone != nil {
		w.line("X-WR-TIMEZONE", w.zone.String())
		w.timezone()
	}
	for _, e := range c.Events {
		w.event(e)
	}
	w.line("END", "VCALENDAR")
	return []byte(w.text.String())
}

// fixed returns the zone of a calendar if its clocks do not change around the
// time of its events, and has a name; otherwise nil, which is UTC.
func fixed(c Calendar) *time.Location {
	if c.Zone == nil || c.Zone == time.UTC || c.Zone == time.Local || len(c.Events) == 0 {
		return nil
	}
	_, offset := c.Events[0].Begins.In(c.Zone).Zone()
	for _, e := range c.Events {
		for month := range 13 {
			if _, other := e.Begins.AddDate(0, month-6, 0).In(c.Zone).Zone(); other != offset {
				return nil
			}
		}
	}
	return c.Zone
}

type writer struct {
	text strings.Builder
	zone *time.Location
	any  time.Time // any moment at which the zone has its offset
}

// timezone writes the zone that moments refer to (section 3.6.5).
func (w *writer) timezone() {
	at := time.Date(1992, 1, 1, 0, 0, 0, 0, time.UTC) // before anything that is told
	offset := w.any.In(w.zone).Format("-0700")
	w.line("BEGIN", "VTIMEZONE")
	w.line("TZID", w.zone.String())
	w.line("BEGIN", "STANDARD")
	w.line("DTSTART", at.Format("20060102T150405"))
	w.line("TZOFFSETFROM", offset)
	w.line("TZOFFSETTO", offset)
	w.line("END", "STANDARD")
	w.line("END", "VTIMEZONE")
}

func (w *writer) event(e Event) {
	w.line("BEGIN", "VEVENT")
	w.line("UID", escaped(e.UID))
	w.line("DTSTAMP", utc(e.Changed))
	w.when("DTSTART", e.Begins, e.AllDay)
	if !e.Ends.IsZero() {
		w.when("DTEND", e.Ends, e.AllDay)
	}
	w.line("SUMMARY", escaped(e.Summary))
	if e.Description != "" {
		w.line("DESCRIPTION", escaped(e.Description))
	}
	if e.URL != "" {
		w.line("URL", strings.NewReplacer("\r", "", "\n", "").Replace(e.URL))
	}
	w.line("END", "VEVENT")
}

func (w *writer) when(name string, t time.Time, day bool) {
	switch {
	case day:
		w.line(name+";VALUE=DATE", t.Format("20060102"))
	case w.zone != nil:
		w.line(name+";TZID="+w.zone.String(), t.In(w.zone).Format("20060102T150405"))
	default:
		w.line(name, utc(t))
	}
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// escaped is text as a value (section 3.3.11). What is no character of text is
// left out.
func escaped(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(text)
}

// line writes a content line, folded: every line after the first begins with a
// space, which counts.
func (w *writer) line(name, value string) {
	rest := name + ":" + value
	for room := longestLine; len(rest) > room; room = longestLine - 1 {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		fmt.Fprintf(&w.text, "%s\r\n ", rest[:cut])
		rest = rest[cut:]
	}
	w.text.WriteString(rest + "\r\n")
}
