// Package people is the pages on which administrators see to accounts, and those
// on which somebody without a password gets one:
//
//	/people              everybody, and a form for who comes
//	/people/{id}         one person: name, roles by series, address; invitation,
//	                     reset, sign-ins, one-time codes, single sign-on, record
//	/people/house        what the office sets for everybody
//	/people/tokens       the tokens of programs
//	/people/separation   whether the administrators are separated, and what it means
//	/pass/{token}        sets a password, by the link of an invitation or a reset
//	/forgotten           asks for such a link by mail
//
// The last two need nobody to sign in. What /forgotten answers is the same, and
// as fast, whether there is such an account or not.
//
// Who may do what is package entry's: administrators open and close accounts;
// rights, resets and the like are the security administrator's where the powers
// are separated. Who is neither is told that there are no such pages.
package people

import (
	"context"
	"embed"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/throttle"
	"jianbao/workflow"
)

//go:embed templates
var files embed.FS

// Desk is where accounts are seen to; [entry.Desk] is one, with the contracts.
type Desk interface {
	Add(ctx context.Context, actor accounts.Person, n entry.Newcomer) (entry.Given, error)
	Alter(ctx context.Context, actor accounts.Person, id uuid.UUID, version int, n entry.Newcomer) error
	Suspend(ctx context.Context, actor accounts.Person, id uuid.UUID, version int) error
	Resume(ctx context.Context, actor accounts.Person, id uuid.UUID, version int) error
	Invite(ctx context.Context, actor accounts.Person, id uuid.UUID) (entry.Given, error)
	EndVisits(ctx context.Context, actor accounts.Person, id uuid.UUID) error
	ResetFactor(ctx context.Context, actor accounts.Person, id uuid.UUID, reason string) error
}

// Door is where somebody without a password gets one; [entry.Desk] is one.
type Door interface {
	// Ask returns what a token opens, and uses nothing up.
	Ask(ctx context.Context, token string) (entry.Asked, error)

	// Settle sets the password that a token is for.
	Settle(ctx context.Context, token, password, again string) (accounts.Person, error)

	// Forgotten mails a link to whoever has a login, if it can.
	Forgotten(ctx context.Context, login string) error
}

// SingleSignOn is where identities are entered; [entry.Identities] is one.
type SingleSignOn interface {
	Link(ctx context.Context, actor accounts.Person, person uuid.UUID, subject, mail string) error
	Unlink(ctx context.Context, actor accounts.Person, person, id uuid.UUID) error
}

// Reads is what the pages show of everybody.
type Reads interface {
	// People returns everybody, ordered by login.
	People(ctx context.Context) ([]accounts.Person, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)

	// House returns what the office sets.
	House(ctx context.Context) (entry.House, error)

	// SaveHouse writes it, with lines of the record.
	SaveHouse(ctx context.Context, h entry.House, lines ...entry.Line) error

	// Tokens returns every token.
	Tokens(ctx context.Context) ([]accounts.Token, error)

	// RevokeToken ends a token.
	RevokeToken(ctx context.Context, id uuid.UUID, at time.Time) error

	// Separation returns whether the administrators are separated.
	Separation(ctx context.Context) (accounts.Separation, error)
}

// Records is what the pages show of one person.
type Records interface {
	// PersonByID returns a person, or fault.NotFound.
	PersonByID(ctx context.Context, id uuid.UUID) (accounts.Person, error)

	// MailOf returns the address of a person, "" for none.
	MailOf(ctx context.Context, person uuid.UUID) (string, error)

	// VisitsOf returns the visits of a person that were not ended.
	VisitsOf(ctx context.Context, person uuid.UUID, limit int) ([]entry.Visit, error)

	// Factor returns the second factor of a person, or fault.NotFound.
	Factor(ctx context.Context, person uuid.UUID) (entry.Factor, error)

	// Identities returns the identities of a person.
	Identities(ctx context.Context, person uuid.UUID) ([]entry.Identity, error)

	// PassOf returns the pass of a person that was made last, or fault.NotFound.
	PassOf(ctx context.Context, person uuid.UUID) (entry.Pass, error)

	// LinesOf returns the record of a person, the newest line first.
	LinesOf(ctx context.Context, subject uuid.UUID, limit int) ([]accounts.Line, error)
}

// Config is what the room needs; all of it but Site and Later.
type Config struct {
	Desk    Desk
	Door    Door
	SSO     SingleSignOn
	Switch  Switch
	Reads   Reads
	Records Records
	// Site is the address of the pages, with which links begin; without it they
	// begin with that of the request.
	Site string
	// Secure says that people come over https.
	Secure bool
	// Later runs what nobody waits for; nil is a goroutine.
	Later func(func())
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
	asked *throttle.Shared // by network, at the door
	busy  chan struct{}    // room for what runs later
	// proofs bound how often somebody at an open desk guesses the password of
	// who sits there.
	proofs *throttle.Shared
}

func (c Config) open(kit *page.Kit) (*room, error) {
	if c.Desk == nil || c.Door == nil || c.SSO == nil || c.Switch == nil || c.Reads == nil || c.Records == nil {
		return nil, errors.New("web: the pages of people need a desk, a door, single sign-on, a switch, reads and records")
	}
	if c.Later == nil {
		c.Later = func(do func()) { go do() }
	}
	pages, err := kit.Parse(files, nil)
	return &room{
		Kit: kit, Config: c, pages: pages, busy: make(chan struct{}, maxBusy),
		asked:  throttle.Share("forgotten", throttle.New(askedAtOnce, askedEvery, maxNetworks), kit.Counts, kit.Log),
		proofs: throttle.Share("proof", throttle.New(proofsAtOnce, proofsEvery, maxProofs), kit.Counts, kit.Log),
	}, err
}

// Room makes the pages behind the door.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		rm, err := c.open(kit)
		if err != nil {
			return nil, err
		}
		return page.Routes{
			"GET /people":             rm.admins(rm.list),
			"POST /people":            rm.admins(rm.add),
			"GET /people/house":       rm.admins(rm.house),
			"POST /people/house":      rm.admins(rm.saveHouse),
			"GET /people/tokens":      rm.admins(rm.tokens),
			"POST /people/tokens":     rm.admins(rm.revoke),
			"GET /people/separation":  rm.concerned(rm.separation),
			"POST /people/separation": rm.concerned(rm.turn),
			"GET /people/{id}":        rm.admins(rm.one),
			"POST /people/{id}":       rm.admins(rm.alter),
			"POST /people/{id}/acts":  rm.admins(rm.act),
			"GET /people/{id}/acts":   rm.admins(func(w http.ResponseWriter, r *http.Request) { page.See(w, r, "/people/"+r.PathValue("id")) }),
		}, nil
	}
}

// Outside makes the pages that need nobody to sign in.
func Outside(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		rm, err := c.open(kit)
		if err != nil {
			return nil, err
		}
		return page.Routes{
			"GET /pass/{token}":  rm.pass,
			"POST /pass/{token}": rm.settle,
			"GET /forgotten":     rm.forgotten,
			"POST /forgotten":    rm.ask,
		}, nil
	}
}

func (rm *room) admins(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !entry.MaySee(page.Person(r)) {
			rm.Nothing(w, r)
			return
		}
		next(w, r)
	}
}

// A listView is the page of everybody.
type listView struct {
	People []accounts.Person
	Form   form
	// Given is a link that was made just now, shown once.
	Given  *given
	Keeps  bool // who asks may open accounts
	Audits bool // and read the audit trail
	Split  accounts.Separation
}

// A given is an entry.Given as a page shows it.
type given struct {
	entry.Given
	Link string
}

func (rm *room) given(r *http.Request, g entry.Given) *given {
	shown := &given{Given: g}
	if !g.Mailed() {
		shown.Link = rm.site(r) + entry.Path(g.Token)
	}
	return shown
}

// site is where links begin.
func (rm *room) site(r *http.Request) string {
	switch {
	case rm.Site != "":
		return rm.Site
	case rm.Secure:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (rm *room) list(w http.ResponseWriter, r *http.Request) {
	rm.showList(w, r, form{}, nil, nil)
}

func (rm *room) showList(w http.ResponseWriter, r *http.Request, f form, g *given, refused error) {
	v := listView{Given: g, Form: f}
	all, err := rm.Reads.People(r.Context())
	if err == nil {
		v.People = all
		v.Split, err = rm.Reads.Separation(r.Context())
	}
	if err == nil {
		v.Form.Rows, err = rm.rows(r.Context(), f.Grants)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.Keeps, v.Audits = v.Split.Keeps(page.Person(r)), v.Split.Audits(page.Person(r))
	v.Form.MayName, v.Form.MayGrant = v.Keeps, v.Split.Grants(page.Person(r))
	// Who is there comes before who has left.
	slices.SortStableFunc(v.People, func(a, b accounts.Person) int {
		switch {
		case a.Active == b.Active:
			return 0
		case a.Active:
			return -1
		}
		return 1
	})
	if refused != nil {
		rm.pages.Refuse(w, r, "people", page.Page{Room: "settings", Data: v}, refused)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "people", page.Page{Room: "settings", Data: v})
}

func (rm *room) add(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	f, wrong := rm.typed(r)
	if err == nil {
		err = wrong
	}
	var g entry.Given
	if err == nil {
		g, err = rm.Desk.Add(r.Context(), page.Person(r), entry.Newcomer{Login: f.Login, Name: f.Name, Address: f.Address, Grants: f.Grants})
	}
	if err != nil {
		rm.showList(w, r, f, nil, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	rm.showList(w, r, form{}, rm.given(r, g), nil)
}

// A form is what is typed of an account.
type form struct {
	Login, Name, Address string
	Grants               []accounts.Grant
	Rows                 []grantRow
	MayName, MayGrant    bool
}

// A grantRow are the roles in one series, or in all.
type grantRow struct {
	Series uuid.UUID
	Name   string // "" is all series
	Boxes  []box
}

// A box is one role; of a Whole one there is no other series.
type box struct {
	Role    accounts.Role
	Checked bool
	None    bool
}

// rows are the boxes of a form, those of grants checked.
func (rm *room) rows(ctx context.Context, grants []accounts.Grant) ([]grantRow, error) {
	all, err := rm.Reads.SeriesAll(ctx)
	rows := []grantRow{{}}
	for _, s := range all {
		rows = append(rows, grantRow{Series: s.ID, Name: s.Masthead})
	}
	for n := range rows {
		for _, role := range accounts.Roles {
			rows[n].Boxes = append(rows[n].Boxes, box{
				Role: role, Checked: slices.Contains(grants, accounts.Grant{Series: rows[n].Series, Role: role}),
				None: rows[n].Series != uuid.Nil && slices.Contains([]accounts.Role{accounts.Security, accounts.Auditor}, role),
			})
		}
	}
	return rows, err
}

// typed reads a form. What it returns beside an error is to be shown once more.
func (rm *room) typed(r *http.Request) (form, error) {
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	f := form{Login: field("login"), Name: field("name"), Address: field("address")}
	for _, text := range r.PostForm["grant"] {
		role, series, _ := strings.Cut(text, "@")
		id, err := uuid.Parse(series)
		if err != nil {
			return f, fault.New(fault.Invalid, page.BadForm.With())
		}
		f.Grants = append(f.Grants, accounts.Grant{Series: id, Role: accounts.Role(role)})
	}
	return f, nil
}
