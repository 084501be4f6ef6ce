package web

import (
	"strings"

	"jianbao/fault"
	"jianbao/mailer"
)

// What a relay's answer means for a clerk. What it said in its own words is
// shown beside it.
var (
	relayTook    = fault.Say("web.relay.took", "对方邮件服务器已收下", "the mail server took it")
	relayNobody  = fault.Say("web.relay.nobody", "没有这个信箱，请核对地址", "there is no such mailbox; check the address")
	relayFull    = fault.Say("web.relay.full", "对方信箱已满", "the mailbox is full")
	relayLarge   = fault.Say("web.relay.large", "邮件太大，对方不收", "the letter is too large for the other side")
	relayPolicy  = fault.Say("web.relay.policy", "对方按规则拒收（如反垃圾邮件、发信域名未备案），请联系对方管理员", "refused by the other side's rules, such as those against spam; ask its administrator")
	relayDoor    = fault.Say("web.relay.door", "邮件服务器不认发信账号，请告诉管理员", "the relay does not accept the account that sends; tell the administrator")
	relayBusy    = fault.Say("web.relay.busy", "邮件服务器暂时忙，会再试", "the mail server is busy; it will be tried again")
	relayRefused = fault.Say("web.relay.refused", "对方邮件服务器不收", "the mail server refused it")
	relaySilent  = fault.Say("web.relay.silent", "连不上邮件服务器，会再试", "the mail server could not be reached; it will be tried again")
	relayMayBe   = fault.Say("web.relay.may-be", "连接断在最后一步，可能已发出：请先问对方是否收到", "the connection broke at the last step, so it may have gone: ask the other side first")
	relayNone    = fault.Say("web.relay.nothing", "还没有答复", "no answer yet")
)

// enhanced are meanings by the beginning of the enhanced status (RFC 3463), the
// more particular ones first.
var enhanced = []struct {
	code    string
	meaning fault.Sentence
}{
	{"X.1.", relayNobody}, {"X.2.1", relayNobody}, {"X.2.2", relayFull}, {"X.2.3", relayLarge}, {"X.3.4", relayLarge},
	{"X.7.8", relayDoor}, {"X.7.", relayPolicy},
}

// basic are meanings by the reply code (RFC 5321 section 4.2.3, RFC 4954).
var basic = map[int]fault.Sentence{
	421: relayBusy, 450: relayBusy, 451: relayBusy, 452: relayFull, 530: relayDoor, 534: relayDoor, 535: relayDoor,
	550: relayNobody, 551: relayNobody, 552: relayFull, 553: relayNobody, 554: relayPolicy,
}

// plainly says what a letter's last answer means.
func plainly(d mailer.Delivery) fault.Reason {
	switch {
	case d.State == mailer.Uncertain:
		return relayMayBe.With()
	case d.State == mailer.Accepted || d.Code >= 200 && d.Code < 300:
		return relayTook.With()
	case d.Code == 0 && d.Tries > 0:
		return relaySilent.With()
	case d.Code == 0:
		return relayNone.With()
	}
	for _, e := range enhanced {
		for _, class := range []string{"4", "5"} {
			if strings.HasPrefix(d.Words, class+e.code[1:]) {
				return e.meaning.With()
			}
		}
	}
	if s, ok := basic[d.Code]; ok {
		return s.With()
	}
	if d.Code < 500 {
		return relayBusy.With()
	}
	return relayRefused.With()
}
