package markup

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// The limits of a part: open elements, and elements and attributes in all.
const (
	MaxDepth = 256
	MaxItems = 4_000_000
)

// maxAttributes bounds the attributes of one tag; Word writes a few dozen.
const maxAttributes = 1_000

// The ways in which a part is no XML that is read here.
var (
	ErrDTD       = errors.New("markup: a document type declaration")
	ErrDepth     = errors.New("markup: nested too deeply")
	ErrMany      = errors.New("markup: too many elements")
	ErrMalformed = errors.New("markup: not well-formed")
)

// A scanner goes over the tags of one part.
type scanner struct {
	data  []byte
	pos   int
	open  []opened
	count int

	scopes []scope           // namespace declarations in force, the innermost last
	names  map[string]string // by name as written, while scopes stays the same
	memory

	written []rawAttr // the attributes of the tag that is being read
	scratch []byte
	failed  error // the first value that is no XML

	// pending is set where an element was written <empty/>: its end follows.
	pending bool
}

// A rawAttr is an attribute as written.
type rawAttr struct{ name, value []byte }

// An opened element waits for its end tag.
type opened struct {
	written []byte // its name as written
	scopes  int    // how many declarations were in force around it
}

// A scope is one namespace declaration.
type scope struct {
	prefix string
	short  string
}

// A token is one step over the part: a start, an end, or text.
type token struct {
	kind kind
	name string // of a start
	attr []Attr // of a start
	text []byte // raw, with its entities
	data bool   // text is a CDATA section: it has no entities
}

type kind int

const (
	atEnd kind = iota
	atStart
	atClose
	atText
)

func (s *scanner) broken(what string) error {
	return fmt.Errorf("%w: %s at byte %d", ErrMalformed, what, s.pos)
}

// next returns the next token. Comments and processing instructions are
// passed over; a document type declaration is an error.
func (s *scanner) next() (token, error) {
	for {
		if s.pending {
			s.pending = false
			s.close()
			return token{kind: atClose}, nil
		}
		if s.pos >= len(s.data) {
			if len(s.open) > 0 {
				return token{}, s.broken("the end of the part inside an element")
			}
			return token{}, nil
		}
		if s.data[s.pos] != '<' {
			return s.text(), nil
		}
		t, err := s.tag()
		if err != nil || t.kind != atEnd {
			return t, err
		}
	}
}

func (s *scanner) text() token {
	end := bytes.IndexByte(s.data[s.pos:], '<')
	if end < 0 {
		end = len(s.data) - s.pos
	}
	text := s.data[s.pos : s.pos+end]
	s.pos += end
	return token{kind: atText, text: text}
}

// tag reads what begins with <. The zero token stands for what is passed over.
func (s *scanner) tag() (token, error) {
	rest := s.data[s.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("</")):
		return s.end()
	case bytes.HasPrefix(rest, []byte("<?")):
		return token{}, s.skip("<?", "?>")
	case bytes.HasPrefix(rest, []byte("<!--")):
		return token{}, s.skip("<!--", "-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")) && len(s.open) > 0:
		start := s.pos + len("<![CDATA[")
		err := s.skip("<![CDATA[", "]]>")
		if err != nil {
			return token{}, err
		}
		return token{kind: atText, text: s.data[start : s.pos-len("]]>")], data: true}, nil
	case bytes.HasPrefix(rest, []byte("<!")):
		return token{}, ErrDTD
	}
	return s.start()
}

func (s *scanner) skip(from, to string) error {
	end := bytes.Index(s.data[s.pos+len(from):], []byte(to))
	if end < 0 {
		return s.broken(from + " without " + to)
	}
	s.pos += len(from) + end + len(to)
	return nil
}

func (s *scanner) end() (token, error) {
	s.pos += 2
	name := s.word()
	s.space()
	if len(s.open) == 0 || !bytes.Equal(name, s.open[len(s.open)-1].written) || !s.take('>') {
		return token{}, s.broken("an end tag that nothing opened")
	}
	s.close()
	return token{kind: atClose}, nil
}

// close leaves an element and the namespaces that it declared.
func (s *scanner) close() {
	last := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	if last.scopes < len(s.scopes) {
		s.scopes = s.scopes[:last.scopes]
		clear(s.names)
	}
}

func (s *scanner) start() (token, error) {
	s.pos++
	name := s.word()
	if len(name) == 0 {
		return token{}, s.broken("a tag without a name")
	}
	s.count++
	s.open = append(s.open, opened{name, len(s.scopes)})
	switch {
	case len(s.open) > MaxDepth:
		return token{}, ErrDepth
	case s.count > MaxItems:
		return token{}, ErrMany
	}
	attrs, err := s.attributes()
	if err != nil {
		return token{}, err
	}
	return token{kind: atStart, name: s.name(name, true), attr: attrs}, nil
}

// attributes reads to the end of a start tag. Its namespace declarations hold
// for the names of the tag itself, so names are resolved only then.
func (s *scanner) attributes() ([]Attr, error) {
	s.written = s.written[:0]
	for {
		spaced := s.space()
		s.pending = s.take('/')
		if s.take('>') {
			return s.resolved(), nil
		}
		name := s.word()
		if s.pending || len(name) == 0 || !spaced {
			return nil, s.broken("a start tag")
		}
		value, err := s.value()
		if err != nil {
			return nil, err
		}
		if prefix, isNamespace := declared(name); isNamespace {
			s.declare(prefix, string(value))
		} else if !dull(name) {
			s.written = append(s.written, rawAttr{name, value})
		}
		if s.count++; s.count > MaxItems || len(s.written) > maxAttributes {
			return nil, ErrMany
		}
	}
}

func (s *scanner) resolved() []Attr {
	if len(s.written) == 0 {
		return nil
	}
	attrs := s.room(len(s.written))
	for i, raw := range s.written {
		value, err := plain(raw.value)
		if err != nil && s.failed == nil {
			s.failed = err
		}
		attrs[i] = Attr{s.name(raw.name, false), value}
	}
	return attrs
}

// dull attributes tell editing sessions apart; they are half of a Word file.
func dull(name []byte) bool { return bytes.HasPrefix(name, []byte("w:rsid")) }

func declared(name []byte) (prefix string, ok bool) {
	if string(name) == "xmlns" {
		return "", true
	}
	rest, ok := bytes.CutPrefix(name, []byte("xmlns:"))
	return string(rest), ok
}

func (s *scanner) declare(prefix, uri string) {
	short, known := namespaces[uri]
	if !known {
		short = "?"
	}
	s.scopes = append(s.scopes, scope{prefix, short})
	clear(s.names)
}

// value reads ="…" and returns what stands between the quotes, as written.
func (s *scanner) value() ([]byte, error) {
	s.space()
	if !s.take('=') {
		return nil, s.broken("an attribute without a value")
	}
	s.space()
	if s.pos >= len(s.data) || s.data[s.pos] != '"' && s.data[s.pos] != '\'' {
		return nil, s.broken("a value without quotes")
	}
	quote := s.data[s.pos]
	s.pos++
	end := bytes.IndexByte(s.data[s.pos:], quote)
	if end < 0 || bytes.IndexByte(s.data[s.pos:s.pos+end], '<') >= 0 {
		return nil, s.broken("a value without an end")
	}
	value := s.data[s.pos : s.pos+end]
	s.pos += end + 1
	return value, nil
}

// word reads a name.
func (s *scanner) word() []byte {
	from := s.pos
	for s.pos < len(s.data) && !isDelimiter[s.data[s.pos]] {
		s.pos++
	}
	return s.data[from:s.pos]
}

var isDelimiter = func() (d [256]bool) {
	for _, c := range []byte(" \t\r\n<>/='\"&") {
		d[c] = true
	}
	return d
}()

func (s *scanner) space() bool {
	from := s.pos
	for s.pos < len(s.data) && (s.data[s.pos] == ' ' || s.data[s.pos] == '\n' || s.data[s.pos] == '\t' || s.data[s.pos] == '\r') {
		s.pos++
	}
	return s.pos > from
}

func (s *scanner) take(c byte) bool {
	if s.pos < len(s.data) && s.data[s.pos] == c {
		s.pos++
		return true
	}
	return false
}

// name returns the name of an element or attribute with the short prefix of
// its namespace: w:p, whatever prefix the part has for it.
func (s *scanner) name(written []byte, element bool) string {
	key := written
	if !element {
		key = append(s.scratch[:0], '@')
		key = append(key, written...)
		s.scratch = key
	}
	if known, ok := s.names[string(key)]; ok {
		return known
	}
	prefix, local, prefixed := bytes.Cut(written, []byte(":"))
	if !prefixed {
		prefix, local = nil, written
	}
	name := string(local)
	if prefixed || element {
		if short := s.short(string(prefix)); short != "" {
			name = short + ":" + name
		}
	}
	s.names[string(key)] = name
	return name
}

// short returns the short prefix that a prefix stands for now.
func (s *scanner) short(prefix string) string {
	for i := len(s.scopes) - 1; i >= 0; i-- {
		if s.scopes[i].prefix == prefix {
			return s.scopes[i].short
		}
	}
	if prefix == "xml" {
		return "xml"
	}
	if prefix == "" {
		return ""
	}
	return "?"
}

// plain returns raw text with its entities resolved: the five of XML 1.0 4.6
// and characters by number. Others cannot be there without a DTD.
func plain(raw []byte) (string, error) {
	amp := bytes.IndexByte(raw, '&')
	if amp < 0 {
		return string(raw), nil
	}
	out := make([]byte, 0, len(raw))
	for amp >= 0 {
		out = append(out, raw[:amp]...)
		raw = raw[amp+1:]
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if end < 0 {
			return "", fmt.Errorf("%w: & without ;", ErrMalformed)
		}
		r, ok := entity(string(raw[:end]))
		if !ok {
			return "", fmt.Errorf("%w: an unknown entity", ErrMalformed)
		}
		out = utf8.AppendRune(out, r)
		raw = raw[end+1:]
		amp = bytes.IndexByte(raw, '&')
	}
	return string(append(out, raw...)), nil
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n > 0 && n <= utf8.MaxRune && utf8.ValidRune(rune(n))
}
