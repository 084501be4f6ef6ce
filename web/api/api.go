package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"jianbao/accounts"
	"jianbao/accounts/refusals"
	"jianbao/bulletin/intake"
	"jianbao/web"
	"jianbao/web/api/op"
	"jianbao/web/metrics"
	"jianbao/web/page"
	"jianbao/web/throttle"
)

// Prefix is where everything lies.
const Prefix = "/api/v1"

// Config is what the API needs. Every field but Looked must be set.
type Config struct {
	Desk        web.Desk
	Papers      Papers
	Attachments web.Attachments
	Deputies    web.Deputies
	Reads       web.Reads
	Letters     web.Letters
	Agenda      web.Agenda
	Pages       Pages
	Books       web.Books
	Names       web.Names
	Remarks     Remarks
	RemarkBooks RemarkBooks
	Press       web.Press
	People      People
	Tokens      Tokens
	Answers     Answers
	// Intake reads a file that was handed in, see package intake.
	Intake func(name string, data []byte) (intake.Draft, error)
	Now    func() time.Time
	Log    *slog.Logger
	// Counts counts tries for all processes together; nil: each for itself.
	Counts throttle.Counts
	// Refused is told of who is not let in; nil: nobody is told.
	Refused *refusals.Recorder
	// Looked is told of everything that is read, by its path, before it is
	// answered; nil: nobody is told.
	Looked func(ctx context.Context, who accounts.Person, path string) error
	// Rooms are subjects that have a folder of their own.
	Rooms []op.Room
}

// A server is the API with all it needs.
type server struct {
	Config
	kit    *op.Kit
	large  chan struct{} // room for large bodies
	wrong  *throttle.Guesses
	tokens *throttle.Tally
}

func (c Config) complete() bool {
	return c.Desk != nil && c.Papers != nil && c.Attachments != nil && c.Deputies != nil && c.Agenda != nil && c.Reads != nil && c.Letters != nil && c.Pages != nil &&
		c.Books != nil && c.Names != nil && c.Remarks != nil && c.RemarkBooks != nil && c.Press != nil && c.People != nil && c.Tokens != nil && c.Answers != nil &&
		c.Intake != nil && c.Now != nil && c.Log != nil
}

// New returns everything under [Prefix] with its routes. It fails if a part is
// missing.
func New(c Config) (*page.Site, error) {
	if !c.complete() {
		return nil, errors.New("api: every field of Config must be set")
	}
	s := &server{
		Config: c, kit: &op.Kit{Reads: c.Reads, Now: c.Now, Log: c.Log, MaxBody: maxBody}, large: make(chan struct{}, maxLarge),
		wrong:  throttle.Guess(throttle.Tell("api.wrong", throttle.New(wrongTries, wrongEvery, maxRemembered), c.Counts, 1, c.Log), maxRemembered),
		tokens: throttle.Tell("api.token", throttle.New(tokenTries, tokenEvery, maxRemembered), c.Counts, tokenLot, c.Log),
	}
	mux := page.NewMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.kit.Refuse(w, r, op.NotHere()) })
	s.describe(mux)
	outer := http.NewServeMux()
	outer.Handle("GET "+Prefix+"/openapi.json", mux) // what can be asked is no secret
	outer.Handle("/", s.known(s.read(s.once(metrics.Named(mux.ServeMux)))))
	return &page.Site{Handler: s.caught(headers(spoken(outer))), Routes: mux.Patterns()}, nil
}

// describe registers every operation.
func (s *server) describe(mux *page.Mux) {
	config := huma.DefaultConfig("jianbao", "1")
	config.Info.Description = "The desk of an office's numbered bulletin, for programs. Guide: docs/api.md."
	config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", nil // the page of documents loads a script from elsewhere
	config.Formats = map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat}
	config.RejectUnknownQueryParameters = true
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "A token that `jianbao token new` made."},
	}
	config.Security = []map[string][]string{{"token": {}}}
	s.kit.API = humago.NewWithPrefix(mux, Prefix, config)
	s.describeIssues()
	s.describeChanges()
	s.describeFiles()
	s.describeComments()
	s.describeBooks()
	s.describeRemarks()
	s.describeSeries()
	for _, open := range s.Rooms {
		open(s.kit)
	}
	s.demandVersions()
}

// demandVersions makes the document say that If-Match must be there. The
// operations ask for it themselves, since its absence is 428 and no error of
// form (RFC 6585 section 3).
func (s *server) demandVersions() {
	for _, item := range s.kit.API.OpenAPI().Paths {
		for _, op := range []*huma.Operation{item.Put, item.Post, item.Delete} {
			if op == nil {
				continue
			}
			for _, p := range op.Parameters {
				p.Required = p.Required || p.Name == "If-Match"
			}
		}
	}
}
