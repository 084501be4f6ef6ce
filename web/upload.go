package web

import (
	"net/http"

	"jianbao/bulletin/intake"
	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// handedIn is what a form hands in: one file, which is read, or the text that
// was typed or pasted. What the reading left out is returned as notes. The text
// of a refused file is not returned, least of all that of a classified one.
func (s *server) handedIn(text string, files []workflow.File) (workflow.Source, []fault.Reason, error) {
	switch {
	case len(files) > 1:
		return workflow.Source{}, nil, fault.New(fault.Invalid, oneFile.With())
	case len(files) == 1 && text != "":
		return workflow.Source{}, nil, fault.New(fault.Invalid, fileOrText.With(files[0].Name))
	case len(files) == 0:
		return workflow.Source{Data: []byte(text), Encoding: "utf-8", Text: text}, nil, nil
	}
	draft, err := s.Intake(files[0].Name, files[0].Data)
	if err != nil {
		return workflow.Source{}, nil, err
	}
	return sourceOf(files[0], draft), draft.Notes, nil
}

func sourceOf(file workflow.File, draft intake.Draft) workflow.Source {
	source := workflow.Source{
		Name: file.Name, Data: file.Data, Encoding: draft.Encoding, Properties: draft.Properties, Text: draft.Text,
	}
	if source.Encoding == "" {
		source.Encoding = string(draft.Format)
	}
	for _, p := range draft.Pictures {
		source.Pictures = append(source.Pictures, workflow.File{Name: p.Name, Type: p.Type, Data: p.Data})
	}
	return source
}

// saveFile replaces the text of a draft by that of a file.
func (s *server) saveFile(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	source, notes, err := s.handedIn("", q.files)
	if err == nil && len(q.files) == 0 {
		err = fault.New(fault.Invalid, page.ChooseFile.With())
	}
	if err == nil {
		_, err = s.Desk.SaveFile(r.Context(), page.Actor(r), q.issue.ID, q.version, source)
	}
	if err != nil {
		s.again(w, r, attempt{err: err})
		return
	}
	s.note(r, notes)
	page.See(w, r, "/issues/"+q.issue.ID.String()+onPage(r))
}

// sessionNotes is the key of what the next page of an issue says once.
const sessionNotes = "notes"

// note keeps what the reading of a file left out for the page that is shown
// next, in the language of the request.
func (s *server) note(r *http.Request, notes []fault.Reason) {
	var words []string
	for _, n := range notes {
		words = append(words, n.In(page.Lang(r)))
	}
	if len(words) > 0 {
		s.sessions.Put(r.Context(), sessionNotes, words)
	}
}

// noted returns what was kept by note, once.
func (s *server) noted(r *http.Request) []string {
	words, _ := s.sessions.Pop(r.Context(), sessionNotes).([]string)
	return words
}
