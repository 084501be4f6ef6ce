package store

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/workflow"
)

// TestTheTray: the newest first, what each is about, and nothing of what somebody
// dealt with.
func TestTheTray(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		for n, in := range []mailer.Incoming{
			{SHA256: "1", Class: mailer.Contribution, Sender: "a@unit.example", Subject: "供稿", Words: "见附件", Raw: []byte("12345")},
			{SHA256: "2", Class: mailer.OtherMail, Subject: series.Masthead + "：有一事相商", Raw: []byte("1"), Partly: true},
		} {
			_, err := s.Receive(t.Context(), in, now.Add(time.Duration(n)*time.Minute))
			must(t, err)
		}
		all, err := s.TrayMails(t.Context(), 10)
		if err != nil || len(all) != 2 || all[0].Series != series.ID || !all[0].Partly || all[1].Series != uuid.Nil || all[1].Bytes != 5 || all[1].Words != "见附件" {
			t.Fatalf("%+v, %v", all, err)
		}
		w, raw, err := s.TrayMail(t.Context(), all[1].ID)
		if err != nil || string(raw) != "12345" || w != all[1] {
			t.Errorf("%+v %q, %v", w, raw, err)
		}
		must(t, s.DismissMail(t.Context(), w.ID, workflow.Dismissal{By: "甲", Why: "已采用", At: now}))
		if err := s.DismissMail(t.Context(), w.ID, workflow.Dismissal{By: "乙", Why: "重复", At: now}); !fault.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		if _, _, err := s.TrayMail(t.Context(), w.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("still there: %v", err)
		}
		if all, err := s.TrayMails(t.Context(), 1); err != nil || len(all) != 1 || all[0].Partly != true {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
