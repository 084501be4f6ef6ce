// Package access is what people see to about their own account:
//
//	/me/access     the password, where they are signed in, tokens for their scripts
//	/me/codes      one-time codes as a second factor: set up, new recovery codes, end
//
// A change of the password asks for the present one, and ends every sign-in but
// the one it is made from. Tokens and recovery codes are shown once, on the page
// that answers their making, and no page can show them again. Rules, and the
// record of all this, are package entry's; here are the forms.
package access

import (
	"context"
	"embed"
	"errors"
	"net/http"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/accounts/refusals"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/throttle"
	"jianbao/workflow"
)

//go:embed templates
var files embed.FS

// Desk is where passwords and sign-ins are seen to; [entry.Desk] is one.
type Desk interface {
	// ChangePassword gives a person another password, by the one they have.
	ChangePassword(ctx context.Context, who uuid.UUID, current, password, again string, visit uuid.UUID) error

	// EndOthers ends every visit of a person but the present one.
	EndOthers(ctx context.Context, p accounts.Person, present uuid.UUID) error
}

// Codes are second factors; [entry.Factors] are.
type Codes interface {
	// Begin makes the secret of a person, or returns the one that was begun.
	Begin(ctx context.Context, p accounts.Person) (entry.Setup, error)

	// Confirm turns the factor on and returns the recovery codes.
	Confirm(ctx context.Context, p accounts.Person, code string) ([]string, error)

	// Anew makes new recovery codes.
	Anew(ctx context.Context, p accounts.Person, code string) ([]string, error)

	// End ends the factor.
	End(ctx context.Context, p accounts.Person, code string) error
}

// Books is what the pages read, and where tokens are kept.
type Books interface {
	// VisitsOf returns the visits of a person that were not ended.
	VisitsOf(ctx context.Context, person uuid.UUID, limit int) ([]entry.Visit, error)

	// EndVisit ends a visit of a person.
	EndVisit(ctx context.Context, person, id uuid.UUID, at time.Time, by string) error

	// Factor returns the second factor of a person, or fault.NotFound.
	Factor(ctx context.Context, person uuid.UUID) (entry.Factor, error)

	// Tokens returns every token, the oldest first.
	Tokens(ctx context.Context) ([]accounts.Token, error)

	// AddToken writes a new token. It fails with fault.Invalid and all reasons.
	AddToken(ctx context.Context, t accounts.Token) error

	// RevokeToken ends a token.
	RevokeToken(ctx context.Context, id uuid.UUID, at time.Time) error

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Desk  Desk
	Codes Codes
	Books Books
	NewID func() uuid.UUID
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
	// tries bound how often somebody at an open desk guesses the password or a
	// code of who sits there.
	tries *throttle.Shared
}

// How often a password or a code may be wrong.
const (
	triesAtOnce = 5
	triesEvery  = time.Minute
	maxPeople   = 10_000
)

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		if c.Desk == nil || c.Codes == nil || c.Books == nil || c.NewID == nil {
			return nil, errors.New("web: the pages of access need a desk, codes, books and ids")
		}
		pages, err := kit.Parse(files, nil)
		rm := &room{kit, c, pages, throttle.Share("access", throttle.New(triesAtOnce, triesEvery, maxPeople), kit.Counts, kit.Log)}
		return page.Routes{
			"GET /me/access":           rm.show,
			"POST /me/access/password": rm.password,
			"POST /me/access/visits":   rm.endVisit,
			"POST /me/access/tokens":   rm.tokens,
			"GET /me/access/{part}":    rm.back,
			"GET /me/codes":            rm.codes,
			"POST /me/codes":           rm.changeCodes,
		}, err
	}
}

// back shows the page where a refused change is asked for again.
func (rm *room) back(w http.ResponseWriter, r *http.Request) { page.See(w, r, "/me/access") }

// maxVisits and maxTokens are how many are shown.
const maxVisits = 100

// A view is the page of access.
type view struct {
	Visits  []entry.Visit
	Present uuid.UUID
	Tokens  []accounts.Token
	Series  []workflow.Series
	Coded   bool // a second factor is on
	Left    int  // recovery codes
	// Token is a new one, shown once; Typed a form that was refused.
	Token string
	Typed typed
	Now   time.Time
	Days  int
	Most  int
}

// typed is a form for a token.
type typed struct {
	Name   string
	Days   string
	Series string
	Acts   bool
}

func (rm *room) view(r *http.Request) (v view, err error) {
	who := page.Person(r)
	v = view{Present: page.Visit(r), Now: rm.Now(), Days: accounts.TokenDays, Most: accounts.MaxTokenDays}
	visits, err := rm.Books.VisitsOf(r.Context(), who.ID, maxVisits)
	if err != nil {
		return v, err
	}
	for _, one := range visits {
		if one.Open(v.Now) {
			v.Visits = append(v.Visits, one)
		}
	}
	all, err := rm.Books.Tokens(r.Context())
	if err != nil {
		return v, err
	}
	for _, t := range all {
		if t.Person == who.ID && t.Check(v.Now) == nil {
			v.Tokens = append(v.Tokens, t)
		}
	}
	series, err := rm.Books.SeriesAll(r.Context())
	if err != nil {
		return v, err
	}
	for _, s := range series {
		if who.Sees(s.ID) {
			v.Series = append(v.Series, s)
		}
	}
	f, err := rm.Books.Factor(r.Context(), who.ID)
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	v.Coded, v.Left = f.On(), f.Left()
	return v, err
}

func (rm *room) show(w http.ResponseWriter, r *http.Request) { rm.answer(w, r, nil, nil) }

// answer shows the page; change puts into it what is this answer's own.
func (rm *room) answer(w http.ResponseWriter, r *http.Request, change func(*view), refused error) {
	v, err := rm.view(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if change != nil {
		change(&v)
	}
	if refused != nil {
		rm.pages.Refuse(w, r, "access", page.Page{Room: "me", Data: v}, refused)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "access", page.Page{Room: "me", Notes: rm.notes(r), Data: v})
}

// said are what a change leads back with.
var said = map[string]fault.Sentence{
	"password": fault.Say("access.password-done", "密码已修改，其他各处的登录都已结束。", "The password was changed, and all other sign-ins were ended."),
	"others":   fault.Say("access.others-done", "其他各处的登录都已结束。", "All other sign-ins were ended."),
	"visit":    fault.Say("access.visit-done", "那一处的登录已结束。", "That sign-in was ended."),
	"token":    fault.Say("access.token-done", "令牌已撤销，用它的程序不能再用了。", "The token was revoked; programs that use it are shut out."),
	"ended":    fault.Say("access.codes-ended", "动态口令已取消。", "One-time codes were ended."),
}

func (rm *room) notes(r *http.Request) []string {
	if s, known := said[r.URL.Query().Get("done")]; known {
		return []string{s.With().In(page.Lang(r))}
	}
	return nil
}

var tooOften = fault.Say("access.too-often", "错得太多，请过一分钟再试", "wrong too often; try again in a minute")

// guarded does something that proves a secret, unless that failed too often of
// late. Only what was wrong counts.
func (rm *room) guarded(r *http.Request, do func() error) error {
	who := page.Person(r).ID
	try := rm.tries.Take(r.Context(), rm.Now(), who.String())
	if try.Wait > 0 {
		rm.NotLetIn(r, refusals.Refusal{Why: refusals.Held, Person: who})
		return fault.New(fault.TooMany, tooOften.With())
	}
	err := do()
	if !fault.Is(err, fault.Unauthenticated) {
		try.Forgive()
		return err
	}
	rm.NotLetIn(r, refusals.Refusal{Why: refusals.Proof, Person: who})
	// Whoever is in and types something wrong is not asked to sign in.
	e := fault.As(err)
	return fault.New(fault.Invalid, e.Message, e.Reasons...)
}

func (rm *room) password(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	if err == nil {
		f := r.PostForm
		err = rm.guarded(r, func() error {
			return rm.Desk.ChangePassword(r.Context(), page.Person(r).ID, f.Get("current"), f.Get("password"), f.Get("again"), page.Visit(r))
		})
	}
	if err != nil {
		rm.answer(w, r, nil, err)
		return
	}
	page.See(w, r, "/me/access?done=password")
}

var badVisit = fault.Say("access.bad-visit", "没有这一处登录", "there is no such sign-in")

// endVisit ends one visit, or all others.
func (rm *room) endVisit(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	done, which := "visit", r.PostForm.Get("visit")
	switch id, wrong := uuid.Parse(which); {
	case err != nil:
	case which == "others":
		done, err = "others", rm.Desk.EndOthers(r.Context(), page.Person(r), page.Visit(r))
	case wrong != nil:
		err = fault.New(fault.Invalid, badVisit.With())
	default:
		err = rm.Books.EndVisit(r.Context(), page.Person(r).ID, id, rm.Now(), page.Person(r).Name)
	}
	if err != nil {
		rm.answer(w, r, nil, err)
		return
	}
	page.See(w, r, "/me/access?done="+done)
}
