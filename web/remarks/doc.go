// Package remarks is the pages of leaders' remarks (领导批示), from the mail or the
// paper to the report to the leader:
//
//	/remarks                      批示: the ledgers that one may see, and what waits
//	/remark-mails                 来信: mails that may be remarks and wait to be entered
//	/series/{id}/remarks          办理台账: open, overdue, closed; by year
//	/series/{id}/remarks.xlsx     the month in a spreadsheet; .csv the ledger
//	/issues/{id}/remarks          the remarks on an issue; for a draft, those it may take over
//	/issues/{id}/remarks/new      登记批示
//	/remarks/{id}                 one remark: history, scan, and a form for every act that is allowed
//	/remarks/{id}/slip            交办单, for paper
//
// The forms of a remark are made from the table of acts (package
// workflow/remarks), so that none can be forgotten. The slip is a page with a
// style for paper: browsers print it, and save it as PDF; it needs no fonts of
// ours. Who holds no role in a series is told that its remarks do not exist.
package remarks

import (
	"context"
	"embed"
	"net/http"
	"time"

	"github.com/google/uuid"

	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

//go:embed templates
var files embed.FS

// Desk is where it is done. Refusals are fault.Errors with every reason.
type Desk interface {
	// Enter enters a remark on an issue, with its scan or nil.
	Enter(ctx context.Context, actor workflow.Actor, issue workflow.Issue, text remarks.Writing, scan *workflow.File) (remarks.Remark, error)

	// Act does everything else with a remark.
	Act(ctx context.Context, actor workflow.Actor, id uuid.UUID, order remarks.Order) (remarks.Remark, error)
}

// Books is where remarks are read. It asks for no rights; the pages do.
type Books interface {
	// Remark returns a remark with its history, or fault.NotFound.
	Remark(ctx context.Context, id uuid.UUID) (remarks.Remark, []remarks.Line, error)

	// Remarks returns the remarks of a series that were entered from one moment
	// until before another, in the order of their entry.
	Remarks(ctx context.Context, series uuid.UUID, from, until time.Time) ([]remarks.Remark, error)

	// RemarksOf returns the remarks on an issue in the order of their entry.
	RemarksOf(ctx context.Context, issue uuid.UUID) ([]remarks.Remark, error)

	// RemarkMails returns up to limit mails of the tray that may be remarks.
	RemarkMails(ctx context.Context, looks func(subject, words string) bool, limit int) ([]remarks.Mail, error)

	// RemarkMail returns one of them and its bytes, or fault.NotFound.
	RemarkMail(ctx context.Context, id uuid.UUID) (remarks.Mail, []byte, error)

	// DismissMail takes a mail out of the tray that is no remark. It fails with
	// fault.Conflict if somebody else did.
	DismissMail(ctx context.Context, id uuid.UUID, d workflow.Dismissal) error

	// Clockwork returns how a series keeps time, and the office's own tables of
	// holidays.
	Clockwork(ctx context.Context, series uuid.UUID) (workflow.Timetable, []calendar.Year, error)
}

// Reads is what is read beside the remarks. It asks for no rights; the pages do.
type Reads interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)

	// Summaries returns up to limit issues of the series, the last changed first.
	Summaries(ctx context.Context, series []uuid.UUID, limit int) ([]workflow.Summary, error)

	// Directory returns the units, with the names that a series has settled.
	Directory(ctx context.Context, series uuid.UUID) (recipients.Directory, error)

	// File returns the bytes with a SHA-256 in hex, or fault.NotFound.
	File(ctx context.Context, sha256 string) ([]byte, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Desk  Desk
	Books Books
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
		pages, err := kit.Parse(files, functions)
		r := &room{kit, c, pages}
		back := func(w http.ResponseWriter, q *http.Request) { page.See(w, q, "/remarks/"+q.PathValue("id")) }
		return page.Routes{
			"GET /remarks":                   r.home,
			"GET /remark-mails":              r.tray,
			"GET /remark-mails/{id}":         r.mail,
			"GET /remark-mails/{id}/enter":   r.enterMail,
			"POST /remark-mails/{id}":        r.dismiss,
			"GET /series/{id}/remarks":       r.ledger,
			"GET /series/{id}/remarks.xlsx":  r.monthSheet,
			"GET /series/{id}/remarks.csv":   r.ledgerSheet,
			"GET /issues/{id}/remarks":       r.onIssue,
			"POST /issues/{id}/remarks":      r.enter,
			"GET /issues/{id}/remarks/new":   r.entryPage,
			"POST /issues/{id}/remarks/show": r.show,
			"GET /issues/{id}/remarks/show":  func(w http.ResponseWriter, q *http.Request) { page.See(w, q, "/issues/"+q.PathValue("id")+"/remarks") },
			"GET /remarks/{id}":              r.remark,
			"POST /remarks/{id}/acts":        r.act,
			"GET /remarks/{id}/acts":         back,
			"GET /remarks/{id}/slip":         r.slip,
			"GET /remarks/{id}/scan":         r.scan,
		}, err
	}
}

// seriesOf returns the series of a request's path, or fault.NotFound where there
// is none that this person may see.
func (rm *room) seriesOf(r *http.Request) (s workflow.Series, err error) {
	id, err := page.SeriesID(r)
	if err != nil {
		return s, err
	}
	return rm.Reads.Series(r.Context(), id)
}

// issueOf is seriesOf for an issue.
func (rm *room) issueOf(r *http.Request) (i workflow.Issue, s workflow.Series, err error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return i, s, page.NotHere()
	}
	if i, err = rm.Reads.Issue(r.Context(), id); err != nil {
		return i, s, err
	}
	if !page.Person(r).Sees(i.Series) {
		return i, s, page.NotHere()
	}
	s, err = rm.Reads.Series(r.Context(), i.Series)
	return i, s, err
}

// calendarOf returns when the office of a series works, and its day.
func (rm *room) calendarOf(ctx context.Context, s workflow.Series) (c calendar.Calendar, today calendar.Day, err error) {
	timetable, years, err := rm.Books.Clockwork(ctx, s.ID)
	return timetable.Calendar(s, years), calendar.DayOf(rm.Now().In(s.Location())), err
}

// always is all time there is.
func always() (from, until time.Time) {
	return time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
}
