package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"

	"jianbao/cmd/jianbao/logs"
	"jianbao/fault"
	"jianbao/mailer"
)

// serve runs the program.
type serve struct {
	settings
	traceSettings
}

var (
	portTaken  = fault.Say("cmd.port-taken", "地址 %s 已被占用（可能另一个 jianbao 正在运行）；请先停止它，或用 --listen 换一个", "the address %s is in use, perhaps by another jianbao; stop that, or choose another with --listen")
	badAddress = fault.Say("cmd.bad-address", "不能在地址 %s 上监听；--listen 应写成 主机:端口", "nothing can listen on the address %s; --listen is HOST:PORT of this machine")
	serving    = fault.Say("cmd.serving", "简报已启动：http://%s", "jianbao is up at http://%s")
	partServes = fault.Say("cmd.part-serves", "简报已启动：只做 %s，没有网页", "jianbao is up, for the %s alone, without pages")
	noRelay    = fault.Say("cmd.no-relay", "没有设置邮件中继（--relay，或登录后在“发信”页上设置），到时的信件会排队等候", "no relay is set (--relay, or on the page of mail); letters will wait in the queue")
)

// Run serves until it is told to stop. Told so while it is still starting, it
// ends well: what could not be begun any more is no failure.
func (s *serve) Run(ctx context.Context, c *console) error {
	begun, err := s.run(ctx, c)
	if !begun && ctx.Err() != nil {
		return nil
	}
	return err
}

// run starts everything and serves; begun says that it came to that. What is
// wrong with the settings is said before the database is touched.
func (s *serve) run(ctx context.Context, c *console) (begun bool, err error) {
	mail, err := s.takes()
	if err != nil {
		return false, err
	}
	fetched, err := s.fetches()
	if err != nil {
		return false, err
	}
	if _, err := fontsIn(s.FontsDir); err != nil {
		return false, err
	}
	listener, err := s.listen()
	if err != nil {
		return false, err
	}
	if listener != nil {
		defer listener.Close()
	}
	numbers, err := s.listenForMetrics()
	if err != nil {
		return false, err
	}
	if numbers != nil {
		defer numbers.Close()
	}
	url, err := s.url()
	if err != nil {
		return false, err
	}
	o, err := open(ctx, url, logs.New(c.Err, s.Log))
	if err != nil {
		return false, err
	}
	defer o.close()
	stop, err := s.trace(ctx, o)
	if err != nil {
		return false, err
	}
	defer stop()
	o.desk.Limit, o.guard, o.proxies = int(s.MailLimit), s.guard(), s.Proxies
	if err = o.printWith(s.FontsDir); err != nil {
		return false, err
	}
	if mail != nil {
		o.sendBy(mail.engine())
		o.engine.Queue, o.dkim = inHours{o.engine.Queue, s.MailWindow, s.Zone.location()}, mail.dkim
	}
	if err = s.sealedIn(ctx, o, s.Dir); err != nil {
		return false, err
	}
	if err = s.own(ctx, o, c); err != nil {
		return false, err
	}
	if o.provider, err = s.oidcSettings.provider(o, s.Site); err != nil {
		return false, err
	}
	if fetched != nil {
		o.fetchBy(fetched)
	}
	s.watched(o)
	if err := s.saysWhoMails(ctx, o, c); err != nil {
		return false, err
	}
	jobs, err := s.jobs(ctx, o, listener, c)
	if err != nil {
		return false, err
	}
	jobs = append(jobs, o.hinted())
	if numbers != nil {
		jobs = append(jobs, o.metricsAt(numbers))
	}
	return true, together(ctx, jobs...)
}

// own makes the office this machine's, and says so if the database is not.
func (s *serve) own(ctx context.Context, o *office, c *console) error {
	m, err := s.machineIn(s.Dir)
	if err != nil {
		return err
	}
	o.installed(m, s.Site)
	why := o.belongs(ctx)
	if fault.Is(why, fault.Blocked) {
		fmt.Fprintln(c.Err, fault.Shown(why).In(c.Lang))
		return nil
	}
	return why
}

func (s *serve) runs(part string) bool { return s.Only == "" || s.Only == part }

// takes returns how letters go, nil if none are sent here.
func (s *serve) takes() (*posting, error) {
	switch {
	case !s.runs("mailer"):
		return nil, nil
	case s.Relay != "":
		p, err := s.posting()
		return &p, err
	}
	return nil, nil
}

// listen takes the port.
func (s *serve) listen() (net.Listener, error) {
	if !s.runs("web") {
		return nil, nil
	}
	listener, err := net.Listen("tcp", s.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fault.New(fault.Unavailable, portTaken.With(s.Listen)).Because(err)
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, badAddress.With(s.Listen)).Because(err)
	}
	return listener, nil
}

func (s *serve) jobs(ctx context.Context, o *office, listener net.Listener, c *console) ([]func(context.Context) error, error) {
	var jobs []func(context.Context) error
	if s.runs("scheduler") {
		jobs = append(append(jobs, o.scheduler.Run, o.hookSender().Run), s.upkeep(o)...)
	}
	if o.engine != nil {
		jobs = append(jobs, o.engine.Run)
	} else if s.runs("mailer") {
		jobs = append(jobs, s.postBy(o))
	}
	if o.poller != nil {
		jobs = append(jobs, o.poller.Run)
	}
	if listener == nil {
		c.line(partServes.With(s.Only))
	} else {
		pages, err := o.pages(listener, s.Secure)
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, pages)
		c.line(serving.With(listener.Addr().String()))
		if err := o.saysCode(ctx, c, listener.Addr().String()); err != nil {
			return nil, err
		}
	}
	return jobs, nil
}

// inHours is a queue that gives out letters within the office's hours alone.
// What was claimed before they end may go shortly after.
type inHours struct {
	mailer.Queue
	hours hours
	zone  *time.Location
}

// Claim implements mailer.Queue.
func (q inHours) Claim(ctx context.Context, limit int, now, until time.Time) ([]mailer.Delivery, error) {
	if !q.hours.Open(now.In(q.zone)) {
		return nil, nil
	}
	return q.Queue.Claim(ctx, limit, now, until)
}
