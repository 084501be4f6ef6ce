// Package web shows the desk to people: pages made on the server, in Chinese
// or English, that work without scripts.
//
// [New] returns one http.Handler. It asks the domain through small interfaces
// (interfaces.go, the parts of [Config]) and decides nothing itself: what a
// person may do comes from Desk.Options, why not comes from the same rules, and
// every sentence comes from fault's catalogue. Object access is checked on every
// route: who holds no role in a series is told that its issues do not exist.
//
// # What a request passes
//
// From the outside in: panics are caught; the security headers are set (a
// content security policy that allows this program's own style sheet and
// images and nothing else); changes from a foreign origin are refused
// (http.CrossOriginProtection); the body is cut off at 2 MB, or 22 MB for a form
// with files; the session is read and, on all pages but sign-in, must name a
// person who is still active. Probes (/livez, /readyz) and /static/ know no
// session. At the door wrong passwords are counted by login and by address; too
// many answer 429 with the time to wait (Retry-After).
//
// # Files
//
// Files are read in memory, a few requests at a time, and never from a temporary
// file: what bears a classification label may not touch a disk, and that is
// known only after reading. Such a text is refused and not even shown again;
// a clerk is shown the form that enters its paper in the number register. What
// people download is sent as a file of its own that may do nothing in this
// program's name.
//
// # Refusals
//
// A change that is done answers 303 See Other. One that is refused answers with
// the page it came from, the status of its fault, the sentence, every reason,
// and what was typed. A text that somebody else overtook is shown beside
// theirs.
package web
