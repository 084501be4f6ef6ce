// Package store keeps everything that jianbao knows in one database: SQLite
// for one machine, PostgreSQL for several processes. It is the only room that
// knows SQL.
//
//	s, err := store.Open(ctx, "jianbao.db")                  // a file
//	s, err := store.Open(ctx, "postgres://host/jianbao")     // a server
//
// Open brings the tables up to date. [Store] then is what other rooms asked
// for: [workflow.Books] and [workflow.Agenda], [mailer.Queue] and
// [mailer.Parts], and what pages and the command line read and plant.
//
// # Transactions
//
// There are two doors: write commits unless its function fails, read always
// rolls back. Every exported method is one transaction, and nothing inside one
// talks to a network or to a person. A change locks its issue first and then,
// where it gives a number, the series; nothing locks the other way round.
// SQLite has one writer at a time, which is lock enough.
//
// # Rows
//
// Rows are unexported, one file for what changes together, with the functions
// that turn them into values and back. What is searched for is a column; what
// is only carried along is JSON in a text column. A moment is a 64-bit number
// of microseconds since 1970, UTC, 0 for none, so that both databases compare
// it alike; an id is given by the caller or made here, never by the database.
//
// The tables event, attempt, copy_entry, copy_handover,
// series_change, filing_rule, filing_item and unit_reform only grow: triggers
// refuse every UPDATE and DELETE. So do issue_text and original, until the history
// of their issue says that it was destroyed; a destruction list stands still once
// it is over. What is in attachment stays as it is. Further triggers refuse a copy_entry that does not
// follow the last one, takes more from an account than that holds, or says
// otherwise than the entries before it what its accounts hold after it.
package store
