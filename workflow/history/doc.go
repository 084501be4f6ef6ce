// Package history proves that nobody touched the history of issues behind the
// program's back.
//
// The events of an issue are a chain: each is hashed with the one before it
// (package workflow), and the issue keeps the length and the last hash. That
// shows an edit, a deletion and a reordering, but not a tail that was cut off
// together with what the issue says of it, nor a chain that was hashed anew.
// Therefore a [Notary] makes a root once a day: a signed line that says how far
// every chain is.
//
//	{"root":{"seq":12,"at":…,"prev":…,"chains":…,"events":…,"all":…,"links":[…],"key":…},
//	 "hash":…,"signature":…}
//
// "links" are the chains that are not as the roots before left them, each with
// its length and last hash, "all" is a hash over the links of all chains, "prev"
// the hash of the root before, and the signature is Ed25519 (RFC 8032) by a key
// in a file. Roots are rows of the database, and every one is appended to a file
// outside of it, which only grows. Whoever may write in the database and in that
// file and has the key as well can still forge all of it: so copy the file to
// another machine, or print its last hash, as often as it should count.
//
// [Verify] holds the books against roots and says in plain words which issue
// and which line is not what it was. It looks at the bytes that were hashed, so
// that a later version of the program reads old lines alike.
package history
