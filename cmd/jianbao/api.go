package main

import (
	"net/http"
	"time"

	"jianbao/bulletin/intake"
	"jianbao/web/api"
)

// withAPI puts what programs ask for beside the pages.
func (o *office) withAPI(pages http.Handler) (http.Handler, error) {
	programs, err := api.New(api.Config{
		Desk: o.desk, Papers: o.desk, Attachments: o.desk, Registrar: o.desk, Deputies: o.desk, Reads: o.store, Pages: o.store, Agenda: o.store,
		Books: o.store, Names: o.store, Press: o.press, People: o.store, Tokens: o.store, Answers: o.store,
		Intake: intake.Read, Now: time.Now, Log: o.log,
	})
	if err != nil {
		return nil, err
	}
	all := http.NewServeMux()
	all.Handle(api.Prefix+"/", programs)
	all.Handle("/", pages)
	return all, nil
}
