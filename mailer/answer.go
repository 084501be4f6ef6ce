package mailer

import (
	"errors"
	"io"
	"net"
	"os"
	"regexp"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jianbao/fault"
)

// An Answer is what one try at sending a letter came to: how far it got, and
// what the relay said or what broke. It is one of
//
//   - a reply of the relay at Stage: Code is not 0;
//   - a loss at Stage: Code is 0 and Err says what broke. At [Dot] the letter
//     may have gone, before it cannot have;
//   - withheld: we stopped before the dot, because Withheld;
//   - unfit: the letter cannot be composed, or is larger than the relay takes,
//     and was not offered;
//   - spared: the relay is being left alone, and was not asked.
type Answer struct {
	Stage    Stage
	Code     int
	Enhanced string // RFC 3463
	Words    string
	QueueID  string
	Err      error
	Withheld error
	Unfit    bool
	Spared   bool
}

// Taken reports whether the relay took the letter.
func (a Answer) Taken() bool { return a.Stage == Reply && a.Code/100 == 2 }

// reusable reports whether the connection can take another letter: the relay
// has answered, and not with 421, "closing" (RFC 5321 3.8), or it was not asked.
func (a Answer) reusable() bool {
	return a.Unfit || a.Code != 0 && a.Code != 421 && a.Withheld == nil
}

// stale reports whether this looks like a connection that the relay had given
// up between two letters. Nothing of the letter was said on it.
func (a Answer) stale() bool {
	return a.Stage == Mail && a.Withheld == nil && !a.Unfit && (a.Code == 0 || a.Code == 421)
}

// answerOf returns the answer that an error at a stage stands for. An error
// after the dot that is a reply makes it the stage Reply.
func answerOf(stage Stage, err error) Answer {
	var said *refusal
	if !errors.As(err, &said) {
		return Answer{Stage: stage, Words: broken(err), Err: err}
	}
	if stage == Dot {
		stage = Reply
	}
	return Answer{Stage: stage, Code: said.code, Enhanced: said.enhanced, Words: tidy(said.words), Err: err}
}

var (
	queueID    = regexp.MustCompile(`(?i)(?:queued as|\bid=|\bqid=)\s*<?([^\s<>;()]+)`)
	sendmailID = regexp.MustCompile(`^(\S+) Message accepted`)
)

// acceptedWith reads a yes to the dot: the name that the relay gave the letter,
// as Postfix, Exim, Sendmail, Coremail and QQ write it.
func acceptedWith(r reply) Answer {
	a := Answer{Stage: Reply, Code: r.code, Enhanced: r.enhanced, Words: tidy(r.words)}
	if a.QueueID = queuedAs(a.Words); a.QueueID != "" {
		return a
	}
	for _, pattern := range []*regexp.Regexp{queueID, sendmailID} {
		if m := pattern.FindStringSubmatch(a.Words); m != nil {
			a.QueueID = strings.TrimRight(m[1], ".,")
			break
		}
	}
	return a
}

// queuedAs is what the patterns find in the words that most relays say, at a
// twentieth of their cost; "" leaves it to them.
func queuedAs(words string) string {
	before, name, found := strings.Cut(words, " queued as ")
	if !found || strings.ContainsAny(before, "Qq") || strings.ContainsAny(words, "=<>;()") {
		return ""
	}
	name, _, _ = strings.Cut(name, " ")
	return strings.TrimRight(name, ".,")
}

// tidy makes a relay's words fit for a column and a page: one line of UTF-8, at
// most 500 characters. Words in GBK, which some relays speak, are read as such.
func tidy(words string) string {
	if isTidy(words) {
		return words
	}
	if !utf8.ValidString(words) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(words); err == nil {
			words = decoded
		}
	}
	words = strings.ToValidUTF8(words, "�")
	words = strings.Join(strings.FieldsFunc(words, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if runes := []rune(words); len(runes) > 500 {
		words = string(runes[:499]) + "…"
	}
	return words
}

// isTidy reports whether words are as tidy makes them, of those in plain ASCII.
func isTidy(words string) bool {
	last := byte(' ')
	for i := range len(words) {
		c := words[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return len(words) <= 500 && (words == "" || last != ' ')
}

var (
	sayRefusedDial = fault.Say("mailer.refused-dial", "对方没有开放这个端口", "nothing listens on that port")
	sayNoHost      = fault.Say("mailer.no-host", "找不到这台主机", "there is no such host")
	sayTimeout     = fault.Say("mailer.timeout", "等待超时", "it took too long")
	sayClosed      = fault.Say("mailer.closed", "对方断开了连接", "the connection was closed by the other side")
	sayBroken      = fault.Say("mailer.broken", "连接出错（%s）", "the connection failed (%s)")
)

// Plainly says in plain words what happened to a connection; ok is false where
// nobody has words for it but the system.
func Plainly(err error) (words fault.Reason, ok bool) {
	var noHost *net.DNSError
	switch {
	case errors.As(err, &noHost) && noHost.IsNotFound:
		return sayNoHost.With(), true
	case errors.Is(err, syscall.ECONNREFUSED):
		return sayRefusedDial.With(), true
	case errors.Is(err, os.ErrDeadlineExceeded):
		return sayTimeout.With(), true
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return sayClosed.With(), true
	}
	return fault.Reason{}, false
}

// broken says in Chinese what happened to a connection, as the books keep it.
func broken(err error) string {
	if words, ok := Plainly(err); ok {
		return words.In(fault.ZH)
	}
	return tidy(sayBroken.With(err.Error()).In(fault.ZH))
}
