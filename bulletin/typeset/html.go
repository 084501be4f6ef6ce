package typeset

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"

	"jianbao/bulletin"
)

//go:embed mail.html
var mailSource string

var mail = template.Must(template.New("mail").Funcs(template.FuncMap{
	"size":    mastheadSize,
	"text":    textOf,
	"tail":    Page.Tail,
	"picture": func(p *bulletin.Picture) string { return pictureWords(*p) },
}).Parse(strings.TrimSpace(mailSource)))

// textOf gives the template the two results of [Piece.Text].
func textOf(p Piece) (t struct {
	First string
	Rest  []bulletin.BodyBlock
}) {
	t.First, t.Rest = p.Text()
	return t
}

// mastheadSize returns the size of the masthead in pixels: a name of up to ten
// characters fits one line of a telephone.
func mastheadSize(name string) int {
	if len([]rune(name)) > 10 {
		return 22
	}
	return 27
}

// HTML returns the HTML part of the mail, UTF-8, in the words of a template.
// Every word of the sheet is escaped. Over 100 KB it is shortened, and says so,
// if the sheet has an Attachment. A sheet without a number that is not
// provisional is fault.Invalid.
func HTML(s Sheet, look Template) ([]byte, error) {
	p, err := s.mailPage(look)
	if err != nil {
		return nil, err
	}
	return htmlOf(p)
}

func htmlOf(p Page) ([]byte, error) {
	var b bytes.Buffer
	err := mail.Execute(&b, p)
	return b.Bytes(), err
}
