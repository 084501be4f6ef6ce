package mailer

import (
	"slices"
	"testing"
)

// TestWhatMachinesWrite is no receipt, however it says that it is a machine's (RFC
// 3834 sections 2 and 5, and what was usual before).
func TestWhatMachinesWrite(t *testing.T) {
	for field, want := range map[string]Class{
		"Auto-Submitted: auto-replied":              AutoReply,
		"Auto-Submitted: auto-generated (vacation)": AutoReply,
		"Auto-Submitted:  Auto-Notified":            AutoReply,
		"Auto-Submitted: no":                        Receipt,
		"Auto-Submitted: No":                        Receipt,
		"X-Autoreply: yes":                          AutoReply,
		"X-Auto-Reply: 1":                           AutoReply,
		"X-Autorespond: x":                          AutoReply,
		"X-Autoresponse: x":                         AutoReply,
		"Precedence: auto_reply":                    AutoReply,
		"Precedence: bulk":                          Receipt, // lists of people have it too
		"Return-Path: <>":                           AutoReply,
		"Return-Path: <a@b.example>":                Receipt,
		"X-Mailer: x":                               Receipt,
	} {
		in, err := ReadIncoming([]byte(crlf("From: a@unit.example", field, "Subject: Re: x", "", "已收到")))
		if err != nil || in.Class != want {
			t.Errorf("%s: %s, %v", field, in.Class, err)
		}
	}
}

// TestOnlyServersBounce: a person may write about a bounce, or a delay.
func TestOnlyServersBounce(t *testing.T) {
	for from, server := range map[string]bool{"MAILER-DAEMON@b.example": true, "Postmaster@163.com": true, "=?utf-8?B?57O757uf6YCA5L+h?= <x@b.example>": true, "a@unit.example": false} {
		for subject, class := range map[string]Class{"Undelivered Mail Returned to Sender": BounceMail, "Delayed Mail": DelayMail} {
			want := class
			if !server {
				want = OtherMail
			}
			in, err := ReadIncoming([]byte(crlf("From: "+from, "Subject: "+subject, "", "550 5.1.1 no such user")))
			if err != nil || in.Class != want {
				t.Errorf("%s, %s: %s, %v", from, subject, in.Class, err)
			}
		}
	}
}

// TestWhatARelaySaysItOffers: keywords in any case (RFC 5321 2.4), and not its name,
// which may be anything.
func TestWhatARelaySaysItOffers(t *testing.T) {
	x := extensionsOf("PIPELINING\nsize 1000\nDsn\nStartTLS\nauth plain LOGIN\nAUTH=login")
	if x.pipelining || x.size != 1000 || !x.dsn || !x.startTLS || !slices.Equal(x.auth, []string{"PLAIN", "LOGIN", "LOGIN"}) {
		t.Errorf("%+v", x)
	}
}

// TestOneReplyHasOneCode (RFC 5321 4.2.1).
func TestOneReplyHasOneCode(t *testing.T) {
	for said, want := range map[string]int{
		"220-a\r\n250 b\r\n": 0, "250-a\r\n550 b\r\n": 0, "250-a\r\n250 b\r\n": 250, "550-a\r\n550-b\r\n550\r\n": 550, "250+a\r\n": 0, "25 a\r\n": 0,
	} {
		r, err := (&wire{r: newReader(said)}).read(true)
		if (err == nil) != (want != 0) || err == nil && r.code != want {
			t.Errorf("%q: %+v, %v", said, r, err)
		}
	}
}
