package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"jianbao/workflow"
)

func (s *server) describeFiles() {
	on(s, get("list-attachments", "/issues/{issue}/attachments", "files", "The files that go out with an issue, in order"), s.attachments)
	on(s, post("attach", "/issues/{issue}/attachments", "files", "Add a file to what goes out with a draft"), s.attach)
	on(s, put("arrange-attachments", "/issues/{issue}/attachments", "files", "Put the files of a draft in another order"), s.arrange)
	detach := put("detach", "/issues/{issue}/attachments/{name}", "files", "Take a file off a draft")
	detach.Method = http.MethodDelete
	on(s, detach, s.detach)
	on(s, bytesOf(get("read-file", "/issues/{issue}/files/{sha256}", "files", "The bytes of an attachment or a picture")), s.file)
	on(s, bytesOf(get("print-issue", "/issues/{issue}/forms/{form}", "files", "An issue as it stands, as paper, Word, mail or text")), s.form)
}

// bytesOf says that an operation answers with a file.
func bytesOf(op huma.Operation) huma.Operation {
	op.Responses = map[string]*huma.Response{"200": {
		Description: "The file",
		Content:     map[string]*huma.MediaType{"*/*": {}},
	}}
	return op
}

type filesBody struct {
	ETag string `header:"ETag"`
	Body []FileInfo
}

func (s *server) attachments(ctx context.Context, in *OfIssue) (*filesBody, error) {
	issue, _, err := s.find(ctx, in.Issue)
	return &filesBody{tag(issue.Version), each(issue.Attachments, fileOf)}, err
}

type attachInput struct {
	Versioned
	Keyed
	Body FileData
}

func (s *server) attach(ctx context.Context, in *attachInput) (*changed, error) {
	return s.change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		return s.Attachments.Attach(ctx, callerOf(ctx).actor(), issue.ID, version, in.Body.Name, in.Body.Type, in.Body.Data)
	})
}

type arrangeInput struct {
	Versioned
	Body struct {
		Names []string `json:"names" maxItems:"100" doc:"of all files, in the order that they are to have"`
	}
}

func (s *server) arrange(ctx context.Context, in *arrangeInput) (*changed, error) {
	return s.change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		return s.Attachments.Arrange(ctx, callerOf(ctx).actor(), issue.ID, version, in.Body.Names)
	})
}

type detachInput struct {
	Versioned
	Name string `path:"name" maxLength:"1000" doc:"of the file, percent-encoded"`
}

func (s *server) detach(ctx context.Context, in *detachInput) (*changed, error) {
	return s.change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		return s.Attachments.Detach(ctx, callerOf(ctx).actor(), issue.ID, version, in.Name)
	})
}

type fileBody struct {
	Type string `header:"Content-Type"`
	Body []byte
}

type fileInput struct {
	OfIssue
	SHA256 string `path:"sha256" pattern:"^[0-9a-f]{64}$"`
}

// file sends a file of an issue. Its hash opens nothing in another issue.
func (s *server) file(ctx context.Context, in *fileInput) (*fileBody, error) {
	issue, _, err := s.find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(issue.Attachments, issue.Pictures)
	if !slices.ContainsFunc(all, func(a workflow.Attachment) bool { return a.SHA256 == in.SHA256 }) {
		return nil, notHere()
	}
	data, err := s.Books.File(ctx, in.SHA256)
	return &fileBody{"application/octet-stream", data}, err
}

type formInput struct {
	OfIssue
	Form  string `path:"form" enum:"pdf,docx,html,txt"`
	Large bool   `query:"large" doc:"in large type, for pdf"`
}

func (s *server) form(ctx context.Context, in *formInput) (*fileBody, error) {
	issue, series, err := s.find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	file, err := s.Press.Press(ctx, series, issue, in.Form, in.Large)
	return &fileBody{file.Type, file.Data}, err
}
