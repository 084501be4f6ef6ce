package recipients

import (
	"strings"
	"testing"

	"jianbao/fault"
)

func in(lang fault.Lang, reasons []fault.Reason) string {
	var all []string
	for _, r := range reasons {
		all = append(all, r.In(lang))
	}
	return strings.Join(all, "\n")
}

func TestCheckSaysEverythingAtOnce(t *testing.T) {
	dir := office()
	for i := range dir.Units {
		if dir.Units[i].Name == "鄂尔多斯市能源局" {
			dir.Units[i].Addresses = nil
		}
	}
	c := one(dir, "市科技局、某某协会、市统计局、市能源局、鄂尔多斯市统计局")
	want := `送：“市科技局”尚未认定，可能是包头市科学技术局，请选定
送：“某某协会”在单位库中找不到
鄂尔多斯市统计局列了2次：送“市统计局”、送“鄂尔多斯市统计局”
送：鄂尔多斯市能源局应发电子邮件，但没有邮箱地址`
	if got := in(fault.ZH, c.Check()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := in(fault.EN, c.Unresolved()); !strings.Contains(got, "“某某协会” is not in the directory") {
		t.Errorf("in English: %s", got)
	}
}

func TestAnUnknownNameIsNamedInFull(t *testing.T) {
	c := one(Directory{}, "鄂尔多斯市委、市人大常委会领导；各旗区人民政府")
	want := `送：“鄂尔多斯市委领导”在单位库中找不到
送：“鄂尔多斯市人大常委会领导”在单位库中找不到
送：“各旗区人民政府”代表多个单位，名单尚未在单位库中填好`
	if got := in(fault.ZH, c.Unresolved()); got != want {
		t.Errorf("got\n%s", got)
	}
	if names := strings.Join(c.Unknown(), "|"); names != "鄂尔多斯市委|市人大常委会领导|各旗区人民政府" {
		t.Errorf("as printed: %s", names)
	}
}

func TestDoubled(t *testing.T) {
	twice := Resolve(office(), "鄂尔多斯市", day, []Listed{{"报", seedUp}, {"送", "市政府办公室"}})
	if got := in(fault.ZH, twice.Doubled()); !strings.HasPrefix(got, "鄂尔多斯市人民政府办公室列了2次：报“") {
		t.Errorf("over two lists: %s", got)
	}
	if got := in(fault.ZH, one(Directory{}, "市应急管理局、市应急管理局").Doubled()); got == "" {
		t.Error("an unknown name twice")
	}
}

func TestPaperNeedsNoAddress(t *testing.T) {
	u := unit("鄂尔多斯市统计局")
	u.Addresses, u.Channel, u.Copies = nil, ByPaper, 3
	c := one(Directory{Units: []Unit{u}}, "市统计局")
	if len(c.Check()) > 0 {
		t.Error(in(fault.EN, c.Check()))
	}
	r := c.All()[0].Recipient
	if r.Paper() != 3 {
		t.Errorf("%d copies", r.Paper())
	}
	if r.Channel = ByMail; r.Paper() != 0 {
		t.Error("mail alone takes no paper")
	}
}

func TestOutOfOrder(t *testing.T) {
	cases := []struct {
		text string
		want int
	}{
		{seedUp, 0},
		{"市委、市政府、市人大常委会、市政协领导", 1},
		{"市政府办公室、市委办公室、市政协办公室", 1},
		{"自治区政府；市委、市政府", 0},
		{"市政协、市政府、市人大、市委", 3},
		{"市财政局、市委", 0},
	}
	for _, c := range cases {
		got := one(Directory{}, c.text).OutOfOrder()
		if len(got) != c.want {
			t.Errorf("%s: %d warnings, want %d: %s", c.text, len(got), c.want, in(fault.ZH, got))
		}
	}
	got := in(fault.ZH, one(Directory{}, "市委、市政府、市人大领导").OutOfOrder())
	if got != "送：市政府领导排在市人大领导之前，一般按党委、人大、政府、政协的顺序" {
		t.Error(got)
	}
}
