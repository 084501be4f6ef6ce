package api

import (
	"context"
	"net/http"
	"slices"

	"jianbao/web/api/op"
	"jianbao/workflow"
)

func (s *server) describeFiles() {
	op.On(s.kit, op.Get("list-attachments", "/issues/{issue}/attachments", "files", "The files that go out with an issue, in order"), s.attachments)
	op.On(s.kit, op.Post("attach", "/issues/{issue}/attachments", "files", "Add a file to what goes out with a draft"), s.attach)
	op.On(s.kit, op.Put("arrange-attachments", "/issues/{issue}/attachments", "files", "Put the files of a draft in another order"), s.arrange)
	detach := op.Put("detach", "/issues/{issue}/attachments/{name}", "files", "Take a file off a draft")
	detach.Method = http.MethodDelete
	op.On(s.kit, detach, s.detach)
	op.On(s.kit, op.Bytes(op.Get("read-file", "/issues/{issue}/files/{sha256}", "files", "The bytes of an attachment or a picture")), s.file)
	op.On(s.kit, op.Bytes(op.Get("print-issue", "/issues/{issue}/forms/{form}", "files", "An issue as it stands, as paper, Word, mail or text")), s.form)
}

type filesBody struct {
	ETag string `header:"ETag"`
	Body []FileInfo
}

func (s *server) attachments(ctx context.Context, in *op.OfIssue) (*filesBody, error) {
	issue, _, err := s.kit.Find(ctx, in.Issue)
	return &filesBody{op.Tag(issue.Version), op.Each(issue.Attachments, fileOf)}, err
}

type attachInput struct {
	op.Versioned
	op.Keyed
	Body op.FileData
}

func (s *server) attach(ctx context.Context, in *attachInput) (*op.Changed, error) {
	return s.kit.Change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		return s.Attachments.Attach(ctx, op.CallerOf(ctx).Actor(), issue.ID, version, in.Body.Name, in.Body.Type, in.Body.Data)
	})
}

type arrangeInput struct {
	op.Versioned
	Body struct {
		Names []string `json:"names" maxItems:"100" doc:"of all files, in the order that they are to have"`
	}
}

func (s *server) arrange(ctx context.Context, in *arrangeInput) (*op.Changed, error) {
	return s.kit.Change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		return s.Attachments.Arrange(ctx, op.CallerOf(ctx).Actor(), issue.ID, version, in.Body.Names)
	})
}

type detachInput struct {
	op.Versioned
	Name string `path:"name" maxLength:"1000" doc:"of the file, percent-encoded"`
}

func (s *server) detach(ctx context.Context, in *detachInput) (*op.Changed, error) {
	return s.kit.Change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		return s.Attachments.Detach(ctx, op.CallerOf(ctx).Actor(), issue.ID, version, in.Name)
	})
}

type fileInput struct {
	op.OfIssue
	SHA256 string `path:"sha256" pattern:"^[0-9a-f]{64}$"`
}

// file sends a file of an issue. Its hash opens nothing in another issue.
func (s *server) file(ctx context.Context, in *fileInput) (*op.FileBody, error) {
	issue, _, err := s.kit.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(issue.Attachments, issue.Pictures)
	if !slices.ContainsFunc(all, func(a workflow.Attachment) bool { return a.SHA256 == in.SHA256 }) {
		return nil, op.NotHere()
	}
	data, err := s.Books.File(ctx, in.SHA256)
	return &op.FileBody{Type: "application/octet-stream", Body: data}, err
}

type formInput struct {
	op.OfIssue
	Form  string `path:"form" enum:"pdf,docx,html,txt"`
	Large bool   `query:"large" doc:"in large type, for pdf"`
}

func (s *server) form(ctx context.Context, in *formInput) (*op.FileBody, error) {
	issue, series, err := s.kit.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	file, err := s.Press.Press(ctx, series, issue, in.Form, in.Large)
	return op.File(file, err)
}
