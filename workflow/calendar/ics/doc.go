// Package ics writes and reads the part of iCalendar (RFC 5545) that an office
// meets: events with a name, on days or at moments.
//
// [Write] makes a calendar that Outlook, Apple's Calendar, Google and DingTalk
// subscribe to. [Read] takes the calendars in which public holidays are handed
// round: it looks at events alone, and of these at when they are, what they are
// called, and whether Apple's X-APPLE-SPECIAL-DAY calls them work or holiday.
// Recurrences are not expanded; a calendar of announced holidays has none.
//
// The package knows nothing of what the events mean.
package ics

import "time"

// A Calendar is a list of events.
type Calendar struct {
	// Product names the program that made it: "-//jianbao//deadlines//ZH".
	Product string
	Name    string // as programs show it
	// Zone is where moments are shown; nil is UTC. A zone whose clocks change
	// is written as UTC, which every program shows in its own zone.
	Zone   *time.Location
	Events []Event
}

// An Event is on days or at a moment.
type Event struct {
	UID string // the same for the same event, whenever it is written
	// Begins is the first day (00:00 UTC) of what is AllDay, otherwise the
	// moment. Ends is the first day or moment after it; zero is one day, or no
	// length.
	Begins, Ends time.Time
	AllDay       bool
	Summary      string
	Description  string
	URL          string
	// Changed is when what the event says was last so.
	Changed time.Time
	// Special is X-APPLE-SPECIAL-DAY of what was read: WORK-HOLIDAY,
	// ALTERNATE-WORKDAY, or "".
	Special string
	Line    int // of what was read, from 1
}
