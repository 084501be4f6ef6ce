package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/bulletin"
	"jianbao/recipients"
	"jianbao/recipients/copies"
	"jianbao/workflow"
)

type issueRow struct {
	ID          uuid.UUID
	Series      uuid.UUID
	Kind        string
	State       string
	NumberKind  string
	NumberYear  int
	NumberNo    int
	Date        string
	ReleaseAt   moment
	Released    moment
	Opened      moment
	Changed     moment
	Version     int
	Step        int
	Round       int
	Template    int
	Items       int // of the document, for lists
	Events      int
	Head        string
	Text        string
	Route       workflow.Route         `gorm:"serializer:json"`
	Document    bulletin.Document      `gorm:"serializer:json"`
	Problems    []bulletin.Problem     `gorm:"serializer:json"`
	Circulation recipients.Circulation `gorm:"serializer:json"`
	Copies      copies.Plan            `gorm:"serializer:json"`
	Attachments []workflow.Attachment  `gorm:"serializer:json"`
	Pictures    []workflow.Attachment  `gorm:"serializer:json"`
	Authors     []uuid.UUID            `gorm:"serializer:json"`
	Decisions   []workflow.Decision    `gorm:"serializer:json"`
	Assigned    []workflow.Assignment  `gorm:"serializer:json"`
	Amendments  []workflow.Amendment   `gorm:"serializer:json"`
	Emergency   *workflow.Emergency    `gorm:"serializer:json"`
	Reached     moment
	Total       int
	Corrects    uuid.UUID
	CorrectedBy uuid.UUID
	Edition     int
	Recall      *workflow.Recalling  `gorm:"serializer:json"`
	Rulings     []workflow.Ruling    `gorm:"serializer:json"`
	Late        *workflow.Lateness   `gorm:"serializer:json"`
	Permission  *workflow.Permission `gorm:"serializer:json"`
	Widenings   []workflow.Widening  `gorm:"serializer:json"`
}

func (issueRow) TableName() string { return "issue" }

func rowOfIssue(i workflow.Issue) issueRow {
	return issueRow{
		ID: i.ID, Series: i.Series, Kind: string(i.Kind), State: string(i.State),
		NumberKind: string(i.Number.Kind), NumberYear: i.Number.Year, NumberNo: i.Number.No, Date: i.Date.String(),
		ReleaseAt: momentOf(i.ReleaseAt), Released: momentOf(i.Released), Opened: momentOf(i.Opened), Changed: momentOf(i.Changed),
		Version: i.Version, Step: i.Step, Round: i.Round, Template: i.Template, Items: len(i.Document.Items()),
		Events: i.Events, Head: i.Head, Text: i.Text, Route: i.Route, Document: i.Document, Problems: i.Problems,
		Circulation: i.Circulation, Copies: i.Copies, Attachments: i.Attachments, Pictures: i.Pictures, Authors: i.Authors, Decisions: i.Decisions,
		Assigned: i.Assigned, Amendments: i.Amendments, Emergency: i.Emergency, Reached: momentOf(i.Reached), Total: i.Total,
		Corrects: i.Corrects, CorrectedBy: i.CorrectedBy, Edition: i.Edition, Recall: i.Recall, Rulings: i.Rulings,
		Late: i.Late, Permission: i.Permission, Widenings: i.Widenings,
	}
}

func (r issueRow) issue() (workflow.Issue, error) {
	date, err := dateOf(r.Date)
	if err != nil {
		return workflow.Issue{}, fmt.Errorf("store: issue %s: %w", r.ID, err)
	}
	for n := range r.Problems {
		r.Problems[n] = revivedProblem(r.Problems[n])
	}
	return workflow.Issue{
		ID: r.ID, Series: r.Series, Kind: bulletin.Kind(r.Kind), State: workflow.State(r.State),
		Number: r.number(), Date: date,
		ReleaseAt: r.ReleaseAt.time(), Released: r.Released.time(), Opened: r.Opened.time(), Changed: r.Changed.time(),
		Version: r.Version, Step: r.Step, Round: r.Round, Template: r.Template,
		Events: r.Events, Head: r.Head, Text: r.Text, Route: r.Route, Document: r.Document, Problems: r.Problems,
		Circulation: r.Circulation, Copies: r.Copies, Attachments: r.Attachments, Pictures: r.Pictures, Authors: r.Authors, Decisions: r.Decisions,
		Assigned: r.Assigned, Amendments: r.Amendments, Emergency: r.Emergency, Reached: r.Reached.time(), Total: r.Total,
		Corrects: r.Corrects, CorrectedBy: r.CorrectedBy, Edition: r.Edition, Recall: r.Recall, Rulings: r.Rulings,
		Late: r.Late, Permission: r.Permission, Widenings: r.Widenings,
	}, nil
}

func (r issueRow) number() workflow.Number {
	return workflow.Number{Kind: bulletin.Kind(r.NumberKind), Year: r.NumberYear, No: r.NumberNo}
}

func dateOf(text string) (date bulletin.Date, err error) {
	err = date.UnmarshalText([]byte(text))
	return date, err
}

// Issue returns an issue, or fault.NotFound.
func (s *Store) Issue(ctx context.Context, id uuid.UUID) (issue workflow.Issue, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		issue, err = issueByID(tx, id)
		return err
	})
	return issue.Shown(), err
}

func issueByID(query *gorm.DB, id uuid.UUID) (workflow.Issue, error) {
	row, err := first[issueRow](query.Where("id = ?", id))
	if err != nil {
		return workflow.Issue{}, err
	}
	return row.issue()
}

type summaryRow struct {
	// gorm passes over embedded types that are not exported, so it is a field.
	Row      issueRow `gorm:"embedded"`
	Masthead string
}

// Summaries returns up to limit issues of these series, or of all where series
// is nil, the newest first.
func (s *Store) Summaries(ctx context.Context, series []uuid.UUID, limit int) (all []workflow.Summary, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		query := summaries(tx)
		if series != nil {
			query = query.Where("i.series IN ?", series)
		}
		all, err = summarised(query.Limit(limit))
		return err
	})
	return all, err
}

// summaries asks for what lists show of issues, those opened last first.
func summaries(tx *gorm.DB) *gorm.DB {
	return tx.Table("issue AS i").Joins("JOIN series AS s ON s.id = i.series").
		Select("i.id, i.series, s.masthead, i.kind, i.state, i.number_kind, i.number_year, i.number_no, i.date, i.items, i.version, i.changed, i.emergency").
		Order("i.opened DESC, i.id DESC")
}

func summarised(query *gorm.DB) (all []workflow.Summary, err error) {
	found, err := rows[summaryRow](query)
	if err != nil {
		return nil, err
	}
	for _, row := range found {
		summary, err := row.summary()
		if err != nil {
			return nil, err
		}
		all = append(all, summary)
	}
	return all, nil
}

func (s summaryRow) summary() (workflow.Summary, error) {
	r := s.Row
	date, err := dateOf(r.Date)
	if err != nil {
		return workflow.Summary{}, fmt.Errorf("store: issue %s: %w", r.ID, err)
	}
	return workflow.Summary{
		ID: r.ID, Series: r.Series, Masthead: s.Masthead, Kind: bulletin.Kind(r.Kind), State: workflow.State(r.State),
		Number: r.number(), Date: date, Items: r.Items, Version: r.Version, Changed: r.Changed.time(),
		Emergency: r.Emergency.Open(),
	}, nil
}
