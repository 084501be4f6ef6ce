package people

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/page"
)

// A houseView is the page of what the office sets for everybody.
type houseView struct {
	entry.House
	Roles []box
}

func houseOf(h entry.House) houseView {
	v := houseView{House: h}
	for _, role := range accounts.Roles {
		v.Roles = append(v.Roles, box{Role: role, Checked: slices.Contains(h.Strict, role)})
	}
	return v
}

func (rm *room) house(w http.ResponseWriter, r *http.Request) {
	h, err := rm.Reads.House(r.Context())
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	p := page.Page{Room: "settings", Data: houseOf(h)}
	if r.URL.Query().Has("done") {
		p.Notes = []string{said["saved"].With().In(page.Lang(r))}
	}
	rm.pages.Show(w, r, http.StatusOK, "house", p)
}

var (
	saidHouse  = fault.Say("people.said-house", "单位设置：名称“%s”，发件地址“%s”，须用动态口令的角色“%s”", "settings of the office: name %q, sender %q, roles that need one-time codes %q")
	notGranter = fault.Say("people.not-granter", "只有安全管理员（未分立时是管理员）才能改单位设置", "the settings of the office are for the security administrator, or the administrator while they are not separated")
	noToken    = fault.Say("people.no-token", "没有这个令牌", "there is no such token")
)

// grants fails with Forbidden unless who asks sees to rights.
func (rm *room) grants(r *http.Request) error {
	split, err := rm.Reads.Separation(r.Context())
	if err == nil && !split.Grants(page.Person(r)) {
		err = fault.New(fault.Forbidden, notGranter.With())
	}
	return err
}

func (rm *room) saveHouse(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	f := r.PostForm
	h := entry.House{Name: strings.TrimSpace(f.Get("name")), Sender: strings.TrimSpace(f.Get("sender"))}
	var titles []string
	for _, text := range f["strict"] {
		h.Strict = append(h.Strict, accounts.Role(text))
		titles = append(titles, accounts.Role(text).Title().In(fault.ZH))
	}
	version, wrong := strconv.Atoi(f.Get("version"))
	h.Version = version
	if err == nil && wrong != nil {
		err = fault.New(fault.Invalid, page.BadForm.With())
	}
	if err == nil {
		err = rm.grants(r)
	}
	if err == nil {
		err = rm.Reads.SaveHouse(r.Context(), h, entry.Line{Sphere: accounts.OfSecurity, What: saidHouse.With(h.Name, h.Sender, strings.Join(titles, "、"))})
	}
	if err != nil {
		rm.pages.Refuse(w, r, "house", page.Page{Room: "settings", Data: houseOf(h)}, err)
		return
	}
	page.See(w, r, "/people/house?done=1")
}

// A tokensView is the page of the tokens of programs.
type tokensView struct{ Tokens []tokenLine }

// A tokenLine is a token, for whom it speaks, and whether it opens anything.
type tokenLine struct {
	accounts.Token
	Login, Name string
	Open        bool
}

func (rm *room) tokensView(r *http.Request) (v tokensView, err error) {
	all, err := rm.Reads.Tokens(r.Context())
	if err != nil {
		return v, err
	}
	people, err := rm.Reads.People(r.Context())
	by := map[uuid.UUID]accounts.Person{}
	for _, p := range people {
		by[p.ID] = p
	}
	for _, t := range slices.Backward(all) {
		v.Tokens = append(v.Tokens, tokenLine{t, by[t.Person].Login, by[t.Person].Name, t.Check(rm.Now()) == nil})
	}
	return v, err
}

func (rm *room) tokens(w http.ResponseWriter, r *http.Request) { rm.showTokens(w, r, nil) }

func (rm *room) showTokens(w http.ResponseWriter, r *http.Request, refused error) {
	v, err := rm.tokensView(r)
	switch {
	case err != nil:
		rm.Fail(w, r, err)
	case refused != nil:
		rm.pages.Refuse(w, r, "tokens", page.Page{Room: "settings", Data: v}, refused)
	default:
		rm.pages.Show(w, r, http.StatusOK, "tokens", page.Page{Room: "settings", Data: v})
	}
}

func (rm *room) revoke(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	id, wrong := uuid.Parse(r.PostForm.Get("token"))
	if err == nil && wrong != nil {
		err = fault.New(fault.Invalid, noToken.With())
	}
	if err == nil {
		err = rm.grants(r)
	}
	if err == nil {
		err = rm.Reads.RevokeToken(r.Context(), id, rm.Now())
	}
	if err != nil {
		rm.showTokens(w, r, err)
		return
	}
	page.See(w, r, "/people/tokens")
}
