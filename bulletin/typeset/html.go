package typeset

import (
	"bytes"
	_ "embed"
	"html/template"
)

//go:embed mail.html
var mailSource string

var mail = template.Must(template.New("mail").Funcs(template.FuncMap{"size": mastheadSize}).Parse(mailSource))

// mastheadSize returns the size of the masthead in pixels: a name of up to ten
// characters fits one line of a telephone.
func mastheadSize(name string) int {
	if len([]rune(name)) > 10 {
		return 22
	}
	return 27
}

// HTML returns the HTML part of the mail, UTF-8. Every word of the sheet is
// escaped. A sheet without a number that is not provisional is fault.Invalid.
func HTML(s Sheet) ([]byte, error) {
	p, err := s.page()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := mail.Execute(&b, p); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
