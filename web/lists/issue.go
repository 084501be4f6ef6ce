package lists

import (
	"net/http"
	"strconv"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/standing"
	"jianbao/web/page"
	"jianbao/workflow"
)

// issue shows the lists of an issue.
func (rm *room) issue(w http.ResponseWriter, r *http.Request, s workflow.Series, issue workflow.Issue) {
	v, dir, _, err := rm.issueOf(r, s, issue)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.fill(dir, issue.Circulation)
	rm.pages.Show(w, r, http.StatusOK, "issue", page.Page{Room: "issues", Data: v})
}

// issueOf returns the form of an issue's lists, and by which act they change
// now; "" where the person may not.
func (rm *room) issueOf(r *http.Request, s workflow.Series, issue workflow.Issue) (v view, dir recipients.Directory, act workflow.Act, err error) {
	v = view{Series: s, Issue: &issue, Version: issue.Version}
	options, err := rm.Desk.OptionsOf(r.Context(), page.Actor(r), issue, s, nil)
	if err != nil {
		return v, dir, act, err
	}
	for _, o := range options {
		switch {
		case o.Act != workflow.Save && o.Act != workflow.Amend:
		case o.Allowed:
			v.May, act, v.Why = true, o.Act, nil
		case !v.May:
			v.Why = o.Reasons
		}
	}
	if v.Last, err = rm.Books.LastIssue(r.Context(), s.ID, issue.ID); err != nil {
		return v, dir, act, err
	}
	dir, err = rm.Books.Directory(r.Context(), s.ID)
	if v.May {
		v.Names = proposed(dir, s.Place, rm.Now())
	}
	return v, dir, act, err
}

// saveIssue writes the lists into the text of the issue, or shows the form with
// a row moved.
func (rm *room) saveIssue(w http.ResponseWriter, r *http.Request, s workflow.Series, issue workflow.Issue) {
	if _, err := rm.ReadForm(w, r); err != nil {
		rm.Fail(w, r, err)
		return
	}
	v, dir, act, err := rm.issueOf(r, s, issue)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	f := form{r.PostForm}
	sheets, look := f.moved(f.sheets())
	if f.Get("do") == "standing" {
		look = true
		if sheets, err = rm.standingSheets(r, s); err != nil {
			rm.Fail(w, r, err)
			return
		}
	}
	now := recipients.Resolve(dir, s.Place, rm.Now(), standing.Words(sheets))
	v.Fresh, v.Warnings = true, standing.Drift(issue.Circulation, now)
	v.fill(dir, now)
	if version, err := strconv.Atoi(f.Get("version")); err == nil {
		v.Version = version
	}
	if look && v.May {
		rm.pages.Show(w, r, http.StatusOK, "issue", page.Page{Room: "issues", Data: v})
		return
	}
	if err := rm.write(r, act, v, standing.Words(sheets)); err != nil {
		if fault.Is(err, fault.Conflict) {
			v.Version = issue.Version // who saves once more does so knowing
		}
		rm.pages.Refuse(w, r, "issue", page.Page{Room: "issues", Data: v}, err)
		return
	}
	page.See(w, r, "/issues/"+issue.ID.String()+"#circulation")
}

// standingSheets are the lists of the series as a form has them.
func (rm *room) standingSheets(r *http.Request, s workflow.Series) ([]standing.Sheet, error) {
	_, dir, own, err := rm.standingOf(r, s)
	return standing.RowsOf(rm.read(dir, s, own.Lists)), err
}

// write puts the lists into the issue's text, by the act that may change it.
func (rm *room) write(r *http.Request, act workflow.Act, v view, lists []recipients.Listed) error {
	var all []bulletin.List
	for _, l := range lists {
		all = append(all, bulletin.List{Label: l.Label, Text: l.Text})
	}
	text := bulletin.Relist(v.Issue.Text, all)
	var err error
	switch {
	case act == workflow.Amend:
		_, err = rm.Desk.Amend(r.Context(), page.Actor(r), v.Issue.ID, v.Version, workflow.Rewrite{Text: text})
	case act == workflow.Save:
		_, err = rm.Desk.Save(r.Context(), page.Actor(r), v.Issue.ID, v.Version, text)
	default:
		err = fault.New(fault.Blocked, notNow.With(v.Issue.State.Title()), v.Why...)
	}
	return err
}
