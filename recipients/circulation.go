package recipients

import (
	"slices"

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
	Printed string `json:"printed"`
	// Name is the name in full where the list writes a part of it only once:
	// 鄂尔多斯市人大常委会 for 市人大常委会; "" where it is Printed.
	Name string `json:"name,omitempty"`
	// Before is the separator in front where it is not 、; the first entry of a
	// list has none.
	Before     string      `json:"before,omitempty"`
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
	Label      string
	Entry      string
	Collective bool // the entry stands for several units
	Recipient
}

// All returns every recipient in printed order. A unit that stands twice is
// returned twice; [Circulation.Check] says so.
func (c Circulation) All() []Place {
	var all []Place
	for _, l := range c.Lists {
		for _, e := range l.Entries {
			for _, r := range e.Recipients {
				all = append(all, Place{Label: l.Label, Entry: e.Printed, Collective: e.Collective, Recipient: r})
			}
		}
	}
	return all
}

// WithCopies returns the circulation with other numbers of copies: one for each
// of [Circulation.All], in that order. With fewer it returns it as it is. What was
// changed is no assumption any more.
func (c Circulation) WithCopies(given []int) Circulation {
	n := 0
	next := Circulation{Lists: slices.Clone(c.Lists)}
	for l := range next.Lists {
		entries := slices.Clone(next.Lists[l].Entries)
		for e := range entries {
			entries[e].Recipients = slices.Clone(entries[e].Recipients)
			for r := range entries[e].Recipients {
				if n >= len(given) {
					return c
				}
				if to := &entries[e].Recipients[r]; to.Copies != given[n] {
					to.Copies, to.CopiesAssumed = given[n], false
				}
				n++
			}
		}
		next.Lists[l].Entries = entries
	}
	return next
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

// An Unsettled is a name that means no unit, or more than one.
type Unsettled struct {
	Name    string // in full, as the directory looks it up
	Label   string // of the list
	Printed string
	// Candidates are the units between which the directory cannot choose.
	Candidates []Candidate
}

// Unsettled returns every name that means no unit, or more than one, each once,
// in printed order.
func (c Circulation) Unsettled() (all []Unsettled) {
	for _, l := range c.Lists {
		for _, e := range l.Entries {
			known := slices.ContainsFunc(all, func(u Unsettled) bool { return u.Name == e.FullName() })
			if len(e.Recipients) == 0 && !known {
				all = append(all, Unsettled{Name: e.FullName(), Label: l.Label, Printed: e.Printed, Candidates: e.Candidates})
			}
		}
	}
	return all
}

// FullName returns the name of the entry in full.
func (e Entry) FullName() string {
	if e.Name != "" {
		return e.Name
	}
	return e.Printed
}

// Paper returns the paper copies the recipient gets: none where its channel is
// mail alone.
func (r Recipient) Paper() int {
	if r.Channel.Prints() {
		return r.Copies
	}
	return 0
}
