package workflow

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
)

var (
	sentAgain  = fault.Say("workflow.fact.resent", "向%s补发：%s", "sent again to %s: %s")
	noAddress  = fault.Say("workflow.no-address", "%s没有可用的邮箱地址；请先在单位名录里补上", "%s has no mail address; enter one in the directory first")
	notResent  = fault.Say("workflow.not-resent", "不能补发", "it cannot be sent again")
	notOfUnit  = fault.Say("workflow.not-of-unit", "%q不是%s的地址；请先在单位名录里登记", "%q is no address of %s; enter it in the directory first")
	unknownOne = fault.Say("workflow.unknown-unit", "名录里没有这个单位，也没有发给它的记录", "neither the directory nor the issue has such a unit")
)

// applyResend sends the very content of the release again, to one unit: by
// mail, on paper, or both.
func applyResend(c Case, next *Change) (facts []fault.Reason) {
	name, _ := c.recipient(c.Order.Unit)
	if len(c.Order.Addresses) > 0 {
		next.Release = &Sending{
			ID: c.Order.NewID(), Issue: c.Issue.ID, Series: c.Issue.Series, At: moment(c.Now), Digest: c.Issue.Digest(), Purpose: Resent,
			From: c.Series.Masthead, Mailbox: c.Series.Mailbox,
			Letters: []Letter{{ID: c.Order.NewID(), Unit: c.Order.Unit, Name: name, Addresses: c.Order.Addresses}},
		}
		facts = append(facts, sentAgain.With(name, strings.Join(c.Order.Addresses, "；")))
	}
	next.Moved, _ = c.paper() // a rule has looked whether that can be
	if c.Order.Copies > 0 {
		facts = append(facts, sentPaper.With(name, c.Order.Copies))
	}
	c.rule(next)
	return facts
}

// address finds where an order to send again goes: to the address that it names,
// which must be the unit's, or to all that the unit has in their order.
func (d *Desk) address(ctx context.Context, id uuid.UUID, order *Order) error {
	issue, series, err := d.load(ctx, id)
	if err != nil {
		return err
	}
	directory, err := d.Books.Directory(ctx, series.ID)
	if err != nil {
		return err
	}
	name, has := addressesOf(directory, issue, order.Unit)
	reasons := unless(name != "", unknownOne.With())
	paper := order.Copies > 0 && len(order.Addresses) == 0
	reasons = append(reasons, unless(name == "" || len(has) > 0 || paper, noAddress.With(name))...)
	for _, wanted := range order.Addresses {
		reasons = append(reasons, unless(name == "" || slices.Contains(has, wanted), notOfUnit.With(wanted, name))...)
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, notResent.With(), reasons...)
	}
	if len(order.Addresses) == 0 && !paper {
		order.Addresses = has
	}
	return nil
}

// addressesOf are those that the directory has for a unit by now, and then
// those that it was listed with.
func addressesOf(d recipients.Directory, issue Issue, unit uuid.UUID) (name string, all []string) {
	for _, u := range d.Units {
		if u.ID == unit {
			name, all = u.Name, u.Mailboxes()
		}
	}
	for _, place := range issue.Circulation.All() {
		if place.Unit != unit {
			continue
		}
		name = place.Name
		for _, a := range place.Addresses {
			if !slices.Contains(all, a) {
				all = append(all, a)
			}
		}
	}
	return name, all
}
