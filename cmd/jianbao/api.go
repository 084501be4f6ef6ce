package main

import (
	"net/http"
	"time"

	"jianbao/bulletin/intake"
	"jianbao/web/api"
	"jianbao/web/metrics"
)

// withAPI puts what programs ask for beside the pages, and counts all of it.
// proxied says that a proxy may stand in front.
func (o *office) withAPI(pages http.Handler, proxied bool) (http.Handler, error) {
	programs, err := api.New(api.Config{
		Desk: o.desk, Papers: o.desk, Attachments: o.desk, Registrar: o.desk, Deputies: o.desk, Reads: o.store, Pages: o.store, Agenda: o.store,
		Books: o.store, Names: o.naming(), Remarks: o.remarkDesk(), RemarkBooks: o.store, Press: o.press, People: o.store, Tokens: o.store, Answers: o.store,
		Intake: intake.Read, Now: time.Now, Log: o.log,
	})
	if err != nil {
		return nil, err
	}
	all := http.NewServeMux()
	all.Handle(api.Prefix+"/", programs)
	all.Handle(metrics.Path, o.numbers.handler(o, proxied))
	all.Handle("/", pages)
	return o.numbers.requests.Count(metrics.Named(all)), nil
}
