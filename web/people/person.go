package people

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/page"
)

// How much is shown of one person.
const (
	maxVisits = 50
	maxLines  = 100
)

// A personView is the page of one person.
type personView struct {
	accounts.Person
	Form       form
	Visits     []entry.Visit
	Factor     entry.Factor
	Identities []entry.Identity
	Pass       *entry.Pass // the link that is still out
	Lines      []accounts.Line
	Given      *given
	Reason     string // of a reset, as typed
	Who        string // an identity at the provider, as typed
}

// at returns whose page is asked for, or answers that there is none.
func (rm *room) at(w http.ResponseWriter, r *http.Request) (p accounts.Person, ok bool) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err == nil {
		p, err = rm.Records.PersonByID(r.Context(), id)
	}
	switch {
	case err == nil:
		return p, true
	case p.ID == uuid.Nil && fault.As(err) == nil || fault.Is(err, fault.NotFound):
		rm.Nothing(w, r)
	default:
		rm.Fail(w, r, err)
	}
	return p, false
}

func (rm *room) one(w http.ResponseWriter, r *http.Request) {
	if p, ok := rm.at(w, r); ok {
		rm.showOne(w, r, p, nil, nil)
	}
}

// showOne shows the page; change puts into it what is this answer's own.
func (rm *room) showOne(w http.ResponseWriter, r *http.Request, p accounts.Person, change func(*personView), refused error) {
	v, err := rm.view(r, p)
	if change != nil {
		change(&v)
	}
	if err == nil {
		v.Form.Rows, err = rm.rows(r.Context(), v.Form.Grants)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	p2 := page.Page{Room: "settings", Data: v}
	if refused != nil {
		rm.pages.Refuse(w, r, "person", p2, refused)
		return
	}
	if s, known := said[r.URL.Query().Get("done")]; known {
		p2.Notes = []string{s.With().In(page.Lang(r))}
	}
	rm.pages.Show(w, r, http.StatusOK, "person", p2)
}

func (rm *room) view(r *http.Request, p accounts.Person) (v personView, err error) {
	ctx, now := r.Context(), rm.Now()
	v = personView{Person: p, Form: form{Login: p.Login, Name: p.Name, Grants: p.Grants}}
	var errs [6]error
	var visits []entry.Visit
	var split accounts.Separation
	v.Form.Address, errs[0] = rm.Records.MailOf(ctx, p.ID)
	visits, errs[1] = rm.Records.VisitsOf(ctx, p.ID, maxVisits)
	v.Factor, errs[2] = rm.Records.Factor(ctx, p.ID)
	v.Identities, errs[3] = rm.Records.Identities(ctx, p.ID)
	v.Lines, errs[4] = rm.Records.LinesOf(ctx, p.ID, maxLines)
	split, errs[5] = rm.Reads.Separation(ctx)
	if fault.Is(errs[2], fault.NotFound) {
		errs[2] = nil
	}
	pass, err := rm.Records.PassOf(ctx, p.ID)
	if err == nil && pass.Check(now) == nil {
		v.Pass = &pass
	}
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	for _, one := range visits {
		if one.Open(now) {
			v.Visits = append(v.Visits, one)
		}
	}
	v.Form.MayName, v.Form.MayGrant = split.Keeps(page.Person(r)), split.Grants(page.Person(r))
	return v, cmp.Or(errs[0], errs[1], errs[2], errs[3], errs[4], errs[5], err)
}

// said are what a change leads back with.
var said = map[string]fault.Sentence{
	"saved":        fault.Say("people.saved", "已保存。", "Saved."),
	"suspend":      fault.Say("people.suspended", "账号已停用，各处的登录都已结束。", "The account was closed, and its sign-ins were ended."),
	"resume":       fault.Say("people.resumed", "账号已重新启用。", "The account was opened again."),
	"end-visits":   fault.Say("people.ended", "各处的登录都已结束。", "All sign-ins were ended."),
	"reset-factor": fault.Say("people.unfactored", "动态口令已重置，本人须重新设置。", "The one-time codes were ended; they have to be set up anew."),
	"link":         fault.Say("people.linked", "统一登录身份已登记。", "The identity was entered."),
	"unlink":       fault.Say("people.unlinked", "统一登录身份已删去。", "The identity was removed."),
}

func (rm *room) alter(w http.ResponseWriter, r *http.Request) {
	p, ok := rm.at(w, r)
	if !ok {
		return
	}
	_, err := rm.ReadForm(w, r)
	f, wrong := rm.typed(r)
	version, broken := strconv.Atoi(r.PostForm.Get("version"))
	if err == nil && broken != nil {
		err = fault.New(fault.Invalid, page.BadForm.With())
	}
	if err == nil {
		err = wrong
	}
	if err == nil {
		err = rm.Desk.Alter(r.Context(), page.Person(r), p.ID, version, entry.Newcomer{Name: f.Name, Address: f.Address, Grants: f.Grants})
	}
	if err != nil {
		rm.showOne(w, r, p, func(v *personView) {
			v.Form.Name, v.Form.Address, v.Form.Grants = f.Name, f.Address, f.Grants
		}, err)
		return
	}
	page.See(w, r, "/people/"+p.ID.String()+"?done=saved")
}

// act does one thing to an account.
func (rm *room) act(w http.ResponseWriter, r *http.Request) {
	p, ok := rm.at(w, r)
	if !ok {
		return
	}
	_, err := rm.ReadForm(w, r)
	act := r.PostForm.Get("act")
	if err == nil && act == "invite" {
		rm.invite(w, r, p)
		return
	}
	if err == nil {
		err = rm.do(r, p, act)
	}
	if err != nil {
		reason := r.PostForm.Get("reason")
		rm.showOne(w, r, p, func(v *personView) { v.Reason, v.Who = reason, r.PostForm.Get("who") }, err)
		return
	}
	page.See(w, r, "/people/"+p.ID.String()+"?done="+act)
}

func (rm *room) do(r *http.Request, p accounts.Person, act string) error {
	ctx, who, f := r.Context(), page.Person(r), r.PostForm
	version, err := strconv.Atoi(f.Get("version"))
	identity, bad := uuid.Parse(f.Get("identity"))
	switch {
	case act == "suspend" && err == nil:
		return rm.Desk.Suspend(ctx, who, p.ID, version)
	case act == "resume" && err == nil:
		return rm.Desk.Resume(ctx, who, p.ID, version)
	case act == "end-visits":
		return rm.Desk.EndVisits(ctx, who, p.ID)
	case act == "reset-factor":
		return rm.Desk.ResetFactor(ctx, who, p.ID, f.Get("reason"))
	case act == "link" && strings.Contains(f.Get("who"), "@"):
		return rm.SSO.Link(ctx, who, p.ID, "", f.Get("who"))
	case act == "link":
		return rm.SSO.Link(ctx, who, p.ID, f.Get("who"), "")
	case act == "unlink" && bad == nil:
		return rm.SSO.Unlink(ctx, who, p.ID, identity)
	}
	return fault.New(fault.Invalid, page.BadForm.With())
}

// invite makes a link and shows it, this once, unless it was mailed.
func (rm *room) invite(w http.ResponseWriter, r *http.Request, p accounts.Person) {
	g, err := rm.Desk.Invite(r.Context(), page.Person(r), p.ID)
	w.Header().Set("Cache-Control", "no-store")
	rm.showOne(w, r, p, func(v *personView) {
		if err == nil {
			v.Given = rm.given(r, g)
		}
	}, err)
}
