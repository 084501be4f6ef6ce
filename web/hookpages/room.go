// Package hookpages are the pages on which administrators of a series say which
// programs are told what happens to its issues (see the room hooks):
//
//	/hooks        all targets, and a form for another
//	/hooks/{id}   one target: what it is told, its secret, what came of the last
//	              messages, who changed it
//
// Who administers no series is told that there are no such pages. What a
// receiver answered is shown as its status alone.
package hookpages

import (
	"context"
	"embed"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/hooks"
	"jianbao/web/page"
	"jianbao/workflow"
)

//go:embed templates
var files embed.FS

// Office is where targets are set up; see [hooks.Office].
type Office interface {
	Make(ctx context.Context, by hooks.Clerk, t hooks.Target) (hooks.Target, error)
	Change(ctx context.Context, by hooks.Clerk, id uuid.UUID, version int, name, url string, kinds []hooks.Kind) error
	Pause(ctx context.Context, by hooks.Clerk, id uuid.UUID, version int, pause bool) error
	Renew(ctx context.Context, by hooks.Clerk, id uuid.UUID, version int) error
	End(ctx context.Context, by hooks.Clerk, id uuid.UUID, version int) error
	Test(ctx context.Context, by hooks.Clerk, id uuid.UUID) error
	Secret(t hooks.Target) string
}

// Reads is what the pages show. It asks for no rights; the pages do.
type Reads interface {
	// HookTargets returns the targets of the series that were not removed.
	HookTargets(ctx context.Context, series []uuid.UUID) ([]hooks.Target, error)

	// HookTarget returns a target, or fault.NotFound.
	HookTarget(ctx context.Context, id uuid.UUID) (hooks.Target, error)

	// HookMessages returns up to limit messages of a target, the latest first.
	HookMessages(ctx context.Context, target uuid.UUID, limit int) ([]hooks.Message, error)

	// HookChanges returns what was done to a target, the last thing first.
	HookChanges(ctx context.Context, target uuid.UUID, limit int) ([]hooks.Change, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Office Office
	Reads  Reads
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		if c.Office == nil || c.Reads == nil {
			return nil, errors.New("web: pages of hooks need an office and reads")
		}
		pages, err := kit.Parse(files, nil)
		rm := &room{kit, c, pages}
		return page.Routes{
			"GET /hooks":            rm.list,
			"POST /hooks":           rm.make,
			"GET /hooks/{id}":       rm.show,
			"POST /hooks/{id}":      rm.change,
			"POST /hooks/{id}/acts": rm.act,
			"GET /hooks/{id}/acts":  func(w http.ResponseWriter, r *http.Request) { page.See(w, r, "/hooks/"+r.PathValue("id")) },
		}, err
	}
}

// mine are the series that somebody administers.
func (rm *room) mine(r *http.Request) ([]workflow.Series, error) {
	all, err := rm.Reads.SeriesAll(r.Context())
	return slices.DeleteFunc(all, func(s workflow.Series) bool { return !page.Person(r).Has(accounts.Admin, s.ID) }), err
}

func clerk(r *http.Request) hooks.Clerk {
	who := page.Person(r)
	return hooks.Clerk{ID: who.ID, Name: who.Name}
}

// A listView is the page of all targets.
type listView struct {
	Series  []workflow.Series
	Targets []row
	Typed   hooks.Target
}

// A row is a target in the list.
type row struct {
	hooks.Target
	Masthead string
}

// Kinds are those that a target can ask for.
func (listView) Kinds() []hooks.Kind { return hooks.Kinds() }

// Condition says how the target answers.
func (r row) Condition() fault.Reason { return condition(r.Target) }

func condition(t hooks.Target) fault.Reason {
	switch {
	case t.Paused:
		return isPaused.With()
	case t.Health.Ailing():
		return isAiling.With(t.Health.Misses)
	case t.Health.Misses > 0:
		return hasMissed.With()
	}
	return isWell.With()
}

func (rm *room) listView(r *http.Request) (v listView, err error) {
	if v.Series, err = rm.mine(r); err != nil || len(v.Series) == 0 {
		return v, err
	}
	mastheads, ids := map[uuid.UUID]string{}, []uuid.UUID{}
	for _, s := range v.Series {
		mastheads[s.ID], ids = s.Masthead, append(ids, s.ID)
	}
	targets, err := rm.Reads.HookTargets(r.Context(), ids)
	for _, t := range targets {
		v.Targets = append(v.Targets, row{t, mastheads[t.Series]})
	}
	v.Typed.Kinds = []hooks.Kind{hooks.Released, hooks.Recalled, hooks.Corrected}
	return v, err
}

func (rm *room) list(w http.ResponseWriter, r *http.Request) {
	v, err := rm.listView(r)
	switch {
	case err != nil:
		rm.Fail(w, r, err)
	case len(v.Series) == 0:
		rm.Nothing(w, r)
	default:
		rm.pages.Show(w, r, http.StatusOK, "list", page.Page{Room: "hooks", Data: v})
	}
}

var noSeries = fault.Say("hookpages.no-series", "请选择刊物", "choose a series")

// typed is a target as it was typed.
func typed(r *http.Request) hooks.Target {
	t := hooks.Target{Name: strings.TrimSpace(r.PostForm.Get("name")), URL: strings.TrimSpace(r.PostForm.Get("url"))}
	for _, kind := range r.PostForm["kind"] {
		t.Kinds = append(t.Kinds, hooks.Kind(kind))
	}
	t.Series, _ = uuid.Parse(r.PostForm.Get("series")) // none is none of theirs
	return t
}

func (rm *room) make(w http.ResponseWriter, r *http.Request) {
	v, err := rm.listView(r)
	if err != nil || len(v.Series) == 0 {
		rm.list(w, r)
		return
	}
	_, err = rm.ReadForm(w, r)
	v.Typed = typed(r)
	if err == nil && !slices.ContainsFunc(v.Series, func(s workflow.Series) bool { return s.ID == v.Typed.Series }) {
		err = fault.New(fault.Invalid, noSeries.With())
	}
	var made hooks.Target
	if err == nil {
		made, err = rm.Office.Make(r.Context(), clerk(r), v.Typed)
	}
	if err != nil {
		rm.pages.Refuse(w, r, "list", page.Page{Room: "hooks", Data: v}, err)
		return
	}
	page.See(w, r, "/hooks/"+made.ID.String())
}

// A targetView is the page of one target.
type targetView struct {
	hooks.Target
	Series   workflow.Series
	Typed    hooks.Target
	Secret   string
	Overlaps bool // the secret before signs still
	Messages []hooks.Message
	Changes  []hooks.Change
}

// Kinds are those that a target can ask for.
func (targetView) Kinds() []hooks.Kind { return hooks.Kinds() }

// Condition says how the target answers.
func (v targetView) Condition() fault.Reason { return condition(v.Target) }

const (
	shownMessages = 30
	shownChanges  = 50
)

// target returns the page of the target in the address. It fails with
// fault.NotFound for whoever does not administer its series.
func (rm *room) target(r *http.Request) (v targetView, err error) {
	id, wrong := uuid.Parse(r.PathValue("id"))
	mine, err := rm.mine(r)
	if err != nil || wrong != nil || len(mine) == 0 {
		return v, errors.Join(err, page.NotHere())
	}
	if v.Target, err = rm.Reads.HookTarget(r.Context(), id); err != nil {
		return v, err
	}
	n := slices.IndexFunc(mine, func(s workflow.Series) bool { return s.ID == v.Target.Series })
	if n < 0 || !v.Ended.IsZero() {
		return v, page.NotHere()
	}
	v.Series, v.Typed, v.Secret = mine[n], v.Target, rm.Office.Secret(v.Target)
	v.Overlaps = v.Generation > 1 && rm.Now().Before(v.Renewed.Add(hooks.Overlap))
	if v.Messages, err = rm.Reads.HookMessages(r.Context(), id, shownMessages); err != nil {
		return v, err
	}
	v.Changes, err = rm.Reads.HookChanges(r.Context(), id, shownChanges)
	return v, err
}

func (rm *room) show(w http.ResponseWriter, r *http.Request) {
	v, err := rm.target(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "target", page.Page{Room: "hooks", Data: v})
}

func (rm *room) change(w http.ResponseWriter, r *http.Request) {
	rm.do(w, r, func(v *targetView, version int) error {
		v.Typed = typed(r)
		return rm.Office.Change(r.Context(), clerk(r), v.ID, version, v.Typed.Name, v.Typed.URL, v.Typed.Kinds)
	})
}

// act does what a button says.
func (rm *room) act(w http.ResponseWriter, r *http.Request) {
	rm.do(w, r, func(v *targetView, version int) error {
		ctx, by := r.Context(), clerk(r)
		switch r.PostForm.Get("act") {
		case "pause":
			return rm.Office.Pause(ctx, by, v.ID, version, true)
		case "resume":
			return rm.Office.Pause(ctx, by, v.ID, version, false)
		case "renew":
			return rm.Office.Renew(ctx, by, v.ID, version)
		case "test":
			return rm.Office.Test(ctx, by, v.ID)
		case "end":
			return rm.Office.End(ctx, by, v.ID, version)
		}
		return fault.New(fault.Invalid, page.BadForm.With())
	})
}

// do changes a target of somebody's own.
func (rm *room) do(w http.ResponseWriter, r *http.Request, change func(*targetView, int) error) {
	v, err := rm.target(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if _, err = rm.ReadForm(w, r); err == nil {
		version, wrong := strconv.Atoi(r.PostForm.Get("version"))
		if wrong != nil {
			version = -1 // of no target
		}
		err = change(&v, version)
	}
	switch {
	case err != nil:
		rm.pages.Refuse(w, r, "target", page.Page{Room: "hooks", Data: v}, err)
	case r.PostForm.Get("act") == "end":
		page.See(w, r, "/hooks")
	default:
		page.See(w, r, "/hooks/"+v.ID.String())
	}
}

// The words of the pages. Templates find them by key.
var (
	isPaused  = fault.Say("hookpages.paused", "已暂停", "paused")
	isAiling  = fault.Say("hookpages.ailing", "连续%d次没有送达，过一会儿再试", "%d tries in a row failed; left alone for a while")
	hasMissed = fault.Say("hookpages.missed", "上一次没有送达", "the last try failed")
	isWell    = fault.Say("hookpages.well", "正常", "well")

	_ = fault.Say("hookpages.title", "向其他系统推送", "Messages to other programs")
	_ = fault.Say("hookpages.hint", "刊物有了动静，就向这些系统各发一条签名的消息（webhook）：刊名、期号、状态和链接，不含正文。不保证先后次序，可能重复，对方按编号去重。", "When something happens to an issue, each of these programs gets a signed message (webhook): masthead, number, state and link, and nothing of its text. Messages may come in any order and more than once; receivers know them by their ids.")
	_ = fault.Say("hookpages.none", "还没有推送地址。", "There are no targets yet.")
	_ = fault.Say("hookpages.new", "新的推送地址", "Another target")
	_ = fault.Say("hookpages.name", "推送给", "Program")
	_ = fault.Say("hookpages.url", "网址", "Address")
	_ = fault.Say("hookpages.kinds", "推送哪些事项", "What it is told")
	_ = fault.Say("hookpages.condition", "情况", "Condition")
	_ = fault.Say("hookpages.make", "建立", "Add it")
	_ = fault.Say("hookpages.settings", "设置", "Settings")
	_ = fault.Say("hookpages.secret", "密钥", "Secret")
	_ = fault.Say("hookpages.secret-hint", "把密钥交给对方，用来核对签名（Standard Webhooks：webhook-id、webhook-timestamp、webhook-signature）。", "Give the secret to the receiver, who checks the signature with it (Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature).")
	_ = fault.Say("hookpages.show-secret", "显示密钥（第%d把）", "Show the secret (no. %d)")
	_ = fault.Say("hookpages.overlaps", "换密钥后的一天内，消息同时带有旧密钥的签名。", "For a day after the change messages carry the signature of the old secret, too.")
	_ = fault.Say("hookpages.renew", "更换密钥", "Make the secret anew")
	_ = fault.Say("hookpages.test", "发测试消息", "Send a test")
	_ = fault.Say("hookpages.pause", "暂停", "Pause")
	_ = fault.Say("hookpages.resume", "恢复推送", "Go on")
	_ = fault.Say("hookpages.end", "删除", "Remove")
	_ = fault.Say("hookpages.messages", "最近的消息", "The last messages")
	_ = fault.Say("hookpages.no-messages", "还没有消息。", "There are no messages yet.")
	_ = fault.Say("hookpages.when", "时间", "When")
	_ = fault.Say("hookpages.what", "事项", "What")
	_ = fault.Say("hookpages.outcome", "结果", "What came of it")
	_ = fault.Say("hookpages.tries", "%d次", "tries: %d")
	_ = fault.Say("hookpages.next", "%s再试", "again at %s")
	_ = fault.Say("hookpages.waiting", "等候", "waiting")
	_ = fault.Say("hookpages.sending", "正在发", "being sent")
	_ = fault.Say("hookpages.delivered", "已送达", "delivered")
	_ = fault.Say("hookpages.failed", "未送达", "given up")
	_ = fault.Say("hookpages.record", "改动记录", "What was changed")
	_ = fault.Say("hookpages.program", "系统", "program")
)
