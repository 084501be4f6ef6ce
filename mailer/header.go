package mailer

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// widest is the longest line of a header block without its CRLF: RFC 2047
// section 2 wants lines with encoded words under 77 characters.
const widest = 76

// A block is a header block being written, in the order in which fields are
// added and with CRLF line ends. Callers refuse values that could begin a field
// of their own, with a reason for a person; one that comes this far panics.
type block struct {
	bytes.Buffer
	column int
}

// unwritable reports whether a value must not stand in a header: CR, LF and NUL
// (RFC 5322 2.2), and bytes that are not UTF-8.
func unwritable(value string) bool {
	return strings.ContainsAny(value, "\r\n\x00") || !utf8.ValidString(value)
}

func (b *block) begin(field string) {
	b.WriteString(field)
	b.WriteByte(':')
	b.column = len(field) + 1
}

func (b *block) end() { b.WriteString("\r\n") }

// word adds one token with a blank before it, on a new line if this one is full.
func (b *block) word(token string) {
	if unwritable(token) {
		panic("mailer: an unchecked header value")
	}
	b.blank(len(token))
	b.WriteString(token)
}

// blank adds the blank before a token of a length, and counts the token.
func (b *block) blank(length int) {
	if b.column+1+length > widest {
		b.fold()
	}
	b.WriteByte(' ')
	b.column += 1 + length
}

func (b *block) fold() {
	b.WriteString("\r\n")
	b.column = 0
}

// raw adds a field whose value is a single token that must not be folded.
func (b *block) raw(field, value string) {
	b.begin(field)
	b.word(value)
	b.end()
}

// text adds an unstructured field (RFC 5322 2.2.1).
func (b *block) text(field, value string) {
	b.begin(field)
	b.phrase(value)
	b.end()
}

// mailbox adds a field with one address, its display name before it.
func (b *block) mailbox(field, name, address string) {
	b.begin(field)
	if name != "" {
		b.phrase(name)
		address = "<" + address + ">"
	}
	b.word(address)
	b.end()
}

// phrase adds plain words as they are and everything else as encoded words.
func (b *block) phrase(value string) {
	if unwritable(value) {
		panic("mailer: an unchecked header value")
	}
	if plain(value) {
		for w := range strings.SplitSeq(value, " ") {
			b.word(w)
		}
		return
	}
	b.encoded(value)
}

// plain reports whether a value may stand unencoded both in an unstructured
// field and as a display name, and comes back the same after folding: words of
// letters, digits and hyphens with single blanks between them.
func plain(value string) bool {
	for w := range strings.SplitSeq(value, " ") {
		if w == "" || len(w) > 60 {
			return false
		}
		for _, r := range w {
			if !isAlphanumeric(r) && r != '-' {
				return false
			}
		}
	}
	return true
}

func isAlphanumeric(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// Around the base64 text of an encoded word (RFC 2047 section 2).
const (
	wordOpen  = "=?UTF-8?B?"
	wordClose = "?="
)

// encoded adds a value as encoded words, each as long as its line allows. None
// splits a character (RFC 2047 section 5); the blanks between them are not part
// of the value (section 6.2).
func (b *block) encoded(value string) {
	for value != "" {
		n := fit(value, wordRoom(b.column))
		if n == 0 {
			b.fold()
			n = fit(value, wordRoom(b.column))
		}
		b.blank(len(wordOpen) + base64.StdEncoding.EncodedLen(n) + len(wordClose))
		b.WriteString(wordOpen)
		b.Write(base64.StdEncoding.AppendEncode(b.AvailableBuffer(), []byte(value[:n])))
		b.WriteString(wordClose)
		value = value[n:]
	}
}

// wordRoom returns how many bytes an encoded word can carry that begins, after
// a blank, at a column.
func wordRoom(column int) int {
	const longest = 75 // RFC 2047 section 2
	free := min(widest-column-1, longest) - len(wordOpen) - len(wordClose)
	return max(free, 0) / 4 * 3
}

// fit returns the length of the longest prefix of whole characters within room.
func fit(value string, room int) int {
	if len(value) <= room {
		return len(value)
	}
	for room > 0 && !utf8.RuneStart(value[room]) {
		room--
	}
	return room
}
