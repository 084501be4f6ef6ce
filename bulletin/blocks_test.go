package bulletin

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestBlocks(t *testing.T) {
	got := Blocks([]string{
		"正文。", "| 单位 | 数量 |", "|---|:---:|", `| 甲\|乙<br>丙 | 3 |`, "| 丁 |", "![全景](现场 1.png)", "| 无表头 |", "|半行", "![坏](../x.png)",
	})
	want := []BodyBlock{
		{Text: "正文。"},
		{Table: &Table{Header: true, Rows: [][]string{{"单位", "数量"}, {"甲|乙\n丙", "3"}, {"丁", ""}}}},
		{Picture: &Picture{Caption: "全景", Name: "现场 1.png"}},
		{Table: &Table{Rows: [][]string{{"无表头"}}}},
		{Text: "|半行"},
		{Text: "![坏](../x.png)"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestTablesAreReadAsTheyWereWritten(t *testing.T) {
	cell := rapid.StringOfN(rapid.SampledFrom([]rune(`甲乙|\ <br>-3：`)), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 4).Draw(t, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 4).Draw(t, "rows")
		for i := range rows {
			for j, c := range rows[i] {
				rows[i][j] = cellsOf(Row([]string{c}))[0]
			}
		}
		want := Table{Header: rapid.Bool().Draw(t, "header"), Rows: rows}
		if len(rows) > 1 && !want.Header && ruleForm.MatchString(Row(rows[1])) {
			want.Header = true
			return
		}
		got := Blocks(want.Paragraphs())
		if len(got) != 1 || !reflect.DeepEqual(*got[0].Table, want) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}
