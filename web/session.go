package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"

	"jianbao/web/page"
)

// How long a session lasts: one working day, or two hours away from the desk.
const (
	sessionLife = 12 * time.Hour
	sessionIdle = 2 * time.Hour
)

// sessionPerson is the key of the person's id in a session.
const sessionPerson = "person"

func newSessions(store scs.Store, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = store
	m.Lifetime, m.IdleTimeout = sessionLife, sessionIdle
	m.HashTokenInStore = true
	m.Cookie.Name = "jianbao"
	if secure {
		m.Cookie.Name = "__Host-jianbao" // this host only (RFC 6265bis 4.1.3.2)
	}
	m.Cookie.Path, m.Cookie.HttpOnly = "/", true
	m.Cookie.SameSite, m.Cookie.Secure = http.SameSiteLaxMode, secure
	m.Cookie.Persist = false
	return m
}

// signedIn lets a request pass that has a person who is still active; all
// others are led to the door, and back to the page they wanted.
func (s *server) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		person, err := s.whoIs(r)
		switch {
		case fault.Is(err, fault.NotFound):
			page.See(w, r, "/sign-in?"+url.Values{"next": {wanted(r)}}.Encode())
		case err != nil:
			s.kit.Fail(w, r, err)
		default:
			next.ServeHTTP(w, page.WithPerson(r, person))
		}
	})
}

// whoIs returns the active person of the session, or fault.NotFound.
func (s *server) whoIs(r *http.Request) (accounts.Person, error) {
	id, err := uuid.Parse(s.sessions.GetString(r.Context(), sessionPerson))
	if err != nil {
		return accounts.Person{}, page.NotHere()
	}
	person, err := s.People.PersonByID(r.Context(), id)
	if err == nil && !person.Active {
		return accounts.Person{}, page.NotHere()
	}
	return person, err
}

// wanted is where to go after signing in: the page itself, or the one whose form
// a change was sent from, where what was typed is still kept.
func wanted(r *http.Request) string {
	if r.Method == http.MethodGet {
		return r.URL.Path
	}
	if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host {
		return from.Path
	}
	return "/desk"
}

// inside returns the address if it lies in this program, or that of the list:
// nobody is led elsewhere by a link to the door.
func inside(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" ||
		!strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(u.Path, "\\\r\n\t") {
		return "/desk"
	}
	return u.EscapedPath()
}

// A signInView is the form at the door.
type signInView struct{ Login, Next string }

func (s *server) signInPage(w http.ResponseWriter, r *http.Request) {
	s.pages.Show(w, r, http.StatusOK, "sign-in", page.Page{Data: signInView{Next: inside(r.URL.Query().Get("next"))}})
}

func (s *server) signIn(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.kit.Fail(w, r, page.Unreadable(err))
		return
	}
	view := signInView{Login: strings.TrimSpace(r.PostForm.Get("login")), Next: inside(r.PostForm.Get("next"))}
	person, err := s.letIn(r, view.Login, r.PostForm.Get("password"))
	if err != nil {
		var soon tooSoon
		if errors.As(err, &soon) {
			w.Header().Set("Retry-After", strconv.Itoa(soon.seconds()))
		}
		s.pages.Refuse(w, r, "sign-in", page.Page{Data: view}, err)
		return
	}
	// A new token, so that one which was known before opens nothing.
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	s.sessions.Put(r.Context(), sessionPerson, person.ID.String())
	page.See(w, r, view.Next)
}

// letIn asks who has the login and the password, unless that was asked too
// often of late. Only what was wrong counts as asked.
func (s *server) letIn(r *http.Request, login, password string) (accounts.Person, error) {
	try, err := s.door.knock(s.Now(), login, r.RemoteAddr)
	if err != nil {
		return accounts.Person{}, err
	}
	who, err := s.SignIn.SignIn(r.Context(), login, password)
	if !fault.Is(err, fault.Unauthenticated) {
		try.forgive()
	}
	return who, err
}

func (s *server) signOut(w http.ResponseWriter, r *http.Request) {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	page.See(w, r, "/sign-in")
}
