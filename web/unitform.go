package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"

	"jianbao/web/page"
)

// A unitView is one unit as a form.
type unitView struct {
	Unit     recipients.Unit
	New      bool
	MayKeep  bool
	Above    string // the name of the unit above it
	Channels []recipients.Channel
	Levels   []recipients.Level
	Short    string // short names that were typed to be added
}

func (s *server) unit(w http.ResponseWriter, r *http.Request) {
	view, err := s.unitOf(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	s.pages.Show(w, r, http.StatusOK, "unit", page.Page{Data: view})
}

// unitOf returns the unit of a request; a new one where its id is "new".
func (s *server) unitOf(r *http.Request) (unitView, error) {
	view := unitView{MayKeep: mayKeep(page.Person(r)), Channels: recipients.Channels, Levels: recipients.Levels}
	if r.PathValue("id") == "new" {
		view.New, view.Unit = true, recipients.Unit{ID: s.NewID(), Channel: recipients.ByPaper, Copies: 1}
		return view, nil
	}
	all, err := s.Names.Units(r.Context())
	if err != nil {
		return view, err
	}
	find := func(id string) int {
		return slices.IndexFunc(all, func(u recipients.Unit) bool { return u.ID.String() == id })
	}
	n := find(r.PathValue("id"))
	if n < 0 {
		return view, page.NotHere()
	}
	view.Unit = all[n]
	if n := find(view.Unit.Parent.String()); n >= 0 {
		view.Above = all[n].Name
	}
	return view, nil
}

// saveUnit writes the form of a unit. Its name is typed for a new one alone: who
// is renamed keeps the past, and that is another act.
func (s *server) saveUnit(w http.ResponseWriter, r *http.Request) {
	view, err := s.unitOf(r)
	if err == nil {
		_, err = s.kit.ReadForm(w, r)
	}
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	if err = view.read(r); err == nil && view.New {
		err = s.Directory.AddUnit(r.Context(), view.Unit)
	} else if err == nil {
		err = s.Directory.SaveUnit(r.Context(), view.Unit)
	}
	if err != nil {
		s.pages.Refuse(w, r, "unit", page.Page{Data: view}, err)
		return
	}
	page.See(w, r, "/units/"+view.Unit.ID.String())
}

// read takes into the unit what was typed.
func (v *unitView) read(r *http.Request) error {
	field := func(name string) string { return strings.TrimSpace(plainLines(r.PostForm.Get(name))) }
	u := &v.Unit
	if v.New {
		u.Name = field("name")
	}
	u.Place, u.Phone = field("place"), field("phone")
	u.Postcode, u.Street = field("postcode"), field("street")
	u.Channel, u.Level = recipients.Channel(field("channel")), recipients.Level(field("level"))
	u.Addresses = lines(field("addresses"))
	u.Contact = recipients.Contact{Name: field("contact"), Phone: field("contact-phone"), Addresses: lines(field("contact-addresses"))}
	u.Deputy = recipients.Contact{Name: field("deputy"), Phone: field("deputy-phone"), Addresses: lines(field("deputy-addresses"))}
	gone := r.PostForm["drop"]
	u.Aliases = slices.DeleteFunc(slices.Clone(u.Aliases), func(a recipients.Alias) bool { return slices.Contains(gone, a.Name) })
	v.Short = field("short")
	for _, name := range lines(v.Short) {
		u.Aliases = append(u.Aliases, recipients.Alias{Name: name})
	}
	var wrong []fault.Reason
	number := func(name string) int {
		n, err := strconv.Atoi(field(name))
		if err != nil {
			wrong = append(wrong, page.BadNumber.With(field(name)))
		}
		return n
	}
	u.Copies, u.CopiesAssumed = number("copies"), field("assumed") != ""
	if !v.New {
		u.Version = number("version")
	}
	if len(wrong) > 0 {
		return fault.New(fault.Invalid, page.BadForm.With(), wrong...)
	}
	return nil
}

// lines are the lines of a field that say something.
func lines(text string) (all []string) {
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// Address is where the form is sent.
func (v unitView) Address() string {
	if v.New {
		return "/units/new"
	}
	return "/units/" + v.Unit.ID.String()
}

// Ended reports whether the unit is no more.
func (v unitView) Ended() bool { return !v.Unit.Ended.IsZero() }

// Lines is how a field shows several of them.
func (v unitView) Lines(all []string) string { return strings.Join(all, "\n") }

// HasParent reports whether there is a unit above.
func (v unitView) HasParent() bool { return v.Unit.Parent != uuid.Nil }
