package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/hooks"
	"jianbao/mailer"
	"jianbao/workflow"
)

// installationSettings say who this machine is and where its pages are seen.
type installationSettings struct {
	Installation string `name:"installation" group:"data" placeholder:"FILE" env:"JIANBAO_INSTALLATION" zh:"认出本安装的文件，第一次用时生成；不写就是数据目录里的 installation，并与本机绑定。数据库若属于别的安装，就什么也不发送，直到运行 jianbao adopt。几台机器共用一个数据库时，须各有这个文件的同一份。" help:"File that tells this installation from others, made at first use; installation in --dir, bound to this machine, if empty. Nothing is sent from the database of another installation until jianbao adopt is run. Machines that share a database need the same file."`
	Site         string `name:"site" group:"pages" placeholder:"URL" env:"JIANBAO_SITE" zh:"大家打开页面所用的网址，如 https://jianbao.example；提醒邮件里的链接以它开头，不写就没有链接。" help:"Address under which people see the pages, such as https://jianbao.example; links in notices begin with it, and there are none if it is empty."`
}

var (
	badInstallation = fault.Say("cmd.bad-installation", "安装标识文件%s读不出来；它应有64个十六进制数字", "the installation file %s cannot be read; it holds 64 hexadecimal digits")
	noInstallation  = fault.Say("cmd.no-installation", "安装标识文件%s建不了", "the installation file %s cannot be made")
	adopted         = fault.Say("cmd.adopted", "数据库现在属于本安装（%s），此前属于%s；请确认那一处已停用", "the database belongs to this installation (%s) now; before it was that of %s, which must be shut down")
	adoptedNone     = fault.Say("cmd.adopted-already", "数据库属于本安装（%s）", "the database belongs to this installation (%s)")
)

// A machine is what the installation file makes of this one.
type machine struct {
	id      string
	tickets workflow.TicketKey
	hooks   hooks.Key
	passes  entry.Key
	setUp   []byte // of the codes that guard an empty office
}

// machineIn reads the installation file, and makes it where there is none. The
// one in the data directory would be copied with the data, so that the id of
// the operating system (machine-id(5)) counts, too, where there is one.
func (s installationSettings) machineIn(dir string) (machine, error) {
	path, bound := s.Installation, ""
	if path == "" {
		path = filepath.Join(dir, "installation")
		raw, _ := os.ReadFile("/etc/machine-id") // containers have none
		bound = trimmed(raw)
	}
	secret, err := secretIn(path)
	if err != nil {
		return machine{}, err
	}
	derive := func(what string) []byte {
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(what))
		return mac.Sum(nil)
	}
	return machine{id: hex.EncodeToString(derive("id " + bound))[:12], tickets: derive("tickets"), hooks: derive("hooks"), passes: derive("passes"), setUp: derive("set up")}, nil
}

// secretIn returns what the file holds, 32 bytes.
func secretIn(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeSecret(path); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, fault.New(fault.Unavailable, noInstallation.With(path)).Because(err)
		}
		raw, err = os.ReadFile(path) // perhaps another process's, who was first
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, badInstallation.With(path)).Because(err)
	}
	secret, err := hex.DecodeString(trimmed(raw))
	if err != nil || len(secret) != 32 {
		return nil, fault.New(fault.Invalid, badInstallation.With(path)).Because(err)
	}
	return secret, nil
}

// makeSecret makes the file, whole or not at all, and never over another.
func makeSecret(path string) error {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails (crypto/rand)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".installation-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	_, err = fmt.Fprintln(draft, hex.EncodeToString(secret))
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return os.Link(draft.Name(), path)
}

// installed makes an office that of a machine: notices are written with links
// to its pages, and nothing is sent unless the database is its own.
func (o *office) installed(m machine, site string) {
	site = strings.TrimRight(site, "/")
	host, _ := os.Hostname()
	identity := workflow.Identity{Keep: o.store, Own: workflow.Installation{ID: m.id, At: time.Now(), By: host}}
	o.belongs = identity.Check
	o.site, o.hookKey, o.passKey, o.setUp, o.installation = site, m.hooks, m.passes, m.setUp, m.id
	o.scheduler.May = identity.Check
	o.scheduler.Letters = workflow.NoticeLetters(site, m.tickets, o.desk.Now, o.desk.NewID)
	receiving := o.receive(m, site)
	o.links = func(engine *mailer.Engine) {
		engine.Queue = ours{engine.Queue, identity}
		engine.Parts = linked{engine.Parts, m.tickets, m.passes, site, receiving, o.dkim}
	}
	if o.engine != nil {
		o.links(o.engine)
	}
}

// ready reports whether the office can do its work: the database answers, and
// is its own.
func (o *office) ready(ctx context.Context) error {
	if err := o.store.Ping(ctx); err != nil || o.belongs == nil {
		return err
	}
	return o.belongs(ctx)
}

// ours is a queue that gives out letters only while the database is this
// machine's.
type ours struct {
	mailer.Queue
	identity workflow.Identity
}

// Claim implements mailer.Queue. A database of another machine has nothing to
// send; the scheduler says so.
func (q ours) Claim(ctx context.Context, limit int, now, until time.Time) ([]mailer.Delivery, error) {
	err := q.identity.Check(ctx)
	if fault.Is(err, fault.Blocked) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return q.Queue.Claim(ctx, limit, now, until)
}

// linked puts the links of one-time answers, receipts and passwords into letters when they
// are composed: the database has none of them.
type linked struct {
	mailer.Parts
	key       workflow.TicketKey
	passes    entry.Key
	site      string
	receiving workflow.Receiving
	dkim      *mailer.DKIM
}

// Content implements mailer.Parts.
func (l linked) Content(ctx context.Context, dispatch uuid.UUID) (mailer.Content, error) {
	content, err := l.Parts.Content(ctx, dispatch)
	if err != nil {
		return content, err
	}
	content.DKIM = l.dkim
	content.Text = []byte(l.passes.Linked(l.receiving.Linked(l.key.Linked(string(content.Text), l.site)), l.site))
	return content, withReceipt(ctx, l.receiving, &content)
}

// adopt makes a database that was moved this installation's.
type adopt struct {
	spoken
	database
	installationSettings
	By string `help:"Who says so." default:"admin" env:"USER" placeholder:"NAME"`
}

// Run adopts the database, and says whose it was.
func (a *adopt) Run(ctx context.Context, c *console) error {
	m, err := a.machineIn(a.Dir)
	if err != nil {
		return err
	}
	url, err := a.url()
	if err != nil {
		return err
	}
	o, err := open(ctx, url, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer o.close()
	before, err := o.store.Adopt(ctx, m.id, a.By, time.Now())
	if err != nil {
		return err
	}
	if before.ID == "" || before.ID == m.id {
		c.line(adoptedNone.With(m.id))
		return nil
	}
	c.line(adopted.With(m.id, before.ID))
	return nil
}
