package faults

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"jianbao/mailer"
)

// taken is what a relay took: the Message-IDs of the letters to each address.
type taken map[string][]string

// A row is a letter as the book has it.
type row struct {
	id, address string
	state       mailer.State
	token       string // of the claim under which it is held, if it is
}

// doubts are the letters that were behind their mark when something died: how
// often, by id.
type doubts map[string]int

// compare returns what is wrong between the book and what the relay took, when
// everything has come to its end.
func compare(book []row, took taken, doubtful doubts, policy mailer.Policy) (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	known := map[string]bool{}
	for _, r := range book {
		known[r.address] = true
		n, doubt := len(took[r.address]), doubtful[r.id]
		most := 1
		if policy == mailer.Resend {
			most += doubt
		}
		switch {
		case r.state == mailer.Uncertain && policy == mailer.Ask && doubt > 0:
		case r.state == mailer.Accepted && policy == mailer.Ask && doubt > 0:
			say("%s was behind its mark when its engine died, and is called accepted", r.address)
		case r.state == mailer.Accepted && n == 0:
			say("%s is called accepted and was not taken", r.address)
		case r.state == mailer.Uncertain:
			say("%s is called uncertain and nothing died while it was behind its mark", r.address)
		case r.state != mailer.Accepted:
			say("%s is %s in the end", r.address, r.state)
		}
		if n > most {
			say("%s was taken %d times, at most %d are to be", r.address, n, most)
		}
		for _, id := range took[r.address] {
			if want := r.id + "@bench.example"; id != want {
				say("%s was taken as %s, want %s", r.address, id, want)
			}
		}
	}
	for _, address := range slices.Sorted(maps.Keys(took)) {
		if !known[address] {
			say("%s was taken and is not in the book", address)
		}
	}
	return wrong
}

// TestTheComparisonSees says of every promise what a broken one looks like: a
// comparison that finds nothing is worth what it would find.
func TestTheComparisonSees(t *testing.T) {
	one := func(state mailer.State) []row { return []row{{id: "1", address: "a@x", state: state}} }
	took := func(n int) taken { return taken{"a@x": slices.Repeat([]string{"1@bench.example"}, n)} }
	died := doubts{"1": 1}
	for _, c := range []struct {
		name     string
		book     []row
		took     taken
		doubtful doubts
		policy   mailer.Policy
		wrong    int
	}{
		{"sent", one(mailer.Accepted), took(1), nil, mailer.Ask, 0},
		{"lost", one(mailer.Accepted), nil, nil, mailer.Ask, 1},
		{"doubled", one(mailer.Accepted), took(2), nil, mailer.Ask, 1},
		{"never sent", one(mailer.Queued), nil, nil, mailer.Ask, 1},
		{"still held", one(mailer.Data), took(1), died, mailer.Ask, 1},
		{"uncertain, and it went", one(mailer.Uncertain), took(1), died, mailer.Ask, 0},
		{"uncertain, and it did not", one(mailer.Uncertain), nil, died, mailer.Ask, 0},
		{"uncertain, and it went twice", one(mailer.Uncertain), took(2), died, mailer.Ask, 1},
		{"uncertain for nothing", one(mailer.Uncertain), took(1), nil, mailer.Ask, 1},
		{"behind its mark and not listed", one(mailer.Accepted), took(1), died, mailer.Ask, 1},
		{"sent again", one(mailer.Accepted), took(2), died, mailer.Resend, 0},
		{"sent again for nothing", one(mailer.Accepted), took(2), nil, mailer.Resend, 1},
		{"sent again too often", one(mailer.Accepted), took(3), died, mailer.Resend, 1},
		{"sent again under another name", one(mailer.Accepted), taken{"a@x": {"1@bench.example", "2@bench.example"}}, died, mailer.Resend, 1},
		{"lost under resend", one(mailer.Uncertain), nil, died, mailer.Resend, 1},
		{"to nobody", one(mailer.Accepted), taken{"a@x": {"1@bench.example"}, "b@x": {"2@bench.example"}}, nil, mailer.Ask, 1},
	} {
		if wrong := compare(c.book, c.took, c.doubtful, c.policy); len(wrong) != c.wrong {
			t.Errorf("%s: %q, want %d complaints", c.name, wrong, c.wrong)
		}
	}
}
