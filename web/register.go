package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A registerView is the number register of a series.
type registerView struct {
	Series workflow.Series
	Zone   *time.Location
	Lines  []registerLine // the newest first
	Stub   *stubView      // for clerks
}

// A registerLine is one number that was given.
type registerLine struct{ workflow.RegisterLine }

// Linked reports whether the issue is here to be looked at.
func (l registerLine) Linked() bool { return l.Issue != uuid.Nil }

// OnPaper reports whether the issue circulates on paper only.
func (l registerLine) OnPaper() bool { return l.Paper != workflow.Paper{} }

// A stubView is the form that registers an issue which circulates on paper
// only.
type stubView struct {
	Series uuid.UUID
	// Next is the number that is given where none is typed; Day the last day
	// that an issue can bear.
	Next   int
	Day    string
	Levels []string
	Typed  stubTyped
}

// stubTyped is the form as it was typed.
type stubTyped struct{ No, Date, Title, Level, Term, Copies, Holder string }

// stubOf fills the form with what a refused head says, and with a title that
// tells nothing of the text.
func stubOf(label bulletin.Label, series workflow.Series) stubTyped {
	typed := stubTyped{Title: cmp.Or(label.Stub.Masthead, series.Masthead), Level: label.Level, Term: label.Term}
	if n := label.Stub.Number.No; n > 0 {
		typed.No = strconv.Itoa(n)
	}
	if !label.Stub.Date.IsZero() {
		typed.Date = label.Stub.Date.String()
	}
	return typed
}

// stub is what the form says, or a fault with everything that cannot be read.
func (t stubTyped) stub() (workflow.Stub, error) {
	stub := workflow.Stub{Title: t.Title, Level: t.Level, Term: t.Term, Holder: t.Holder}
	var wrong []fault.Reason
	number := func(text string) int {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			wrong = append(wrong, page.BadNumber.With(text))
		}
		return n
	}
	if t.No != "" {
		stub.No = number(t.No)
	}
	stub.Copies = number(t.Copies)
	day, err := time.Parse(time.DateOnly, t.Date)
	if err != nil {
		wrong = append(wrong, page.BadTime.With(t.Date))
	}
	if stub.Date = bulletin.DateOf(day); len(wrong) > 0 {
		return stub, fault.New(fault.Invalid, page.BadForm.With(), wrong...)
	}
	return stub, nil
}

func (s *server) stubForm(r *http.Request, series workflow.Series, typed stubTyped) (*stubView, error) {
	lines, err := s.Books.Register(r.Context(), series.ID)
	if err != nil {
		return nil, err
	}
	now := s.Now().In(series.Location())
	if typed.Date == "" {
		typed.Date = now.Format(time.DateOnly)
	}
	year := now.Year()
	if day, err := time.Parse(time.DateOnly, typed.Date); err == nil {
		year = day.Year()
	}
	return &stubView{
		Series: series.ID, Next: workflow.NextNumber(lines, bulletin.Ordinary, year).No, Day: now.Format(time.DateOnly),
		Levels: workflow.Levels(), Typed: typed,
	}, nil
}

// seriesOf returns the series of a request, or fault.NotFound where there is
// none that this person may see.
func (s *server) seriesOf(r *http.Request) (workflow.Series, error) {
	id, err := page.SeriesID(r)
	if err != nil {
		return workflow.Series{}, err
	}
	return s.Reads.Series(r.Context(), id)
}

func (s *server) register(w http.ResponseWriter, r *http.Request) {
	series, err := s.seriesOf(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	view, err := s.registerOf(r, series, stubTyped{Title: series.Masthead})
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	s.pages.Show(w, r, http.StatusOK, "register", page.Page{Room: "issues", Data: view})
}

func (s *server) registerOf(r *http.Request, series workflow.Series, typed stubTyped) (view registerView, err error) {
	view = registerView{Series: series, Zone: series.Location()}
	lines, err := s.Books.Register(r.Context(), series.ID)
	for _, line := range lines {
		view.Lines = append(view.Lines, registerLine{line})
	}
	slices.SortStableFunc(view.Lines, func(a, b registerLine) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), strings.Compare(string(a.Kind), string(b.Kind)), cmp.Compare(b.No, a.No))
	})
	if err == nil && page.Person(r).Has(accounts.Clerk, series.ID) {
		view.Stub, err = s.stubForm(r, series, typed)
	}
	return view, err
}

// stub registers an issue that circulates on paper only.
func (s *server) stub(w http.ResponseWriter, r *http.Request) {
	series, err := s.seriesOf(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	var typed stubTyped
	if _, err = s.kit.ReadForm(w, r); err == nil {
		field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
		typed = stubTyped{
			No: field("no"), Date: field("date"), Title: field("title"), Level: field("level"),
			Term: field("term"), Copies: field("copies"), Holder: field("holder"),
		}
		err = s.enter(r, series, typed)
	}
	if err == nil {
		page.See(w, r, "/series/"+series.ID.String()+"/register")
		return
	}
	view, broken := s.registerOf(r, series, typed)
	if broken != nil {
		s.kit.Fail(w, r, broken)
		return
	}
	s.pages.Refuse(w, r, "register", page.Page{Room: "issues", Data: view}, err)
}

func (s *server) enter(r *http.Request, series workflow.Series, typed stubTyped) error {
	stub, err := typed.stub()
	if err == nil {
		_, err = s.Registrar.Stub(r.Context(), page.Actor(r), series.ID, stub)
	}
	return err
}
