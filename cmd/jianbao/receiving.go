package main

import (
	"context"
	"html"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	ownpages "jianbao/web/own"
	"jianbao/workflow"
	"jianbao/workflow/unitdoor"
)

var (
	askReceipt = fault.Say("cmd.ask-receipt", "签收：%s\n也可以直接回复“已收到”。", "To acknowledge receipt: %s\nor answer with “已收到”.")
	askByLink  = fault.Say("cmd.ask-receipt-link", "签收", "Acknowledge receipt")
	orByReply  = fault.Say("cmd.ask-receipt-reply", "也可以直接回复“已收到”。", "or answer with “已收到”.")
)

// receive wires where units acknowledge what they get. Without the address of the
// pages letters have no links; replies and clerks acknowledge all the same.
func (o *office) receive(m machine, site string) workflow.Receiving {
	r := workflow.Receiving{Desk: o.desk, Keep: o.store, Tray: o.store, Key: m.tickets, Site: site}
	o.receiving, o.scheduler.Receiving, o.scheduler.Chases = r, r, o.store
	return r
}

// withReceipt puts into a letter of an issue the link by which its unit
// acknowledges it. The slip is kept before any letter is composed, and the
// database has no link.
func withReceipt(ctx context.Context, r workflow.Receiving, content *mailer.Content) error {
	if content.ListID == "" || r.Link(content.Dispatch, uuid.Nil) == "" { // a notice or a reminder, or no pages
		return nil
	}
	if err := r.Offer(ctx, content.Dispatch); err != nil {
		return err
	}
	content.Personal = func(d mailer.Delivery) (text, page string) {
		link := r.Link(d.Dispatch, d.Unit)
		return "\n" + askReceipt.With(link).In(fault.ZH),
			`<p><a href="` + html.EscapeString(link) + `">` + askByLink.With().In(fault.ZH) + `</a> ` + html.EscapeString(orByReply.With().In(fault.ZH)) + `</p>`
	}
	return nil
}

// unitPages are the pages of units, who have no account. They have the key of
// receipts: whoever may acknowledge for a unit may see what it received.
func (o *office) unitPages() ownpages.Config {
	door := &unitdoor.Desk{Books: o.store, Files: o.store, Key: o.receiving.Key, Now: o.desk.Now, NewID: uuid.New}
	return ownpages.Config{Door: door, Units: o.store}
}
