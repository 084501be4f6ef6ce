// Package statistics is the operation on how the work goes:
//
//	/statistics     ?series=ID&year=2026
//
// what lies undecided now, and of a year the issues of each month, how long things
// took, what was returned and why, and, of one series, how each unit
// acknowledged. Each is a table of words in the language of the request, the same
// that the page of statistics shows and draws; the room is given what that page is
// given. A person sees the series in which they hold a role.
package statistics

import (
	"context"

	"github.com/google/uuid"

	"jianbao/recipients/table"
	"jianbao/web/api/op"
	pages "jianbao/web/statistics"
	"jianbao/workflow/registers"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		op.On(k, op.Get("read-statistics", "/statistics", "statistics", "How the work goes: what lies now, and a year in figures"), rm.read)
	}
}

type readInput struct {
	Series string `query:"series" format:"uuid" doc:"absent: all that the caller sees"`
	Year   int    `query:"year" minimum:"1950" maximum:"9999" doc:"absent: this year"`
}

// FigureTable is a table of figures, in the language of the request.
type FigureTable struct {
	Title  string     `json:"title"`
	Header []string   `json:"header"`
	Rows   [][]string `json:"rows"`
}

type readBody struct {
	Body struct {
		Year   int           `json:"year"`
		Tables []FigureTable `json:"tables"`
	}
}

func (rm *room) read(ctx context.Context, in *readInput) (*readBody, error) {
	asked := pages.Asked{Year: in.Year}
	if in.Series != "" {
		id, err := uuid.Parse(in.Series)
		if err != nil {
			return nil, op.BadField("query.series", in.Series)
		}
		asked.Series = id
	}
	year, tables, err := rm.Config.Tables(ctx, op.CallerOf(ctx).Person, asked, op.Lang(ctx), rm.Now())
	if err != nil {
		return nil, err
	}
	out := &readBody{}
	out.Body.Year, out.Body.Tables = year, op.Each(tables, tableOf)
	return out, nil
}

func tableOf(t table.Table) FigureTable {
	rows := registers.Text(t)
	if rows == nil {
		rows = [][]string{}
	}
	return FigureTable{t.Title, append([]string{}, t.Header...), rows}
}
