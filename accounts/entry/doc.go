// Package entry is how people get in, and what an administrator does about it:
//
//   - accounts: added, changed, suspended, opened again ([Desk.Add],
//     [Desk.Alter], [Desk.Suspend])
//   - one-time links ([Pass]) by which somebody sets a password: the first one
//     (an invitation) or another (a reset, by an administrator or by themselves)
//   - the change of a password that is known ([Desk.ChangePassword])
//   - a second factor ([Factor]): one-time codes by the clock (TOTP, RFC 6238)
//     and recovery codes on paper, each good for one sign-in
//   - identities at a provider of single sign-on ([Identity])
//   - visits ([Visit]): where somebody is signed in, and the ending of that
//   - what the office sets of all this ([House])
//
// Everything that matters leaves a [Line] in the record of the person, in the
// transaction that does it.
//
// # Links
//
// The token of a link is made from the id of the pass and a [Key] that is kept
// outside of the database, and the database has its hash alone (docs/adr/0013):
// whoever reads the database, or the letters in it, opens nothing. In a letter
// stands a mark, in whose place [Key.Linked] puts the link when the letter goes
// out. A pass ends when it is used, when another is made for the person, and with
// its time: [InvitationLife], [ResetLife], [ForgottenLife].
//
// # Silence
//
// Whoever says that they forgot their password is told the same whatever there
// is: [Desk.Forgotten] returns nothing to show.
//
// # Second factor
//
// The secret is sealed ([vault.Ring]); the step of the last code that was taken
// is kept, so that a code which was looked at over a shoulder is of no use;
// recovery codes are kept as SHA-256, being as random as a token. A code may be
// one step old or early (RFC 6238 section 5.2).
//
// The package does no I/O but through [Books] and reads no clock.
package entry
