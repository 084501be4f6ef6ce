package filing

import (
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"jianbao/web/page"
	"jianbao/workflow/calendar"
	"jianbao/workflow/filing"
)

// A seriesView is what a series has to file, to appraise and to decide.
type seriesView struct {
	frame
	Years []yearCount // with something to file, the first one first
	// Expired counts what is to be appraised, Open the destruction lists that
	// wait for somebody.
	Expired, Open int
}

// A yearCount is how many issues of a year are to be filed, and by when.
type yearCount struct {
	Year, Count int
	Deadline    calendar.Day
	Late        bool
}

// overview shows the series that the person sees.
func (rm *room) overview(w http.ResponseWriter, r *http.Request) {
	all, err := rm.Reads.SeriesAll(r.Context())
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	var views []seriesView
	for _, s := range all {
		if !page.Person(r).Sees(s.ID) {
			continue
		}
		f, err := rm.frame(r, s)
		v := seriesView{frame: f}
		if err == nil {
			err = rm.count(r, &v)
		}
		if err != nil {
			rm.Fail(w, r, err)
			return
		}
		views = append(views, v)
	}
	if len(views) == 0 {
		rm.Nothing(w, r)
		return
	}
	rm.show(w, r, "overview", views)
}

func (rm *room) count(r *http.Request, v *seriesView) error {
	years, err := rm.Books.FilingYears(r.Context(), v.Series.ID)
	if err != nil {
		return err
	}
	for _, y := range slices.Sorted(maps.Keys(years)) {
		if years[y] > 0 {
			v.Years = append(v.Years, yearCount{y, years[y], v.Rule.Deadline(y), v.Rule.Late(y, v.Today)})
		}
	}
	kept, err := rm.Books.FiledItems(r.Context(), v.Series.ID)
	if err != nil {
		return err
	}
	v.Expired = len(toAppraise(kept, v.Today))
	lists, err := rm.Books.Destructions(r.Context(), v.Series.ID)
	for _, l := range lists {
		if l.State.Open() {
			v.Open++
		}
	}
	return err
}

// issue leads to an issue in the filing list of its year.
func (rm *room) issue(w http.ResponseWriter, r *http.Request) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		rm.Nothing(w, r)
		return
	}
	c, err := rm.Books.FileOfIssue(r.Context(), id)
	switch {
	case err == nil && !page.Person(r).Sees(c.Series.ID):
		rm.Nothing(w, r)
	case err != nil:
		rm.Fail(w, r, err)
	default:
		page.See(w, r, fmt.Sprintf("%s?year=%d#i-%s", address(c.Series, "filing"), c.Issue.Date.Year, id))
	}
}

// toAppraise are the items that somebody must look at: expired, not held, on no
// open list.
func toAppraise(kept []filing.Standing, today calendar.Day) (all []filing.Standing) {
	for _, k := range kept {
		if _, held := k.Held(today); k.Expired(today) && !held && k.List == "" {
			all = append(all, k)
		}
	}
	return all
}
