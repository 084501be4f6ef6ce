package main

import (
	"os"
	"path/filepath"

	"jianbao/fault"
	"jianbao/mailer"
)

// settings is everything that an office sets: the one configuration of the
// program. Every field is a flag, a variable of the environment and a line of
// the configuration file, in that order of precedence; its tags are what the
// help and `jianbao config` say of it. A field with a group is a setting.
// Passwords are no settings, only the names of files that hold them.
type settings struct {
	database
	backupSettings
	historySettings
	installationSettings
	pageSettings
	metricsSettings
	hookSettings
	smtpRelay
	paperSettings
}

// database says where the data are.
type database struct {
	Dir string `name:"dir" group:"data" default:"jianbao-data" placeholder:"DIR" env:"JIANBAO_DIR" zh:"存放数据的目录。" help:"Directory for the data."`
	DB  string `name:"db" group:"data" placeholder:"URL" env:"JIANBAO_DB" zh:"postgres:// 开头的地址，或 SQLite 文件的路径；不写就用数据目录里的文件。PostgreSQL 的口令写在 PGPASSFILE 指的文件里。" help:"PostgreSQL URL, or the path of an SQLite file; without it a file in --dir. The password of PostgreSQL is in the file that PGPASSFILE names."`
}

// pageSettings say who comes to the pages, and how.
type pageSettings struct {
	Listen string `group:"pages" default:"127.0.0.1:8380" placeholder:"HOST:PORT" env:"JIANBAO_LISTEN" zh:"页面的监听地址。" help:"Address of the pages."`
	Secure bool   `group:"pages" default:"false" negatable:"" env:"JIANBAO_SECURE" zh:"外面看到的是 https（前面有 TLS 代理）时设为 true：登录凭据只经 https 发送。" help:"People come over https, by a proxy in front: session cookies are sent over https only."`
	Only   string `group:"pages" enum:",web,scheduler,mailer" default:"" placeholder:"PART" env:"JIANBAO_ONLY" zh:"只运行一部分：web（页面）、scheduler（调度）或 mailer（发信）；不写就全部运行。" help:"Run one part only: web, scheduler or mailer; all three otherwise."`
}

// smtpRelay says where letters are handed over, and when.
type smtpRelay struct {
	Relay             string   `group:"mail" placeholder:"HOST:PORT" env:"JIANBAO_RELAY" zh:"收下信件的邮件中继，主机:端口。不写时信件排队等候。" help:"SMTP relay that takes the letters, host:port. Without one they wait in the queue."`
	RelayTLS          string   `name:"relay-tls" group:"mail" enum:"starttls,tls,none" default:"starttls" placeholder:"HOW" env:"JIANBAO_RELAY_TLS" zh:"连接怎样加密：starttls、tls（465 端口）或 none。" help:"How the connection is protected: starttls, tls (port 465) or none."`
	RelayUser         string   `group:"mail" placeholder:"NAME" env:"JIANBAO_RELAY_USER" zh:"在中继上的账号。" help:"Account at the relay."`
	RelayPasswordFile string   `group:"mail" placeholder:"FILE" env:"JIANBAO_RELAY_PASSWORD_FILE" zh:"存放该账号口令的文件。" help:"File with the account's password."`
	Hello             string   `group:"mail" placeholder:"NAME" env:"JIANBAO_HELLO" zh:"本机的完整域名，向中继自报。" help:"Our own full domain name, said to the relay."`
	Connections       int      `group:"mail" default:"4" placeholder:"N" env:"JIANBAO_CONNECTIONS" zh:"同时与中继保持几条连接。异常中断后，每条连接至多有一封信不能确定是否送达。" help:"Connections to the relay at once. After a crash at most one letter for each is uncertain."`
	Lease             duration `group:"mail" default:"5m" placeholder:"TIME" env:"JIANBAO_LEASE" zh:"发信进程异常中断后，多久由别的进程（或重启后的自己）接手，如 5m。" help:"How long until the letters of a mailer that died are taken over, such as 5m."`
	MailWindow        hours    `group:"mail" placeholder:"HOURS" env:"JIANBAO_MAIL_WINDOW" zh:"信件交给中继的时段，如 \"1-5 8:00-18:00\"（1 是周一）；重发的信也等到时段内。不写就是任何时间。" help:"When letters are handed to the relay, such as \"1-5 8:00-18:00\" (1 is Monday); retries wait for it too. Always, if empty."`
	Zone              zone     `group:"mail" default:"Asia/Shanghai" placeholder:"ZONE" env:"JIANBAO_ZONE" zh:"上述时段所用的时区。" help:"Time zone of those hours."`
	MailLimit         size     `group:"mail" default:"20MB" placeholder:"SIZE" env:"JIANBAO_MAIL_LIMIT" zh:"一封信连同附件最大多少，如 20MB（1MB 是 1048576 字节）；以中继和收件方能收的为准。" help:"The largest letter with its attachments, such as 20MB (of 1048576 bytes each), as the relay and the units take it."`
}

// paperSettings say what documents are made with.
type paperSettings struct {
	FontsDir string `group:"paper" placeholder:"DIR" env:"JIANBAO_FONTS_DIR" zh:"本单位字体所在的目录，如 body.ttf、masthead.ttf；不写就只用内置字体。" help:"Directory of the office's own fonts, body.ttf, masthead.ttf and so on; the built-in ones alone, if empty."`
}

var (
	noDir         = fault.Say("cmd.no-dir", "数据目录用不了：%s", "the data directory cannot be used: %s")
	noConnections = fault.Say("cmd.bad-connections", "与中继的连接数应在1到%d之间：%d", "there are 1 to %d connections to the relay, not %d")
	noPassword    = fault.Say("cmd.no-password", "读不到邮件中继的密码文件：%s", "the file with the relay's password cannot be read: %s")
)

// databaseFile is the SQLite file in the directory.
const databaseFile = "jianbao.db"

// url returns where the data are, and makes the directory if they lie in it.
func (d database) url() (string, error) {
	if d.DB != "" {
		return d.DB, nil
	}
	if err := os.MkdirAll(d.Dir, 0o700); err != nil {
		return "", fault.New(fault.Unavailable, noDir.With(d.Dir)).Because(err)
	}
	return filepath.Join(d.Dir, databaseFile), nil
}

// maxConnections is more than any relay grants to one sender.
const maxConnections = 64

// relay returns the relay as the mailer wants it.
func (r smtpRelay) relay() (mailer.Relay, error) {
	if r.Connections < 1 || r.Connections > maxConnections {
		return mailer.Relay{}, fault.New(fault.Invalid, noConnections.With(maxConnections, r.Connections))
	}
	security := map[string]mailer.Security{"starttls": mailer.StartTLS, "tls": mailer.TLS, "none": mailer.Plain}
	relay := mailer.Relay{Addr: r.Relay, Security: security[r.RelayTLS], Username: r.RelayUser, Hello: r.Hello}
	if r.RelayUser != "" && r.RelayPasswordFile != "" {
		raw, err := os.ReadFile(r.RelayPasswordFile)
		if err != nil {
			return relay, fault.New(fault.Unavailable, noPassword.With(r.RelayPasswordFile)).Because(err)
		}
		relay.Password = trimmed(raw)
	}
	return relay, relay.Check()
}
