// Package calendar knows when an office works: its working days and hours, the
// hours in which nobody is disturbed, and the windows in which it sends.
//
// A [Calendar] answers every "when next?" of the program, so that deadlines,
// reminders and releases agree. It is plain data: a zone, the [Hours] of the
// office, and one [Year] for each year whose public holidays are known.
//
//	c := calendar.Calendar{Zone: series.Location(), Years: calendar.Known(own...)}
//	due := c.AddWorkingHours(now, 8*time.Hour)
//	for _, doubt := range c.Unknown(now, due) { … } // 2027年的放假安排尚未录入
//
// # Days
//
// Monday to Friday are working days, unless the table of their year says that
// they are off (休); Saturday and Sunday are not, unless it says that they are
// worked to make up for it (班). The tables of the years 2021 to 2026 are built
// in, as the General Office of the State Council announced them; each file in
// the folder years names its announcement. A year without a table has
// weekends and no holidays, and [Calendar.Unknown] says so: nothing is made up.
// An office enters the next year, or its own days, by the same form: see
// [ReadYear].
//
// # Time
//
// Working time is time that really passes within the working hours as clocks
// on the wall show them: where clocks change within them, an hour more or less.
// Everything here is pure; nothing reads a clock.
package calendar
