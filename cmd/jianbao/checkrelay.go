package main

import (
	"context"
	"time"

	"jianbao/fault"
	"jianbao/mailer/checkup"
)

var (
	relayNone  = fault.Say("cmd.check.relay-none", "没有设置邮件中继，信件会排队等候", "no relay is set; letters wait in the queue")
	relaySet   = fault.Say("cmd.check.relay-set", "在配置里设置 relay", "set relay in the configuration")
	because    = fault.Say("cmd.check.because", "%s：%s", "%s: %s")
	relayHow   = fault.Say("cmd.check.relay-how", "核对地址、端口、relay-tls、账号和口令文件，以及防火墙", "look at the address, port, relay-tls, account and password file, and at the firewall")
	saidYes    = fault.Say("cmd.check.yes", "有", "yes")
	saidNo     = fault.Say("cmd.check.no", "没有", "no")
	relayClear = fault.Say("cmd.check.relay-clear", "与%s的连接不加密", "the connection to %s is in the clear")
)

// relayWait is how long a mailbox may take for each answer.
const relayWait = 5 * time.Second

// relay signs in at the relay, and hands over nothing.
func (k *check) relay(ctx context.Context) []finding {
	if k.Only != "" && k.Only != "mailer" {
		return nil
	}
	if k.Relay == "" {
		return []finding{wrong("relay", relayNone.With(), relaySet.With())}
	}
	mail, err := k.posting()
	if err != nil {
		shown := fault.Shown(err)
		return []finding{wrong("relay", reasoned(shown), relayHow.With())}
	}
	found := checkedUp("relay", checkup.Relay(ctx, mail.first, mail.profile().Name, int(k.MailLimit)))
	if mail.other.Addr != "" {
		found = append(found, checkedUp("relay", checkup.Relay(ctx, mail.other, mail.profile().Name, int(k.MailLimit)))...)
	}
	return found
}

// reasoned is a refusal in one sentence, its first reason behind it.
func reasoned(f *fault.Error) fault.Reason {
	if len(f.Reasons) == 0 {
		return f.Message
	}
	return because.With(f.Message, f.Reasons[0])
}

// checkedUp is what a checkup found out about a part.
func checkedUp(part string, all []checkup.Finding) []finding {
	found := make([]finding, len(all))
	for n, f := range all {
		found[n] = finding{Part: part, State: condition(f.State), says: f.Says, mend: f.Mend}
	}
	return found
}
