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
// letter. Where the relay offers PIPELINING, the envelope of the next letter goes
// out behind the dot of the last, so that a letter costs one journey there and
// back; its own dot still waits for its own mark.
//
// A connection has at most [Engine.Window] letters behind their marks, one
// unless a bulk relay is configured for more. With a window, marks are committed
// while the letters before are sent.
//
// [Compose] builds the body once per dispatch, its texts in base64; a letter adds
// its header block and the few lines that are its own, and all of it goes out in
// one gathered write. A [DKIM] signs last; of the body it hashes once what is
// shared. [Relay] opens a
// [Session]; [Session.Send] sends one letter and knows how far it got. judge, a
// pure function, turns that into an [Outcome], and [Backoff] says when to try
// again. A gate keeps the engine from hammering a relay that is not there, does
// not answer or asks for a rest; [Engine.Second] takes over meanwhile. How fast
// letters go is the relay's [Profile], out of one budget, [Pace], for all
// engines.
//
// Letters and connections are bounded by the minute, for each relay and for each
// domain of recipients ([Profile]). Letters to many domains go over the same
// connection; it counts for the domain of the letter that it is opened for. It is
// the relay that connects to the hosts of the recipients, at its own pace: that
// these do not see us too often is what the bound of letters for their domain is
// for.
//
// # What comes back
//
// [Delivery.Trouble] says what a refusal means and what can be done about it, and
// [ReadIncoming] reads bounces, receipts and everything else that comes in, and
// finds the letter that it is about.
//
// The database is behind [Queue] and [Parts]; package queuetest checks any
// implementation of the former, and package sink is a relay for tests and
// demonstrations that keeps what it is sent.
package mailer
