// Package mailer sends the letters of a dispatch: it takes them from a queue
// that is at once the book of what was sent, composes them, hands them to one
// SMTP relay and writes down, for every letter, what became of it.
//
// # What is promised
//
// There is one [Delivery] per (dispatch, unit, address). Whatever happens, a
// power cut in any line included, no delivery is lost from the book, and under
// the policy [Ask] none is sent twice: the final dot of a letter, the one byte
// that makes a relay take it (RFC 5321 4.1.1.4), goes out only after a mark
// saying so is committed. What was marked and never settled may have gone and
// may not; it is [Uncertain] and is listed, at most one per connection. Under
// [Resend] such a letter is sent again with the same Message-ID.
//
// Accepted means that the relay took the letter, not that anybody read it.
//
// # How a letter goes
//
//	Claim ─▶ compose ─▶ MAIL RCPT DATA text ─▶ mark committed ─▶ dot ─▶ reply ─▶ judge ─▶ Record
//
// [Engine] runs it: claims in batches, several connections, one recorder. No
// transaction is open while the network is waited for. The recorder writes the
// outcomes and the marks of all connections in one transaction and begins the
// next one when the last has returned, so that grouping adds no waiting; a
// connection's next mark is committed with or after the settlement of its last
// letter.
//
// [Compose] builds the body once per dispatch; a letter adds its own header
// block. [Relay] opens a [Session]; [Session.Send] sends one letter and knows
// how far it got. judge, a pure function, turns that into an [Outcome], and
// [Backoff] says when to try again. A gate keeps the engine from hammering a
// relay that is not there or does not answer.
//
// The database is behind [Queue] and [Parts]; package queuetest checks any
// implementation of the former, and package sink is a relay for tests and
// demonstrations that keeps what it is sent.
package mailer
