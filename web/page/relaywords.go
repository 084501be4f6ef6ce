package page

import (
	"jianbao/fault"
	"jianbao/mailer"
)

var (
	relayTook = fault.Say("web.relay.took", "邮件服务器已收下", "the mail server took it")
	relayNone = fault.Say("web.relay.nothing", "还没有答复", "no answer yet")
)

// Plainly says what a letter's last answer means, and what can be done. What
// the relay said in its own words is shown beside it.
func Plainly(d mailer.Delivery) fault.Reason {
	if trouble := d.Trouble(); trouble != mailer.NoTrouble {
		return trouble.Advice()
	}
	if d.State == mailer.Accepted {
		return relayTook.With()
	}
	return relayNone.With()
}
