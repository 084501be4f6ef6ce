package mailer

import (
	"bytes"
	"strings"
	"testing"
)

// TestEveryFieldIsSigned: whatever a letter has in its head, a relay cannot change
// without breaking the signature; and of those fields that a reader goes by it
// cannot add a second one, above or below (RFC 6376 5.4.2, 8.15).
func TestEveryFieldIsSigned(t *testing.T) {
	content := bulletin()
	content.DKIM, content.ReplyTo, content.HTML, content.Attachments = signer(t, true), "reply@kjj.example", nil, nil // one part: it says its encoding
	letter, err := Compose(content)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := letter.Message(toUnit())
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	breaks := func(what, head string) {
		t.Helper()
		if v, err := verify(content.DKIM, []byte(head+"\r\n\r\n"+string(body))); err == nil && v != nil {
			t.Errorf("%s, and the signature holds", what)
		}
	}
	for _, name := range []string{"From", "Reply-To", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"} {
		before, rest, there := strings.Cut(string(head), "\r\n"+name+": ")
		if !there {
			t.Errorf("the letter has no %s", name)
			continue
		}
		breaks(name+" is another", before+"\r\n"+name+": x"+rest)
		_, behind, _ := strings.Cut(rest, "\r\n")
		breaks(name+" is gone", before+"\r\n"+behind)
	}
	for _, name := range []string{"From", "To", "Subject", "Date", "Message-ID", "List-Id"} {
		breaks(name+" is there twice, above", name+": x\r\n"+string(head))
		breaks(name+" is there twice, below", string(head)+"\r\n"+name+": x")
	}
	content.ListID = "" // what a letter has not got cannot be given to it either
	if letter, err = Compose(content); err != nil {
		t.Fatal(err)
	}
	if raw, err = letter.Message(toUnit()); err != nil {
		t.Fatal(err)
	}
	head, body, _ = bytes.Cut(raw, []byte("\r\n\r\n"))
	breaks("a List-Id is added", string(head)+"\r\nList-Id: <x.example>")
}
