package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/figures"
)

// openIssues are those under way. The states stand in the statement as they do
// in the index issue_open, so that it is used, and the series are asked for
// behind it: no planner comes to think that it could as well read all that these
// series ever had.
const openIssues = `WITH underway AS MATERIALIZED (SELECT id, series, state, step, round, number_kind, number_year, number_no, reached, release_at, route, assigned
FROM issue WHERE state IN ('draft', 'review', 'approved', 'registered', 'scheduled', 'dispatching')) SELECT * FROM underway`

// An openRow is what is read of an issue under way: neither its text nor its
// lists.
type openRow struct {
	ID         uuid.UUID
	Series     uuid.UUID
	State      string
	Step       int
	Round      int
	NumberKind string
	NumberYear int
	NumberNo   int
	Reached    moment
	ReleaseAt  moment
	Route      *string
	Assigned   *string
}

// Underway returns the issues of these series that are under way, or of all
// where series is nil, and when their offices work. What is archived costs
// nothing.
func (s *Store) Underway(ctx context.Context, series []uuid.UUID) (sight figures.Sight, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		query := tx.Raw(openIssues)
		if series != nil {
			query = tx.Raw(openIssues+" WHERE series IN ?", series)
		}
		var found []openRow
		if err := query.Scan(&found).Error; err != nil {
			return fmt.Errorf("store: issues under way: %w", err)
		}
		of := series
		if series == nil {
			of = seriesAmong(found)
		}
		offices, err := rows[seriesRow](tx.Select("id", "masthead", "zone").Where("id IN ?", of))
		if err != nil {
			return err
		}
		sight = figures.Sight{}
		if sight.Open, err = openOf(found, offices); err != nil {
			return err
		}
		sight.Calendars, err = calendarsOf(tx, offices)
		return err
	})
	return sight, err
}

func seriesAmong(found []openRow) (all []uuid.UUID) {
	seen := map[uuid.UUID]bool{}
	for _, row := range found {
		if !seen[row.Series] {
			seen[row.Series] = true
			all = append(all, row.Series)
		}
	}
	return all
}

// openOf reads the rows. Most issues of a series have the same route, which is
// read once.
func openOf(found []openRow, offices []seriesRow) ([]figures.Open, error) {
	names, routes := map[uuid.UUID]string{}, map[string]workflow.Route{}
	for _, s := range offices {
		names[s.ID] = s.Masthead
	}
	all := make([]figures.Open, len(found))
	for n, row := range found {
		text := jsonOf(row.Route)
		route, known := routes[text]
		if !known {
			if err := json.Unmarshal([]byte(text), &route); err != nil {
				return nil, fmt.Errorf("store: route of %s: %w", row.ID, err)
			}
			routes[text] = route
		}
		all[n] = row.open(names[row.Series], route)
		var given []workflow.Assignment
		if err := json.Unmarshal([]byte(jsonOf(row.Assigned)), &given); err != nil {
			return nil, fmt.Errorf("store: assignments of %s: %w", row.ID, err)
		}
		for _, a := range given {
			if a.Step == row.Step {
				all[n].Assigned = append(all[n].Assigned, a.Name)
			}
		}
	}
	return all, nil
}

// jsonOf is a column that may be null.
func jsonOf(text *string) string {
	if text == nil || *text == "" {
		return "null"
	}
	return *text
}

func (r openRow) open(masthead string, route workflow.Route) figures.Open {
	number := issueRow{NumberKind: r.NumberKind, NumberYear: r.NumberYear, NumberNo: r.NumberNo}.number()
	o := figures.Open{
		ID: r.ID, Series: r.Series, Masthead: masthead, Number: number, State: workflow.State(r.State),
		Round: r.Round, Reached: r.Reached.time(),
	}
	if r.Step < len(route) {
		o.Step = route[r.Step]
	}
	if o.State == workflow.Scheduled {
		o.ReleaseAt = r.ReleaseAt.time()
	}
	return o
}

// calendarsOf returns when the offices of series work. Zones and years are read
// once for all.
func calendarsOf(tx *gorm.DB, offices []seriesRow) (map[uuid.UUID]calendar.Calendar, error) {
	own, err := yearsOf(tx)
	if err != nil {
		return nil, err
	}
	tables, err := rows[timetableRow](tx)
	if err != nil {
		return nil, err
	}
	hours := map[uuid.UUID]calendar.Hours{}
	for _, t := range tables {
		hours[t.Series] = t.Body.Hours
	}
	all, known, zones := map[uuid.UUID]calendar.Calendar{}, calendar.Known(own...), map[string]*time.Location{}
	for _, s := range offices {
		if zones[s.Zone] == nil {
			zones[s.Zone] = s.series().Location()
		}
		all[s.ID] = calendar.Calendar{Zone: zones[s.Zone], Hours: hours[s.ID], Years: known}
	}
	return all, nil
}
