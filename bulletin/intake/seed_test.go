package intake_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/bulletin/intake"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func seed(t testing.TB) string { return string(file(t, "../testdata/00-seed.txt")) }

// withoutLines is a reading without the line numbers, which differ with the
// blank lines of each form.
func withoutLines(r bulletin.Reading) bulletin.Document {
	d := r.Document
	for i := range d.Sections {
		for j := range d.Sections[i].Items {
			d.Sections[i].Items[j].Line = 0
		}
	}
	for i := range d.Lists {
		d.Lists[i].Line = 0
	}
	return d
}

// TestTheSeedReadsTheSameFromEveryProgram: the bulletin as a Word file or on the
// clipboard is the bulletin.
func TestTheSeedReadsTheSameFromEveryProgram(t *testing.T) {
	want := withoutLines(bulletin.Parse(seed(t)))
	for name, read := range map[string]func() (intake.Draft, error){
		"LibreOffice": func() (intake.Draft, error) {
			return intake.Read("8.docx", file(t, "testdata/seed-libreoffice.docx"))
		},
		"Word":      func() (intake.Draft, error) { return intake.Read("8.docx", word(t, seed(t))) },
		"WPS":       func() (intake.Draft, error) { return intake.Read("8.docx", wps(t, seed(t))) },
		"clipboard": func() (intake.Draft, error) { return intake.HTML(clipboard(seed(t))) },
		"markdown":  func() (intake.Draft, error) { return intake.Read("8.md", []byte(asMarkdown(seed(t)))) },
		"text":      func() (intake.Draft, error) { return intake.Read("8.txt", file(t, "../testdata/00-seed.txt")) },
	} {
		draft, err := read()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := withoutLines(bulletin.Parse(draft.Text))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s reads differently: %s", name, difference(bulletin.Format(got), bulletin.Format(want)))
		}
		if len(draft.Notes) > 0 {
			t.Errorf("%s: notes %v", name, draft.Notes)
		}
	}
}

// difference returns the first line that differs.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d is\n%s\nwant\n%s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// leadOf splits a paragraph of the seed as its printed original does.
var leadOf = regexp.MustCompile(`^([^0-9报送记][^。！？]{1,40}[。！？])(.{20,})$`)

// paragraphs calls write with each line of the seed, its lead apart.
func paragraphs(text string, write func(lead, rest string)) {
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if m := leadOf.FindStringSubmatch(line); m != nil {
			write(m[1], m[2])
		} else {
			write("", line)
		}
	}
}

const documentStart = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="wpc"><w:body>`

const documentEnd = `<w:sectPr w:rsidR="00C1"><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`

// word writes a text as Word does after some editing: runs cut by revision ids
// and spelling marks, leads by a character style.
func word(t testing.TB, text string) []byte {
	var b strings.Builder
	b.WriteString(documentStart)
	paragraphs(text, func(lead, rest string) {
		b.WriteString(`<w:p w:rsidR="003D2F1A" w:rsidRDefault="003D2F1A" w:rsidP="00A11B7E"><w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/><w:rPr><w:b/><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/></w:rPr></w:pPr>`)
		if lead != "" {
			half := len([]rune(lead)) / 2
			for _, part := range []string{string([]rune(lead)[:half]), string([]rune(lead)[half:])} {
				fmt.Fprintf(&b, `<w:proofErr w:type="spellStart"/><w:r w:rsidRPr="00B72C11"><w:rPr><w:rStyle w:val="a3"/><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>%s</w:t></w:r>`, html.EscapeString(part))
			}
		}
		fmt.Fprintf(&b, `<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:lastRenderedPageBreak/><w:t xml:space="preserve">%s</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>`, html.EscapeString(rest))
	})
	b.WriteString(documentEnd)
	return container(t, map[string]string{
		"word/document.xml": b.String(),
		"word/styles.xml":   `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="character" w:styleId="a2"><w:name w:val="Strong"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style><w:style w:type="character" w:customStyle="1" w:styleId="a3"><w:name w:val="导语"/><w:basedOn w:val="a2"/></w:style></w:styles>`,
	})
}

// wps writes a text as WPS does: every digit in a run of its own, leads in 黑体.
func wps(t testing.TB, text string) []byte {
	run := func(b *strings.Builder, font, text string) {
		for _, part := range regexp.MustCompile(`[0-9]|[^0-9]+`).FindAllString(text, -1) {
			hint := ` w:hint="eastAsia"`
			if part[0] >= '0' && part[0] <= '9' {
				hint = ""
			}
			fmt.Fprintf(b, `<w:r><w:rPr><w:rFonts%s w:ascii="%s" w:hAnsi="%[2]s" w:eastAsia="%[2]s" w:cs="%[2]s"/><w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, hint, font, html.EscapeString(part))
		}
	}
	var b strings.Builder
	b.WriteString(documentStart)
	paragraphs(text, func(lead, rest string) {
		b.WriteString(`<w:p><w:pPr><w:keepNext w:val="0"/><w:pageBreakBefore w:val="0"/><w:spacing w:line="579" w:lineRule="exact"/></w:pPr>`)
		run(&b, "黑体", lead)
		run(&b, "仿宋_GB2312", rest)
		b.WriteString(`</w:p>`)
	})
	b.WriteString(documentEnd)
	return container(t, map[string]string{"word/document.xml": b.String()})
}

// container zips parts, with the relations between them.
func container(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	rels := func(kinds map[string]string) string {
		s := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
		for target, kind := range kinds {
			s += fmt.Sprintf(`<Relationship Id="r%s" Type="%s%s" Target="%s"/>`, kind, types, kind, target)
		}
		return s + "</Relationships>"
	}
	all := map[string]string{
		"[Content_Types].xml":          `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                  rels(map[string]string{"word/document.xml": "officeDocument", "docProps/core.xml": "core-properties"}),
		"word/_rels/document.xml.rels": rels(map[string]string{"styles.xml": "styles", "header1.xml": "header"}),
	}
	for name, content := range parts {
		all[name] = content
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range all {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// clipboard writes a text as WPS puts it on the clipboard.
func clipboard(text string) string {
	span := func(text, style string) string {
		s := ""
		for _, part := range regexp.MustCompile(`[0-9]|[^0-9]+`).FindAllString(text, -1) {
			s += fmt.Sprintf("<span style=\"mso-spacerun:'yes';font-family:仿宋;%s\nfont-size:16.0000pt;\" >%s</span>", style, html.EscapeString(part))
		}
		return s
	}
	var b strings.Builder
	b.WriteString("<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta charset=\"utf-8\"><style>\np.MsoNormal{mso-style-name:正文;}</style></head><body><!--StartFragment-->\n")
	paragraphs(text, func(lead, rest string) {
		b.WriteString("<p class=MsoNormal style=\"text-indent:32.0000pt;\" >")
		if lead != "" {
			b.WriteString("<b>" + span(lead, "font-weight:bold;") + "</b>")
		}
		b.WriteString(span(rest, "") + "<span style=\"font-size:16pt\" ><o:p>&nbsp;</o:p></span></p>\n")
	})
	return b.String() + "<!--EndFragment--></body></html>"
}

func asMarkdown(text string) string {
	var b strings.Builder
	paragraphs(text, func(lead, rest string) {
		if lead != "" {
			lead = "**" + lead + "** "
		}
		b.WriteString(lead + rest + "\n\n")
	})
	return b.String()
}

func BenchmarkDocxOfTheSeed(b *testing.B) {
	for name, data := range map[string][]byte{"LibreOffice": file(b, "testdata/seed-libreoffice.docx"), "Word": word(b, seed(b)), "WPS": wps(b, seed(b))} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := intake.Read("8.docx", data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPasteOfTheSeed(b *testing.B) {
	page := clipboard(seed(b))
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := intake.HTML(page); err != nil {
			b.Fatal(err)
		}
	}
}
