package web

import (
	"net/url"
	"slices"
	"strings"

	"jianbao/recipients"

	"jianbao/web/page"
)

// A circulationView is the printed lists on the page of an issue: the rows that a
// search finds, a page of them.
type circulationView struct {
	page.Pager
	Words string // that are searched for
	All   int    // rows
	Rows  []circulationRow
}

// A circulationRow is a unit of the lists, or a printed name that stands for none.
type circulationRow struct {
	recipients.Recipient
	Label, Printed string
	Unresolved     bool
	Ambiguous      bool // several units could be meant
}

// Lists are the rows of the lists that are shown.
func (v *issueView) Lists() circulationView {
	c := circulationView{Words: strings.TrimSpace(v.Asked.Get("q"))}
	rows := circulationRows(v.Issue.Circulation)
	c.All = len(rows)
	rows = slices.DeleteFunc(rows, func(r circulationRow) bool { return !r.speaksOf(c.Words) })
	c.Pager = page.PagerOf("/issues/"+v.Issue.ID.String()+"#circulation", url.Values{"q": v.Asked["q"], "page": v.Asked["page"]}, len(rows))
	c.Rows = page.Rows(c.Pager, rows)
	return c
}

// Long reports whether the lists have more rows than a page shows.
func (c circulationView) Long() bool { return c.All > page.PageRows }

// circulationRows are all rows of a circulation, as it is printed.
func circulationRows(c recipients.Circulation) (all []circulationRow) {
	for _, list := range c.Lists {
		for _, e := range list.Entries {
			for _, r := range e.Recipients {
				row := circulationRow{Recipient: r, Label: list.Label, Printed: r.Words}
				if row.Printed == "" {
					row.Printed = e.Printed
				}
				all = append(all, row)
			}
			if len(e.Recipients) == 0 {
				all = append(all, circulationRow{Label: list.Label, Printed: e.Printed, Unresolved: true, Ambiguous: len(e.Candidates) > 0})
			}
		}
	}
	return all
}

// speaksOf reports whether a search means the row: by a name or an address.
func (r circulationRow) speaksOf(words string) bool {
	return slices.ContainsFunc(append([]string{r.Printed, r.Name}, r.Addresses...), func(text string) bool { return strings.Contains(text, words) })
}
