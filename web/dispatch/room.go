package dispatch

import (
	"context"
	"embed"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/web/page"
	"jianbao/workflow"
)

//go:embed templates
var files embed.FS

// Desk is where something is done. Refusals are fault.Errors with every reason.
type Desk interface {
	// Act does what the order says.
	Act(ctx context.Context, actor workflow.Actor, id uuid.UUID, order workflow.Order) (workflow.Issue, error)

	// Try sends the letter as it would go out to one address.
	Try(ctx context.Context, actor workflow.Actor, id uuid.UUID, name, address string) (workflow.Issue, error)
}

// Reads is what the pages show. It asks for no rights; the pages do.
type Reads interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// Deliveries returns an issue's letters in the order they were made.
	Deliveries(ctx context.Context, issue uuid.UUID) ([]mailer.Delivery, error)

	// Attempts returns the attempts of a letter, the first one first.
	Attempts(ctx context.Context, letter uuid.UUID) ([]mailer.Attempt, error)

	// Paused reports whether letters of an issue are kept from going.
	Paused(ctx context.Context, issue uuid.UUID) (bool, error)

	// ReachOf returns how a person is reached; without an address where they
	// gave none.
	ReachOf(ctx context.Context, person uuid.UUID) (workflow.Reach, error)
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

// own are the functions of the templates beside those of all rooms.
func own(lang fault.Lang) template.FuncMap {
	return template.FuncMap{"deed": func(d workflow.LetterDeed) string { return d.Title().In(lang) }}
}

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		pages, err := kit.Parse(files, own)
		rm := &room{kit, c, pages}
		return page.Routes{
			"GET /issues/{id}/dispatch/queue":             rm.queue,
			"POST /issues/{id}/dispatch/queue":            rm.steer,
			"GET /issues/{id}/dispatch/letters/{letter}":  rm.letter,
			"POST /issues/{id}/dispatch/letters/{letter}": rm.handle,
			"GET /issues/{id}/trial":                      rm.trial,
			"POST /issues/{id}/trial":                     rm.try,
		}, err
	}
}

// A subject is the issue that a page is about, and what was typed.
type subject struct {
	Issue  workflow.Issue
	Series workflow.Series
	Zone   *time.Location
	Clerk  bool
	Note   string
}

// find returns what a request is about, or fault.NotFound where there is no such
// issue, or none that this person may see.
func (rm *room) find(r *http.Request) (s subject, err error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return s, page.NotHere()
	}
	if s.Issue, err = rm.Reads.Issue(r.Context(), id); err != nil {
		return s, err
	}
	who := page.Person(r)
	if !who.Sees(s.Issue.Series) {
		return s, page.NotHere()
	}
	s.Clerk = who.Has(accounts.Clerk, s.Issue.Series)
	s.Series, err = rm.Reads.Series(r.Context(), s.Issue.Series)
	s.Zone = s.Series.Location()
	return s, err
}

// note reads the form of a request, and returns its reason.
func note(r *http.Request) (string, error) {
	if err := r.ParseForm(); err != nil {
		return "", page.Unreadable(err)
	}
	return strings.TrimSpace(r.PostForm.Get("note")), nil
}

func (s subject) board() string { return "/issues/" + s.Issue.ID.String() + "/dispatch" }
