// Package signed is the pages on which something is done to an issue that takes
// more than a note: a change after the sign-off, and a sign-off that was given
// on paper.
//
//	/issues/{id}/amend   签发后改动: text and files, in one change that somebody else classes
//	/issues/{id}/record  补录纸质签批: who signed, when, how, and the scan
//
// Whoever may not do it now is shown why, with every reason, and no form; who
// has nothing to do with it is told that there is no such issue. A text that
// somebody overtook is shown beside theirs, with what was typed and which files
// were to be dropped; files that were to be added have to be chosen again, and
// are named.
package signed

import (
	"context"
	"embed"
	"net/http"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
)

//go:embed templates
var files embed.FS

// Desk is where it is done. Refusals are fault.Errors with every reason.
type Desk interface {
	// Amend changes an issue that was signed off.
	Amend(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, r workflow.Rewrite) (workflow.Issue, error)

	// Record enters a decision that was made on paper.
	Record(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, paper workflow.PaperSignature, note string) (workflow.Issue, error)

	// Options says of every act of people what it would come to now.
	Options(ctx context.Context, actor workflow.Actor, id uuid.UUID) ([]workflow.Option, error)
}

// Reads is what the pages show. It asks for no rights; the pages do.
type Reads interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// Staff returns the people who have to do with a series, and those of the
	// named ids.
	Staff(ctx context.Context, series uuid.UUID, named []uuid.UUID) (workflow.Staff, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Desk  Desk
	Reads Reads
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
		r := &room{kit, c, pages}
		return page.Routes{
			"GET /issues/{id}/amend":   r.amendPage,
			"POST /issues/{id}/amend":  r.amend,
			"GET /issues/{id}/record":  r.recordPage,
			"POST /issues/{id}/record": r.record,
		}, err
	}
}

// A subject is the issue that a page is about, and whether its act may be done.
type subject struct {
	Issue  workflow.Issue
	Series workflow.Series
	// May says that it can be done now by this person; otherwise Why says what
	// stands in the way.
	May bool
	Why []fault.Reason
}

// find returns what a request is about, or fault.NotFound where there is no such
// issue, or none that this person may see.
func (rm *room) find(r *http.Request, act workflow.Act) (s subject, err error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return s, page.NotHere()
	}
	if s.Issue, err = rm.Reads.Issue(r.Context(), id); err != nil {
		return s, err
	}
	if !s.Issue.Concerns(page.Actor(r)) {
		return s, page.NotHere()
	}
	if s.Series, err = rm.Reads.Series(r.Context(), s.Issue.Series); err != nil {
		return s, err
	}
	options, err := rm.Desk.Options(r.Context(), page.Actor(r), id)
	s.Why = []fault.Reason{notNow.With(act.Title(), s.Issue.State.Title())}
	for _, o := range options {
		if o.Act == act {
			s.May, s.Why = o.Allowed, o.Reasons
		}
	}
	return s, err
}

func address(id uuid.UUID) string { return "/issues/" + id.String() }
