// Package own is the pages of units, who have no account:
//
//	/receipt/{token}/own                   leads from a receipt slip to the unit's page
//	/own/{token}                           本单位收到的简报: what was sent to it
//	/own/{token}/{dispatch}                a letter as it was sent, or the notice of a recall
//	/own/{token}/{dispatch}/files/{sha}    a file of it
//
// and, behind the door, for those who keep the directory:
//
//	/unit-links/{id}  查阅链接: the links of a unit, which a clerk ends
//
// Package workflow/unitdoor says who sees what. Whatever is not for a unit is
// answered as if it did not exist. The pages tell search engines and other sites
// nothing, as all pages whose address is a secret (web).
package own

import (
	"context"
	"embed"
	"html/template"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/unitdoor"
)

//go:embed templates
var files embed.FS

// Door is where units come in; see unitdoor.Desk. Refusals are fault.Errors.
type Door interface {
	Enter(ctx context.Context, slipToken string) (token string, err error)
	Open(ctx context.Context, token string) (unitdoor.Page, error)
	Read(ctx context.Context, token string, dispatch uuid.UUID) (unitdoor.Received, unitdoor.Letter, error)
	File(ctx context.Context, token string, dispatch uuid.UUID, sum string) (workflow.File, error)
	Links(ctx context.Context, unit uuid.UUID) ([]unitdoor.Link, error)
	Revoke(ctx context.Context, actor workflow.Actor, unit uuid.UUID) (int, error)
}

// Units is the directory.
type Units interface {
	// Units returns every unit.
	Units(ctx context.Context) ([]recipients.Unit, error)
}

// Config is what the rooms need; all of it.
type Config struct {
	Door  Door
	Units Units
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

func newRoom(c Config, kit *page.Kit) (*room, error) {
	pages, err := kit.Parse(files, func(lang fault.Lang) template.FuncMap {
		return template.FuncMap{"purpose": func(p workflow.Purpose) string { return purposes[p].With().In(lang) }}
	})
	return &room{kit, c, pages}, err
}

// Outside makes the pages of units.
func Outside(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		rm, err := newRoom(c, kit)
		return page.Routes{
			"GET /receipt/{token}/own":                rm.enter,
			"GET /own/{token}":                        rm.list,
			"GET /own/{token}/{dispatch}":             rm.letter,
			"GET /own/{token}/{dispatch}/files/{sha}": rm.file,
		}, err
	}
}

// Room makes the page of those who keep the directory.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		rm, err := newRoom(c, kit)
		return page.Routes{"GET /unit-links/{id}": rm.links, "POST /unit-links/{id}": rm.revoke}, err
	}
}

// The words of the pages. Templates find them by key.
var (
	_ = fault.Say("own.title", "本单位收到的简报", "Issues that your unit received")
	_ = fault.Say("own.for", "%s收到的简报", "Issues received by %s")
	_ = fault.Say("own.hint", "这个链接只供本单位使用，%s前有效，请勿转给他人。", "This link is for your unit alone and holds until %s; please do not pass it on.")
	_ = fault.Say("own.empty", "还没有通过本系统发给本单位的简报。", "Nothing has been sent to your unit by this system yet.")
	_ = fault.Say("own.issue", "简报", "Issue")
	_ = fault.Say("own.sent", "发出时间", "Sent")
	_ = fault.Say("own.what", "内容", "What")
	_ = fault.Say("own.receipt", "签收", "Receipt")
	_ = fault.Say("own.signed", "已签收", "acknowledged")
	_ = fault.Say("own.unsigned", "未签收", "not acknowledged")
	_ = fault.Say("own.read", "阅读", "Read")
	_ = fault.Say("own.paper", "纸质件", "on paper")
	_ = fault.Say("own.withdrawn", "已撤销，不再提供查阅；请按撤销通知处理手中的文本和纸质件", "recalled, and no longer shown; please do with what you have as the notice of the recall says")
	_ = fault.Say("own.destroyed", "已过保管期限并销毁", "destroyed after its time")
	_ = fault.Say("own.corrected", "本期已有更正，请以更正后的为准", "this issue was corrected; the correction counts")
	_ = fault.Say("own.to-correction", "查看更正", "See the correction")
	_ = fault.Say("own.to-notice", "查看撤销通知", "See the notice of the recall")
	_ = fault.Say("own.edition", "更正第%d版", "edition %d")
	_ = fault.Say("own.back", "返回列表", "Back to the list")
	_ = fault.Say("own.files", "附件", "Files")
	_ = fault.Say("own.links", "查阅链接", "Links of the unit")
	_ = fault.Say("own.links-hint", "单位打开来信中的签收页，可以进入自己收到的简报列表；下面是为它开过的链接。链接外泄时请停用：已发出的信也不能再进入，要等下一封信。", "From the receipt page of a letter a unit comes to the list of what it received; these are the links that were made for it. End them if one went astray: letters sent before lead in no more, the next one does.")
	_ = fault.Say("own.made", "开通", "Made")
	_ = fault.Say("own.expires", "有效至", "Holds until")
	_ = fault.Say("own.state", "状态", "State")
	_ = fault.Say("own.holds", "有效", "holds")
	_ = fault.Say("own.over", "已过期", "over")
	_ = fault.Say("own.revoked", "%s于%s停用", "ended by %s on %s")
	_ = fault.Say("own.revoke", "停用全部链接", "End all links")
	_ = fault.Say("own.no-links", "这个单位还没有打开过自己的列表。", "The unit has not opened its list yet.")
	_ = fault.Say("own.to-unit", "返回单位", "Back to the unit")
)

var purposes = map[workflow.Purpose]fault.Sentence{
	workflow.Released: fault.Say("own.purpose.release", "印发", "issue"),
	workflow.Resent:   fault.Say("own.purpose.resend", "补发", "sent once more"),
	workflow.Revoked:  fault.Say("own.purpose.recall", "撤销通知", "notice of a recall"),
}

// enter leads a unit from its slip to its page. A mail scanner that follows the
// link does no harm: the page is the same for whoever holds the slip.
func (rm *room) enter(w http.ResponseWriter, r *http.Request) {
	token, err := rm.Door.Enter(r.Context(), r.PathValue("token"))
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.See(w, r, "/own/"+token)
}

// A listView is the page of a unit.
type listView struct {
	unitdoor.Page
	Token string
}

// Until is the last day of the link.
func (v listView) Until() string { return v.Link.Expires.In(page.Zone()).Format(time.DateOnly) }

// Correction returns the sending to this unit that corrects another; nil if it
// got none.
func (v listView) Correction(of unitdoor.Received) *unitdoor.Received {
	if of.Replaced == uuid.Nil {
		return nil
	}
	return v.find(func(r unitdoor.Received) bool { return r.Issue == of.Replaced && r.Readable() })
}

// Notice returns the notice of the recall of an issue; nil if the unit got none.
func (v listView) Notice(of unitdoor.Received) *unitdoor.Received {
	if of.Purpose == workflow.Revoked {
		return nil
	}
	return v.find(func(r unitdoor.Received) bool {
		return r.Issue == of.Issue && r.Purpose == workflow.Revoked && r.Readable()
	})
}

func (v listView) find(is func(unitdoor.Received) bool) *unitdoor.Received {
	if n := slices.IndexFunc(v.Received, is); n >= 0 {
		return &v.Received[n]
	}
	return nil
}

// Recalled reports whether an issue may not be read because it was recalled.
func (listView) Recalled(r unitdoor.Received) bool {
	return r.Purpose != workflow.Revoked && (r.Secret || r.State == workflow.Recalled)
}

func (rm *room) list(w http.ResponseWriter, r *http.Request) {
	p, err := rm.Door.Open(r.Context(), r.PathValue("token"))
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "own", page.Page{Data: listView{p, r.PathValue("token")}})
}

// A letterView is one letter with what became of it.
type letterView struct {
	unitdoor.Letter
	listView
	Sent unitdoor.Received
}

func (rm *room) letter(w http.ResponseWriter, r *http.Request) {
	v := letterView{listView: listView{Token: r.PathValue("token")}}
	id, err := uuid.Parse(r.PathValue("dispatch"))
	if err != nil {
		rm.Nothing(w, r)
		return
	}
	if v.Sent, v.Letter, err = rm.Door.Read(r.Context(), v.Token, id); err == nil {
		v.Page, err = rm.Door.Open(r.Context(), v.Token)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "letter", page.Page{Data: v})
}

func (rm *room) file(w http.ResponseWriter, r *http.Request) {
	id, err := uuid.Parse(r.PathValue("dispatch"))
	if err != nil {
		rm.Nothing(w, r)
		return
	}
	f, err := rm.Door.File(r.Context(), r.PathValue("token"), id, r.PathValue("sha"))
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.Send(w, f, "attachment")
}

// A linksView is the links of a unit.
type linksView struct {
	Unit  recipients.Unit
	Links []unitdoor.Link
	Now   time.Time
	Clerk bool
	Any   bool // one of them holds
}

// links shows the links of a unit to those who have a role anywhere, as the page
// of the unit does.
func (rm *room) links(w http.ResponseWriter, r *http.Request) {
	v, err := rm.linksOf(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "links", page.Page{Room: "units", Data: v})
}

func (rm *room) linksOf(r *http.Request) (v linksView, err error) {
	who := page.Person(r)
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil || len(who.Grants) == 0 {
		return v, page.NotHere()
	}
	all, err := rm.Units.Units(r.Context())
	if err != nil {
		return v, err
	}
	at := slices.IndexFunc(all, func(u recipients.Unit) bool { return u.ID == id })
	if at < 0 {
		return v, page.NotHere()
	}
	v.Unit, v.Now = all[at], rm.Now()
	v.Clerk = slices.ContainsFunc(who.Grants, func(g accounts.Grant) bool { return g.Role == accounts.Clerk || g.Role == accounts.Admin })
	v.Links, err = rm.Door.Links(r.Context(), id)
	v.Any = slices.ContainsFunc(v.Links, func(l unitdoor.Link) bool { return l.Holds(v.Now) })
	return v, err
}

func (rm *room) revoke(w http.ResponseWriter, r *http.Request) {
	v, err := rm.linksOf(r)
	if err == nil {
		_, err = rm.Door.Revoke(r.Context(), page.Actor(r), v.Unit.ID)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.See(w, r, r.URL.Path)
}
