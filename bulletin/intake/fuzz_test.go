package intake_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/fault"
)

// sound checks what every reader promises of what it returns.
func sound(t *testing.T, d intake.Draft, err error) {
	t.Helper()
	if err != nil {
		if fault.As(err) == nil {
			t.Fatalf("an error that nobody can act on: %v", err)
		}
		if d.Text != "" {
			t.Fatalf("a refusal came with text: %q", d.Text)
		}
		return
	}
	if !utf8.ValidString(d.Text) || strings.ContainsAny(d.Text, "\x00\r\f\v\u2028") || strings.TrimSpace(d.Text) == "" {
		t.Fatalf("%q is no text", d.Text)
	}
	if label, found := bulletin.Classified("", d.Properties, d.Text); found {
		t.Fatalf("the label %s came through", label)
	}
	for _, p := range d.Pictures {
		if !strings.Contains(d.Text, "("+p.Name+")") {
			t.Errorf("the picture %s is nowhere in %q", p.Name, d.Text)
		}
	}
}

// FuzzText reads bytes as a text file.
func FuzzText(f *testing.F) {
	f.Add([]byte("科技简报\n第8期\n"))
	f.Add([]byte("\xff\xfe\x53\x4f"))
	f.Add([]byte("\xbf\xc6\xbc\xbc\xbc\xf2\xb1\xa8"))
	f.Add([]byte("%PDF-"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := intake.Read("a.txt", data)
		sound(t, d, err)
	})
}

// FuzzDocx reads bytes as the body of a Word document, in a sound container and
// with styles and numbers to follow.
func FuzzDocx(f *testing.F) {
	for _, seed := range []string{
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>导语。</w:t></w:r><w:r><w:t>正文。</w:t></w:r></w:p>`,
		`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9"/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>a|b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`,
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>eq \o\ac(○,3)</w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
		`<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`,
		`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:ins><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:ins></w:p>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		d, err := intake.Read("a.docx", container(t, map[string]string{
			"word/document.xml": "<w:document " + wordNS + "><w:body>" + body + "</w:body></w:document>",
			"word/styles.xml":   "<w:styles " + wordNS + `><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`,
		}))
		sound(t, d, err)
	})
}

// FuzzHTML reads text as what was pasted.
func FuzzHTML(f *testing.F) {
	f.Add(clipboard(bulletinText))
	f.Add("<table><tr><td rowspan=3 colspan=2>a<table><td>b</table><li value=7>c<ol><li>d</table><b>e</b>f")
	f.Add("<img src='data:image/png;base64,AAAA'><del>x</del><p style='display:none'>y<![if !supportLists]>一、<![endif]>")
	f.Fuzz(func(t *testing.T, html string) {
		d, err := intake.HTML(html)
		sound(t, d, err)
	})
}

// FuzzMarkdown reads text as markdown.
func FuzzMarkdown(f *testing.F) {
	f.Add(asMarkdown(bulletinText))
	f.Add("1. a\n   - b\n\n| a | b |\n|---|---|\n| c\\|d | **e** |\n\n![x](y)\n\n<b>z</b>")
	f.Fuzz(func(t *testing.T, source string) {
		d, err := intake.Read("a.md", []byte(source))
		sound(t, d, err)
	})
}
