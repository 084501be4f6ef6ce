package calendar

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// week are the days of the week as windows write them: 1 is Monday, 7 Sunday.
var week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// String returns the span as [ParseSpan] reads it, 8:30-12:00; "" where both
// ends are the same, which is no time at all.
func (s Span) String() string {
	if s.From == s.To {
		return ""
	}
	return clock(s.From) + "-" + clock(s.To)
}

// ParseSpan reads 8:30-12:00; one that passes midnight begins later than it
// ends. It reports false for everything else.
func ParseSpan(text string) (Span, bool) {
	from, to, ok := strings.Cut(strings.TrimSpace(text), "-")
	first, begins := readClock(from)
	last, ends := readClock(to)
	return Span{first, last}, ok && begins && ends && first != last
}

// readClock reads a time of the day as minutes after midnight; 24:00 is its end.
func readClock(text string) (int, bool) {
	text = strings.TrimSpace(text)
	if text == "24:00" {
		return wholeDay, true
	}
	t, err := time.Parse("15:04", text)
	return t.Hour()*60 + t.Minute(), err == nil
}

// String returns the window as [ParseWindow] reads it, 1-5 8:00-18:00; "" where
// it never closes.
func (w Window) String() string {
	if w.Always() {
		return ""
	}
	var days []string
	for n := 0; n < len(week); n++ {
		if !w.on(week[n]) {
			continue
		}
		first := n
		for n+1 < len(week) && w.on(week[n+1]) {
			n++
		}
		run := strconv.Itoa(first + 1)
		if n > first {
			run += "-" + strconv.Itoa(n+1)
		}
		days = append(days, run)
	}
	return strings.Join(days, ",") + " " + clock(w.From) + "-" + clock(w.To)
}

// ParseWindow reads “1-5 8:00-18:00” or “1,3,5 8:00-18:00”: days from 1 for
// Monday to 7, and the hours at which it is open. A blank text is a window that
// never closes. It reports false for everything else.
func ParseWindow(text string) (Window, bool) {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return Window{}, true
	}
	if len(fields) != 2 {
		return Window{}, false
	}
	days, known := readDays(fields[0])
	hours, ok := ParseSpan(fields[1])
	w := Window{Days: days, From: hours.From, To: hours.To}
	if !known || !ok || w.Always() || len(w.Validate()) > 0 {
		return Window{}, false
	}
	return w, true
}

// readDays reads 1-5 and 1,3-4,7, the days in the order of the week.
func readDays(text string) (days []time.Weekday, ok bool) {
	var chosen [8]bool
	for _, run := range strings.Split(text, ",") {
		from, to, isRun := strings.Cut(run, "-")
		if !isRun {
			to = from
		}
		first, err := strconv.Atoi(from)
		last, too := strconv.Atoi(to)
		if err != nil || too != nil || first < 1 || last > len(week) || first > last {
			return nil, false
		}
		for n := first; n <= last; n++ {
			chosen[n] = true
		}
	}
	for n, day := range week {
		if chosen[n+1] {
			days = append(days, day)
		}
	}
	return slices.Clip(days), true
}
