package mailer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// letterNo is the id of a letter for these tests.
func letterNo(n int) string { return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012d", n) }

// noticeOf is a delivery status notification with these fields of the message,
// these of the recipient, and this head of the letter that came back.
func noticeOf(message, recipient, letter string) string {
	return crlf("From: MAILER-DAEMON@relay.example", "Subject: x", "Content-Type: multipart/report; report-type=delivery-status; boundary=B", "",
		"--B", "", "see below", "--B", "Content-Type: message/delivery-status", "",
		"Reporting-MTA: dns; relay.example", message, "", "Final-Recipient: rfc822; office@unit.example", recipient, "",
		"--B", "Content-Type: text/rfc822-headers", "", "Subject: y", letter, "", "--B--")
}

// TestWhichLetterAMailIsAbout: each place where it is said is enough by itself, and
// what a program wrote goes before what a person may have typed.
func TestWhichLetterAMailIsAbout(t *testing.T) {
	id := func(n int) string { return "<" + letterNo(n) + "@kjj.example>" }
	for _, c := range []struct {
		name string
		raw  string
		want []int
	}{
		{"In-Reply-To alone", crlf("From: a@b.example", "Subject: x", "In-Reply-To: "+id(1), "", "收到"), []int{1}},
		{"References alone", crlf("From: a@b.example", "Subject: x", "References: <other@b.example> "+id(1), "", "收到"), []int{1}},
		{"References on several lines", crlf("From: a@b.example", "Subject: x", "References: <other@b.example>", "\t"+id(1), "", "收到"), []int{1}},
		{"In-Reply-To before References", crlf("From: a@b.example", "Subject: x", "References: "+id(2)+" "+id(1), "In-Reply-To: "+id(1), "", "收到"), []int{1, 2}},
		{"the envelope id alone", noticeOf("Original-Envelope-Id: "+letterNo(1), "Action: failed", "X-A: b"), []int{1}},
		{"the Message-ID of the letter that came back", noticeOf("X-A: b", "Action: failed", "Message-ID: "+id(1)), []int{1}},
		{"the letter that came back before what is said of it", strings.Replace(noticeOf("X-A: b", "Action: failed", "Message-ID: "+id(1)), "see below", letterNo(2), 1), []int{1, 2}},
		{"the envelope id before the Message-ID", noticeOf("Original-Envelope-Id: "+letterNo(1), "Action: failed", "Message-ID: "+id(2)), []int{1, 2}},
		{"the envelope id before the address", "Delivered-To: jianbao+" + letterNo(2) + "@kjj.example\r\n" + noticeOf("Original-Envelope-Id: "+letterNo(1), "Action: failed", "X-A: b"), []int{1, 2}},
		{"the address before References", crlf("Delivered-To: jianbao+"+letterNo(1)+"@kjj.example", "From: a@b.example", "Subject: x", "References: "+id(2), "", "收到"), []int{1, 2}},
		{"what is quoted, last", crlf("From: a@b.example", "Subject: x", "References: "+id(1), "", "收到", "> "+id(2)), []int{1, 2}},
		{"what is quoted in HTML", crlf("From: a@b.example", "Subject: x", "Content-Type: text/html", "", "<p>收到</p><blockquote>"+letterNo(1)+"</blockquote>"), []int{1}},
		{"nowhere", crlf("From: a@b.example", "Subject: "+letterNo(1), "X-Id: "+letterNo(1), "", "收到"), nil},
	} {
		in, err := ReadIncoming([]byte(c.raw))
		var want []uuid.UUID
		for _, n := range c.want {
			want = append(want, uuid.MustParse(letterNo(n)))
		}
		if err != nil || !slices.Equal(in.Deliveries, want) {
			t.Errorf("%s: %v, %v", c.name, in.Deliveries, err)
		}
	}
}

// TestNoMailIsAboutAllLetters: whoever lists thousands of ids, or of links, has few
// of them looked up.
func TestNoMailIsAboutAllLetters(t *testing.T) {
	raw := "From: a@b.example\r\nSubject: x\r\n\r\n"
	for n := range 1000 {
		raw += letterNo(n) + "\r\nhttps://jianbao.example/receipt/" + fmt.Sprintf("%043d", n) + "\r\n"
	}
	in, err := ReadIncoming([]byte(raw))
	if err != nil || len(in.Deliveries) == 0 || len(in.Deliveries) > 100 || len(in.Tokens) == 0 || len(in.Tokens) > 100 {
		t.Errorf("%d letters, %d links, %v", len(in.Deliveries), len(in.Tokens), err)
	}
}

// TestWhatANoticeSays (RFC 3464 2.3.3): only one that says failed has a letter come
// back. A relay that reports success, or hands on to one that reports nothing, did
// not.
func TestWhatANoticeSays(t *testing.T) {
	for action, want := range map[string]Class{
		"failed": BounceMail, "Failed": BounceMail, "FAILED": BounceMail, "delayed": DelayMail, "Delayed": DelayMail,
		"delivered": AutoReply, "relayed": AutoReply, "expanded": AutoReply, "": AutoReply, "x-own": AutoReply,
	} {
		for _, subject := range []string{"Subject: x", "Subject: Undelivered Mail Returned to Sender", "Subject: =?utf-8?B?6YCA5L+h?="} {
			raw := noticeOf("Original-Envelope-Id: "+aLetter, "Action: "+action+"\r\nStatus: 5.0.0", "X-A: b")
			in, err := ReadIncoming([]byte(strings.Replace(raw, "Subject: x", subject, 1)))
			if err != nil || in.Class != want || len(in.Deliveries) != 1 {
				t.Errorf("%q, %s: %s about %v, %v", action, subject, in.Class, in.Deliveries, err)
			}
		}
	}
}

// TestTheCodesOfANotice: the Status is the code, and the Diagnostic-Code the words
// without their type (RFC 3464 2.3.4, 2.3.6).
func TestTheCodesOfANotice(t *testing.T) {
	in, err := ReadIncoming([]byte(noticeOf("X-A: b", "Action: failed\r\nStatus: 5.1.1 (no such user)\r\nDiagnostic-Code: smtp; 554 5.7.1 go away", "X-A: b")))
	if err != nil || in.Code != 554 || in.Enhanced != "5.1.1" || in.Words != "554 5.7.1 go away" {
		t.Errorf("%d %q %q, %v", in.Code, in.Enhanced, in.Words, err)
	}
}
