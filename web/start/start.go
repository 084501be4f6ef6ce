// Package start is the way by which an empty installation becomes an office:
//
//	/start           while nobody has an account: the first administrator, for who
//	                 has the code that jianbao serve prints; then the steps, and
//	                 which of them are done
//	/start/{step}    one step: the office, a series, people, mail, sample data
//
// The first step needs nobody to sign in, since nobody could; the code keeps it
// from whoever else finds the address first. It is made from a key outside of the
// database and the moment at which the database was made, so that all processes
// of an office print the same one, and it opens nothing once there is a person.
// All other steps are for administrators, in any order, and can be left and come
// back to: what is done is seen from what there is.
//
// Everything is done by the rooms whose work it is: accounts by package entry,
// series by workflow/setup, relays on the pages of relays.
package start

import (
	"context"
	"crypto/subtle"
	"embed"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/mailer/relays"
	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/web/throttle"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

//go:embed templates
var files embed.FS

// Founder opens the first account; [entry.Desk] is one.
type Founder interface {
	// Found opens the account of the first administrator. It fails with
	// fault.Blocked if somebody has one already.
	Found(ctx context.Context, n entry.Newcomer, password, again string) (accounts.Person, error)

	// Add opens an account and makes its invitation.
	Add(ctx context.Context, actor accounts.Person, n entry.Newcomer) (entry.Given, error)
}

// Books is what there is, and where a series is written.
type Books interface {
	// People returns everybody.
	People(ctx context.Context) ([]accounts.Person, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)

	// Units returns the directory.
	Units(ctx context.Context) ([]recipients.Unit, error)

	// AddSettings writes a new series.
	AddSettings(ctx context.Context, all setup.Settings, by workflow.Named, at time.Time) error

	// Relays returns the relays that were set on the pages.
	Relays(ctx context.Context) ([]relays.Setting, error)

	// House returns what the office sets.
	House(ctx context.Context) (entry.House, error)

	// SaveHouse writes it, with lines of the record.
	SaveHouse(ctx context.Context, h entry.House, lines ...entry.Line) error
}

// Config is what the room needs.
type Config struct {
	Founder Founder
	Books   Books
	// Code returns the code that guards an empty office.
	Code func(ctx context.Context) (string, error)
	// Configured says that the configuration sets a relay.
	Configured bool
	// Plant plants the sample data.
	Plant func(ctx context.Context) error
	NewID func() uuid.UUID
	// Site is where links begin; without it they begin with the request's.
	Site   string
	Secure bool
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
	tries *throttle.Shared // of the code, from everywhere
}

// How often the code may be wrong: whoever guesses is not let to guess much, and
// keeps the owner, who has the code before them, waiting for a minute at most.
const (
	triesAtOnce = 5
	triesEvery  = 30 * time.Second
)

func (c Config) open(kit *page.Kit) (*room, error) {
	if c.Founder == nil || c.Books == nil || c.Code == nil || c.Plant == nil || c.NewID == nil {
		return nil, errors.New("web: the pages of the start need a founder, books, a code, a sample and ids")
	}
	pages, err := kit.Parse(files, nil)
	return &room{kit, c, pages, throttle.Share("start", throttle.New(triesAtOnce, triesEvery, 1), kit.Counts, kit.Log)}, err
}

// Room makes the steps behind the door.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		rm, err := c.open(kit)
		if err != nil {
			return nil, err
		}
		return page.Routes{
			"GET /start/steps":   rm.admins(rm.steps),
			"GET /start/house":   rm.admins(rm.house),
			"POST /start/house":  rm.admins(rm.saveHouse),
			"GET /start/series":  rm.admins(rm.series),
			"POST /start/series": rm.admins(rm.makeSeries),
			"GET /start/people":  rm.admins(rm.people),
			"POST /start/people": rm.admins(rm.addPerson),
			"POST /start/sample": rm.admins(rm.sample),
			"GET /start/sample":  rm.admins(func(w http.ResponseWriter, r *http.Request) { page.See(w, r, "/start/steps") }),
		}, nil
	}
}

// Outside makes the first step, which needs nobody to sign in.
func Outside(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		rm, err := c.open(kit)
		if err != nil {
			return nil, err
		}
		return page.Routes{"GET /start": rm.first, "POST /start": rm.found}, nil
	}
}

func (rm *room) admins(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !page.Person(r).Has(accounts.Admin, uuid.Nil) {
			rm.Nothing(w, r)
			return
		}
		next(w, r)
	}
}

// A firstView is the first step, as typed.
type firstView struct{ Login, Name string }

// empty reports whether nobody has an account. Where somebody has, the steps are
// behind the door.
func (rm *room) empty(w http.ResponseWriter, r *http.Request) bool {
	all, err := rm.Books.People(r.Context())
	switch {
	case err != nil:
		rm.Fail(w, r, err)
	case len(all) > 0:
		page.See(w, r, "/start/steps")
	default:
		return true
	}
	return false
}

func (rm *room) first(w http.ResponseWriter, r *http.Request) {
	if rm.empty(w, r) {
		rm.pages.Show(w, r, http.StatusOK, "first", page.Page{Data: firstView{Login: "admin"}})
	}
}

var (
	wrongCode = fault.Say("start.wrong-code", "启用码不对；它印在运行 jianbao serve 的窗口或日志里", "the code is wrong; jianbao serve prints it where it runs, or in its log")
	tooOften  = fault.Say("start.too-often", "启用码错得太多，请过半分钟再试", "the code was wrong too often; try again in half a minute")
)

// found opens the account of the first administrator.
func (rm *room) found(w http.ResponseWriter, r *http.Request) {
	if !rm.empty(w, r) {
		return
	}
	_, err := rm.ReadForm(w, r)
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	if err == nil {
		err = rm.guards(r, field("code"))
	}
	if err == nil {
		n := entry.Newcomer{Login: field("login"), Name: field("name"), Grants: []accounts.Grant{{Role: accounts.Admin}}}
		_, err = rm.Founder.Found(r.Context(), n, r.PostForm.Get("password"), r.PostForm.Get("again"))
	}
	if err != nil {
		rm.pages.Refuse(w, r, "first", page.Page{Data: firstView{field("login"), field("name")}}, err)
		return
	}
	page.See(w, r, "/sign-in?set=1&next=/start/steps")
}

// guards proves the code, unless it was wrong too often of late.
func (rm *room) guards(r *http.Request, typed string) error {
	try := rm.tries.Take(r.Context(), rm.Now(), "")
	if try.Wait > 0 {
		return fault.New(fault.TooMany, tooOften.With())
	}
	code, err := rm.Code(r.Context())
	if err != nil || subtle.ConstantTimeCompare([]byte(plain(code)), []byte(plain(typed))) == 1 {
		try.Forgive()
		return err
	}
	return fault.New(fault.Invalid, wrongCode.With())
}

// plain is a code as it may be typed: in any case, with or without its hyphens.
func plain(code string) string {
	return strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))
}

// A stepsView is the page of the steps: which are done, and the numbers of what
// there is.
type stepsView struct {
	House      entry.House
	Series     []workflow.Series
	People     int
	Relay      bool // letters go out, or are being tried
	Trial      bool
	Sample     bool // it can still be planted
	Configured bool
}

func (rm *room) stepsView(ctx context.Context) (v stepsView, err error) {
	v.Configured = rm.Configured
	if v.House, err = rm.Books.House(ctx); err != nil {
		return v, err
	}
	if v.Series, err = rm.Books.SeriesAll(ctx); err != nil {
		return v, err
	}
	people, err := rm.Books.People(ctx)
	if err != nil {
		return v, err
	}
	set, err := rm.Books.Relays(ctx)
	v.People = len(people)
	v.Trial = slices.ContainsFunc(set, func(s relays.Setting) bool { return s.Kind == relays.Trial })
	v.Relay = rm.Configured || len(set) > 0
	v.Sample = len(v.Series) == 0
	return v, err
}

func (rm *room) steps(w http.ResponseWriter, r *http.Request) { rm.showSteps(w, r, nil) }

func (rm *room) showSteps(w http.ResponseWriter, r *http.Request, refused error) {
	v, err := rm.stepsView(r.Context())
	switch {
	case err != nil:
		rm.Fail(w, r, err)
	case refused != nil:
		rm.pages.Refuse(w, r, "steps", page.Page{Room: "settings", Data: v}, refused)
	default:
		rm.pages.Show(w, r, http.StatusOK, "steps", page.Page{Room: "settings", Data: v})
	}
}

// sample plants the sample data, while there is no series of the office's own.
func (rm *room) sample(w http.ResponseWriter, r *http.Request) {
	v, err := rm.stepsView(r.Context())
	if err == nil && !v.Sample {
		err = fault.New(fault.Blocked, noSample.With())
	}
	if err == nil {
		err = rm.Plant(r.Context())
	}
	if err != nil {
		rm.showSteps(w, r, err)
		return
	}
	page.See(w, r, "/start/steps")
}

var noSample = fault.Say("start.no-sample", "已经有刊物，不再放入样例", "there is a series already; no sample is planted beside it")
