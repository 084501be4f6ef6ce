// Package handover is the page on which an administrator gives the work of
// somebody who leaves to another, all at once (移交):
//
//	/handover             who has work that is theirs by name
//	/handover?from={id}   the work of one person, and whom it goes to
//
// What stands between a person and the closing of their account is listed as the
// domain says it ([workflow.MayLeave]): steps of issues on their way, and routes
// that name them. The steps are given on here; a route is changed where series
// are set up. Each step is given on by itself: one that the other person may not
// do stays where it is, and is told. Who is no administrator is told that there
// is no such page.
package handover

import (
	"context"
	"embed"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
)

//go:embed templates
var files embed.FS

// Desk is where it is done.
type Desk interface {
	// HandOver gives every task of a person to another and returns how many. It
	// does all it can and returns what failed, joined.
	HandOver(ctx context.Context, actor workflow.Actor, from, to uuid.UUID, reason string) (int, error)
}

// Reads is what the page shows. It asks for no rights; the page does.
type Reads interface {
	// People returns everybody with an account.
	People(ctx context.Context) ([]accounts.Person, error)

	// Running returns every issue that is on its way to its readers.
	Running(ctx context.Context) ([]workflow.Issue, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)
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

// Room makes the page.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		pages, err := kit.Parse(files, nil)
		rm := &room{kit, c, pages}
		return page.Routes{"GET /handover": rm.admins(rm.show), "POST /handover": rm.admins(rm.give)}, err
	}
}

func (rm *room) admins(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !page.Person(r).Has(accounts.Admin, uuid.Nil) {
			rm.Nothing(w, r)
			return
		}
		next(w, r)
	}
}

var (
	choosePeople = fault.Say("handover.choose", "请选择由谁移交、移交给谁，两人不能相同", "choose who hands over, and to whom; they are two people")
	notAll       = fault.Say("handover.not-all", "移交了%d项，其余没有移交", "%d were handed over, the others were not")
	handed       = fault.Say("handover.done", "已移交%d项", "%d were handed over")
)

// The words of the page. Templates find them by key.
var (
	_ = fault.Say("handover.title", "移交", "Handing over")
	_ = fault.Say("handover.hint", "停用账号前，把其名下的环节移交他人；每一项都记入该期的办理记录。", "Before an account is closed, the steps that are its owner's by name go to somebody else; each is kept in the history of its issue.")
	_ = fault.Say("handover.nobody", "没有人名下有未办结的事项。", "Nobody has work that is theirs by name.")
	_ = fault.Say("handover.all", "全部人员", "Everybody")
	_ = fault.Say("handover.count", "%d项", "%d tasks")
	_ = fault.Say("handover.to", "移交给", "To")
	_ = fault.Say("handover.reason", "原因", "Reason")
	_ = fault.Say("handover.give", "全部移交", "Hand over all of it")
	_ = fault.Say("handover.none", "名下没有未办结的事项，可以停用账号。", "There is no work in this name; the account can be closed.")
)

// A view is the page: of everybody, or of one person.
type view struct {
	Loads []load
	// Of is the person whose work it is; nil for the page of everybody.
	Of    *load
	Heirs []accounts.Person
	To    string
	Note  string
}

// A load is what keeps somebody from leaving.
type load struct {
	accounts.Person
	Why   []fault.Reason
	Tasks int // that can be given on here; the rest are routes
}

func (rm *room) view(ctx context.Context, from string) (v view, err error) {
	people, err := rm.Reads.People(ctx)
	if err != nil {
		return v, err
	}
	running, err := rm.Reads.Running(ctx)
	if err != nil {
		return v, err
	}
	all, err := rm.Reads.SeriesAll(ctx)
	for _, p := range people {
		l := load{Person: p, Tasks: len(workflow.TasksOf(p.ID, running))}
		if why := fault.As(workflow.MayLeave(p, running, all)); why != nil {
			l.Why = why.Reasons
			v.Loads = append(v.Loads, l)
		}
		if p.ID.String() == from {
			v.Of = &l
		} else if p.Active {
			v.Heirs = append(v.Heirs, p)
		}
	}
	slices.SortFunc(v.Loads, func(a, b load) int { return strings.Compare(a.Name, b.Name) })
	return v, err
}

func (rm *room) show(w http.ResponseWriter, r *http.Request) {
	v, err := rm.view(r.Context(), r.URL.Query().Get("from"))
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "handover", page.Page{Data: v, Notes: rm.notes(r)})
}

// notes says what was done just now, which the address of the page carries.
func (rm *room) notes(r *http.Request) []string {
	n, err := strconv.Atoi(r.URL.Query().Get("done"))
	if err != nil {
		return nil
	}
	return []string{handed.With(n).In(page.Lang(r))}
}

// give hands everything over. What could not be is told with its reasons, on the
// page of what is left.
func (rm *room) give(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	n := 0
	if err == nil {
		n, err = rm.handOver(r, field("from"), field("to"), field("note"))
	}
	if err == nil {
		page.See(w, r, "/handover?from="+field("from")+"&done="+strconv.Itoa(n))
		return
	}
	v, broken := rm.view(r.Context(), field("from"))
	if broken != nil {
		rm.Fail(w, r, broken)
		return
	}
	v.To, v.Note = field("to"), field("note")
	rm.pages.Refuse(w, r, "handover", page.Page{Data: v}, err)
}

func (rm *room) handOver(r *http.Request, from, to, note string) (int, error) {
	leaver, err := uuid.Parse(from)
	heir, wrong := uuid.Parse(to)
	if err != nil || wrong != nil || leaver == heir {
		return 0, fault.New(fault.Invalid, choosePeople.With())
	}
	n, err := rm.Desk.HandOver(r.Context(), page.Actor(r), leaver, heir, note)
	if err == nil {
		return n, nil
	}
	var reasons []fault.Reason
	for _, failed := range split(err) {
		e := fault.As(failed)
		if e == nil {
			return n, err
		}
		if e.Code == fault.Forbidden && n == 0 && len(e.Reasons) == 0 {
			return n, e
		}
		for _, reason := range append([]fault.Reason{e.Message}, e.Reasons...) {
			if !slices.ContainsFunc(reasons, func(told fault.Reason) bool { return told.In(fault.ZH) == reason.In(fault.ZH) }) {
				reasons = append(reasons, reason)
			}
		}
	}
	return n, fault.New(fault.Blocked, notAll.With(n), reasons...)
}

// split returns the errors that were joined into one.
func split(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}
