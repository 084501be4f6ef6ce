package ics

import (
	"testing"

	"jianbao/fault"
)

// FuzzRead: whatever is handed in as a calendar is one or a refusal with reasons,
// and what is read of it is as many events when it is written and read again.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261001\r\nSUMMARY:国庆节\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Asia/Shanghai:20261001T090000\nDTEND:20261001T100000Z\nSUMMARY:a\\nb\n  c\nEND:VEVENT\nEND:VCALENDAR",
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM\nDTSTART:00010101\nEND:VEVENT",
		"begin:vcalendar\nBEGIN:VEVENT\nDTSTART;X=\"a:b;c\":20261332\nEND:VEVENT\nEND:VCALENDAR", "BEGIN:VCALENDAR", "\ufeffBEGIN:VCALENDAR\n \n \n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		events, err := Read(data)
		if err != nil {
			if e := fault.As(err); e == nil || e.Code != fault.Invalid || len(e.Reasons) == 0 {
				t.Fatalf("%q: %v", data, err)
			}
			return
		}
		if len(events) == 0 {
			return
		}
		again, err := Read(Write(Calendar{Name: "x", Events: events}))
		if err != nil || len(again) != len(events) {
			t.Fatalf("%q: %d events, and written and read again %d, %v", data, len(events), len(again), err)
		}
		for n, one := range again {
			if one.AllDay != events[n].AllDay || !one.Begins.Equal(events[n].Begins) {
				t.Fatalf("%q: %+v is read again as %+v", data, events[n], one)
			}
		}
	})
}
