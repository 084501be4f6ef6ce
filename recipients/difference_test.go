package recipients

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jianbao/fault"
)

func TestCompare(t *testing.T) {
	last := one(office(), "市发改委、市财政局、市统计局；某某协会")
	changed := office()
	for i := range changed.Units {
		u := &changed.Units[i]
		switch u.Name {
		case "鄂尔多斯市财政局":
			u.Copies = 3
		case "鄂尔多斯市统计局":
			u.Channel = ByMail
		case "鄂尔多斯市能源局":
			u.Name, u.Aliases = "鄂尔多斯市新能源局", []Alias{{Name: "市能源局"}}
		}
	}
	cases := []struct {
		what string
		dir  Directory
		now  []Listed
		want string
	}{
		{"the same", office(), []Listed{{"送", "市发改委、市财政局、市统计局；某某协会"}}, ""},
		{"another order", office(), []Listed{{"送", "某某协会、市统计局、市财政局、市发改委"}}, ""},
		{"one more, one less", office(), []Listed{{"送", "市发改委、市财政局、市能源局；某某协会"}}, "送增加了鄂尔多斯市能源局\n送去掉了鄂尔多斯市统计局"},
		{"other words", office(), []Listed{{"送", "鄂尔多斯市发展和改革委员会、市财政局、市统计局；某某协会"}},
			"送：原来写作“市发改委”（鄂尔多斯市发展和改革委员会），现写作“鄂尔多斯市发展和改革委员会”（鄂尔多斯市发展和改革委员会）"},
		{"another list", office(), []Listed{{"报", "市发改委"}, {"送", "市财政局、市统计局；某某协会"}}, "鄂尔多斯市发展和改革委员会由送改列报"},
		{"copies and channel", changed, []Listed{{"送", "市发改委、市财政局、市统计局；某某协会"}},
			"送：鄂尔多斯市财政局由1份改为3份\n送：鄂尔多斯市统计局由1份改为0份\n送：鄂尔多斯市统计局由邮件和纸质改为邮件"},
		{"a name that means nobody", office(), []Listed{{"送", "市发改委、市财政局、市统计局；别的协会"}}, "送增加了别的协会\n送去掉了某某协会"},
		{"twice now", office(), []Listed{{"送", "市发改委、市财政局、市统计局；某某协会"}, {"发", "市财政局"}}, "发增加了鄂尔多斯市财政局"},
		{"nothing", office(), nil, "送去掉了鄂尔多斯市发展和改革委员会\n送去掉了鄂尔多斯市财政局\n送去掉了鄂尔多斯市统计局\n送去掉了某某协会"},
	}
	for _, c := range cases {
		d := Compare(last, Resolve(c.dir, "鄂尔多斯市", day, c.now))
		if got := in(fault.ZH, d.Reasons()); got != c.want || d.IsZero() != (c.want == "") {
			t.Errorf("%s: got\n%s\nwant\n%s", c.what, got, c.want)
		}
	}
}

func TestAUnitThatWasRenamedBetweenTwoIssuesShows(t *testing.T) {
	renamed := office()
	renamed = renamed.With(made(t)(renamed.Rename(id("鄂尔多斯市统计局"), "鄂尔多斯市调查局", []string{"市调查局"}, order())))
	d := Compare(one(office(), "市统计局"), one(renamed, "市调查局"))
	if got := in(fault.ZH, d.Reasons()); got != "送：原来写作“市统计局”（鄂尔多斯市统计局），现写作“市调查局”（鄂尔多斯市调查局）" {
		t.Error(got)
	}
}

func TestAMemberOfARosterIsCompared(t *testing.T) {
	dir := office()
	dir.Collectives[0].Members = dir.Collectives[0].Members[:3]
	d := Compare(one(office(), seedUp), one(dir, seedUp))
	if got := in(fault.ZH, d.Reasons()); got != "送去掉了中国人民政治协商会议鄂尔多斯市委员会办公室" {
		t.Error(got)
	}
}

func TestWhoIsAddedAfterTheSignOffIsWrittenDown(t *testing.T) {
	signed := one(office(), "市发改委、市财政局")
	now := Resolve(office(), "鄂尔多斯市", day, []Listed{{"报", "市财政局"}, {"送", "市发改委、市能源局"}})
	want := "签发后增加送：鄂尔多斯市能源局（1份，邮件和纸质），王主任同意\n签发后去掉送：鄂尔多斯市财政局，王主任同意\n签发后增加报：鄂尔多斯市财政局（1份，邮件和纸质），王主任同意"
	if got := in(fault.ZH, Compare(signed, now).Late("王主任")); got != want {
		t.Errorf("got\n%s", got)
	}
	if late := Compare(signed, signed).Late("王主任"); late != nil {
		t.Error(late)
	}
}

// What is added and removed accounts for the difference of the two lists.
func TestCompareCounts(t *testing.T) {
	x := NewIndex(office())
	rapid.Check(t, func(t *rapid.T) {
		lists := func(name string) Circulation {
			return x.Resolve("鄂尔多斯市", day, []Listed{{"报", listText().Draw(t, name)}, {"送", listText().Draw(t, name)}})
		}
		last, now := lists("last"), lists("now")
		d := Compare(last, now)
		if got, want := len(d.Added)-len(d.Removed), len(now.places())-len(last.places()); got != want {
			t.Fatalf("%d more, want %d: %+v", got, want, d)
		}
		if same := Compare(now, now); !same.IsZero() {
			t.Fatalf("differs from itself: %v", same.Reasons())
		}
		back := Compare(now, last)
		if len(back.Added) != len(d.Removed) || len(back.Removed) != len(d.Added) {
			t.Fatal("backwards is not the reverse")
		}
	})
}

func TestOutside(t *testing.T) {
	mail := func(c Channel, addresses ...string) Circulation {
		return Circulation{Lists: []List{{Label: "送", Entries: []Entry{{Recipients: []Recipient{{Name: "甲", Channel: c, Addresses: addresses}}}}}}}
	}
	for _, c := range []struct {
		address string
		domains string
		outside bool
	}{
		{"a@ordos.gov.cn", "ordos.gov.cn", false},
		{"a@KJJ.Ordos.gov.cn", "ordos.GOV.cn.", false},
		{"a@notordos.gov.cn", "ordos.gov.cn", true},
		{"a@ordos.gov.cn.example", "ordos.gov.cn", true},
		{"a@gov.cn", "ordos.gov.cn", true},
		{"a@163.example", "ordos.gov.cn 163.example", false},
		{"a@科技局.example", "xn--8br220c3wo.example", true},
		{"a@科技局.example", "科技局.example", false},
		{"a@оrdos.gov.cn", "ordos.gov.cn", true}, // a Cyrillic о
		{"a@ordos.gov.cn", "", true},
	} {
		got := mail(ByBoth, c.address).Outside(strings.Fields(c.domains), nil)
		if len(got) > 0 != c.outside {
			t.Errorf("%s in %q: %v", c.address, c.domains, got)
		}
	}
	if got := mail(ByPaper, "a@elsewhere.example").Outside(nil, nil); got != nil {
		t.Errorf("paper goes nowhere: %v", got)
	}
	if got := mail(ByMail, "a@in.example", "b@out.example").Outside([]string{"in.example"}, nil); len(got) != 1 || !strings.Contains(in(fault.ZH, got), "b@out.example") {
		t.Errorf("the second address: %v", got)
	}
	if got := mail(ByMail, "b@out.example", "c@out.example").Outside(nil, []string{"b@out.example"}); len(got) != 1 || !strings.Contains(in(fault.ZH, got), "c@out.example") {
		t.Errorf("one was permitted: %v", got)
	}
	if got := fmt.Sprint(len(CheckDomains([]string{"ordos.gov.cn", "科技局.example", "a@b.example", "cn", "", "a b.cn"}))); got != "4" {
		t.Errorf("%s bad domains", got)
	}
}
