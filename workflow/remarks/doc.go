// Package remarks is what leaders write on issues (领导批示), and what becomes of
// it: a forgotten remark is the worst that can happen to a bulletin's office
// after a mistake in a title.
//
// # Reading order
//
// remark.go has the nouns. A [Remark] goes
//
//	entered → checked → assigned ⇄ replied → closed → reported
//
// act.go has the table of everything that can happen to one: the act, the states
// it starts from, who may, what stands against it, and what follows. [Decide]
// applies it; it is pure, tells every reason at once, and writes one [Line] of
// history, hashed with the one before. A [Desk] calls it inside the transaction
// that writes what it decided. Pages, API and command line all go through Desk.
//
// # What is read
//
// A mail that may be one ([LooksLike]) waits in a tray; [Read] makes of it what a
// clerk finds in the form: the words without what they quote ([Unquoted]), the
// leader, the day and the item. [FindDeadline] finds the last day that a remark
// names, counted in the working days of the office's calendar; [UnitsIn] the
// units that it names. All of it is proposed, and a person decides.
//
// # Who is told
//
// A [Reminder] is a chore of the scheduler: [Tell] says who is to be told what of
// a remark as it stands, before the last day of its slip, on it and after it, and
// of what the office itself leaves lying. Each notice is a row that is said once.
//
// # What is shown
//
// [Ledger], [Month] and [ByUnit] are the ledger of a series (批示办理台账), the summary
// of a month and how units answer, as tables that package sheets writes as XLSX
// and CSV. [TakeOver] shows remarks in the text of a later issue (批示选登).
package remarks
