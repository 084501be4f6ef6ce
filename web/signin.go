package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/accounts/refusals"
	"jianbao/fault"

	"jianbao/web/page"
	"jianbao/web/throttle"
)

// Visits is where sign-ins are kept; see [entry.VisitBooks].
type Visits interface {
	// BeginVisit writes a visit.
	BeginVisit(ctx context.Context, v entry.Visit) error

	// Visit returns a visit, ended or not, or fault.NotFound.
	Visit(ctx context.Context, id uuid.UUID) (entry.Visit, error)

	// SawVisit notes when a visit was last of use.
	SawVisit(ctx context.Context, id uuid.UUID, at time.Time) error

	// EndVisit ends a visit of a person.
	EndVisit(ctx context.Context, person, id uuid.UUID, at time.Time, by string) error
}

// Second is the second factor; see [entry.Factors].
type Second interface {
	// Wants reports whether a person is asked for a code, and whether they have
	// to set one up first.
	Wants(ctx context.Context, p accounts.Person) (code, setUp bool, err error)

	// Check takes a code, or fails with fault.Unauthenticated.
	Check(ctx context.Context, p accounts.Person, code string) error
}

// Provider is single sign-on; package web/oidc is one.
type Provider interface {
	// Title is what people call it, on the button.
	Title() string

	// Begin returns the address to which a browser is sent, and what has to be
	// kept of this sign-in until it comes back.
	Begin(ctx context.Context) (address string, kept []byte, err error)

	// Finish returns who came back, by what was kept and the query of the
	// address they came back to. It fails with fault.Unauthenticated.
	Finish(ctx context.Context, kept []byte, query url.Values) (accounts.Person, error)
}

// SetUpPage is where a second factor is set up, by who is in and has none.
const SetUpPage = "/me/codes"

// What a session holds of somebody who has proved a password, or comes back from
// the provider, and is not in yet.
const (
	halfPerson = "half-person" // id
	halfSince  = "half-since"
	halfWay    = "half-way"
	halfNext   = "half-next"
	providerOf = "provider" // what the provider has to be shown
)

// halfLife is how long somebody may take for a code.
const halfLife = 10 * time.Minute

// knownCookie names the last visit of a browser; see [door].
const (
	knownCookie = "jianbao-known"
	knownLife   = 180 * 24 * time.Hour
)

// A signInView is the form at the door.
type signInView struct {
	Login, Next string
	Provider    string // what people call it; "" is none
	Kept        kept   // what was sent without a session, if anything
	Set         bool   // they come from setting their password
}

// A beyond says what comes after the door: a page, or a form that was kept.
type beyond struct {
	Next string
	Kept kept
}

func (s *server) signInView(login, next string) signInView {
	v := signInView{Login: login, Next: inside(next)}
	if s.Provider != nil {
		v.Provider = s.Provider.Title()
	}
	return v
}

func (s *server) signInPage(w http.ResponseWriter, r *http.Request) {
	if s.Empty != nil {
		if empty, err := s.Empty(r.Context()); err == nil && empty {
			page.See(w, r, "/start")
			return
		}
	}
	view := s.signInView("", r.URL.Query().Get("next"))
	view.Set = r.URL.Query().Has("set")
	s.pages.Show(w, r, http.StatusOK, "sign-in", page.Page{Data: view})
}

func (s *server) signIn(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.kit.Fail(w, r, page.Unreadable(err))
		return
	}
	view := s.signInView(strings.TrimSpace(r.PostForm.Get("login")), r.PostForm.Get("next"))
	view.Kept = carried(r)
	person, err := s.letIn(r, view.Login, r.PostForm.Get("password"))
	if err != nil {
		s.refuseAtDoor(w, r, "sign-in", page.Page{Data: view}, err)
		return
	}
	s.proved(w, r, person, entry.ByPassword, beyond{view.Next, s.ofPerson(r, view.Kept, person)})
}

// refuseAtDoor shows a form at the door once more, and says how long to wait.
func (s *server) refuseAtDoor(w http.ResponseWriter, r *http.Request, name string, p page.Page, err error) {
	var soon tooSoon
	if errors.As(err, &soon) {
		w.Header().Set("Retry-After", strconv.Itoa(soon.seconds()))
	}
	s.pages.Refuse(w, r, name, p, err)
}

// letIn asks who has the login and the password, unless that was asked too
// often of late. Only what was wrong counts as asked.
func (s *server) letIn(r *http.Request, login, password string) (accounts.Person, error) {
	try, err := s.knock(r, login)
	if err != nil {
		s.kit.NotLetIn(r, refusals.Refusal{Why: refusals.Held, Login: login})
		return accounts.Person{}, err
	}
	who, err := s.SignIn.SignIn(r.Context(), login, password)
	if !fault.Is(err, fault.Unauthenticated) {
		try.forgive()
		return who, err
	}
	s.kit.NotLetIn(r, refusals.Refusal{Why: refusals.Password, Login: login})
	return who, err
}

// knock counts a try: by the device, where this login was in on it before, and
// by the login and the address otherwise.
func (s *server) knock(r *http.Request, login string) (knock, error) {
	if c, err := r.Cookie(knownCookie); err == nil {
		if id, err := uuid.Parse(c.Value); err == nil && s.wasIn(r.Context(), id, login) {
			return s.door.knockAgain(r.Context(), s.Now(), id.String())
		}
	}
	return s.door.knock(r.Context(), s.Now(), login, r.RemoteAddr)
}

// wasIn reports whether a visit was one of the person with a login. Nobody
// guesses the id of a visit.
func (s *server) wasIn(ctx context.Context, visit uuid.UUID, login string) bool {
	v, err := s.Visits.Visit(ctx, visit)
	if err != nil || s.Now().After(v.Began.Add(knownLife)) {
		return false
	}
	p, err := s.People.PersonByID(ctx, v.Person)
	return err == nil && p.Login == strings.ToLower(login)
}

// proved goes on with somebody who has proved who they are: to the second
// factor, where there is one, or in.
func (s *server) proved(w http.ResponseWriter, r *http.Request, p accounts.Person, way entry.Way, on beyond) {
	code, setUp := false, false
	if s.Second != nil {
		var err error
		if code, setUp, err = s.Second.Wants(r.Context(), p); err != nil {
			s.kit.Fail(w, r, err)
			return
		}
	}
	if !code {
		s.welcome(w, r, p, way, on, setUp)
		return
	}
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	for key, value := range map[string]string{halfPerson: p.ID.String(), halfWay: string(way), halfNext: on.Next} {
		s.sessions.Put(r.Context(), key, value)
	}
	s.sessions.Put(r.Context(), halfSince, s.Now().Unix())
	if len(on.Kept.Fields) > 0 {
		s.pages.Show(w, r, http.StatusOK, "code", page.Page{Data: on})
		return
	}
	page.See(w, r, "/sign-in/code")
}

// welcome begins a visit. The session gets a new token, so that one which was
// known before opens nothing.
func (s *server) welcome(w http.ResponseWriter, r *http.Request, p accounts.Person, way entry.Way, on beyond, setUp bool) {
	v := entry.Visit{
		ID: s.NewID(), Person: p.ID, Way: way, Device: entry.Device(r.UserAgent()), From: throttle.Network(r.RemoteAddr),
		Began: s.Now(), Seen: s.Now(), Expires: s.Now().Add(sessionLife),
	}
	again := s.wasHere(r, p)
	err := s.sessions.RenewToken(r.Context())
	if err == nil {
		err = s.Visits.BeginVisit(r.Context(), v)
	}
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	for _, key := range []string{halfPerson, halfWay, halfNext, halfSince, providerOf, sessionSetUp} {
		s.sessions.Remove(r.Context(), key)
	}
	s.sessions.Put(r.Context(), sessionPerson, p.ID.String())
	s.sessions.Put(r.Context(), sessionVisit, v.ID.String())
	s.sessions.Put(r.Context(), sessionAgain, again)
	if setUp {
		s.sessions.Put(r.Context(), sessionSetUp, true)
	}
	http.SetCookie(w, &http.Cookie{
		Name: knownCookie, Value: v.ID.String(), Path: "/sign-in", MaxAge: int(knownLife.Seconds()),
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode,
	})
	if len(on.Kept.Fields) > 0 && !setUp {
		s.pages.Show(w, page.WithPerson(r, p), http.StatusOK, "kept", page.Page{Data: on})
		return
	}
	page.See(w, r, on.Next)
}

// stillToSetUp leads somebody to the page on which a second factor is set up,
// unless they have one by now.
func (s *server) stillToSetUp(w http.ResponseWriter, r *http.Request, p accounts.Person) {
	_, setUp, err := s.Second.Wants(r.Context(), p)
	switch {
	case err != nil:
		s.kit.Fail(w, r, err)
	case setUp:
		page.See(w, r, SetUpPage+"?must=1")
	default:
		s.sessions.Remove(r.Context(), sessionSetUp)
		page.See(w, r, r.URL.Path)
	}
}
