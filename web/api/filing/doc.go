// Package filing is the operations on what becomes of an issue when it is done:
//
//	/series/{series}/filing         what a year has to file, and what is filed (归档)
//	/issues/{issue}/filing          what the file of an issue lacks; filing it
//	/series/{series}/filing/rule    class and deadline, and who set them
//	/series/{series}/retention      what has expired, what is on hold (期满鉴定)
//	/issues/{issue}/hold            keep an issue off destruction lists, or lift that
//	/series/{series}/destructions   the destruction lists, proposed by one, decided by another
//
// The rules are those of workflow/filing; the room is given what the pages of
// filing are given.
package filing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/web/api/op"
	pages "jianbao/web/filing"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/filing"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		rm.describeYears()
		rm.describeRules()
		rm.describeRetention()
		rm.describeDestructions()
	}
}

func (rm *room) today(s workflow.Series) calendar.Day {
	return calendar.DayOf(rm.Now().In(s.Location()))
}

// FilingHand is who did something, when, and what they said.
type FilingHand struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
	Note string    `json:"note,omitempty"`
}

func handOf(h filing.Hand) *FilingHand {
	if !h.Done() {
		return nil
	}
	return &FilingHand{h.Name, h.At, h.Note}
}

// FiledItem is a filed issue: its line in the filing list of a year (件).
type FiledItem struct {
	Issue       uuid.UUID   `json:"issue" format:"uuid"`
	Year        int         `json:"year"`
	Class       string      `json:"class" enum:"permanent,30,10"`
	No          int         `json:"no" doc:"件号"`
	Reference   string      `json:"reference,omitempty" doc:"档号"`
	Responsible string      `json:"responsible" doc:"责任者"`
	Document    string      `json:"document" doc:"文号"`
	Title       string      `json:"title" doc:"题名"`
	Date        string      `json:"date,omitempty" format:"date"`
	Pages       int         `json:"pages"`
	Note        string      `json:"note,omitempty"`
	Kept        string      `json:"kept,omitempty" doc:"where the originals on paper lie"`
	Filed       *FilingHand `json:"filed,omitempty"`
}

func itemOf(i filing.Item) FiledItem {
	return FiledItem{i.Issue, i.Year, string(i.Class), i.No, i.Reference, i.Responsible, i.Document, i.Title, i.Date.String(), i.Pages, i.Note, i.Kept, handOf(i.Filed)}
}

// series is the series of a question, for who may see it.
func (rm *room) series(ctx context.Context, id uuid.UUID) (workflow.Series, error) {
	return rm.SeriesOf(ctx, id)
}
