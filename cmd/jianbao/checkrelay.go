package main

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
)

var (
	relayNone    = fault.Say("cmd.check.relay-none", "没有设置邮件中继，信件会排队等候", "no relay is set; letters wait in the queue")
	relaySet     = fault.Say("cmd.check.relay-set", "在配置里设置 relay", "set relay in the configuration")
	relayFails   = fault.Say("cmd.check.relay-fails", "%s连不上或不接受登录：%s", "%s cannot be reached or does not let us in: %s")
	relayHow     = fault.Say("cmd.check.relay-how", "核对地址、端口、relay-tls、账号和口令文件，以及防火墙", "look at the address, port, relay-tls, account and password file, and at the firewall")
	relayFine    = fault.Say("cmd.check.relay-fine", "%s可用：加密 %s，登录 %s（提供 %s），单封上限 %s，流水线 %s，回执通知 %s；按“%s”控制快慢", "%s works: encryption %s, sign-in %s (it offers %s), size limit %s, pipelining %s, delivery notices %s; treated as %q")
	relaySmall   = fault.Say("cmd.check.relay-small", "中继一封只收%d字节，mail-limit 是%d字节", "the relay takes letters of %d bytes, and mail-limit is %d")
	relayLimit   = fault.Say("cmd.check.relay-limit", "把 mail-limit 调到中继的上限以下", "set mail-limit below the limit of the relay")
	relayClear   = fault.Say("cmd.check.relay-clear", "与%s的连接不加密", "the connection to %s is in the clear")
	relayEncrypt = fault.Say("cmd.check.relay-encrypt", "把 relay-tls 设为 starttls 或 tls", "set relay-tls to starttls or tls")
	because      = fault.Say("cmd.check.because", "%s：%s", "%s: %s")
	saidYes      = fault.Say("cmd.check.yes", "有", "yes")
	saidNo       = fault.Say("cmd.check.no", "没有", "no")
)

// relayWait is how long the relay may take for each answer.
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
	found := lookAt(ctx, mail.first, mail.profile().Name, int(k.MailLimit))
	if mail.other.Addr != "" {
		found = append(found, lookAt(ctx, mail.other, mail.profile().Name, int(k.MailLimit))...)
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

// lookAt signs in at one relay.
func lookAt(ctx context.Context, relay mailer.Relay, profile string, limit int) []finding {
	relay.Timeout = min(relay.Timeout, relayWait)
	ctx, stop := context.WithTimeout(ctx, 4*relayWait)
	defer stop()
	session, answer := relay.Open(ctx)
	if session == nil {
		return []finding{wrong("relay", relayFails.With(relay.Addr, answer.Words), relayHow.With())}
	}
	defer session.Quit()
	return relayFindings(relay, session.Offers(), profile, limit)
}

func relayFindings(relay mailer.Relay, offers mailer.Offers, profile string, limit int) []finding {
	yes := map[bool]fault.Reason{true: saidYes.With(), false: saidNo.With()}
	var largest any = saidNo.With()
	if offers.Size > 0 {
		largest = fmt.Sprintf("%.1f MB", float64(offers.Size)/(1<<20))
	}
	var as any = relay.Username
	if relay.Username == "" {
		as = saidNo.With()
	}
	var ways any = saidNo.With()
	if len(offers.Auth) > 0 {
		ways = strings.Join(offers.Auth, " ")
	}
	found := []finding{well("relay", relayFine.With(relay.Addr, string(relay.Security), as, ways, largest, yes[offers.Pipelining], yes[offers.DSN], profile))}
	if offers.Size > 0 && offers.Size < limit {
		found = append(found, wrong("relay", relaySmall.With(offers.Size, limit), relayLimit.With()))
	}
	if host, _, _ := net.SplitHostPort(relay.Addr); relay.Security == mailer.Plain && !loopback(host) {
		found = append(found, remark("relay", relayClear.With(relay.Addr), relayEncrypt.With()))
	}
	return found
}

func loopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
