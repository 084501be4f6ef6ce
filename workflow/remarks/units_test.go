package remarks

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
)

func TestTheUnitsThatARemarkNames(t *testing.T) {
	unit := func(name string, short ...string) recipients.Unit {
		u := recipients.Unit{ID: uuid.New(), Name: name, Place: "鄂尔多斯市"}
		for _, s := range short {
			u.Aliases = append(u.Aliases, recipients.Alias{Name: s})
		}
		return u
	}
	gone := unit("鄂尔多斯市能源局", "市能源局")
	gone.Ended = midday.AddDate(-1, 0, 0)
	dir := recipients.Directory{Units: []recipients.Unit{
		unit("鄂尔多斯市发展和改革委员会", "市发改委"), unit("鄂尔多斯市工业和信息化局", "市工信局"), unit("鄂尔多斯市工信局信息中心", "市工信局信息中心"), gone,
	}}
	for text, want := range map[string]string{
		"请发改委研究。":                "鄂尔多斯市发展和改革委员会",
		"请市工信局会市发改委研究。":          "鄂尔多斯市工业和信息化局、鄂尔多斯市发展和改革委员会",
		"请市工信局配合，发改委牵头研究。":       "鄂尔多斯市发展和改革委员会、鄂尔多斯市工业和信息化局",
		"请市工信局信息中心办。":            "鄂尔多斯市工信局信息中心",
		"请市能源局、有关单位研究。":          "",
		"请鄂尔多斯市发展和改革委员会（市发改委）办。": "鄂尔多斯市发展和改革委员会",
	} {
		var names []string
		for _, u := range UnitsIn(text, dir, midday) {
			names = append(names, u.Name)
		}
		if got := strings.Join(names, "、"); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	units, err := UnitsNamed("市工信局，市发改委\n", dir, "鄂尔多斯市", midday)
	if err != nil || len(units) != 2 || units[0].Name != "鄂尔多斯市工业和信息化局" {
		t.Errorf("%+v %v", units, err)
	}
	if _, err := UnitsNamed("市工信局、市某某局", dir, "鄂尔多斯市", midday); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.As(err).Reasons[0].In(fault.ZH), "市某某局") {
		t.Errorf("%v", err)
	}
	if units, err := UnitsNamed(" ", dir, "", midday); units != nil || err != nil {
		t.Errorf("%+v %v", units, err)
	}
}
