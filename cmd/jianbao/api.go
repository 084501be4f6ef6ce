package main

import (
	"net/http"
	"time"

	"jianbao/bulletin/intake"
	"jianbao/cmd/jianbao/logs"
	"jianbao/web/api"
	"jianbao/web/metrics"
	"jianbao/web/page"
)

// withAPI puts what programs ask for beside the pages, and counts all of it.
// proxied says that a proxy may stand in front.
func (o *office) withAPI(pages *page.Site, proxied bool) (*page.Site, error) {
	programs, err := api.New(api.Config{
		Desk: o.desk, Papers: o.desk, Attachments: o.desk, Deputies: o.desk, Reads: o.store, Letters: o.store, Pages: o.store, Agenda: o.store,
		Books: o.store, Names: o.naming(), Remarks: o.remarkDesk(), RemarkBooks: o.store, Press: o.press, People: o.store, Tokens: o.store, Answers: o.store,
		Intake: intake.Read, Now: time.Now, Log: o.log, Counts: o.store, Refused: o.refused, Looked: o.trail().Saw, Rooms: o.apiRooms(),
	})
	if err != nil {
		return nil, err
	}
	all := http.NewServeMux()
	all.Handle(api.Prefix+"/", programs)
	all.Handle(metrics.Path, o.numbers.handler(o, proxied))
	all.HandleFunc("GET /readyz", o.readiness) // in the place of the pages' own, which says less
	all.Handle("/", pages)
	known := append(append([]string{"GET " + metrics.Path}, programs.Routes...), pages.Routes...)
	return &page.Site{Handler: o.proxies.Resolved(o.numbers.requests.Count(o.logged(o.traced.HTTP(metrics.Named(all), metrics.Noted)))), Routes: known}, nil
}

// logged has a line in the log for every request.
func (o *office) logged(next http.Handler) http.Handler {
	return logs.HTTP(next, o.log, metrics.Noted)
}
