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
// [FindDeadline] finds the last day that a remark names, counted in the working
// days of the office's calendar; [Unquoted] finds what somebody wrote in a reply
// mail, without the mail that is answered.
//
// # What is shown
//
// [Ledger] and [Month] are the ledger of a series (批示办理台账) and the summary of a
// month, as tables that package sheets writes as XLSX and CSV.
package remarks
