package web

import (
	"html/template"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
)

var gistNumbered = fault.Say("web.gist-numbered", "稿中写%s：%s", "written as %s: %s")

// gistLength is how many characters tell one draft from another.
const gistLength = 22

// own are the functions of the templates of this room alone.
func own(lang fault.Lang) template.FuncMap {
	return template.FuncMap{"gist": func(issue workflow.Issue) string { return gist(issue, lang) }}
}

// gist is what an issue that has no number yet is known by: the number that
// stands in the draft and its first words. Two drafts of a series look alike
// otherwise. One with a number needs none.
func gist(issue workflow.Issue, lang fault.Lang) string {
	if !issue.Number.IsZero() || issue.Withheld() {
		return ""
	}
	words := []rune(firstWords(issue.Document))
	if len(words) > gistLength {
		words = append(words[:gistLength], '…')
	}
	if number := issue.Document.Number; number.No > 0 && len(words) > 0 {
		return gistNumbered.With(strings.ReplaceAll(number.String(), " ", ""), string(words)).In(lang)
	}
	return string(words)
}

// firstWords are the title of a document, or what its first item begins with.
func firstWords(d bulletin.Document) string {
	if d.Title != "" {
		return d.Title
	}
	for _, item := range d.Items() {
		for _, words := range append([]string{item.Lead}, item.Paragraphs...) {
			if words = strings.TrimSpace(words); words != "" {
				return words
			}
		}
	}
	return ""
}
