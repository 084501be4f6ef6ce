package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/web/api/op"
	"jianbao/workflow"
	"jianbao/workflow/ready"
)

func (s *server) describeIssues() {
	op.On(s.kit, op.Get("me", "/me", "me", "Who the token speaks for, and what it opens"), s.me)
	op.On(s.kit, op.Get("list-issues", "/issues", "issues", "Issues that the caller may see, the last opened first"), s.listIssues)
	open := op.Post("open-issue", "/issues", "issues", "Make a draft of a text or a file")
	open.DefaultStatus = http.StatusCreated
	op.On(s.kit, open, s.openIssue)
	read := op.Get("read-issue", "/issues/{issue}", "issues", "One issue, with its text and its problems")
	read.Responses = map[string]*huma.Response{"304": {Description: "It is at the version that If-None-Match names"}}
	op.On(s.kit, read, s.readIssue)
	op.On(s.kit, op.Get("issue-options", "/issues/{issue}/options", "issues", "Every act of people, whether the caller may do it now, and why not"), s.options)
	op.On(s.kit, op.Get("issue-checks", "/issues/{issue}/checks", "issues", "Every doubt of the ready check"), s.checks)
}

// Me is who a token speaks for.
type Me struct {
	Person  uuid.UUID `json:"person" format:"uuid"`
	Name    string    `json:"name"`
	Token   string    `json:"token" doc:"the first characters of the token"`
	Kind    string    `json:"kind" enum:"personal,service"`
	Acts    bool      `json:"acts" doc:"the token may change things"`
	Expires string    `json:"expires" format:"date-time"`
	Roles   []op.Role `json:"roles"`
}

type meBody struct{ Body Me }

func (s *server) me(ctx context.Context, _ *struct{}) (*meBody, error) {
	c := op.CallerOf(ctx)
	return &meBody{Me{
		Person: c.Person.ID, Name: c.Person.Name, Token: c.Token.Prefix, Kind: string(c.Token.Kind), Acts: c.Token.Acts,
		Expires: c.Token.Expires.UTC().Format("2006-01-02T15:04:05Z07:00"), Roles: op.RolesOf(c.Person),
	}}, nil
}

type listIssuesInput struct {
	op.Paging
	Series uuid.UUID `query:"series" format:"uuid" doc:"of this series alone"`
	State  []string  `query:"state" enum:"draft,review,approved,registered,scheduled,dispatching,dispatched,archived,withdrawn,corrected,recalled,destroyed" doc:"in one of these states, by commas"`
}

func (s *server) listIssues(ctx context.Context, in *listIssuesInput) (*op.Listed[IssueSummary], error) {
	before, err := in.behind()
	if err != nil {
		return nil, err
	}
	series, err := s.kit.Seen(ctx)
	if err != nil {
		return nil, err
	}
	var ids []uuid.UUID
	for _, one := range series {
		if in.Series == uuid.Nil || in.Series == one.ID {
			ids = append(ids, one.ID)
		}
	}
	states := op.Each(in.State, func(t string) workflow.State { return workflow.State(t) })
	found, err := s.Pages.SummariesBefore(ctx, ids, states, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	in.Cursor = "" // the store has gone behind it
	return op.Cut(in.Paging, found, func(i workflow.Summary) string { return i.ID.String() }, summaryOf)
}

// behind returns the issue behind which the page begins, uuid.Nil on the first.
func (in *listIssuesInput) behind() (uuid.UUID, error) {
	if in.Cursor == "" {
		return uuid.Nil, nil
	}
	name, err := in.Named()
	if err != nil {
		return uuid.Nil, err
	}
	id, err := uuid.Parse(name)
	if err != nil {
		err = op.BadCursor(err)
	}
	return id, err
}

type openIssueInput struct {
	op.Keyed
	Body struct {
		Series uuid.UUID    `json:"series" format:"uuid"`
		Text   string       `json:"text,omitempty" doc:"the text; or send a file"`
		File   *op.FileData `json:"file,omitempty" doc:"a Word file or a text; or send text"`
	}
}

// An opened answers with a new issue.
type opened struct {
	Location string `header:"Location" doc:"where the issue is"`
	ETag     string `header:"ETag"`
	Body     op.IssueBrief
}

func (s *server) openIssue(ctx context.Context, in *openIssueInput) (*opened, error) {
	source, err := s.source(in.Body.Text, in.Body.File)
	if err != nil {
		return nil, err
	}
	if _, err := s.kit.SeriesOf(ctx, in.Body.Series); err != nil {
		return nil, err
	}
	issue, err := s.Desk.OpenFile(ctx, op.CallerOf(ctx).Actor(), in.Body.Series, source)
	if err != nil {
		return nil, err
	}
	return &opened{fmt.Sprintf("%s/issues/%s", Prefix, issue.ID), op.Tag(issue.Version), op.BriefOf(issue)}, nil
}

// source is what is handed in: a text as it is, or a file that is read first.
func (s *server) source(text string, file *op.FileData) (workflow.Source, error) {
	switch {
	case (text == "") == (file == nil):
		return workflow.Source{}, fault.New(fault.Invalid, fileOrText.With())
	case file == nil:
		return workflow.Source{Data: []byte(text), Encoding: "utf-8", Text: text}, nil
	}
	draft, err := s.Intake(file.Name, file.Data)
	if err != nil {
		return workflow.Source{}, err
	}
	source := workflow.Source{Name: file.Name, Data: file.Data, Encoding: draft.Encoding, Properties: draft.Properties, Text: draft.Text}
	if source.Encoding == "" {
		source.Encoding = string(draft.Format)
	}
	for _, p := range draft.Pictures {
		source.Pictures = append(source.Pictures, workflow.File{Name: p.Name, Type: p.Type, Data: p.Data})
	}
	return source, nil
}

type readIssueInput struct {
	op.OfIssue
	IfNoneMatch string `header:"If-None-Match" doc:"the ETag that the caller has; 304 if it is still that"`
}

type issueBody struct {
	Status int
	ETag   string `header:"ETag"`
	Body   *Issue
}

func (s *server) readIssue(ctx context.Context, in *readIssueInput) (*issueBody, error) {
	issue, _, err := s.kit.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	out := &issueBody{http.StatusOK, op.Tag(issue.Version), nil}
	if in.IfNoneMatch == out.ETag {
		out.Status = http.StatusNotModified
		return out, nil
	}
	shown := issueOf(issue)
	out.Body = &shown
	return out, nil
}

// Option is an act that the state of an issue offers.
type Option struct {
	Act     string    `json:"act"`
	Title   op.Says   `json:"title"`
	To      string    `json:"to" doc:"the state that it leads to"`
	Allowed bool      `json:"allowed"`
	Reasons []op.Says `json:"reasons" doc:"why not"`
}

type optionsBody struct {
	ETag string `header:"ETag"`
	Body []Option
}

func (s *server) options(ctx context.Context, in *op.OfIssue) (*optionsBody, error) {
	issue, series, err := s.kit.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	var findings []ready.Finding
	if issue.State == workflow.Draft { // what is submitted depends on them
		if findings, err = s.Desk.Check(ctx, issue, series); err != nil {
			return nil, err
		}
	}
	who := op.CallerOf(ctx)
	options, err := s.Desk.OptionsOf(ctx, who.Actor(), issue, series, findings)
	return &optionsBody{op.Tag(issue.Version), op.Each(options, func(o workflow.Option) Option {
		shown := Option{string(o.Act), op.Said(o.Act.Title()), string(o.To), o.Allowed, op.Each(o.Reasons, op.Said)}
		if refusal := fault.As(who.MayDecide(o.Act)); refusal != nil {
			shown.Allowed, shown.Reasons = false, append(shown.Reasons, op.Said(refusal.Message))
		}
		return shown
	})}, err
}

type checksBody struct{ Body []Finding }

func (s *server) checks(ctx context.Context, in *op.OfIssue) (*checksBody, error) {
	issue, series, err := s.kit.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	findings, err := s.Desk.Check(ctx, issue, series)
	return &checksBody{op.Each(findings, findingOf)}, err
}
