package word

import (
	"fmt"
	"strings"
)

const (
	namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"`
	relations  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	wordType   = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
)

// contentTypes writes [Content_Types].xml (ECMA-376 part 2, 10.1.2).
func contentTypes() string {
	var m markup
	m.WriteString(declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`)
	for _, d := range [][2]string{
		{"rels", "application/vnd.openxmlformats-package.relationships+xml"}, {"xml", "application/xml"},
		{"png", "image/png"}, {"jpeg", "image/jpeg"}, {"gif", "image/gif"},
	} {
		m.raw(`<Default Extension="%s" ContentType="%s"/>`, d[0], d[1])
	}
	for _, o := range [][2]string{
		{"word/document", wordType + "document.main+xml"}, {"word/styles", wordType + "styles+xml"},
		{"word/settings", wordType + "settings+xml"}, {"word/fontTable", wordType + "fontTable+xml"},
		{"word/footer1", wordType + "footer+xml"}, {"word/footer2", wordType + "footer+xml"},
		{"docProps/core", "application/vnd.openxmlformats-package.core-properties+xml"},
		{"docProps/app", "application/vnd.openxmlformats-officedocument.extended-properties+xml"},
	} {
		m.raw(`<Override PartName="/%s.xml" ContentType="%s"/>`, o[0], o[1])
	}
	m.WriteString(`</Types>`)
	return m.String()
}

// relationships writes a .rels part from id, type and target.
func relationships(all [][3]string) string {
	var m markup
	m.WriteString(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range all {
		m.raw(`<Relationship Id="%s" Type="%s" Target="%s"/>`, r[0], r[1], r[2])
	}
	m.WriteString(`</Relationships>`)
	return m.String()
}

func packageRelationships() string {
	return relationships([][3]string{
		{"rId1", relations + "officeDocument", "word/document.xml"},
		{"rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"},
		{"rId3", relations + "extended-properties", "docProps/app.xml"},
	})
}

func (m *maker) documentRelationships() string {
	all := [][3]string{
		{"rIdStyles", relations + "styles", "styles.xml"},
		{"rIdSettings", relations + "settings", "settings.xml"},
		{"rIdFonts", relations + "fontTable", "fontTable.xml"},
		{"rIdOdd", relations + "footer", "footer1.xml"},
		{"rIdEven", relations + "footer", "footer2.xml"},
	}
	for _, p := range m.media {
		all = append(all, [3]string{p.id, relations + "image", p.name})
	}
	return relationships(all)
}

// core writes the title, the organ as author, and the date of the issue as the
// time at which the file was made.
func (m *maker) core() string {
	var x markup
	x.raw(`%s<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`, declaration)
	x.raw(`<dc:title>%s</dc:title><dc:creator>%s</dc:creator>`, escape(m.page.Title), escape(m.page.Organs))
	if day := m.sheet.Date; day.Real() {
		for _, what := range []string{"created", "modified"} {
			x.raw(`<dcterms:%s xsi:type="dcterms:W3CDTF">%sT00:00:00Z</dcterms:%s>`, what, day, what)
		}
	}
	x.WriteString(`</cp:coreProperties>`)
	return x.String()
}

func app() string {
	return declaration + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>jianbao</Application></Properties>`
}

// The marks that must not begin or end a line (kinsoku), as Word has them for
// Chinese.
const (
	notBefore = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～￠"
	notAfter  = "$([{£¥·‘“〈《「『【〔〖〝＄（．［｛￡￥"
)

// settings writes word/settings.xml.
func (m *maker) settings() string {
	var x markup
	x.raw(`%s<w:settings %s>`, declaration, namespaces)
	if m.look.Paper.Mirrored {
		x.WriteString(`<w:mirrorMargins/>`)
	}
	x.WriteString(`<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>`)
	x.raw(`<w:noLineBreaksAfter w:lang="zh-CN" w:val="%s"/><w:noLineBreaksBefore w:lang="zh-CN" w:val="%s"/>`, escape(notAfter), escape(notBefore))
	x.WriteString(`<w:compat><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`)
	return x.String()
}

const (
	pageField  = `<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
	pagesField = `<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
)

// footer writes the page number of odd or even pages (GB/T 9704-2012 7.5):
// outside means right on odd and left on even pages.
func (m *maker) footer(even bool) string {
	f := m.look.Folio
	var x markup
	x.raw(`%s<w:ftr %s>`, declaration, namespaces)
	align, inset := justification(f.Place), ""
	if f.Place == "outside" {
		align = map[bool]string{false: "right", true: "left"}[even]
		in := int(f.Indent * float64(twips(f.Size)))
		inset = fmt.Sprintf(`<w:ind w:%s="%d" w:firstLineChars="0" w:firstLine="0"/>`, align, in)
	}
	x.open(folio, inset+fmt.Sprintf(`<w:jc w:val="%s"/>`, align))
	x.WriteString(folioRuns(f.Form))
	x.close()
	x.WriteString(`</w:ftr>`)
	return x.String()
}

func folioRuns(form string) string {
	words := func(s string) string {
		var m markup
		m.run("", s)
		return m.String()
	}
	switch form {
	case "dashes":
		return words("— ") + pageField + words(" —")
	case "plain":
		return pageField
	case "of":
		return words("第") + pageField + words("页 共") + pagesField + words("页")
	}
	return ""
}

// section writes the last element of the document: paper, footers and grid. The
// footer is as far below the type area as the template says.
func (m *maker) section() {
	g := m.g
	below := max(0, g.bottom-twipsMM(m.look.Folio.Drop)-headLine(m.look.Folio.Size))
	m.WriteString(`<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>`)
	m.raw(`<w:pgSz w:w="%d" w:h="%d"/>`, g.width, g.height)
	m.raw(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="0" w:footer="%d" w:gutter="0"/>`, g.top, g.right, g.bottom, g.left, below)
	m.raw(`<w:docGrid w:type="lines" w:linePitch="%d"/></w:sectPr>`, g.leading)
}

func (m *maker) document() string {
	return strings.Join([]string{declaration, `<w:document `, namespaces, `><w:body>`, m.String(), `</w:body></w:document>`}, "")
}
