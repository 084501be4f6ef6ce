package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"

	"jianbao/web/page"
)

// A movable is a part of a text with where it goes when it is moved by a button.
type movable struct {
	bulletin.Part
	N        int
	Up, Down bool
}

// Parts returns the sections and items of the text in the editor.
func (v *issueView) Parts() (all []movable) {
	parts := bulletin.Outline(v.Text)
	for n, p := range parts {
		if p.Kind == bulletin.SectionPart || p.Kind == bulletin.ItemPart {
			up, down := bulletin.Beside(parts, n)
			all = append(all, movable{p, n, up >= 0, down >= 0})
		}
	}
	return all
}

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

// moved is a text with a part in another place, and where that is. An order is
// "3:up", "3:down", or "3:7": the part with that index in front of the seventh.
func moved(text, order string) (string, int, error) {
	part, way, _ := strings.Cut(order, ":")
	from, err := strconv.Atoi(part)
	if err != nil {
		return "", 0, page.Unreadable(fmt.Errorf("move %q", order))
	}
	parts := bulletin.Outline(text)
	up, down := bulletin.Beside(parts, from)
	to := map[string]int{"up": up, "down": down}[way]
	if way != "up" && way != "down" {
		if to, err = strconv.Atoi(way); err != nil {
			return "", 0, page.Unreadable(fmt.Errorf("move %q", order))
		}
	}
	made, err := bulletin.MovePart(text, from, to)
	if err == nil && to > from {
		to -= bulletin.GroupEnd(parts, from) - from
	}
	return made, to, err
}
