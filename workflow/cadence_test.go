package workflow

import (
	"testing"
	"time"
)

func TestSpecsThatCannotBeKeptAreRefused(t *testing.T) {
	for _, spec := range []string{"", "@daily", "TZ=Asia/Shanghai 0 9 * * *", "0 9 30 2 *", "0 9 * *", "61 9 * * *", "TZ="} {
		if _, err := ParseSpec(spec); err == nil {
			t.Errorf("%q was taken", spec)
		}
	}
}

func TestDueFire(t *testing.T) {
	at := func(zone, local string) time.Time {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		moment, err := time.ParseInLocation(localTime, local, loc)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	cases := []struct {
		name, zone, spec, last, now string
		want                        string
		skipped                     int
	}{
		{"not yet", "Asia/Shanghai", "0 9 * * *", "2021-07-15T09:00", "2021-07-16T08:59", "", 0},
		{"on time", "Asia/Shanghai", "0 9 * * *", "2021-07-15T09:00", "2021-07-16T09:00", "2021-07-16T09:00", 0},
		{"asleep for 22 days", "Asia/Shanghai", "0 9 * * *", "2021-07-01T09:00", "2021-07-23T10:00", "2021-07-23T09:00", 21},
		{"year end", "Asia/Shanghai", "0 9 1 1 *", "2021-01-01T09:00", "2022-01-01T09:00", "2022-01-01T09:00", 0},
		{"spring gap", "Europe/Berlin", "30 2 * * *", "2021-03-27T02:30", "2021-03-28T04:00", "2021-03-28T02:30", 0},
		{"autumn hour made once", "Europe/Berlin", "30 2 * * *", "2021-10-31T02:30", "2021-10-31T03:00", "", 0},
	}
	for _, c := range cases {
		cursor := Cursor{Series: Series{Zone: c.zone, Cadence: Cadence{Spec: c.spec}}, Last: c.last}
		fire, ok, err := DueFire(cursor, at(c.zone, c.now))
		if err != nil || ok != (c.want != "") || fire.Local != c.want || fire.Skipped != c.skipped {
			t.Errorf("%s: %+v %v %v", c.name, fire, ok, err)
		}
	}
}
