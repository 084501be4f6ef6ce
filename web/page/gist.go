package page

import (
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
)

var gistNumbered = fault.Say("web.gist-numbered", "稿中写%s：%s", "written as %s: %s")

// gistLength is how many characters tell one draft from another.
const gistLength = 22

// Begin is what a text begins with, as many characters as tell one from another.
func Begin(text string) string {
	words := []rune(text)
	if len(words) > gistLength {
		words = append(words[:gistLength], '…')
	}
	return string(words)
}

// gist is what an issue that has no number yet is known by: the number that
// stands in the draft and its first words. Two drafts of a series look alike
// otherwise. One with a number needs none.
func gist(issue workflow.Issue, lang fault.Lang) string {
	if !issue.Number.IsZero() || issue.Withheld() {
		return ""
	}
	words := Begin(firstWords(issue.Document))
	if number := issue.Document.Number; number.No > 0 && words != "" {
		return gistNumbered.With(strings.ReplaceAll(number.String(), " ", ""), words).In(lang)
	}
	return words
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
