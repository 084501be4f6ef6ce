package main

import (
	"context"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/workflow/calendar"
)

// full is a queue that always has a letter.
type full struct{ mailer.Queue }

func (full) Claim(context.Context, int, time.Time, time.Time) ([]mailer.Delivery, error) {
	return make([]mailer.Delivery, 1), nil
}

func TestLettersLeaveInTheOfficesHours(t *testing.T) {
	window := hours{calendar.Window{Days: []time.Weekday{1, 2, 3, 4, 5}, From: 8 * 60, To: 18 * 60}}
	china := zone("Asia/Shanghai").location()
	for when, want := range map[string]int{
		"2021-07-15T07:59:59+08:00": 0, "2021-07-15T08:00:00+08:00": 1, "2021-07-15T18:00:00+08:00": 0,
		"2021-07-15T01:00:00Z": 1, "2021-07-17T09:00:00+08:00": 0, // a Saturday
	} {
		now, err := time.Parse(time.RFC3339, when)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := (inHours{full{}, window, china}).Claim(t.Context(), 9, now, now); len(got) != want || err != nil {
			t.Errorf("%s: %d letters, %v", when, len(got), err)
		}
		if got, _ := (inHours{full{}, hours{}, china}).Claim(t.Context(), 9, now, now); len(got) != 1 {
			t.Errorf("%s: always is not always", when)
		}
	}
}
