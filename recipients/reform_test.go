package recipients

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/fault"
)

// reformed is a day before that of the real bulletin.
var reformed = time.Date(2019, 3, 1, 0, 0, 0, 0, time.UTC)

func order() Order {
	return Order{ID: id("order"), Day: reformed, Reason: "鄂党办发〔2019〕5号", By: "收发", Now: day}
}

// made is the change, or the test ends.
func made(t *testing.T) func(Change, error) Change {
	return func(c Change, err error) Change {
		t.Helper()
		if err != nil {
			t.Fatal(fault.As(err).In(fault.ZH))
		}
		return c
	}
}

// on resolves one list in Ordos on a day.
func on(dir Directory, at time.Time, text string) string {
	return told(Resolve(dir, "鄂尔多斯市", at, []Listed{{"送", text}}))
}

func TestARenamedUnitIsKnownByBothNamesInTheirTime(t *testing.T) {
	before := office()
	dir := before.With(made(t)(before.Rename(id("鄂尔多斯市林业和草原局"), "鄂尔多斯市自然保护局", []string{"市保护局"}, order())))
	for _, c := range []struct {
		at         time.Time
		text, want string
	}{
		{reformed.AddDate(0, 0, -1), "鄂尔多斯市林业和草原局", "鄂尔多斯市自然保护局"},
		{reformed.AddDate(0, 0, -1), "市林草局", "鄂尔多斯市自然保护局"},
		{reformed, "市林草局", "?+鄂尔多斯市自然保护局"},
		{reformed, "鄂尔多斯市林业和草原局", "?+鄂尔多斯市自然保护局"},
		{reformed, "市保护局", "鄂尔多斯市自然保护局"},
		{reformed.AddDate(0, 0, -1), "市保护局", "?+鄂尔多斯市自然保护局"},
		{day, "鄂尔多斯市自然保护局", "鄂尔多斯市自然保护局"},
	} {
		if got := on(dir, c.at, c.text); got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.text, dayOf(c.at), got, c.want)
		}
	}
	if past := dir.Past(id("鄂尔多斯市林业和草原局")); len(past) != 1 || past[0].From[0].Name != "鄂尔多斯市林业和草原局" || past[0].To[0].Name != "鄂尔多斯市自然保护局" {
		t.Errorf("the past: %+v", past)
	}
	if len(before.Units) != len(office().Units) || len(before.Reforms) > 0 || before.Units[12].Name != "鄂尔多斯市林业和草原局" {
		t.Error("the directory itself was changed")
	}
}

func TestAUnitMayHaveItsOldNameBack(t *testing.T) {
	dir := office()
	forestry := id("鄂尔多斯市林业和草原局")
	dir = dir.With(made(t)(dir.Rename(forestry, "鄂尔多斯市自然保护局", nil, order())))
	again := order()
	again.Day = reformed.AddDate(1, 0, 0)
	dir = dir.With(made(t)(dir.Rename(forestry, "鄂尔多斯市林业和草原局", []string{"市林草局"}, again)))
	u := dir.Units[dir.position(forestry)]
	var names []string
	for _, a := range u.Aliases {
		names = append(names, a.Name+" "+dayOf(a.From)+" "+dayOf(a.Until))
	}
	want := []string{"市林草局 0001-01-01 2019-03-01", "市林草局 2020-03-01 0001-01-01", "鄂尔多斯市自然保护局 2019-03-01 2020-03-01"}
	if !slices.Equal(names, want) {
		t.Errorf("its names: %q", names)
	}
	if err := u.Validate(); err != nil {
		t.Error(err)
	}
}

func TestMergedUnitsLeaveTheirPlacesToTheirHeir(t *testing.T) {
	dir := office()
	finance, statistics := id("鄂尔多斯市财政局"), id("鄂尔多斯市统计局")
	dir.Units = append(dir.Units, Unit{ID: id("普查中心"), Name: "鄂尔多斯市普查中心", Place: "鄂尔多斯市", Channel: ByPaper, Parent: statistics})
	dir.Collectives = append(dir.Collectives, Collective{ID: id("财经"), Text: "财经部门", Members: []Member{{Words: "市财政局", Unit: finance}}})
	dir.Settled = map[string]uuid.UUID{"财政": finance}
	heir := unit("鄂尔多斯市财政统计局", "市财统局")
	after := dir.With(made(t)(dir.Merge([]uuid.UUID{finance, statistics}, heir, order())))
	for _, c := range []struct {
		at         time.Time
		text, want string
	}{
		{reformed.AddDate(0, 0, -1), "市财政局、市统计局", "鄂尔多斯市财政局|鄂尔多斯市统计局"},
		{reformed, "市财政局、鄂尔多斯市统计局", "?+鄂尔多斯市财政统计局|?+鄂尔多斯市财政统计局"},
		{reformed, "市财统局；财经部门", "鄂尔多斯市财政统计局|鄂尔多斯市财政统计局"},
		{reformed, "财政", "?+鄂尔多斯市财政统计局"},
	} {
		if got := on(after, c.at, c.text); got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.text, dayOf(c.at), got, c.want)
		}
	}
	if child := after.Units[after.position(id("普查中心"))]; child.Parent != heir.ID {
		t.Error("the unit under it has no parent")
	}
	if past := after.Past(heir.ID); len(past) != 1 || len(past[0].From) != 2 {
		t.Errorf("the past: %+v", past)
	}
}

func TestAUnitTakesInAnother(t *testing.T) {
	dir := office()
	finance, statistics := id("鄂尔多斯市财政局"), id("鄂尔多斯市统计局")
	c := made(t)(dir.Merge([]uuid.UUID{statistics}, Unit{ID: finance}, order()))
	after := dir.With(c)
	if got := on(after, day, "市统计局、市财政局"); got != "?+包头市统计局+鄂尔多斯市财政局|鄂尔多斯市财政局" {
		t.Error(got)
	}
	if len(c.Added) > 0 || len(c.Changed) != 1 || len(c.Reform.From) != 2 {
		t.Errorf("%+v", c)
	}
}

func TestAUnitIsSplit(t *testing.T) {
	dir := office()
	whole := id("鄂尔多斯市发展和改革委员会")
	one, two := unit("鄂尔多斯市发展局", "市发展局"), unit("鄂尔多斯市改革局")
	dir.Collectives = append(dir.Collectives, Collective{ID: id("综合"), Text: "综合部门", Members: []Member{{Words: "市发改委", Unit: whole}}})
	after := dir.With(made(t)(dir.Split(whole, []Unit{one, two}, order())))
	if got := on(after, day, "市发改委、市发展局、综合部门"); got != "?+鄂尔多斯市发展局+鄂尔多斯市改革局|鄂尔多斯市发展局|鄂尔多斯市发展局" {
		t.Error(got)
	}
	if got := on(after, reformed.AddDate(0, 0, -1), "市发改委"); got != "鄂尔多斯市发展和改革委员会" {
		t.Error(got)
	}
	taken := dir.With(made(t)(dir.Split(whole, []Unit{{ID: whole}, two}, order())))
	if got := on(taken, day, "市发改委、市改革局、综合部门"); got != "鄂尔多斯市发展和改革委员会|鄂尔多斯市改革局|鄂尔多斯市发展和改革委员会" {
		t.Errorf("taken out of it: %s", got)
	}
}

func TestReformsThatCannotBe(t *testing.T) {
	dir := office()
	finance, statistics := id("鄂尔多斯市财政局"), id("鄂尔多斯市统计局")
	ended := dir.With(made(t)(dir.Merge([]uuid.UUID{statistics}, Unit{ID: finance}, order())))
	rename := func(d Directory, of uuid.UUID, name string, change func(*Order)) error {
		o := order()
		change(&o)
		_, err := d.Rename(of, name, nil, o)
		return err
	}
	as := func(*Order) {}
	merge := func(into Unit, from ...uuid.UUID) error { _, err := dir.Merge(from, into, order()); return err }
	split := func(into ...Unit) error { _, err := dir.Split(finance, into, order()); return err }
	roster := []Collective{{ID: id("x"), Text: "两局", Members: []Member{{Words: "甲", Unit: finance}, {Words: "乙", Unit: statistics}}}}
	doubled := dir
	doubled.Collectives = roster
	_, twice := doubled.Merge([]uuid.UUID{statistics}, Unit{ID: finance}, order())
	for _, c := range []struct {
		err  error
		want string
	}{
		{rename(dir, finance, "鄂尔多斯市统计局", as), "单位库中已有“鄂尔多斯市统计局”"},
		{rename(dir, finance, "鄂尔多斯市财政局", as), "新名称与原名称“鄂尔多斯市财政局”相同"},
		{rename(dir, finance, "", as), "名称为空"},
		{rename(dir, id("nobody"), "甲", as), "单位库中没有要变更的单位"},
		{rename(dir, finance, "甲", func(o *Order) { o.Reason, o.By, o.Day = " ", "", time.Time{} }), "没有写明从哪一天起；没有写明依据；没有写明经办人"},
		{rename(dir, finance, "甲", func(o *Order) { o.Day = day.AddDate(0, 0, 1) }), "2021-07-16还没有到，请到当天再办"},
		{rename(ended, statistics, "甲", as), "“鄂尔多斯市统计局”已于2019-03-01撤并"},
		{rename(ended, finance, "甲", func(o *Order) { o.Day = reformed.AddDate(0, 0, -1) }), "“鄂尔多斯市财政局”在2019-03-01已有变更，新的变更不能在它之前"},
		{merge(unit("新局"), finance), "合并至少要有两个单位"},
		{merge(Unit{ID: finance}, finance), "合并至少要有两个单位"},
		{merge(unit("新局"), finance, finance), "“鄂尔多斯市财政局”写了两次"},
		{merge(unit("鄂尔多斯市新局", ""), finance, statistics), "第1个简称为空"},
		{split(unit("新局")), "分设后至少要有两个单位"},
		{split(unit("新局"), unit("新 局")), "“新 局”写了两次"},
		{twice, "集合项“两局”会把“鄂尔多斯市财政局”列两次，请先改名单"},
	} {
		if err := fault.As(c.err); err == nil || !strings.Contains(err.In(fault.ZH), c.want) {
			t.Errorf("want %s, got %v", c.want, err)
		}
	}
}

// Whatever happens to the units, everything in the directory stays valid, no
// unit is lost, and nothing that stands hangs on something that has ended.
func TestAnySequenceOfReformsLeavesADirectory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir := office()
		for n := range rapid.IntRange(1, 8).Draw(t, "acts") {
			o := order()
			o.Day = o.Day.AddDate(0, rapid.IntRange(-1, 2).Draw(t, "month")+n, 0)
			pick := func() uuid.UUID { return rapid.SampledFrom(dir.Units).Draw(t, "unit").ID }
			fresh := func() Unit {
				name := rapid.StringOfN(rapid.RuneFrom([]rune("甲乙丙丁")), 1, 2, -1).Draw(t, "name") + "局"
				return unit(name, "市"+name)
			}
			var c Change
			var err error
			switch rapid.IntRange(0, 3).Draw(t, "act") {
			case 0:
				c, err = dir.Rename(pick(), fresh().Name, []string{"市某局"}, o)
			case 1:
				c, err = dir.Merge([]uuid.UUID{pick(), pick()}, fresh(), o)
			case 2:
				c, err = dir.Merge([]uuid.UUID{pick()}, Unit{ID: pick()}, o)
			case 3:
				c, err = dir.Split(pick(), []Unit{fresh(), {ID: pick()}}, o)
			}
			if err == nil {
				dir = dir.With(c)
			}
		}
		sound(t, dir)
	})
}

func sound(t *rapid.T, dir Directory) {
	names := map[string]bool{}
	for _, u := range dir.Units {
		if err := u.Validate(); err != nil || names[keyOf(u.Name)] {
			t.Fatalf("%s: %v", u.Name, err)
		}
		names[keyOf(u.Name)] = true
		if above := dir.position(u.Parent); above >= 0 && !dir.Units[above].Ended.IsZero() {
			t.Fatalf("%s is under a unit that has ended", u.Name)
		}
		if (len(u.Successors) == 0) != u.Ended.IsZero() {
			t.Fatalf("%s ended and left nobody", u.Name)
		}
	}
	for _, c := range dir.Collectives {
		if err := c.Validate(); err != nil {
			t.Fatal(err)
		}
		for _, m := range c.Members {
			if u := dir.Units[dir.position(m.Unit)]; !u.Ended.IsZero() {
				t.Fatalf("%s is reached through %s, which has ended", m.Words, u.Name)
			}
		}
	}
}
