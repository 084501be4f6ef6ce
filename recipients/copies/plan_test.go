package copies

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
)

// id makes a lasting id of a name.
func id(name string) uuid.UUID { return uuid.NewSHA1(uuid.Nil, []byte(name)) }

// shares makes one share for each count.
func shares(label, entry string, counts ...int) []Share {
	var all []Share
	for i, n := range counts {
		name := label + entry + string(rune('甲'+i))
		all = append(all, Share{Label: label, Entry: entry, Unit: id(name), Name: name, Copies: n, Collective: entry != "", Paper: true})
	}
	return all
}

// seedPlan is that of the real bulletin: 20 copies.
func seedPlan() Plan {
	all := append(shares("报", "四大班子", 2, 2, 2, 2), shares("送", "", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)...)
	return Plan{PrintRun: 20, Shares: all, File: 1}
}

func in(lang fault.Lang, reasons []fault.Reason) string {
	var all []string
	for _, r := range reasons {
		all = append(all, r.In(lang))
	}
	return strings.Join(all, "\n")
}

func TestThePlanIsWrittenAsPeopleDo(t *testing.T) {
	cases := []struct {
		plan   Plan
		zh, en string
	}{
		{seedPlan(), "20 = 报 8（4×2）＋送 11＋存档 1", "20 = 报 8 (4×2) + 送 11 + on file 1"},
		{Plan{}, "0 = 没有去向", "0 = nowhere to go"},
		{Plan{PrintRun: 5}, "5 ≠ 没有去向", "5 ≠ nowhere to go"},
		{Plan{PrintRun: 9, Shares: shares("报", "班子", 3, 2, 2, 1), Spare: 1}, "9 = 报 8（3＋2＋2＋1）＋备用 1", "9 = 报 8 (3＋2＋2＋1) + spare 1"},
		{
			Plan{PrintRun: 12, Shares: append(append(shares("发", "各旗区", 2, 2), shares("发", "各局", 1, 1, 1)...), shares("发", "", 3)...), Unexplained: 2, Reason: " 旧账 "},
			"12 = 发 10（2×2＋3×1＋3）＋不明 2（旧账）", "12 = 发 10 (2×2＋3×1＋3) + unexplained 2 (旧账)",
		},
	}
	for _, c := range cases {
		if got := c.plan.Sentence(fault.ZH); got != c.zh {
			t.Errorf("got %s, want %s", got, c.zh)
		}
		if got := c.plan.Sentence(fault.EN); got != c.en {
			t.Errorf("got %s, want %s", got, c.en)
		}
	}
}

func TestAPlanThatAddsUpIsTaken(t *testing.T) {
	if reasons := seedPlan().Check(); len(reasons) > 0 {
		t.Error(in(fault.ZH, reasons))
	}
	if got := seedPlan().Warnings(); len(got) > 0 {
		t.Error(in(fault.ZH, got))
	}
}

func TestCheck(t *testing.T) {
	cases := []struct {
		change func(*Plan)
		want   string
	}{
		{func(p *Plan) { p.PrintRun = 22 }, "共印22份，去向只有20份（报 8（4×2）＋送 11＋存档 1），还有2份没有去向；请更正份数，或记为不明并说明原因"},
		{func(p *Plan) { p.PrintRun = 18 }, "共印18份，分发要用20份（报 8（4×2）＋送 11＋存档 1），少2份；请增加印数或减少份数"},
		{func(p *Plan) { p.PrintRun = 0 }, "没有共印份数"},
		{func(p *Plan) { p.PrintRun, p.Unexplained = 21, 1 }, "有1份记为不明，请说明原因"},
		{func(p *Plan) { p.PrintRun, p.Unexplained, p.Reason = 21, 1, "缺一份签收" }, ""},
		{func(p *Plan) { p.Shares[4].Copies, p.Spare = 0, 1 }, "送：送甲应送纸质，但份数为0"},
		{func(p *Plan) { p.Shares[4].Copies, p.Shares[4].Paper, p.Spare = 0, false, 1 }, ""},
		{func(p *Plan) { p.Shares[4].Copies, p.File, p.Spare = -1, -2, 5 }, "送甲的份数是-1，不能为负\n存档的份数是-2，不能为负"},
	}
	for _, c := range cases {
		p := seedPlan()
		c.change(&p)
		if got := in(fault.ZH, p.Check()); got != c.want {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
	}
}

func TestWarnings(t *testing.T) {
	p := seedPlan()
	p.File, p.Spare, p.Shares[0].Assumed = 0, 1, true
	want := "没有留存档份\n报：报四大班子甲的份数2是推定的，请核实"
	if got := in(fault.ZH, p.Warnings()); got != want {
		t.Errorf("got %s", got)
	}
}

func TestAPlanSurvivesJSON(t *testing.T) {
	raw, err := json.Marshal(seedPlan())
	if err != nil {
		t.Fatal(err)
	}
	var back Plan
	if err := json.Unmarshal(raw, &back); err != nil || !reflect.DeepEqual(back, seedPlan()) {
		t.Errorf("%v: %+v", err, back)
	}
}
