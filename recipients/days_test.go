package recipients

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A bounce goes to the next address: the unit's own come first, then its
// contact's, then the deputy's, and none twice.
func TestAddressesAreTriedInTheirOrder(t *testing.T) {
	u := Unit{
		Addresses: []string{"a@ordos.example", "b@ordos.example"},
		Deputy:    Contact{Name: "乙", Addresses: []string{"d@ordos.example"}},
		Contact:   Contact{Name: "甲", Addresses: []string{"B@ordos.example", "c@ordos.example"}},
	}
	if got := strings.Join(u.Mailboxes(), " "); got != "a@ordos.example b@ordos.example c@ordos.example d@ordos.example" {
		t.Error(got)
	}
}

// Of two entries that begin alike, the one that says more is meant.
func TestTheLongestEntryIsMeant(t *testing.T) {
	dir := office()
	for _, text := range []string{"甲部门、乙部门", "甲部门、乙部门、丙部门"} {
		dir.Collectives = append(dir.Collectives, Collective{ID: id(text), Text: text, Members: []Member{{Words: text, Unit: dir.Units[len(text)%5].ID}}})
	}
	c := one(dir, "甲部门、乙部门、丙部门")
	if entries := c.Lists[0].Entries; len(entries) != 1 || len(entries[0].Recipients) != 1 {
		t.Errorf("%s: %+v", told(c), entries)
	}
}

// A number of copies that a person gave for one issue is no assumption, and a
// series may give a unit none.
func TestCopiesThatAreGivenAreNoAssumption(t *testing.T) {
	dir := office()
	bureau := id("鄂尔多斯市统计局")
	dir.Units[dir.position(bureau)].CopiesAssumed = true
	c := one(dir, "市统计局")
	if got := c.WithCopies([]int{3}).All()[0]; got.Copies != 3 || got.CopiesAssumed {
		t.Errorf("given 3: %+v", got)
	}
	if got := c.WithCopies([]int{1}).All()[0]; !got.CopiesAssumed {
		t.Errorf("nothing was given: %+v", got)
	}
	dir.Copies = map[uuid.UUID]int{bureau: 0}
	if got := one(dir, "市统计局").All()[0]; got.Copies != 0 || got.CopiesAssumed {
		t.Errorf("the series gives none: %+v", got)
	}
}

// Of a unit that stood on two lists and stands on one, the other place is gone,
// and it did not move.
func TestAUnitOfTwoListsLeavesOne(t *testing.T) {
	both := []Listed{{"报", "市财政局"}, {"送", "市财政局"}}
	last := Resolve(office(), "鄂尔多斯市", day, both)
	for n, want := range []string{"送去掉了鄂尔多斯市财政局", "报去掉了鄂尔多斯市财政局"} {
		d := Compare(last, Resolve(office(), "鄂尔多斯市", day, both[n:n+1]))
		if got := in(fault.ZH, d.Reasons()); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Days that are past in a roster stay as they were when a unit is closed.
func TestTheRosterOfBeforeKeepsItsDays(t *testing.T) {
	dir := office()
	closed := id("鄂尔多斯市统计局")
	dir.Collectives = append(dir.Collectives, Collective{ID: id("轮值"), Text: "轮值部门", Members: []Member{
		{Words: "统计", Unit: closed, Until: reformed.AddDate(-1, 0, 0)},
		{Words: "财政", Unit: id("鄂尔多斯市财政局"), From: reformed.AddDate(-1, 0, 0)},
	}})
	after := dir.With(made(t)(dir.End(closed, order())))
	members := after.Collectives[1].Members
	if len(members) != 2 || !members[0].Until.Equal(reformed.AddDate(-1, 0, 0)) {
		t.Errorf("%+v", members)
	}
	if got := on(after, reformed.AddDate(0, -1, 0), "轮值部门"); got != "鄂尔多斯市财政局" {
		t.Errorf("the month before it was closed it is no longer on the roster: %s", got)
	}
}

// The short names of a unit that comes of a merger hold from its day on, and mean
// nobody before.
func TestAnHeirsShortNamesBeginWithIt(t *testing.T) {
	dir := office()
	heir := unit("鄂尔多斯市财政统计局", "市财统局")
	after := dir.With(made(t)(dir.Merge([]uuid.UUID{id("鄂尔多斯市财政局"), id("鄂尔多斯市统计局")}, heir, order())))
	if got := on(after, reformed.AddDate(0, 0, -1), "市财统局"); got != "?+鄂尔多斯市财政统计局" {
		t.Errorf("the day before: %s", got)
	}
	if got := after.Units[after.position(heir.ID)].Aliases; !got[0].From.Equal(reformed) {
		t.Errorf("%+v", got)
	}
}

// A short name that was to begin later never comes into use where the unit is
// renamed before.
func TestAShortNameThatNeverBeganIsGone(t *testing.T) {
	dir := office()
	forestry := id("鄂尔多斯市林业和草原局")
	u := &dir.Units[dir.position(forestry)]
	u.Aliases = append(slices.Clone(u.Aliases), Alias{Name: "市林局", From: reformed.AddDate(0, 1, 0)})
	after := dir.With(made(t)(dir.Rename(forestry, "鄂尔多斯市自然保护局", nil, order())))
	for _, a := range after.Units[after.position(forestry)].Aliases {
		if a.Name == "市林局" {
			t.Errorf("%+v", a)
		}
	}
}

func TestAPostcodeHasSixDigits(t *testing.T) {
	for code, good := range map[string]bool{"": true, "017000": true, "01700": false, "0170000": false, "01700a": false, "０１７０００": false} {
		u := unit("鄂尔多斯市财政局")
		if u.Postcode = code; (u.Validate() == nil) != good {
			t.Errorf("%q is good: %v", code, !good)
		}
	}
}

// A unit that takes in the one above it stands under whoever was above that.
func TestAUnitTakesInTheOneAbove(t *testing.T) {
	dir := office()
	top, above, below := id("鄂尔多斯市人民政府办公室"), id("鄂尔多斯市财政局"), id("鄂尔多斯市统计局")
	dir.Units[dir.position(above)].Parent, dir.Units[dir.position(below)].Parent = top, above
	after := dir.With(made(t)(dir.Merge([]uuid.UUID{above}, Unit{ID: below}, order())))
	if got := after.Units[after.position(below)].Parent; got != top {
		t.Errorf("it stands under %v", got)
	}
}

// A name is taken however it is spaced, and in whatever width it is written.
func TestANameIsTakenInAnyWriting(t *testing.T) {
	dir := office()
	dir.Units = append(dir.Units, unit("鄂尔多斯市ＡＢＣ（集团）公司"))
	_, err := dir.Rename(id("鄂尔多斯市统计局"), "鄂尔多斯市 abc(集团)公司", nil, order())
	if e := fault.As(err); e == nil || !strings.Contains(e.In(fault.ZH), "单位库中已有") {
		t.Errorf("%v", err)
	}
}
