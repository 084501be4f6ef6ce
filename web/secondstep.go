package web

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/accounts/refusals"
	"jianbao/fault"

	"jianbao/web/page"
)

// half returns who has proved a password in this session and is asked for a
// code, or fault.NotFound.
func (s *server) half(r *http.Request) (accounts.Person, error) {
	id, err := uuid.Parse(s.sessions.GetString(r.Context(), halfPerson))
	if err != nil || s.Second == nil || s.Now().Sub(time.Unix(s.sessions.GetInt64(r.Context(), halfSince), 0)) > halfLife {
		return accounts.Person{}, page.NotHere()
	}
	person, err := s.People.PersonByID(r.Context(), id)
	if err == nil && !person.Active {
		err = page.NotHere()
	}
	return person, err
}

// codePage asks for a code.
func (s *server) codePage(w http.ResponseWriter, r *http.Request) {
	if _, err := s.half(r); err != nil {
		page.See(w, r, "/sign-in")
		return
	}
	s.pages.Show(w, r, http.StatusOK, "code", page.Page{Data: beyond{}})
}

// code takes a code and lets its owner in.
func (s *server) code(w http.ResponseWriter, r *http.Request) {
	person, err := s.half(r)
	if fault.Is(err, fault.NotFound) {
		page.See(w, r, "/sign-in")
		return
	}
	if err == nil {
		err = page.Unreadable(r.ParseForm())
	}
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	on := beyond{inside(s.sessions.GetString(r.Context(), halfNext)), s.ofPerson(r, carried(r), person)}
	if err := s.checked(r, person, r.PostForm.Get("code")); err != nil {
		s.refuseAtDoor(w, r, "code", page.Page{Data: on}, err)
		return
	}
	way := entry.Way(s.sessions.GetString(r.Context(), halfWay))
	s.welcome(w, r, person, way, on, false)
}

// checked proves a code, unless that was tried too often of late. Only what was
// wrong counts.
func (s *server) checked(r *http.Request, p accounts.Person, code string) error {
	try, err := s.door.code(r.Context(), s.Now(), p.ID.String())
	if err != nil {
		s.kit.NotLetIn(r, refusals.Refusal{Why: refusals.Held, Person: p.ID})
		return err
	}
	err = s.Second.Check(r.Context(), p, code)
	if !fault.Is(err, fault.Unauthenticated) {
		try.forgive()
		return err
	}
	s.kit.NotLetIn(r, refusals.Refusal{Why: refusals.Code, Person: p.ID})
	return err
}

// toProvider sends a browser to single sign-on.
func (s *server) toProvider(w http.ResponseWriter, r *http.Request) {
	if s.Provider == nil {
		s.kit.Nothing(w, r)
		return
	}
	address, kept, err := s.Provider.Begin(r.Context())
	if err == nil {
		err = s.sessions.RenewToken(r.Context())
	}
	if err != nil {
		s.pages.Refuse(w, r, "sign-in", page.Page{Data: s.signInView("", r.URL.Query().Get("next"))}, err)
		return
	}
	s.sessions.Put(r.Context(), providerOf, kept)
	s.sessions.Put(r.Context(), halfNext, inside(r.URL.Query().Get("next")))
	page.See(w, r, address)
}

// fromProvider lets in who comes back from there. What was kept is used once.
func (s *server) fromProvider(w http.ResponseWriter, r *http.Request) {
	kept := s.sessions.PopBytes(r.Context(), providerOf)
	if s.Provider == nil || kept == nil {
		page.See(w, r, "/sign-in")
		return
	}
	next := inside(s.sessions.GetString(r.Context(), halfNext))
	person, err := s.Provider.Finish(r.Context(), kept, r.URL.Query())
	if err != nil {
		if fault.Is(err, fault.Unauthenticated) {
			s.kit.NotLetIn(r, refusals.Refusal{Why: refusals.Provider})
		}
		s.pages.Refuse(w, r, "sign-in", page.Page{Data: s.signInView("", next)}, err)
		return
	}
	s.proved(w, r, person, entry.ByProvider, beyond{Next: next})
}
