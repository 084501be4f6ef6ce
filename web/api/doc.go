// Package api is the desk for programs: /api/v1, JSON over HTTP, described by an
// OpenAPI 3.1 document that the program serves at /api/v1/openapi.json and that
// is kept in docs/openapi.json.
//
// [New] returns one http.Handler. It decides nothing itself: it asks the same
// interfaces as the pages (package web), so that what a person may do, and why
// not, has one source. docs/api.md is the guide for those who call it.
//
// # What a request passes
//
// From the outside in: panics are caught; a language is chosen (Accept-Language,
// zh or en); the token is looked up, which is in the Authorization header and
// nowhere else (RFC 6750 section 2.1), and its person with what the token leaves
// of their grants; the body is read, in memory and up to a limit, since what is
// classified may touch no disk; a POST with an Idempotency-Key that was answered
// before is answered the same way; then the operation is done.
//
// Wrong tokens are counted by address, and after some of them the address waits.
// A right token may ask a lot in a row, and then a steady number of times per
// second. Cookies mean nothing here, so no page of another origin can act.
//
// # Versions
//
// An issue's version is its ETag. Whoever changes an issue says in If-Match
// which version they saw (RFC 9110 section 13.1.1): 428 without it, 412 if
// somebody was faster, with the sentence and the code that the pages show.
// 409 is every other conflict.
//
// # Refusals
//
// Every refusal is application/problem+json (RFC 9457) with the code of its
// fault, the sentence in the language of the request, and all reasons. A
// sentence inside a document is given in both languages, so that a document does
// not depend on who asks.
//
// # Keys
//
// An answer is kept under its token and key for a day, with a fingerprint of the
// request: an HMAC under the token, which the database does not have, so that
// nothing of a refused text can be told from it. Only what succeeded is kept; a
// refusal changes nothing and frees its key. A request of which nobody knows how
// it ended, because the program was killed, is not done again by itself: 409
// says so.
package api
