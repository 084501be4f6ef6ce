// Package series is the operations on what an office sets of its series:
//
//	/series                             a new one
//	/series/{series}/settings           everything that is set of one: masthead, route, hours and so on
//	/series/{series}/settings/try       what a change comes to, without making it
//	/series/{series}/settings/history   what was changed, and by whom
//
// The document of the settings is [setup.Sheet], the same as the forms of the
// pages fill in and the file that jianbao series set reads, so that all of them
// refuse with the same sentences. It is sent whole, from the version seen.
package series

import (
	"context"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/web/api/op"
	pages "jianbao/web/settings"
	"jianbao/workflow/setup"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		op.On(k, op.Make("make-series", "/series", "series", "Make a series; the rest of it is set afterwards"), rm.found)
		op.On(k, op.Get("read-settings", "/series/{series}/settings", "series", "Everything that is set of a series"), rm.settings)
		op.On(k, op.Put("save-settings", "/series/{series}/settings", "series", "Change what is set of a series"), rm.save)
		op.On(k, op.Post("try-settings", "/series/{series}/settings/try", "series", "What a change of the settings comes to; it changes nothing"), rm.try)
		op.On(k, op.Get("settings-history", "/series/{series}/settings/history", "series", "What was changed in the settings, the last first"), rm.history)
	}
}

// SeriesSettings are everything that is set of a series, as people write it.
type SeriesSettings struct {
	Settings setup.Sheet `json:"settings"`
	Doubts   []op.Says   `json:"doubts" doc:"what is set and will not work well, such as a step at which nobody can decide"`
}

type settingsBody struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body SeriesSettings
}

func (rm *room) directory(ctx context.Context) (d setup.Directory, err error) {
	if d.People, err = rm.Books.People(ctx); err != nil {
		return d, err
	}
	d.Units, err = rm.Books.Units(ctx)
	return d, err
}

// find returns the settings of a series that the caller may see.
func (rm *room) find(ctx context.Context, id uuid.UUID) (s setup.Settings, d setup.Directory, err error) {
	if _, err = rm.SeriesOf(ctx, id); err != nil {
		return s, d, err
	}
	if s, err = rm.Books.Settings(ctx, id); err != nil {
		return s, d, err
	}
	d, err = rm.directory(ctx)
	return s, d, err
}

func (rm *room) settings(ctx context.Context, in *op.OfSeries) (*settingsBody, error) {
	s, d, err := rm.find(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	return shown(s, d), nil
}

func shown(s setup.Settings, d setup.Directory) *settingsBody {
	return &settingsBody{op.Tag(s.Series.Version), SeriesSettings{whole(setup.SheetOf(s, d)), op.Each(s.Doubts(d.People), op.Said)}}
}

type foundInput struct {
	op.Keyed
	Body struct {
		Masthead    string   `json:"masthead" maxLength:"100"`
		Organ       string   `json:"organ" maxLength:"100"`
		Place       string   `json:"place" maxLength:"100"`
		Mailbox     string   `json:"mailbox,omitempty" maxLength:"254"`
		Route       string   `json:"route,omitempty" maxLength:"50" doc:"the name of a built-in route; the first without it"`
		Countersign []string `json:"countersign,omitempty" maxItems:"20" doc:"the units that countersign, by their full names"`
	}
}

type foundBody struct {
	Location string `header:"Location" doc:"where its settings are"`
	ETag     string `header:"ETag"`
	Body     SeriesMade
}

// SeriesMade is a new series.
type SeriesMade struct {
	ID       uuid.UUID `json:"id" format:"uuid"`
	Masthead string    `json:"masthead"`
}

func (rm *room) found(ctx context.Context, in *foundInput) (*foundBody, error) {
	who := op.CallerOf(ctx)
	if err := pages.MayFound(who.Person); err != nil {
		return nil, err
	}
	d, err := rm.directory(ctx)
	if err != nil {
		return nil, err
	}
	typed := setup.Founding(in.Body)
	if typed.Route == "" {
		typed.Route = setup.BuiltinRoutes()[0].Name
	}
	made, err := typed.Settings(d, rm.NewID(), rm.Now())
	if err == nil {
		err = rm.Books.AddSettings(ctx, made, who.Named(), rm.Now())
	}
	s := made.Series
	return &foundBody{fmt.Sprintf("/api/v1/series/%s/settings", s.ID), op.Tag(s.Version), SeriesMade{s.ID, s.Masthead}}, err
}

type settingsSaveInput struct {
	op.OfSeries
	op.Condition
	Body setup.Sheet
}

// may is why the caller may not make a change. Who heads a unit reaches beyond
// the series.
func may(ctx context.Context, series uuid.UUID, before, after setup.Sheet) error {
	who := op.CallerOf(ctx).Person
	if err := pages.MayChange(who, series); err != nil {
		return err
	}
	if !reflect.DeepEqual(whole(before).Heads, whole(after).Heads) {
		return pages.MayFound(who)
	}
	return nil
}

func (rm *room) save(ctx context.Context, in *settingsSaveInput) (*settingsBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	s, d, err := rm.find(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	if err := may(ctx, s.Series.ID, setup.SheetOf(s, d), in.Body); err != nil {
		return nil, err
	}
	by := op.CallerOf(ctx).Named()
	with := setup.Reading{Directory: d, Layout: rm.Layout, By: by, At: rm.Now(), Version: version}
	_, err = rm.Books.ChangeSettings(ctx, s.Series.ID, by, rm.Now(), func(now setup.Settings) (setup.Settings, error) {
		return in.Body.Settings(now, with)
	})
	if err != nil {
		return nil, rm.overtaken(ctx, err, in.Series, version)
	}
	return rm.settings(ctx, &in.OfSeries)
}

// overtaken makes a conflict 412 where the settings are at another version.
func (rm *room) overtaken(ctx context.Context, err error, series uuid.UUID, seen int) error {
	if !fault.Is(err, fault.Conflict) {
		return err
	}
	now, broken := rm.Books.Settings(ctx, series)
	if broken != nil {
		return err
	}
	return op.Overtaken(err, seen, now.Series.Version)
}

type tryInput struct {
	op.OfSeries
	Body setup.Sheet
}

// TriedSettings is what a change of the settings comes to.
type TriedSettings struct {
	Differences []op.Says `json:"differences"`
	Doubts      []op.Says `json:"doubts"`
}

type triedBody struct{ Body TriedSettings }

func (rm *room) try(ctx context.Context, in *tryInput) (*triedBody, error) {
	s, d, err := rm.find(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	if err := may(ctx, s.Series.ID, setup.SheetOf(s, d), in.Body); err != nil {
		return nil, err
	}
	next, err := in.Body.Settings(s, setup.Reading{Directory: d, Layout: rm.Layout, By: op.CallerOf(ctx).Named(), At: rm.Now()})
	if err != nil {
		return nil, err
	}
	return &triedBody{TriedSettings{op.Each(setup.Differences(s, next), op.Said), op.Each(next.Doubts(d.People), op.Said)}}, nil
}

type historyInput struct {
	op.OfSeries
	op.Paging
}

// SettingsChange is a line of the history of a series' settings.
type SettingsChange struct {
	Seq  int       `json:"seq"`
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	What []op.Says `json:"what"`
}

func (rm *room) history(ctx context.Context, in *historyInput) (*op.Listed[SettingsChange], error) {
	if _, err := rm.SeriesOf(ctx, in.Series); err != nil {
		return nil, err
	}
	all, err := rm.Books.SettingsHistory(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, all, func(c setup.Change) string { return strconv.Itoa(c.Seq) }, func(c setup.Change) SettingsChange {
		return SettingsChange{c.Seq, c.At, c.ByName, op.Each(c.What, op.Said)}
	})
}
