package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"jianbao/fault"

	"jianbao/web/page"
)

// pasted is what becomes of a piece of a page that was pasted.
type pasted struct {
	Text  string   `json:"text"`
	Notes []string `json:"notes,omitempty"`
}

// pastePage reads what somebody pastes out of Word, WPS or a mail: browsers have
// it as HTML, with its numbers, tables and bold leads, which a box for plain text
// would lose. Nothing of it is kept; it comes back as text, and what is refused
// does not come back.
func (s *server) pastePage(w http.ResponseWriter, r *http.Request) {
	files, err := s.kit.ReadForm(w, r)
	if err == nil && len(files) != 1 {
		err = fault.New(fault.Invalid, page.ChooseFile.With())
	}
	var answer pasted
	if err == nil {
		answer, err = s.paste(r, files[0].Data)
	}
	if err != nil {
		shown := fault.Shown(err)
		page.Plain(w, fault.Status(shown.Code), shown.In(page.Lang(r)))
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(answer)
}

// paste reads HTML. Its pictures have no place in a text box: they come in with
// a file.
func (s *server) paste(r *http.Request, html []byte) (pasted, error) {
	draft, err := s.Intake("paste.html", html)
	if err != nil {
		return pasted{}, err
	}
	text := draft.Text
	for _, p := range draft.Pictures {
		text = withoutLine(text, "]("+p.Name+")")
	}
	answer := pasted{Text: text}
	for _, n := range draft.Notes {
		answer.Notes = append(answer.Notes, n.In(page.Lang(r)))
	}
	if len(draft.Pictures) > 0 {
		answer.Notes = append(answer.Notes, pastedPictures.With(len(draft.Pictures)).In(page.Lang(r)))
	}
	return answer, nil
}

// withoutLine leaves out the lines that end in something.
func withoutLine(text, end string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if !strings.HasSuffix(l, end) {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

var pastedPictures = fault.Say("web.pasted-pictures", "粘贴的内容里有%d张图片没有收；有图片的稿件请上传文件", "%d pictures were left out of what was pasted; hand in a file to bring pictures")
