package lists

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/standing"
	"jianbao/web/page"
	"jianbao/workflow"
)

// standing shows the lists that a series sends every issue to; where it has none
// of its own, the last issue's, to be taken over.
func (rm *room) standing(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	v, dir, own, err := rm.standingOf(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.fill(dir, rm.read(dir, s, own.Lists))
	rm.pages.Show(w, r, http.StatusOK, "standing", page.Page{Room: "settings", Data: v})
}

func (rm *room) standingOf(r *http.Request, s workflow.Series) (v view, dir recipients.Directory, own standing.Lists, err error) {
	v = view{Series: s, May: mayKeep(page.Person(r), s.ID), From: fromSeries.With()}
	if own, err = rm.Books.StandingLists(r.Context(), s.ID); err != nil {
		return v, dir, own, err
	}
	if v.Last, err = rm.Books.LastIssue(r.Context(), s.ID, uuid.Nil); err != nil {
		return v, dir, own, err
	}
	v.Version = own.Version
	if dir, err = rm.Books.Directory(r.Context(), s.ID); err != nil {
		return v, dir, own, err
	}
	switch {
	case !own.IsZero():
	case v.Last == nil:
		v.From = fromNowhere.With()
	default:
		v.From, own.Lists = fromLast.With(page.NumberOf(v.Last.Number)), wordsOf(v.Last.Circulation)
		dir.Copies = map[uuid.UUID]int{}
		for _, place := range v.Last.Circulation.All() {
			if !place.CopiesAssumed {
				dir.Copies[place.Unit] = place.Copies
			}
		}
	}
	if v.May {
		v.Names = proposed(dir, s.Place, rm.Now())
	}
	return v, dir, own, nil
}

// read is whom lists mean now.
func (rm *room) read(dir recipients.Directory, s workflow.Series, lists []recipients.Listed) recipients.Circulation {
	return recipients.Resolve(dir, s.Place, rm.Now(), lists)
}

func wordsOf(c recipients.Circulation) (all []recipients.Listed) {
	for _, l := range c.Printed() {
		all = append(all, recipients.Listed(l))
	}
	return all
}

// saveStanding writes the lists, or shows the form with a row moved.
func (rm *room) saveStanding(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	if who := page.Person(r); !mayKeep(who, s.ID) {
		rm.Fail(w, r, fault.New(fault.Forbidden, keepsNone.With(who.Name)))
		return
	}
	if _, err := rm.ReadForm(w, r); err != nil {
		rm.Fail(w, r, err)
		return
	}
	v, dir, own, err := rm.standingOf(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	f := form{r.PostForm}
	sheets, look := f.moved(f.sheets())
	given, wrong := f.copies()
	before := rm.read(dir, s, own.Lists)
	next := standing.Lists{Series: s.ID, Lists: standing.Words(sheets), Copies: standing.Own(given, dir), Version: v.Version}
	if sent, err := strconv.Atoi(f.Get("version")); err == nil {
		next.Version = sent
	}
	dir.Copies = next.Copies
	now := rm.read(dir, s, next.Lists)
	v.Fresh, v.Warnings = true, standing.Drift(before, now)
	v.fill(dir, now)
	switch {
	case len(wrong) > 0:
		err = fault.New(fault.Invalid, page.BadForm.With(), wrong...)
	case look:
		rm.pages.Show(w, r, http.StatusOK, "standing", page.Page{Room: "settings", Data: v})
		return
	default:
		who := page.Person(r)
		err = rm.Books.SaveStandingLists(r.Context(), next, workflow.Named{ID: who.ID, Name: who.Name}, rm.Now(), changed(own, next, before, now))
	}
	if err != nil {
		rm.pages.Refuse(w, r, "standing", page.Page{Room: "settings", Data: v}, err)
		return
	}
	page.See(w, r, "/series/"+s.ID.String()+"/lists")
}

// changed says what a change of the lists of a series comes to, for its history:
// their words, and the copies of who stays.
func changed(own, next standing.Lists, before, now recipients.Circulation) (all []fault.Reason) {
	was := map[string]string{}
	if own.Version > 0 { // otherwise they were the last issue's
		for _, l := range own.Lists {
			was[l.Label] = l.Text
		}
	}
	for _, l := range next.Lists {
		switch text := was[l.Label]; {
		case text == l.Text:
		case text == "":
			all = append(all, listSet.With(l.Label, l.Text))
		default:
			all = append(all, listChanged.With(l.Label, text, l.Text))
		}
		delete(was, l.Label)
	}
	for _, l := range own.Lists {
		if _, left := was[l.Label]; left {
			all = append(all, listDropped.With(l.Label, l.Text))
		}
	}
	return append(all, (recipients.Difference{Copies: recipients.Compare(before, now).Copies}).Reasons()...)
}
