package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"os"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/sink"
	"jianbao/seeds"
)

// demo does the main job on the real bulletin.
//
// Its flags are no settings: what an office has set is not for trying out.
type demo struct {
	DB    string `name:"db" help:"Use this database, PostgreSQL URL or SQLite file, instead of one that is thrown away." placeholder:"URL"`
	Dir   string `name:"dir" help:"Keep the data in this directory; a second run sends nothing twice." placeholder:"DIR"`
	Relay string `help:"Send to this SMTP server instead of the built-in one." placeholder:"HOST:PORT"`
	JSON  bool   `name:"json" help:"Print one JSON object."`
	Serve bool   `help:"Stay up afterwards, with the pages and the received mail."`
}

var (
	demoFailed    = fault.Say("cmd.demo-failed", "演示没有得到应有的结果", "the demonstration did not end as it should")
	demoLate      = fault.Say("cmd.demo-late", "等了%d秒，信件仍未全部有结果", "after %d seconds not every letter was settled")
	demoStopped   = fault.Say("cmd.demo-stopped", "演示被中断", "the demonstration was interrupted")
	demoElsewhere = fault.Say("cmd.demo-elsewhere", "这个数据库里有别的刊物（%s）；演示会发走其中排队的信，请另选数据库", "this database has other series (%s); the demonstration would send their letters too, choose another")
	noAnswer      = fault.Say("cmd.relay-down", "邮件中继 %s 连不上：%s", "the mail relay %s cannot be reached: %s")
	demoAccounts  = fault.Say("cmd.demo-accounts", "登录名 %s（编辑）、%s（审核）、%s（收发），密码 %s", "logins %s (editor), %s (reviewer), %s (clerk), password %s")
	demoMail      = fault.Say("cmd.demo-mail", "收到的邮件：http://%s", "received mail: http://%s")
)

// patience is how long letters may take.
const patience = 60 * time.Second

// Run does the job and reports; it fails unless all of it came out right. A
// server that cannot be reached is said before anything is planted.
func (d *demo) Run(ctx context.Context, c *console) error {
	relay, box, err := d.relay(ctx)
	if err != nil {
		return err
	}
	if box != nil {
		defer box.Close()
	}
	fallback, err := os.MkdirTemp("", "jianbao-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fallback)
	url, err := database{DB: d.DB, Dir: cmp.Or(d.Dir, fallback)}.url()
	if err != nil {
		return err
	}
	o, err := open(ctx, url, slog.New(slog.NewTextHandler(c.Err, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	defer o.close()
	o.sendThrough(relay, mailer.DefaultConnections)
	return d.perform(ctx, c, o, box)
}

// relay returns where the letters go: the server that was named, or a sink.
func (d *demo) relay(ctx context.Context) (mailer.Relay, *sink.Sink, error) {
	relay := mailer.Relay{Addr: d.Relay, Security: mailer.Plain, Hello: "jianbao.example"}
	if d.Relay != "" {
		return relay, nil, reached(ctx, relay)
	}
	box, err := sink.Start("127.0.0.1:0")
	if err != nil {
		return relay, nil, err
	}
	relay.Addr = box.Addr()
	return relay, box, nil
}

// reached fails if the settings are wrong or the relay does not greet us.
func reached(ctx context.Context, relay mailer.Relay) error {
	if err := relay.Check(); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	session, answer := relay.Open(ctx)
	if session == nil {
		return fault.New(fault.Unavailable, noAnswer.With(relay.Addr, answer.Words)).Because(answer.Err)
	}
	session.Quit()
	return nil
}

func (d *demo) perform(ctx context.Context, c *console, o *office, box *sink.Sink) error {
	if err := o.alone(ctx); err != nil {
		return err
	}
	password := rand.Text()
	if err := seeds.Plant(ctx, o.store, o.hasher, password, time.Now()); err != nil {
		return err
	}
	walk := &walk{office: o}
	id, err := walk.toSchedule(ctx)
	if err != nil {
		return err
	}
	before, err := o.accepted(ctx, id)
	if err != nil {
		return err
	}
	if err := o.send(ctx, id); err != nil {
		return err
	}
	report, err := o.report(ctx, id, walk.refusals, box)
	if err != nil {
		return err
	}
	if err := report.print(c, d.JSON); err != nil {
		return err
	}
	if wrong := report.wrong(before, box != nil); len(wrong) > 0 {
		return fault.New(fault.Internal, demoFailed.With(), wrong...)
	}
	if d.Serve {
		return d.stay(ctx, c, o, box, password)
	}
	return nil
}

// alone fails if the database has series that are not the demonstration's.
func (o *office) alone(ctx context.Context) error {
	all, err := o.store.SeriesAll(ctx)
	for _, series := range all {
		if series.ID != seeds.SeriesID {
			return fault.New(fault.Blocked, demoElsewhere.With(series.Masthead))
		}
	}
	return err
}

// stay serves the pages and what the sink holds until it is told to stop.
func (d *demo) stay(ctx context.Context, c *console, o *office, box *sink.Sink, password string) error {
	logins, err := o.resetPasswords(ctx, password)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	pages, err := o.pages(listener, false)
	if err != nil {
		return err
	}
	jobs := []func(context.Context) error{o.scheduler.Run, o.hookSender().Run, o.engine.Run, pages}
	c.line(serving.With(listener.Addr().String()))
	c.line(demoAccounts.With(logins[0], logins[1], logins[2], password))
	if box != nil {
		mailbox, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		jobs = append(jobs, mailPages(mailbox, box))
		c.line(demoMail.With(mailbox.Addr().String()))
	}
	return together(ctx, jobs...)
}
