// Package metrics is what monitoring reads of the program, at /metrics, in the
// text format of Prometheus (exposition format 0.0.4).
//
// There are three sorts of numbers, and each comes from where it is made:
//
//   - [Office] is what stands in the database: letters in the queue and since
//     when the first is due, steps undecided and overdue, releases that are late,
//     notices that wait, ledgers that do not balance, the last root of the
//     histories. It is the same in every process of an office, so that alerts
//     take the max of it. However many scrapers ask, the database is read at
//     most once in ten seconds, and what costs more at most once in ten minutes.
//   - [Process] is what this process did since it began: attempts by their
//     outcome, fires of schedules, rows that were deleted, and what Go and the
//     operating system say of it. These are counters, which differ from process
//     to process and are summed.
//   - [Requests] counts what was asked over HTTP, by the pattern of the route,
//     its status and its duration. No id of anybody or anything is in a label.
//
// Each is a collector of Prometheus's own library, which counts what can be
// counted as it happens and writes the text; [NewRegistry] puts them together
// with the library's collectors for Go and the process, in a registry of its own:
// what some other package registers globally is not shown.
// All names begin with jianbao_, but those of Go and of the process, which are
// called as everywhere. Times are in seconds, sizes in bytes; what only grows
// ends in _total; a time that never was is left out.
//
// Who may read is decided by [Gate].
package metrics
