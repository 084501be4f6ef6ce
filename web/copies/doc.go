// Package copies is the pages of an issue's printed copies, and the registers of
// them:
//
//	/issues/{id}/copies               the equation before the registration; the ledger after the release
//	/issues/{id}/copies/plan          the equation, edited (look: only what it would come to)
//	/issues/{id}/copies/numbers       copy numbers (份号), in order or by hand
//	/issues/{id}/copies/deeds         what was done with copies: a line of the table of deeds
//	/issues/{id}/copies/handovers     a unit took its copies
//	/issues/{id}/copies/extra         ask for a wider distribution (增发), and decide on it
//	/issues/{id}/copies/run.pdf       every numbered copy in one file, to be printed
//	/issues/{id}/copies/handover.pdf  the sheet on which units sign, with codes
//	/issues/{id}/copies/labels.pdf    address labels
//	/issues/{id}/copies/file          a register of this issue as a file
//	/series/{id}/copies               the registers of a series and a year on the screen, for print
//	/series/{id}/copies/file          and as files: XLSX, CSV, PDF
//
// The forms of deeds are made from the table of recipients/copies, so that none
// can be forgotten. Each act goes through workflow.Desk: who may, what is against
// it and the history are decided there, and what is refused is shown with all
// reasons above the form that it came from, filled in as it was. The pages need
// no script. Who holds no role in the series is told that there is no such page;
// papers and registers are for everybody else.
package copies

import (
	"context"
	"embed"
	"net/http"

	"github.com/google/uuid"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
	book "jianbao/recipients/copies"

	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/registers"
)

//go:embed templates
var files embed.FS

// Desk is where it is done. Refusals are fault.Errors with every reason.
type Desk interface {
	// Act does what an order says.
	Act(ctx context.Context, actor workflow.Actor, id uuid.UUID, order workflow.Order) (workflow.Issue, error)

	// Options returns what the actor may do with an issue now, and why not.
	Options(ctx context.Context, actor workflow.Actor, id uuid.UUID) ([]workflow.Option, error)
}

// Reads is what the pages of an issue show. It asks for no rights; the pages do.
type Reads interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// CopyEntries returns the ledger of an issue's copies, in order.
	CopyEntries(ctx context.Context, issue uuid.UUID) ([]book.Entry, error)

	// Handovers returns what was handed over of an issue, in order.
	Handovers(ctx context.Context, issue uuid.UUID) ([]book.Handover, error)

	// Directory returns the units, with the names that the series has settled.
	Directory(ctx context.Context, series uuid.UUID) (recipients.Directory, error)

	// ReleaseOf returns the dispatch with which an issue was released, or
	// fault.NotFound.
	ReleaseOf(ctx context.Context, issue uuid.UUID) (uuid.UUID, error)
}

// Press makes paper.
type Press interface {
	// Draw makes a PDF of a form.
	Draw(doc layout.Document) ([]byte, error)

	// Run makes the pages of an issue once for each copy number, in one file.
	Run(ctx context.Context, series workflow.Series, issue workflow.Issue, numbers []string) (workflow.File, error)
}

// Codes are the addresses that units open to acknowledge a dispatch on paper; an
// office without links has none.
type Codes interface {
	Codes(ctx context.Context, dispatch uuid.UUID) (map[uuid.UUID]string, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Desk  Desk
	Reads Reads
	Books registers.Books
	Press Press
	Codes Codes
	Fonts *fonts.Set
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		pages, err := kit.Parse(files, functions)
		rm := &room{kit, c, pages}
		return page.Routes{
			"GET /issues/{id}/copies":              rm.ofIssue(rm.show),
			"POST /issues/{id}/copies/plan":        rm.ofIssue(rm.apportion),
			"POST /issues/{id}/copies/numbers":     rm.ofIssue(rm.stamp),
			"POST /issues/{id}/copies/deeds":       rm.ofIssue(rm.deed),
			"POST /issues/{id}/copies/handovers":   rm.ofIssue(rm.handOver),
			"POST /issues/{id}/copies/extra":       rm.ofIssue(rm.extra),
			"GET /issues/{id}/copies/run.pdf":      rm.ofIssue(rm.paper("run")),
			"GET /issues/{id}/copies/handover.pdf": rm.ofIssue(rm.paper("handover")),
			"GET /issues/{id}/copies/labels.pdf":   rm.ofIssue(rm.paper("labels")),
			"GET /issues/{id}/copies/file":         rm.ofIssue(rm.issueFile),
			"GET /series/{id}/copies":              rm.ofSeries(rm.register),
			"GET /series/{id}/copies/file":         rm.ofSeries(rm.registerFile),
		}, err
	}
}

// A subject is the issue that a page is about.
type subject struct {
	workflow.Issue
	of workflow.Series
}

// ofIssue shows a page to who holds a role in the series of an issue.
func (rm *room) ofIssue(next func(http.ResponseWriter, *http.Request, subject)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := uuid.Parse(r.PathValue("id"))
		if err != nil {
			rm.Nothing(w, r)
			return
		}
		issue, err := rm.Reads.Issue(r.Context(), id)
		if err == nil && !page.Person(r).Sees(issue.Series) {
			err = page.NotHere()
		}
		var of workflow.Series
		if err == nil {
			of, err = rm.Books.Series(r.Context(), issue.Series)
		}
		if err != nil {
			rm.Fail(w, r, err)
			return
		}
		next(w, r, subject{issue, of})
	}
}

// ofSeries shows a page to who holds a role in a series.
func (rm *room) ofSeries(next func(http.ResponseWriter, *http.Request, workflow.Series)) http.HandlerFunc {
	return page.OfSeries(rm.Kit, rm.Books.Series, next)
}
