package workflow

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/copies"
)

var (
	deedDone    = fault.Say("workflow.fact.posted", "%s：%d份，%s → %s", "%s: %d copies, from %s to %s")
	deedNumbers = fault.Say("workflow.fact.posted-numbers", "份号%s", "numbers %s")
	deedPerson  = fault.Say("workflow.fact.posted-person", "相关人：%s", "with %s")
	deedWhy     = fault.Say("workflow.fact.posted-why", "事由：%s", "because %s")
	handedOver  = fault.Say("workflow.fact.handed-over", "%s领取%d份（%s），接收人%s", "%s took %d copies (%s), by %s")
	askFirst    = fault.Say("workflow.ask-first", "增发扩大了分发范围，须先申请、经审核或签发人同意（条例第三十一条）", "more copies widen the distribution: ask first, and the reviewer or signatory decides (Regulation art. 31)")
)

var (
	// deedTaken: the ledger itself says what cannot be, and a wider distribution
	// is not entered like other acts.
	deedTaken = Rule{"deed-taken",
		fault.Say("workflow.rule.deed-taken", "台账记得下：份数够，经办、事由和相关人写明", "the ledger takes it: there are so many copies, and who and why is said"),
		func(c Case) []fault.Reason {
			o := c.Order.Print.Deed
			if o == nil || c.Ledger == nil {
				return nil
			}
			if deed, _ := copies.DeedOf(o.Act); deed.Consent {
				return []fault.Reason{askFirst.With()}
			}
			_, err := c.entries(*o)
			return reasonsOf(err)
		}}
	handTaken = Rule{"hand-taken",
		fault.Say("workflow.rule.hand-taken", "交接的份数是该单位的，且没有交过", "the copies handed over are the unit's, and were not handed over before"),
		func(c Case) []fault.Reason {
			if c.Order.Print.Hand == nil || c.Ledger == nil {
				return nil
			}
			_, err := c.handover()
			return reasonsOf(err)
		}}
)

func reasonsOf(err error) []fault.Reason {
	if err == nil {
		return nil
	}
	if f := fault.As(err); f != nil && len(f.Reasons) > 0 {
		return f.Reasons
	}
	return []fault.Reason{fault.Shown(err).Message}
}

// entries are what a deed would add to the ledger.
func (c Case) entries(o copies.Order) ([]copies.Entry, error) {
	o.Slip = c.slip(o.Slip)
	return c.Ledger.Do(o)
}

// applyPost adds to the ledger what was done with copies, and says so in the
// history.
func applyPost(c Case, next *Change) []fault.Reason {
	entries, err := c.entries(*c.Order.Print.Deed)
	if err != nil {
		return reasonsOf(err) // deedTaken has said so already
	}
	next.Moved = entries
	return c.entered(entries)
}

// entered says what entries do, in words that read the same for ever.
func (c Case) entered(entries []copies.Entry) (facts []fault.Reason) {
	for _, e := range entries {
		facts = append(facts, deedDone.With(e.Act.Title().In(fault.ZH), e.Count, c.account(e.From), c.account(e.To)))
		if len(e.Numbers) > 0 {
			facts = append(facts, deedNumbers.With(e.Numbers.String()))
		}
	}
	last := entries[len(entries)-1]
	if last.Person != "" {
		facts = append(facts, deedPerson.With(last.Person))
	}
	if last.Reason != "" {
		facts = append(facts, deedWhy.With(last.Reason))
	}
	return facts
}

func (c Case) handover() (copies.Handover, error) {
	h := *c.Order.Print.Hand
	h.By, h.ID = c.Actor.Name(), c.slip(copies.Slip{}).NewID()
	h.To, h.Note, h.At = strings.TrimSpace(h.To), strings.TrimSpace(h.Note), moment(h.At)
	return copies.HandOver(c.Ledger, c.Handed, h)
}

// applyHandOut enters that a unit took its copies.
func applyHandOut(c Case, next *Change) []fault.Reason {
	h, err := c.handover()
	if err != nil {
		return reasonsOf(err) // handTaken has said so already
	}
	next.HandedOut = &h
	facts := []fault.Reason{handedOver.With(c.unitName(h.Unit), h.Count, h.Way.Title().In(fault.ZH), h.To)}
	if len(h.Numbers) > 0 {
		facts = append(facts, deedNumbers.With(h.Numbers.String()))
	}
	return facts
}

// nameUnit finds what the unit of an order is called. It fails with fault.Invalid
// where neither the issue nor the directory knows it.
func (d *Desk) nameUnit(ctx context.Context, id uuid.UUID, order *Order) error {
	unit := order.Unit
	if order.Act == Post {
		if order.Print.Deed == nil || order.Print.Deed.Account.Kind != copies.Unit {
			return nil
		}
		unit = order.Print.Deed.Account.Unit
	}
	issue, series, err := d.load(ctx, id)
	if err != nil {
		return err
	}
	directory, err := d.Books.Directory(ctx, series.ID)
	if err != nil {
		return err
	}
	name, _ := addressesOf(directory, issue, unit)
	if name == "" {
		name, _ = issue.granted(unit)
	}
	if order.Print.Name = name; name == "" {
		return fault.New(fault.Invalid, notEntered.With(), unknownOne.With())
	}
	return nil
}

var notEntered = fault.Say("workflow.not-entered", "没有记入", "nothing was entered")
