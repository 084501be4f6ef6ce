// Package checkup asks a mail relay and the DNS whether letters will go, and says
// in plain sentences what is wrong and how to mend it. It hands no letter over.
//
//	found := checkup.Relay(ctx, relay, profile, limit)   // dial, TLS, AUTH, SIZE …
//	found = checkup.Sender(ctx, net.DefaultResolver, "kjj.example", relay.Addr, key)
//
// jianbao check prints what it finds, and the pages of relays show it.
package checkup

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
)

// A State says how something is.
type State string

// The states of a finding.
const (
	Fine State = "fine"
	Note State = "note" // to be known, not to be mended
	Bad  State = "bad"  // to be mended
)

// A Finding is what was found out about one part, and how it is mended.
type Finding struct {
	State State
	Says  fault.Reason
	Mend  fault.Reason // no key: there is nothing to mend
}

func well(says fault.Reason) Finding { return Finding{State: Fine, Says: says} }

func remark(says, mend fault.Reason) Finding { return Finding{Note, says, mend} }

func wrong(says, mend fault.Reason) Finding { return Finding{Bad, says, mend} }

var (
	relayFails   = fault.Say("checkup.relay-fails", "%s连不上或不接受登录：%s", "%s cannot be reached or does not let us in: %s")
	relayHow     = fault.Say("checkup.relay-how", "核对地址、端口、relay-tls、账号和口令文件，以及防火墙", "look at the address, port, relay-tls, account and password file, and at the firewall")
	relayFine    = fault.Say("checkup.relay-fine", "%s可用：加密 %s，登录 %s（提供 %s），单封上限 %s，流水线 %s，回执通知 %s；按“%s”控制快慢", "%s works: encryption %s, sign-in %s (it offers %s), size limit %s, pipelining %s, delivery notices %s; treated as %q")
	relaySmall   = fault.Say("checkup.relay-small", "中继一封只收%d字节，mail-limit 是%d字节", "the relay takes letters of %d bytes, and mail-limit is %d")
	relayLimit   = fault.Say("checkup.relay-limit", "把 mail-limit 调到中继的上限以下", "set mail-limit below the limit of the relay")
	relayClear   = fault.Say("checkup.relay-clear", "与%s的连接不加密", "the connection to %s is in the clear")
	relayEncrypt = fault.Say("checkup.relay-encrypt", "把 relay-tls 设为 starttls 或 tls", "set relay-tls to starttls or tls")
	saidYes      = fault.Say("checkup.yes", "有", "yes")
	saidNo       = fault.Say("checkup.no", "没有", "no")
)

// relayWait is how long the relay may take for each answer.
const relayWait = 5 * time.Second

// Relay signs in at a relay, and hands over nothing. profile is how it is treated,
// and limit how large letters may be, in bytes.
func Relay(ctx context.Context, relay mailer.Relay, profile string, limit int) []Finding {
	relay.Timeout = patience(relay.Timeout)
	ctx, stop := context.WithTimeout(ctx, 4*relayWait)
	defer stop()
	session, answer := relay.Open(ctx)
	if session == nil {
		return []Finding{wrong(relayFails.With(relay.Addr, answer.Words), relayHow.With())}
	}
	defer session.Quit()
	return Offered(relay, session.Offers(), profile, limit)
}

// patience is how long each answer is waited for: a person waits for the finding,
// and zero, which is mailer.DefaultTimeout, is minutes.
func patience(set time.Duration) time.Duration {
	if set <= 0 {
		return relayWait
	}
	return min(set, relayWait)
}

// Offered says what a relay's offers come to.
func Offered(relay mailer.Relay, offers mailer.Offers, profile string, limit int) []Finding {
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
	found := []Finding{well(relayFine.With(relay.Addr, string(relay.Security), as, ways, largest, yes[offers.Pipelining], yes[offers.DSN], profile))}
	if offers.Size > 0 && offers.Size < limit {
		found = append(found, wrong(relaySmall.With(offers.Size, limit), relayLimit.With()))
	}
	if host, _, _ := net.SplitHostPort(relay.Addr); relay.Security == mailer.Plain && !loopback(host) {
		found = append(found, remark(relayClear.With(relay.Addr), relayEncrypt.With()))
	}
	return found
}

func loopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
