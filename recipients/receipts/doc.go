// Package receipts knows what became of an issue at each unit that it was meant
// for: whether it left, whether it came back, and whether the unit has
// acknowledged it (签收), refused it (拒收) or misses copies.
//
// A [Receipt] is one acknowledgment, however it came: through the one-time link
// in the letter, the code on paper, a reply, a call, a signed sheet. It names
// who received which version, when, how many copies, and what shows it; the
// receiver counts piece by piece, signs and notes the time (Regulation art.
// 24(1)). Receipts are only ever added: a wrong one is voided by another.
//
//   - [Slip] is the right to acknowledge one version for one unit without an
//     account. Its token is the only thing that opens it; it is kept as a hash,
//     ends, and says nothing of other units. Showing it uses nothing up, so that
//     a scanner which follows the links of a letter confirms nothing.
//   - [Acknowledges] reads the words of a reply: 已收到, 收悉, 收到，谢谢 and
//     what else people write. What it does not understand to the last word it
//     leaves to a person.
//   - [StateOf] makes one [State] of all addresses of a unit, its paper and its
//     receipts.
//   - [Punctuality] counts who acknowledges in time; [Calls] lists whom to ring.
//
// "Version" is the digest of the text that was sent. A correction has another
// one and is acknowledged anew; the same text sent once more is the same version.
//
// The package keeps no state and does no I/O; the clock is an argument.
package receipts
