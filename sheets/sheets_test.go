package sheets

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"jianbao/fault"
	"jianbao/recipients/table"
)

// cellText makes the cells that people and their enemies write.
func cellText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"=1+1", "'=1", "''+86 477", "@SUM(A1)", "-", "＝甲", "a,b", `说"是"`, "两\n行", "007", "13800000000", "'甲", "1e5", "TRUE"}),
		rapid.StringOfN(rapid.RuneFrom([]rune("市统计局；、，,;'\"= +-@甲")), 0, 8, -1),
	)
}

func anyTable() *rapid.Generator[table.Table] {
	return rapid.Custom(func(t *rapid.T) table.Table {
		all := table.Table{Header: []string{"单位", "=份数"}}
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			all.Rows = append(all.Rows, []any{"甲" + cellText().Draw(t, "first"), cellText().Draw(t, "second") + "乙"})
		}
		for range rapid.IntRange(0, 5).Draw(t, "more") {
			all.Rows = append(all.Rows, []any{cellText().Draw(t, "first"), "x"})
		}
		return all
	})
}

// What is written is read again as it was, in both formats.
func TestRoundTrip(t *testing.T) {
	for name, write := range map[string]func(io.Writer, table.Table) error{
		"csv":  WriteCSV,
		"xlsx": func(w io.Writer, t table.Table) error { return WriteXLSX(w, t) },
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				want := anyTable().Draw(t, "table")
				var file bytes.Buffer
				if err := write(&file, want); err != nil {
					t.Fatal(err)
				}
				got, err := Read(file.Bytes())
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(got.Header, want.Header) || !reflect.DeepEqual(got.Rows, want.Rows) {
					t.Fatalf("read %q %q, wrote %q", got.Header, got.Rows, want.Rows)
				}
			})
		})
	}
}

const plain = "单位,份数\r\n市统计局,2\r\n"

func TestEncodingsThatExcelWrites(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	wide := func(mark string, big bool) string {
		out := mark
		for _, u := range utf16.Encode([]rune(strings.ReplaceAll(plain, ",", "\t"))) {
			if big {
				out += string([]byte{byte(u >> 8), byte(u)})
			} else {
				out += string([]byte{byte(u), byte(u >> 8)})
			}
		}
		return out
	}
	for name, file := range map[string]string{
		"UTF-8": plain, "with mark": "\ufeff" + plain, "GB18030": gb, "semicolons": strings.ReplaceAll(plain, ",", ";"),
		"UTF-16LE": wide("\xff\xfe", false), "UTF-16BE": wide("\xfe\xff", true), "blank lines": "\n,,\n" + plain,
	} {
		got, err := Read([]byte(file))
		if err != nil || !reflect.DeepEqual(got.Header, []string{"单位", "份数"}) || !reflect.DeepEqual(got.Rows, [][]any{{"市统计局", "2"}}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestRowsKnowTheirLines(t *testing.T) {
	got, err := Read([]byte("\n单位,份数\n\"两\n行\",1\n\n甲,2\n"))
	if err != nil || got.HeaderLine != 2 || !reflect.DeepEqual(got.Lines, []int{3, 6}) || got.Line(1) != 6 || got.Text(1, 0) != "甲" {
		t.Errorf("%+v, %v", got, err)
	}
}

// packed is a zip of files with texts.
func packed(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFilesThatAreRefused(t *testing.T) {
	many := map[string]string{}
	for i := range mostParts + 1 {
		many[fmt.Sprint(i)] = ""
	}
	for _, c := range []struct {
		what string
		file []byte
		want string
	}{
		{"nothing", nil, "表格里没有内容"},
		{"blank", []byte(" ,\n,\n"), "表格里没有内容"},
		{"a quote without partner", []byte("单位,份数\n\"市统计局,2\n"), "CSV文件读不懂：第2行"},
		{"bytes that are no text", []byte("单位,份数\n市统\xff\xff计局,2\n"), "第2行“"},
		{"NUL", []byte("单位\n市\x00统计局\n"), "第2行“市”"},
		{"too large", make([]byte, MaxFile+1), "文件超过20 MB"},
		{"an old Excel file", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "旧版 Excel"},
		{"a broken zip", []byte("PK\x03\x04 and no more"), "XLSX文件读不懂"},
		{"a zip of something else", packed(t, map[string]string{"a.txt": "甲"}), "XLSX文件读不懂"},
		{"a bomb", packed(t, map[string]string{"xl/workbook.xml": strings.Repeat(" ", MaxUnpacked+1)}), "超过64 MB"},
		{"many parts", packed(t, many), "2000个部件"},
		{"many columns", []byte(strings.Repeat("x,", MaxColumns+1) + "x"), "第1行超过100列"},
		{"a long cell", []byte("单位\n" + strings.Repeat("长", MaxCell+1)), "第2行第1列超过10000字"},
		{"many rows", []byte("单位\n" + strings.Repeat("甲\n", MaxRows)), "超过100000行"},
	} {
		_, err := Read(c.file)
		if e := fault.As(err); e == nil || e.Code != fault.Invalid || !strings.Contains(e.In(fault.ZH), c.want) {
			t.Errorf("%s: %v, want %s", c.what, err, c.want)
		}
	}
}

// book is an XLSX file that a test made by hand.
func book(t *testing.T, fill func(*excelize.File) error) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	var out bytes.Buffer
	if err := fill(file); err != nil {
		t.Fatal(err)
	}
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestASheetIsReadAsValues(t *testing.T) {
	data := book(t, func(f *excelize.File) error {
		if _, err := f.NewSheet("单位"); err != nil { // the first sheet is empty
			return err
		}
		for cell, value := range map[string]any{"B2": "单位", "C2": "电话", "B4": "市统计局", "C4": 13800000000, "C5": 2.5} {
			if err := f.SetCellValue("单位", cell, value); err != nil {
				return err
			}
		}
		return f.SetCellFormula("单位", "B5", "1+1")
	})
	got, err := Read(data)
	want := [][]any{{"", "市统计局", "13800000000"}, {"", "", "2.5"}}
	if err != nil || !reflect.DeepEqual(got.Rows, want) || !reflect.DeepEqual(got.Lines, []int{4, 5}) || got.Name != "单位" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestARowFarDownIsRefusedAtOnce(t *testing.T) {
	data := book(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "XFD1048576", "x") })
	if _, err := Read(data); err == nil || !strings.Contains(fault.As(err).In(fault.ZH), "超过100000行") {
		t.Error(err)
	}
}

func TestWhatIsWrittenIsNoFormula(t *testing.T) {
	all := table.Table{Name: "坏:名", Title: "=1+1", Header: []string{"=HYPERLINK(\"http://x\")", "数"}}
	all.Add("=cmd|' /C calc'!A0", 7)
	all.Add("@x", "+1")
	var file, text bytes.Buffer
	if err := WriteXLSX(&file, all, table.Table{}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, cell := range []string{"A1", "A2", "A3", "A4", "B4"} {
		if formula, err := f.GetCellFormula("坏_名", cell); err != nil || formula != "" {
			t.Errorf("%s is the formula %q, %v", cell, formula, err)
		}
	}
	if kind, err := f.GetCellType("坏_名", "B3"); err != nil || kind != excelize.CellTypeUnset { // unset is a number
		t.Errorf("7 is of type %v, %v", kind, err)
	}
	if err := WriteCSV(&text, all); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff\"'=HYPERLINK(\"\"http://x\"\")\",数\r\n'=cmd|' /C calc'!A0,7\r\n'@x,'+1\r\n"
	if text.String() != want {
		t.Errorf("%q", text.String())
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(plain))
	f.Add([]byte("\xff\xfe单"))
	var file bytes.Buffer
	if err := WriteXLSX(&file, table.Table{Header: []string{"单位"}, Rows: [][]any{{"市统计局"}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Read(data)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		if err == nil && (len(got.Header) == 0 || len(got.Lines) != len(got.Rows)) {
			t.Fatalf("%+v", got)
		}
	})
}
