// Package filing is what becomes of an issue when it is done: it is filed (归档),
// kept for its period (保管期限), appraised when that is over (鉴定), and destroyed
// only by a list that one person proposes and another approves (销毁清册).
//
// # Filing
//
// [Contents] is everything that belongs to the file of one issue, the filing
// unit (件, DA/T 22-2015, 5.1): final text, sign-off, what went out, circulation,
// receipts, remarks and their replies, copies, history. [Contents.Gaps] is the
// check that it is complete and whole (齐全完整); every gap is a sentence. Some
// gaps a reason excuses, which then stands in the history and in the list; those
// that say that something was tampered with or lost are [Gap.Fatal], and nothing
// excuses them.
//
// [Decide] files an issue: it gives the next number (件号) within series, year and
// class, and makes the change of the issue, with its line of history, through
// workflow.Decide. An [Item] is the line of the filing list of a year
// (归档文件目录, [List]); it is written once and says for ever what it said then.
//
// # After the period
//
// Periods are package retention's. That one is over makes an item appear among
// the expired, and nothing else. A [Hold] keeps an item off destruction lists
// until a year, or until somebody lifts it.
//
// A [Destruction] is a list: a clerk proposes it with a reason, somebody else
// who signs for the series approves or refuses it, and a clerk carries it out
// before a witness. Nobody approves what they proposed, whatever exceptions the
// series has. At each of the three steps every line is looked at anew. Carrying
// it out and its record are one transaction: there is no content without its
// issue and no destruction without its line in the history.
//
// # What is left
//
// Of a destroyed issue there stay its number, date and title in the register, the
// line of the filing list, the destruction list, who decided and when, the
// dispatch and copy ledgers with their units, the receipts, and the history: its
// lines are hashed with one another and cannot be cut, so that reasons and
// opinions written into it stay as well. The texts, what was handed in, the
// files, the letters and their answers, comments, and the words of remarks are
// removed. Backups that were made before still have them: how old backups are
// done away with is for the office to say.
package filing
