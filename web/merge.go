package web

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"jianbao/bulletin/weave"
	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
	"jianbao/web/textdiff"
)

// A mergeView is two texts of an issue that came from the same one: what this
// person typed, and what somebody else saved first.
type mergeView struct {
	Issue  workflow.Issue
	Series workflow.Series
	Base   int // the version that Mine was made from
	Mine   string
	By     string // who saved theirs
	Places []mergePlace
	Open   int // how many of them a person must choose
	From   string
}

// A mergePlace is one place with what is chosen there.
type mergePlace struct {
	N   int // counted from 1
	Nth int // of those that differ
	weave.Place
	Chosen       weave.Side
	Mine, Theirs []textdiff.Piece
	Unchanged    int // lines that both have alike; the rest is empty then
}

// merging puts both texts beside each other.
func (s *server) merging(r *http.Request, issue workflow.Issue, series workflow.Series, base int, mine string) (*mergeView, error) {
	places, texts, err := s.places(r, issue, base, mine)
	if err != nil {
		return nil, err
	}
	v := &mergeView{Issue: issue, Series: series, Base: base, Mine: mine, From: r.PostForm.Get("from")}
	if len(texts) > 0 {
		v.By = texts[len(texts)-1].ByName
	}
	differs := 0
	for n, p := range places {
		place := mergePlace{N: n + 1, Place: p, Chosen: cmp.Or(weave.Side(r.PostForm.Get("place-"+strconv.Itoa(n+1))), p.Settled)}
		if p.Same() {
			place.Unchanged = len(p.Mine)
		} else {
			a, b := strings.Join(p.Mine, "\n"), strings.Join(p.Theirs, "\n")
			differs++
			place.Nth = differs
			place.Mine, place.Theirs = textdiff.Against(b, a), textdiff.Against(a, b)
		}
		if p.Open() {
			v.Open++
		}
		v.Places = append(v.Places, place)
	}
	return v, nil
}

// places compares a text that was made from a version of an issue with the one
// that the issue has.
func (s *server) places(r *http.Request, issue workflow.Issue, base int, mine string) ([]weave.Place, []workflow.TextVersion, error) {
	texts, err := s.Agenda.Texts(r.Context(), issue.ID)
	return weave.Compare(textAt(texts, base), mine, issue.Text), texts, err
}

// textAt is the text that an issue had at a version, or "".
func textAt(texts []workflow.TextVersion, version int) (text string) {
	for _, t := range texts {
		if t.Version <= version {
			text = t.Text
		}
	}
	return text
}

// saveOver saves a text that was made from a version of an issue. Where somebody
// changed the issue meanwhile and not its text, nobody is overtaken. A version
// that the issue has not reached was made up.
func (s *server) saveOver(r *http.Request, issue workflow.Issue, version int, text string) (workflow.Issue, error) {
	done, err := s.Desk.Save(r.Context(), page.Actor(r), issue.ID, version, text)
	if !fault.Is(err, fault.Conflict) {
		return done, err
	}
	now, broken := s.Reads.Issue(r.Context(), issue.ID)
	texts, missing := s.Agenda.Texts(r.Context(), issue.ID)
	if cmp.Or(broken, missing) != nil || version > now.Version || now.Text != textAt(texts, version) {
		return done, err
	}
	return s.Desk.Save(r.Context(), page.Actor(r), issue.ID, now.Version, text)
}

// overtaken shows a text that came too late beside the one that was saved: the page
// says what happened and what to do. why is what the choice made there was refused
// for, nil if none was made yet.
func (s *server) overtaken(w http.ResponseWriter, r *http.Request, base int, mine string, why error) {
	issue, series, err := s.find(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	view, err := s.merging(r, issue, series, base, mine)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	if why == nil {
		s.pages.Show(w, r, http.StatusConflict, "merge", page.Page{Room: "issues", Data: view})
		return
	}
	s.pages.Refuse(w, r, "merge", page.Page{Room: "issues", Data: view}, why)
}

// merge saves what was chosen of two texts. What is not chosen yet, or was
// overtaken once more, is shown again.
func (s *server) merge(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	base, err := strconv.Atoi(r.PostForm.Get("base"))
	if err != nil {
		s.kit.Fail(w, r, page.Unreadable(err))
		return
	}
	mine := plainLines(r.PostForm.Get("mine"))
	if q.issue.Version != q.version { // the places are others by now
		s.overtaken(w, r, base, mine, fault.New(fault.Conflict, overtakenAgain.With()))
		return
	}
	places, _, err := s.places(r, q.issue, base, mine)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	text, err := chosenText(r, places)
	var done workflow.Issue
	if err == nil {
		done, err = s.Desk.Save(r.Context(), page.Actor(r), q.issue.ID, q.version, text)
	}
	if err != nil {
		s.overtaken(w, r, base, mine, err)
		return
	}
	s.saved(w, r, done)
}

// chosenText is the text that a form chooses of two.
func chosenText(r *http.Request, places []weave.Place) (string, error) {
	side := func(n int) weave.Side { return weave.Side(r.PostForm.Get("place-" + strconv.Itoa(n+1))) }
	var missing []fault.Reason
	differs := 0
	for n, p := range places {
		if !p.Same() {
			differs++
		}
		switch side(n) {
		case weave.Mine, weave.Theirs, weave.Both:
		case "":
			if p.Open() {
				missing = append(missing, chooseHere.With(differs))
			}
		default:
			return "", fault.New(fault.Invalid, page.BadForm.With())
		}
	}
	if len(missing) > 0 {
		return "", fault.New(fault.Invalid, chooseEach.With(), missing...)
	}
	return weave.Join(places, side), nil
}

// saved leads to where a text was saved from. The editor is told of which
// version it is, so that the browser's own copy can go.
func (s *server) saved(w http.ResponseWriter, r *http.Request, issue workflow.Issue) {
	address := "/issues/" + r.PathValue("id") + onPage(r)
	if onPage(r) != "" {
		address += "?saved=" + strconv.Itoa(issue.Version)
	}
	page.See(w, r, address)
}
