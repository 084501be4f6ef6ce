// Package recipients knows who a bulletin goes to: the units of the office's
// directory, the short names they are listed by, and the lists (报, 送, 发 …)
// of one issue.
//
// A list is text that people write and read: 市发改委、市工信局. The package
// reads it in two steps and writes it back in one.
//
//   - [Split] is the grammar: separators of three levels, brackets kept whole,
//     a suffix that governs a run (市委、市政府领导), a place that is named once
//     (鄂尔多斯市委、市政府) and 各X that is written once. It knows no directory.
//   - [Index.Resolve] finds the units. A run of names that the directory knows
//     as a whole is one entry: that is how a collective entry
//     (鄂尔多斯市委、市人大常委会、市政府、市政协领导) keeps its words and still
//     reaches its whole roster. A short name means what it means in the home
//     place of the series on the day of the issue: 市统计局 is 鄂尔多斯市统计局
//     in Ordos and another unit in Baotou.
//   - [Circulation.Printed] gives every list back word for word. It is made from
//     the same entries as the letters and the paper copies, so the printed list
//     and the sent list are one list.
//
// Nothing is guessed and nothing is dropped. A name that means no unit, or more
// than one, stays in its list without recipients, together with the units it may
// mean; [Circulation.Check] says so by name, and the caller decides what that
// stops. What a person once settled by hand for a series comes first
// ([Directory.Settled]).
//
// The result, a [Circulation], is a snapshot: it holds names, addresses and
// copies as they stood on the day, and later changes of the directory never
// rewrite it. The package keeps no state and does no I/O. An [Index] is built
// once for a directory and may be used by any number of goroutines.
package recipients
