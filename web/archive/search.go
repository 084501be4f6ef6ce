package archive

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/archive"
)

const (
	perPage = 20
	around  = 40 // characters before and behind a word
)

// A typed is the form as it was filled in.
type typed struct {
	Words, Unit, Leader, From, Until string
	Series                           uuid.UUID
	Kind                             bulletin.Kind
	Skip                             int
}

func typedIn(q url.Values) typed {
	t := typed{
		Words: strings.TrimSpace(q.Get("q")), Unit: strings.TrimSpace(q.Get("unit")), Leader: strings.TrimSpace(q.Get("leader")),
		From: strings.TrimSpace(q.Get("from")), Until: strings.TrimSpace(q.Get("until")), Kind: bulletin.Kind(q.Get("kind")),
	}
	t.Series, _ = uuid.Parse(q.Get("series")) // "" is all
	t.Skip, _ = strconv.Atoi(q.Get("skip"))   // "" is the first page
	return t
}

// address is the page that answers the form from a place on.
func (t typed) address(skip int) string {
	q := url.Values{}
	for name, value := range map[string]string{"q": t.Words, "unit": t.Unit, "leader": t.Leader, "from": t.From, "until": t.Until, "kind": string(t.Kind)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if t.Series != uuid.Nil {
		q.Set("series", t.Series.String())
	}
	if skip > 0 {
		q.Set("skip", strconv.Itoa(skip))
	}
	return "/archive?" + q.Encode()
}

// asked is the question that the form asks of these series. It fails with
// fault.Invalid and every reason.
func (t typed) asked(seen []workflow.Series, units []recipients.Unit) (a archive.Asked, err error) {
	var reasons []fault.Reason
	a = archive.Asked{Kind: t.Kind, UnitName: t.Unit, Leader: t.Leader, Skip: max(t.Skip, 0), Limit: perPage}
	for _, s := range seen {
		if t.Series == uuid.Nil || s.ID == t.Series {
			a.Series = append(a.Series, s.ID)
		}
	}
	if a.Query, err = archive.ParseQuery(t.Words); err != nil {
		reasons = append(reasons, fault.Shown(err).Message)
	}
	for text, day := range map[string]*bulletin.Date{t.From: &a.From, t.Until: &a.Until} {
		if text != "" && day.UnmarshalText([]byte(text)) != nil {
			reasons = append(reasons, badDay.With(text))
		}
	}
	if !a.From.IsZero() && !a.Until.IsZero() && a.From.String() > a.Until.String() {
		reasons = append(reasons, backward.With())
	}
	if t.Unit != "" {
		a.Units = called(units, t.Unit)
	}
	if len(reasons) > 0 {
		return a, fault.New(fault.Invalid, badQuery.With(), reasons...)
	}
	return a, nil
}

// called are the units of the directory in whose names, former ones among them,
// a name stands.
func called(units []recipients.Unit, name string) (ids []uuid.UUID) {
	for _, u := range units {
		if strings.Contains(u.Name, name) || slices.ContainsFunc(u.Aliases, func(a recipients.Alias) bool { return a.Name == name }) {
			ids = append(ids, u.ID)
		}
	}
	return ids
}

// A view is the page.
type view struct {
	Typed  typed
	Series []workflow.Series // that the person sees
	Units  []recipients.Unit
	archive.Found
	Rows   []row
	Behind int
}

// A row is a hit with its series and the places that show the words.
type row struct {
	Issue  workflow.Issue
	Series workflow.Series
	Places [][]archive.Span
}

// Kinds are what can be chosen.
func (view) Kinds() []bulletin.Kind {
	return []bulletin.Kind{bulletin.Ordinary, bulletin.Supplement, bulletin.Special, bulletin.Feature}
}

// KindName is the name of one.
func (view) KindName(k bulletin.Kind) fault.Reason { return page.KindOf(k) }

// Asked reports whether anything was asked: nothing shows the newest issues.
func (v view) Asked() bool { return v.Typed.address(0) != typed{}.address(0) }

// FromNo is the number of the first row.
func (v view) FromNo() int { return v.Typed.Skip + 1 }

// NextPage is the address of the rows behind these.
func (v view) NextPage() string { return v.Typed.address(v.Next) }

// FirstPage is the address of the first rows.
func (v view) FirstPage() string { return v.Typed.address(0) }

func (rm *room) search(w http.ResponseWriter, r *http.Request) {
	v := view{Typed: typedIn(r.URL.Query())}
	if err := rm.choices(r.Context(), &v, page.Person(r).Sees); err != nil {
		rm.Fail(w, r, err)
		return
	}
	if len(v.Series) == 0 && !page.Person(r).Sees(uuid.Nil) { // who sees all sees that there is none yet
		rm.Nothing(w, r)
		return
	}
	asked, err := v.Typed.asked(v.Series, v.Units)
	if err == nil {
		err = rm.answer(r.Context(), &v, asked)
	}
	if err != nil {
		rm.pages.Refuse(w, r, "archive", page.Page{Room: "archive", Data: v}, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "archive", page.Page{Room: "archive", Data: v})
}

// choices reads what the form offers.
func (rm *room) choices(ctx context.Context, v *view, sees func(uuid.UUID) bool) error {
	all, err := rm.Reads.SeriesAll(ctx)
	if err != nil {
		return err
	}
	v.Series = slices.DeleteFunc(all, func(s workflow.Series) bool { return !sees(s.ID) })
	v.Units, err = rm.Reads.Units(ctx)
	return err
}

// answer asks the index, and sets out what it found.
func (rm *room) answer(ctx context.Context, v *view, asked archive.Asked) (err error) {
	if v.Found, err = rm.Index.SearchArchive(ctx, asked); err != nil {
		return err
	}
	if v.Behind, err = rm.Index.ArchiveBehind(ctx); err != nil {
		return err
	}
	for _, hit := range v.Hits {
		at := slices.IndexFunc(v.Series, func(s workflow.Series) bool { return s.ID == hit.Issue.Series })
		if at < 0 {
			continue // not for this person, whatever the index says
		}
		passages := archive.Passages(hit.Issue)
		if len(asked.Query.Words) == 0 && len(passages) > 1 {
			passages = passages[1:] // the number stands above it
		}
		v.Rows = append(v.Rows, row{hit.Issue, v.Series[at], archive.Excerpt(passages, asked.Query, around)})
	}
	return nil
}
