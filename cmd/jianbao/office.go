package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/store"
	"jianbao/workflow"
)

// database says where the data are.
type database struct {
	DB  string `name:"db" help:"PostgreSQL URL, or the path of an SQLite file. Without it an SQLite file in --dir is used." env:"JIANBAO_DB" placeholder:"URL"`
	Dir string `name:"dir" help:"Directory for the data." env:"JIANBAO_DIR" placeholder:"DIR"`
}

var noDir = fault.Say("cmd.no-dir", "数据目录用不了：%s", "the data directory cannot be used: %s")

// url returns where the data are; fallback is the directory that is used if
// none was named.
func (d database) url(fallback string) (string, error) {
	if d.DB != "" {
		return d.DB, nil
	}
	dir := d.Dir
	if dir == "" {
		dir = fallback
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fault.New(fault.Unavailable, noDir.With(dir)).Because(err)
	}
	return filepath.Join(dir, "jianbao.db"), nil
}

// smtpRelay says where letters are handed over.
type smtpRelay struct {
	Relay             string `help:"SMTP relay that takes the letters, host:port." env:"JIANBAO_RELAY" placeholder:"HOST:PORT"`
	RelayTLS          string `name:"relay-tls" help:"How the connection is protected: starttls, tls or none." enum:"starttls,tls,none" default:"starttls" env:"JIANBAO_RELAY_TLS"`
	RelayUser         string `help:"Account at the relay." env:"JIANBAO_RELAY_USER"`
	RelayPasswordFile string `help:"File with the account's password." env:"JIANBAO_RELAY_PASSWORD_FILE" placeholder:"FILE"`
	Hello             string `help:"Our own full domain name, said to the relay." env:"JIANBAO_HELLO"`
	Connections       int    `help:"Connections to the relay at once." default:"4" env:"JIANBAO_CONNECTIONS"`
}

var noPassword = fault.Say("cmd.no-password", "读不到邮件中继的密码文件：%s", "the file with the relay's password cannot be read: %s")

// settings returns the relay as the mailer wants it.
func (r smtpRelay) settings() (mailer.Relay, error) {
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

// office is the rooms wired together over one database.
type office struct {
	store     *store.Store
	desk      *workflow.Desk
	scheduler *workflow.Scheduler
	engine    *mailer.Engine
	hasher    *accounts.Hasher
	log       *slog.Logger
}

// open wires an office. Only what a relay is given for can send.
func open(ctx context.Context, url string, log *slog.Logger) (*office, error) {
	books, err := store.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	newID := func() uuid.UUID { return uuid.Must(uuid.NewV7()) }
	desk := &workflow.Desk{Books: books, Render: renderer{}, Now: time.Now, NewID: newID}
	return &office{
		store: books, desk: desk, log: log,
		scheduler: &workflow.Scheduler{Desk: desk, Agenda: books, Log: log},
		hasher:    accounts.NewHasher(accounts.DefaultCost, 2),
	}, nil
}

// sendThrough gives the office a mail engine.
func (o *office) sendThrough(relay mailer.Relay, connections int) {
	o.engine = &mailer.Engine{
		Queue: o.store, Parts: o.store, Relay: relay, Connections: connections, Log: o.log,
	}
	o.scheduler.Released = o.engine.Wake
}

func (o *office) close() error { return o.store.Close() }

// together runs jobs until the first fails or ctx ends, then waits for all.
func together(ctx context.Context, jobs ...func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, len(jobs))
	for _, job := range jobs {
		go func() {
			err := job(ctx)
			stop()
			ended <- err
		}()
	}
	var all error
	for range jobs {
		all = errors.Join(all, <-ended)
	}
	return all
}
