package web

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/copies"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A ledgerView is the book of an issue's printed copies.
type ledgerView struct {
	Issue   workflow.Issue
	Series  workflow.Series
	Zone    *time.Location
	Ledger  *copies.Ledger
	Entries []copies.Entry
	names   map[uuid.UUID]string
}

func (s *server) ledger(w http.ResponseWriter, r *http.Request) {
	issue, series, err := s.find(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	entries, err := s.Books.CopyEntries(r.Context(), issue.ID)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	view := ledgerView{
		Issue: issue, Series: series, Zone: series.Location(),
		Ledger: copies.New(entries), Entries: entries, names: map[uuid.UUID]string{},
	}
	for _, p := range issue.Circulation.All() {
		view.names[p.Unit] = p.Name
	}
	p := page.Page{Data: view}
	if err := view.Ledger.Verify(); err != nil {
		s.Log.ErrorContext(r.Context(), "ledger", "issue", issue.ID, "error", err)
		p.Fault = fault.New(fault.Internal, brokenLedger.With())
	}
	s.pages.Show(w, r, http.StatusOK, "copies", p)
}

// Account returns what an account is called: a unit by its name.
func (v ledgerView) Account(a copies.Account) fault.Reason {
	if name, ok := v.names[a.Unit]; ok && a.Kind == copies.Unit {
		return fault.Reason{Key: name}
	}
	return a.Kind.Title()
}
