package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/api/op"
	"jianbao/workflow"
)

func (s *server) describeOffice() {
	op.On(s.kit, op.Get("list-series", "/series", "office", "Every series that the caller may see"), s.listSeries)
	op.On(s.kit, op.Get("read-series", "/series/{series}", "office", "One series"), s.readSeries)
	op.On(s.kit, op.Get("list-register", "/series/{series}/register", "office", "The number register of a series, by year and kind"), s.register)
	stub := op.Post("register-paper", "/series/{series}/register", "office", "Enter an issue that circulates on paper only")
	stub.DefaultStatus = http.StatusCreated
	op.On(s.kit, stub, s.stub)
	op.On(s.kit, op.Get("list-units", "/units", "office", "The directory of units, by name; for editors, clerks and administrators"), s.units)
	op.On(s.kit, op.Get("list-people", "/people", "office", "Everybody with an account, by login; for administrators of all series"), s.people)
}

// Series is what all issues of a 刊物 have in common.
type Series struct {
	ID         uuid.UUID   `json:"id" format:"uuid"`
	Masthead   string      `json:"masthead"`
	Organ      string      `json:"organ"`
	Place      string      `json:"place"`
	Mailbox    string      `json:"mailbox" doc:"the address that its letters come from"`
	Zone       string      `json:"zone" doc:"IANA time zone"`
	Sections   []string    `json:"sections" doc:"the fixed sections"`
	FileCopies int         `json:"file_copies" doc:"存档, where the text names none"`
	Route      []RouteKind `json:"route"`
	Cadence    string      `json:"cadence,omitempty" doc:"when the next issue is opened: a cron spec"`
	Template   int         `json:"template" doc:"the version of head and tail"`
	Version    int         `json:"version"`
}

// RouteKind is one station of the way of new issues.
type RouteKind struct {
	Kind  string  `json:"kind" enum:"edit,review,countersign,sign-off,recheck,proof"`
	Title op.Says `json:"title"`
	Hours int     `json:"hours" doc:"the deadline in working hours, 0 is none"`
}

func seriesShown(s workflow.Series) Series {
	return Series{
		ID: s.ID, Masthead: s.Masthead, Organ: s.Organ, Place: s.Place, Mailbox: s.Mailbox, Zone: s.Location().String(),
		Sections: append([]string{}, s.Sections...), FileCopies: s.FileCopies, Cadence: s.Cadence.Spec, Template: s.Template, Version: s.Version,
		Route: op.Each(s.Route, func(step workflow.Step) RouteKind {
			return RouteKind{string(step.Kind), op.Said(step.Kind.Title()), step.Hours}
		}),
	}
}

type seriesList struct{ Body []Series }

func (s *server) listSeries(ctx context.Context, _ *struct{}) (*seriesList, error) {
	all, err := s.kit.Seen(ctx)
	return &seriesList{op.Each(all, seriesShown)}, err
}

type seriesBody struct {
	ETag string `header:"ETag"`
	Body Series
}

func (s *server) readSeries(ctx context.Context, in *op.OfSeries) (*seriesBody, error) {
	series, err := s.kit.SeriesOf(ctx, in.Series)
	return &seriesBody{op.Tag(series.Version), seriesShown(series)}, err
}

// RegisterLine is a line of the number register (发文登记).
type RegisterLine struct {
	op.IssueNumber
	Issue *uuid.UUID `json:"issue,omitempty" format:"uuid" doc:"absent where the program never saw it"`
	Title string     `json:"title"`
	Date  string     `json:"date,omitempty" format:"date"`
	At    time.Time  `json:"at"`
	By    string     `json:"by"`
	Total int        `json:"total,omitempty" doc:"总第N期"`
	Back  bool       `json:"back" doc:"the number was given elsewhere and entered later"`
	Void  string     `json:"void,omitempty" doc:"why the number stands for nothing"`
	Paper *PaperOnly `json:"paper,omitempty" doc:"it circulates on paper only"`
}

// PaperOnly is what may be known of an issue that circulates on paper only.
type PaperOnly struct {
	Level  string `json:"level" enum:"秘密,机密,绝密"`
	Term   string `json:"term,omitempty" maxLength:"50" doc:"1年, 长期 and so on"`
	Copies int    `json:"copies" minimum:"0"`
	Holder string `json:"holder" maxLength:"100" doc:"who keeps it"`
}

func lineOf(l workflow.RegisterLine) RegisterLine {
	out := RegisterLine{
		IssueNumber: op.IssueNumber{Kind: string(l.Kind), Year: l.Year, No: l.No}, Title: l.Title, Date: l.Date.String(),
		At: l.At, By: l.By, Total: l.Total, Back: l.Back, Void: l.Void,
	}
	if l.Issue != uuid.Nil {
		out.Issue = &l.Issue
	}
	if l.Paper != (workflow.Paper{}) {
		out.Paper = &PaperOnly{l.Paper.Level, l.Paper.Term, l.Paper.Copies, l.Paper.Holder}
	}
	return out
}

type registerInput struct {
	op.OfSeries
	op.Paging
}

func (s *server) register(ctx context.Context, in *registerInput) (*op.Listed[RegisterLine], error) {
	if _, err := s.kit.SeriesOf(ctx, in.Series); err != nil {
		return nil, err
	}
	lines, err := s.Books.Register(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, lines, func(l workflow.RegisterLine) string {
		return string(l.Kind) + "-" + strconv.Itoa(l.Year) + "-" + strconv.Itoa(l.No)
	}, lineOf)
}

type stubInput struct {
	op.OfSeries
	op.Keyed
	Body struct {
		PaperOnly
		Kind  string `json:"kind,omitempty" enum:"正刊,增刊,专刊,特刊"`
		No    int    `json:"no,omitempty" minimum:"0" doc:"0 takes the next"`
		Date  string `json:"date" format:"date"`
		Title string `json:"title" maxLength:"200" doc:"one that tells nothing of the text"`
	}
}

type lineBody struct{ Body RegisterLine }

func (s *server) stub(ctx context.Context, in *stubInput) (*lineBody, error) {
	if _, err := s.kit.SeriesOf(ctx, in.Series); err != nil {
		return nil, err
	}
	day, err := time.Parse(time.DateOnly, in.Body.Date)
	if err != nil {
		return nil, op.BadField("body.date", in.Body.Date)
	}
	line, err := s.Registrar.Stub(ctx, op.CallerOf(ctx).Actor(), in.Series, workflow.Stub{
		Kind: bulletin.Kind(in.Body.Kind), No: in.Body.No, Date: bulletin.DateOf(day), Title: in.Body.Title,
		Level: in.Body.Level, Term: in.Body.Term, Copies: in.Body.Copies, Holder: in.Body.Holder,
	})
	return &lineBody{lineOf(line)}, err
}

// Unit is a 单位 of the directory.
type Unit struct {
	ID        uuid.UUID   `json:"id" format:"uuid"`
	Name      string      `json:"name"`
	Aliases   []UnitAlias `json:"aliases"`
	Place     string      `json:"place"`
	Level     string      `json:"level,omitempty" enum:"central,province,city,county,township"`
	Channel   string      `json:"channel" enum:"mail,paper,both"`
	Addresses []string    `json:"addresses" doc:"in the order in which they are tried"`
	Phone     string      `json:"phone,omitempty"`
	Copies    int         `json:"copies"`
	Assumed   bool        `json:"copies_assumed" doc:"nobody has confirmed the copies yet"`
	Ended     time.Time   `json:"ended,omitzero" doc:"from when it is no more"`
	Version   int         `json:"version"`
}

// UnitAlias is a short or a former name.
type UnitAlias struct {
	Name   string `json:"name"`
	Former bool   `json:"former"`
}

func unitOf(u recipients.Unit) Unit {
	return Unit{
		ID: u.ID, Name: u.Name, Place: u.Place, Level: string(u.Level), Channel: string(u.Channel), Addresses: append([]string{}, u.Mailboxes()...),
		Phone: u.Phone, Copies: u.Copies, Assumed: u.CopiesAssumed, Ended: u.Ended, Version: u.Version,
		Aliases: op.Each(u.Aliases, func(a recipients.Alias) UnitAlias { return UnitAlias{a.Name, a.Former} }),
	}
}

// units shows the directory to those who make and settle lists, as the pages do.
func (s *server) units(ctx context.Context, in *op.Paging) (*op.Listed[Unit], error) {
	who := op.CallerOf(ctx).Person
	if !slices.ContainsFunc(who.Grants, func(g accounts.Grant) bool {
		return g.Role == accounts.Editor || g.Role == accounts.Clerk || g.Role == accounts.Admin
	}) {
		return nil, fault.New(fault.Forbidden, deskOnly.With())
	}
	all, err := s.Names.Units(ctx)
	if err != nil {
		return nil, err
	}
	return op.Cut(*in, all, func(u recipients.Unit) string { return u.ID.String() }, unitOf)
}

// Person is somebody with an account.
type Person struct {
	ID      uuid.UUID   `json:"id" format:"uuid"`
	Login   string      `json:"login"`
	Name    string      `json:"name"`
	Active  bool        `json:"active"`
	Roles   []Role      `json:"roles"`
	Heads   []uuid.UUID `json:"heads" doc:"the units whose head the person is"`
	Version int         `json:"version"`
}

func rolesOf(p accounts.Person) []Role {
	return op.Each(p.Grants, func(g accounts.Grant) Role {
		if g.Series == uuid.Nil {
			return Role{nil, string(g.Role)}
		}
		return Role{&g.Series, string(g.Role)}
	})
}

func (s *server) people(ctx context.Context, in *op.Paging) (*op.Listed[Person], error) {
	if !op.CallerOf(ctx).Person.Has(accounts.Admin, uuid.Nil) {
		return nil, fault.New(fault.Forbidden, adminsOnly.With())
	}
	all, err := s.People.People(ctx)
	if err != nil {
		return nil, err
	}
	return op.Cut(*in, all, func(p accounts.Person) string { return p.ID.String() }, func(p accounts.Person) Person {
		return Person{p.ID, p.Login, p.Name, p.Active, rolesOf(p), append([]uuid.UUID{}, p.Heads...), p.Version}
	})
}
