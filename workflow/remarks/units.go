package remarks

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
)

// unitsLabel stands before the units of a slip in what is said of them.
const unitsLabel = "承办单位"

var sayNoUnits = fault.Say("remarks.unit-names", "承办单位没有认全", "not all of the units that are to act could be found")

// UnitsNamed returns the units of a list of names as people write it, 、 between
// them, in its order. home is the place of the series. It fails with
// fault.Invalid and names every name that means no unit, or more than one.
func UnitsNamed(names string, dir recipients.Directory, home string, at time.Time) ([]workflow.Named, error) {
	names = strings.NewReplacer("，", "、", ",", "、", "；", "、", ";", "、", "\n", "、").Replace(strings.Trim(names, " 、，,；;。\n\u3000"))
	if names == "" {
		return nil, nil
	}
	c := recipients.Resolve(dir, home, at, []recipients.Listed{{Label: unitsLabel, Text: names}})
	if reasons := c.Unresolved(); len(reasons) > 0 {
		return nil, fault.New(fault.Invalid, sayNoUnits.With(), reasons...)
	}
	return convert(c.All(), func(p recipients.Place) workflow.Named { return workflow.Named{ID: p.Unit, Name: p.Name} }), nil
}

// UnitsIn returns the units that the words of a remark name, in the order in
// which they are named, the one before 牵头 first: what a form proposes. Leaders
// leave out 市 and 县 before the name.
func UnitsIn(text string, dir recipients.Directory, at time.Time) []workflow.Named {
	type found struct {
		from, until int
		unit        workflow.Named
		leads       bool
	}
	var all []found
	for _, u := range dir.Units {
		for _, name := range spoken(u, at) {
			from := strings.Index(text, name)
			if from < 0 || !u.Stands(at) {
				continue
			}
			until := from + len(name)
			leads := strings.HasPrefix(text[until:], "牵头") || strings.HasPrefix(text[until:], "主办")
			all = append(all, found{from, until, workflow.Named{ID: u.ID, Name: u.Name}, leads})
		}
	}
	// The longer of two names that overlap is meant.
	slices.SortFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.until-b.from, a.until-a.from), cmp.Compare(a.from, b.from), strings.Compare(a.unit.Name, b.unit.Name))
	})
	var kept []found
	for _, f := range all {
		if !slices.ContainsFunc(kept, func(k found) bool { return f.unit.ID == k.unit.ID || f.from < k.until && k.from < f.until }) {
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(a, b found) int {
		if a.leads != b.leads {
			return one(b.leads) - one(a.leads)
		}
		return a.from - b.from
	})
	return convert(kept, func(f found) workflow.Named { return f.unit })
}

// spoken are the names of a unit as leaders write them, none of fewer than three
// characters.
func spoken(u recipients.Unit, at time.Time) (names []string) {
	names = []string{u.Name}
	for _, a := range u.Aliases {
		if a.Holds(at) {
			names = append(names, a.Name)
		}
	}
	for _, name := range slices.Clone(names) {
		for _, level := range []string{"市", "区", "县", "旗", "省"} {
			if short, ok := strings.CutPrefix(name, level); ok {
				names = append(names, short)
			}
		}
	}
	return slices.DeleteFunc(names, func(n string) bool { return utf8.RuneCountInString(n) < 3 })
}
