// Package filing is the pages on which issues are filed, appraised when their
// period is over, and destroyed by list:
//
//	/filing                        归档: the series one sees, what each has to file and by when
//	/issues/{id}/filing            leads to the issue in the list of its year
//	/series/{id}/filing            归档文件目录: a year, issue by issue, with the check of each file
//	/series/{id}/filing.xlsx       the filing list as a spreadsheet; .csv as well
//	/series/{id}/filing/rule       归档规定: class and deadline, and who set them
//	/series/{id}/retention         期满鉴定: what has expired, what is on hold
//	/series/{id}/destruction       销毁清册: the lists, with the two signatures of each
//	/series/{id}/destruction.xlsx  the destruction register as a spreadsheet; .csv as well
//
// Who holds no role in a series is told that there is no such page; all others
// may look. Clerks file, propose and carry out; who reviews or signs approves
// what another proposed; administrators set the rule. The pages ask package
// workflow/filing, which refuses whatever a page offers by mistake.
package filing

import (
	"context"
	"embed"
	"html/template"
	"net/http"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/filing"
	"jianbao/workflow/retention"
)

//go:embed templates
var files embed.FS

// Desk is where it is done; see filing.Desk. Refusals are fault.Errors with
// every reason.
type Desk interface {
	File(ctx context.Context, actor workflow.Actor, issue uuid.UUID, order filing.Order) (filing.Item, error)
	FileYear(ctx context.Context, actor workflow.Actor, series uuid.UUID, year int) ([]filing.Item, []filing.Left, error)
	Hold(ctx context.Context, actor workflow.Actor, issue uuid.UUID, order filing.HoldOrder) error
	Propose(ctx context.Context, actor workflow.Actor, series uuid.UUID, issues []uuid.UUID, reason string) (filing.Destruction, error)
	Act(ctx context.Context, actor workflow.Actor, list filing.Destruction, order filing.ListOrder) (filing.Destruction, error)
	SetRule(ctx context.Context, actor workflow.Actor, series uuid.UUID, before int, rule retention.Rule, reason string) error
}

// Reads is which series there are. It asks for no rights, and neither do Books;
// the pages do.
type Reads interface {
	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	SeriesAll(ctx context.Context) ([]workflow.Series, error)
}

// Books is what the pages show of filing.
type Books interface {
	// FilingYears counts by year what is out and not filed; a year of which all
	// is filed has 0.
	FilingYears(ctx context.Context, series uuid.UUID) (map[int]int, error)

	// The others are filing.Books' and filing.Rules'.
	FilesOfYear(ctx context.Context, series uuid.UUID, year int) ([]filing.Contents, error)
	FileOfIssue(ctx context.Context, issue uuid.UUID) (filing.Contents, error)
	FiledItems(ctx context.Context, series uuid.UUID) ([]filing.Standing, error)
	Destructions(ctx context.Context, series uuid.UUID) ([]filing.Destruction, error)
	FilingRules(ctx context.Context, series uuid.UUID) ([]filing.RuleLine, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Desk  Desk
	Reads Reads
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
		pages, err := kit.Parse(files, func(lang fault.Lang) template.FuncMap {
			return template.FuncMap{"class": func(c retention.Class) string { return c.Title().In(lang) }}
		})
		rm := &room{kit, c, pages}
		return page.Routes{
			"GET /filing":                         rm.overview,
			"GET /issues/{id}/filing":             rm.issue,
			"GET /series/{id}/filing":             rm.seen(rm.year),
			"POST /series/{id}/filing":            rm.seen(rm.file),
			"GET /series/{id}/filing.xlsx":        rm.seen(rm.listSheet),
			"GET /series/{id}/filing.csv":         rm.seen(rm.listSheet),
			"GET /series/{id}/filing/rule":        rm.seen(rm.rule),
			"POST /series/{id}/filing/rule":       rm.seen(rm.setRule),
			"GET /series/{id}/retention":          rm.seen(rm.expired),
			"POST /series/{id}/retention":         rm.seen(rm.propose),
			"POST /series/{id}/retention/{issue}": rm.seen(rm.hold),
			"GET /series/{id}/retention/{issue}":  rm.back("retention"),
			"GET /series/{id}/retention.xlsx":     rm.seen(rm.expiredSheet),
			"GET /series/{id}/destruction":        rm.seen(rm.lists),
			"POST /series/{id}/destruction/{no}":  rm.seen(rm.decide),
			"GET /series/{id}/destruction/{no}":   rm.back("destruction"),
			"GET /series/{id}/destruction.xlsx":   rm.seen(rm.registerSheet),
			"GET /series/{id}/destruction.csv":    rm.seen(rm.registerSheet),
		}, err
	}
}

// A pageOf is a page about one series.
type pageOf func(w http.ResponseWriter, r *http.Request, s workflow.Series)

// seen shows a page to who holds a role in the series.
func (rm *room) seen(next pageOf) http.HandlerFunc {
	return page.OfSeries(rm.Kit, rm.Reads.Series, next)
}

// back shows the page that a refused form belongs to, where its address is asked
// for again, to reload or in the other language.
func (rm *room) back(name string) http.HandlerFunc {
	return rm.seen(func(w http.ResponseWriter, r *http.Request, s workflow.Series) { page.See(w, r, address(s, name)) })
}

func address(s workflow.Series, name string) string {
	return "/series/" + s.ID.String() + "/" + name
}

func (rm *room) today(s workflow.Series) calendar.Day {
	return calendar.DayOf(rm.Now().In(s.Location()))
}

// show answers with a page of this room.
func (rm *room) show(w http.ResponseWriter, r *http.Request, name string, data any) {
	rm.pages.Show(w, r, http.StatusOK, name, page.Page{Room: "issues", Data: data})
}

// refuse shows a page once more, with why a change was refused. Where even the
// page cannot be read, that is told.
func (rm *room) refuse(w http.ResponseWriter, r *http.Request, name string, data any, failed, err error) {
	if failed != nil {
		rm.Fail(w, r, failed)
		return
	}
	rm.pages.Refuse(w, r, name, page.Page{Room: "issues", Data: data}, err)
}

// A frame is what every page of a series has.
type frame struct {
	Series  workflow.Series
	Today   calendar.Day
	Rule    retention.Rule
	RuleSeq int
	// Clerk, Head and Admin are what the visitor may do.
	Clerk, Head, Admin bool
}

func (rm *room) frame(r *http.Request, s workflow.Series) (frame, error) {
	who := page.Person(r)
	f := frame{
		Series: s, Today: rm.today(s), Clerk: who.Has(accounts.Clerk, s.ID), Admin: who.Has(accounts.Admin, s.ID),
		Head: who.Has(accounts.Reviewer, s.ID) || who.Has(accounts.Signatory, s.ID),
	}
	rules, err := rm.Books.FilingRules(r.Context(), s.ID)
	if n := len(rules); err == nil && n > 0 {
		f.Rule, f.RuleSeq = rules[n-1].Rule, rules[n-1].Seq
	}
	return f, err
}
