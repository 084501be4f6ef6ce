// Package relays is the pages on which administrators say how letters go out, and
// find out whether they do:
//
//	/relays           the relays, a form for each, a test of each, the DNS of the
//	                  senders, a trial letter to oneself
//	/relays/letters   what the program's own relay took, while mail is being tried
//
// What the configuration of the program sets is shown, tested and not changed
// here. Otherwise a relay is set here: its password is sealed before it is
// written (package accounts/vault), and no page shows it again. The password that
// is kept goes with its account and address alone: who changes either types it
// anew, so that nobody has it sent to a server of their own.
//
// The test dials, protects the connection, signs in and reads what the relay
// offers, as jianbao check does; it hands no letter over. Who is no administrator
// of all series is told that there are no such pages.
package relays

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
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/checkup"
	"jianbao/mailer/relays"
	"jianbao/mailer/sink"
	"jianbao/web/page"
	"jianbao/workflow"
)

//go:embed templates
var files embed.FS

// Books is where relays are kept.
type Books interface {
	// Relays returns the relays that were set here, the first one first.
	Relays(ctx context.Context) ([]relays.Setting, error)

	// SaveRelay writes one over the version it was read as, and a line of the
	// record.
	SaveRelay(ctx context.Context, r relays.Setting, l entry.Line) error

	// DropRelay removes one, and writes a line of the record.
	DropRelay(ctx context.Context, place int, l entry.Line) error

	// SeriesAll returns every series, whose mailboxes letters are from.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)

	// MailOf returns the address of a person, "" for none.
	MailOf(ctx context.Context, person uuid.UUID) (string, error)

	// Separation returns whether the administrators are separated.
	Separation(ctx context.Context) (accounts.Separation, error)
}

// Safe seals passwords; a [vault.Ring] does.
type Safe interface {
	// Seal seals a secret for a place.
	Seal(place string, secret []byte) (string, error)

	// Open opens what was sealed for a place.
	Open(place, sealed string) ([]byte, error)
}

// Config is what the room needs.
type Config struct {
	Books Books
	Safe  Safe
	// Configured are the relays that the configuration sets; none lets relays be
	// set here.
	Configured []mailer.Relay
	// Profile is how a relay is treated, by its address, and Limit how large a
	// letter may be, in bytes.
	Profile func(addr string) string
	Limit   int
	DKIM    *mailer.DKIM
	Names   checkup.Resolver
	// Trial returns what the program's own relay took, the first letter first,
	// and whether it runs in this process.
	Trial func() ([]sink.Message, bool)
	// Send queues a trial letter from one address to another.
	Send func(ctx context.Context, from, to string) error
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		if c.Books == nil || c.Safe == nil || c.Profile == nil || c.Names == nil || c.Trial == nil || c.Send == nil {
			return nil, errors.New("web: the pages of relays need books, a safe, a profile, names, a trial and a way to send")
		}
		pages, err := kit.Parse(files, nil)
		rm := &room{kit, c, pages}
		return page.Routes{
			"GET /relays":             rm.admins(rm.show),
			"POST /relays":            rm.admins(rm.act),
			"GET /relays/letters":     rm.admins(rm.letters),
			"GET /relays/letters/{n}": rm.admins(rm.letter),
		}, err
	}
}

func (rm *room) admins(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		split, err := rm.Books.Separation(r.Context())
		switch {
		case err != nil:
			rm.Fail(w, r, err)
		case !split.Keeps(page.Person(r)):
			rm.Nothing(w, r)
		default:
			next(w, r)
		}
	}
}

// A view is the page.
type view struct {
	Configured []mailer.Relay
	Forms      []form
	Trial      bool // mail is being tried
	Domains    []string
	Address    string // of who asks
	// About is what was tested, and Found what came of it.
	About string
	Found []checkup.Finding
}

// A form is a relay as it is set, or typed.
type form struct {
	relays.Setting
	Kept bool // there is a password
}

func (rm *room) view(ctx context.Context, who uuid.UUID) (v view, err error) {
	v.Configured = rm.Configured
	set, err := rm.Books.Relays(ctx)
	if err != nil {
		return v, err
	}
	for _, place := range []int{relays.First, relays.Second} {
		f := form{Setting: relays.Setting{Place: place, Kind: relays.SMTP, Security: mailer.StartTLS}}
		for _, s := range set {
			if s.Place == place {
				f = form{s, s.Sealed != ""}
				v.Trial = v.Trial || s.Kind == relays.Trial
			}
		}
		v.Forms = append(v.Forms, f)
	}
	all, err := rm.Books.SeriesAll(ctx)
	if err != nil {
		return v, err
	}
	for _, s := range all {
		if _, domain, ok := strings.Cut(s.Mailbox, "@"); ok {
			v.Domains = append(v.Domains, strings.ToLower(domain))
		}
	}
	slices.Sort(v.Domains)
	v.Domains = slices.Compact(v.Domains)
	v.Address, err = rm.Books.MailOf(ctx, who)
	return v, err
}

func (rm *room) show(w http.ResponseWriter, r *http.Request) { rm.answer(w, r, nil, nil) }

// answer shows the page; change puts into it what is this answer's own.
func (rm *room) answer(w http.ResponseWriter, r *http.Request, change func(*view), refused error) {
	v, err := rm.view(r.Context(), page.Person(r).ID)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if change != nil {
		change(&v)
	}
	p := page.Page{Room: "settings", Data: v}
	if refused != nil {
		rm.pages.Refuse(w, r, "relays", p, refused)
		return
	}
	if s, known := said[r.URL.Query().Get("done")]; known {
		p.Notes = []string{s.With().In(page.Lang(r))}
	}
	rm.pages.Show(w, r, http.StatusOK, "relays", p)
}

// said are what a change leads back with.
var said = map[string]fault.Sentence{
	"save":   fault.Say("relays.saved", "已保存，半分钟内生效。", "Saved; it holds within half a minute."),
	"drop":   fault.Say("relays.dropped", "已删去，信件会排队等候。", "Removed; letters wait in the queue."),
	"try":    fault.Say("relays.trying", "现在是试用：信件由本程序自己收下，不会真的发出。", "Mail is being tried: the program takes the letters itself, and nothing goes out."),
	"letter": fault.Say("relays.sent", "试发的信已排队，请查看您的邮箱。", "The trial letter is queued; look into your mailbox."),
}

// act tests, saves or removes a relay, asks the DNS, or sends a trial letter.
func (rm *room) act(w http.ResponseWriter, r *http.Request) {
	if _, err := rm.ReadForm(w, r); err != nil {
		rm.answer(w, r, nil, err)
		return
	}
	switch act := r.PostForm.Get("act"); act {
	case "test":
		rm.test(w, r)
	case "dns":
		rm.dns(w, r)
	case "save", "try", "drop", "letter":
		typed := rm.typed(r)
		if err := rm.do(r, act, typed); err != nil {
			rm.answer(w, r, func(v *view) { v.put(typed) }, err)
			return
		}
		page.See(w, r, "/relays?done="+act)
	default:
		rm.answer(w, r, nil, fault.New(fault.Invalid, page.BadForm.With()))
	}
}

// put shows a form once more as it was typed, but for the password.
func (v *view) put(typed relays.Setting) {
	for n, f := range v.Forms {
		if f.Place == typed.Place && typed.Kind == relays.SMTP {
			v.Forms[n] = form{typed, f.Kept}
		}
	}
}

func (rm *room) typed(r *http.Request) relays.Setting {
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	place, _ := strconv.Atoi(field("place")) // Validate says what is wrong with it
	version, _ := strconv.Atoi(field("version"))
	s := relays.Setting{Place: place, Kind: relays.SMTP, Addr: field("addr"), Security: mailer.Security(field("security")), Login: field("login"), Hello: field("hello"), Version: version}
	if field("act") == "try" {
		s = relays.Setting{Place: relays.First, Kind: relays.Trial, Version: version}
	}
	return s
}

var (
	saidSet     = fault.Say("relays.said-set", "设置中继：%s", "set the relay %s")
	saidTrial   = fault.Say("relays.said-trial", "改为试用，信件不真的发出", "mail is being tried; nothing goes out")
	saidDropped = fault.Say("relays.said-dropped", "删去第%d个中继", "removed relay %d")
	fixed       = fault.Say("relays.fixed", "中继由配置文件设定，这里不能改", "the relay is set by the configuration and cannot be changed here")
	noAddress   = fault.Say("relays.no-address", "您还没有邮箱，请先在“提醒方式”里填写", "you have no mail address; enter one where it says how you are told")
	noSender    = fault.Say("relays.no-sender", "还没有一种刊物有发件邮箱", "no series has a mailbox to send from yet")
	noDomain    = fault.Say("relays.no-domain", "请从名单里选域名", "choose the domain from the list")
)

func (rm *room) do(r *http.Request, act string, s relays.Setting) error {
	line := func(what fault.Reason) entry.Line { return entry.Line{Sphere: accounts.OfSystem, What: what} }
	if act == "letter" {
		return rm.sendTo(r)
	}
	if len(rm.Configured) > 0 {
		return fault.New(fault.Blocked, fixed.With())
	}
	switch act {
	case "drop":
		return rm.Books.DropRelay(r.Context(), s.Place, line(saidDropped.With(s.Place)))
	case "try":
		return rm.Books.SaveRelay(r.Context(), s, line(saidTrial.With()))
	}
	password := r.PostForm.Get("password")
	if password == "" {
		kept, err := rm.password(r.Context(), s)
		if err != nil {
			return err
		}
		password = kept
	}
	if s.Login != "" && password != "" {
		sealed, err := rm.Safe.Seal(s.SealedPlace(), []byte(password))
		if err != nil {
			return err
		}
		s.Sealed = sealed
	}
	return rm.Books.SaveRelay(r.Context(), s, line(saidSet.With(s.Addr)))
}

// password returns the password that is kept for a relay's account and address,
// "" if there is none for these.
func (rm *room) password(ctx context.Context, s relays.Setting) (string, error) {
	all, err := rm.Books.Relays(ctx)
	for _, kept := range all {
		if kept.Place == s.Place && kept.SealedPlace() == s.SealedPlace() && kept.Sealed != "" {
			text, err := rm.Safe.Open(kept.SealedPlace(), kept.Sealed)
			return string(text), err
		}
	}
	return "", err
}

// sendTo queues a trial letter to who asks, from the first series' mailbox.
func (rm *room) sendTo(r *http.Request) error {
	to, err := rm.Books.MailOf(r.Context(), page.Person(r).ID)
	if err != nil {
		return err
	}
	if to == "" {
		return fault.New(fault.Blocked, noAddress.With())
	}
	all, err := rm.Books.SeriesAll(r.Context())
	for _, s := range all {
		if s.Mailbox != "" {
			return rm.Send(r.Context(), s.Mailbox, to)
		}
	}
	if err == nil {
		err = fault.New(fault.Blocked, noSender.With())
	}
	return err
}
