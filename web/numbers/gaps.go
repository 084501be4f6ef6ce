package numbers

import (
	"net/http"
	"strconv"
	"strings"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
)

// A gapsView is what the register of a series has of every year and kind.
type gapsView struct {
	Series  workflow.Series
	Years   []yearView
	MayVoid bool
	// Number and Why are those of a form that was refused.
	Number workflow.Number
	Why    string
}

// A yearView is one year of one kind.
type yearView struct {
	workflow.YearOfNumbers
	Title fault.Reason
}

// Tried reports whether a number is the one whose form was refused.
func (v gapsView) Tried(n workflow.Number) bool { return v.Number == n }

// Gaps counts the numbers that stand for nothing without a reason.
func (v gapsView) Gaps() (n int) {
	for _, y := range v.Years {
		n += len(y.Gaps)
	}
	return n
}

func (rm *room) gapsOf(r *http.Request, s workflow.Series) (gapsView, error) {
	view := gapsView{Series: s, MayVoid: page.Person(r).Has(accounts.Clerk, s.ID)}
	register, err := rm.Reads.Register(r.Context(), s.ID)
	for _, y := range workflow.GapReport(register) {
		view.Years = append(view.Years, yearView{y, page.KindOf(y.Kind)})
	}
	return view, err
}

func (rm *room) gaps(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	view, err := rm.gapsOf(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "gaps", page.Page{Data: view})
}

// void makes a gap stand for nothing, with the reason.
func (rm *room) void(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	number, why, err := rm.voidForm(w, r)
	if err == nil {
		_, err = rm.Desk.VoidGap(r.Context(), page.Actor(r), s.ID, number, why)
	}
	if err == nil {
		page.See(w, r, "/series/"+s.ID.String()+"/gaps")
		return
	}
	view, broken := rm.gapsOf(r, s)
	if broken != nil {
		rm.Fail(w, r, broken)
		return
	}
	view.Number, view.Why = number, why
	rm.pages.Refuse(w, r, "gaps", page.Page{Data: view}, err)
}

func (rm *room) voidForm(w http.ResponseWriter, r *http.Request) (n workflow.Number, why string, err error) {
	if _, err = rm.ReadForm(w, r); err != nil {
		return n, "", err
	}
	why = strings.TrimSpace(r.PostForm.Get("why"))
	n.Kind = bulletin.Kind(r.PostForm.Get("kind"))
	for name, into := range map[string]*int{"year": &n.Year, "no": &n.No} {
		if *into, err = strconv.Atoi(r.PostForm.Get(name)); err != nil {
			return n, why, fault.New(fault.Invalid, page.BadNumber.With(r.PostForm.Get(name)))
		}
	}
	return n, why, nil
}
