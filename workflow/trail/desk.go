package trail

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// A Desk is where the list is looked at. Errors that are for people are
// fault.Errors; others are those of Books.
type Desk struct {
	Books Books
	// Zone is where the days of a recorded question begin.
	Zone *time.Location
}

// MostExported is how many lines one file has at most.
const MostExported = 20_000

var notThere = fault.Say("trail.not-there", "没有这一页", "there is no such page")

// MayLook returns nil if a person audits, and fault.NotFound otherwise.
func (d Desk) MayLook(ctx context.Context, who accounts.Person) error {
	s, err := d.Books.Separation(ctx)
	if err == nil && !s.Audits(who) {
		err = fault.New(fault.NotFound, notThere.With())
	}
	return err
}

// Search returns the lines that a question finds, the newest first, and whether
// there are more. That somebody looked, and for what, is recorded first. It fails
// with fault.NotFound for whoever does not audit.
func (d Desk) Search(ctx context.Context, who accounts.Person, q Question) (found []Deed, more bool, err error) {
	return d.look(ctx, who, q, lookedAt)
}

// Export is Search for a file, of at most [MostExported] lines.
func (d Desk) Export(ctx context.Context, who accounts.Person, q Question) (found []Deed, more bool, err error) {
	q.Limit, q.After = MostExported, Spot{}
	return d.look(ctx, who, q, exported)
}

func (d Desk) look(ctx context.Context, who accounts.Person, q Question, say fault.Sentence) ([]Deed, bool, error) {
	err := d.MayLook(ctx, who)
	if err == nil {
		err = d.Books.RecordLine(ctx, accounts.OfAudit, who.ID, who.Name, say.With(q.words(d.Zone)))
	}
	if err != nil {
		return nil, false, err
	}
	all, err := d.read(ctx, q)
	if err != nil {
		return nil, false, err
	}
	more := len(all) > q.Limit
	return all[:min(len(all), q.Limit)], more, nil
}

// read reads one line more than is asked for of every book that is, and merges
// them.
func (d Desk) read(ctx context.Context, q Question) (all []Deed, err error) {
	books := All
	if q.Book != "" {
		books = []Book{q.Book}
	}
	q.Object, q.Limit = strings.TrimSpace(q.Object), q.Limit+1
	for _, q.Book = range books {
		some, err := d.Books.Trail(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b Deed) int { return b.compare(a.Spot) })
	return all[:min(len(all), q.Limit)], nil
}

// shownStates is how many roots and verifications a state has.
const shownStates = 10

// State returns how far the histories are proved. It fails as Search does.
func (d Desk) State(ctx context.Context, who accounts.Person) (s State, err error) {
	if err := d.MayLook(ctx, who); err != nil {
		return s, err
	}
	if s.Checks, err = d.Books.LastChecks(ctx, shownStates); err != nil {
		return s, err
	}
	sealed, err := d.Books.LastRoots(ctx, shownStates)
	for _, one := range sealed {
		root, err := one.Root()
		if err != nil {
			continue // the verification says that it cannot be read
		}
		s.Roots, s.Hashes = append(s.Roots, root), append(s.Hashes, one.Hash)
	}
	return s, err
}

// Who returns the person that a login or an id names, the zero Person for "". It
// fails with fault.Invalid where there is none.
func (d Desk) Who(ctx context.Context, text string) (accounts.Person, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return accounts.Person{}, nil
	}
	all, err := d.Books.People(ctx)
	if err != nil {
		return accounts.Person{}, err
	}
	n := slices.IndexFunc(all, func(p accounts.Person) bool { return p.Login == strings.ToLower(text) || p.ID.String() == text })
	if n < 0 {
		n = slices.IndexFunc(all, func(p accounts.Person) bool { return p.Name == text })
	}
	if n < 0 {
		return accounts.Person{}, fault.New(fault.Invalid, nobodySuch.With(strings.ToValidUTF8(text, "\uFFFD")))
	}
	return all[n], nil
}

var (
	nobodySuch = fault.Say("trail.nobody", "没有登录名或姓名是“%s”的人", "nobody has the login or the name %q")
	lookedAt   = fault.Say("trail.looked", "查阅审计记录：%s", "looked at the audit trail: %s")
	exported   = fault.Say("trail.exported", "导出审计记录：%s", "exported the audit trail: %s")
	everything = fault.Say("trail.everything", "全部", "all of it")
	asked      = fault.Say("trail.asked", "%s，人员“%s”，对象“%s”，自%s至%s", "%s, person %q, object %q, from %s until %s")
	open       = fault.Say("trail.open", "不限", "any")
)

// words says what was asked, for the record.
func (q Question) words(zone *time.Location) fault.Reason {
	what := everything.With()
	switch {
	case q.Act != "":
		what = q.Act.Title()
	case q.Sphere != "":
		what = sphereWords[q.Sphere].With()
	case q.Book != "":
		what = q.Book.Title()
	}
	day := func(t time.Time, back time.Duration) any {
		if t.IsZero() {
			return open.With()
		}
		return t.Add(-back).In(cmp.Or(zone, time.UTC)).Format(time.DateOnly)
	}
	if q.Person.ID == uuid.Nil && q.Object == "" && q.From.IsZero() && q.Until.IsZero() {
		return what
	}
	return asked.With(what, q.Person.Name, strings.ToValidUTF8(q.Object, "\uFFFD"), day(q.From, 0), day(q.Until, time.Nanosecond))
}
