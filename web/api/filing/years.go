package filing

import (
	"context"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/web/api/op"
	"jianbao/workflow/filing"
	"jianbao/workflow/retention"
)

func (rm *room) describeYears() {
	k := rm.Kit
	op.On(k, op.Get("list-filing", "/series/{series}/filing", "filing", "The issues of a year with their files: what is filed, and what the others lack"), rm.year)
	op.On(k, op.Post("file-year", "/series/{series}/filing", "filing", "File all issues of a year whose files lack nothing"), rm.fileYear)
	op.On(k, op.Get("read-filing", "/issues/{issue}/filing", "filing", "The file of one issue"), rm.issue)
	op.On(k, op.Post("file-issue", "/issues/{issue}/filing", "filing", "File an issue"), rm.file)
}

// IssueFile is the file of an issue: filed, or with what it lacks.
type IssueFile struct {
	Issue    uuid.UUID       `json:"issue" format:"uuid"`
	Number   *op.IssueNumber `json:"number,omitempty"`
	Version  int             `json:"version" doc:"of the issue, for If-Match"`
	Item     *FiledItem      `json:"item,omitempty" doc:"once it is filed"`
	Proposed string          `json:"proposed" enum:"permanent,30,10" doc:"the class that it is proposed for"`
	Gaps     []FileGap       `json:"gaps" doc:"what belongs to the file and is not there"`
}

// FileGap is something that a file lacks.
type FileGap struct {
	Says  op.Says `json:"says"`
	Fatal bool    `json:"fatal" doc:"no reason excuses it"`
}

func fileOf(c filing.Contents) IssueFile {
	out := IssueFile{Issue: c.Issue.ID, Number: op.NumberOf(c.Issue.Number), Version: c.Issue.Version, Proposed: string(c.Proposed()), Gaps: []FileGap{}}
	if c.Item != nil {
		item := itemOf(*c.Item)
		out.Item = &item
		return out
	}
	out.Gaps = op.Each(c.Gaps(""), func(g filing.Gap) FileGap { return FileGap{op.Said(g.Says), g.Fatal} })
	return out
}

type yearInput struct {
	op.OfSeries
	op.Paging
	Year int `query:"year" minimum:"1900" maximum:"9999" required:"true"`
}

func (rm *room) year(ctx context.Context, in *yearInput) (*op.Listed[IssueFile], error) {
	s, err := rm.series(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	all, err := rm.Books.FilesOfYear(ctx, s.ID, in.Year)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, all, func(c filing.Contents) string { return c.Issue.ID.String() }, fileOf)
}

type fileYearInput struct {
	op.OfSeries
	op.Keyed
	Body struct {
		Year int `json:"year" minimum:"1900" maximum:"9999"`
	}
}

// FiledYear is what was filed of a year, and what was left.
type FiledYear struct {
	Filed []FiledItem `json:"filed"`
	Left  []FileLeft  `json:"left"`
}

// FileLeft is an issue that was not filed with the others.
type FileLeft struct {
	Issue   uuid.UUID `json:"issue" format:"uuid"`
	Reasons []op.Says `json:"reasons"`
}

type fileYearBody struct{ Body FiledYear }

func (rm *room) fileYear(ctx context.Context, in *fileYearInput) (*fileYearBody, error) {
	s, err := rm.series(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	items, left, err := rm.Desk.FileYear(ctx, op.CallerOf(ctx).Actor(), s.ID, in.Body.Year)
	return &fileYearBody{FiledYear{op.Each(items, itemOf), op.Each(left, func(l filing.Left) FileLeft {
		return FileLeft{l.Contents.Issue.ID, op.Each(l.Reasons, op.Said)}
	})}}, err
}

type issueFileBody struct {
	ETag string `header:"ETag" doc:"the version of the issue, for the next If-Match"`
	Body IssueFile
}

func (rm *room) issue(ctx context.Context, in *op.OfIssue) (*issueFileBody, error) {
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	c, err := rm.Books.FileOfIssue(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	return &issueFileBody{op.Tag(c.Issue.Version), fileOf(c)}, nil
}

type filingFileInput struct {
	op.Versioned
	op.Keyed
	Body struct {
		Class string `json:"class,omitempty" enum:"permanent,30,10" doc:"the proposed one without it"`
		Pages int    `json:"pages,omitempty" minimum:"0" doc:"those of the print without it"`
		Kept  string `json:"kept,omitempty" maxLength:"200" doc:"where the originals on paper lie"`
		Note  string `json:"note,omitempty" maxLength:"500" doc:"why something is missing"`
	}
}

type itemBody struct{ Body FiledItem }

func (rm *room) file(ctx context.Context, in *filingFileInput) (*itemBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	b := in.Body
	item, err := rm.Desk.File(ctx, op.CallerOf(ctx).Actor(), in.Issue, filing.Order{
		Version: version, Class: retention.Class(b.Class), Pages: b.Pages, Kept: b.Kept, Note: b.Note,
	})
	if fault.Is(err, fault.Conflict) {
		if now, broken := rm.Kit.Reads.Issue(ctx, in.Issue); broken == nil {
			err = op.Overtaken(err, version, now.Version)
		}
	}
	return &itemBody{itemOf(item)}, err
}
