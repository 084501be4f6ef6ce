package people

import (
	"context"
	"net/http"
	"time"

	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/throttle"
)

// How often a network may say that it forgot a password, and how many such
// letters are written at once; the others wait to be asked for again.
const (
	askedAtOnce = 10
	askedEvery  = time.Minute
	maxNetworks = 10_000
	maxBusy     = 4
	// letterTime is how long one may take to be written.
	letterTime = time.Minute
)

// A passView is the page of a link.
type passView struct {
	entry.Asked
	Open bool
}

// pass shows what a link is for, and uses nothing up: mail scanners follow links
// too.
func (rm *room) pass(w http.ResponseWriter, r *http.Request) {
	asked, err := rm.Door.Ask(r.Context(), r.PathValue("token"))
	if err != nil {
		rm.noPass(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "pass", page.Page{Data: passView{asked, true}})
}

// noPass says why a link opens nothing, and where there is another.
func (rm *room) noPass(w http.ResponseWriter, r *http.Request, err error) {
	rm.pages.Refuse(w, r, "pass", page.Page{Data: passView{}}, err)
}

func (rm *room) settle(w http.ResponseWriter, r *http.Request) {
	token := r.PathValue("token")
	asked, err := rm.Door.Ask(r.Context(), token)
	if err != nil {
		rm.noPass(w, r, err)
		return
	}
	_, err = rm.ReadForm(w, r)
	if err == nil {
		_, err = rm.Door.Settle(r.Context(), token, r.PostForm.Get("password"), r.PostForm.Get("again"))
	}
	if err != nil {
		rm.pages.Refuse(w, r, "pass", page.Page{Data: passView{asked, true}}, err)
		return
	}
	page.See(w, r, "/sign-in?set=1")
}

// A forgottenView is the page of who forgot their password.
type forgottenView struct{ Asked bool }

func (rm *room) forgotten(w http.ResponseWriter, r *http.Request) {
	rm.pages.Show(w, r, http.StatusOK, "forgotten", page.Page{Data: forgottenView{r.URL.Query().Has("asked")}})
}

var forgotTooOften = fault.Say("people.too-often", "申请太频繁，请过几分钟再试", "asked too often; try again in a few minutes")

// ask answers at once and alike; whether there is such an account is found out
// when nobody waits any more.
func (rm *room) ask(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	if err == nil && rm.asked.Take(r.Context(), rm.Now(), throttle.Network(r.RemoteAddr)).Wait > 0 {
		err = fault.New(fault.TooMany, forgotTooOften.With())
	}
	if err != nil {
		rm.pages.Refuse(w, r, "forgotten", page.Page{Data: forgottenView{}}, err)
		return
	}
	login, ctx := r.PostForm.Get("login"), context.WithoutCancel(r.Context())
	select {
	case rm.busy <- struct{}{}:
		rm.Later(func() {
			defer func() { <-rm.busy }()
			ctx, stop := context.WithTimeout(ctx, letterTime)
			defer stop()
			if err := rm.Door.Forgotten(ctx, login); err != nil {
				rm.Log.ErrorContext(ctx, "a forgotten password", "error", err)
			}
		})
	default: // somebody asks very often; who means it asks again
	}
	page.See(w, r, "/forgotten?asked=1")
}
