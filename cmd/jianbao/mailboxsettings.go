package main

import (
	"os"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/mailbox"
)

// mailboxSettings say where mail comes in, and what is done with it there.
type mailboxSettings struct {
	Mailbox             string     `name:"mailbox" group:"incoming" placeholder:"HOST:PORT" env:"JIANBAO_MAILBOX" zh:"收信邮箱所在的 IMAP 服务器，主机:端口；退信、回信、批示、供稿都从这里取。不写就不收信。" help:"IMAP server with the mailbox into which bounces, answers, remarks and contributions come, host:port. No mail is fetched, if empty."`
	MailboxTLS          string     `name:"mailbox-tls" group:"incoming" enum:"tls,starttls,none" default:"tls" placeholder:"HOW" env:"JIANBAO_MAILBOX_TLS" zh:"连接怎样加密：tls（993 端口）、starttls（143 端口）或 none（只能用于本机）。" help:"How the connection is protected: tls (port 993), starttls (port 143) or none (on this machine only)."`
	MailboxCA           string     `name:"mailbox-ca" group:"incoming" placeholder:"FILE" env:"JIANBAO_MAILBOX_CA" zh:"只信任这个文件里的证书（PEM）；不写就用系统的。" help:"File of PEM certificates to trust instead of the system's."`
	MailboxUser         string     `name:"mailbox-user" group:"incoming" placeholder:"NAME" env:"JIANBAO_MAILBOX_USER" zh:"邮箱账号。" help:"Account of the mailbox."`
	MailboxPasswordFile string     `name:"mailbox-password-file" group:"incoming" placeholder:"FILE" env:"JIANBAO_MAILBOX_PASSWORD_FILE" zh:"存放邮箱口令的文件（QQ、163 等要用授权码）；不写就用环境变量 JIANBAO_MAILBOX_PASSWORD。" help:"File with the account's password (some hosts want a code of its own for programs); the variable JIANBAO_MAILBOX_PASSWORD, if empty."`
	MailboxFolder       string     `name:"mailbox-folder" group:"incoming" default:"INBOX" placeholder:"NAME" env:"JIANBAO_MAILBOX_FOLDER" zh:"从哪个文件夹取信。" help:"Folder that is read."`
	MailboxAfter        afterFetch `name:"mailbox-after" group:"incoming" default:"keep" placeholder:"WHAT" env:"JIANBAO_MAILBOX_AFTER" zh:"信完整入库后在邮箱里怎样处理：keep（原样不动）、seen（标为已读）、move:文件夹（移走）或 delete（删除）。没有完整入库的信总是留在邮箱里。" help:"What is done in the mailbox to a mail that stands whole in the database: keep (nothing), seen, move:FOLDER or delete. Others always stay there."`
	MailboxEvery        duration   `name:"mailbox-every" group:"incoming" default:"1m" placeholder:"TIME" env:"JIANBAO_MAILBOX_EVERY" zh:"多久看一次，如 1m；服务器支持 IDLE 的，新信到了立即取。" help:"How often it is looked into, such as 1m; new mail is fetched at once where the server has IDLE."`
	MailboxDays         int        `name:"mailbox-days" group:"incoming" default:"30" placeholder:"N" env:"JIANBAO_MAILBOX_DAYS" zh:"第一次收信时取多少天以内的信。" help:"How many days back is read the first time."`
}

// afterFetch is mailbox.After as a setting.
type afterFetch struct{ mailbox.After }

// UnmarshalText reads what mailbox.ParseAfter reads.
func (a *afterFetch) UnmarshalText(text []byte) (err error) {
	a.After, err = mailbox.ParseAfter(string(text))
	return err
}

var (
	noMailboxPassword = fault.Say("cmd.no-mailbox-password", "读不到收信邮箱的口令文件：%s", "the file with the mailbox's password cannot be read: %s")
	badMailboxDays    = fault.Say("cmd.bad-mailbox-days", "第一次收信取1到3650天以内的信：%d", "the first time 1 to 3650 days back are read, not %d")
)

// account returns the mailbox. It fails with fault.Invalid or fault.Unavailable.
func (m mailboxSettings) account() (mailbox.Account, error) {
	a := mailbox.Account{
		Addr: m.Mailbox, Security: mailer.Security(m.MailboxTLS), CAFile: m.MailboxCA,
		Username: m.MailboxUser, Password: os.Getenv("JIANBAO_MAILBOX_PASSWORD"), Folder: m.MailboxFolder, Version: version,
	}
	if m.MailboxPasswordFile != "" {
		raw, err := os.ReadFile(m.MailboxPasswordFile)
		if err != nil {
			return a, fault.New(fault.Unavailable, noMailboxPassword.With(m.MailboxPasswordFile)).Because(err)
		}
		if password := trimmed(raw); password != "" {
			a.Password = password
		}
	}
	if m.MailboxDays < 1 || m.MailboxDays > 3650 {
		return a, fault.New(fault.Invalid, badMailboxDays.With(m.MailboxDays))
	}
	return a, a.Check()
}

// fetches returns what reads the mailbox, nil if none is read here.
func (s *serve) fetches() (*mailbox.Poller, error) {
	if !s.runs("mailer") || s.Mailbox == "" {
		return nil, nil
	}
	account, err := s.account()
	if err != nil {
		return nil, err
	}
	return &mailbox.Poller{
		Account: account, After: s.MailboxAfter.After, Every: time.Duration(s.MailboxEvery),
		Back: time.Duration(s.MailboxDays) * 24 * time.Hour, Now: time.Now,
	}, nil
}

// fetchBy gives the office a mailbox. A database that belongs to another
// installation fetches nothing, as it sends nothing.
func (o *office) fetchBy(p *mailbox.Poller) {
	p.Books, p.NewID, p.Log, p.May = o.store, o.desk.NewID, o.log, o.belongs
	o.poller, o.numbers.process.Mailbox = p, &p.Counters
}
