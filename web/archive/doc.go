// Package archive is the pages on which issues are found again:
//
//	/archive                检索: by words, unit, leader, days, series and kind
//	/issues/{id}/whole.zip  整卷: the whole file of an issue, see workflow/dossier
//	/series/{id}/volume     年度合订本: what is bound of a year, missing and void numbers
//	/series/{id}/volume.pdf the volume itself, see web/archive/bind
//
// A question is the address, so that an answer can be kept as a bookmark and
// sent to a colleague, who is shown what they may see of it. Hits are shown with
// the text around the words, which are marked, the newest issue first.
//
// Searched are the series in which the person holds a role, and no others: the
// index is asked for those by name. What is classified was never here, and
// destroyed issues are out of the index since they were destroyed.
package archive

import (
	"context"
	"embed"

	"github.com/google/uuid"

	"jianbao/bulletin/typeset/forms"
	"jianbao/recipients"
	"jianbao/web/archive/bind"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/archive"
	"jianbao/workflow/dossier"
)

//go:embed templates
var files embed.FS

// Index is where issues are found; see archive.Index. It asks for no rights; the
// page does.
type Index interface {
	SearchArchive(ctx context.Context, asked archive.Asked) (archive.Found, error)
	ArchiveBehind(ctx context.Context) (int, error)
}

// Files is where whole files are made; see dossier.Desk.
type Files interface {
	Open(ctx context.Context, issue uuid.UUID) (*dossier.File, error)
}

// Reads is what there is. It asks for no rights; the pages do.
type Reads interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)

	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// Register returns the number register of a series.
	Register(ctx context.Context, series uuid.UUID) ([]workflow.RegisterLine, error)

	// Summaries returns up to limit issues of the series.
	Summaries(ctx context.Context, series []uuid.UUID, limit int) ([]workflow.Summary, error)

	// Units returns every unit of the directory.
	Units(ctx context.Context) ([]recipients.Unit, error)
}

// Binder binds volumes; see bind.Volume.
type Binder interface {
	Bind(front forms.VolumeFront, parts []bind.Part) ([]byte, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Index  Index
	Reads  Reads
	Files  Files
	Binder Binder
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
			"GET /archive":                rm.search,
			"GET /issues/{id}/whole.zip":  rm.whole,
			"GET /series/{id}/volume":     rm.volume,
			"GET /series/{id}/volume.pdf": rm.bound,
		}, err
	}
}
