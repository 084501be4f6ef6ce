// Package receipts is the pages of what became of an issue that is out: who has
// it, who has acknowledged it, who waits for a person, and what is done about it.
//
//	/receipts                          what waits for a clerk: units that are not reached, mails, recalls
//	/receipts/mails/{mail}             a reply that was not understood: enter it, or take it out with a reason
//	/issues/{id}/receipts              the receipt board, a row for each unit
//	/issues/{id}/receipts/{unit}       one unit: receipts, letters, chasing, and the acts on it
//	/issues/{id}/calls                 the phone list, for print
//	/issues/{id}/after                 correction, recall, classified afterwards
//	/issues/{id}/holders               who has it, and what is to be collected, for print
//	/issues/{id}/holders.xlsx
//	/issues/{id}/letters/{letter}      a letter as the unit got it, on the screen
//	/issues/{id}/letters/{letter}/page its page
//	/issues/{id}/letters/{letter}/eml  the very mail, for clerks
//	/series/{id}/receipts              who acknowledges in time, over a period
//	/series/{id}/receipts.xlsx
//
// Whoever holds a role in the series reads; what may be done, and why not, the
// domain says. On the screen a letter has its link cut short, so that nobody
// signs in the unit's place by looking. The very mail has it: it is for clerks,
// who had it is written down, and what is signed by that link afterwards bears
// their names on the board.
package receipts
