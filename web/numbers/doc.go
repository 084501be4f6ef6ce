// Package numbers is the pages of a series' numbers beside its register:
//
//	/series/{id}/gaps       空号与作废: every year and kind with its gaps, which a clerk makes void
//	/series/{id}/back       补录往期: earlier issues, from a spreadsheet or from their files
//	/series/{id}/back.xlsx  the spreadsheet that is filled in
//
// A spreadsheet enters lines of the register, without texts; files enter whole
// issues into the archive. Both are looked at first: the page shows, line by line
// and file by file, what would be entered and why not, and writes nothing. A
// spreadsheet is then sent along with the page; files are chosen once more, since
// nothing of them is kept by a look.
//
// Who holds no role in the series is told that there is no such page; the gaps
// are shown to all others, and everything that changes something is for clerks.
package numbers

import (
	"context"
	"embed"
	"net/http"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin/intake"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
)

//go:embed templates
var files embed.FS

// Desk is where it is done. Refusals are fault.Errors with every reason.
type Desk interface {
	// VoidGap enters why a number that the register leaves out stands for nothing.
	VoidGap(ctx context.Context, actor workflow.Actor, series uuid.UUID, number workflow.Number, why string) (workflow.RegisterLine, error)

	// EnterBack enters lines of earlier issues, or with look says what would
	// become of them.
	EnterBack(ctx context.Context, actor workflow.Actor, series uuid.UUID, lines []workflow.BackLine, look bool) ([]workflow.BackEntry, error)

	// ImportBack enters an earlier issue with its text.
	ImportBack(ctx context.Context, actor workflow.Actor, series uuid.UUID, source workflow.Source) (workflow.Issue, error)

	// LookBack says what ImportBack would enter, and writes nothing.
	LookBack(ctx context.Context, actor workflow.Actor, series uuid.UUID, source workflow.Source) (workflow.Issue, error)
}

// Reads is what the pages show. It asks for no rights; the pages do.
type Reads interface {
	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// Register returns the number register of a series.
	Register(ctx context.Context, series uuid.UUID) ([]workflow.RegisterLine, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Desk  Desk
	Reads Reads
	// Intake reads a file that was handed in, see package intake. It refuses what
	// is classified before anything of it is kept.
	Intake func(name string, data []byte) (intake.Draft, error)
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
			"GET /series/{id}/gaps":      rm.seen(rm.gaps),
			"POST /series/{id}/gaps":     rm.seen(rm.void),
			"GET /series/{id}/back":      rm.clerks(rm.back),
			"POST /series/{id}/back":     rm.clerks(rm.bring),
			"GET /series/{id}/back.xlsx": rm.clerks(rm.blank),
		}, err
	}
}

// A pageOf is a page about one series.
type pageOf func(w http.ResponseWriter, r *http.Request, s workflow.Series)

// seen shows a page to who holds a role in the series.
func (rm *room) seen(next pageOf) http.HandlerFunc {
	return page.OfSeries(rm.Kit, rm.Reads.Series, next)
}

// clerks shows a page to the clerks of the series.
func (rm *room) clerks(next pageOf) http.HandlerFunc {
	return rm.seen(func(w http.ResponseWriter, r *http.Request, s workflow.Series) {
		if !page.Person(r).Has(accounts.Clerk, s.ID) {
			rm.Fail(w, r, fault.New(fault.Forbidden, clerksOnly.With(page.Person(r).Name)))
			return
		}
		next(w, r, s)
	})
}
