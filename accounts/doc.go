// Package accounts knows the people of an office: who they are, what each may
// do in which series, and whether somebody at the door is who they say.
//
// A [Person] holds grants, each a [Role] in one series or in all. Roles say who
// may act; that editor, reviewer and signatory of one issue are different
// people is the route's rule and not kept here. A [Delegation] says who stands in
// for whom, and when.
//
// Passwords are kept as argon2id hashes (RFC 9106) in the PHC string format,
//
//	$argon2id$v=19$m=19456,t=2,p=1$salt$hash
//
// whose parameters travel with the hash, so that they may grow: [Hasher.Verify]
// says when a hash should be made anew. One hash takes 19 MiB and some 40 ms, so
// a [Hasher] bounds how many run at once; everybody else waits, until their
// context ends.
//
// [Desk.SignIn] answers with one sentence whether the login is unknown, the
// password wrong or the account closed, and takes the same time for each:
// nobody at the door learns who works here. Sessions are the web's business.
//
// Who looks after the program itself may be three different people, 三员分立: see
// [Separation]. What they do, and what is done at the door, are lines of a record
// that only grows: see [Line].
//
// The package does no I/O but through [People], and reads no clock.
package accounts
