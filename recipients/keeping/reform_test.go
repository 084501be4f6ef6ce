package keeping

import (
	"strings"
	"testing"

	"jianbao/fault"
	"jianbao/recipients"
)

func TestAReformIsSaidInNames(t *testing.T) {
	day := now.AddDate(0, 0, -1)
	all := func(r Reform) Reform { r.Day, r.Reason = day, "机构改革方案"; return r }
	for name, c := range map[string]struct {
		reform Reform
		want   string
	}{
		"rename": {Reform{Kind: recipients.Renamed, Unit: id("市局"), Name: "新局", Short: []string{"新"}}, "“市局”更名为“新局”，原名存为旧称|“新局”的简称改为：新"},
		"merge into a new one": {Reform{Kind: recipients.Merged, Unit: id("市局"), Others: []string{" 分局"}, Name: "大局"},
			"“市局”不再设立，由“大局”接替|“分局”不再设立，由“大局”接替|新设“大局”（纸质，1份，邮箱：无）"},
		"taken in":  {Reform{Kind: recipients.Merged, Unit: id("分局"), Name: "市政府"}, "“分局”不再设立，由“市政府”接替|集合项“两局”改为：市局→市局；分局→市政府"},
		"split":     {Reform{Kind: recipients.Divided, Unit: id("市局"), Into: Parts("一局；一\n二局\n\n")}, "“市局”不再设立，由“一局、二局”接替|“分局”的上级单位改为“一局”|新设“一局”（纸质，1份，邮箱：无）|新设“二局”（纸质，1份，邮箱：无）|集合项“两局”改为：市局→一局；分局→分局"},
		"taken out": {Reform{Kind: recipients.Divided, Unit: id("市局"), Stays: true, Into: Parts("二局")}, "新设“二局”（纸质，1份，邮箱：无）"},
		"closed":    {Reform{Kind: recipients.Closed, Unit: id("市局")}, "“市局”不再设立，此后的名单用到它时会请人核定|“分局”的上级单位改为“市政府”|集合项“两局”改为：分局→分局"},
	} {
		dir := office()
		if name == "merge into a new one" {
			dir.Collectives = nil // both are in one roster, which would have the heir twice
		}
		change, err := all(c.reform).Decide(hand())(dir)
		if err != nil {
			t.Errorf("%s: %s", name, fault.As(err).In(fault.ZH))
			continue
		}
		var got []string
		for _, r := range Consequences(dir, change) {
			got = append(got, r.In(fault.ZH))
		}
		if strings.Join(got, "|") != c.want || change.Reform.By != "收发员" {
			t.Errorf("%s\n got %s\nwant %s", name, strings.Join(got, "|"), c.want)
		}
	}
}

func TestWhatIsNoReform(t *testing.T) {
	for want, r := range map[string]Reform{
		"通讯录里没有“无局”":  {Kind: recipients.Merged, Unit: id("市局"), Others: []string{"无局"}, Name: "大局", Day: now, Reason: "改革"},
		"没有写明新名称":     {Kind: recipients.Merged, Unit: id("市局"), Others: []string{"分局"}, Day: now, Reason: "改革"},
		"会把“大局”列两次":   {Kind: recipients.Merged, Unit: id("市局"), Others: []string{"分局"}, Name: "大局", Day: now, Reason: "改革"},
		"没有写明依据":      {Kind: recipients.Closed, Unit: id("市局"), Day: now},
		"没有这种变更":      {Kind: "gone", Unit: id("市局"), Day: now, Reason: "改革"},
		"分设后至少要有两个单位": {Kind: recipients.Divided, Unit: id("市局"), Into: Parts("一局"), Day: now, Reason: "改革"},
	} {
		_, err := r.Decide(hand())(office())
		if e := fault.As(err); e == nil || !strings.Contains(e.In(fault.ZH), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := (Reform{Kind: recipients.Closed, Unit: id("无")}).Decide(hand())(office()); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

// Whoever comes of a unit is reached as it was, until somebody says otherwise.
func TestAnHeirIsReached(t *testing.T) {
	dir := office()
	dir.Units[1].Addresses, dir.Units[1].Channel = []string{"a@b.example"}, recipients.ByMail
	change, err := Reform{Kind: recipients.Divided, Unit: id("市局"), Into: Parts("一局\n二局"), Day: now, Reason: "改革"}.Decide(hand())(dir)
	if err != nil {
		t.Fatal(err)
	}
	first, second := change.Added[0], change.Added[1]
	if first.Addresses[0] != "a@b.example" || !first.CopiesAssumed || second.Addresses != nil || second.Channel != recipients.ByPaper {
		t.Errorf("%+v %+v", first, second)
	}
}

// Where a unit and the one above it are merged, what comes of them stands under
// the one above both.
func TestAnHeirStandsUnderWhoStays(t *testing.T) {
	dir := office()
	dir.Collectives = nil
	change, err := Reform{Kind: recipients.Merged, Unit: id("分局"), Others: []string{"市局"}, Name: "大局", Day: now, Reason: "改革"}.Decide(hand())(dir)
	if err != nil {
		t.Fatal(fault.As(err).In(fault.ZH))
	}
	if heir := change.Added[0]; heir.Parent != id("市政府") {
		t.Errorf("it stands under %v", heir.Parent)
	}
}
