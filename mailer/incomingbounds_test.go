package mailer

import (
	"fmt"
	"strings"
	"testing"
)

// nestedIn is a mail that has a file at the bottom of so many parts in parts, or
// mails in mails.
func nestedIn(levels int, mails bool) string {
	raw := "From: a@unit.example\r\nSubject: s\r\n"
	for n := range levels {
		if mails {
			raw += "Content-Type: message/rfc822\r\n\r\nSubject: s\r\n"
			continue
		}
		raw += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", n, n)
	}
	raw += "Content-Disposition: attachment; filename=deep.txt\r\n\r\nhello\r\n"
	for n := levels - 1; n >= 0 && !mails; n-- {
		raw += fmt.Sprintf("--b%d--\r\n", n)
	}
	return raw
}

// TestAMailIsReadToADepth and no deeper: what lies below is not read, and the
// clerk is told so.
func TestAMailIsReadToADepth(t *testing.T) {
	for _, mails := range []bool{false, true} {
		for levels, files := range map[int]int{deepest: 1, deepest + 1: 0, 20 * deepest: 0} {
			in, err := ReadIncoming([]byte(nestedIn(levels, mails)))
			if err != nil || len(in.Files) != files || in.Partly != (files == 0) {
				t.Errorf("%d levels, mails %v: %d files, partly %v, %v", levels, mails, len(in.Files), in.Partly, err)
			}
		}
	}
}

// TestAMailIsReadToANumberOfParts, wherever they are.
func TestAMailIsReadToANumberOfParts(t *testing.T) {
	list := func(n int) string {
		return "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\nContent-Disposition: attachment; filename=a\r\n\r\na\r\n", n) + "--x--\r\n"
	}
	lists := "Content-Type: multipart/mixed; boundary=y\r\n\r\n" + strings.Repeat("--y\r\n"+list(mostParts/2), 10) + "--y--\r\n"
	for _, c := range []struct {
		name   string
		parts  string
		files  int
		partly bool
	}{
		{"just as many", list(mostParts - 1), mostParts - 1, false}, // the list is a part
		{"one more", list(mostParts), mostParts - 1, true},
		{"thousands", list(20 * mostParts), mostParts - 1, true},
		{"in several lists", lists, mostParts - 3, true},
	} {
		in, err := ReadIncoming([]byte("From: a@unit.example\r\nSubject: s\r\n" + c.parts))
		if err != nil || len(in.Files) != c.files || in.Partly != c.partly {
			t.Errorf("%s: %d files, partly %v, %v", c.name, len(in.Files), in.Partly, err)
		}
	}
}

// TestAMailIsReadToALengthOfText: all of its texts together.
func TestAMailIsReadToALengthOfText(t *testing.T) {
	const parts = 8
	each := strings.Repeat("x", mostText/parts*2)
	raw := "From: a@unit.example\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n" + strings.Repeat("--y\r\n\r\n"+each+"\r\n", parts) + "--y--\r\n"
	in, err := ReadIncoming([]byte(raw))
	total := 0
	for _, text := range in.Texts {
		total += len(text)
	}
	if err != nil || total != mostText || !in.Partly {
		t.Errorf("%d bytes of %d, partly %v, %v", total, parts*len(each), in.Partly, err)
	}
}
