package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2/memstore"
	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/bulletin/typeset/layout"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
	"jianbao/recipients/copies"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/naming"
	"jianbao/workflow/ready"

	"jianbao/web/page"
)

var (
	ourSeries   = uuid.MustParse("00000000-0000-4000-8000-000000000001")
	theirSeries = uuid.MustParse("00000000-0000-4000-8000-000000000002")
	ourIssue    = uuid.MustParse("00000000-0000-4000-8000-000000000003")
	theirIssue  = uuid.MustParse("00000000-0000-4000-8000-000000000004")
	unitA       = uuid.MustParse("00000000-0000-4000-8000-000000000005")
	unitB       = uuid.MustParse("00000000-0000-4000-8000-000000000007")
	editorID    = uuid.MustParse("00000000-0000-4000-8000-000000000006")
	noon        = time.Date(2025, 7, 15, 4, 0, 0, 0, time.UTC)
	hostile     = `<script>alert(1)</script>`
	noGood      = fault.New(fault.Blocked, page.BadTime.With("甲"), page.BadTime.With("乙"), page.BadTime.With("丙"))
)

// An office is all of the handler's neighbours, in memory. What Desk was asked
// to do is kept; err is what it answers.
type office struct {
	mutex     sync.Mutex // of the letters
	issues    map[uuid.UUID]workflow.Issue
	series    map[uuid.UUID]workflow.Series
	person    accounts.Person
	letters   []mailer.Delivery
	entries   []copies.Entry
	options   []workflow.Option
	ready     error
	err       error
	order     workflow.Order
	text      string
	settled   []any
	source    workflow.Source
	findings  []ready.Finding
	checks    int // how often somebody looked for them
	attached  []workflow.File
	stub      workflow.Stub
	lines     []workflow.RegisterLine
	files     map[string][]byte
	units     []recipients.Unit
	last      *workflow.Issue
	names     map[string]uuid.UUID
	changes   int
	signIn    func() (accounts.Person, error)
	sessions  *memstore.MemStore
	visits    visitBook
	second    Second
	late      time.Duration // how long after noon it is
	looked    func(context.Context, accounts.Person, string) error
	provider  Provider
	empty     func(context.Context) (bool, error)
	staff     workflow.Staff
	summaries []workflow.Summary
	texts     []workflow.TextVersion
	comments  []workflow.Comment
	seen      glance
	delegated []accounts.Delegation
	ended     uuid.UUID
	paused    bool
	stale     bool // a save of an older version is a conflict
}

func newOffice() *office {
	recipient := recipients.Recipient{Unit: unitA, Name: "鄂尔多斯市发展和改革委员会", Addresses: []string{"fgw@example.cn"}, Channel: recipients.ByBoth, Copies: 2}
	issue := workflow.Issue{
		ID: ourIssue, Series: ourSeries, State: workflow.Draft, Route: workflow.DefaultRoute(), Version: 3, Changed: noon,
		Text: "科技简报\n" + hostile,
		Document: bulletin.Document{Masthead: "科技简报", Organs: []string{hostile}, Sections: []bulletin.Section{{Name: "工作动态",
			Items: []bulletin.Item{{Lead: "会议召开。", Paragraphs: []string{"详情如下" + hostile}}}}}},
		Problems: []bulletin.Problem{{Code: "seam-overlap", Severity: bulletin.Block, Line: 7, Reason: page.BadTime.With(hostile),
			Choices: []bulletin.Choice{{Key: "drop", Label: page.NotFound.With(), Reads: "读作此"}}}},
		Circulation: recipients.Circulation{Lists: []recipients.List{{Label: "送", Entries: []recipients.Entry{
			{Printed: "市发改委", Recipients: []recipients.Recipient{recipient}}, {Printed: "市某局"}}}}},
		Copies:    copies.Plan{PrintRun: 3, File: 1, Shares: []copies.Share{{Label: "送", Unit: unitA, Copies: 2, Paper: true}}},
		Decisions: []workflow.Decision{{Name: "陈玉宝", Act: workflow.Submit, At: noon, Note: hostile}},
	}
	foreign := issue
	foreign.ID, foreign.Series = theirIssue, theirSeries
	return &office{
		issues: map[uuid.UUID]workflow.Issue{ourIssue: issue, theirIssue: foreign},
		series: map[uuid.UUID]workflow.Series{
			ourSeries:   {ID: ourSeries, Masthead: "鄂尔多斯科技简报", Organ: "鄂尔多斯市科学技术局"},
			theirSeries: {ID: theirSeries, Masthead: "别人的简报"},
		},
		person: accounts.Person{ID: editorID, Login: "bianji", Name: "乔栋", Active: true,
			Grants: []accounts.Grant{{Series: ourSeries, Role: accounts.Editor}}},
		options: []workflow.Option{
			{Act: workflow.Save, To: workflow.Draft, Allowed: true},
			{Act: workflow.Submit, To: workflow.Review, Allowed: true},
			{Act: workflow.Attach, To: workflow.Draft, Allowed: true},
			{Act: workflow.Arrange, To: workflow.Draft, Allowed: true},
			{Act: workflow.Circulate, To: workflow.Draft, Allowed: true},
			{Act: workflow.Withdraw, To: workflow.Withdrawn, Reasons: []fault.Reason{page.BadTime.With("子"), page.BadTime.With("丑")}},
		},
		units:    []recipients.Unit{{ID: unitA, Name: "鄂尔多斯市发展和改革委员会"}, {ID: unitB, Name: "鄂尔多斯市某某局"}},
		names:    map[string]uuid.UUID{},
		sessions: memstore.NewWithCleanupInterval(0),
	}
}

func (o *office) answer(id uuid.UUID) (workflow.Issue, error) {
	if o.err != nil {
		return workflow.Issue{}, o.err
	}
	o.changes++
	return o.issues[id], nil
}

func (o *office) OpenFile(_ context.Context, _ workflow.Actor, _ uuid.UUID, source workflow.Source) (workflow.Issue, error) {
	o.text, o.source = source.Text, source
	return o.answer(ourIssue)
}

func (o *office) SaveFile(_ context.Context, _ workflow.Actor, id uuid.UUID, version int, source workflow.Source) (workflow.Issue, error) {
	o.order.Version, o.source = version, source
	return o.answer(id)
}

func (o *office) Check(context.Context, workflow.Issue, workflow.Series) ([]ready.Finding, error) {
	o.checks++
	return o.findings, nil
}

func (o *office) Attach(_ context.Context, _ workflow.Actor, id uuid.UUID, version int, name, contentType string, data []byte) (workflow.Issue, error) {
	o.attached = append(o.attached, workflow.File{Name: name, Type: contentType, Data: data})
	o.order.Version = version
	issue, err := o.answer(id)
	issue.Version = version + 1
	return issue, err
}

func (o *office) Detach(_ context.Context, _ workflow.Actor, id uuid.UUID, version int, name string) (workflow.Issue, error) {
	o.order = workflow.Order{Act: workflow.Detach, Version: version, Names: []string{name}}
	return o.answer(id)
}

func (o *office) Arrange(_ context.Context, _ workflow.Actor, id uuid.UUID, version int, names []string) (workflow.Issue, error) {
	o.order = workflow.Order{Act: workflow.Arrange, Version: version, Names: names}
	return o.answer(id)
}

func (o *office) Stub(_ context.Context, _ workflow.Actor, _ uuid.UUID, stub workflow.Stub) (workflow.RegisterLine, error) {
	o.stub = stub
	_, err := o.answer(ourIssue)
	return workflow.RegisterLine{}, err
}

func (o *office) Register(_ context.Context, series uuid.UUID) ([]workflow.RegisterLine, error) {
	if series != ourSeries {
		return nil, page.NotHere()
	}
	return o.lines, nil
}

func (o *office) File(_ context.Context, sha string) ([]byte, error) {
	if data, ok := o.files[sha]; ok {
		return data, nil
	}
	return nil, page.NotHere()
}

func (o *office) Press(_ context.Context, series workflow.Series, issue workflow.Issue, form string, large bool) (workflow.File, error) {
	if o.err != nil {
		return workflow.File{}, o.err
	}
	return workflow.File{Name: "科技简报 1期.pdf", Type: "application/pdf", Data: fmt.Appendf(nil, "%s %s %t", series.Masthead, form, large)}, nil
}

func (o *office) Pages(_ context.Context, _ workflow.Series, issue workflow.Issue) ([]layout.Page, []bulletin.Problem, error) {
	run := layout.Run{Face: plainFace{}, Size: 16, Text: issue.Document.Masthead}
	return []layout.Page{{Width: 595, Height: 842, Runs: []layout.Run{run}}}, nil, o.err
}

type plainFace struct{}

func (plainFace) Name() string         { return "Noto Serif SC" }
func (plainFace) Advance(rune) float64 { return 1 }

func (o *office) Save(_ context.Context, _ workflow.Actor, id uuid.UUID, version int, text string) (workflow.Issue, error) {
	if o.stale && version != o.issues[id].Version {
		return workflow.Issue{}, fault.New(fault.Conflict, page.BadTime.With("旧版"))
	}
	o.text, o.order.Version = text, version
	return o.answer(id)
}

func (o *office) Settle(_ context.Context, _ workflow.Actor, id uuid.UUID, version int, code string, line int, choice string) (workflow.Issue, error) {
	o.settled = []any{version, code, line, choice}
	return o.answer(id)
}

func (o *office) Act(_ context.Context, _ workflow.Actor, id uuid.UUID, order workflow.Order) (workflow.Issue, error) {
	o.order = order
	return o.answer(id)
}

func (o *office) Options(_ context.Context, who workflow.Actor, id uuid.UUID) ([]workflow.Option, error) {
	if !who.Person.Sees(o.issues[id].Series) { // nobody stands in for anybody
		return nil, nil
	}
	return o.options, nil
}

func (o *office) Units(context.Context) ([]recipients.Unit, error) { return o.units, nil }

func (o *office) LastIssue(context.Context, uuid.UUID, uuid.UUID) (*workflow.Issue, error) {
	return o.last, nil
}

func (o *office) OptionsOf(ctx context.Context, who workflow.Actor, issue workflow.Issue, _ workflow.Series, _ []ready.Finding) ([]workflow.Option, error) {
	return o.Options(ctx, who, issue.ID)
}

// naming settles names by the real rules.
func (o *office) naming() naming.Desk {
	return naming.Desk{Issues: o, Books: o, Now: func() time.Time { return noon }}
}

func (o *office) SettleName(_ context.Context, series uuid.UUID, name string, unit uuid.UUID) error {
	if o.names[name] = unit; series != ourSeries {
		return page.NotHere()
	}
	return nil
}

func (o *office) Issue(_ context.Context, id uuid.UUID) (workflow.Issue, error) {
	if issue, ok := o.issues[id]; ok {
		return issue, nil
	}
	return workflow.Issue{}, page.NotHere()
}

func (o *office) Series(_ context.Context, id uuid.UUID) (workflow.Series, error) {
	return o.series[id], nil
}

func (o *office) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{o.series[ourSeries], o.series[theirSeries]}, nil
}

// Summaries returns more than it was asked for, as a broken store might.
func (o *office) Summaries(context.Context, []uuid.UUID, int) ([]workflow.Summary, error) {
	return append(slices.Clone(o.summaries), []workflow.Summary{
		{ID: ourIssue, Series: ourSeries, State: workflow.Draft, Items: 18, Changed: noon},
		{ID: theirIssue, Series: theirSeries, State: workflow.Draft, Changed: noon},
	}...), nil
}

func (o *office) Events(context.Context, uuid.UUID) ([]workflow.Event, error) {
	return []workflow.Event{{Seq: 1, Name: "乔栋", Act: workflow.Open, To: workflow.Draft, At: noon, Note: hostile, Facts: []fault.Reason{page.BadTime.With(hostile)}}}, nil
}

func (o *office) Deliveries(context.Context, uuid.UUID) ([]mailer.Delivery, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return slices.Clone(o.letters), nil
}

// settleAll settles the letters while somebody watches.
func (o *office) settleAll(state mailer.State) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	for n := range o.letters {
		o.letters[n].State = state
	}
}

func (o *office) Paused(context.Context, uuid.UUID) (bool, error) { return o.paused, nil }

func (o *office) LetterCounts(context.Context, uuid.UUID) (map[mailer.State]int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	counts := map[mailer.State]int{}
	for _, d := range o.letters {
		counts[d.State]++
	}
	return counts, nil
}

func (o *office) CopyEntries(context.Context, uuid.UUID) ([]copies.Entry, error) {
	return o.entries, nil
}

func (o *office) Running(context.Context) ([]workflow.Issue, error) {
	all := slices.Collect(maps.Values(o.issues))
	slices.SortFunc(all, func(a, b workflow.Issue) int { return strings.Compare(a.ID.String(), b.ID.String()) })
	return all, nil
}

func (o *office) Staff(context.Context, uuid.UUID, []uuid.UUID) (workflow.Staff, error) {
	return o.staff, nil
}

func (o *office) Years(context.Context) ([]calendar.Year, error) { return nil, nil }

func (o *office) Texts(context.Context, uuid.UUID) ([]workflow.TextVersion, error) {
	return o.texts, nil
}

func (o *office) CommentsOf(context.Context, uuid.UUID) ([]workflow.Comment, error) {
	return o.comments, nil
}

// See knows of one earlier look.
func (o *office) See(context.Context, uuid.UUID, uuid.UUID, int, time.Time) (int, time.Time, error) {
	return o.seen.Version, o.seen.At, nil
}

func (o *office) Delegate(_ context.Context, _ workflow.Actor, d accounts.Delegation) (accounts.Delegation, error) {
	o.delegated = append(o.delegated, d)
	return d, o.err
}

func (o *office) EndDelegation(_ context.Context, _ workflow.Actor, id uuid.UUID) error {
	o.ended = id
	return o.err
}

func (o *office) Comment(_ context.Context, _ workflow.Actor, _ uuid.UUID, version, line int, quote, words string) (workflow.Comment, error) {
	c := workflow.Comment{Version: version, Line: line, Quote: quote, Words: words}
	o.comments = append(o.comments, c)
	return c, o.err
}

func (o *office) SettleComment(_ context.Context, _ workflow.Actor, _, id uuid.UUID) (workflow.Comment, error) {
	o.ended = id
	return workflow.Comment{}, o.err
}

func (o *office) PersonByID(_ context.Context, id uuid.UUID) (accounts.Person, error) {
	if id != o.person.ID {
		return accounts.Person{}, page.NotHere()
	}
	return o.person, nil
}

func (o *office) SignIn(_ context.Context, login, password string) (accounts.Person, error) {
	if o.signIn != nil {
		return o.signIn()
	}
	if login != o.person.Login || password != "good" {
		return accounts.Person{}, fault.New(fault.Unauthenticated, page.NotFound.With())
	}
	return o.person, nil
}

// A visitor is a browser: it keeps cookies and follows no redirects.
type visitor struct {
	t       *testing.T
	handler http.Handler
	cookies map[string]string
	headers map[string]string
}

func visit(t *testing.T, o *office) *visitor {
	t.Helper()
	h, err := New(Config{
		Desk: o, Attachments: o, Registrar: o, Reads: o, Letters: o, Agenda: o, Deputies: o, Books: o, Names: o.naming(), NewID: uuid.New, Press: o, People: o, SignIn: o,
		Intake: intake.Read, Sessions: o.sessions, Visits: &o.visits, Second: o.second, Looked: o.looked, Provider: o.provider, Empty: o.empty,
		Public: []page.Room{func(kit *page.Kit) (page.Routes, error) { return page.Routes{"GET /public": kit.Nothing}, nil }},
		Ready:  func(context.Context) error { return o.ready },
		Now:    func() time.Time { return noon.Add(o.late) }, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t: t, handler: h, cookies: map[string]string{}, headers: map[string]string{}}
}

// inOffice is a visitor who has signed in.
func inOffice(t *testing.T, o *office) *visitor {
	t.Helper()
	v := visit(t, o)
	if got := v.post("/sign-in", "login", "bianji", "password", "good"); got.Code != http.StatusSeeOther {
		t.Fatalf("sign-in: %d %s", got.Code, got.Body)
	}
	return v
}

func (v *visitor) do(r *http.Request) *httptest.ResponseRecorder {
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	for name, value := range v.headers {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		v.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		}
	}
	return w
}

func (v *visitor) get(address string) *httptest.ResponseRecorder {
	return v.do(httptest.NewRequest(http.MethodGet, address, nil))
}

// post sends a form of names and values.
func (v *visitor) post(address string, pairs ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for n := 0; n < len(pairs); n += 2 {
		form.Add(pairs[n], pairs[n+1])
	}
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(r)
}

// send sends a form with files, which stand behind its fields.
func (v *visitor) send(address string, files []workflow.File, pairs ...string) *httptest.ResponseRecorder {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for n := 0; n < len(pairs); n += 2 {
		if err := form.WriteField(pairs[n], pairs[n+1]); err != nil {
			v.t.Fatal(err)
		}
	}
	for _, f := range files {
		w, err := form.CreateFormFile("file", f.Name)
		if err != nil {
			v.t.Fatal(err)
		}
		_, _ = w.Write(f.Data)
	}
	_ = form.Close()
	r := httptest.NewRequest(http.MethodPost, address, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return v.do(r)
}

// is fails unless an answer has the status and all of the words.
func is(t *testing.T, w *httptest.ResponseRecorder, status int, words ...string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	for _, word := range words {
		if !strings.Contains(w.Body.String(), word) {
			t.Errorf("%q is not in the answer", word)
		}
	}
}

// lacks fails if an answer has one of the words.
func lacks(t *testing.T, w *httptest.ResponseRecorder, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(w.Body.String(), word) {
			t.Errorf("%q is in the answer", word)
		}
	}
}

// ours are the scripts that pages may load.
var ours = regexp.MustCompile(`<script src="/static/[a-z.]+" defer></script>`)

var inline = regexp.MustCompile(`(?i)<script|<style|\sstyle=|\son[a-z]+=`)
