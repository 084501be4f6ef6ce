// Package copies counts the printed copies of an issue, before they exist and
// after.
//
// A [Plan] is the arithmetic of registration: the print run (共印20份) is the sum
// of what the listed units get, the file copies, the spare ones and, where a
// difference cannot be explained, a number of unexplained ones with a reason
// that stays visible. [Plan.Sentence] writes it as people do,
//
//	20 = 报 8（4×2）＋送 11＋存档 1
//
// and [Plan.Check] says why a plan does not add up.
//
// A [Ledger] is the double-entry book of the copies that were made. Every copy
// is in exactly one [Account]: in stock, with a unit, on file, spoiled,
// returned, destroyed or unexplained. An [Entry] moves copies from one account
// to another; entries are only ever added, and a mistake is corrected by
// another entry. The account [Made] is where copies come from: what it has
// given is the number that exist. So the sum of all accounts is zero at every
// entry, and the others sum to the copies made. [Opening] is what a release
// writes, from its plan; [Ledger.Verify] proves a book that comes from a
// database.
//
// What is done with copies afterwards are methods of the book, [Ledger.Printed],
// [Ledger.Spoil], [Ledger.Extra], [Ledger.Return], [Ledger.Destroy] and so on: each
// returns the entries to post and changes nothing, or says everything that is
// against it. The book says whose copies are; a [Handover] says that a unit took
// them, who, when and how.
//
// [Deeds] is the table of these acts, with what each asks of people: forms are
// made from it. Before the release, [Plan.Apportion] edits the equation.
//
// Copies may have numbers (份号): [Plan.Number] gives them out. From then on
// every entry names its copies, none is in two places, and [Ledger.Holder] and
// [Ledger.Trail] say where 000013 is and where it has been.
//
// [Tallies], [ByYear] and [ByUnit] are the views of many issues; [IssueRegister],
// [ShareRegister], [AccountRegister] and [TallyRegister] are the books that
// inspectors ask for, as tables.
//
// The package keeps no state outside its values, reads no clock and does no
// I/O. Units are known to it by id and by the name to print.
package copies
