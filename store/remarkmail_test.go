package store

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/workflow"
	"jianbao/workflow/remarks"
)

// came is a mail that came in, about a letter or none.
func came(t *testing.T, s *Store, subject, words string, delivery ...uuid.UUID) {
	t.Helper()
	raw := "From: zhang@leader.example\r\nSubject: " + subject + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + words
	in, err := mailer.ReadIncoming([]byte(raw))
	must(t, err)
	in.Deliveries = append(in.Deliveries, delivery...)
	if received, err := s.Receive(t.Context(), in, now); err != nil || !received {
		t.Fatal(received, err)
	}
}

func TestMailsThatMayBeRemarksWaitInTheTray(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		_, issue, letter := outIssue(t, s, now)
		series, err := s.Series(t.Context(), issue.Series)
		must(t, err)
		came(t, s, "Re: 简报", "请市发改委牵头研究，7月底前报我。\n张三 7月16日", letter.ID)
		came(t, s, "附件打不开", "能重发吗？", letter.ID)
		came(t, s, "Re: "+series.Masthead+"第8期", "已阅。请工信局跟进。")
		came(t, s, "转批示", "见附件")
		came(t, s, "Re: 简报", "收到，谢谢。", letter.ID)
		tray, err := s.RemarkMails(t.Context(), remarks.LooksLike, 10)
		must(t, err)
		if len(tray) != 3 || tray[0].Subject != "转批示" || tray[0].Series != uuid.Nil {
			t.Fatalf("%+v", tray)
		}
		byWords := map[string]remarks.Mail{}
		for _, m := range tray {
			byWords[m.Words] = m
		}
		answer := byWords["请市发改委牵头研究，7月底前报我。\n张三 7月16日"]
		if answer.Issue != issue.ID || answer.Series != series.ID || byWords["已阅。请工信局跟进。"].Series != series.ID {
			t.Errorf("%+v", tray)
		}

		desk := &remarks.Desk{Books: s, NewID: newID, Now: func() time.Time { return now }}
		clerk := workflow.Actor{Person: hired(t, s, "clerk", accounts.Clerk, workflow.Reach{})}
		mail, raw, err := s.RemarkMail(t.Context(), answer.ID)
		if err != nil || mail != answer || !strings.Contains(string(raw), "7月底前报我") {
			t.Errorf("%+v %v", mail, err)
		}
		text := mail.Written(issue.Document, series.Location())
		r, err := desk.Enter(t.Context(), clerk, issue, text, nil)
		if err != nil || r.Leader != "张三" || r.Source != remarks.FromReply || r.Mail != mail.ID {
			t.Errorf("%+v %v", r, err)
		}
		if _, err := desk.Enter(t.Context(), clerk, issue, text, nil); !fault.Is(err, fault.Conflict) {
			t.Errorf("one mail is two remarks: %v", err)
		}
		if _, _, err := s.RemarkMail(t.Context(), answer.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("it is in the tray still: %v", err)
		}
		if all, err := s.RemarksOf(t.Context(), issue.ID); err != nil || len(all) != 1 {
			t.Errorf("%+v %v", all, err)
		}
	})
}
