package exchange

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/table"
)

var beijing = time.FixedZone("CST", 8*60*60)

func id(name string) uuid.UUID { return uuid.NewSHA1(uuid.Nil, []byte(name)) }

// counter makes ids in order.
func counter() func() uuid.UUID {
	n := 0
	return func() uuid.UUID { n++; return id(fmt.Sprint("new", n)) }
}

// look reads one sheet.
func look(dir recipients.Directory, t table.Table) Preview {
	return Read(dir, []table.Table{t}, options())
}

func options() Options { return Options{Zone: beijing, NewID: counter()} }

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, beijing).UTC() }

func office() recipients.Directory {
	return recipients.Directory{Units: []recipients.Unit{
		{
			ID: id("农牧局"), Name: "鄂尔多斯市农牧局", Place: "鄂尔多斯市", Level: recipients.City, Parent: id("政府"),
			Aliases: []recipients.Alias{
				{Name: "市农牧局", From: date(2019, 3, 1)}, {Name: "鄂尔多斯市农牧业局", Until: date(2019, 3, 1), Former: true},
				{Name: "市农牧业局", From: date(2010, 5, 1), Until: date(2019, 3, 1)},
			},
			Addresses: []string{"nmj@a.example", "nmj2@a.example"}, Phone: "+86 477 8580000", Postcode: "017000", Street: "康巴什区",
			Contact: recipients.Contact{Name: "程继东", Phone: "1", Addresses: []string{"cjd@a.example"}},
			Channel: recipients.ByBoth, Copies: 2, CopiesAssumed: true, Version: 3,
		},
		{ID: id("政府"), Name: "鄂尔多斯市人民政府", Place: "鄂尔多斯市", Channel: recipients.ByPaper, Copies: 1, Version: 1},
		{ID: id("旧局"), Name: "鄂尔多斯市旧局", Channel: recipients.ByPaper, Ended: date(2019, 3, 1), Successors: []uuid.UUID{id("农牧局")}, Version: 2},
	}}
}

// sheet makes a table of lines whose cells are parted by |.
func sheet(lines ...string) table.Table {
	t := table.Table{HeaderLine: 1, Header: strings.Split(lines[0], "|")}
	for n, line := range lines[1:] {
		var row []any
		for _, cell := range strings.Split(line, "|") {
			row = append(row, cell)
		}
		t.Rows, t.Lines = append(t.Rows, row), append(t.Lines, n+2)
	}
	return t
}

func said(p Preview) string {
	var all []string
	for _, problem := range p.Problems {
		all = append(all, problem.Sentence().In(fault.ZH))
	}
	return strings.Join(all, "\n")
}

func TestUnitsAsTheyAreWritten(t *testing.T) {
	got := Write(office(), beijing)[0]
	want := []any{
		"鄂尔多斯市农牧局", "市农牧局（2019-03-01起）；市农牧业局（2010-05-01起、2019-03-01前）", "鄂尔多斯市农牧业局（2019-03-01前）",
		"鄂尔多斯市", "市级", "鄂尔多斯市人民政府", "邮件和纸质", 2, "是", "nmj@a.example；nmj2@a.example", "+86 477 8580000", "017000", "康巴什区",
		"程继东", "1", "cjd@a.example", "", "", "", id("农牧局").String(),
	}
	if len(got.Rows) != 2 || fmt.Sprint(got.Rows[1]) != fmt.Sprint(want) {
		t.Errorf("got\n%v\nwant\n%v", got.Rows, want)
	}
}

func TestAPreviewSaysWhatWouldChange(t *testing.T) {
	p := look(office(), sheet(
		"单位一览表",
		"序号|联络员|单位名称（必填）|e-mail|发送方式|份数|主管单位|短称",
		"1|贾丽|鄂尔多斯市农牧局|nmj@a.example|纸质|||市农牧局（2019-3-1起）",
		"2||鄂尔多斯市人民政府||||| ",
		"3|乔栋|鄂尔多斯市能源局|nyj@a.example||3|鄂尔多斯市新设办公室|市能源局;市能源和煤炭局（2015-01-01起、2018-12-31止）",
		"4||鄂尔多斯市新设办公室|||||",
	))
	if len(p.Problems) > 0 || p.Unchanged != 1 || p.Unnamed != 0 || len(p.Added) != 2 || len(p.Changed) != 1 {
		t.Fatalf("%+v\n%s", p, said(p))
	}
	want := "[{简称 市农牧局（2019-03-01起）；市农牧业局（2010-05-01起、2019-03-01前） 市农牧局（2019-03-01起）} {上级单位 鄂尔多斯市人民政府 } " +
		"{送达方式 邮件和纸质 纸质} {邮箱 nmj@a.example；nmj2@a.example nmj@a.example} {联系人 程继东 贾丽}]"
	if got := fmt.Sprint(p.Changed[0].Fields); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	energy, bureau := p.Added[0].Unit, p.Added[1].Unit
	if energy.Channel != recipients.ByBoth || energy.Copies != 3 || energy.CopiesAssumed || energy.Parent != bureau.ID || energy.Contact.Name != "乔栋" ||
		!energy.Aliases[1].Until.Equal(date(2019, 1, 1)) || p.Added[0].Line != 5 {
		t.Errorf("%+v", energy)
	}
	if bureau.Channel != recipients.ByPaper || bureau.Copies != 1 || !bureau.CopiesAssumed {
		t.Errorf("%+v", bureau)
	}
	if len(p.Notes) != 1 || p.Notes[0].In(fault.ZH) != "没有用到这些列：序号" {
		t.Errorf("%v", p.Notes)
	}
}

func TestLinesThatAreWrong(t *testing.T) {
	head := "单位全称|邮箱|份数|送达方式|层级|上级单位|简称|份数待核|联系人电话|单位编号"
	for _, c := range []struct{ row, want string }{
		{"|a@b.example||||||||", "第2行第1列“单位全称”：没有填单位全称"},
		{"甲|a@b.example；<b@c>||||||||", "第2行第2列“邮箱”：邮箱地址“<b@c>”写法不对（只写地址，不写姓名）"},
		{"甲||两份|||||||", "第2行第3列“份数”：“两份”不是份数，请填0到9999的整数"},
		{"甲||-1|||||||", "第2行第3列“份数”：“-1”不是份数，请填0到9999的整数"},
		{"甲|||传真||||||", "第2行第4列“送达方式”：“传真”不是送达方式，请填：邮件、纸质、邮件和纸质"},
		{"甲||||高级|||||", "第2行第5列“层级”：“高级”不是层级，请填：中央、省级、市级、县级、乡级"},
		{"甲|||||没有的单位||||", "第2行第6列“上级单位”：找不到上级单位“没有的单位”"},
		{"甲|||||鄂尔多斯市旧局||||", "第2行第6列“上级单位”：找不到上级单位“鄂尔多斯市旧局”"},
		{"甲|||||甲||||", "第2行第6列“上级单位”：上级单位绕成了一圈：甲→甲"},
		{"甲||||||乙（2019-02-30起）|||", "第2行第7列“简称”：“乙（2019-02-30起）”的日期不存在"},
		{"甲||||||乙；乙|||", "第2行第7列“简称”：简称“乙”重复"},
		{"甲|||||||也许||", "第2行第8列“份数待核”：“也许”读不懂，请填“是”或留空"},
		{"甲||||||||13800000000|", "第2行：联系人有电话或邮箱，没有姓名"},
		{"甲|||||||||7", "第2行第10列“单位编号”：“7”不是单位编号；新单位请留空"},
		{"鄂尔多斯市农牧业局|||||||||" + id("农牧局").String(), "第2行第1列“单位全称”：这个编号的单位在库中名为“鄂尔多斯市农牧局”；改名请办理更名，旧称才会保留"},
		{"鄂尔多斯市农牧局|||||||||" + id("x").String(), "第2行第10列“单位编号”：库中“鄂尔多斯市农牧局”的编号与此不同"},
		{"鄂尔多斯市旧局|||||||||", "第2行第1列“单位全称”：“鄂尔多斯市旧局”已撤并，不能改动"},
		{strings.Repeat("长", 101) + "|||||||||", "第2行：名称“" + strings.Repeat("长", 20) + "…”超过100字"},
	} {
		p := look(office(), sheet(head, c.row))
		if got := said(p); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.row, got, c.want)
		}
		if err := p.Err(); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	}
	for _, c := range []struct {
		sheet table.Table
		want  string
	}{
		{sheet(head, "甲|||||||||", "甲|||||||||"), "第3行第1列“单位全称”：与第2行是同一个单位"},
		{sheet("单位全称|邮箱|电子邮箱"), "第1行第3列“电子邮箱”：“邮箱”这一列出现了两次"},
		{sheet("邮箱|份数", "a@b.example|1"), "第1行：没有“单位全称”这一列，不能导入"},
		{sheet("单位全称|上级单位", "甲|乙", "乙|丙", "丙|甲"), "第2行第2列“上级单位”：上级单位绕成了一圈：甲→乙→丙→甲"},
	} {
		if got := said(look(office(), c.sheet)); got != c.want {
			t.Errorf("got %s\nwant %s", got, c.want)
		}
	}
}

func TestAllOrNothingAndOnlyWhatWasSeen(t *testing.T) {
	dir, s := office(), []table.Table{sheet("单位全称|份数", "鄂尔多斯市人民政府|5", "新局|1")}
	seen := Read(dir, s, options())
	change, err := Decide(s, Options{NewID: uuid.New}, seen.Digest)(dir)
	if err != nil || len(change.Added) != 1 || len(change.Changed) != 1 || change.Changed[0].Copies != 5 {
		t.Errorf("%+v, %v", change, err)
	}
	dir.Units[1].Version++
	if _, err := Decide(s, options(), seen.Digest)(dir); !fault.Is(err, fault.Conflict) {
		t.Errorf("the unit was saved meanwhile: %v", err)
	}
	if _, err := Decide([]table.Table{sheet("单位全称|份数", "鄂尔多斯市人民政府|6", "新局|1")}, options(), seen.Digest)(office()); !fault.Is(err, fault.Conflict) {
		t.Errorf("another sheet: %v", err)
	}
	if c, err := Decide([]table.Table{sheet("单位全称|份数", "新局|1", "鄂尔多斯市人民政府|x")}, options(), "")(office()); !fault.Is(err, fault.Invalid) || c.Added != nil {
		t.Errorf("with an error: %+v, %v", c, err)
	}
}

func TestSharedShortNamesAreNoted(t *testing.T) {
	p := look(office(), sheet("单位全称|简称|所在地", "鄂尔多斯市农机局|市农牧局|鄂尔多斯市"))
	if len(p.Notes) != 1 || !strings.Contains(p.Notes[0].In(fault.ZH), "简称“市农牧局”有几个单位：鄂尔多斯市农牧局、鄂尔多斯市农机局") {
		t.Errorf("%v", p.Notes)
	}
}

// anyName makes names with everything that has a meaning in a cell.
func anyName() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return "甲" + rapid.StringOfN(rapid.RuneFrom([]rune("市局；;\\（()）、起前 '=2019-03-01止")), 0, 14, -1).Draw(t, "name") + rapid.SampledFrom([]string{"乙", "）", "\\", "（2019-03-01起）"}).Draw(t, "end")
	})
}

// Written and read again, a directory does not change, nor does one read into
// an empty one come out different.
func TestWrittenAndReadNothingChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir := office()
		dir.Collectives = []recipients.Collective{{ID: id("班子"), Text: recipients.Tidy(anyName().Draw(t, "roster")), Place: "鄂尔多斯市", Version: 1, Members: []recipients.Member{
			{Words: anyName().Draw(t, "words"), Unit: id("政府"), Until: date(2020, 5, 1)}, {Words: "乙", Unit: id("农牧局"), From: date(2019, 1, 1).Add(time.Second)}}}}
		for i := range rapid.IntRange(0, 4).Draw(t, "units") {
			u := recipients.Unit{ID: id(fmt.Sprint(i)), Name: fmt.Sprint(i) + anyName().Draw(t, "name"), Channel: recipients.ByMail, Parent: id("政府"), Version: 1}
			for range rapid.IntRange(0, 4).Draw(t, "aliases") {
				a := recipients.Alias{Name: anyName().Draw(t, "alias"), Former: rapid.Bool().Draw(t, "former")}
				if rapid.Bool().Draw(t, "dated") {
					a.From = date(2000, 1, 1).Add(time.Duration(rapid.Int64Range(0, 1e15).Draw(t, "from")) * time.Microsecond)
					a.Until = a.From.AddDate(1, 0, 0)
				}
				u.Aliases = append(u.Aliases, a)
			}
			if u.Validate() == nil {
				dir.Units = append(dir.Units, u)
			}
		}
		written := Write(dir, beijing)
		p := Read(dir, written, options())
		if len(p.Problems)+len(p.Added)+len(p.Changed)+len(p.Groupings) > 0 || p.Unchanged != len(written[0].Rows)+1 {
			t.Fatalf("%s\n%+v %+v", said(p), p.Added, p.Changed)
		}
		fresh := Read(recipients.Directory{}, written, options())
		if err := fresh.Err(); err != nil {
			t.Fatal(said(fresh))
		}
		again := Write(recipients.Directory{}.With(fresh.Change()), beijing)
		if fmt.Sprint(again) != fmt.Sprint(written) {
			t.Fatalf("came out as\n%v\nnot\n%v", again, written)
		}
		if one := look(dir, WriteOne(dir, beijing)); len(one.Problems)+len(one.Added)+len(one.Changed)+len(one.Groupings) > 0 || one.Unchanged != p.Unchanged {
			t.Fatalf("as one table: %s\n%+v", said(one), one.Groupings)
		}
	})
}

// Any sheet at all is read without a panic, and what it yields can be stored.
func TestAnySheet(t *testing.T) {
	cell := rapid.OneOf(rapid.SampledFrom([]string{"", "甲", "乙", "是", "集合项", "合计", "2019年1月5日", "3", "邮件", "市级", "a@b.example", "鄂尔多斯市农牧局", id("农牧局").String()}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		titles := rapid.SliceOf(rapid.SampledFrom([]string{"单位全称", "简称", "邮箱", "份数", "送达方式", "上级单位", "单位编号", "别的", "层级", "联系人", "联系人电话", "手机", "类别", "称呼", "送达单位", "起"})).Draw(t, "titles")
		all := table.Table{Header: titles}
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			var row []any
			for range rapid.IntRange(0, len(titles)+1).Draw(t, "cells") {
				row = append(row, cell.Draw(t, "cell"))
			}
			all.Rows = append(all.Rows, row)
		}
		p := look(office(), all)
		if p.Err() != nil {
			return
		}
		for _, u := range office().With(p.Change()).Units {
			if err := u.Validate(); err != nil {
				t.Fatalf("%+v: %v", u, err)
			}
		}
	})
}

// A roster that somebody changed after the preview is not overwritten, and a unit
// that has ended is nobody to reach it through.
func TestARosterIsReadAsItWasSeen(t *testing.T) {
	dir := office()
	dir.Collectives = []recipients.Collective{{ID: id("班子"), Text: "四大班子", Version: 4, Members: []recipients.Member{{Words: "市政府领导", Unit: id("政府")}}}}
	lines := sheet("集合项|称呼|送达单位", "四大班子|市领导|鄂尔多斯市人民政府")
	p := look(dir, lines)
	decide := Decide([]table.Table{lines}, options(), p.Digest)
	if change, err := decide(dir); err != nil || len(change.Collectives) != 1 {
		t.Fatalf("%+v, %v", change, err)
	}
	dir.Collectives[0].Version++
	if _, err := decide(dir); !fault.Is(err, fault.Conflict) {
		t.Errorf("it was changed meanwhile: %v", err)
	}
	if got := said(look(dir, sheet("集合项|称呼|送达单位", "四大班子|旧局领导|鄂尔多斯市旧局"))); got != "第2行第3列“送达单位”：找不到送达单位“鄂尔多斯市旧局”" {
		t.Error(got)
	}
}
