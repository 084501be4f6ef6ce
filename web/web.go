package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/refusals"
	"jianbao/bulletin/intake"
	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/metrics"
	"jianbao/web/page"
	"jianbao/web/throttle"
)

// Config is what the pages need. Every field but Secure and MailLimit must be
// set.
type Config struct {
	Desk        Desk
	Attachments Attachments
	Registrar   Registrar
	Reads       Reads
	Letters     Letters
	Agenda      Agenda
	Deputies    Deputies
	Books       Books
	Names       Names
	Press       Press
	People      People
	SignIn      SignIn
	// Slips is where units acknowledge without an account; nil has no such page.
	Slips Slips
	// Answers is where people decide without signing in; nil has no such page.
	Answers Answers
	// Intake reads a file that was handed in, see package intake. It refuses
	// what is classified before anything of it is kept.
	Intake func(name string, data []byte) (intake.Draft, error)
	// Rooms are pages that have a folder of their own, behind the same door.
	Rooms []page.Room
	// Chores are what rooms put on people's desks.
	Chores []page.Chores
	// Outside are pages of the same sort that need nobody to sign in.
	Outside []page.Room
	// Public are pages for everybody as well, and no secret: whoever is in finds
	// the rooms of the desk above them.
	Public []page.Room
	// Unread counts the notices that a person has not read; nil shows no count.
	Unread func(ctx context.Context, person uuid.UUID) (int, error)
	// Help is the address of what the handbook says of a page, by its pattern;
	// nil has no handbook.
	Help func(pattern string) string
	// Visits keeps who signed in where, and Second asks for a second factor; a
	// nil Second asks nobody.
	Visits Visits
	Second Second
	// Provider is single sign-on; nil is none.
	Provider Provider
	// Empty reports whether nobody has an account yet; nil is never so.
	Empty func(ctx context.Context) (bool, error)
	// Looked is told of every page that somebody opens behind the door, by its
	// path, before it is shown; nil: nobody is told. What it fails with is shown
	// instead.
	Looked func(ctx context.Context, who accounts.Person, path string) error
	// Counts counts tries at the doors for all processes together; nil:
	// each for itself.
	Counts throttle.Counts
	// Refused is told of who is not let in; nil: nobody is told.
	Refused *refusals.Recorder
	// Sessions keeps sessions between requests.
	Sessions scs.Store
	// Ready returns nil when requests can be served; /readyz asks it.
	Ready func(ctx context.Context) error
	// Hints say when to look at letters that somebody watches; nil has them looked
	// at from time to time.
	Hints Hints
	Now   func() time.Time
	NewID func() uuid.UUID
	Log   *slog.Logger
	// MailLimit is how large a letter may be, in bytes as encoded for mail; 0
	// is workflow.DefaultLimit.
	MailLimit int
	// Secure says that people come over HTTPS: cookies are sent there only.
	Secure bool
}

// A server is the pages with all they need.
type server struct {
	Config
	sessions *scs.SessionManager
	door     *door
	// liveFor, liveEvery and liveSeldom are the constants, shorter in tests.
	liveFor, liveEvery, liveSeldom time.Duration

	kit     *page.Kit
	rooms   page.Routes
	outside page.Routes
	public  page.Routes
	pages   *page.Set
}

// New returns all pages with their routes. It fails if a part is missing.
func New(c Config) (*page.Site, error) {
	if c.Desk == nil || c.Attachments == nil || c.Registrar == nil || c.Reads == nil || c.Letters == nil || c.Agenda == nil || c.Deputies == nil || c.Books == nil || c.Names == nil || c.Press == nil {
		return nil, errors.New("web: Desk, Attachments, Registrar, Reads, Letters, Agenda, Deputies, Books, Names and Press must be set")
	}
	if c.People == nil || c.SignIn == nil || c.Intake == nil || c.Sessions == nil || c.Visits == nil || c.Ready == nil || c.Now == nil || c.NewID == nil || c.Log == nil {
		return nil, errors.New("web: People, SignIn, Intake, Sessions, Visits, Ready, Now, NewID and Log must be set")
	}
	if c.MailLimit == 0 {
		c.MailLimit = workflow.DefaultLimit
	}
	if c.Hints == nil {
		c.Hints = noHints{}
	}
	kit, err := page.New(c.Now, c.Log)
	if err != nil {
		return nil, err
	}
	pages, err := kit.Parse(templateFiles, nil)
	if err != nil {
		return nil, err
	}
	s := &server{Config: c, sessions: newSessions(c.Sessions, c.Secure), door: newDoor(c.Counts, c.Log), kit: kit, pages: pages, liveFor: liveFor, liveEvery: liveEvery, liveSeldom: liveSeldom}
	kit.Unread, kit.Help, kit.Counts, kit.Refused = c.Unread, c.Help, c.Counts, c.Refused
	if s.rooms, err = page.Open(kit, c.Rooms...); err != nil {
		return nil, err
	}
	if s.outside, err = page.Open(kit, c.Outside...); err != nil {
		return nil, err
	}
	if s.public, err = page.Open(kit, c.Public...); err != nil {
		return nil, err
	}
	s.sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) { s.kit.Fail(w, r, err) }
	site := s.routes()
	site.Handler = s.guarded(site.Handler)
	return site, nil
}

// entrance are the pages at which people come in and go out.
func (s *server) entrance(door *page.Mux) {
	door.HandleFunc("GET /sign-in", s.signInPage)
	door.HandleFunc("POST /sign-in", s.signIn)
	door.HandleFunc("GET /sign-in/code", s.codePage)
	door.HandleFunc("POST /sign-in/code", s.code)
	door.HandleFunc("GET /sign-in/provider", s.toProvider)
	door.HandleFunc("GET /sign-in/back", s.fromProvider)
	door.HandleFunc("GET "+againPath, s.againPage)
	door.HandleFunc("POST "+againPath, s.fetch)
	door.HandleFunc("POST /sign-out", s.signOut)
}

// routes returns the table of everything that can be asked for.
func (s *server) routes() *page.Site {
	door := page.NewMux()
	s.entrance(door)
	door.HandleFunc("GET /receipt/{token}", s.guessed(s.slip))
	door.HandleFunc("POST /receipt/{token}", s.guessed(s.signSlip))
	door.HandleFunc("GET /answer/{token}", s.guessed(s.unlisted(s.ticket)))
	door.HandleFunc("POST /answer/{token}", s.guessed(s.unlisted(s.answer)))
	for pattern, next := range map[string]http.HandlerFunc{
		"GET /{$}":                              func(w http.ResponseWriter, r *http.Request) { page.See(w, r, "/desk") },
		"GET /desk":                             s.desk,
		"POST /desk/away":                       s.beAway,
		"POST /desk/away/{id}":                  s.beBack,
		"GET /desk/{more...}":                   func(w http.ResponseWriter, r *http.Request) { page.See(w, r, "/desk") },
		"GET /issues":                           s.issues,
		"POST /issues":                          s.openIssue,
		"POST /paste":                           s.pastePage,
		"GET /issues/new":                       s.newIssue,
		"GET /issues/{id}":                      s.issue,
		"GET /issues/{id}/edit":                 s.edit,
		"POST /issues/{id}/proof":               s.proof,
		"GET /issues/{id}/proof":                s.back,
		"POST /issues/{id}/merge":               s.merge,
		"GET /issues/{id}/merge":                s.back,
		"POST /issues/{id}/moved":               s.movePart,
		"GET /issues/{id}/moved":                s.back,
		"GET /issues/{id}/sign":                 s.sign,
		"GET /issues/{id}/dispatch":             s.dispatch,
		"GET /issues/{id}/dispatch/live":        s.live,
		"GET /issues/{id}/dispatch/letters.csv": s.lettersCSV,
		"GET /issues/{id}/{form}":               s.paper,
		"GET /issues/{id}/files/{sha}":          s.file,
		"GET /series/{id}/register":             s.register,
		"POST /series/{id}/register":            s.stub,
		"POST /issues/{id}/text":                s.saveText,
		"POST /issues/{id}/problems":            s.settle,
		"POST /issues/{id}/acts":                s.act,
		"POST /issues/{id}/names":               s.settleName,
		"POST /issues/{id}/comments":            s.comment,
		"POST /issues/{id}/comments/{comment}":  s.settleComment,
		"GET /issues/{id}/comments":             s.back,
		"GET /issues/{id}/comments/{comment}":   s.back,
		"POST /issues/{id}/file":                s.saveFile,
		"POST /issues/{id}/files":               s.attach,
		"POST /issues/{id}/order":               s.arrange,
		"POST /issues/{id}/repairs":             s.repair,
		// A refused change is shown under its own address; asking for that
		// again, to reload or in another language, shows the issue.
		"GET /issues/{id}/text":     s.back,
		"GET /issues/{id}/problems": s.back,
		"GET /issues/{id}/acts":     s.back,
		"GET /issues/{id}/names":    s.back,
		"GET /issues/{id}/file":     s.back,
		"GET /issues/{id}/files":    s.back,
		"GET /issues/{id}/order":    s.back,
		"GET /issues/{id}/repairs":  s.back,
		"/":                         s.kit.Nothing,
	} {
		door.Handle(pattern, s.signedIn(next))
	}
	for pattern, next := range s.outside {
		door.HandleFunc(pattern, s.guessed(s.unlisted(next)))
	}
	for pattern, next := range s.public {
		door.HandleFunc(pattern, s.known(next))
	}
	for pattern, next := range s.rooms {
		door.Handle(pattern, s.signedIn(next))
	}
	outer := page.NewMux()
	outer.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { page.Plain(w, http.StatusOK, "ok") })
	outer.HandleFunc("GET /readyz", s.ready)
	outer.HandleFunc("GET /static/{file...}", s.static)
	known := append(outer.Patterns(), door.Patterns()...)
	outer.Handle("/", s.sessions.LoadAndSave(metrics.Named(door.ServeMux)))
	return &page.Site{Handler: metrics.Named(outer.ServeMux), Routes: known}
}

// ready answers whether requests can be served now.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.Ready(r.Context()); err != nil {
		s.Log.WarnContext(r.Context(), "not ready", "error", err)
		page.Plain(w, http.StatusServiceUnavailable, "not ready: "+fault.Shown(err).Error())
		return
	}
	page.Plain(w, http.StatusOK, "ok")
}

func (s *server) back(w http.ResponseWriter, r *http.Request) {
	page.See(w, r, "/issues/"+r.PathValue("id"))
}
