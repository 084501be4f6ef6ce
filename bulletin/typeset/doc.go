// Package typeset makes what goes out from a registered bulletin: the HTML mail
// and its plain-text twin. One file makes one output; all of them start from a
// [Sheet] and show the same words in the same order.
//
// The bytes depend on the Sheet alone: no clock, no random boundary, no map
// order. So the parts can be made once, hashed, and proven to be what was
// approved.
//
// The mail is meant for the clients that offices have: one column, inline
// styles, the reader's own fonts, nothing remote, no script, and every colour
// set together with its background, so that a client in dark mode inverts both
// or none. The empty 领导批示 slot of the paper is not shown: on a screen it
// would look as if words were missing.
package typeset
