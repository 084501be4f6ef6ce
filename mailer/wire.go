package mailer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"strings"
)

// What a relay may say at once. RFC 5321 4.5.3.1.5 grants 512 octets to a
// line; relays take more.
const (
	longestLine = 4096
	mostLines   = 128
)

// errGarbled is what was said by a peer that does not speak SMTP.
var errGarbled = errors.New("what came is no SMTP reply")

// A reply is what a relay answers to one command (RFC 5321 4.2).
type reply struct {
	code     int
	enhanced string // RFC 3463; "" for none
	words    string // its lines, LF between them
}

// A refusal is a reply that is an error.
type refusal struct{ reply }

// Error is the code and the relay's words, which may be in any language.
func (r *refusal) Error() string { return fmt.Sprintf("%d %s", r.code, r.words) }

// A wire carries SMTP: commands go out, replies come in.
type wire struct {
	conn  net.Conn
	timed *timedConn // conn, or what is beneath its TLS
	r     *bufio.Reader
	// scratch gathers what goes out at once where the kernel cannot, as
	// beneath TLS.
	scratch []byte
}

func newWire(conn net.Conn, timed *timedConn) *wire {
	return &wire{conn: conn, timed: timed, r: bufio.NewReaderSize(conn, longestLine)}
}

// largestScratch bounds what a connection keeps for gathering.
const largestScratch = 1 << 20

// write sends all parts as one, and returns how many bytes are out for certain:
// what is not counted has not reached the relay.
func (w *wire) write(parts ...[]byte) (int, error) {
	if timed, ok := w.conn.(*timedConn); ok {
		return timed.writeAll(parts)
	}
	w.scratch = w.scratch[:0]
	for _, p := range parts {
		w.scratch = append(w.scratch, p...)
	}
	n, err := w.conn.Write(w.scratch)
	if cap(w.scratch) > largestScratch {
		w.scratch = nil
	}
	return n, err
}

// say sends one command and reads its reply, which must begin with a digit.
func (w *wire) say(class int, format string, args ...any) (reply, error) {
	if _, err := w.write(fmt.Appendf(nil, format+"\r\n", args...)); err != nil {
		return reply{}, err
	}
	return w.expect(class)
}

// expect reads a reply and makes an error of one of another class.
func (w *wire) expect(class int) (reply, error) {
	r, err := w.read(true)
	if err == nil && r.code/100 != class {
		err = &refusal{r}
	}
	return r, err
}

// read reads a reply, all of its lines. Words that nobody will look at are not
// kept: those of a yes to a command that is one of many.
func (w *wire) read(keep bool) (reply, error) {
	var r reply
	var words []byte
	if w.timed != nil {
		w.timed.beginReply()
	}
	for n := range mostLines {
		line, err := w.r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return r, errGarbled
		}
		if err != nil {
			return r, err
		}
		code, text, last, ok := split(bytes.TrimRight(line, "\r\n"))
		if !ok || n > 0 && code != r.code {
			return r, errGarbled
		}
		r.code = code
		if keep || code >= 400 {
			if enhanced, rest := enhancedOf(code, text); enhanced != "" {
				r.enhanced, text = enhanced, rest
			}
			if n > 0 {
				words = append(words, '\n')
			}
			words = append(words, text...)
		}
		if last {
			r.words = string(words)
			return r, nil
		}
	}
	return r, errGarbled
}

// split takes a line of a reply apart: three digits, and a blank, a hyphen if
// more lines follow, or nothing.
func split(line []byte) (code int, text []byte, last, ok bool) {
	if len(line) < 3 {
		return 0, nil, false, false
	}
	for _, c := range line[:3] {
		if c < '0' || c > '9' {
			return 0, nil, false, false
		}
		code = 10*code + int(c-'0')
	}
	switch {
	case len(line) == 3:
		return code, nil, true, true
	case line[3] == ' ', line[3] == '-':
		return code, line[4:], line[3] == ' ', true
	}
	return 0, nil, false, false
}

// enhancedOf takes the enhanced code off a line, whose class must be the
// reply's (RFC 2034 section 4).
func enhancedOf(code int, text []byte) (string, []byte) {
	end := 1
	for range 2 {
		n := 0
		for n < 3 && end+1+n < len(text) && '0' <= text[end+1+n] && text[end+1+n] <= '9' {
			n++
		}
		if n == 0 || text[end] != '.' {
			return "", text
		}
		end += 1 + n
	}
	rest := bytes.TrimLeft(text[end:], " \t")
	class := int(text[0] - '0')
	if class != code/100 || class != 2 && class != 4 && class != 5 || len(rest) > 0 && len(rest) == len(text)-end {
		return "", text
	}
	return string(text[:end]), rest
}

// extensions are what a relay offers (RFC 5321 4.1.1.1). Letters are made of
// seven-bit lines throughout, so that 8BITMIME and SMTPUTF8 are not needed.
type extensions struct {
	size       int // RFC 1870; 0 is no limit
	pipelining bool
	dsn        bool // RFC 3461
	startTLS   bool
	auth       []string // RFC 4954, upper case
}

func extensionsOf(words string) (x extensions) {
	for i, line := range strings.Split(words, "\n") {
		keyword, argument, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " ")
		switch {
		case i == 0: // its name
		case keyword == "SIZE":
			_, _ = fmt.Sscan(argument, &x.size) // unreadable is no limit
		case keyword == "PIPELINING":
			x.pipelining = true
		case keyword == "DSN":
			x.dsn = true
		case keyword == "STARTTLS":
			x.startTLS = true
		case keyword == "AUTH":
			x.auth = append(x.auth, strings.Fields(argument)...)
		case strings.HasPrefix(keyword, "AUTH="): // as before RFC 2554, beside the other
			x.auth = append(x.auth, strings.TrimPrefix(keyword, "AUTH="))
		}
	}
	return x
}
