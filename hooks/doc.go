// Package hooks tells other programs of an office what happened to issues: a
// small signed message by HTTP for each thing that they asked to be told
// (webhooks), as https://www.standardwebhooks.com has it.
//
// An administrator names a [Target]: a series, an address, and the kinds of
// things it is told. Whatever changes an issue writes a [Message] for every
// target that wants it, in the same transaction, so that nothing is told that
// did not happen and nothing that happened is lost. A [Sender] takes the
// messages out of its [Outbox] and posts them; any number of processes may run
// one.
//
// # What a receiver is promised
//
//   - A message says what happened and where to read more, and nothing of what
//     the issue says: ids, masthead, number, state, a link. See [Message.Body].
//   - webhook-id is the same however often a message is sent. It may be sent
//     more than once: whoever sent it may have died before writing down that it
//     arrived. Receivers keep the ids that they have seen.
//   - Messages may come in any order; "event" counts what happened to an issue.
//   - webhook-signature is made with the secret of the target over id, time and
//     body ([Secret.Sign]). For a day after the secret was made anew there are
//     two signatures, one with each.
//   - What is not answered with 2xx within [Timeout] is sent again, later and
//     later, for [GiveUpAfter] from when it happened. 410 pauses the target.
//
// # What a receiver cannot do
//
// The address is typed by a person, and the program runs inside of an office's
// network. A [Guard] looks at the address that a name led to at the moment it
// is dialled: nothing but public addresses, on few ports, unless the
// configuration allows the host by name. Redirects are not followed, and what a
// receiver answers is neither shown nor kept beyond its status.
//
// A target that does not answer is left alone for a while ([Health]), so that it
// holds up no other.
package hooks
