package receipts

import (
	"testing"

	"pgregory.net/rapid"
)

func TestOneStateOfAllAddressesAndPaper(t *testing.T) {
	for name, c := range map[string]struct {
		facts Facts
		want  State
	}{
		"nothing":                        {Facts{}, NotSent},
		"queued":                         {Facts{Letters: []Fate{Waiting}}, NotSent},
		"failed":                         {Facts{Letters: []Fate{Failed}}, Bounced},
		"all failed":                     {Facts{Letters: []Fate{Failed, Failed}}, Bounced},
		"failed, the next waits":         {Facts{Letters: []Fate{Failed, Waiting}}, NotSent},
		"failed, the next taken":         {Facts{Letters: []Fate{Failed, Taken}}, Accepted},
		"stopped":                        {Facts{Letters: []Fate{Stopped, Failed}}, NotSent},
		"perhaps gone":                   {Facts{Letters: []Fate{Perhaps}}, Uncertain},
		"perhaps gone, the next waits":   {Facts{Letters: []Fate{Waiting, Perhaps}}, Uncertain},
		"answered":                       {Facts{Letters: []Fate{Taken, Answered}}, Reached},
		"paper alone":                    {Facts{Handed: 2}, HandedOver},
		"paper, its mail came back":      {Facts{Letters: []Fate{Failed}, Handed: 1}, HandedOver},
		"signed":                         {Facts{Letters: []Fate{Taken}, Verdict: Received}, Acknowledged},
		"signed though the mail bounced": {Facts{Letters: []Fate{Failed}, Verdict: Received}, Acknowledged},
		"rejected":                       {Facts{Letters: []Fate{Taken}, Handed: 1, Verdict: Rejected}, Refused},
	} {
		if got := StateOf(c.facts); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestTheOrderOfAddressesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SliceOf(rapid.SampledFrom([]Fate{Waiting, Stopped, Failed, Perhaps, Taken, Answered})).Draw(t, "letters")
		turned := rapid.Permutation(letters).Draw(t, "turned")
		if a, b := StateOf(Facts{Letters: letters}), StateOf(Facts{Letters: turned}); a != b {
			t.Fatalf("%s and %s", a, b)
		}
		last := rapid.SampledFrom([]Verdict{Received, Rejected}).Draw(t, "last")
		if got := StateOf(Facts{Letters: letters, Verdict: last}); !got.Settled() {
			t.Fatalf("%s after %s", got, last)
		}
	})
}

func TestEveryTitleIsSaid(t *testing.T) {
	for _, s := range States {
		if s.Title().Key == string(s) {
			t.Errorf("state %s has no title", s)
		}
	}
	for _, m := range AllMeans {
		if m.Title().Key == string(m) {
			t.Errorf("means %s has no title", m)
		}
	}
	for _, v := range []Verdict{Received, Rejected, Void} {
		if v.Title().Key == string(v) {
			t.Errorf("verdict %s has no title", v)
		}
	}
}
