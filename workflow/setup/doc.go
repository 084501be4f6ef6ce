// Package setup is everything that an office sets of one series, as people
// write it: its masthead, its route, its hours, its reminders, its total number.
//
// There are two forms of it. [Settings] is what the rooms work with: a series,
// its timetable, and who heads the units, with ids and durations. A [Sheet] is
// what people see and change, in a file or in the forms of a page: names in the
// place of ids, times as clocks show them. Both ways are here and nowhere else:
//
//	sheet := setup.SheetOf(settings, directory)     // to be shown
//	text := sheet.Text(fault.ZH)                    // as annotated TOML
//	sheet, err := setup.ReadText(text, sheet)       // what it leaves out stays
//	next, err := sheet.Settings(settings, reading)  // all mistakes at once
//	for _, line := range setup.Differences(settings, next) { … }
//
// [Differences] says in plain sentences what a change does; the same sentences
// are shown before it is made and kept in the history of the settings after it,
// as a [Change]. [Settings.Doubts] says what can be saved and will not work well,
// such as a step at which nobody can decide.
//
// What is written and read again is the same: a sheet that was shown and not
// touched makes no difference. A value that the office left to the program is
// shown as what it comes to (working hours, say), and stays left to it.
//
// A change of the route is one of the series alone. Issues that are open keep
// theirs (docs/adr/0009), which [RunningKeep] says to whoever changes it.
//
// Everything here is pure; nothing reads a clock.
package setup
