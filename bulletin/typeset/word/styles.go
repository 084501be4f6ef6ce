package word

import (
	"fmt"

	"jianbao/bulletin/typeset"
)

// The identifiers of the styles; their names are Chinese.
const (
	normal      = "Normal"
	masthead    = "Masthead"
	number      = "IssueNumber"
	organ       = "Organ"
	date        = "IssueDate"
	corner      = "Corner"
	remark      = "Remark"
	title       = "IssueTitle"
	section     = "SectionName"
	itemHeading = "ItemHeading"
	lead        = "Lead"
	contributor = "Contributor"
	note        = "EditorNote"
	tail        = "Tail"
	folio       = "Folio"
	tableText   = "TableText"
	caption     = "PictureCaption"
	tiny        = "Anchor"
)

// eastAsian are the fonts that GB/T 9704-2012 5.2.2 and custom ask for, by
// role, and latin what stands beside them.
var eastAsian = map[string]string{
	"body": "仿宋_GB2312", "masthead": "方正小标宋简体", "heading": "黑体", "kai": "楷体_GB2312", "latin": "仿宋_GB2312",
}

const latin = "Times New Roman"

// substitutes are what a machine without one of these fonts should take.
var substitutes = [][2]string{
	{"仿宋_GB2312", "仿宋"}, {"方正小标宋简体", "宋体"}, {"黑体", "SimHei"}, {"楷体_GB2312", "楷体"}, {latin, "Liberation Serif"},
}

func fonts(role string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%s" w:eastAsia="%s" w:hAnsi="%s" w:cs="%s"/>`, latin, eastAsian[role], latin, latin)
}

// A style is one paragraph style; align and the like are already in the terms
// of the schema.
type style struct {
	id, name   string
	paragraph  string // properties, in the order of the schema
	font       string // role
	size       float64
	colour     string
	characters bool // a style of characters, not of paragraphs
}

func (s style) write(m *markup) {
	kind := "paragraph"
	if s.characters {
		kind = "character"
	}
	m.raw(`<w:style w:type="%s" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/>`, kind, s.id, s.name)
	if !s.characters {
		m.raw(`<w:basedOn w:val="%s"/><w:next w:val="%s"/>`, normal, normal)
	}
	m.WriteString(`<w:qFormat/>`)
	if s.paragraph != "" {
		m.raw(`<w:pPr>%s</w:pPr>`, s.paragraph)
	}
	m.raw(`<w:rPr>%s`, fonts(s.font))
	if s.colour != "" && hex(s.colour) != "000000" {
		m.raw(`<w:color w:val="%s"/>`, hex(s.colour))
	}
	if s.size > 0 {
		m.raw(`<w:spacing w:val="0"/><w:sz w:val="%d"/><w:szCs w:val="%d"/>`, halfPoints(s.size), halfPoints(s.size))
	}
	m.WriteString(`</w:rPr></w:style>`)
}

// offGrid keeps lines of another distance off the type grid: LibreOffice would
// stretch each to a line of the grid.
const offGrid = `<w:snapToGrid w:val="0"/>`

// flush are the paragraph properties of everything that has no first-line
// indent: line distance, indent on the left, alignment.
func flush(line int, rule string, left int, align string) string {
	return fmt.Sprintf(`<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="%s"/><w:ind w:left="%d" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="%s"/>`,
		line, rule, left, align)
}

// headLine is the line of a head in twips: a fifth higher than its characters.
func headLine(size float64) int { return twips(size * 1.2) }

func headStyle(id, name string, s typeset.Style) style {
	return style{id: id, name: name, font: s.Font, size: s.Size, colour: s.Colour,
		paragraph: offGrid + flush(headLine(s.Size), "exact", 0, justification(s.Align))}
}

// headingStyle is a heading of the body; it never stands alone at the foot of a
// page, and takes as many lines of the grid as its size needs.
func (g geometry) headingStyle(id, name string, h typeset.Heading, size float64) style {
	if h.Size > 0 {
		size = h.Size
	}
	line := g.leading
	for line < headLine(size) {
		line += g.leading / 2
	}
	left := 0
	if h.Align == "left" {
		left = g.indent(h.Indent)
	}
	snap := ""
	if line != g.leading {
		snap = offGrid
	}
	return style{id: id, name: name, font: h.Font, size: h.Size, colour: h.Colour,
		paragraph: `<w:keepNext/><w:keepLines/>` + snap + flush(line, "exact", left, justification(h.Align))}
}

// stylesOf returns the styles of a template.
func stylesOf(look typeset.Template, g geometry) []style {
	line := func(align string) string { return flush(g.leading, "exact", 0, align) }
	tailLine := twips(look.Tail.Size * 1.5)
	indented := fmt.Sprintf(`<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="%d"/>`, g.leading, g.indent(2))
	return []style{
		headStyle(masthead, "简报名称", look.Masthead.Style),
		headStyle(number, "期号", look.Number),
		headStyle(organ, "编印单位", look.Organ),
		headStyle(date, "日期", look.Date),
		{id: corner, name: "密级和提示", font: "heading", paragraph: line("left")},
		{id: remark, name: "批示", font: "heading", paragraph: line("left")},
		g.headingStyle(title, "标题", look.Title, g.size),
		g.headingStyle(section, "栏目", look.Section, g.size),
		{id: itemHeading, name: "条目标题", font: "heading", paragraph: `<w:keepNext/><w:keepLines/>` + indented},
		{id: contributor, name: "供稿", font: "body", paragraph: line("right")},
		{id: note, name: "编者按", font: "kai", paragraph: indented},
		{id: tail, name: "版记", font: look.Tail.Font, size: look.Tail.Size, colour: look.Tail.Colour, paragraph: offGrid + flush(tailLine, "exact", 0, "left")},
		{id: folio, name: "页码", font: look.Folio.Font, size: look.Folio.Size, paragraph: offGrid + flush(headLine(look.Folio.Size), "exact", 0, "left")},
		{id: tableText, name: "表格文字", font: "body", size: 12, paragraph: offGrid + flush(300, "atLeast", 0, "left")},
		{id: caption, name: "图片", font: "body", paragraph: offGrid + flush(240, "auto", 0, "center")},
		{id: tiny, name: "版记锚点", font: "body", size: 1, paragraph: offGrid + flush(20, "exact", 0, "left")},
		{id: lead, name: "导语", font: "heading", characters: true},
	}
}

// styles writes word/styles.xml.
func styles(look typeset.Template, g geometry) string {
	var m markup
	m.raw(`%s<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr>%s<w:kern w:val="0"/><w:sz w:val="%d"/><w:szCs w:val="%d"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:overflowPunct w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>`,
		declaration, namespaces, fonts("body"), halfPoints(g.size), halfPoints(g.size))
	m.raw(`<w:style w:type="paragraph" w:default="1" w:styleId="%s"><w:name w:val="Normal"/><w:aliases w:val="正文"/><w:qFormat/>`, normal)
	m.raw(`<w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="%d"/><w:jc w:val="both"/></w:pPr>`,
		g.leading, g.indent(2))
	m.raw(`<w:rPr><w:spacing w:val="%d"/></w:rPr></w:style>`, g.tracking)
	m.WriteString(`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>`)
	m.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, s := range stylesOf(look, g) {
		s.write(&m)
	}
	m.WriteString(`</w:styles>`)
	return m.String()
}

// fontTable writes word/fontTable.xml, which names the substitutes.
func fontTable() string {
	var m markup
	m.raw(`%s<w:fonts %s>`, declaration, namespaces)
	for _, s := range substitutes {
		m.raw(`<w:font w:name="%s"><w:altName w:val="%s"/></w:font>`, s[0], s[1])
	}
	m.WriteString(`</w:fonts>`)
	return m.String()
}
