package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web"
)

// serve runs the program.
type serve struct {
	database
	smtpRelay
	Listen string `help:"Address of the pages." default:"127.0.0.1:8380" env:"JIANBAO_LISTEN"`
	Only   string `help:"Run one part only: web, scheduler or mailer." enum:",web,scheduler,mailer" default:"" env:"JIANBAO_ONLY"`
}

var (
	portTaken = fault.Say("cmd.port-taken", "地址 %s 已被占用（可能另一个 jianbao 正在运行）；请先停止它，或用 --listen 换一个", "the address %s is in use, perhaps by another jianbao; stop that, or choose another with --listen")
	serving   = fault.Say("cmd.serving", "简报已启动：http://%s", "jianbao is up at http://%s")
	noRelay   = fault.Say("cmd.no-relay", "没有设置邮件中继（--relay），到时的信件会排队等候", "no relay is set (--relay); letters will wait in the queue")
	needRelay = fault.Say("cmd.need-relay", "只运行发信时必须设置邮件中继（--relay）", "the mailer alone needs a relay (--relay)")
)

// Run serves until it is told to stop.
func (s *serve) Run(ctx context.Context, c *console) error {
	listener, err := s.listen()
	if err != nil {
		return err
	}
	url, err := s.url(dataDir)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(c.Err, nil))
	o, err := open(ctx, url, log)
	if err != nil {
		return err
	}
	defer o.close()
	jobs, err := s.jobs(o, listener, c)
	if err != nil {
		return err
	}
	return together(ctx, jobs...)
}

func (s *serve) runs(part string) bool { return s.Only == "" || s.Only == part }

// listen takes the port before anything else is touched.
func (s *serve) listen() (net.Listener, error) {
	if !s.runs("web") {
		return nil, nil
	}
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return nil, fault.New(fault.Unavailable, portTaken.With(s.Listen)).Because(err)
	}
	return listener, nil
}

func (s *serve) jobs(o *office, listener net.Listener, c *console) ([]func(context.Context) error, error) {
	var jobs []func(context.Context) error
	switch {
	case s.Relay != "":
		relay, err := s.settings()
		if err != nil {
			return nil, err
		}
		o.sendThrough(relay, s.Connections)
	case s.Only == "mailer":
		return nil, fault.New(fault.Invalid, needRelay.With())
	default:
		fmt.Fprintln(c.Err, noRelay.With().In(c.Lang))
	}
	if s.runs("scheduler") {
		jobs = append(jobs, o.scheduler.Run)
	}
	if s.runs("mailer") && o.engine != nil {
		jobs = append(jobs, o.engine.Run)
	}
	if listener != nil {
		pages, err := o.pages(listener)
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, pages)
		fmt.Fprintln(c.Out, serving.With(listener.Addr().String()).In(c.Lang))
	}
	return jobs, nil
}

// pages returns the job that serves the pages on a listener.
func (o *office) pages(listener net.Listener) (func(context.Context) error, error) {
	handler, err := web.New(web.Config{
		Desk: o.desk, Reads: o.store, People: o.store, Names: o.store, Sessions: o.store.Sessions(), Ready: o.store.Ping,
		SignIn: accounts.Desk{People: o.store, Hasher: o.hasher}, Now: time.Now, Log: o.log,
	})
	if err != nil {
		return nil, err
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
	}
	return func(ctx context.Context) error {
		go func() {
			<-ctx.Done()
			late, stop := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
			defer stop()
			_ = server.Shutdown(late)
		}()
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	}, nil
}
