package mailer

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"strings"
)

// A seal makes the DKIM-Signature of the letters of one dispatch. It hashes what
// they share once, as far as that is possible: with no personal part the whole
// body, otherwise what stands before the first one. Libraries hash every letter
// from its first byte.
//
// Header and body are canonical in the relaxed way (RFC 6376 3.4.2, 3.4.4),
// since relays fold lines anew.
type seal struct {
	*DKIM
	hash string      // of the body in base64, if all letters have the same
	head hash.Cloner // what was hashed before the first gap
	runs [][]byte    // what stands between and behind the gaps, canonical
}

// The fields that are signed where a letter has them, and those of which no
// second one can be added without breaking the signature: they are named once
// more than they are there (RFC 6376 5.4.2).
var (
	signedFields = []string{"From", "Reply-To", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
	singleFields = []string{"From", "To", "Subject", "Date", "Message-ID", "List-Id"}
)

// sealed returns the seal of a letter, nil if it is not signed.
func (l *Letter) sealed() *seal {
	k := l.content.DKIM
	if k == nil || !k.Signs(l.content.From.Address) {
		return nil
	}
	s := &seal{DKIM: k}
	at := 0
	for _, g := range l.gaps {
		s.runs = append(s.runs, relaxed(l.body[at:g.at]))
		at = g.at
	}
	s.runs = append(s.runs, relaxed(bytes.TrimRight(l.body[at:], "\r\n")))
	head := sha256.New()
	head.Write(s.runs[0])
	s.runs = s.runs[1:]
	if len(s.runs) == 0 {
		s.hash = bodyHash(head)
	} else {
		s.head = head.(hash.Cloner) // as crypto/sha256 promises
	}
	return s
}

// bodyHash ends a body and returns its hash.
func bodyHash(h hash.Hash) string {
	h.Write([]byte("\r\n"))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// body returns the hash of one letter's body, of which the pieces between those
// that are shared are its own.
func (s *seal) body(text Text) (string, error) {
	if s.hash != "" {
		return s.hash, nil
	}
	h, err := s.head.Clone()
	if err != nil {
		return "", fmt.Errorf("mailer: hash of a body: %w", err)
	}
	for n, run := range s.runs {
		h.Write(relaxed(text[2*n+1].Data))
		h.Write(run)
	}
	return bodyHash(h), nil
}

// signature returns the field that signs a letter, to stand before its header block.
func (s *seal) signature(header []byte, body Text, at int64) ([]byte, error) {
	bodyHash, err := s.body(body)
	if err != nil {
		return nil, err
	}
	fields := fieldsOf(header)
	var b block
	b.begin("DKIM-Signature")
	for _, w := range []string{"v=1;", "a=" + s.kind() + "-sha256;", "c=relaxed/relaxed;", "d=" + s.domain + ";", "s=" + s.selector + ";", "t=" + strconv.FormatInt(at, 10) + ";"} {
		b.word(w)
	}
	names := named(fields)
	for n, w := range names {
		if n == 0 {
			w = "h=" + w
		}
		if n < len(names)-1 {
			b.word(w + ":")
		} else {
			b.word(w + ";")
		}
	}
	b.word("bh=" + bodyHash + ";")
	b.word("b=")
	hashed := sha256.New()
	for _, name := range names {
		if value, ok := fields[strings.ToLower(name)]; ok {
			hashed.Write([]byte(value + "\r\n"))
			delete(fields, strings.ToLower(name)) // the second of a name is the one that is not there
		}
	}
	hashed.Write([]byte(relaxedField(b.String())))
	signed, err := s.sign(hashed.Sum(nil))
	if err != nil {
		return nil, fmt.Errorf("mailer: sign a letter: %w", err)
	}
	for chunk := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(signed)), widest-1) {
		b.word(string(chunk))
	}
	b.end()
	return b.Bytes(), nil
}

// named are the fields that a signature of these names.
func named(fields map[string]string) []string {
	var all []string
	for _, name := range signedFields {
		if _, ok := fields[strings.ToLower(name)]; ok {
			all = append(all, name)
		}
	}
	return append(all, singleFields...)
}

// fieldsOf returns the fields of a header block by their names in lower case,
// canonical. Our blocks have no field twice.
func fieldsOf(header []byte) map[string]string {
	fields := map[string]string{}
	rest := strings.TrimSuffix(string(header), "\r\n")
	for rest != "" {
		end := 0
		for { // up to the line end behind which the next field begins
			end += strings.Index(rest[end:], "\r\n") + 2
			if end == len(rest) || rest[end] != ' ' {
				break
			}
		}
		field := relaxedField(rest[:end])
		name, _, _ := strings.Cut(field, ":")
		fields[name], rest = field, rest[end:]
	}
	return fields
}

// relaxedField is a field in one line, its name in lower case, with single
// blanks (RFC 6376 3.4.2), without its line end.
func relaxedField(field string) string {
	name, value, _ := strings.Cut(field, ":")
	return strings.ToLower(name) + ":" + strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }), " ")
}

// relaxed is a run of whole lines of a body with single blanks and none at the
// ends of lines (RFC 6376 3.4.4). Ours is that already, as a rule, and is not
// copied.
func relaxed(run []byte) []byte {
	if !bytes.ContainsRune(run, '\t') && !bytes.Contains(run, []byte("  ")) && !bytes.Contains(run, []byte(" \r\n")) && !bytes.HasSuffix(run, []byte(" ")) {
		return run
	}
	lines := bytes.Split(run, []byte("\r\n"))
	for n, line := range lines {
		before := len(line) > 0 && (line[0] == ' ' || line[0] == '\t')
		line = bytes.Join(bytes.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' }), []byte(" "))
		if before && len(line) > 0 {
			line = append([]byte(" "), line...)
		}
		lines[n] = line
	}
	return bytes.Join(lines, []byte("\r\n"))
}
