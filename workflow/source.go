package workflow

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
)

// A Source is a text as somebody hands it in, with what was read from it.
type Source struct {
	// Name is that of the file, or "" for what was typed or pasted.
	Name string
	// Data are the bytes as they were handed in. They are kept once, before
	// any repair, and never changed.
	Data     []byte
	Encoding string // as it was recognised: utf-8, gb18030, docx …
	// Properties are the document's own (title, keywords …). They are looked
	// at for a classification label, and not kept.
	Properties []string
	Text       string // what was read from Data
	Pictures   []File // that the text refers to, by name
}

// An Original (原稿) is what was handed in, as it is kept: with the issue and
// the version that came of it.
type Original struct {
	Issue    uuid.UUID
	Version  int
	Name     string
	Encoding string
	Data     []byte
	By       uuid.UUID
	ByName   string
	At       time.Time
}

// classified refuses what bears a classification label in its text, its name
// or its properties: nothing of it may be written anywhere.
func (s Source) classified() error {
	names := append([]string{}, s.Properties...)
	for _, p := range s.Pictures {
		names = append(names, p.Name)
	}
	if label, found := bulletin.Classified(s.Name, names, s.Text); found {
		return label.Refusal()
	}
	return nil
}

// Open makes a text that was typed or pasted a new draft of a series, with the
// actor as its author. See [Desk.OpenFile].
func (d *Desk) Open(ctx context.Context, actor Actor, series uuid.UUID, text string) (Issue, error) {
	return d.OpenFile(ctx, actor, series, Source{Data: []byte(text), Encoding: "utf-8", Text: text})
}

// OpenFile makes what was handed in a new draft of a series, with the actor as
// its author. It fails with fault.Refused if it is classified, with
// fault.Forbidden if the actor is no editor there, and with fault.Invalid and
// all reasons if the text is no bulletin; then nothing is kept.
func (d *Desk) OpenFile(ctx context.Context, actor Actor, series uuid.UUID, source Source) (Issue, error) {
	if err := source.classified(); err != nil {
		return Issue{}, err
	}
	s, err := d.Books.Series(ctx, series)
	if err != nil {
		return Issue{}, err
	}
	if actor.Robot == "" && !actor.Person.Has(accounts.Editor, s.ID) {
		return Issue{}, fault.New(fault.Forbidden, mayNotOpen.With(actor.Name()))
	}
	draft, err := d.readSource(ctx, s, source)
	if err != nil {
		return Issue{}, err
	}
	change := OpenIssue(s, actor, draft, d.Now(), d.NewID)
	return change.Issue, d.Books.Open(ctx, change)
}

// Save replaces the text of a draft by what was typed. A text that is no
// bulletin or is classified is refused, and the draft stays as it was.
func (d *Desk) Save(ctx context.Context, actor Actor, id uuid.UUID, version int, text string) (Issue, error) {
	decide, err := d.Saving(ctx, actor, id, version, text)
	if err != nil {
		return Issue{}, err
	}
	return d.Books.Change(ctx, id, false, decide)
}

// Saving reads the text for [Desk.Save] and returns the decision that saves it,
// for a transaction in which more is written than the draft.
func (d *Desk) Saving(ctx context.Context, actor Actor, id uuid.UUID, version int, text string) (func(Case) (Change, error), error) {
	if err := (Source{Text: text}).classified(); err != nil {
		return nil, err
	}
	_, series, err := d.load(ctx, id)
	if err != nil {
		return nil, err
	}
	draft, err := d.read(ctx, series, text)
	if err != nil {
		return nil, err
	}
	return d.decision(actor, Order{Act: Save, Version: version, Draft: &draft}, nil), nil
}

// SaveFile replaces the text and the pictures of a draft by what was handed
// in. It fails as [Desk.OpenFile] does, and the draft stays as it was.
func (d *Desk) SaveFile(ctx context.Context, actor Actor, id uuid.UUID, version int, source Source) (Issue, error) {
	if err := source.classified(); err != nil {
		return Issue{}, err
	}
	_, series, err := d.load(ctx, id)
	if err != nil {
		return Issue{}, err
	}
	draft, err := d.readSource(ctx, series, source)
	if err != nil {
		return Issue{}, err
	}
	return d.act(ctx, actor, id, Order{Act: Save, Version: version, Draft: &draft})
}

// readSource reads the text of a source, and checks the names of its pictures.
func (d *Desk) readSource(ctx context.Context, s Series, source Source) (DraftText, error) {
	var reasons []fault.Reason
	for _, p := range source.Pictures {
		reasons = append(reasons, p.Against()...)
	}
	if len(reasons) > 0 {
		return DraftText{}, fault.New(fault.Invalid, refused.With(Open.Title()), reasons...)
	}
	draft, err := d.read(ctx, s, source.Text)
	draft.Source = &source
	return draft, err
}

// hand puts what was handed in into a change.
func (next *Change) hand(c Case, source *Source) {
	if source == nil {
		return
	}
	next.Issue.Pictures = convert(source.Pictures, File.Listed)
	for _, p := range source.Pictures {
		next.Files = append(next.Files, p.Data)
	}
	next.Original = &Original{
		Issue: next.Issue.ID, Version: next.Issue.Version, Name: source.Name, Encoding: source.Encoding, Data: source.Data,
		By: c.Actor.Person.ID, ByName: c.Actor.Name(), At: moment(c.Now),
	}
}
