package main

import (
	"os"
	"path/filepath"

	"jianbao/cmd/jianbao/logs"
	"jianbao/fault"
	"jianbao/web/origin"
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
	secretSettings
	oidcSettings
	pageSettings
	metricsSettings
	logSettings
	hookSettings
	smtpRelay
	mailboxSettings
	paperSettings
}

// database says where the data are.
type database struct {
	Dir string `name:"dir" group:"data" default:"jianbao-data" placeholder:"DIR" env:"JIANBAO_DIR" zh:"存放数据的目录。" help:"Directory for the data."`
	DB  string `name:"db" group:"data" placeholder:"URL" env:"JIANBAO_DB" zh:"postgres:// 开头的地址，或 SQLite 文件的路径；不写就用数据目录里的文件。PostgreSQL 的口令写在 PGPASSFILE 指的文件里。" help:"PostgreSQL URL, or the path of an SQLite file; without it a file in --dir. The password of PostgreSQL is in the file that PGPASSFILE names."`
}

// pageSettings say who comes to the pages, and how.
type pageSettings struct {
	Listen  string         `group:"pages" default:"127.0.0.1:8380" placeholder:"HOST:PORT" env:"JIANBAO_LISTEN" zh:"页面的监听地址。" help:"Address of the pages."`
	Secure  bool           `group:"pages" default:"false" negatable:"" env:"JIANBAO_SECURE" zh:"外面看到的是 https（前面有 TLS 代理）时设为 true：登录凭据只经 https 发送。" help:"People come over https, by a proxy in front: session cookies are sent over https only."`
	Proxies origin.Proxies `group:"pages" placeholder:"ADDRESS,…" env:"JIANBAO_PROXIES" zh:"前面代理的地址或网段，用逗号分开，如127.0.0.1：只信这些代理写的X-Forwarded-For，限速和审计记录才看得到来访者的真实地址；不写就谁的都不信。" help:"Addresses or networks of the proxies in front, such as 127.0.0.1: their X-Forwarded-For alone is believed, so that limits and the record know where people come from; nobody's, if empty."`
	Only    string         `group:"pages" enum:",web,scheduler,mailer" default:"" placeholder:"PART" env:"JIANBAO_ONLY" zh:"只运行一部分：web（页面）、scheduler（调度）或 mailer（发信和收信）；不写就全部运行。" help:"Run one part only: web, scheduler or mailer; all three otherwise."`
}

// logSettings say how the log is written.
type logSettings struct {
	Log logs.Form `name:"log" group:"pages" enum:"text,json" default:"text" env:"JIANBAO_LOG" zh:"日志的写法：text（给人看）或 json（给收集日志的程序）。每行一件事，有请求号 request 和期的编号 issue。" help:"How the log is written: text, for people, or json, for programs that collect logs. A line is one event, with the id of its request and of its issue."`
}

// paperSettings say what documents are made with.
type paperSettings struct {
	FontsDir string `group:"paper" placeholder:"DIR" env:"JIANBAO_FONTS_DIR" zh:"本单位字体所在的目录，如 body.ttf、masthead.ttf；不写就只用内置字体。" help:"Directory of the office's own fonts, body.ttf, masthead.ttf and so on; the built-in ones alone, if empty."`
}

var (
	noDir = fault.Say("cmd.no-dir", "数据目录用不了：%s", "the data directory cannot be used: %s")
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
