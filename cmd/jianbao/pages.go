package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"jianbao/bulletin/intake"
	"jianbao/docs/handbook"
	"jianbao/web"
	filingpages "jianbao/web/filing"
	"jianbao/web/help"
	"jianbao/web/me"
	ownpages "jianbao/web/own"
	"jianbao/web/page"
	peoplepages "jianbao/web/people"
	"jianbao/web/receipts"
	startpages "jianbao/web/start"
	"jianbao/web/tray"
)

// pages returns the job that serves the pages on a listener. secure says that
// people come over https.
func (o *office) pages(listener net.Listener, secure bool) (func(context.Context) error, error) {
	site, err := o.everything(secure)
	if err != nil {
		return nil, err
	}
	return answering(listener, site), nil
}

// everything returns what is served, with its routes.
func (o *office) everything(secure bool) (*page.Site, error) {
	pages, err := web.New(o.entrance(web.Config{
		Desk: o.desk, Attachments: o.desk, Registrar: o.desk, Press: o.press, Intake: intake.Read, MailLimit: o.desk.Limit,
		Reads: o.store, Letters: o.store, Hints: o.store, Agenda: o.store, Deputies: o.desk, Books: o.store, Names: o.naming(), NewID: o.desk.NewID, People: o.store, Slips: o.receiving, Answers: o.answering, Sessions: o.store.Sessions(), Counts: o.store, Refused: o.refused, Looked: o.trail().Saw, Ready: o.ready,
		SignIn: o.signIn(), Now: time.Now, Log: o.log, Secure: secure, Rooms: o.rooms(), Outside: []page.Room{me.Outside(o.ownPages()), ownpages.Outside(o.unitPages()), peoplepages.Outside(o.peoplePages()), startpages.Outside(o.startPages())}, Public: []page.Room{help.Room(help.Config{Handbook: handbook.Files})}, Unread: o.store.Unread, Help: help.At,
		Chores: []page.Chores{receipts.Chores(o.receiptPages(), time.Now), filingpages.Chores(o.filingPages()), tray.Chores(tray.Config{Books: o.store})},
	}))
	if err != nil {
		return nil, err
	}
	return o.withAPI(pages, secure)
}

// answering returns the job that answers what comes on a listener. Told to stop,
// it lets requests that are under way come to their end.
func answering(listener net.Listener, handler http.Handler) func(context.Context) error {
	return usualBearing.answering(listener, handler)
}

// A bearing is how long a client may take, for its head, for all that it sends
// (uploads set a longer one of their own), for what it is sent, and between
// requests; and how large its head may be, in bytes. Whoever sends a byte a minute
// holds a connection no longer than that.
type bearing struct {
	head, body, answer, idle time.Duration
	headBytes                int
}

var usualBearing = bearing{10 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 64 << 10}

func (p bearing) answering(listener net.Listener, handler http.Handler) func(context.Context) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: p.head, ReadTimeout: p.body, WriteTimeout: p.answer, IdleTimeout: p.idle, MaxHeaderBytes: p.headBytes,
	}
	return func(ctx context.Context) error {
		stopped := make(chan struct{})
		go func() {
			defer close(stopped)
			<-ctx.Done()
			late, stop := context.WithTimeout(context.WithoutCancel(ctx), lastRequests)
			defer stop()
			if server.Shutdown(late) != nil {
				_ = server.Close() // who has not been answered by now is cut off
			}
		}()
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		<-stopped // Serve returns at once; requests are under way still
		return nil
	}
}

// lastRequests is how long requests may take that are under way when the program
// is told to stop.
const lastRequests = 20 * time.Second
