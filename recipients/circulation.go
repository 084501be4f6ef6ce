package recipients

import (
	"github.com/google/uuid"
)

// A Circulation is the distribution of one issue: its lists as printed and the
// units they mean, as they were on the day. It is a snapshot: later changes of
// the directory never rewrite it.
type Circulation struct {
	Lists []List `json:"lists"`
}

// A List is 报, 送, 发 … with its entries in printed order.
type List struct {
	Label   string  `json:"label"`
	Entries []Entry `json:"entries"`
}

// An Entry is one name of a list. Printed is the name as the list writes it.
// A collective entry has several Recipients, an unknown one none.
type Entry struct {
	Printed    string      `json:"printed"`
	Collective bool        `json:"collective,omitempty"`
	Recipients []Recipient `json:"recipients,omitempty"`
	// Candidates name the units between which a person must choose.
	Candidates []Candidate `json:"candidates,omitempty"`
}

// A Candidate is a unit that an ambiguous name may mean.
type Candidate struct {
	Unit uuid.UUID `json:"unit"`
	Name string    `json:"name"`
}

// A Recipient is a unit as it stood in the directory when the name was
// resolved.
type Recipient struct {
	Unit          uuid.UUID `json:"unit"`
	Name          string    `json:"name"`            // full name
	Words         string    `json:"words,omitempty"` // what the entry calls it: 鄂尔多斯市委领导
	Addresses     []string  `json:"addresses,omitempty"`
	Channel       Channel   `json:"channel"`
	Copies        int       `json:"copies"`
	CopiesAssumed bool      `json:"copies_assumed,omitempty"`
}

// A Place is one recipient with the list and the entry it stands in.
type Place struct {
	Label string
	Entry string
	Recipient
}

// All returns every recipient in printed order. A unit that stands twice is
// returned twice; [Circulation.Check] says so.
func (c Circulation) All() []Place {
	var all []Place
	for _, l := range c.Lists {
		for _, e := range l.Entries {
			for _, r := range e.Recipients {
				all = append(all, Place{Label: l.Label, Entry: e.Printed, Recipient: r})
			}
		}
	}
	return all
}

// Unknown returns the names that mean no unit, or more than one, in order.
func (c Circulation) Unknown() []string {
	var names []string
	for _, l := range c.Lists {
		for _, e := range l.Entries {
			if len(e.Recipients) == 0 {
				names = append(names, e.Printed)
			}
		}
	}
	return names
}
