package web

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/bulletin/typeset/layout"
	"jianbao/mailer"
	"jianbao/recipients"
	"jianbao/recipients/copies"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/naming"
	"jianbao/workflow/ready"
)

// Desk is where things are done. Refusals are fault.Errors with every reason;
// a version that is no longer the issue's is a fault.Conflict.
type Desk interface {
	// OpenFile makes an issue of a series from what was handed in. What is
	// classified is fault.Refused because of a bulletin.Label, and nothing of it
	// is kept.
	OpenFile(ctx context.Context, actor workflow.Actor, series uuid.UUID, source workflow.Source) (workflow.Issue, error)

	// Save gives a draft a new text.
	Save(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, text string) (workflow.Issue, error)

	// SaveFile gives a draft a new text and new pictures from what was handed in.
	SaveFile(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, source workflow.Source) (workflow.Issue, error)

	// Settle makes the edit of one choice of one problem, which is named by its
	// code and its 1-based line (0 is the whole text).
	Settle(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, code string, line int, choice string) (workflow.Issue, error)

	// Act does everything else that can be done to an issue.
	Act(ctx context.Context, actor workflow.Actor, id uuid.UUID, order workflow.Order) (workflow.Issue, error)

	// OptionsOf says of every act of people what it would come to now, with what
	// Check found; where nobody asks for Submit, nil will do.
	OptionsOf(ctx context.Context, actor workflow.Actor, issue workflow.Issue, series workflow.Series, findings []ready.Finding) ([]workflow.Option, error)

	// Check returns every doubt about an issue as it is given, kept or not.
	Check(ctx context.Context, issue workflow.Issue, series workflow.Series) ([]ready.Finding, error)
}

// Attachments are the files that go out with a draft. Everything fails as
// Desk.Act does.
type Attachments interface {
	// Attach adds a file behind those that are there.
	Attach(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, name, contentType string, data []byte) (workflow.Issue, error)

	// Detach takes a file off.
	Detach(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, name string) (workflow.Issue, error)

	// Arrange puts the files into the order in which all of them are named.
	Arrange(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, names []string) (workflow.Issue, error)
}

// Registrar enters in the number register what may not be kept here.
type Registrar interface {
	// Stub enters an issue that circulates on paper only.
	Stub(ctx context.Context, actor workflow.Actor, series uuid.UUID, stub workflow.Stub) (workflow.RegisterLine, error)
}

// Books are what is kept beside the issues. They ask for no rights; the pages
// do.
type Books interface {
	// Register returns the number register of a series.
	Register(ctx context.Context, series uuid.UUID) ([]workflow.RegisterLine, error)

	// CopyEntries returns the ledger of an issue's copies, in order.
	CopyEntries(ctx context.Context, issue uuid.UUID) ([]copies.Entry, error)

	// LastIssue returns the issue of a series that was given its number last
	// before another one; nil if there is none.
	LastIssue(ctx context.Context, series, before uuid.UUID) (*workflow.Issue, error)

	// File returns the bytes with a SHA-256 in hex, or fault.NotFound.
	File(ctx context.Context, sha256 string) ([]byte, error)
}

// Press makes paper, Word and mail of an issue.
type Press interface {
	// Press makes one form of an issue as it stands, pdf, docx, html or txt: a
	// proof that says so before the registration, what goes out after it. large
	// is in large type, for pdf.
	Press(ctx context.Context, series workflow.Series, issue workflow.Issue, form string, large bool) (workflow.File, error)

	// Pages sets an issue as it stands for a screen, and returns what could not
	// be set as it is written. It keeps nothing.
	Pages(ctx context.Context, series workflow.Series, issue workflow.Issue) ([]layout.Page, []bulletin.Problem, error)
}

// Reads is what pages show. It asks for no rights; the pages do.
type Reads interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)

	// Summaries returns up to limit issues of the series, the last changed
	// first.
	Summaries(ctx context.Context, series []uuid.UUID, limit int) ([]workflow.Summary, error)

	// Events returns an issue's history, oldest first.
	Events(ctx context.Context, issue uuid.UUID) ([]workflow.Event, error)
}

// Letters is what became of an issue's letters.
type Letters interface {
	// Deliveries returns an issue's letters in the order they were made.
	Deliveries(ctx context.Context, issue uuid.UUID) ([]mailer.Delivery, error)

	// LetterCounts returns how many letters of an issue are in each state.
	LetterCounts(ctx context.Context, issue uuid.UUID) (map[mailer.State]int, error)

	// Paused reports whether letters of an issue are kept from going.
	Paused(ctx context.Context, issue uuid.UUID) (bool, error)
}

// Agenda is what waits for whom, and what came before.
type Agenda interface {
	// Running returns every issue that is on its way to its readers, without
	// its text and document, the oldest first.
	Running(ctx context.Context) ([]workflow.Issue, error)

	// Staff returns the people who have to do with a series, those of the named
	// ids, and who stands in for whom.
	Staff(ctx context.Context, series uuid.UUID, named []uuid.UUID) (workflow.Staff, error)

	// Years returns the office's own tables of public holidays.
	Years(ctx context.Context) ([]calendar.Year, error)

	// Texts returns every version of an issue's text, the first one first.
	Texts(ctx context.Context, issue uuid.UUID) ([]workflow.TextVersion, error)

	// CommentsOf returns the comments on an issue, the oldest first.
	CommentsOf(ctx context.Context, issue uuid.UUID) ([]workflow.Comment, error)

	// See writes down that a person looks at a version of an issue, and returns
	// the latest one before it that they looked at, and when; 0 is none.
	See(ctx context.Context, person, issue uuid.UUID, version int, at time.Time) (before int, when time.Time, err error)
}

// Deputies is where people say that they are away, and what they say of a place
// in a text. Everything fails as Desk.Act does.
type Deputies interface {
	// Delegate enters that somebody is away, or stands in for another.
	Delegate(ctx context.Context, actor workflow.Actor, d accounts.Delegation) (accounts.Delegation, error)

	// EndDelegation makes a delegation end now.
	EndDelegation(ctx context.Context, actor workflow.Actor, id uuid.UUID) error

	// Comment says something of a line of an issue's text, as it was at a
	// version.
	Comment(ctx context.Context, actor workflow.Actor, id uuid.UUID, version, line int, quote, words string) (workflow.Comment, error)

	// SettleComment marks a comment as settled.
	SettleComment(ctx context.Context, actor workflow.Actor, issue, id uuid.UUID) (workflow.Comment, error)
}

// People is where the person of a session is looked up, at every request.
type People interface {
	// PersonByID returns a person, or fault.NotFound.
	PersonByID(ctx context.Context, id uuid.UUID) (accounts.Person, error)
}

// SignIn lets people in.
type SignIn interface {
	// SignIn returns the person with the login and password, or
	// fault.Unauthenticated without saying which of the two was wrong.
	SignIn(ctx context.Context, login, password string) (accounts.Person, error)
}

// Answers is where somebody decides without signing in, by the link in a letter.
type Answers interface {
	// Ask returns what a token opens, and uses nothing up. It fails with
	// fault.NotFound if the token is unknown, and with fault.Blocked, beside its
	// ticket, if it was used, has ended, or the issue is another by now.
	Ask(ctx context.Context, token string) (workflow.Asked, error)

	// Answer approves or returns, and uses the token up. It fails as Ask and
	// Desk.Act do, and with fault.Invalid for every other act.
	Answer(ctx context.Context, token string, act workflow.Act, note string) (workflow.Issue, error)
}

// Names is where a name of the lists that the directory does not know is
// settled by hand; package workflow/naming has the rules.
type Names interface {
	// Units returns every unit of the directory, ordered by name.
	Units(ctx context.Context) ([]recipients.Unit, error)

	// Choices returns the units that a name can mean now.
	Choices(ctx context.Context) ([]recipients.Unit, error)

	// Settle says which unit a name of an issue's lists means, from now on for
	// the whole series, and resolves the lists anew. It fails as Desk.Act does.
	Settle(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, name string, meant naming.Meant) (workflow.Issue, error)
}
