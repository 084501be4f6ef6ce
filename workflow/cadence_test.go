package workflow

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
)

func TestSpecsThatCannotBeKeptAreRefused(t *testing.T) {
	for _, spec := range []string{"", "@daily", "TZ=Asia/Shanghai 0 9 * * *", "0 9 30 2 *", "0 9 * *", "61 9 * * *", "TZ="} {
		if _, err := ParseSpec(spec); err == nil {
			t.Errorf("%q was taken", spec)
		}
	}
}

// in reads a wall clock of a zone.
func in(t *testing.T, zone, local string) time.Time {
	t.Helper()
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

// What is let go stands in brackets before the fire behind it.
func shown(fires []Fire) (all string) {
	for _, f := range fires {
		if len(f.Before) > 0 {
			all += fmt.Sprintf("[%d %s] ", len(f.Before), f.Before[0].Outcome)
		}
		all += strings.TrimSpace(f.Local+" "+f.Outcome) + "; "
	}
	return strings.TrimSuffix(all, "; ")
}

func TestDueFires(t *testing.T) {
	const china, berlin = "Asia/Shanghai", "Europe/Berlin"
	const month, day = 31 * 24 * time.Hour, 24 * time.Hour
	cases := []struct {
		name, zone, spec, last, now string
		late                        time.Duration
		policy                      CatchUp
		want                        string
	}{
		{"not yet", china, "0 9 * * *", "2021-07-15T09:00", "2021-07-16T08:59", day, "", ""},
		{"on time", china, "0 9 * * *", "2021-07-15T09:00", "2021-07-16T09:00", day, "", "2021-07-16T09:00"},
		{"asleep for 22 days", china, "0 9 * * *", "2021-07-01T09:00", "2021-07-23T10:00", month, "", "[21 skipped] 2021-07-23T09:00"},
		{"asleep, the last day counts", china, "0 9 * * *", "2021-07-01T09:00", "2021-07-23T10:00", day, "", "[21 too-late] 2021-07-23T09:00"},
		{"asleep, all", china, "0 9 * * *", "2021-07-01T09:00", "2021-07-04T10:00", month, CatchAll, "2021-07-02T09:00; 2021-07-03T09:00; 2021-07-04T09:00"},
		{"asleep, all of two days", china, "0 9 * * *", "2021-07-01T09:00", "2021-07-04T10:00", 2 * day, CatchAll, "[1 too-late] 2021-07-03T09:00; 2021-07-04T09:00"},
		{"asleep, none", china, "0 9 * * *", "2021-07-01T09:00", "2021-07-04T10:00", month, CatchNone, "[2 skipped] 2021-07-04T09:00 skipped"},
		{"none, on time", china, "0 9 * * *", "2021-07-01T09:00", "2021-07-04T09:05", month, CatchNone, "[2 skipped] 2021-07-04T09:00"},
		{"too late", china, "0 9 1 * *", "2021-07-01T09:00", "2021-08-03T09:00", day, "", "2021-08-01T09:00 too-late"},
		{"the clock went back a day", china, "0 9 * * *", "2021-07-16T09:00", "2021-07-15T09:30", day, "", ""},
		{"the clock went on a day", china, "0 9 * * *", "2021-07-16T09:00", "2021-07-17T09:00", day, "", "2021-07-17T09:00"},
		{"year end", china, "0 9 1 1 *", "2021-01-01T09:00", "2022-01-01T09:00", day, "", "2022-01-01T09:00"},
		{"last minute of the year", china, "59 23 31 12 *", "2020-12-31T23:59", "2022-01-01T00:00", day, "", "2021-12-31T23:59"},
		{"spring gap", berlin, "30 2 * * *", "2021-03-27T02:30", "2021-03-28T04:00", day, "", "2021-03-28T02:30"},
		{"autumn hour made once", berlin, "30 2 * * *", "2021-10-31T02:30", "2021-10-31T03:00", day, "", ""},
	}
	for _, c := range cases {
		series := Series{Zone: c.zone, Cadence: Cadence{Spec: c.spec, MaxLate: c.late}}
		cursor := Cursor{Series: series, Last: map[string]string{Opening: c.last}}
		due, err := DueFires(cursor, Recurrences(series, Timetable{CatchUp: c.policy})[0], in(t, c.zone, c.now))
		if err != nil || shown(due) != c.want {
			t.Errorf("%s: %s, %v", c.name, shown(due), err)
		}
	}
}

// The autumn hour that comes twice is one hour, whichever of them it is.
func TestAnHourThatComesTwiceFiresOnce(t *testing.T) {
	series := Series{Zone: "Europe/Berlin", Cadence: Cadence{Spec: "*/30 * * * *"}}
	cursor := Cursor{Series: series, Last: map[string]string{Opening: "2021-10-31T01:30"}}
	seen := map[string]int{}
	for at := time.Date(2021, 10, 31, 0, 0, 0, 0, time.UTC); at.Hour() < 4; at = at.Add(time.Minute) {
		due, err := DueFires(cursor, Recurrences(series, Timetable{})[0], at)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range due {
			seen[f.Local]++
			cursor.Last[Opening] = f.Local
		}
	}
	for local, n := range seen {
		if n != 1 {
			t.Errorf("%s fired %d times", local, n)
		}
	}
	if len(seen) != 6 { // 2:00, 2:30 once, 3:00 to 4:30
		t.Errorf("%d fires: %v", len(seen), seen)
	}
}

func TestAnExpectedIssueIsMissed(t *testing.T) {
	o := newOffice(t)
	o.books.series.Zone, o.books.series.Created = "Asia/Shanghai", in(t, "Asia/Shanghai", "2021-07-16T09:00")
	o.books.staff = Staff{People: []accounts.Person{o.editor.Person, o.reviewer.Person, o.clerk.Person}}
	o.books.timetable = Timetable{Appears: "0 18 15,31 * *"}
	s := o.scheduler()
	o.now = in(t, "Asia/Shanghai", "2021-07-28T17:59")
	look(t, s)
	if n := len(o.books.said(NoIssue)); n != 0 {
		t.Fatalf("told %d people three days and a minute before", n)
	}
	o.now = o.now.Add(time.Minute)
	look(t, s)
	look(t, o.scheduler())
	told := o.books.said(NoIssue)
	if got := told[o.editor.Person.ID].Says.In(fault.ZH); len(told) != 1 || len(o.books.notices) != 1 || got != "《鄂尔多斯科技简报》第8期应于2021年7月31日前印发，尚无草稿" {
		t.Errorf("told %d people: %s", len(told), got)
	}
	o.opened(t)
	o.now = in(t, "Asia/Shanghai", "2021-07-31T18:00")
	look(t, s)
	late := o.books.said(NotOut)
	if got := late[o.clerk.Person.ID].Says.In(fault.ZH); len(late) != 2 || got != "《鄂尔多斯科技简报》第8期应于2021年7月31日前印发，现在还是“草稿”" {
		t.Errorf("told %d people: %s", len(late), got)
	}
	if o.books.fires["missing/2021-07-31T18:00"].Outcome != Told || o.books.fires["late/2021-07-31T18:00"].Outcome != Told {
		t.Errorf("fires %v", o.books.fires)
	}
}

func TestAnIssueThatCameOutIsNotMissed(t *testing.T) {
	released := in(t, "Asia/Shanghai", "2021-07-20T09:00")
	v := FireView{Timetable: Timetable{Appears: "0 18 15,31 * *"}, Last: &Issue{Kind: bulletin.Ordinary, Released: released}}
	for local, want := range map[string]string{"2021-07-31T18:00": AllWell, "2021-08-15T18:00": Told} {
		for _, name := range []string{Absence, Delay} {
			fire := Fire{Schedule: name, Local: local, At: in(t, "Asia/Shanghai", local)}
			if got := FireWork(v, fire, fire.At, uuid.New).Outcome; got != want {
				t.Errorf("%s of %s: %s", name, local, got)
			}
		}
	}
}
