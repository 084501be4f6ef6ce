package api

import (
	"context"

	"github.com/google/uuid"

	"jianbao/web/api/op"
	"jianbao/workflow"
)

func (s *server) describeSeries() {
	op.On(s.kit, op.Get("list-series", "/series", "series", "Every series that the caller may see"), s.listSeries)
	op.On(s.kit, op.Get("read-series", "/series/{series}", "series", "One series"), s.readSeries)
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
