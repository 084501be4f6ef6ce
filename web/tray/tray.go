// Package tray is the pages of the mail that came in and that nobody has dealt
// with yet:
//
//	/tray                     来信: what waits, by what it is (?class=)
//	/tray/{id}                one mail: its words, what is attached, what to do
//	/tray/{id}/eml            the mail as it came in (RFC 5322)
//	/tray/{id}/files/{n}      a file that is attached to it, counted from 0
//
// Bounces of our letters, receipts and answers that the program understands never
// get here or leave by themselves; replies that may be receipts and mails that may
// be remarks have pages of their own, to which a mail leads. Everything else is
// read by a clerk, contributions (供稿) by an editor, too, who uses them or not, and
// is taken out with a reason, which is kept with the mail and the person's name.
// Nothing is deleted.
//
// A mail about a letter, or whose subject names a series, is for the people of that
// series; any other is for the clerks of all of them, since it came to a mailbox
// that they share. Whoever is none of these is told that there is no such page.
package tray

import (
	"cmp"
	"context"
	"embed"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/remarks"
)

//go:embed templates
var files embed.FS

// Books is where the mails are. It asks for no rights; the pages do.
type Books interface {
	// TrayMails returns up to limit mails that wait, the newest first.
	TrayMails(ctx context.Context, limit int) ([]mailer.TrayMail, error)

	// TrayMail returns one of them and its bytes, or fault.NotFound.
	TrayMail(ctx context.Context, id uuid.UUID) (mailer.TrayMail, []byte, error)

	// DismissMail takes a mail out of the tray. It fails with fault.Conflict if
	// somebody else did.
	DismissMail(ctx context.Context, id uuid.UUID, d workflow.Dismissal) error

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)
}

// Config is what the room needs; all of it.
type Config struct{ Books Books }

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		pages, err := kit.Parse(files, words)
		r := &room{kit, c, pages}
		return page.Routes{
			"GET /tray":                r.tray,
			"POST /tray":               r.dismissMany,
			"GET /tray/{id}":           r.mail,
			"POST /tray/{id}":          r.dismiss,
			"GET /tray/{id}/eml":       r.eml,
			"GET /tray/{id}/files/{n}": r.file,
		}, err
	}
}

// words are the functions of the templates beside those of all rooms.
func words(lang fault.Lang) template.FuncMap {
	return template.FuncMap{
		"class": func(c mailer.Class) string { return classWords[c].With().In(lang) },
	}
}

const (
	// most is how many mails are shown.
	most = 300
	// longestWhy is how long a reason may be, in characters.
	longestWhy = 500
)

// A view is the tray as somebody sees it.
type view struct {
	Class   mailer.Class // that is shown; "" is all
	Classes []count
	Mails   []line
	// Together are the mails that may be taken out by one act, for machines wrote
	// them.
	Together bool
	Why      string // of a form that was refused
}

// A count is how many mails of a class wait.
type count struct {
	Class mailer.Class
	N     int
}

// A line is a mail, and where it belongs.
type line struct {
	mailer.TrayMail
	Masthead string // of its series, or ""
}

// Brief is the beginning of what a mail says.
func (l line) Brief() string {
	if words := []rune(l.Words); len(words) > 120 {
		return string(words[:120]) + "…"
	}
	return l.Words
}

// Zone is that of what belongs to no series.
func (l line) Zone() *time.Location { return page.Zone() }

// Answers reports whether the mail answers a letter of an issue, so that it may be
// a receipt.
func (l line) Answers() bool {
	return l.Issue != uuid.Nil && l.Delivery != uuid.Nil && (l.Class == mailer.Receipt || l.Class == mailer.OtherMail)
}

// MayBeRemark reports whether the pages of remarks ask somebody to read the mail.
func (l line) MayBeRemark() bool {
	people := l.Class == mailer.Receipt || l.Class == mailer.OtherMail
	return l.Class == mailer.RemarkMail || people && remarks.LooksLike(l.Subject, l.Words)
}

// MayRead reports whether somebody may read a mail: a clerk of the series that it
// belongs to, and of a contribution an editor; of one that belongs to none, those
// of any series.
func MayRead(who accounts.Person, m mailer.TrayMail, all []workflow.Series) bool {
	roles := []accounts.Role{accounts.Clerk}
	if m.Class == mailer.Contribution {
		roles = append(roles, accounts.Editor)
	}
	return slices.ContainsFunc(all, func(s workflow.Series) bool {
		return (m.Series == uuid.Nil || m.Series == s.ID) && slices.ContainsFunc(roles, func(r accounts.Role) bool { return who.Has(r, s.ID) })
	})
}

// mine returns the mails that somebody may read, and whether that is their work at
// all.
func (c Config) mine(ctx context.Context, who accounts.Person) (mails []line, theirs bool, err error) {
	series, err := c.Books.SeriesAll(ctx)
	if err != nil {
		return nil, false, err
	}
	found, err := c.Books.TrayMails(ctx, most)
	for _, m := range found {
		if MayRead(who, m, series) {
			mails = append(mails, line{m, masthead(series, m.Series)})
		}
	}
	return mails, MayRead(who, mailer.TrayMail{Class: mailer.Contribution}, series), err
}

func masthead(all []workflow.Series, id uuid.UUID) string {
	n := slices.IndexFunc(all, func(s workflow.Series) bool { return s.ID == id })
	if n < 0 {
		return ""
	}
	return all[n].Masthead
}

func (rm *room) tray(w http.ResponseWriter, r *http.Request) {
	v, err := rm.view(r, mailer.Class(r.URL.Query().Get("class")))
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "tray", page.Page{Room: "desk", Data: v})
}

func (rm *room) view(r *http.Request, class mailer.Class) (v view, err error) {
	mails, theirs, err := rm.mine(r.Context(), page.Person(r))
	if err == nil && !theirs {
		err = page.NotHere()
	}
	if err != nil {
		return v, err
	}
	if _, known := classWords[class]; known {
		v.Class = class
	}
	counts := map[mailer.Class]int{}
	for _, m := range mails {
		counts[m.Class]++
		if v.Class == "" || v.Class == m.Class {
			v.Mails = append(v.Mails, m)
		}
	}
	for c, n := range counts {
		v.Classes = append(v.Classes, count{c, n})
	}
	slices.SortFunc(v.Classes, func(a, b count) int {
		return cmp.Compare(slices.Index(order, a.Class), slices.Index(order, b.Class))
	})
	v.Together = len(v.Mails) > 0 && (v.Class == mailer.AutoReply || v.Class == mailer.DelayMail)
	return v, nil
}

// dismissal reads the reason of a form.
func (rm *room) dismissal(r *http.Request) (workflow.Dismissal, error) {
	why := strings.TrimSpace(r.PostForm.Get("why"))
	if n := utf8.RuneCountInString(why); n == 0 || n > longestWhy {
		return workflow.Dismissal{Why: why}, fault.New(fault.Invalid, sayWhy.With(longestWhy))
	}
	return workflow.Dismissal{By: page.Person(r).Name, Why: why, At: rm.Now()}, nil
}

// dismissMany takes out what machines wrote: those mails that the person was
// shown, and no others of their kind.
func (rm *room) dismissMany(w http.ResponseWriter, r *http.Request) {
	_, broken := rm.ReadForm(w, r)
	v, err := rm.view(r, mailer.Class(r.PostForm.Get("class")))
	if err == nil && broken == nil && !v.Together {
		err = page.NotHere()
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	d, err := rm.dismissal(r)
	if broken != nil {
		err = broken
	}
	for _, m := range v.Mails {
		if err == nil && slices.Contains(r.PostForm["mail"], m.ID.String()) {
			err = rm.Books.DismissMail(r.Context(), m.ID, d)
			if fault.Is(err, fault.Conflict) { // somebody else did, which is as well
				err = nil
			}
		}
	}
	if err != nil {
		v.Why = d.Why
		rm.pages.Refuse(w, r, "tray", page.Page{Room: "desk", Data: v}, err)
		return
	}
	page.See(w, r, "/tray")
}
