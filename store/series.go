package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

type seriesRow struct {
	ID         uuid.UUID
	Masthead   string
	Organ      string
	Place      string
	Mailbox    string
	Zone       string
	Route      workflow.Route `gorm:"serializer:json"`
	FileCopies int
	Sections   []string        `gorm:"serializer:json"`
	SendWindow calendar.Window `gorm:"serializer:json"`
	Tolerance  time.Duration
	Template   int
	Cadence    string
	MaxLate    time.Duration
	Created    moment
	Version    int
	Layout     string
	Leaders    []workflow.Leader   `gorm:"serializer:json"`
	TwoPerson  *workflow.Exception `gorm:"serializer:json"`
	Total      workflow.Total      `gorm:"serializer:json"`
	Domains    []string            `gorm:"serializer:json"`
}

func (seriesRow) TableName() string { return "series" }

func rowOfSeries(s workflow.Series) seriesRow {
	return seriesRow{
		ID: s.ID, Masthead: s.Masthead, Organ: s.Organ, Place: s.Place, Mailbox: s.Mailbox, Zone: s.Zone,
		Route: s.Route, FileCopies: s.FileCopies, Sections: s.Sections, SendWindow: s.Window,
		Tolerance: s.Tolerance, Template: s.Template, Cadence: s.Cadence.Spec, MaxLate: s.Cadence.MaxLate,
		Created: momentOf(s.Created), Version: s.Version, Layout: string(s.Layout), Leaders: s.Leaders,
		TwoPerson: s.TwoPerson, Total: s.Total, Domains: s.Domains,
	}
}

func (r seriesRow) series() workflow.Series {
	series := workflow.Series{
		ID: r.ID, Masthead: r.Masthead, Organ: r.Organ, Place: r.Place, Mailbox: r.Mailbox, Zone: r.Zone,
		Route: r.Route, FileCopies: r.FileCopies, Sections: r.Sections, Window: r.SendWindow,
		Tolerance: r.Tolerance, Template: r.Template, Created: r.Created.time(), Version: r.Version,
		Cadence: workflow.Cadence{Spec: r.Cadence, MaxLate: r.MaxLate}, Leaders: r.Leaders,
		TwoPerson: r.TwoPerson, Total: r.Total, Domains: r.Domains,
	}
	if r.Layout != "" {
		series.Layout = json.RawMessage(r.Layout)
	}
	return series
}

// AddSeries writes a new series. A masthead that is taken is fault.Conflict,
// settings that cannot be used are fault.Invalid.
func (s *Store) AddSeries(ctx context.Context, series workflow.Series) error {
	if err := series.Validate(); err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error { return add(tx, rowOfSeries(series)) })
}

// saveSeries writes a series over the version that it was read as. Another
// layout counts as another version of the template, so that what was approved
// with the old one is approved again. Issues that are open keep the route that
// they have. It fails with fault.Invalid if the settings cannot be used, with
// fault.Conflict if somebody else saved it first or the masthead is taken, and
// with fault.NotFound if there is no such series.
func (s *Store) saveSeries(tx *gorm.DB, series workflow.Series) error {
	before, err := seriesByID(s.locking(tx, seriesLock), series.ID)
	if err != nil {
		return err
	}
	if err := series.Validate(); err != nil {
		return err
	}
	row := rowOfSeries(series)
	row.Template, row.Created = before.Template, momentOf(before.Created)
	if row.Layout != string(before.Layout) {
		row.Template++
	}
	row.Version = series.Version + 1
	return replace(tx, &row, series.ID, series.Version)
}

// Series returns a series, or fault.NotFound.
func (s *Store) Series(ctx context.Context, id uuid.UUID) (series workflow.Series, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		series, err = seriesByID(tx, id)
		return err
	})
	return series, err
}

// SeriesAll returns every series, the oldest first.
func (s *Store) SeriesAll(ctx context.Context) (all []workflow.Series, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[seriesRow](tx.Order("created, id"))
		all = convert(found, seriesRow.series)
		return err
	})
	return all, err
}

func seriesByID(query *gorm.DB, id uuid.UUID) (workflow.Series, error) {
	row, err := first[seriesRow](query.Where("id = ?", id))
	return row.series(), err
}
