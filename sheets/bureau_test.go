package sheets

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/exchange"
)

// officeBook makes an XLSX of one sheet: rows whose cells are parted by |, and merged
// ranges such as A1:F1.
func officeBook(t *testing.T, rows []string, merged ...string) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	for n, row := range rows {
		cells := []any{}
		for _, cell := range strings.Split(row, "|") {
			cells = append(cells, cell)
		}
		at, err := excelize.CoordinatesToCellName(1, n+1)
		if err == nil {
			err = file.SetSheetRow("Sheet1", at, &cells)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range merged {
		from, to, _ := strings.Cut(r, ":")
		if err := file.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func looked(t *testing.T, data []byte) exchange.Preview {
	t.Helper()
	all, err := ReadAll(data)
	if err != nil {
		t.Fatal(err)
	}
	return exchange.Read(recipients.Directory{}, all, exchange.Options{NewID: uuid.New})
}

// told is what a preview would add, a line for each unit with the fields that
// sheets of bureaus have.
func told(p exchange.Preview) (lines []string) {
	for _, a := range p.Added {
		u := a.Unit
		lines = append(lines, strings.Join([]string{u.Name, u.Place, u.Phone, u.Contact.Name, u.Contact.Phone, u.Deputy.Name, u.Deputy.Phone, strings.Join(u.Mailboxes(), " "), string(u.Channel), string(rune('0' + u.Copies))}, "|"))
	}
	return lines
}

func notes(p exchange.Preview) string {
	var all []string
	for _, n := range p.Notes {
		all = append(all, n.In(fault.ZH))
	}
	return strings.Join(all, "\n")
}

// Five spreadsheets as bureaus keep them, none of them made for the program.
func TestSpreadsheetsOfBureaus(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("单位（盖章）;联络员;办公室电话;手机号码;电子邮箱地址\r\n鄂尔多斯市水利局;韩梅;0477-8581111;13900000001;slj@a.example\r\n鄂尔多斯市教育体育局;;0477-8582222;;jtj@a.example，jtj2@a.example\r\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data  []byte
		want  []string
		notes []string
	}{
		"a title across, headings between, a sum and remarks below": {
			data: officeBook(t, []string{
				"鄂尔多斯市科技简报发送单位通讯录", "（2026年3月更新）",
				"序号|单位名称|联系人|联系电话|电子邮箱|份数",
				"一、市直部门",
				"1|鄂尔多斯市财政局|李明|0477-8588001|czj@a.example|2",
				"2|鄂尔多斯市统计局|王芳|13947700001|tjj@a.example|1",
				"二、园区", "3|鄂尔多斯空港物流园区|||kg@a.example|1",
				"合计||||| 4", "注：电话有变动请告知科技局办公室。",
			}, "A1:F1", "A2:F2", "A4:F4", "A7:F7", "A9:B9", "A10:F10"),
			want: []string{
				"鄂尔多斯市财政局|||李明|0477-8588001|||czj@a.example|both|2", "鄂尔多斯市统计局|||王芳|13947700001|||tjj@a.example|both|1",
				"鄂尔多斯空港物流园区||||||| kg@a.example|both|1",
			},
			notes: []string{"没有用到这些列：序号", "第4行“一、市直部门”不是单位", "第7行“二、园区”", "第9行“合计”", "第10行“注：电话"},
		},
		"titles in two rows, the place merged over its units": {
			data: officeBook(t, []string{
				"各旗区科技局联系表", "所属旗区|单位全称|联系人||副联系人||公务邮箱",
				"||姓名|手机|姓名|手机|",
				"东胜区|东胜区科学技术局|张强|13800000001|赵敏|13800000002|ds@a.example",
				"|东胜区工业信息化局|周洋|13800000003|||dsgx@a.example",
				"准格尔旗|准格尔旗科学技术局|苏和|13800000004|||zq@a.example",
			}, "A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "A4:A5"),
			want: []string{
				"东胜区科学技术局|东胜区||张强|13800000001|赵敏|13800000002|ds@a.example|both|1",
				"东胜区工业信息化局|东胜区||周洋|13800000003|||dsgx@a.example|both|1",
				"准格尔旗科学技术局|准格尔旗||苏和|13800000004|||zq@a.example|both|1",
			},
		},
		"a unit merged over its two contacts": {
			data: officeBook(t, []string{
				"单位|姓名|手机|座机|邮箱",
				"鄂尔多斯市能源局|白云|13900000011|0477-8583333|nyj@a.example", "|高山|13900000012||",
				"鄂尔多斯市林业和草原局|田野|13900000013||",
			}, "A2:A3", "D2:D3", "E2:E3"),
			want: []string{
				"鄂尔多斯市能源局||0477-8583333|白云|13900000011|高山|13900000012|nyj@a.example|both|1",
				"鄂尔多斯市林业和草原局|||田野|13900000013||||paper|1",
			},
		},
		"what Excel of a Chinese Windows saves, with semicolons": {
			data: []byte(gb),
			want: []string{
				"鄂尔多斯市水利局||0477-8581111|韩梅|13900000001|||slj@a.example|both|1",
				"鄂尔多斯市教育体育局||0477-8582222|||||jtj@a.example jtj2@a.example|both|1",
			},
		},
		"pasted with tabs from a document": {
			data: []byte("\ufeff收件单位\t发送方式\t简报份数\t办公地址\t邮政编码\t电 话\n鄂尔多斯市档案馆\t纸质\t3\t康巴什区文化东路\t017000\t0477-8584444\n\n鄂尔多斯市图书馆\t电子邮件\t0\t\t\t0477-8585555\n"),
			want: []string{"鄂尔多斯市档案馆||0477-8584444||||||paper|3", "鄂尔多斯市图书馆||0477-8585555||||||mail|0"},
		},
	} {
		p := looked(t, c.data)
		if err := p.Err(); err != nil {
			t.Errorf("%s: %s", name, fault.As(err).In(fault.ZH))
		}
		got := told(p)
		if strings.Join(got, "\n") != strings.ReplaceAll(strings.Join(c.want, "\n"), "| ", "|") {
			t.Errorf("%s\n got %q\nwant %q", name, got, c.want)
		}
		for _, note := range c.notes {
			if !strings.Contains(notes(p), note) {
				t.Errorf("%s: it does not say %s:\n%s", name, note, notes(p))
			}
		}
	}
}

// What cannot be read says what it wants.
func TestASpreadsheetThatIsNoneSaysWhatItWants(t *testing.T) {
	p := looked(t, officeBook(t, []string{"值班表", "日期|值班员|带班领导", "3月1日|程继东|乔栋"}, "A1:C1"))
	if err := fault.As(p.Err()); err == nil || !strings.Contains(err.In(fault.ZH), "没有“单位全称”这一列") || len(p.Added) > 0 {
		t.Errorf("%v", err)
	}
	p = looked(t, officeBook(t, []string{"单位|姓名|手机", "甲局|白云|1", "|高山|2", "|田野|3"}, "A2:A4"))
	if err := fault.As(p.Err()); err == nil || !strings.Contains(err.In(fault.ZH), "第4行第2列“姓名”：“甲局”已有联系人和副联系人") {
		t.Errorf("%v", err)
	}
}

// Collective entries have a sheet of their own beside the units', in any order.
func TestRostersGoThroughAFile(t *testing.T) {
	dir := manyUnits(20)
	dir.Collectives = []recipients.Collective{{ID: uuid.New(), Text: "各局", Place: "鄂尔多斯市", Version: 1, Members: []recipients.Member{
		{Words: "一局", Unit: dir.Units[1].ID}, {Words: "二局", Unit: dir.Units[2].ID}}}}
	var file, one bytes.Buffer
	all := exchange.Write(dir, nil)
	if err := WriteXLSX(&file, all[1], all[0]); err != nil {
		t.Fatal(err)
	}
	if err := WriteCSV(&one, exchange.WriteOne(dir, nil)); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"xlsx": file.Bytes(), "csv": one.Bytes()} {
		sheets, err := ReadAll(data)
		if err != nil {
			t.Fatal(err)
		}
		p := exchange.Read(dir, sheets, exchange.Options{NewID: uuid.New})
		if p.Err() != nil || len(p.Added)+len(p.Changed)+len(p.Groupings) > 0 || p.Unchanged != 21 {
			t.Errorf("%s: %v %+v %+v", name, p.Err(), p.Changed, p.Groupings)
		}
		p = exchange.Read(recipients.Directory{}, sheets, exchange.Options{NewID: uuid.New})
		if p.Err() != nil || len(p.Added) != 20 || len(p.Groupings) != 1 || len(p.Groupings[0].After.Members) != 2 {
			t.Errorf("%s into an empty directory: %v, %+v", name, p.Err(), p.Groupings)
		}
	}
}
