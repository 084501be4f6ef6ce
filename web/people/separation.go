package people

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/accounts/refusals"
	"jianbao/fault"
	"jianbao/web/page"
)

// Switch is where the separation of the administrators is turned; [entry.Switch]
// is one, with the contracts.
type Switch interface {
	State(ctx context.Context) (accounts.Separation, accounts.Ask, error)
	Split(ctx context.Context, who accounts.Person, given entry.Proof) error
	AskToJoin(ctx context.Context, who accounts.Person, given entry.Proof, reason string) error
	Agree(ctx context.Context, who accounts.Person, given entry.Proof) error
}

// How often a password or a code may be wrong when somebody proves who they are
// once more.
const (
	proofsAtOnce = 5
	proofsEvery  = time.Minute
	maxProofs    = 1000
)

// A separationView is the page of the separation of the administrators.
type separationView struct {
	accounts.Separation
	Ask     accounts.Ask
	Waiting bool // for somebody to agree
	// What who asks may do now.
	MaySplit, MayAsk, MayAgree bool
	// Powers are who holds each of the three, and Against what stands in the way
	// of separating them.
	Powers  []holders
	Against []fault.Reason
	Reason  string // of a request, as typed
}

// holders are the people who hold one of the powers.
type holders struct {
	Role accounts.Role
	Held []accounts.Person
}

// concerned lets those pass who hold one of the three powers.
func (rm *room) concerned(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who := page.Person(r)
		if !entry.MaySee(who) && !who.Has(accounts.Auditor, uuid.Nil) {
			rm.Nothing(w, r)
			return
		}
		next(w, r)
	}
}

func (rm *room) separationView(r *http.Request) (v separationView, err error) {
	who, now := page.Person(r), rm.Now()
	if v.Separation, v.Ask, err = rm.Switch.State(r.Context()); err != nil {
		return v, err
	}
	v.Waiting = v.Ask.Open(v.Separation, now)
	v.MaySplit = v.Separation.MaySplit(who) == nil
	v.MayAsk = v.Separation.MayAsk(who, "…") == nil
	v.MayAgree = v.Separation.MayAgree(who, v.Ask, now) == nil
	all, err := rm.Reads.People(r.Context())
	for _, role := range accounts.Powers {
		h := holders{Role: role}
		for _, p := range all {
			if p.Has(role, uuid.Nil) {
				h.Held = append(h.Held, p)
			}
		}
		v.Powers = append(v.Powers, h)
	}
	if e := fault.As(accounts.Separable(all)); e != nil && !v.On {
		v.Against = e.Reasons
	}
	return v, err
}

func (rm *room) separation(w http.ResponseWriter, r *http.Request) {
	rm.showSeparation(w, r, "", nil)
}

func (rm *room) showSeparation(w http.ResponseWriter, r *http.Request, reason string, refused error) {
	v, err := rm.separationView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.Reason = reason
	p := page.Page{Room: "settings", Data: v}
	if refused != nil {
		rm.pages.Refuse(w, r, "separation", p, refused)
		return
	}
	if s, known := turned[r.URL.Query().Get("done")]; known {
		p.Notes = []string{s.With().In(page.Lang(r))}
	}
	rm.pages.Show(w, r, http.StatusOK, "separation", p)
}

// turned are what a change leads back with.
var turned = map[string]fault.Sentence{
	"split": fault.Say("people.split-done", "三员分立已启用。", "The administrators are separated."),
	"ask":   fault.Say("people.ask-done", "申请已记下，等管理员或审计管理员在这一页同意，一天内有效。", "The request is entered; an administrator or an auditor agrees to it on this page within a day."),
	"agree": fault.Say("people.agree-done", "三员分立已停用。", "The administrators are separated no longer."),
}

var proofsTooOften = fault.Say("people.proofs-too-often", "错得太多，请过%d秒再试", "wrong too often; try again in %d seconds")

// turn does what a form asks, by whoever proves once more who they are. Only what
// was wrong counts as a try.
func (rm *room) turn(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	f, who := r.PostForm, page.Person(r)
	act, reason, given := f.Get("act"), strings.TrimSpace(f.Get("reason")), entry.Proof{Password: f.Get("password"), Code: f.Get("code")}
	if err == nil {
		err = rm.proved(r, who, func() error {
			switch act {
			case "split":
				return rm.Switch.Split(r.Context(), who, given)
			case "ask":
				return rm.Switch.AskToJoin(r.Context(), who, given, reason)
			case "agree":
				return rm.Switch.Agree(r.Context(), who, given)
			}
			return fault.New(fault.Invalid, page.BadForm.With())
		})
	}
	if err != nil {
		rm.showSeparation(w, r, reason, err)
		return
	}
	page.See(w, r, "/people/separation?done="+act)
}

// proved does something that proves who somebody is, unless that failed too often
// of late.
func (rm *room) proved(r *http.Request, who accounts.Person, do func() error) error {
	try := rm.proofs.Take(r.Context(), rm.Now(), who.ID.String())
	if try.Wait > 0 {
		rm.NotLetIn(r, refusals.Refusal{Why: refusals.Held, Person: who.ID})
		return fault.New(fault.TooMany, proofsTooOften.With(int(try.Wait.Seconds())+1))
	}
	err := do()
	if !fault.Is(err, fault.Unauthenticated) {
		try.Forgive()
		return err
	}
	rm.NotLetIn(r, refusals.Refusal{Why: refusals.Proof, Person: who.ID})
	// Whoever is in and types something wrong is not asked to sign in.
	e := fault.As(err)
	return fault.New(fault.Invalid, e.Message, e.Reasons...)
}
