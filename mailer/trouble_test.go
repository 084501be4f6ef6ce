package mailer

import (
	"strings"
	"testing"

	"jianbao/fault"
)

func TestTroubles(t *testing.T) {
	cases := []struct {
		code            int
		enhanced, words string
		want            Trouble
	}{
		{552, "5.2.2", "Quota exceeded (mailbox for user is full)", Full},
		{550, "", "user not exist", Unknown},
		{550, "5.1.1", "<a@unit.example>: Recipient address rejected: User unknown in local recipient table", Unknown},
		{550, "5.4.4", "DNS query error", Unknown},
		{552, "5.3.4", "exceeded mailsize limit", TooLarge},
		{552, "5.3.4", "Message size exceeds fixed limit", TooLarge},
		{554, "", "DT:SPM 163 smtp", Refused},
		{550, "", "Content reject", Refused},
		{550, "", "sending quota exceeded", Quota},
		{421, "", "HL:IFC 163 mx1", Quota},
		{553, "", "Mail from must equal authorized user", Identity},
		{421, "", "HL:MEP 163", Identity},
		{554, "", "5.7.1 邮件被判为垃圾邮件", Refused},
		{550, "", "用户不存在", Unknown},
		{552, "", "对方邮箱已满", Full},
		{0, "", "连不上邮件中继r:25：等待超时", Unreached},
		{550, "5.7.26", "This mail is unauthenticated", Refused},
		{451, "", "internal error", Unreadable},
	}
	for _, c := range cases {
		if got := TroubleIn(c.code, c.enhanced, c.words); got != c.want {
			t.Errorf("%d %s %s: %s, want %s", c.code, c.enhanced, c.words, got, c.want)
		}
	}
}

func TestTroubleOfADelivery(t *testing.T) {
	for want, d := range map[Trouble]Delivery{
		NoTrouble: {State: Accepted, Code: 250, Words: "Ok"},
		Doubtful:  {State: Uncertain},
		Full:      {State: Bounced, Code: 552, Words: "mailbox is full"},
		GivenUp:   {State: Failed, Code: 451, Words: sayGaveUp.With(5, "busy").In(fault.ZH)},
		Unreached: {State: Deferred, Words: "连不上邮件中继"},
	} {
		if got := d.Trouble(); got != want {
			t.Errorf("%+v: %s, want %s", d, got, want)
		}
	}
	if words := Full.Advice().In(fault.ZH); !strings.Contains(words, "改送纸质？") {
		t.Error(words)
	}
	for trouble := range advice {
		if trouble.Advice().In(fault.ZH) == "" {
			t.Error(trouble)
		}
	}
}
