// Package figures tells how the work goes: what lies undecided now and how long,
// what is overdue and by how much, what was returned and why, how long things
// take at each step and with each person.
//
// There are two kinds of question, and each has its own rows.
//
//   - What lies now is asked of the issues that are under way, however many are
//     archived: a [Sight] of them, from which [Undecided] makes a [Standing] for
//     each that waits for somebody, and [Loads] their sums by step. The pages
//     and the metrics ask the same functions.
//   - What was is asked of the history for a span of time: each [Passage] is
//     how long one issue lay at one step until somebody decided, [Paces] sums
//     them by step and by person, and [ReturnsOf] has the returns with their
//     reasons.
//
// Time is working time of the calendar of the series (package calendar): an
// issue that comes on Friday evening and is decided on Monday morning lay for
// no hour. Everything here is pure; the clock is an argument.
package figures
