package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"jianbao/seeds"
)

// A place is a page as one person comes to it; nobody is who has no account.
type place struct {
	name, login, path string
	first             chromedp.Action // what they do there first, or nil
}

// places are all pages that people come to in an office that works.
func (x exhibition) places(t *testing.T) []place {
	t.Helper()
	return append(append(append(x.ofIssues(t), x.ofTheOffice(t)...), x.ofSeries()...), x.outside()...)
}

// of is the address of something about an issue.
func of(issue interface{ String() string }, more string) string {
	return "/issues/" + issue.String() + more
}

// ofIssues are the pages of issues.
func (x exhibition) ofIssues(t *testing.T) []place {
	t.Helper()
	draft, review, signed, sent := x.draft.ID, x.review.ID, x.signed.ID, x.sent.ID
	unit := x.sent.Circulation.All()[0].Unit.String()
	dispatched := x.link(t, seeds.ClerkLogin, of(sent, "/dispatch"), of(sent, "/dispatch/letters/[^\"]*"))
	kept := x.link(t, seeds.ClerkLogin, of(sent, "/receipts/"+unit), of(sent, `/letters/[0-9a-f-]{36}`))
	return []place{
		{"list", seeds.EditorLogin, "/issues", nil},
		{"new", seeds.EditorLogin, "/issues/new", nil},
		{"new-refused", seeds.EditorLogin, "/issues/new", follow("form.card button.main")},
		{"edit", seeds.EditorLogin, of(draft, "/edit"), chromedp.WaitVisible(`.sheets svg`, chromedp.ByQuery)},
		{"draft", seeds.EditorLogin, of(draft, ""), nil},
		{"draft-refused", seeds.EditorLogin, of(draft, ""), chromedp.Tasks{unfold(`#comments form`), submit(`#comments form`)}},
		{"versions", seeds.EditorLogin, of(draft, "/versions"), nil},
		{"version", seeds.EditorLogin, of(draft, "/versions/1"), nil},
		{"issue-lists", seeds.EditorLogin, of(draft, "/lists"), nil},
		{"amend", seeds.EditorLogin, of(signed, "/amend"), nil},
		{"remark-issue", seeds.EditorLogin, of(draft, "/remarks"), nil},
		{"sign", seeds.ReviewerLogin, of(review, "/sign"), nil},
		{"review", seeds.ReviewerLogin, of(review, ""), nil},
		{"record", seeds.ClerkLogin, of(review, "/record"), nil},
		{"signed", seeds.ClerkLogin, of(signed, ""), nil},
		{"trial", seeds.ClerkLogin, of(signed, "/trial"), nil},
		{"equation", seeds.ClerkLogin, of(signed, "/copies"), nil},
		{"sent", seeds.ClerkLogin, of(sent, ""), nil},
		{"copies", seeds.ClerkLogin, of(sent, "/copies"), nil},
		{"dispatch", seeds.ClerkLogin, of(sent, "/dispatch"), nil},
		{"dispatch-letter", seeds.ClerkLogin, dispatched, nil},
		{"queue", seeds.ClerkLogin, of(sent, "/dispatch/queue"), nil},
		{"letter", seeds.ClerkLogin, kept, nil},
		{"receipts", seeds.ClerkLogin, of(sent, "/receipts"), nil},
		{"receipts-unit", seeds.ClerkLogin, of(sent, "/receipts/"+unit), nil},
		{"calls", seeds.ClerkLogin, of(sent, "/calls"), nil},
		{"after", seeds.ClerkLogin, of(sent, "/after"), nil},
		{"holders", seeds.ClerkLogin, of(sent, "/holders"), nil},
		{"filing-year", seeds.ClerkLogin, of(sent, "/filing"), nil},
		{"remark-entry", seeds.ClerkLogin, of(sent, "/remarks/new"), nil},
		{"remark", seeds.ClerkLogin, "/remarks/" + x.remark.String(), nil},
		{"slip", seeds.ClerkLogin, "/remarks/" + x.remark.String() + "/slip", nil},
	}
}

// ofTheOffice are the pages of what is not one issue's or one series'.
func (x exhibition) ofTheOffice(t *testing.T) []place {
	t.Helper()
	unit := "/units/" + x.sent.Circulation.All()[0].Unit.String()
	return []place{
		{"desk", seeds.ReviewerLogin, "/desk", nil},
		{"desk-clerk", seeds.ClerkLogin, "/desk", nil},
		{"receipt-tray", seeds.ClerkLogin, "/receipts", nil},
		{"receipt-mail", seeds.ClerkLogin, x.link(t, seeds.ClerkLogin, "/receipts", "/receipts/mails/[^\"]*"), nil},
		{"tray", seeds.ClerkLogin, "/tray", nil},
		{"tray-machines", seeds.ClerkLogin, "/tray?class=auto-reply", nil},
		{"tray-mail", seeds.ClerkLogin, x.mail, nil},
		{"remarks", seeds.ClerkLogin, "/remarks", nil},
		{"remark-mails", seeds.ClerkLogin, "/remark-mails", nil},
		{"archive", seeds.ClerkLogin, "/archive?q=人才", nil},
		{"archive-nothing", seeds.ClerkLogin, "/archive?q=没有这个词", nil},
		{"statistics", seeds.ClerkLogin, "/statistics", nil},
		{"filing", seeds.ClerkLogin, "/filing", nil},
		{"units", seeds.ClerkLogin, "/units", nil},
		{"unit", seeds.ClerkLogin, unit, nil},
		{"unit-links", seeds.ClerkLogin, strings.Replace(unit, "units", "unit-links", 1), nil},
		{"import", seeds.ClerkLogin, "/units/import", nil},
		{"rosters", seeds.ClerkLogin, "/units/rosters", nil},
		{"roster", seeds.ClerkLogin, "/units/rosters/" + x.roster.String(), nil},
		{"rename", seeds.ClerkLogin, unit + "/rename", nil},
		{"split", seeds.ClerkLogin, unit + "/split", nil},
		{"access", seeds.ClerkLogin, "/me/access", nil},
		{"codes", seeds.ClerkLogin, "/me/codes", nil},
		{"help", seeds.ClerkLogin, "/help", nil},
		{"help-edit", seeds.ClerkLogin, "/help/02-edit", nil},
		{"nothing", seeds.ClerkLogin, "/nothing", nil},
		{"not-for-clerks", seeds.ClerkLogin, "/people", nil},
		{"audit", adminLogin, "/audit", nil},
		{"notices", adminLogin, "/me/notices", nil},
		{"reach", adminLogin, "/me/reach", nil},
		{"holidays", adminLogin, "/holidays/2026", nil},
		{"holidays-missing", adminLogin, "/holidays/2027", nil},
		{"hooks", adminLogin, "/hooks", nil},
		{"hook", adminLogin, "/hooks/" + hookShown.String(), nil},
		{"handover", adminLogin, "/handover", nil},
		{"series", adminLogin, "/settings", nil},
		{"people", adminLogin, "/people", nil},
		{"person", adminLogin, x.link(t, adminLogin, "/people", "/people/[0-9a-f-]{36}"), nil},
		{"house", adminLogin, "/people/house", nil},
		{"separation", adminLogin, "/people/separation", nil},
		{"tokens", adminLogin, "/people/tokens", nil},
		{"relays", adminLogin, "/relays", nil},
		{"relay-letters", adminLogin, "/relays/letters", nil},
		{"start-done", adminLogin, "/start/steps", nil},
		{"start-house", adminLogin, "/start/house", nil},
		{"start-people", adminLogin, "/start/people", nil},
		{"start-series", adminLogin, "/start/series", nil},
	}
}

// ofSeries are the pages of a series.
func (x exhibition) ofSeries() []place {
	series := "/series/" + seeds.SeriesID.String()
	return []place{
		{"standing-lists", seeds.EditorLogin, series + "/lists", nil},
		{"register", seeds.ClerkLogin, series + "/register", nil},
		{"copy-registers", seeds.ClerkLogin, series + "/copies?kind=copies", nil},
		{"punctuality", seeds.ClerkLogin, series + "/receipts", nil},
		{"remark-ledger", seeds.ClerkLogin, series + "/remarks", nil},
		{"gaps", seeds.ClerkLogin, series + "/gaps", nil},
		{"back", seeds.ClerkLogin, series + "/back", nil},
		{"filing-list", seeds.ClerkLogin, series + "/filing?year=2012", nil},
		{"retention", seeds.ClerkLogin, series + "/retention", nil},
		{"destruction", seeds.ClerkLogin, series + "/destruction", nil},
		{"volume", seeds.ClerkLogin, series + "/volume?year=2021", nil},
		{"board", seeds.ClerkLogin, series + "/board?year=2021", nil},
		{"filing-rule", adminLogin, series + "/filing/rule", nil},
		{"look", adminLogin, series + "/look", nil},
		{"settings", adminLogin, series + "/settings", nil},
	}
}

// outside are the pages of who has no account.
func (x exhibition) outside() []place {
	return []place{
		{"sign-in", nobody, "/sign-in", nil},
		{"sign-in-refused", nobody, "/sign-in", chromedp.Tasks{set("#login", "chengjidong", "#password", "guessed"), follow("form.door button")}},
		{"again", nobody, "/sign-in/again", nil},
		{"forgotten", nobody, "/forgotten", nil},
		{"pass", nobody, x.pass, nil},
		{"receipt", nobody, x.slip, nil},
		{"own", nobody, x.own, nil},
		{"own-letter", nobody, x.letter, nil},
		{"answer", nobody, x.answer, nil},
		{"no-such-link", nobody, "/receipt/" + strings.Repeat("x", 43), nil},
	}
}

const nobody = ""

// submit sends a form past the browser's own checks, as one without them does.
func submit(form string) chromedp.Action {
	return chromedp.Tasks{chromedp.Evaluate("document.querySelector('"+form+"').noValidate = true", nil), follow(form + " button:not([type=button])")}
}

// lookedAtElsewhere are a page of an office that tries its mail
// (browser_entry_test.go); what leads to a provider, in an office that has one; and
// the mail as its unit has it, which is no page of the office and lets no script
// judge it.
var lookedAtElsewhere = map[string]bool{"GET /relays/letters/{n}": true, "GET /sign-in/provider": true, "GET /issues/{id}/letters/{letter}/page": true}

// TestEveryPageIsLookedAt: whatever the program shows as a page is among the
// places. What is a file, or leads to a page, needs no picture.
func TestEveryPageIsLookedAt(t *testing.T) {
	x, w, known := exhibit(t), newWorld(t), http.NewServeMux()
	for _, route := range w.routes {
		known.Handle(strings.Replace(route, "{other...}", "", 1), http.NotFoundHandler())
	}
	seen := map[string]bool{}
	for _, p := range x.places(t) {
		_, pattern := known.Handler(httptest.NewRequest(http.MethodGet, p.path, nil))
		seen[pattern] = true
	}
	pages := 0
	for _, route := range w.routes {
		method, path, _ := strings.Cut(route, " ")
		if method != http.MethodGet || forPrograms(path) || !w.isAPage(route) {
			continue
		}
		if pages++; !lookedAtElsewhere[route] && !seen[strings.Replace(route, "{other...}", "", 1)] {
			t.Errorf("nobody looks at %s: put it into a list of browser_places_test.go", route)
		}
	}
	if pages < 80 {
		t.Errorf("only %d pages", pages)
	}
}

// isAPage asks for a route as everybody: a page is shown to somebody, or is
// there for nobody, as what a ticket that was guessed opens.
func (w *world) isAPage(route string) bool {
	w.t.Helper()
	address, _ := w.address(route)
	_, path, _ := strings.Cut(route, " ")
	for _, name := range w.people {
		switch answer := w.answer(name, http.MethodGet, path, address); {
		case answer.Code == http.StatusOK:
			return strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html")
		case answer.Code == http.StatusSeeOther && strings.HasPrefix(answer.Header().Get("Location"), "/sign-in?"):
		case answer.Code == http.StatusForbidden, answer.Code == http.StatusNotFound:
		default: // it leads to another, or is a file that this office has not got
			return false
		}
	}
	return true
}
