package api

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"jianbao/web/api/op"
	"jianbao/workflow"
)

func (s *server) describeComments() {
	op.On(s.kit, op.Get("list-comments", "/issues/{issue}/comments", "comments", "What was said of places in the text, the oldest first"), s.comments)
	say := op.Post("comment", "/issues/{issue}/comments", "comments", "Say something of a line of the text; it changes nothing")
	say.DefaultStatus = http.StatusCreated
	op.On(s.kit, say, s.comment)
	op.On(s.kit, op.Post("settle-comment", "/issues/{issue}/comments/{comment}/settle", "comments", "Mark a comment as settled"), s.settleComment)
}

// Comment is what somebody says of a place in the text.
type Comment struct {
	ID        uuid.UUID `json:"id" format:"uuid"`
	Version   int       `json:"version" doc:"of the issue, as it was read"`
	Line      int       `json:"line" doc:"counted from 1 in that version's text"`
	Quote     string    `json:"quote,omitempty" doc:"the words that are meant; without them all of the line"`
	Words     string    `json:"words"`
	By        uuid.UUID `json:"by" format:"uuid"`
	Name      string    `json:"name"`
	At        time.Time `json:"at"`
	Settled   time.Time `json:"settled,omitzero" doc:"absent while it is open"`
	SettledBy string    `json:"settled_by,omitempty"`
}

func commentOf(c workflow.Comment) Comment {
	return Comment{c.ID, c.Version, c.Line, c.Quote, c.Words, c.By, c.ByName, c.At, c.Settled, c.SettledName}
}

type commentsBody struct{ Body []Comment }

func (s *server) comments(ctx context.Context, in *op.OfIssue) (*commentsBody, error) {
	if _, _, err := s.kit.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	all, err := s.Agenda.CommentsOf(ctx, in.Issue)
	return &commentsBody{op.Each(all, commentOf)}, err
}

type commentInput struct {
	op.OfIssue
	op.Keyed
	Body struct {
		Version int    `json:"version" minimum:"1"`
		Line    int    `json:"line" minimum:"1"`
		Quote   string `json:"quote,omitempty" maxLength:"500"`
		Words   string `json:"words" minLength:"1" maxLength:"2000"`
	}
}

type commentBody struct{ Body Comment }

func (s *server) comment(ctx context.Context, in *commentInput) (*commentBody, error) {
	if _, _, err := s.kit.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	c, err := s.Deputies.Comment(ctx, op.CallerOf(ctx).Actor(), in.Issue, in.Body.Version, in.Body.Line, in.Body.Quote, in.Body.Words)
	return &commentBody{commentOf(c)}, err
}

type settleCommentInput struct {
	op.OfIssue
	op.Keyed
	Comment uuid.UUID `path:"comment" format:"uuid"`
}

func (s *server) settleComment(ctx context.Context, in *settleCommentInput) (*commentBody, error) {
	if _, _, err := s.kit.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	c, err := s.Deputies.SettleComment(ctx, op.CallerOf(ctx).Actor(), in.Issue, in.Comment)
	return &commentBody{commentOf(c)}, err
}
