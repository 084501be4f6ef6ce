package main

import (
	"jianbao/bulletin/intake"
	"jianbao/web/access"
	archivepages "jianbao/web/archive"
	auditpages "jianbao/web/audit"
	boardpages "jianbao/web/board"
	copypages "jianbao/web/copies"
	dispatchpages "jianbao/web/dispatch"
	filingpages "jianbao/web/filing"
	"jianbao/web/handover"
	holidaypages "jianbao/web/holidays"
	"jianbao/web/hookpages"
	"jianbao/web/lists"
	"jianbao/web/looks"
	"jianbao/web/me"
	"jianbao/web/numbers"
	ownpages "jianbao/web/own"
	"jianbao/web/page"
	peoplepages "jianbao/web/people"
	"jianbao/web/receipts"
	relaypages "jianbao/web/relays"
	remarkpages "jianbao/web/remarks"
	seriespages "jianbao/web/settings"
	"jianbao/web/signed"
	startpages "jianbao/web/start"
	"jianbao/web/statistics"
	"jianbao/web/tray"
	"jianbao/web/units"
	versionpages "jianbao/web/versions"
	"jianbao/workflow/trail"
)

// trail is what everybody did, for the auditor.
func (o *office) trail() trail.Desk { return trail.Desk{Books: o.store, Zone: page.Zone()} }

// rooms are the pages that have a folder of their own under web.
func (o *office) rooms() []page.Room {
	return []page.Room{
		archivepages.Room(archivepages.Config{Index: o.store, Reads: o.store, Files: o.dossiers(), Binder: dossierPrinter{o.press}}),
		auditpages.Room(auditpages.Config{Desk: o.trail()}),
		access.Room(access.Config{Desk: o.entryDesk(), Codes: o.factors(), Books: o.store, NewID: o.desk.NewID}),
		peoplepages.Room(o.peoplePages()),
		relaypages.Room(o.relayPages()),
		startpages.Room(o.startPages()),
		boardpages.Room(boardpages.Config{Reads: o.store}),
		filingpages.Room(o.filingPages()),
		holidaypages.Room(holidaypages.Config{Books: o.store, NewID: o.desk.NewID}),
		hookpages.Room(hookpages.Config{Office: o.hookOffice(), Reads: o.store}),
		me.Room(o.ownPages()),
		copypages.Room(o.copyPages()),
		dispatchpages.Room(dispatchpages.Config{Desk: o.desk, Reads: o.store}),
		handover.Room(handover.Config{Desk: o.desk, Reads: o.store}),
		numbers.Room(numbers.Config{Desk: o.desk, Reads: o.store, Intake: intake.Read}),
		receipts.Room(o.receiptPages()),
		ownpages.Room(o.unitPages()),
		remarkpages.Room(o.remarkPages()),
		seriespages.Room(o.seriesPages()),
		signed.Room(signed.Config{Desk: o.desk, Reads: o.store}),
		lists.Room(lists.Config{Desk: o.desk, Books: o.store}),
		units.Room(units.Config{Books: o.store, NewID: o.desk.NewID}),
		statistics.Room(statistics.Config{Reads: o.store, Receipts: o.receiving}),
		looks.Room(looks.Config{Books: o.store, Press: o.press}),
		versionpages.Room(versionpages.Config{Desk: o.desk, Reads: o.store}),
		tray.Room(tray.Config{Books: o.store}),
	}
}
