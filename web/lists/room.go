// Package lists is the pages of whom issues go to, 报、送、发 and so on:
//
//	/series/{id}/lists   the standing lists of a series, which the next issue takes over
//	/issues/{id}/lists   those of one issue, with what differs from the last one
//
// Both are one form: a row for each entry, in printed order, with the unit that
// it means today, and the sentence that is printed. Rows are moved by buttons, by
// dragging or with Alt and the arrows, taken off by emptying them, and added
// below; the form comes back as it would be, and nothing is written until it is
// saved. Without a script the buttons do all of it.
//
// The lists of a series are words and the copies in which the series differs
// from the directory (package recipients/standing); saving them leaves a line in
// the history of the series' settings. The lists of an issue are lines of its
// text ([bulletin.Relist]): a draft is saved, and an issue that was signed off is
// amended, which somebody else classes and the signatory decides (Regulation art.
// 31); its rules are those of the desk.
//
// Who holds no role in the series is told that there is no such page. Editors,
// clerks and administrators of the series change the standing lists.
package lists

import (
	"context"
	"embed"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/standing"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/ready"
)

//go:embed templates
var files embed.FS

// Desk is where the lists of an issue are changed. Refusals are fault.Errors
// with every reason.
type Desk interface {
	// Save gives a draft a new text.
	Save(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, text string) (workflow.Issue, error)

	// Amend changes an issue that was signed off, to be classed.
	Amend(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, r workflow.Rewrite) (workflow.Issue, error)

	// OptionsOf says of every act of people what it would come to now; findings
	// are of the ready check, and matter for Submit alone.
	OptionsOf(ctx context.Context, actor workflow.Actor, issue workflow.Issue, series workflow.Series, findings []ready.Finding) ([]workflow.Option, error)
}

// Books is where lists are kept. It asks for no rights; the pages do.
type Books interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// Directory returns the units and collective entries, with what the series
	// means and gives in its own way.
	Directory(ctx context.Context, series uuid.UUID) (recipients.Directory, error)

	// StandingLists returns the lists of a series, with Version 0 where none were
	// written.
	StandingLists(ctx context.Context, series uuid.UUID) (standing.Lists, error)

	// SaveStandingLists writes lists that were read with their Version, with a
	// line in the history of the series' settings. It fails with fault.Invalid,
	// and with fault.Conflict if somebody saved them meanwhile.
	SaveStandingLists(ctx context.Context, lists standing.Lists, by workflow.Named, at time.Time, what []fault.Reason) error

	// LastIssue returns the issue that was given its number last before another
	// one; nil if there is none. uuid.Nil stands for one that is still to come.
	LastIssue(ctx context.Context, series, before uuid.UUID) (*workflow.Issue, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Desk  Desk
	Books Books
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		pages, err := kit.Parse(files, nil)
		rm := &room{kit, c, pages}
		return page.Routes{
			"GET /series/{id}/lists":  rm.ofSeries(rm.standing),
			"POST /series/{id}/lists": rm.ofSeries(rm.saveStanding),
			"GET /issues/{id}/lists":  rm.ofIssue(rm.issue),
			"POST /issues/{id}/lists": rm.ofIssue(rm.saveIssue),
		}, err
	}
}

// ofSeries shows a page to who holds a role in the series.
func (rm *room) ofSeries(next func(http.ResponseWriter, *http.Request, workflow.Series)) http.HandlerFunc {
	return page.OfSeries(rm.Kit, rm.Books.Series, next)
}

// ofIssue shows a page to who holds a role in the issue's series.
func (rm *room) ofIssue(next func(http.ResponseWriter, *http.Request, workflow.Series, workflow.Issue)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := uuid.Parse(r.PathValue("id"))
		if err != nil {
			rm.Nothing(w, r)
			return
		}
		issue, err := rm.Books.Issue(r.Context(), id)
		if fault.Is(err, fault.NotFound) || err == nil && !page.Person(r).Sees(issue.Series) {
			rm.Nothing(w, r)
			return
		}
		var s workflow.Series
		if err == nil {
			s, err = rm.Books.Series(r.Context(), issue.Series)
		}
		if err != nil {
			rm.Fail(w, r, err)
			return
		}
		next(w, r, s, issue)
	}
}

// mayKeep reports whether a person changes the standing lists of a series.
func mayKeep(who accounts.Person, series uuid.UUID) bool {
	return slices.ContainsFunc([]accounts.Role{accounts.Editor, accounts.Clerk, accounts.Admin}, func(role accounts.Role) bool { return who.Has(role, series) })
}
