package api

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/bulletin/intake"
	"jianbao/bulletin/typeset/layout"
	"jianbao/fault"
	"jianbao/hooks"
	"jianbao/mailer"
	"jianbao/web/api/audit"
	"jianbao/web/api/copies"
	"jianbao/web/api/filing"
	"jianbao/web/api/holidays"
	hookroom "jianbao/web/api/hooks"
	"jianbao/web/api/letters"
	"jianbao/web/api/lists"
	"jianbao/web/api/me"
	"jianbao/web/api/numbers"
	"jianbao/web/api/op"
	"jianbao/web/api/people"
	"jianbao/web/api/receipts"
	"jianbao/web/api/series"
	"jianbao/web/api/statistics"
	"jianbao/web/api/tray"
	"jianbao/web/api/units"
	auditpages "jianbao/web/audit"
	copypages "jianbao/web/copies"
	"jianbao/web/dispatch"
	filingpages "jianbao/web/filing"
	holidaypages "jianbao/web/holidays"
	"jianbao/web/hookpages"
	listpages "jianbao/web/lists"
	mepages "jianbao/web/me"
	numberpages "jianbao/web/numbers"
	receiptpages "jianbao/web/receipts"
	settingspages "jianbao/web/settings"
	statisticspages "jianbao/web/statistics"
	traypages "jianbao/web/tray"
	unitpages "jianbao/web/units"
	"jianbao/workflow"
	"jianbao/workflow/feeds"
	filingdesk "jianbao/workflow/filing"
	"jianbao/workflow/trail"
)

// rooms are the subjects over the real desks of the office.
func (o *office) rooms() []op.Room {
	newID, books := o.desk.NewID, o.store
	filed := &filingdesk.Desk{Books: books, Rules: books, Now: o.desk.Now, NewID: newID}
	told := hooks.Office{Targets: books, Key: make([]byte, 32), Now: o.desk.Now, NewID: newID}
	own := mepages.Config{Notices: books, Site: "https://jb.example.cn", Feeds: feeds.Desk{Keeper: books, Reads: books, Site: "https://jb.example.cn", Now: o.desk.Now, NewID: newID}}
	receiving := workflow.Receiving{Desk: o.desk, Keep: books, Tray: books}
	return []op.Room{
		audit.Room(auditpages.Config{Desk: trail.Desk{Books: books}}),
		copies.Room(copypages.Config{Desk: o.desk, Reads: books, Books: books, Press: noPaper{}, Codes: receiving}),
		filing.Room(filingpages.Config{Desk: filed, Reads: books, Books: books}),
		holidays.Room(holidaypages.Config{Books: books, NewID: newID}),
		hookroom.Room(hookpages.Config{Office: told, Reads: books}),
		letters.Room(dispatch.Config{Desk: o.desk, Reads: books}),
		lists.Room(listpages.Config{Desk: o.desk, Books: books}),
		me.Room(own),
		numbers.Room(numberpages.Config{Desk: o.desk, Reads: books, Intake: intake.Read}, o.desk),
		people.Room(people.Config{Desk: o.desk, Accounts: o.entryDesk(), Reads: books, Tokens: books}),
		receipts.Room(receiptpages.Config{Desk: o.desk, Receiving: receiving, Board: books, Reads: books, Letters: oneLetter{}}),
		series.Room(settingspages.Config{Books: books, Layout: func(json.RawMessage) error { return nil }, NewID: newID}),
		statistics.Room(statisticspages.Config{Reads: books, Receipts: receiving}),
		tray.Room(traypages.Config{Books: books}),
		units.Room(unitpages.Config{Books: books, NewID: newID}),
	}
}

// entryDesk is where accounts are seen to, in an office that mails nothing.
func (o *office) entryDesk() entry.Desk {
	return entry.Desk{
		Books: o.store, Hasher: accounts.NewHasher(accounts.Cost{Memory: 64, Time: 1, Threads: 1}, 1), Key: make([]byte, 32), Separation: o.store.Separation,
		Mails: func(context.Context) (bool, error) { return false, nil }, Mailbox: func(context.Context) (string, error) { return "", nil }, Now: o.desk.Now, NewID: uuid.New,
	}
}

// noPaper stands for the press, which is the program's.
type noPaper struct{}

func (noPaper) Draw(layout.Document) ([]byte, error) { return []byte("%PDF"), nil }

func (noPaper) Run(context.Context, workflow.Series, workflow.Issue, []string) (workflow.File, error) {
	return workflow.File{Data: []byte("%PDF")}, nil
}

// oneLetter stands for the letters as they went out: there is one of each id
// that is asked for but the nil one.
type oneLetter struct{}

func (oneLetter) Look(_ context.Context, issue, letter uuid.UUID) (receiptpages.Sent, error) {
	if letter == uuid.Nil {
		return receiptpages.Sent{}, fault.New(fault.NotFound, fault.Reason{Key: "test"})
	}
	return receiptpages.Sent{Letter: mailer.Delivery{ID: letter, Name: "市财政局", Address: "a@example.cn"}, Text: "正文", HTML: "<p>正文</p>", SHA256: "00", Size: 1}, nil
}

func (oneLetter) Eml(context.Context, workflow.Actor, uuid.UUID, uuid.UUID) ([]byte, error) {
	return []byte("Subject: x\r\n\r\n"), nil
}
