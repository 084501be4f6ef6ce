package main

import (
	"strings"
	"testing"
	"time"

	"jianbao/mailer"
)

// withMail puts what people and machines write into the tray, and returns where a
// contribution is.
func (x exhibition) withMail(t *testing.T) string {
	t.Helper()
	for _, raw := range []string{
		attached("供稿：某区科技工作动态", "稿件：某区科技工作动态（2026年7月）.txt", "某区科技工作情况"),
		"From: office@unit.example\nSubject: =?utf-8?B?" + "6Ieq5Yqo5Zue5aSN" + "?=\nAuto-Submitted: auto-replied\n\n邮件已收到，我会尽快回复。\n",
		"From: MAILER-DAEMON@relay.example\nSubject: Undelivered Mail Returned to Sender\n\n550 5.1.1 <gone@far.example>: no such user\n",
		attached("报送材料", "材料.txt", "机密★10年\n某某情况"),
	} {
		in, err := mailer.ReadIncoming([]byte(strings.ReplaceAll(raw, "\n", "\r\n")))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.store.Receive(t.Context(), in, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	all, err := x.store.TrayMails(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Class == mailer.Contribution {
			return "/tray/" + m.ID.String()
		}
	}
	t.Fatalf("no contribution in %+v", all)
	return ""
}
