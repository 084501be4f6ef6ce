package copies

import (
	"context"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	book "jianbao/recipients/copies"
	"jianbao/web/page"
	"jianbao/workflow"
)

// A deedForm is the form of one line of the table of deeds.
type deedForm struct {
	book.Deed
	// From are the accounts among which is chosen, where copies are there.
	From []book.Balance
}

// deeds makes the forms from the table. What takes copies from accounts none of
// which has any is left out.
func (v *view) deeds() {
	if !v.Out() {
		return
	}
	for _, d := range book.Deeds() {
		form := deedForm{Deed: d}
		if len(d.Where) > 0 && !d.Anyone {
			if form.From = v.places(d); len(form.From) == 0 {
				continue
			}
		}
		v.Deeds = append(v.Deeds, form)
	}
}

// places are the accounts that a deed can be about.
func (v *view) places(d book.Deed) (all []book.Balance) {
	turnsUp := d.Act == book.ActFind
	if turnsUp && v.Ledger.Balance(book.Account{Kind: book.Unexplained}) == 0 {
		return nil
	}
	for _, k := range d.Where {
		if k != book.Unit && turnsUp {
			all = append(all, book.Balance{Account: book.Account{Kind: k}, Count: v.Ledger.Balance(book.Account{Kind: k})})
			continue
		}
		for _, b := range v.Ledger.Balances() {
			if b.Account.Kind == k && (b.Count > 0 || turnsUp) {
				all = append(all, b)
			}
		}
	}
	return all
}

// deed enters what was done with copies.
func (rm *room) deed(w http.ResponseWriter, r *http.Request, s subject) {
	f, err := rm.read(w, r)
	deed, _ := book.DeedOf(book.Act(f.Get("act")))
	order := book.Order{Act: book.Act(f.Get("act")), Slip: book.Slip{Reason: f.text("reason"), Person: f.text("person")}}
	if deed.Entry {
		order.Seq = f.number("entry")
	} else {
		order.Count, order.Slip.Numbers = f.number("count"), f.numbers("numbers")
	}
	if err == nil {
		err = rm.where(r.Context(), s, deed, f, &order)
	}
	if err == nil {
		err = f.fault()
	}
	if err == nil {
		_, err = rm.Desk.Act(r.Context(), page.Actor(r), s.ID, workflow.Order{Act: workflow.Post, Print: workflow.PrintOrder{Deed: &order}})
	}
	rm.done(w, r, s, string(order.Act), err)
}

// where reads the account of a deed: chosen, or a unit by its name.
func (rm *room) where(ctx context.Context, s subject, deed book.Deed, f *fields, order *book.Order) error {
	switch {
	case len(deed.Where) == 0:
		return nil
	case deed.Anyone:
		unit, err := rm.unit(ctx, s, f.text("unit"))
		order.Account = book.OfUnit(unit)
		return err
	}
	account, err := book.ParseAccount(f.Get("account"))
	if err != nil || !slices.Contains(deed.Where, account.Kind) {
		f.wrong = append(f.wrong, noAccount.With())
	}
	order.Account = account
	return nil
}

// unit finds the one unit that a name means, as the lists of the series do.
func (rm *room) unit(ctx context.Context, s subject, name string) (uuid.UUID, error) {
	if name == "" {
		return uuid.Nil, fault.New(fault.Invalid, page.BadForm.With(), noUnit.With())
	}
	directory, err := rm.Reads.Directory(ctx, s.of.ID)
	if err != nil {
		return uuid.Nil, err
	}
	meant := recipients.Resolve(directory, s.of.Place, rm.Now(), []recipients.Listed{{Label: name, Text: name}}).All()
	if len(meant) != 1 {
		return uuid.Nil, fault.New(fault.Invalid, page.BadForm.With(), unknownUnit.With(name))
	}
	return meant[0].Unit, nil
}

// handOver enters that a unit took copies.
func (rm *room) handOver(w http.ResponseWriter, r *http.Request, s subject) {
	f, err := rm.read(w, r)
	h := book.Handover{
		At: f.time("at", s.of.Location()), Count: f.number("count"), Way: book.Way(f.Get("way")), To: f.text("to"),
		Numbers: f.numbers("numbers"), Note: f.text("note"),
	}
	unit, bad := uuid.Parse(f.Get("unit"))
	if h.Unit = unit; bad != nil {
		f.wrong = append(f.wrong, noUnit.With())
	}
	if err == nil {
		err = f.fault()
	}
	if err == nil {
		_, err = rm.Desk.Act(r.Context(), page.Actor(r), s.ID, workflow.Order{Act: workflow.HandOut, Print: workflow.PrintOrder{Hand: &h}})
	}
	rm.done(w, r, s, "hand", err)
}

// extra asks for a wider distribution, or decides on what was asked.
func (rm *room) extra(w http.ResponseWriter, r *http.Request, s subject) {
	f, err := rm.read(w, r)
	order := workflow.Order{Act: workflow.Act(f.Get("act")), Note: f.text("reason"), Print: workflow.PrintOrder{Extra: f.number("count")}}
	form := string(order.Act)
	switch order.Act {
	case workflow.Grant, workflow.Deny:
		if order.Unit, err = uuid.Parse(f.Get("unit")); err != nil {
			err = page.Unreadable(err)
		}
	default:
		order.Act, form = workflow.Widen, string(book.ActExtra)
		if err == nil {
			order.Unit, err = rm.unit(r.Context(), s, f.text("unit"))
		}
	}
	if err == nil {
		err = f.fault()
	}
	if err == nil {
		_, err = rm.Desk.Act(r.Context(), page.Actor(r), s.ID, order)
	}
	rm.done(w, r, s, form, err)
}
