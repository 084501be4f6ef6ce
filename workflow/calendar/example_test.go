package calendar_test

import (
	"fmt"
	"time"

	"jianbao/workflow/calendar"
)

// The day before a holiday in the afternoon, eight working hours on.
func ExampleCalendar_AddWorkingHours() {
	c := calendar.Calendar{Years: calendar.Known()}
	china := time.FixedZone("", 8*60*60)
	due := c.AddWorkingHours(time.Date(2026, 9, 30, 16, 0, 0, 0, china), 8*time.Hour)
	fmt.Println(due.Format("2006-01-02 15:04"))
	// Output:
	// 2026-10-08 17:30
}
