// Package feeds shows a person's deadlines to the calendar program that they
// use anyway.
//
// The program asks again and again for an address that only the person was told
// ([Desk.Make]); it cannot sign in, so that the address is the key. The books
// have its hash alone. A new address, or the wish for none, ends the one before
// at once. What is told is what a person sees over somebody's shoulder, too: the
// series, the number, what is to be done and by when, and nothing of what an
// issue says.
package feeds

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/calendar/ics"
)

// A Feed is the right to one person's deadlines.
type Feed struct {
	ID     uuid.UUID
	Person uuid.UUID
	Hash   string // SHA-256 of the token, hex
	Made   time.Time
	Ended  time.Time // zero: it holds
}

// Keeper is where feeds are kept. Every method is one transaction.
type Keeper interface {
	// RenewFeed ends the feed that a person has, if any, and writes another; the
	// zero Feed is none.
	RenewFeed(ctx context.Context, person uuid.UUID, next Feed, now time.Time) error

	// FeedByHash returns a feed that holds, or fault.NotFound.
	FeedByHash(ctx context.Context, hash string) (Feed, error)

	// FeedOf returns the feed of a person that holds, or fault.NotFound.
	FeedOf(ctx context.Context, person uuid.UUID) (Feed, error)

	// PersonByID returns a person, or fault.NotFound.
	PersonByID(ctx context.Context, id uuid.UUID) (accounts.Person, error)
}

// Reads is what deadlines are told from.
type Reads interface {
	// Running returns every issue on its way, without its text and document.
	Running(ctx context.Context) ([]workflow.Issue, error)

	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// Timetable returns how the program keeps time for a series.
	Timetable(ctx context.Context, series uuid.UUID) (workflow.Timetable, error)

	// Staff returns the people who have to do with a series, and those named.
	Staff(ctx context.Context, series uuid.UUID, named []uuid.UUID) (workflow.Staff, error)

	// Years returns the office's own tables of public holidays.
	Years(ctx context.Context) ([]calendar.Year, error)
}

// A Desk makes feeds and answers for them.
type Desk struct {
	Keeper Keeper
	Reads  Reads
	Site   string // the address of the pages, for links; "" has none
	Now    func() time.Time
	NewID  func() uuid.UUID
}

// Make gives a person a new feed and returns its token, which is told this once:
// 43 characters that fit into an address. The one before ends.
func (d Desk) Make(ctx context.Context, person uuid.UUID) (token string, err error) {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails (crypto/rand)
	token = base64.RawURLEncoding.EncodeToString(secret)
	now := d.Now()
	return token, d.Keeper.RenewFeed(ctx, person, Feed{ID: d.NewID(), Person: person, Hash: hashOf(token), Made: now}, now)
}

// End ends the feed of a person.
func (d Desk) End(ctx context.Context, person uuid.UUID) error {
	return d.Keeper.RenewFeed(ctx, person, Feed{}, d.Now())
}

// Of returns the feed that a person has, and whether there is one.
func (d Desk) Of(ctx context.Context, person uuid.UUID) (Feed, bool, error) {
	f, err := d.Keeper.FeedOf(ctx, person)
	if fault.Is(err, fault.NotFound) {
		return f, false, nil
	}
	return f, err == nil, err
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

var feedName = fault.Say("feeds.name", "简报办理期限", "Bulletin deadlines")

// Show returns the deadlines that a token opens, as text/calendar. It fails with
// fault.NotFound if the token is unknown or has ended, or the person has gone.
func (d Desk) Show(ctx context.Context, token string) ([]byte, error) {
	feed, err := d.Keeper.FeedByHash(ctx, hashOf(token))
	if err != nil {
		return nil, err
	}
	who, err := d.Keeper.PersonByID(ctx, feed.Person)
	if err != nil {
		return nil, err
	}
	if !who.Active {
		return nil, fault.New(fault.NotFound, gone.With())
	}
	deadlines, err := d.deadlines(ctx, who)
	if err != nil {
		return nil, err
	}
	c := ics.Calendar{Product: "-//jianbao//deadlines//ZH", Name: feedName.ZH, Zone: workflow.Series{}.Location()}
	for _, one := range deadlines {
		c.Events = append(c.Events, one.event(d.Site))
	}
	return ics.Write(c), nil
}

var gone = fault.Say("feeds.gone", "这个日历地址已经失效", "this address of a calendar has ended")

// A Deadline is what one person has to do by a moment.
type Deadline struct {
	Issue  workflow.Issue
	Series workflow.Series
	Step   fault.Reason
	Due    time.Time
}

// deadlines are those of a person, the first one first.
func (d Desk) deadlines(ctx context.Context, who accounts.Person) ([]Deadline, error) {
	running, err := d.Reads.Running(ctx)
	if err != nil {
		return nil, err
	}
	years, err := d.Reads.Years(ctx)
	if err != nil {
		return nil, err
	}
	kept := map[uuid.UUID]office{}
	var all []Deadline
	for _, issue := range running {
		o, read := kept[issue.Series]
		if !read {
			if o, err = d.office(ctx, issue.Series, running); err != nil {
				return nil, err
			}
			kept[issue.Series] = o
		}
		if !o.concerns(who) {
			continue
		}
		if issue.State == workflow.Review { // who has decided depends on the text
			if issue, err = d.Reads.Issue(ctx, issue.ID); err != nil {
				return nil, err
			}
		}
		if one, waits := o.deadline(issue, who, years, d.Now()); waits {
			all = append(all, one)
		}
	}
	slices.SortStableFunc(all, func(a, b Deadline) int { return a.Due.Compare(b.Due) })
	return all, nil
}

// An office is what deadlines of one series are told from.
type office struct {
	series    workflow.Series
	timetable workflow.Timetable
	staff     workflow.Staff
}

func (d Desk) office(ctx context.Context, series uuid.UUID, running []workflow.Issue) (o office, err error) {
	var named []uuid.UUID
	for _, issue := range running {
		if issue.Series == series {
			named = append(append(named, issue.PeopleNamed()...), issue.Authors...)
		}
	}
	if o.series, err = d.Reads.Series(ctx, series); err != nil {
		return o, err
	}
	if o.timetable, err = d.Reads.Timetable(ctx, series); err != nil {
		return o, err
	}
	o.staff, err = d.Reads.Staff(ctx, series, named)
	return o, err
}

func (o office) concerns(who accounts.Person) bool {
	return slices.ContainsFunc(o.staff.People, func(p accounts.Person) bool { return p.ID == who.ID })
}

// deadline returns by when an issue waits for a person: for who edits a draft,
// for who can decide at its step, and at its release for the clerks.
func (o office) deadline(issue workflow.Issue, who accounts.Person, years []calendar.Year, now time.Time) (one Deadline, waits bool) {
	one = Deadline{Issue: issue, Series: o.series, Step: issue.Current().Kind.Title()}
	switch issue.State {
	case workflow.Draft:
		waits = slices.Contains(issue.Authors, who.ID) || len(issue.Authors) == 0 && who.Has(accounts.Editor, o.series.ID)
	case workflow.Review:
		sight := workflow.Sight{Issue: issue, Series: o.series, Staff: o.staff}
		waits = slices.ContainsFunc(sight.Waiting(now), func(p accounts.Person) bool { return p.ID == who.ID })
	case workflow.Scheduled:
		one.Step, one.Due = issue.State.Title(), issue.ReleaseAt
		return one, who.Has(accounts.Clerk, o.series.ID)
	}
	one.Due = workflow.ClimbTo(o.timetable.Calendar(o.series, years), issue.Reached, issue.Current().Hours, nil, now).Deadline
	return one, waits && !one.Due.IsZero()
}

var (
	saidPlain    = fault.Say("feeds.issue", "《%s》：%s", "%s: %s")
	saidNumbered = fault.Say("feeds.issue-numbered", "《%s》第%d期：%s", "%s, issue %d: %s")
)

func (one Deadline) event(site string) ics.Event {
	no := one.Issue.Number.No
	if no == 0 {
		no = one.Issue.Document.Number.No
	}
	said := saidPlain.With(one.Series.Masthead, one.Step)
	if no > 0 {
		said = saidNumbered.With(one.Series.Masthead, no, one.Step)
	}
	e := ics.Event{UID: fmt.Sprintf("%s-%d-%d@jianbao", one.Issue.ID, one.Issue.Step, one.Issue.Round), Begins: one.Due, Changed: one.Issue.Changed, Summary: said.In(fault.ZH)}
	if site != "" {
		e.URL = site + "/issues/" + one.Issue.ID.String()
	}
	return e
}
