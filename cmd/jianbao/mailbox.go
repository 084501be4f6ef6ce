package main

import (
	"context"
	"errors"
	"html/template"
	"net"
	"net/http"
	"strconv"
	"time"

	"jianbao/mailer/sink"
)

// mailList shows what the demonstration's server received.
var mailList = template.Must(template.New("mail").Parse(`<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>收到的邮件</title><h1>收到的邮件</h1>
<ol>{{range $i, $m := .}}<li><a href="/{{$i}}">{{$m.Subject}}</a> → {{range $m.To}}{{.}} {{end}}</li>{{else}}<li>还没有邮件</li>{{end}}</ol></html>
`))

// mailPages returns the job that shows a sink's mail to this machine: a list,
// and the HTML part of each letter under a policy that lets nothing run or
// load.
func mailPages(listener net.Listener, box *sink.Sink) func(context.Context) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		_ = mailList.Execute(w, box.Messages())
	})
	mux.HandleFunc("GET /{n}", func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.PathValue("n"))
		messages := box.Messages()
		if err != nil || n < 0 || n >= len(messages) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(messages[n].HTML()))
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	return func(ctx context.Context) error {
		go func() {
			<-ctx.Done()
			_ = server.Close()
		}()
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	}
}
