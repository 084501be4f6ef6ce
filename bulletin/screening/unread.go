package screening

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// A script is how files hold words that are not their own format's: the
// characters of a label in it.
type script struct {
	star, secret []byte   // ★ and 密
	levels       [][]byte // 秘, 机 and 绝
	blanks       [][]byte
}

// scripts are those of old Word and WPS documents (UTF-16, least byte first), of
// the properties of PDF files (UTF-16, most byte first, ISO 32000-1 7.9.2.2, or
// XMP in UTF-8), of XML parts and pictures, and of everything in GBK.
var scripts = []script{
	scriptOf(unicode.UTF8),
	scriptOf(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)),
	scriptOf(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)),
	scriptOf(simplifiedchinese.GB18030),
}

func scriptOf(e encoding.Encoding) script {
	in := func(character string) []byte {
		raw, err := e.NewEncoder().Bytes([]byte(character))
		if err != nil {
			panic(err) // all of them have these characters
		}
		return raw
	}
	return script{
		star: in("★"), secret: in("密"), levels: [][]byte{in("秘"), in("机"), in("绝")},
		blanks: [][]byte{in(" "), in("\u3000"), in("\u00a0")},
	}
}

// longest is how many bytes before a star are looked at: two characters with the
// blanks behind them.
const longest = 32

// starred reports whether bytes that nobody can read as a text have a label
// with its star (机密★10年), which stands in no sentence, in any script.
func starred(data []byte) bool {
	for _, s := range scripts {
		for rest := data; ; {
			before, behind, found := bytes.Cut(rest, s.star)
			if !found {
				break
			}
			if s.labels(before[max(0, len(before)-longest):]) {
				return true
			}
			rest = behind
		}
	}
	return false
}

// labels reports whether a text ends with a word of secrecy.
func (s script) labels(text []byte) bool {
	text, found := bytes.CutSuffix(s.trimmed(text), s.secret)
	text = s.trimmed(text)
	return found && slices.ContainsFunc(s.levels, func(level []byte) bool { return bytes.HasSuffix(text, level) })
}

// trimmed is a text without the blanks at its end.
func (s script) trimmed(text []byte) []byte {
	for before := len(text) + 1; len(text) < before; {
		before = len(text)
		for _, blank := range s.blanks {
			text = bytes.TrimSuffix(text, blank)
		}
	}
	return text
}

// unread looks at a file that is of no kind whose text can be read: by what its
// bytes are, whatever it is called.
func (l *look) unread(data []byte) bool {
	switch {
	case starred(data):
		return true
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return starred(plainRTF(data))
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return l.portable(data)
	}
	return false
}

var (
	hexText = regexp.MustCompile(`<([0-9A-Fa-f\s]{16,})>`)
	stream  = regexp.MustCompile(`stream\r?\n`)
)

// portable looks at the properties of a PDF file: in the clear, in hexadecimal
// (ISO 32000-1 7.3.4.3), or in a stream that is packed (7.5.7). Its text is glyphs
// of fonts and is not read.
func (l *look) portable(data []byte) bool {
	for _, m := range hexText.FindAllSubmatch(data, -1) {
		if text, err := hex.DecodeString(strings.Join(strings.Fields(string(m[1])), "")); err == nil && starred(text) {
			return true
		}
	}
	for _, at := range stream.FindAllIndex(data, -1) {
		packed, err := zlib.NewReader(bytes.NewReader(data[at[1]:]))
		if err != nil {
			continue // packed in another way, or not at all
		}
		part, _ := io.ReadAll(io.LimitReader(packed, int64(l.bytes)+1)) // what could be unpacked
		if l.bytes -= len(part); l.bytes < 0 || starred(part) {
			return true
		}
	}
	return false
}

// inRTF are the characters of an RTF file that are not ASCII: by number, with what
// stands in for them, or by their bytes in GBK.
var inRTF = regexp.MustCompile(`\\u(-?[0-9]{1,6}) ?(?:\\'[0-9a-fA-F]{2}|\?)?|\\'([0-9a-fA-F]{2})`)

// plainRTF returns an RTF file with its characters in UTF-8 or GBK.
func plainRTF(data []byte) []byte {
	return inRTF.ReplaceAllFunc(data, func(found []byte) []byte {
		m := inRTF.FindSubmatch(found)
		if len(m[2]) > 0 {
			n, _ := strconv.ParseUint(string(m[2]), 16, 8) // two digits
			return []byte{byte(n)}
		}
		n, _ := strconv.Atoi(string(m[1])) // digits
		return []byte(string(rune(uint16(n))))
	})
}
