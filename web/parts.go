package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"

	"jianbao/web/page"
)

// A movable is a part of a text with where it goes when it is moved by a button.
type movable struct {
	bulletin.Part
	Up, Down bool
}

// Parts returns the sections and items of the text in the editor.
func (v *issueView) Parts() (all []movable) {
	parts := bulletin.Outline(v.Text)
	for n, p := range parts {
		if p.Kind == bulletin.SectionPart || p.Kind == bulletin.ItemPart {
			up, down := bulletin.Beside(parts, n)
			all = append(all, movable{p, up >= 0, down >= 0})
		}
	}
	return all
}

// PartsJSON are all parts of the text in the editor, for its script.
func (v *issueView) PartsJSON() (string, error) { return partsOf(v.Text) }

// partsOf returns the parts of a text for the script of the editor.
func partsOf(text string) (string, error) {
	data, err := json.Marshal(bulletin.Outline(text))
	return string(data), err
}

// A movedText is what the script of the editor is told of a move.
type movedText struct {
	Text  string          `json:"text"`
	Parts []bulletin.Part `json:"parts"`
	At    int             `json:"at"` // where the part stands now
}

// movePart answers with the text of the editor after a part of it was moved, and
// keeps nothing.
func (s *server) movePart(w http.ResponseWriter, r *http.Request) {
	_, _, err := s.find(r)
	if err == nil {
		_, err = s.kit.ReadForm(w, r)
	}
	var m movedText
	if err == nil {
		m.Text, m.At, err = moved(plainLines(r.PostForm.Get("text")), r.PostForm.Get("move"))
	}
	if err != nil {
		shown := fault.Shown(err)
		page.Plain(w, fault.Status(shown.Code), shown.Message.In(page.Lang(r)))
		return
	}
	m.Parts = bulletin.Outline(m.Text)
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(m)
}

// moved is a text with a part in another place, and the index of the part there.
// An order is "12:up", "12:down", or "12:30": the part that begins at line 12 in
// front of the one that begins at line 30, or "12:end".
func moved(text, order string) (string, int, error) {
	line, way, _ := strings.Cut(order, ":")
	parts := bulletin.Outline(text)
	from := partAt(parts, line)
	up, down := bulletin.Beside(parts, from)
	var to int
	switch way {
	case "up":
		to = up
	case "down":
		to = down
	case "end":
		to = len(parts)
		if to > 0 && parts[to-1].Kind == bulletin.TailPart {
			to--
		}
	default:
		to = partAt(parts, way)
	}
	made, err := bulletin.MovePart(text, from, to)
	if err == nil && to > from {
		to -= bulletin.GroupEnd(parts, from) - from
	}
	return made, to, err
}

// partAt is the index of the part that begins at a line, or -1.
func partAt(parts []bulletin.Part, line string) int {
	return slices.IndexFunc(parts, func(p bulletin.Part) bool { return strconv.Itoa(p.From) == line })
}
