// Package fault is how the rooms of the program tell each other, and in the
// end a person, that something cannot be done.
//
// There is one error type. An [Error] crosses a room's border when somebody
// should act on it: it has a [Code] that a program can branch on, a sentence
// that says what is wrong, and all the reasons at once, never only the first.
// Every other error is wrapped with fmt.Errorf on its way up and is shown as an
// internal fault, without its text.
//
// Sentences are declared with [Say], in Chinese and in English under one key,
// beside the rule that speaks them. The package-level catalogue that results
// is the only source of words for pages, API and command line.
//
//	var tooLate = fault.Say("workflow.too-late", "已过%s，不能再办", "too late: it was due %s")
//
//	return fault.New(fault.Blocked, tooLate.With(due))
package fault

import (
	"errors"
	"strings"
)

// A Code classes an error by what the caller can do about it.
type Code string

// The codes. [Status] and [ExitCode] map each of them, in one place, to what
// HTTP and the shell call it.
const (
	Invalid         Code = "invalid"         // the input is wrong; correct it
	Unauthenticated Code = "unauthenticated" // nobody is signed in, or the password is wrong
	Forbidden       Code = "forbidden"       // this person may not
	NotFound        Code = "not-found"       // there is no such thing
	Conflict        Code = "conflict"        // somebody else changed it first; look again
	Blocked         Code = "blocked"         // a rule of the office forbids it now; the reasons say what is missing
	Refused         Code = "refused"         // the text must not enter the system (classification)
	TooMany         Code = "too-many"        // too often, too fast; the sentence says when to try again
	Unavailable     Code = "unavailable"     // a database, relay or port cannot be had now
	Usage           Code = "usage"           // the command line cannot be understood
	Internal        Code = "internal"        // a fault of the program
)

// An Error is a refusal that somebody should act on.
type Error struct {
	Code    Code
	Message Reason
	// Reasons are all causes, in the order in which a person would mend them.
	Reasons []Reason
	// Cause is what went wrong beneath, for the log; it is never shown.
	Cause error
}

// New returns an Error.
func New(code Code, message Reason, reasons ...Reason) *Error {
	return &Error{Code: code, Message: message, Reasons: reasons}
}

// Because returns a copy of e with the error beneath it, for the log.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.Cause = cause
	return &c
}

// Error returns the message and the reasons in English, for logs and tests.
func (e *Error) Error() string { return e.In(EN) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// In returns the message and all reasons in a language, as one line.
func (e *Error) In(lang Lang) string {
	parts := make([]string, len(e.Reasons))
	for i, r := range e.Reasons {
		parts[i] = r.In(lang)
	}
	message := e.Message.In(lang)
	if len(parts) == 0 {
		return message
	}
	if lang == EN {
		return message + ": " + strings.Join(parts, "; ")
	}
	return message + "：" + strings.Join(parts, "；")
}

// As returns the Error in err's chain, or nil.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// CodeOf returns the code of err: "" for nil, Internal for what is not an
// [Error].
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e := As(err); e != nil {
		return e.Code
	}
	return Internal
}

// Is reports whether err has the code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }

var internal = Say("fault.internal", "程序内部出错，已记入日志；请稍后再试，或告诉管理员", "internal fault; it was logged. Try again, or tell the administrator")

// Shown returns what may be shown of any error: an [Error] as it is,
// everything else as an internal fault without its text.
func Shown(err error) *Error {
	if e := As(err); e != nil {
		return e
	}
	return New(Internal, internal.With()).Because(err)
}

// Status returns the HTTP status of a code (RFC 9110 section 15).
func Status(code Code) int {
	switch code {
	case "":
		return 200
	case Invalid, Usage:
		return 422
	case Unauthenticated:
		return 401
	case Forbidden:
		return 403
	case NotFound:
		return 404
	case Conflict:
		return 409
	case Blocked, Refused:
		return 422
	case TooMany:
		return 429 // RFC 6585 section 4
	case Unavailable:
		return 503
	}
	return 500
}

// ExitCode returns the exit code of a command that ended with err: 0 for nil,
// 2 for a command line that cannot be understood, 1 for everything else.
func ExitCode(err error) int {
	switch CodeOf(err) {
	case "":
		return 0
	case Usage:
		return 2
	}
	return 1
}
