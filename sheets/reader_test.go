package sheets

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	"jianbao/recipients/table"
)

// opened is what a reader that shares no code with the writer finds in a file:
// the sheets with their cells, as openpyxl has them. scripts/test-programs
// installs it, for Debian's own Python.
const opened = `
import json, sys, warnings, openpyxl
warnings.simplefilter('error')
book = openpyxl.load_workbook(sys.argv[1])
json.dump([{'name': s.title, 'titles': s.print_title_rows, 'frozen': s.freeze_panes, 'rows': [
	['formula ' + c.value if c.data_type == 'f' else c.value for c in row] for row in s.iter_rows()]} for s in book], sys.stdout)
`

type openedSheet struct {
	Name   string  `json:"name"`
	Titles string  `json:"titles"`
	Frozen string  `json:"frozen"`
	Rows   [][]any `json:"rows"`
}

// What is written can be opened by others, and says there what it says here:
// names stay names, copies are numbers, nothing is a formula.
func TestAnotherReaderOpensWhatWeWrite(t *testing.T) {
	units := table.Table{Name: "单位", Header: []string{"单位全称", "份数", "电话"}}
	units.Add("鄂尔多斯市农牧局", 2, "0477-8580000")
	units.Add("=1+1", 0, "017000")
	ledger := table.Table{Name: "台账", Title: "《科技简报》 <2021> & 其他", Header: []string{"单位", "时间"}}
	ledger.Add("甲\n乙", "2021-07-15 08:30")
	path := filepath.Join(t.TempDir(), "book.xlsx")
	file, err := os.Create(path)
	if err == nil {
		err = WriteXLSX(file, units, ledger)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("/usr/bin/python3", "-c", opened, path).Output()
	if err != nil {
		t.Fatalf("%v; scripts/test-programs installs python3-openpyxl: %s", err, stderrOf(err))
	}
	var got []openedSheet
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	want := []openedSheet{
		{"单位", "$1:$1", "A2", [][]any{{"单位全称", "份数", "电话"}, {"鄂尔多斯市农牧局", 2.0, "0477-8580000"}, {"=1+1", 0.0, "017000"}}},
		{"台账", "$1:$2", "A3", [][]any{{"《科技简报》 <2021> & 其他", nil}, {"单位", "时间"}, {"甲\n乙", "2021-07-15 08:30"}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

func stderrOf(err error) string {
	if exit, ran := err.(*exec.ExitError); ran {
		return string(exit.Stderr)
	}
	return ""
}
