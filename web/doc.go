// Package web shows the desk to people: pages made on the server, in Chinese
// or English. Every act works without scripts; three of them, our own and htmx,
// make two pages follow by themselves.
//
// [New] returns one http.Handler. It asks the domain through small interfaces
// (interfaces.go, the parts of [Config]) and decides nothing itself: what a
// person may do comes from Desk.OptionsOf, why not comes from the same rules, and
// every sentence comes from fault's catalogue. Object access is checked on every
// route: who holds no role in a series is told that its issues do not exist.
//
// # What a request passes
//
// From the outside in: panics are caught; the security headers are set (a
// content security policy that allows what this program serves and nothing
// else, no inline script or style); changes from a foreign origin are refused
// (http.CrossOriginProtection); the body is cut off at 2 MB, or 22 MB for a form
// with files; the session is read and, on all pages but sign-in, must name a
// person who is still active. Probes (/livez, /readyz) and /static/ know no
// session. At the door wrong passwords are counted by login and by address; too
// many answer 429 with the time to wait (Retry-After).
//
// # What follows by itself
//
// The editor (edit.html) sends the text while somebody types and is given the
// typeset pages as SVG with the doubts beside them; nothing of that is kept. What
// was typed is saved as the next version when the keys rest. The board of letters
// is a stream of server-sent events while letters are under way; a stream lasts
// 15 seconds, and the browser opens the next.
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
