package forms

import (
	"fmt"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
	"jianbao/fault"
)

// A HandOverSheet is what units sign when they take their copies.
type HandOverSheet struct {
	Issue string // 《鄂尔多斯科技简报》2021年第8期
	Made  string // by whom and when, at the foot
	Rows  []HandOverRow
}

// A HandOverRow is one unit. Code is the address that its code opens, to sign by
// telephone; "" leaves the room empty.
type HandOverRow struct {
	List    string // 报, 送, 发
	Unit    string
	Copies  int
	Numbers string // 000001-000002; "" where copies have none
	Code    string
}

var (
	handTitle   = fault.Say("forms.hand-over", "分发签收单", "Receipt of copies")
	handNo      = fault.Say("forms.no", "序号", "no.")
	handList    = fault.Say("forms.list", "列别", "list")
	handUnit    = fault.Say("forms.unit", "单位", "unit")
	handCopies  = fault.Say("forms.copies", "份数", "copies")
	handNumbers = fault.Say("forms.numbers", "份号", "numbers")
	handSigned  = fault.Say("forms.signed", "签收人", "signed")
	handTime    = fault.Say("forms.time", "签收时间", "when")
	handCode    = fault.Say("forms.scan", "扫码签收", "scan to sign")
	handBelow   = fault.Say("forms.hand-over-below", "%s　　共%d个单位、%d份", "%s: %d units, %d copies")
)

// HandOver lays the sheet out: a row for every unit in the order in which they
// are given, with room for a signature and, where there is one, its code. It
// fails where an address is too long for a code.
func HandOver(f HandOverSheet, set *fonts.Set, lang fault.Lang) (layout.Document, error) {
	sum, coded, stamped := 0, false, false
	for _, r := range f.Rows {
		sum, coded, stamped = sum+r.Copies, coded || r.Code != "", stamped || r.Numbers != ""
	}
	word := func(s fault.Sentence) string { return s.With().In(lang) }
	g := &grid{
		set: set, width: paperWidth, height: paperHeight, title: word(handTitle), size: 10.5, rowHeight: 13, foot: f.Made, lang: lang,
		below: handBelow.With(f.Issue, len(f.Rows), sum).In(lang),
	}
	g.columns = []column{{word(handNo), 11, true}, {word(handList), 12, true}, {word(handUnit), 0, false}, {word(handCopies), 12, true}}
	if stamped {
		g.columns = append(g.columns, column{word(handNumbers), 27, true})
	}
	g.columns = append(g.columns, column{word(handSigned), 26, true}, column{word(handTime), 24, true})
	if coded {
		g.columns = append(g.columns, column{word(handCode), codeSide + 2, true})
	}
	g.columns[2].width = paperWidth - 2*margin - g.span()
	for n, r := range f.Rows {
		cells := []cell{{text: fmt.Sprint(n + 1)}, {text: r.List}, {text: r.Unit}, {text: count(r.Copies)}}
		if stamped {
			cells = append(cells, cell{text: r.Numbers})
		}
		cells = append(cells, cell{}, cell{})
		if coded {
			c := cell{}
			if r.Code != "" {
				modules, err := codeOf(r.Code)
				if err != nil {
					return layout.Document{}, err
				}
				c.code = modules
			}
			cells = append(cells, c)
		}
		g.row(cells)
	}
	return g.document(), nil
}
