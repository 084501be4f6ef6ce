package op

import (
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// Says is a sentence to people, in both languages.
type Says struct {
	Key string `json:"key" doc:"stays the same whatever the words"`
	ZH  string `json:"zh"`
	EN  string `json:"en"`
}

// Said shows a sentence.
func Said(r fault.Reason) Says { return Says{r.Key, r.In(fault.ZH), r.In(fault.EN)} }

// OfIssue is what every question about an issue says.
type OfIssue struct {
	Issue uuid.UUID `path:"issue" format:"uuid"`
}

// OfSeries is what every question about a series says.
type OfSeries struct {
	Series uuid.UUID `path:"series" format:"uuid"`
}

// FileData is a file that is handed in.
type FileData struct {
	Name string `json:"name" minLength:"1" maxLength:"255"`
	Type string `json:"type,omitempty" maxLength:"100" doc:"its media type"`
	Data []byte `json:"data" doc:"its bytes in base64"`
}

// FileBody answers with a file.
type FileBody struct {
	Type string `header:"Content-Type"`
	Body []byte
}

// File answers with the bytes of a file; of an error, with that.
func File(f workflow.File, err error) (*FileBody, error) { return &FileBody{f.Type, f.Data}, err }

// IssueNumber is the number of an issue in the register of its series.
type IssueNumber struct {
	Kind string `json:"kind"`
	Year int    `json:"year"`
	No   int    `json:"no"`
}

// NumberOf shows a number; nil where there is none.
func NumberOf(n workflow.Number) *IssueNumber {
	if n.IsZero() {
		return nil
	}
	return &IssueNumber{string(n.Kind), n.Year, n.No}
}

// IssueBrief is where an issue stands.
type IssueBrief struct {
	ID        uuid.UUID    `json:"id" format:"uuid"`
	Series    uuid.UUID    `json:"series" format:"uuid"`
	Kind      string       `json:"kind" doc:"正刊, 增刊, 专刊 or 特刊"`
	State     string       `json:"state" enum:"draft,review,approved,registered,scheduled,dispatching,dispatched,archived,withdrawn,corrected,recalled,destroyed"`
	Number    *IssueNumber `json:"number,omitempty" doc:"absent before registration"`
	Date      string       `json:"date,omitempty" format:"date"`
	Version   int          `json:"version"`
	Step      int          `json:"step" doc:"the step of the route it is at, counted from 0"`
	Digest    string       `json:"digest" doc:"what decisions are bound to: SHA-256 in hex"`
	ReleaseAt time.Time    `json:"release_at,omitzero"`
	Released  time.Time    `json:"released,omitzero"`
	Blocking  int          `json:"blocking" doc:"how many problems must be settled before it can be submitted"`
	Corrected *uuid.UUID   `json:"corrected_by,omitempty" format:"uuid" doc:"the issue that corrects it"`
}

// BriefOf shows where an issue stands.
func BriefOf(i workflow.Issue) IssueBrief {
	b := IssueBrief{
		ID: i.ID, Series: i.Series, Kind: string(i.Kind), State: string(i.State), Number: NumberOf(i.Number), Date: i.Date.String(),
		Version: i.Version, Step: i.Step, Digest: string(i.Digest()), ReleaseAt: i.ReleaseAt, Released: i.Released, Corrected: Maybe(i.CorrectedBy),
	}
	for _, p := range i.Problems {
		if p.Severity == bulletin.Block {
			b.Blocking++
		}
	}
	return b
}

// ID returns an id that may be absent; absent is uuid.Nil.
func ID(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

// Maybe shows an id that may be nobody's.
func Maybe(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// DayOf reads a day that may be absent; where is its place in the request.
func DayOf(where, text string) (calendar.Day, error) {
	if text == "" {
		return calendar.Day{}, nil
	}
	day, ok := calendar.ParseDay(text)
	if !ok {
		return day, BadField(where, text)
	}
	return day, nil
}

// Nothing answers an act that leaves nothing to show.
type Nothing struct{ Body struct{} }

// Done answers with nothing; of an error, with that.
func Done(err error) (*Nothing, error) { return &Nothing{}, err }
