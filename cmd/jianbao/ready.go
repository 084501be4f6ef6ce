package main

import (
	"context"
	"fmt"
	"net/http"

	"jianbao/fault"
	"jianbao/web/page"
)

// A readyPart is one thing that must be well before requests are served.
type readyPart struct {
	name string
	look func(context.Context) error
}

// readyParts are the database, its tables, whether the database is this
// machine's, and whether what is sealed in it can be opened.
func (o *office) readyParts() []readyPart {
	belongs := o.belongs
	if belongs == nil {
		belongs = func(context.Context) error { return nil }
	}
	tables := func(ctx context.Context) error {
		_, err := o.store.Tables(ctx)
		return err
	}
	return []readyPart{{"database", o.store.Ping}, {"tables", tables}, {"installation", belongs}, {"keys", o.opens}}
}

// opens returns nil if the key file has every key that something is sealed with.
func (o *office) opens(ctx context.Context) error {
	if o.keys == nil {
		return nil
	}
	sealed, err := o.store.Sealed(ctx)
	if err != nil {
		return err
	}
	return o.keys.Holds(sealed...)
}

// readiness answers whether requests can be served, with a line for each part:
// 200 and ok, or 503 and why not, in English, for whoever operates the program.
func (o *office) readiness(w http.ResponseWriter, r *http.Request) {
	status, first, rest := http.StatusOK, "ok", ""
	for _, part := range o.readyParts() {
		how := "ok"
		if err := part.look(r.Context()); err != nil {
			o.log.WarnContext(r.Context(), "not ready", "part", part.name, "error", err)
			status, first, how = http.StatusServiceUnavailable, "not ready", fault.Shown(err).Error()
		}
		rest += fmt.Sprintf("%s: %s\n", part.name, how)
	}
	page.Plain(w, status, first+"\n"+rest)
}
