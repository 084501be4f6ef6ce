package table

import (
	"reflect"
	"testing"
	"time"
)

func TestATable(t *testing.T) {
	all := Table{Header: []string{"单位", "份数"}}
	all.Add(" 市统计局 ", 2)
	all.Add(3*time.Second, nil)
	if want := [][]any{{" 市统计局 ", 2}, {"3s", "<nil>"}}; !reflect.DeepEqual(all.Rows, want) {
		t.Errorf("%v", all.Rows)
	}
	if all.Text(0, 0) != "市统计局" || all.Text(0, 1) != "2" || all.Text(0, 2) != "" || all.Text(9, 0) != "" {
		t.Error("cells beyond the sheet, or with white space")
	}
	if all.Line(0) != 2 {
		t.Error("the first row of a sheet stands under its header")
	}
	all.Lines = []int{4}
	if all.Line(0) != 4 || all.Line(1) != 3 {
		t.Error("lines that were read")
	}
}
