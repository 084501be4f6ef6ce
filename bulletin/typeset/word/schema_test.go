package word

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"jianbao/bulletin/typeset"
)

// order lists the children of elements as the schema has them (ECMA-376 part 1,
// wml.xsd), as far as they are used here. Word refuses a file that has them
// otherwise; LibreOffice does not care.
var order = map[string]string{
	"document":   "body",
	"pPr":        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN snapToGrid spacing ind jc textAlignment outlineLvl rPr sectPr",
	"rPr":        "rStyle rFonts b bCs i iCs strike color spacing w kern position sz szCs highlight u lang",
	"style":      "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
	"styles":     "docDefaults latentStyles style",
	"p":          "pPr r fldSimple",
	"r":          "rPr t tab br drawing",
	"tbl":        "tblPr tblGrid tr",
	"tblPr":      "tblStyle tblpPr tblOverlap tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
	"tblBorders": "top left bottom right insideH insideV",
	"tblCellMar": "top left bottom right",
	"tr":         "trPr tc",
	"tc":         "tcPr p",
	"tcPr":       "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
	"sectPr":     "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
	"settings":   "zoom mirrorMargins bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop evenAndOddHeaders characterSpacingControl noLineBreaksAfter noLineBreaksBefore compat rsids themeFontLang",
	"compat":     "spaceForUL balanceSingleByteDoubleByteWidth adjustLineHeightInTable useFELayout compatSetting",
	"font":       "altName",
	"inline":     "extent effectExtent docPr cNvGraphicFramePr graphic",
	"pic":        "nvPicPr blipFill spPr",
}

// mixed are the elements whose children may come in any order and number after
// the first one.
var mixed = []string{"p", "r", "body", "tbl", "styles"}

func TestChildrenStandInTheOrderOfTheSchema(t *testing.T) {
	for name, data := range samples(t) {
		for part, content := range parts(t, data) {
			if strings.HasPrefix(part, "word/") && strings.HasSuffix(part, ".xml") {
				for _, complaint := range disordered(t, content) {
					t.Errorf("%s: %s: %s", name, part, complaint)
				}
			}
		}
	}
}

func TestDisorderIsCaught(t *testing.T) {
	for _, wrong := range []string{
		`<pPr><jc/><ind/></pPr>`, `<rPr><sz/><rFonts/></rPr>`, `<tblPr><unheard/></tblPr>`, `<pPr><ind/><ind/></pPr>`, `<tc><tcPr/></tc>`,
	} {
		if disordered(t, wrong) == nil {
			t.Errorf("%s passed", wrong)
		}
	}
}

type node struct {
	name     string
	children []string
}

func disordered(t *testing.T, content string) []string {
	var complaints []string
	var open []*node
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return complaints
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.children = append(parent.children, e.Name.Local)
			}
			open = append(open, &node{name: e.Name.Local})
		case xml.EndElement:
			if wrong := open[len(open)-1].wrong(); wrong != "" {
				complaints = append(complaints, wrong)
			}
			open = open[:len(open)-1]
		}
	}
}

// wrong returns what is wrong with the children of an element, or "".
func (n *node) wrong() string {
	// a cell must end with a paragraph
	if n.name == "tc" && (len(n.children) == 0 || n.children[len(n.children)-1] != "p") {
		return "a cell without a paragraph"
	}
	allowed, known := order[n.name]
	if !known {
		return ""
	}
	names := strings.Fields(allowed)
	last := -1
	for _, child := range n.children {
		at := slices.Index(names, child)
		switch {
		case at < 0:
			return n.name + " has a child " + child
		case slices.Contains(mixed, n.name):
			if at == 0 && last >= 0 {
				return n.name + ": " + child + " is not the first"
			}
		case at < last, at == last && !repeats(n.name, child):
			return n.name + ": " + child + " stands too late"
		}
		last = at
	}
	return ""
}

func repeats(parent, child string) bool {
	return slices.Contains([]string{"tr tc", "tc p", "sectPr footerReference", "compat compatSetting", "styles style"}, parent+" "+child)
}

func TestLongMastheadsFit(t *testing.T) {
	const size, spacing, measure = 40, 0.34, 442
	for _, n := range []int{1, 4, 8, 9, 11, 12, 20} {
		between, fitted := fit(n, size, spacing, measure)
		if width := float64(n)*fitted + float64(n-1)*between; width > measure+.01 || between < 0 || fitted > size {
			t.Errorf("%d characters of %.1f pt with %.1f between are %.1f pt wide", n, fitted, between, width)
		}
	}
	if between, fitted := fit(8, size, spacing, measure); fitted != size || between < 13.59 || between > 13.61 {
		t.Errorf("a short name is changed: %.1f, %.1f", between, fitted)
	}
}

func TestTheGridIsTheTemplates(t *testing.T) {
	g := geometryOf(typeset.Builtin()[0])
	if g.leading != 579 || g.tracking != -4 || g.measure < 8845 || g.measure > 8850 {
		t.Errorf("%+v", g)
	}
	if lines := (g.height - g.top - g.bottom) / g.leading; lines != 22 {
		t.Errorf("%d lines", lines)
	}
	if n := g.measure / (16*20 + g.tracking); n != 28 {
		t.Errorf("%d characters", n)
	}
}

func TestColumnsFillTheMeasure(t *testing.T) {
	for _, rows := range [][][]string{{{"a"}}, {{"a", "很长很长很长很长很长的一格", ""}}, {{"", "", "", ""}, {"1", "2", "3", "4"}}} {
		sum := 0
		for _, w := range columns(rows, 8848) {
			if sum += w; w < 8848/len(rows[0])/2 {
				t.Errorf("a column of %d", w)
			}
		}
		if sum != 8848 {
			t.Errorf("%d together", sum)
		}
	}
}
