package access

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
)

var (
	badToken  = fault.Say("access.bad-token", "没有这个令牌", "there is no such token")
	notSeries = fault.Say("access.not-series", "请从名单里选刊物", "choose the series from the list")
)

// tokens makes a token, or revokes one.
func (rm *room) tokens(w http.ResponseWriter, r *http.Request) {
	if _, err := rm.ReadForm(w, r); err != nil {
		rm.answer(w, r, nil, err)
		return
	}
	if which := r.PostForm.Get("revoke"); which != "" {
		if err := rm.revoke(r, which); err != nil {
			rm.answer(w, r, nil, err)
			return
		}
		page.See(w, r, "/me/access?done=token")
		return
	}
	f := r.PostForm
	form := typed{Name: strings.TrimSpace(f.Get("name")), Days: strings.TrimSpace(f.Get("days")), Series: f.Get("series"), Acts: f.Has("acts")}
	text, err := rm.make(r, form)
	if err != nil {
		rm.answer(w, r, func(v *view) { v.Typed = form }, err)
		return
	}
	rm.answer(w, r, func(v *view) { v.Token = text }, nil)
}

// make makes a personal token and returns its text, which no book has.
func (rm *room) make(r *http.Request, form typed) (string, error) {
	var reasons []fault.Reason
	days, err := strconv.Atoi(form.Days)
	if err != nil {
		reasons = append(reasons, page.BadNumber.With(form.Days))
	}
	var series []uuid.UUID
	if form.Series != "" {
		id, err := uuid.Parse(form.Series)
		if err != nil || !page.Person(r).Sees(id) {
			reasons = append(reasons, notSeries.With())
		}
		series = []uuid.UUID{id}
	}
	who, now, text := page.Person(r), rm.Now(), accounts.NewToken()
	t := accounts.Token{
		ID: rm.NewID(), Person: who.ID, Kind: accounts.Personal, Name: form.Name, Prefix: accounts.TokenPrefix(text), Hash: accounts.TokenHash(text),
		Series: series, Acts: form.Acts, Made: now, By: who.Name, Expires: now.Add(time.Duration(days) * 24 * time.Hour),
	}
	if e := fault.As(t.Validate()); e != nil {
		reasons = append(reasons, e.Reasons...)
	}
	if len(reasons) > 0 {
		return "", fault.New(fault.Invalid, notMade.With(), reasons...)
	}
	return text, rm.Books.AddToken(r.Context(), t)
}

var notMade = fault.Say("access.not-made", "令牌没有生成", "the token was not made")

// revoke ends a token of the person; those of others are not there.
func (rm *room) revoke(r *http.Request, which string) error {
	all, err := rm.Books.Tokens(r.Context())
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.ID.String() == which && t.Person == page.Person(r).ID {
			return rm.Books.RevokeToken(r.Context(), t.ID, rm.Now())
		}
	}
	return fault.New(fault.Invalid, badToken.With())
}
