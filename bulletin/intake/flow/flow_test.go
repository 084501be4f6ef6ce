package flow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jianbao/bulletin"
	"jianbao/bulletin/intake/flow"
	"jianbao/fault"
)

func bold(text string) flow.Span  { return flow.Span{Text: text, Bold: true} }
func plain(text string) flow.Span { return flow.Span{Text: text} }

func TestLeads(t *testing.T) {
	long := strings.Repeat("长", 60)
	for _, c := range []struct {
		name  string
		spans []flow.Span
		want  string
	}{
		{"a sentence", []flow.Span{bold("导语。"), plain("正文。")}, "**导语。**正文。"},
		{"in pieces", []flow.Span{bold("导"), plain(" "), bold("语。"), plain("正文。")}, "**导 语。**正文。"},
		{"its stop is plain", []flow.Span{bold("“导语"), plain("！”正文。")}, "**“导语！”**正文。"},
		{"ended by a space", []flow.Span{bold("导语　"), plain("正文。")}, "**导语**正文。"},
		{"with a colon", []flow.Span{bold("甲县："), plain("正文。")}, "**甲县：**正文。"},
		{"stress", []flow.Span{bold("7月2日"), plain("，召开会议。")}, "7月2日，召开会议。"},
		{"all of it", []flow.Span{bold("导语。正文。")}, "导语。正文。"},
		{"all but spaces", []flow.Span{bold("导语。"), plain(" \u3000")}, "导语。"},
		{"too long", []flow.Span{bold(long + "。"), plain("正文。")}, long + "。正文。"},
		{"asterisks", []flow.Span{bold("a*b。"), plain("正文。")}, "a*b。正文。"},
		{"a number of the head", []flow.Span{bold("第8期 "), plain("2021年7月15日")}, "第8期 2021年7月15日"},
		{"a label of the tail", []flow.Span{bold("责任编辑："), plain("张三")}, "责任编辑：张三"},
		{"nothing", nil, ""},
	} {
		var w flow.Writer
		w.Paragraph(flow.Paragraph{Spans: c.spans})
		if got := strings.TrimSuffix(w.Text(), "\n"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNumbersStandBeforeTheText(t *testing.T) {
	for _, c := range [][3]string{
		{"一、", "推进", "一、推进"}, {"1.", "甲镇", "1.甲镇"}, {"1.", "5亿元", "1. 5亿元"}, {"1", "甲", "1 甲"}, {"1)", "a", "1) a"},
		{"①", "甲", "①甲"}, {"●", "甲", "● 甲"}, {"一、", " ", ""}, {"", "甲", "甲"},
	} {
		var w flow.Writer
		w.Paragraph(flow.Paragraph{Number: c[0], Spans: []flow.Span{plain(c[1])}})
		if got := strings.TrimSuffix(w.Text(), "\n"); got != c[2] {
			t.Errorf("%q: %q, want %q", c[:2], got, c[2])
		}
	}
}

func TestTablesThatAreLayout(t *testing.T) {
	for _, c := range []struct{ name, before, table, want string }{
		{"head", "科技简报", "某某市科技局|2021年7月15日", "某某市科技局\t2021年7月15日"},
		{"head, lines in a cell", "科技简报", "内部资料/注意保存|第8期", "内部资料\n注意保存\n第8期"},
		{"not after the body began", "科技简报。", "某某市科技局|2021年7月15日", "| 某某市科技局 | 2021年7月15日 |"},
		{"remarks", "正文。", "领/导/批/示| ", "领导批示："},
		{"list", "正文。", "抄送：|市发改委、市财政局。", "抄送：市发改委、市财政局。"},
		{"print line", "正文。", "某某市科技局办公室|2021年7月15日印发", "某某市科技局办公室\t2021年7月15日印发"},
		{"one column", "正文。", "一;二", "一\n二"},
		{"data", "正文。", "单位|数量;甲|1", "| 单位 | 数量 |\n| 甲 | 1 |"},
		{"empty", "正文。", " | ; | ", ""},
	} {
		var w flow.Writer
		w.Paragraph(flow.Paragraph{Spans: []flow.Span{plain(c.before)}})
		var table flow.Table
		for row := range strings.SplitSeq(c.table, ";") {
			var cells []flow.Cell
			for cell := range strings.SplitSeq(row, "|") {
				cells = append(cells, flow.Cell{Text: strings.ReplaceAll(cell, "/", "\n")})
			}
			table.Rows = append(table.Rows, cells)
		}
		w.Table(table)
		if got := strings.TrimSpace(strings.TrimPrefix(w.Text(), c.before)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestTablesAreReadBack: package bulletin finds the cells that were written.
func TestTablesAreReadBack(t *testing.T) {
	cell := rapid.StringOf(rapid.RuneFrom([]rune(`甲乙丙12a|\ *<br>`)))
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 2), 1, 4).Draw(t, "rows")
		table := flow.Table{Rows: [][]flow.Cell{{{Text: "项目"}, {Text: "说明"}}}}
		for _, row := range want {
			table.Rows = append(table.Rows, []flow.Cell{{Text: "x" + row[0] + "x"}, {Text: "x" + row[1] + "x"}})
		}
		var w flow.Writer
		w.Paragraph(flow.Paragraph{Spans: []flow.Span{plain("正文。")}})
		w.Table(table)
		blocks := bulletin.Blocks(strings.Split(strings.TrimSpace(w.Text()), "\n")[1:])
		if len(blocks) != 1 || blocks[0].Table == nil || len(blocks[0].Table.Rows) != len(want)+1 {
			t.Fatalf("%q is %+v", w.Text(), blocks)
		}
		for i, row := range want {
			read := blocks[0].Table.Rows[i+1]
			for j := range row {
				if asWritten := strings.ReplaceAll("x"+row[j]+"x", "<br>", "\n"); read[j] != asWritten {
					t.Fatalf("%q became %q", asWritten, read[j])
				}
			}
		}
	})
}

func TestOnlyOneBlankLine(t *testing.T) {
	var w flow.Writer
	for _, text := range []string{"", "甲", "", " ", "\u3000", "乙"} {
		w.Paragraph(flow.Paragraph{Spans: []flow.Span{plain(text)}})
	}
	if w.Text() != "甲\n\n乙\n" {
		t.Errorf("%q", w.Text())
	}
}

func TestNotesAreSaidOnceAndEnd(t *testing.T) {
	var w flow.Writer
	for i := range 1000 {
		w.Cell().Note(flow.PictureGone.With(fmt.Sprint(i / 2)))
	}
	if len(w.Notes) != 100 || w.Notes[0].In(fault.ZH) == w.Notes[1].In(fault.ZH) {
		t.Errorf("%d notes, %v", len(w.Notes), w.Notes[:2])
	}
}

func TestPicturesThatAreNotTaken(t *testing.T) {
	// A picture of 65,535 by 65,535 points in 43 bytes.
	bomb := []byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")
	var w flow.Writer
	w.Embed("", "a.gif", bomb)
	w.Embed("", "b.emf", []byte("\x01\x00\x00\x00"))
	if w.Text() != "" || len(w.Pictures) > 0 || len(w.Notes) != 2 {
		t.Errorf("%q, %d pictures, %v", w.Text(), len(w.Pictures), w.Notes)
	}
	small := slices.Clone(bomb)
	copy(small[6:], "\x01\x00\x01\x00")
	w.Embed("签(约)", "../x y.png", small)
	w.Embed("", "xy.png", append(small, 0))
	if w.Text() != "![签（约）](xy.gif)\n![](xy-2.gif)\n" || len(w.Pictures) != 2 {
		t.Errorf("%q", w.Text())
	}
}
