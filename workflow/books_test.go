package workflow

import (
	"context"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
)

var missing = fault.Say("workflow.test-missing", "没有", "not there")

// A memory is Books and Agenda in memory, for one series. One lock around
// all of it stands for the transactions.
type memory struct {
	mu        sync.Mutex
	series    Series
	directory recipients.Directory
	issues    map[uuid.UUID]Issue
	register  []RegisterLine
	events    map[uuid.UUID][]Event
	texts     []TextVersion
	originals []Original
	files     map[string][]byte // by hash
	items     []PastItem
	sendings  []Sending
	timetable Timetable
	staff     Staff
	fires     map[string]Fire // see keyOf
	notices   []Notice
	pending   int // letters of any issue that are not settled
}

func (m *memory) Series(_ context.Context, id uuid.UUID) (Series, error) {
	if id != m.series.ID {
		return Series{}, fault.New(fault.NotFound, missing.With())
	}
	return m.series, nil
}

func (m *memory) Issue(_ context.Context, id uuid.UUID) (Issue, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	issue, ok := m.issues[id]
	if !ok {
		return Issue{}, fault.New(fault.NotFound, missing.With())
	}
	return issue, nil
}

func (m *memory) Directory(context.Context, uuid.UUID) (recipients.Directory, error) {
	return m.directory, nil
}

func (m *memory) Past(_ context.Context, issue Issue, keys []int64) (Past, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	past := Past{Register: slices.Clone(m.register)}
	for _, item := range m.items {
		if item.Issue != issue.ID && slices.ContainsFunc(item.Keys, func(k int64) bool { return slices.Contains(keys, k) }) {
			past.Items = append(past.Items, item)
		}
	}
	return past, nil
}

func (m *memory) Open(_ context.Context, change Change) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.write(change)
	return nil
}

func (m *memory) Change(_ context.Context, id uuid.UUID, _ bool, decide func(Case) (Change, error)) (Issue, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	issue, ok := m.issues[id]
	if !ok {
		return Issue{}, fault.New(fault.NotFound, missing.With())
	}
	change, err := decide(Case{Issue: issue, Series: m.series, Register: m.register, Pending: m.pending})
	if err != nil {
		return Issue{}, err
	}
	m.write(change)
	return change.Issue, nil
}

func (m *memory) Enter(ctx context.Context, series uuid.UUID, decide func(Series, []RegisterLine) (Change, error)) error {
	s, err := m.Series(ctx, series)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	change, err := decide(s, m.register)
	if err != nil {
		return err
	}
	m.register = slices.DeleteFunc(m.register, func(l RegisterLine) bool { return l.Number == change.Given.Number })
	if change.Issue.ID == uuid.Nil {
		m.register = append(m.register, *change.Given)
		return nil
	}
	m.write(change)
	return nil
}

func (m *memory) write(change Change) {
	id := change.Issue.ID
	m.issues[id] = change.Issue
	m.events[id] = append(m.events[id], change.Event)
	if change.Text != nil {
		m.texts = append(m.texts, *change.Text)
	}
	for _, data := range change.Files {
		m.files[File{Data: data}.Listed().SHA256] = data
	}
	if change.Original != nil {
		m.originals = append(m.originals, *change.Original)
	}
	if change.Given != nil {
		m.register = append(m.register, *change.Given)
	}
	m.items = append(m.items, change.Items...)
	if change.Release != nil {
		m.sendings = append(m.sendings, *change.Release)
		m.pending = len(change.Release.Letters)
	}
}

func (m *memory) Due(_ context.Context, now time.Time, _ int) ([]uuid.UUID, error) {
	return m.inState(Scheduled, func(i Issue) bool { return !now.Before(i.ReleaseAt) }), nil
}

func (m *memory) Settled(context.Context, int) ([]uuid.UUID, error) {
	return m.inState(Dispatching, func(Issue) bool { return m.pending == 0 }), nil
}

func (m *memory) inState(state State, fits func(Issue) bool) (ids []uuid.UUID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, issue := range m.issues {
		if issue.State == state && fits(issue) {
			ids = append(ids, id)
		}
	}
	return ids
}

// plain renders an issue as its text.
type plain struct{ rendered int }

func (p *plain) Render(_ context.Context, _ Series, issue Issue) (Parts, error) {
	p.rendered++
	return Parts{Subject: issue.Document.Masthead, Text: []byte(issue.Text)}, nil
}

// An office is a desk over the real bulletin, with a clock that stands still
// until it is told to go on.
type office struct {
	*Desk
	books                           *memory
	now                             time.Time
	editor, reviewer, clerk, nobody Actor
}

// seedText is the real bulletin; its path leads out of the room, since seeds
// imports this package.
func seedText(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("../seeds/00-seed.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{now: time.Date(2021, 7, 15, 2, 0, 0, 0, time.UTC)}
	o.books = &memory{
		series: Series{
			ID: uuid.New(), Masthead: "鄂尔多斯科技简报", Organ: "鄂尔多斯市科学技术局", Place: "鄂尔多斯", Mailbox: "kjjb@kjj.ordos.example",
			Route: DefaultRoute(), FileCopies: 1, Template: 1, Created: o.now, Version: 1,
		},
		directory: seedDirectory(),
		issues:    map[uuid.UUID]Issue{}, events: map[uuid.UUID][]Event{}, fires: map[string]Fire{}, files: map[string][]byte{},
	}
	for no := 1; no <= 7; no++ {
		o.books.register = append(o.books.register, line(bulletin.Ordinary, 2021, no))
	}
	person := func(name string, roles ...accounts.Role) Actor {
		p := accounts.Person{ID: uuid.New(), Name: name, Active: true}
		for _, r := range roles {
			p.Grants = append(p.Grants, accounts.Grant{Role: r})
		}
		return Actor{Person: p}
	}
	o.editor, o.reviewer = person("程继东", accounts.Editor, accounts.Reviewer), person("乔栋", accounts.Reviewer)
	o.clerk, o.nobody = person("收发员", accounts.Clerk), person("路人")
	o.Desk = &Desk{Books: o.books, Render: &plain{}, Now: func() time.Time { return o.now }, NewID: uuid.New}
	return o
}

// seedDirectory has the units that the lists of the real bulletin name.
func seedDirectory() recipients.Directory {
	const home = "鄂尔多斯"
	collective := recipients.Collective{ID: uuid.New(), Place: home, Text: "鄂尔多斯市委、市人大常委会、市政府、市政协领导"}
	var d recipients.Directory
	add := func(name, short string, copies int) uuid.UUID {
		unit := recipients.Unit{ID: uuid.New(), Name: name, Place: home, Channel: recipients.ByBoth, Addresses: []string{"a@u.example"}, Copies: copies}
		if short != "" {
			unit.Aliases = []recipients.Alias{{Name: short}}
		}
		d.Units = append(d.Units, unit)
		return unit.ID
	}
	for _, body := range []string{"市委", "市人大常委会", "市政府", "市政协"} {
		unit := add(home+body+"办公室", "", 2)
		collective.Members = append(collective.Members, recipients.Member{Words: home + body + "领导", Unit: unit})
	}
	for _, short := range []string{"市发改委", "市工信局", "市财政局", "市生态环境局", "市农牧局", "市卫健委", "市统计局", "市能源局", "市林草局"} {
		add(home+short, short, 1)
	}
	add("鄂尔多斯高新技术产业开发区", "", 1)
	add("鄂尔多斯空港物流园区", "", 1)
	d.Collectives = []recipients.Collective{collective}
	return d
}
