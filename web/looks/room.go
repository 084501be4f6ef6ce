// Package looks is the page on which an office gives the paper of a series its
// look, and sees it while it types:
//
//	/series/{id}/look        版式: head, number line, tail and the rest as a form, the pages beside it
//	/series/{id}/look/proof  the pages of what stands in the form; keeps nothing
//
// The form is the series' template (bulletin/typeset): it begins with one that
// comes with the program, and what differs from that is kept. Its rules are those
// of typeset.ReadTemplate, so that the page, the settings file and the command
// refuse the same with the same sentences. What the form does not show, as the
// size of the paper, stays as it is.
//
// The proof shows the last issue of the series, or where there is none a short
// sample under its name. A look that is saved is a new version of the template:
// an issue that was signed off with another one goes back to be signed again, as
// the page says beforehand. Who holds no role in the series is told that there is
// no such page; admins of the series change it.
package looks

import (
	"context"
	"embed"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset/layout"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

//go:embed templates
var files embed.FS

// Books is where the look is kept. It asks for no rights; the pages do.
type Books interface {
	// Settings returns what is set of a series, or fault.NotFound.
	Settings(ctx context.Context, series uuid.UUID) (setup.Settings, error)

	// ChangeSettings writes what decide makes of the settings, records what
	// differs and returns it.
	ChangeSettings(ctx context.Context, series uuid.UUID, by workflow.Named, at time.Time, decide func(setup.Settings) (setup.Settings, error)) ([]fault.Reason, error)

	// Summaries returns up to limit issues of the series, the last changed first.
	Summaries(ctx context.Context, series []uuid.UUID, limit int) ([]workflow.Summary, error)

	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)
}

// Press sets an issue for a screen and keeps nothing.
type Press interface {
	Pages(ctx context.Context, series workflow.Series, issue workflow.Issue) ([]layout.Page, []bulletin.Problem, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Books Books
	Press Press
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
			"GET /series/{id}/look":        rm.seen(rm.show),
			"POST /series/{id}/look":       rm.seen(rm.save),
			"POST /series/{id}/look/proof": rm.seen(rm.proof),
			"GET /series/{id}/look/proof": rm.seen(func(w http.ResponseWriter, r *http.Request, s setup.Settings) {
				page.See(w, r, address(s.Series.ID))
			}),
		}, err
	}
}

func address(series uuid.UUID) string { return "/series/" + series.String() + "/look" }

// seen shows a page to who holds a role in the series.
func (rm *room) seen(next func(http.ResponseWriter, *http.Request, setup.Settings)) http.HandlerFunc {
	return page.OfSeries(rm.Kit, rm.Books.Settings, next)
}

func (rm *room) show(w http.ResponseWriter, r *http.Request, s setup.Settings) {
	values, err := valuesOf(s.Series.Layout)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "look", page.Page{Room: "settings", Data: rm.viewOf(r, s, values)})
}

// save makes the look of the form that of the series.
func (rm *room) save(w http.ResponseWriter, r *http.Request, s setup.Settings) {
	_, err := rm.ReadForm(w, r)
	values := typed(r.PostForm)
	if err == nil && r.PostForm.Get("begin") != "" {
		rm.pages.Show(w, r, http.StatusOK, "look", page.Page{Room: "settings", Data: rm.viewOf(r, s, values)})
		return
	}
	var look json.RawMessage
	if err == nil && !setup.MayChange(page.Person(r), s.Series.ID) {
		err = fault.New(fault.Forbidden, onlyAdmins.With(page.Person(r).Name))
	}
	if err == nil {
		look, err = values.template()
		look = unlessSame(s.Series.Layout, look)
	}
	if err == nil {
		who := page.Person(r)
		_, err = rm.Books.ChangeSettings(r.Context(), s.Series.ID, workflow.Named{ID: who.ID, Name: who.Name}, rm.Now(), func(now setup.Settings) (setup.Settings, error) {
			if r.PostForm.Get("version") != version(now) {
				return now, fault.New(fault.Conflict, overtaken.With())
			}
			now.Series.Layout = look
			return now, nil
		})
	}
	if err != nil {
		rm.pages.Refuse(w, r, "look", page.Page{Room: "settings", Data: rm.viewOf(r, s, values)}, err)
		return
	}
	page.See(w, r, address(s.Series.ID))
}
