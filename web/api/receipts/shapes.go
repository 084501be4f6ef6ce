package receipts

import (
	"time"

	"github.com/google/uuid"

	domain "jianbao/recipients/receipts"
	"jianbao/web/api/op"
)

// ReceiptLine is what is known of one unit of an issue.
type ReceiptLine struct {
	Unit    uuid.UUID `json:"unit" format:"uuid"`
	Name    string    `json:"name"`
	List    string    `json:"list,omitempty"`
	State   string    `json:"state" enum:"not-sent,bounced,uncertain,accepted,reached,handed-over,acknowledged,refused"`
	Title   op.Says   `json:"title"`
	Need    string    `json:"need,omitempty" enum:"came-back,in-doubt,halted,nowhere" doc:"why the unit waits for a person"`
	Version string    `json:"version" doc:"the digest of what was sent to it last"`
	Sent    time.Time `json:"sent,omitzero"`
	Copies  int       `json:"copies" doc:"the paper copies that it should get"`
	Handed  int       `json:"handed" doc:"those that were handed over"`
	Holds   *Receipt  `json:"holds,omitempty" doc:"the receipt that holds"`
	Shelved string    `json:"shelved,omitempty" doc:"why it is left as it is"`
	Calm    string    `json:"calm,omitempty" doc:"why nobody asks it any more"`
}

func lineOf(l domain.Line) ReceiptLine {
	out := ReceiptLine{
		Unit: l.Unit, Name: l.Name, List: l.Label, State: string(l.State), Title: op.Said(l.State.Title()), Need: string(l.Need()),
		Version: l.Version, Sent: l.Sent, Copies: l.Copies, Handed: l.Handed,
	}
	if r, any := l.Last(); any {
		holds := receiptOf(r)
		out.Holds = &holds
	}
	if l.Shelved != nil {
		out.Shelved = l.Shelved.Reason
	}
	if l.Calm != nil {
		out.Calm = l.Calm.Reason
	}
	return out
}

// Receipt is one acknowledgment of one version of an issue by one unit.
type Receipt struct {
	ID       uuid.UUID  `json:"id" format:"uuid"`
	Unit     uuid.UUID  `json:"unit" format:"uuid"`
	Means    string     `json:"means" enum:"link,code,reply,phone,sheet"`
	Verdict  string     `json:"verdict" enum:"received,rejected,void"`
	By       string     `json:"by"`
	At       time.Time  `json:"at"`
	Copies   int        `json:"copies" doc:"the paper copies that arrived"`
	Expected int        `json:"expected" doc:"those that were to"`
	Reason   string     `json:"reason,omitempty"`
	Evidence string     `json:"evidence,omitempty"`
	Entered  time.Time  `json:"entered"`
	Clerk    string     `json:"entered_by,omitempty" doc:"absent where the unit did it itself"`
	Corrects *uuid.UUID `json:"corrects,omitempty" format:"uuid"`
}

func receiptOf(r domain.Receipt) Receipt {
	return Receipt{
		ID: r.ID, Unit: r.Unit, Means: string(r.Means), Verdict: string(r.Verdict), By: r.By, At: r.At, Copies: r.Copies, Expected: r.Expected,
		Reason: r.Reason, Evidence: r.Evidence, Entered: r.Entered, Clerk: r.EnteredBy, Corrects: op.Maybe(r.Corrects),
	}
}

// ReceiptEntry is what a clerk enters.
type ReceiptEntry struct {
	Means    string     `json:"means,omitempty" enum:"phone,sheet,reply" doc:"how the clerk knows; of a mail it is reply"`
	Verdict  string     `json:"verdict" enum:"received,rejected,void"`
	By       string     `json:"by,omitempty" maxLength:"100" doc:"who received it"`
	At       time.Time  `json:"at,omitzero"`
	Copies   int        `json:"copies,omitempty" minimum:"0"`
	Reason   string     `json:"reason,omitempty" maxLength:"500"`
	Evidence string     `json:"evidence,omitempty" maxLength:"2000" doc:"the number that was rung, where the signed sheet lies"`
	Corrects *uuid.UUID `json:"corrects,omitempty" format:"uuid" doc:"the receipt in whose place this one stands"`
}

func (e ReceiptEntry) receipt() domain.Receipt {
	return domain.Receipt{
		Means: domain.Means(e.Means), Verdict: domain.Verdict(e.Verdict), By: e.By, At: e.At, Copies: e.Copies,
		Reason: e.Reason, Evidence: e.Evidence, Corrects: op.ID(e.Corrects),
	}
}
