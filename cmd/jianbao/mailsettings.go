package main

import (
	"os"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
)

// smtpRelay says where letters are handed over, how, and when: all that the mail
// engine can do. Its defaults are the engine's own.
type smtpRelay struct {
	Relay             string   `group:"mail" placeholder:"HOST:PORT" env:"JIANBAO_RELAY" zh:"收下信件的邮件中继，主机:端口。不写时信件排队等候。" help:"SMTP relay that takes the letters, host:port. Without one they wait in the queue."`
	RelayTLS          string   `name:"relay-tls" group:"mail" enum:"starttls,tls,none" default:"starttls" placeholder:"HOW" env:"JIANBAO_RELAY_TLS" zh:"连接怎样加密：starttls、tls（465 端口）或 none。" help:"How the connection is protected: starttls, tls (port 465) or none."`
	RelayUser         string   `group:"mail" placeholder:"NAME" env:"JIANBAO_RELAY_USER" zh:"在中继上的账号。" help:"Account at the relay."`
	RelayPasswordFile string   `group:"mail" placeholder:"FILE" env:"JIANBAO_RELAY_PASSWORD_FILE" zh:"存放该账号口令的文件。" help:"File with the account's password."`
	RelayCA           string   `name:"relay-ca" group:"mail" placeholder:"FILE" env:"JIANBAO_RELAY_CA" zh:"只信任此文件（PEM）里的证书，如内网自建CA；不写就信任系统的。" help:"File (PEM) with the certificates to trust, such as that of an internal CA; those of the system, if empty."`
	RelayCert         string   `group:"mail" placeholder:"FILE" env:"JIANBAO_RELAY_CERT" zh:"向中继出示的客户端证书（PEM）。" help:"Our own certificate (PEM), for a relay that asks for one."`
	RelayKey          string   `group:"mail" placeholder:"FILE" env:"JIANBAO_RELAY_KEY" zh:"该证书的私钥文件（PEM）。" help:"File with its private key (PEM)."`
	Hello             string   `group:"mail" placeholder:"NAME" env:"JIANBAO_HELLO" zh:"本机的完整域名，向中继自报。" help:"Our own full domain name, said to the relay."`
	Connections       int      `group:"mail" default:"4" placeholder:"N" env:"JIANBAO_CONNECTIONS" zh:"同时与中继保持几条连接。异常中断后，每条连接至多有 relay-window 封信不能确定是否送达。" help:"Connections to the relay at once. After a crash at most as many letters for each are uncertain as relay-window says."`
	RelayWindow       int      `group:"mail" default:"1" placeholder:"N" env:"JIANBAO_RELAY_WINDOW" zh:"每条连接上同时可以有几封信已发出而未得答复，1到64；大于1更快，只宜用于批量中继。" help:"How many letters of a connection may be out without an answer, 1 to 64; more than 1 is faster, and for bulk relays alone."`
	RelayTimeout      duration `group:"mail" default:"2m" placeholder:"TIME" env:"JIANBAO_RELAY_TIMEOUT" zh:"中继的每一次收发最多等多久。" help:"How long the relay may take for each read and write."`
	ReplyTimeout      duration `group:"mail" default:"10m" placeholder:"TIME" env:"JIANBAO_REPLY_TIMEOUT" zh:"信发完后最多等中继多久答复；太短会使信件“不能确定是否送达”。" help:"How long the relay may take to answer a whole letter; too short a time makes letters uncertain."`
	MailPolicy        string   `group:"mail" enum:"ask,resend" default:"ask" placeholder:"WHAT" env:"JIANBAO_MAIL_POLICY" zh:"不能确定是否送达的信怎么办：ask（请人核实）或 resend（用同一 Message-ID 重发，可能重复）。" help:"What is done with letters that may or may not have gone: ask (a person finds out) or resend (again with the same Message-ID, perhaps twice)."`
	ReturnPath        string   `group:"mail" placeholder:"ADDRESS" env:"JIANBAO_RETURN_PATH" zh:"退信地址，如 jianbao+*@kjj.example，星号换成每封信的编号（VERP）；须是邮箱支持的写法。不写就是发件地址。" help:"Where bounces go, such as jianbao+*@kjj.example, the star standing for the id of each letter (VERP), if the mailbox takes such addresses. The sender's address, if empty."`
	Lease             duration `group:"mail" default:"5m" placeholder:"TIME" env:"JIANBAO_LEASE" zh:"发信进程异常中断后，多久由别的进程（或重启后的自己）接手，如 5m。" help:"How long until the letters of a mailer that died are taken over, such as 5m."`
	MailWindow        hours    `group:"mail" placeholder:"HOURS" env:"JIANBAO_MAIL_WINDOW" zh:"信件交给中继的时段，如 \"1-5 8:00-18:00\"（1 是周一）；重发的信也等到时段内。不写就是任何时间。" help:"When letters are handed to the relay, such as \"1-5 8:00-18:00\" (1 is Monday); retries wait for it too. Always, if empty."`
	Zone              zone     `group:"mail" default:"Asia/Shanghai" placeholder:"ZONE" env:"JIANBAO_ZONE" zh:"上述时段所用的时区。" help:"Time zone of those hours."`
	MailLimit         size     `group:"mail" default:"20MB" placeholder:"SIZE" env:"JIANBAO_MAIL_LIMIT" zh:"一封信连同附件最大多少，如 20MB（1MB 是 1048576 字节）；以中继和收件方能收的为准。" help:"The largest letter with its attachments, such as 20MB (of 1048576 bytes each), as the relay and the units take it."`
	secondRelay
	paceSettings
	dkimSettings
}

// secondRelay takes the letters while the relay is not there.
type secondRelay struct {
	SecondRelay             string `group:"mail" placeholder:"HOST:PORT" env:"JIANBAO_SECOND_RELAY" zh:"备用中继：中继连不上或不答复时用它，恢复后换回。证书设置与中继相同。" help:"A second relay, for while the first is not there or does not answer. Certificates are set as for the first."`
	SecondRelayTLS          string `name:"second-relay-tls" group:"mail" enum:"starttls,tls,none" default:"starttls" placeholder:"HOW" env:"JIANBAO_SECOND_RELAY_TLS" zh:"与备用中继的连接怎样加密。" help:"How the connection to the second relay is protected."`
	SecondRelayUser         string `group:"mail" placeholder:"NAME" env:"JIANBAO_SECOND_RELAY_USER" zh:"在备用中继上的账号。" help:"Account at the second relay."`
	SecondRelayPasswordFile string `group:"mail" placeholder:"FILE" env:"JIANBAO_SECOND_RELAY_PASSWORD_FILE" zh:"存放该账号口令的文件。" help:"File with the password of that account."`
}

// paceSettings say how the relay wants to be treated: as a profile has it, but
// for what is said here.
type paceSettings struct {
	RelayProfile      string `group:"mail" enum:",own,slow,netease,tencent,alibaba" default:"" placeholder:"NAME" env:"JIANBAO_RELAY_PROFILE" zh:"按哪一类中继控制快慢：own（自己的，不限）、netease（网易）、tencent（腾讯）、alibaba（阿里）或 slow（其他，慢）；不写就按中继的名称判断。" help:"How fast letters go: own (no limits), netease, tencent, alibaba, or slow for all others; by the name of the relay, if empty."`
	RelayPerMinute    int    `group:"mail" default:"0" placeholder:"N" env:"JIANBAO_RELAY_PER_MINUTE" zh:"每分钟最多交给中继几封；0 是按上面那一类。" help:"Letters to the relay in a minute; 0 is as the profile has it."`
	DomainPerMinute   int    `group:"mail" default:"0" placeholder:"N" env:"JIANBAO_DOMAIN_PER_MINUTE" zh:"每分钟最多发往同一收件域名几封；0 是按上面那一类。" help:"Letters to one domain of recipients in a minute; 0 is as the profile has it."`
	DialsPerMinute    int    `group:"mail" default:"0" placeholder:"N" env:"JIANBAO_DIALS_PER_MINUTE" zh:"每分钟最多与中继新建几条连接；0 是按上面那一类。" help:"New connections to the relay in a minute; 0 is as the profile has it."`
	DomainDials       int    `name:"domain-dials-per-minute" group:"mail" default:"0" placeholder:"N" env:"JIANBAO_DOMAIN_DIALS_PER_MINUTE" zh:"每分钟最多为发往同一收件域名的信新建几条连接；0 是按上面那一类。" help:"New connections in a minute for letters to one domain of recipients; 0 is as the profile has it."`
	LettersPerConnect int    `name:"letters-per-connection" group:"mail" default:"0" placeholder:"N" env:"JIANBAO_LETTERS_PER_CONNECTION" zh:"一条连接最多发几封；0 是按上面那一类。" help:"Letters on one connection; 0 is as the profile has it."`
}

// dkimSettings say who signs letters.
type dkimSettings struct {
	DKIMKey      string `name:"dkim-key" group:"mail" placeholder:"FILE" env:"JIANBAO_DKIM_KEY" zh:"DKIM 私钥文件（jianbao dkim new 可生成）；不写就不签名，由中继签名即可。" help:"File with the key that signs letters (jianbao dkim new makes one); they are not signed here, if empty, and the relay may do it."`
	DKIMSelector string `name:"dkim-selector" group:"mail" default:"jianbao" placeholder:"NAME" env:"JIANBAO_DKIM_SELECTOR" zh:"DKIM 选择符，公钥登记在 选择符._domainkey.域名 下。" help:"Selector of the key, whose record is SELECTOR._domainkey.DOMAIN."`
	DKIMDomain   string `name:"dkim-domain" group:"mail" placeholder:"DOMAIN" env:"JIANBAO_DKIM_DOMAIN" zh:"为哪个域名签名；发件地址属于该域名的信才签。" help:"Domain to sign for; only letters from its addresses are signed."`
}

var (
	noConnections = fault.Say("cmd.bad-connections", "与中继的连接数应在1到%d之间：%d", "there are 1 to %d connections to the relay, not %d")
	badWindow     = fault.Say("cmd.bad-window", "relay-window 应在1到%d之间：%d", "relay-window is from 1 to %d, not %d")
	badPerMinute  = fault.Say("cmd.bad-rate", "“%s”不能是负数：%d", "%q cannot be negative: %d")
	badMail       = fault.Say("cmd.bad-mail", "发信的设置有错", "the settings of mail have mistakes")
	noPassword    = fault.Say("cmd.no-password", "读不到邮件中继的密码文件：%s", "the file with the relay's password cannot be read: %s")
	noDKIMFile    = fault.Say("cmd.no-dkim-key", "读不到DKIM私钥文件：%s", "the file with the key for DKIM cannot be read: %s")
)

// maxConnections is more than any relay grants to one sender.
const maxConnections = 64

var securities = map[string]mailer.Security{"starttls": mailer.StartTLS, "tls": mailer.TLS, "none": mailer.Plain}

// relay returns the relay as the mailer wants it. It fails with fault.Invalid if
// anything of how letters go cannot be so.
func (r smtpRelay) relay() (mailer.Relay, error) {
	if err := r.check(); err != nil {
		return mailer.Relay{}, err
	}
	return r.relayAt(r.Relay, r.RelayTLS, r.RelayUser, r.RelayPasswordFile)
}

// second returns the relay for while the first is not there; one without an
// address is none.
func (r smtpRelay) second() (mailer.Relay, error) {
	if r.SecondRelay == "" {
		return mailer.Relay{}, nil
	}
	return r.relayAt(r.SecondRelay, r.SecondRelayTLS, r.SecondRelayUser, r.SecondRelayPasswordFile)
}

func (r smtpRelay) relayAt(addr, security, user, passwordFile string) (mailer.Relay, error) {
	relay := mailer.Relay{
		Addr: addr, Security: securities[security], Username: user, Hello: r.Hello, CAFile: r.RelayCA, CertFile: r.RelayCert, KeyFile: r.RelayKey,
		Timeout: time.Duration(r.RelayTimeout), ReplyTimeout: time.Duration(r.ReplyTimeout), PerConnection: r.LettersPerConnect,
	}
	if user != "" && passwordFile != "" {
		raw, err := os.ReadFile(passwordFile)
		if err != nil {
			return relay, fault.New(fault.Unavailable, noPassword.With(passwordFile)).Because(err)
		}
		relay.Password = trimmed(raw)
	}
	return relay, relay.Check()
}

// check returns every reason why the numbers cannot be so.
func (r smtpRelay) check() error {
	var reasons []fault.Reason
	if r.Connections < 1 || r.Connections > maxConnections {
		reasons = append(reasons, noConnections.With(maxConnections, r.Connections))
	}
	if r.RelayWindow < 1 || r.RelayWindow > mailer.MaxWindow {
		reasons = append(reasons, badWindow.With(mailer.MaxWindow, r.RelayWindow))
	}
	for _, n := range []struct {
		name string
		n    int
	}{{"relay-per-minute", r.RelayPerMinute}, {"domain-per-minute", r.DomainPerMinute}, {"dials-per-minute", r.DialsPerMinute}, {"domain-dials-per-minute", r.DomainDials}, {"letters-per-connection", r.LettersPerConnect}} {
		if n.n < 0 {
			reasons = append(reasons, badPerMinute.With(n.name, n.n))
		}
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badMail.With(), reasons...)
	}
	return nil
}

// profile is how the relay wants to be treated: as it is known by its name or as
// was chosen, but for what was set.
func (r smtpRelay) profile() mailer.Profile {
	p := mailer.ProfileOf(r.Relay)
	for _, known := range mailer.Profiles() {
		if known.Name == r.RelayProfile {
			p = known
		}
	}
	set := func(rate *mailer.Rate, n int) {
		if n > 0 {
			*rate = mailer.Rate{PerMinute: n, Burst: max(1, min(n/4, 10))}
		}
	}
	set(&p.Relay, r.RelayPerMinute)
	set(&p.Domain, r.DomainPerMinute)
	set(&p.Dials, r.DialsPerMinute)
	set(&p.DomainDials, r.DomainDials)
	if r.LettersPerConnect > 0 {
		p.PerConnection = r.LettersPerConnect
	}
	return p
}

// dkim returns what signs letters, nil if nothing does.
func (s dkimSettings) dkim() (*mailer.DKIM, error) {
	if s.DKIMKey == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(s.DKIMKey)
	if err != nil {
		return nil, fault.New(fault.Unavailable, noDKIMFile.With(s.DKIMKey)).Because(err)
	}
	return mailer.ReadDKIM(s.DKIMDomain, s.DKIMSelector, raw)
}

// A posting is all that is set of how letters go, read and found usable.
type posting struct {
	smtpRelay
	first, other mailer.Relay
	dkim         *mailer.DKIM
}

// posting reads the files that the settings name. It fails with every reason of
// the first part that cannot be so.
func (r smtpRelay) posting() (p posting, err error) {
	p.smtpRelay = r
	if p.first, err = r.relay(); err != nil {
		return p, err
	}
	if p.other, err = r.second(); err != nil {
		return p, err
	}
	p.dkim, err = r.dkimSettings.dkim()
	if err == nil {
		err = p.engine().Check()
	}
	return p, err
}

// engine is a mail engine as it is set, without what it sends.
func (p posting) engine() *mailer.Engine {
	return &mailer.Engine{
		Relay: p.first, Second: p.other, Connections: p.Connections, Window: p.RelayWindow, Policy: mailer.Policy(p.MailPolicy),
		ReturnPath: p.ReturnPath, Lease: time.Duration(p.Lease), Profile: p.profile(),
	}
}
