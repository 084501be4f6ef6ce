// Package mailbox fetches the mail that comes in, by IMAP (RFC 3501, RFC 9051),
// has it read ([mailer.ReadIncoming]) and hands it to the books.
//
//	poller := &mailbox.Poller{Account: account, Books: store, Now: time.Now, NewID: newID, Log: log}
//	err := poller.Run(ctx)
//
// # What is promised
//
// Every mail is handled once: the books know a mail by the SHA-256 of its bytes,
// and how far the mailbox was read ([Position]) is written down after the mails
// before it. A crash between the two fetches some mails again, and nothing comes of
// it. If the server renumbers its mails (another UIDVALIDITY, RFC 3501 2.3.1.1),
// those of the last weeks are fetched again, with as little effect.
//
// The mailbox is opened read-only and nothing in it is changed, unless [After]
// says so; and then only mails that stand whole in the books are moved or deleted.
// What was too large, had a classification label or could not be fetched stays
// where it is, and the tray has a note of it.
//
// A mail is asked for its size before it is loaded. Of one that is too large
// (mailer.MaxIncoming) the beginning is read, since a notice of a server says there
// what became of a letter. Whatever a server sends, no answer may be longer than
// was asked for, and none may stop for longer than [Account.Timeout]. A mail that
// cannot be fetched several times over is noted and passed by, so that it does not
// bar the way for the next.
//
// One process at a time reads a mailbox: it holds a lease in the books, which it
// renews, and another takes over when it dies. Connections are protected by TLS
// unless [mailer.Plain] is asked for, and where TLS cannot be had, or the server's
// name is not proven, no password is sent. A connection that breaks is opened
// again after a while that doubles from seconds to minutes.
//
// # How it goes
//
//	Hold ─▶ connect ─▶ sign in ─▶ look ─▶ [size ─▶ body ─▶ read ─▶ Receive] ─▶ after ─▶ Advance ─▶ IDLE or wait ─▶ look …
//
// Where the server has IDLE (RFC 2177) it tells of new mail at once; it is asked
// every so often all the same.
package mailbox
