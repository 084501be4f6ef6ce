package workflow

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
)

// A Comment is what somebody says of a place in the text. It changes nothing:
// no state, no version, no digest. It is open until somebody settles it.
type Comment struct {
	ID      uuid.UUID
	Issue   uuid.UUID
	Version int    // of the issue, as it was read
	Line    int    // 1-based in that version's text
	Quote   string // the words of the line that are meant; "" is all of it
	Words   string
	By      uuid.UUID
	ByName  string
	At      time.Time
	// Settled is when somebody settled it; the zero time is open.
	Settled     time.Time
	SettledBy   uuid.UUID
	SettledName string
}

// Open reports whether nobody has settled the comment.
func (c Comment) Open() bool { return c.Settled.IsZero() }

// Comments is where comments are kept. Every method is one transaction.
type Comments interface {
	// AddComment writes a comment.
	AddComment(ctx context.Context, c Comment) error

	// ChangeComment reads a comment under a lock and writes what decide makes of
	// it. It fails with fault.NotFound, and as decide does.
	ChangeComment(ctx context.Context, id uuid.UUID, decide func(Comment) (Comment, error)) (Comment, error)

	// CommentsOf returns the comments on an issue, the oldest first.
	CommentsOf(ctx context.Context, issue uuid.UUID) ([]Comment, error)
}

var (
	commentRefused   = fault.Say("workflow.comment-refused", "不能加批注", "the comment cannot be made")
	commentSettled   = fault.Say("workflow.comment-settled", "这条批注已由%s处理", "the comment was settled by %s already")
	commentWords     = fault.Say("workflow.comment-words", "批注应为1至%d个字", "a comment has 1 to %d characters")
	commentPlace     = fault.Say("workflow.comment-place", "正文没有第%d行", "the text has no line %d")
	commentQuote     = fault.Say("workflow.comment-quote", "正文第%d行没有“%s”", "line %d of the text does not have these words: %s")
	commentRole      = fault.Say("workflow.comment-role", "%s不是本刊人员，不能加批注", "%s has no role in this series and may not comment")
	commentElsewhere = fault.Say("workflow.comment-elsewhere", "本期没有这条批注", "the issue has no such comment")
	commentFrozen    = fault.Say("workflow.comment-frozen", "这一期已是“%s”，不能再加批注", "the issue is %q; it takes no more comments")
)

const mostCommentWords = 1000

// Comment says something of a place in an issue's text, as it was read at a
// version. It fails with fault.Invalid and all reasons, with fault.Refused if
// the words are classified, and with fault.Conflict if the place is another by
// now.
func (d *Desk) Comment(ctx context.Context, actor Actor, id uuid.UUID, version, line int, quote, words string) (Comment, error) {
	if label, found := bulletin.Classified("", nil, words); found {
		return Comment{}, label.Refusal()
	}
	issue, err := d.Books.Issue(ctx, id)
	if err != nil {
		return Comment{}, err
	}
	if issue.Version != version {
		return Comment{}, fault.New(fault.Conflict, stale.With(version, issue.Version))
	}
	c := Comment{
		ID: d.NewID(), Issue: id, Version: version, Line: line, Quote: quote, Words: strings.TrimSpace(words),
		By: actor.Person.ID, ByName: actor.Name(), At: moment(d.Now()),
	}
	if err := c.against(issue, actor); err != nil {
		return Comment{}, err
	}
	return c, d.Comments.AddComment(ctx, c)
}

func (c Comment) against(issue Issue, actor Actor) error {
	if !issue.Concerns(actor) || actor.Person.OnlyAudits(issue.Series) {
		return fault.New(fault.Forbidden, commentRole.With(actor.Name()))
	}
	reasons := unless(issue.running(), commentFrozen.With(issue.State.Title()))
	n := utf8.RuneCountInString(c.Words)
	reasons = append(reasons, unless(n >= 1 && n <= mostCommentWords, commentWords.With(mostCommentWords))...)
	lines := strings.Split(issue.Text, "\n")
	switch {
	case c.Line < 1 || c.Line > len(lines):
		reasons = append(reasons, commentPlace.With(c.Line))
	case !strings.Contains(lines[c.Line-1], c.Quote):
		reasons = append(reasons, commentQuote.With(c.Line, abridged(c.Quote)))
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, commentRefused.With(), reasons...)
	}
	return nil
}

// Concerns reports whether somebody has to do with an issue, so that they may see
// it: by a role in its series, because it is at a step of theirs, as that of the
// head of a unit that countersigns, or because they have decided about it.
func (i Issue) Concerns(actor Actor) bool {
	return actor.Person.Sees(i.Series) || len(i.seatsOf(actor.Person, i.Step)) > 0 ||
		slices.ContainsFunc(i.Decisions, func(d Decision) bool { return actor.Person.Active && d.by([]uuid.UUID{actor.Person.ID}) })
}

// running reports whether an issue is still on its way to its readers.
func (i Issue) running() bool {
	switch i.State {
	case Draft, Review, Approved, Registered, Scheduled:
		return true
	}
	return false
}

// SettleComment marks a comment on an issue as settled. Whoever has to do with
// the series may, and their name stays. It fails with fault.NotFound,
// fault.Forbidden, and with fault.Conflict if somebody did before.
func (d *Desk) SettleComment(ctx context.Context, actor Actor, issue, id uuid.UUID) (Comment, error) {
	of, err := d.Books.Issue(ctx, issue)
	if err != nil {
		return Comment{}, err
	}
	if !of.Concerns(actor) || actor.Person.OnlyAudits(of.Series) {
		return Comment{}, fault.New(fault.Forbidden, commentRole.With(actor.Name()))
	}
	return d.Comments.ChangeComment(ctx, id, func(c Comment) (Comment, error) {
		if c.Issue != issue {
			return c, fault.New(fault.NotFound, commentElsewhere.With())
		}
		if !c.Open() {
			return c, fault.New(fault.Conflict, commentSettled.With(c.SettledName))
		}
		c.Settled, c.SettledBy, c.SettledName = moment(d.Now()), actor.Person.ID, actor.Name()
		return c, nil
	})
}
