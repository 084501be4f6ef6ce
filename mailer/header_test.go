package mailer

import (
	"mime"
	"net/mail"
	"strings"
	"testing"
	"unicode/utf8"
)

// readBack parses a block that holds Subject and To.
func readBack(t *testing.T, b *block) *mail.Message {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(b.String() + "\r\n"))
	if err != nil {
		t.Fatalf("%v in:\n%s", err, b.String())
	}
	return m
}

func checkLines(t *testing.T, raw string) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSuffix(raw, "\r\n"), "\r\n") {
		if strings.TrimSpace(line) == "" {
			t.Errorf("an empty line in %q", raw)
		}
		if len(line) > widest && strings.Contains(line, wordOpen) {
			t.Errorf("%d columns: %q", len(line), line)
		}
		for _, w := range strings.Fields(line) {
			if inner, ok := strings.CutPrefix(w, wordOpen); ok {
				decoded, err := new(mime.WordDecoder).Decode(w)
				if err != nil || !utf8.ValidString(decoded) || len(inner) == len(wordClose) {
					t.Errorf("%q splits a character: %q, %v", w, decoded, err)
				}
			}
		}
	}
	if rest := strings.ReplaceAll(raw, "\r\n", ""); strings.ContainsAny(rest, "\r\n\x00") {
		t.Errorf("a bare line end in %q", raw)
	}
}

// roundTrip writes a value as a subject and as a name, and reads both.
func roundTrip(t *testing.T, value string) {
	t.Helper()
	var b block
	b.text("Subject", value)
	b.mailbox("To", value, "office@kjj.example")
	b.raw("X-End", "end")
	checkLines(t, b.String())
	m := readBack(t, &b)
	if len(m.Header) != 3 {
		t.Errorf("%q made the fields %v", value, m.Header)
	}
	if got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); got != value || err != nil {
		t.Errorf("subject %q came back as %q, %v", value, got, err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != value || to[0].Address != "office@kjj.example" {
		t.Errorf("name %q came back as %v, %v", value, to, err)
	}
}

func TestHeaderRoundTrip(t *testing.T) {
	for _, value := range []string{
		"plain", "plain words with-hyphen", "【鄂尔多斯科技简报】2021年第8期", "a=?UTF-8?B?eA==?=b", "comma, <angle> \"quote\"",
		"two  blanks", " leading", "trailing ", "\ttab", "𠅤𬭚䶮", strings.Repeat("鄂尔多斯市", 60), strings.Repeat("x", 300),
		strings.Repeat("many words ", 40) + "end", "é" + strings.Repeat("a", 200), ".", "=", "?=",
	} {
		roundTrip(t, value)
	}
}

func FuzzHeader(f *testing.F) {
	f.Add("科技简报")
	f.Add("a\r\nBcc: x@y.example")
	f.Add("  ")
	f.Add("\xe7")
	f.Fuzz(func(t *testing.T, value string) {
		if unwritable(value) {
			defer func() {
				if recover() == nil {
					t.Errorf("%q was written", value)
				}
			}()
			new(block).text("Subject", value)
			return
		}
		if value != "" {
			roundTrip(t, value)
		}
	})
}

func TestUncheckedValuesNeverBecomeFields(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a line break was written")
		}
	}()
	var b block
	b.raw("Reply-To", "a@b\r\nBcc: c@d")
}
