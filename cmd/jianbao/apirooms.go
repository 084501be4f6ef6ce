package main

import (
	"jianbao/bulletin/intake"
	auditapi "jianbao/web/api/audit"
	copyapi "jianbao/web/api/copies"
	filingapi "jianbao/web/api/filing"
	holidayapi "jianbao/web/api/holidays"
	hookapi "jianbao/web/api/hooks"
	letterapi "jianbao/web/api/letters"
	listapi "jianbao/web/api/lists"
	meapi "jianbao/web/api/me"
	numberapi "jianbao/web/api/numbers"
	"jianbao/web/api/op"
	peopleapi "jianbao/web/api/people"
	receiptapi "jianbao/web/api/receipts"
	seriesapi "jianbao/web/api/series"
	statisticsapi "jianbao/web/api/statistics"
	trayapi "jianbao/web/api/tray"
	unitapi "jianbao/web/api/units"
	auditpages "jianbao/web/audit"
	dispatchpages "jianbao/web/dispatch"
	holidaypages "jianbao/web/holidays"
	"jianbao/web/hookpages"
	"jianbao/web/lists"
	"jianbao/web/numbers"
	"jianbao/web/statistics"
	"jianbao/web/tray"
	"jianbao/web/units"
)

// apiRooms are the subjects of the API that have a folder of their own under
// web/api. Each is given what the pages of its subject are given.
func (o *office) apiRooms() []op.Room {
	return []op.Room{
		auditapi.Room(auditpages.Config{Desk: o.trail()}),
		copyapi.Room(o.copyPages()),
		filingapi.Room(o.filingPages()),
		holidayapi.Room(holidaypages.Config{Books: o.store, NewID: o.desk.NewID}),
		hookapi.Room(hookpages.Config{Office: o.hookOffice(), Reads: o.store}),
		letterapi.Room(dispatchpages.Config{Desk: o.desk, Reads: o.store}),
		listapi.Room(lists.Config{Desk: o.desk, Books: o.store}),
		meapi.Room(o.ownPages()),
		numberapi.Room(numbers.Config{Desk: o.desk, Reads: o.store, Intake: intake.Read}, o.desk),
		peopleapi.Room(peopleapi.Config{Desk: o.desk, Accounts: o.entryDesk(), Reads: o.store, Tokens: o.store}),
		receiptapi.Room(o.receiptPages()),
		seriesapi.Room(o.seriesPages()),
		statisticsapi.Room(statistics.Config{Reads: o.store, Receipts: o.receiving}),
		trayapi.Room(tray.Config{Books: o.store}),
		unitapi.Room(units.Config{Books: o.store, NewID: o.desk.NewID}),
	}
}
