package receipts

import (
	"context"
	"embed"
	"html/template"
	"net/http"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
	domain "jianbao/recipients/receipts"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

//go:embed templates
var files embed.FS

// Desk is where something is done to an issue. Refusals are fault.Errors with
// every reason.
type Desk interface {
	// Act does what the order says.
	Act(ctx context.Context, actor workflow.Actor, id uuid.UUID, order workflow.Order) (workflow.Issue, error)

	// Options says of every act of people what it would come to now.
	Options(ctx context.Context, actor workflow.Actor, id uuid.UUID) ([]workflow.Option, error)
}

// Receiving is where receipts are entered. Refusals are fault.Errors with every
// reason.
type Receiving interface {
	// Enter enters what a clerk was told, or corrects what was entered.
	Enter(ctx context.Context, actor workflow.Actor, issue, unit uuid.UUID, receipt domain.Receipt) (domain.Receipt, error)

	// EnterMail enters a reply as the receipt that it is.
	EnterMail(ctx context.Context, actor workflow.Actor, mail uuid.UUID, said domain.Receipt) (domain.Receipt, error)

	// Dismiss takes a reply that is none out of the tray.
	Dismiss(ctx context.Context, actor workflow.Actor, mail uuid.UUID, why string) error

	// Punctuality counts how units acknowledged what was released in a time.
	Punctuality(ctx context.Context, series uuid.UUID, from, until time.Time) ([]domain.Record, error)
}

// Board is what is known of units. It asks for no rights; the pages do.
type Board interface {
	// ReceiptLines returns the receipt board of an issue, none for one that is
	// not out.
	ReceiptLines(ctx context.Context, issue uuid.UUID) ([]domain.Line, error)

	// ReceiptMails returns up to limit replies that wait in the tray.
	ReceiptMails(ctx context.Context, looks func(words string) bool, limit int) ([]workflow.ReceiptMail, error)

	// Holders returns the units that have an issue or may have it.
	Holders(ctx context.Context, issue uuid.UUID) ([]workflow.Holder, error)

	// Unreached returns the issues released after a moment of which letters came
	// to nothing.
	Unreached(ctx context.Context, series []uuid.UUID, since time.Time) ([]uuid.UUID, error)

	// RecallsOpen returns the issues whose recall waits for its second person.
	RecallsOpen(ctx context.Context, series []uuid.UUID) ([]workflow.Issue, error)
}

// Reads is what pages show beside. It asks for no rights; the pages do.
type Reads interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)

	// Units returns every unit of the directory.
	Units(ctx context.Context) ([]recipients.Unit, error)

	// Clockwork returns how the program keeps time for a series, and the office's
	// own tables of holidays.
	Clockwork(ctx context.Context, series uuid.UUID) (workflow.Timetable, []calendar.Year, error)

	// Staff returns the people who have to do with a series.
	Staff(ctx context.Context, series uuid.UUID, named []uuid.UUID) (workflow.Staff, error)
}

// Letters is where the very mails are.
type Letters interface {
	// Look returns a letter of an issue as its unit got it, without the token of
	// its link. It fails with fault.NotFound if the issue has no such letter, and
	// with fault.Refused if the issue was recalled because it was classified.
	Look(ctx context.Context, issue, letter uuid.UUID) (Sent, error)

	// Eml returns the very mail (RFC 5322), link included, and enters who had it.
	// It fails as Look does.
	Eml(ctx context.Context, actor workflow.Actor, issue, letter uuid.UUID) ([]byte, error)
}

// A Sent is a letter as it went out.
type Sent struct {
	Letter  mailer.Delivery
	Content mailer.Content
	Text    string // with what is this unit's own
	HTML    string
	SHA256  string // of the very mail, in hex
	Size    int    // of the very mail, in bytes
}

// Config is what the room needs; all of it.
type Config struct {
	Desk      Desk
	Receiving Receiving
	Board     Board
	Reads     Reads
	Letters   Letters
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

// own are the functions of the templates beside those of all rooms.
func own(lang fault.Lang) template.FuncMap {
	return template.FuncMap{"fate": func(f domain.Fate) string { return f.Title().In(lang) }}
}

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		pages, err := kit.Parse(files, own)
		r := &room{kit, c, pages}
		return page.Routes{
			"GET /receipts":                          r.waiting,
			"GET /receipts/mails/{mail}":             r.mail,
			"POST /receipts/mails/{mail}":            r.settleMail,
			"GET /issues/{id}/receipts":              r.board,
			"GET /issues/{id}/receipts/{unit}":       r.unit,
			"POST /issues/{id}/receipts/{unit}":      r.enter,
			"POST /issues/{id}/receipts/{unit}/acts": r.unitAct,
			"GET /issues/{id}/receipts/{unit}/acts":  r.backToUnit,
			"GET /issues/{id}/calls":                 r.calls,
			"GET /issues/{id}/after":                 r.after,
			"POST /issues/{id}/after":                r.afterAct,
			"GET /issues/{id}/holders":               r.holders,
			"GET /issues/{id}/holders.xlsx":          r.holdersSheet,
			"GET /issues/{id}/letters/{letter}":      r.letter,
			"GET /issues/{id}/letters/{letter}/page": r.letterPage,
			"GET /issues/{id}/letters/{letter}/eml":  r.eml,
			"GET /series/{id}/receipts":              r.statistics,
			"GET /series/{id}/receipts.xlsx":         r.statisticsSheet,
		}, err
	}
}

// A subject is the issue that a page is about.
type subject struct {
	Issue  workflow.Issue
	Series workflow.Series
	Zone   *time.Location
	// Clerk says that the person is a clerk of the series.
	Clerk bool
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

// line is the unit of the board that a request is about.
func (rm *room) line(r *http.Request, s subject) (domain.Line, error) {
	id, err := uuid.Parse(r.PathValue("unit"))
	if err != nil {
		return domain.Line{}, page.NotHere()
	}
	lines, err := rm.Board.ReceiptLines(r.Context(), s.Issue.ID)
	for _, l := range lines {
		if l.Unit == id {
			return l, err
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, page.NotFound.With())
	}
	return domain.Line{}, err
}

// unitOf is a unit as the directory has it now; the zero Unit is none.
func (rm *room) unitOf(ctx context.Context, id uuid.UUID) (recipients.Unit, error) {
	all, err := rm.Reads.Units(ctx)
	for _, u := range all {
		if u.ID == id {
			return u, err
		}
	}
	return recipients.Unit{}, err
}
