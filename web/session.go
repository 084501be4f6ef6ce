package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"

	"jianbao/web/page"
	"jianbao/web/throttle"
)

// How long a session lasts: one working day, or two hours away from the desk.
const (
	sessionLife = 12 * time.Hour
	sessionIdle = entry.Idle
)

// What a session holds of somebody who is in.
const (
	sessionPerson = "person" // id
	sessionVisit  = "visit"  // id
	sessionSetUp  = "set-up" // a second factor is still to be set up
	sessionAgain  = "again"  // the last one who was in with this browser was the same person
)

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

// signedIn lets a request pass that has a person who is still active and whose
// visit nobody ended; all others are led to the door, and back to the page they
// wanted. Who still has to set up a second factor is led there first.
func (s *server) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		person, visit, err := s.whoVisits(r)
		switch {
		case fault.Is(err, fault.NotFound):
			s.toDoor(w, r)
		case err != nil:
			s.kit.Fail(w, r, err)
		case s.sessions.GetBool(r.Context(), sessionSetUp) && !strings.HasPrefix(r.URL.Path, SetUpPage):
			s.stillToSetUp(w, r, person)
		default:
			r = page.WithVisit(page.WithPerson(r, person), visit)
			by := accounts.Author{ID: person.ID, Name: person.Name, From: throttle.Network(r.RemoteAddr)}
			r = r.WithContext(accounts.WithAuthor(r.Context(), by))
			if err := s.looked(r, person); err != nil {
				s.kit.Fail(w, r, err)
				return
			}
			next.ServeHTTP(w, r)
		}
	})
}

// looked tells that somebody opens a page.
func (s *server) looked(r *http.Request, who accounts.Person) error {
	if s.Looked == nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return nil
	}
	return s.Looked(r.Context(), who, r.URL.Path)
}

// known lets everybody pass, and tells the page who it is where somebody is in. A
// page that is for all is not refused because nobody can say.
func (s *server) known(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if person, err := s.whoIs(r); err == nil {
			r = page.WithPerson(r, person)
		}
		next(w, r)
	}
}

// whoIs returns the active person of the session, or fault.NotFound.
func (s *server) whoIs(r *http.Request) (accounts.Person, error) {
	person, _, err := s.whoVisits(r)
	return person, err
}

// whoVisits returns the active person of the session and its visit, or
// fault.NotFound.
func (s *server) whoVisits(r *http.Request) (accounts.Person, uuid.UUID, error) {
	id, err := uuid.Parse(s.sessions.GetString(r.Context(), sessionPerson))
	if err != nil {
		return accounts.Person{}, uuid.Nil, page.NotHere()
	}
	visit, err := s.visiting(r, id)
	if err != nil {
		return accounts.Person{}, uuid.Nil, err
	}
	person, err := s.People.PersonByID(r.Context(), id)
	if err == nil && !person.Active {
		return accounts.Person{}, uuid.Nil, page.NotHere()
	}
	return person, visit, err
}

// visiting returns the visit of a session, which nobody may have ended, and
// notes that it was of use.
func (s *server) visiting(r *http.Request, person uuid.UUID) (uuid.UUID, error) {
	id, err := uuid.Parse(s.sessions.GetString(r.Context(), sessionVisit))
	if err != nil {
		return uuid.Nil, page.NotHere()
	}
	v, err := s.Visits.Visit(r.Context(), id)
	now := s.Now()
	if err == nil && (v.Person != person || !v.Open(now)) {
		err = page.NotHere()
	}
	if err == nil && now.Sub(v.Seen) >= entry.SeenEvery {
		err = s.Visits.SawVisit(r.Context(), id, now)
	}
	return id, err
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

// signOut ends the session and its visit.
func (s *server) signOut(w http.ResponseWriter, r *http.Request) {
	person, err := uuid.Parse(s.sessions.GetString(r.Context(), sessionPerson))
	visit, missing := uuid.Parse(s.sessions.GetString(r.Context(), sessionVisit))
	if err == nil && missing == nil {
		if err := s.Visits.EndVisit(r.Context(), person, visit, s.Now(), ""); err != nil {
			s.kit.Fail(w, r, err)
			return
		}
	}
	if err := s.sessions.Destroy(r.Context()); err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	page.See(w, r, "/sign-in")
}
