package receipts

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jianbao/recipients"
)

func TestWhoWaitsForAPerson(t *testing.T) {
	at := func(f Fate) []Letter { return []Letter{{Fate: f, Address: "a@b.example", At: noon}} }
	for name, c := range map[string]struct {
		line Line
		want Need
	}{
		"bounced":                         {Line{State: Bounced, Letters: at(Failed)}, CameBack},
		"bounced, paper is planned too":   {Line{State: Bounced, Letters: at(Failed), Copies: 1}, CameBack},
		"bounced, paper was given":        {Line{State: Bounced, Letters: at(Failed), Copies: 1, Given: 1}, ""},
		"bounced and shelved":             {Line{State: Bounced, Letters: at(Failed), Shelved: &Ruling{At: noon}}, ""},
		"it bounced after it was shelved": {Line{State: Bounced, Letters: at(Failed), Shelved: &Ruling{At: noon.Add(-time.Hour)}}, CameBack},
		"perhaps gone":                    {Line{State: Uncertain, Letters: at(Perhaps)}, InDoubt},
		"held":                            {Line{State: NotSent, Letters: at(Stopped)}, Halted},
		"queued":                          {Line{State: NotSent, Letters: at(Waiting)}, ""},
		"paper alone":                     {Line{State: NotSent, Copies: 2}, ""},
		"nothing at all":                  {Line{State: NotSent}, Nowhere},
		"signed though it bounced":        {Line{State: Acknowledged, Letters: at(Failed)}, ""},
		"taken":                           {Line{State: Accepted, Letters: at(Taken)}, ""},
	} {
		if got := c.line.Need(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for _, n := range Needs {
		if n.Title().Key == string(n) {
			t.Errorf("need %s has no title", n)
		}
	}
}

// TestNoUnitIsPassedOverInSilence takes whatever can become of a unit: it has
// answered or can, something is on its way to it, a person decided to leave it,
// or it waits for a person.
func TestNoUnitIsPassedOverInSilence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Line{Copies: rapid.IntRange(0, 2).Draw(t, "copies")}
		var fates []Fate
		for range rapid.IntRange(0, 4).Draw(t, "letters") {
			f := rapid.SampledFrom([]Fate{Waiting, Stopped, Failed, Perhaps, Taken, Answered}).Draw(t, "fate")
			l.Letters, fates = append(l.Letters, Letter{Fate: f, At: noon.Add(time.Duration(rapid.IntRange(0, 9).Draw(t, "hour")) * time.Hour)}), append(fates, f)
		}
		l.Handed = rapid.IntRange(0, l.Copies).Draw(t, "handed")
		l.State = StateOf(Facts{Letters: fates, Handed: l.Handed, Verdict: rapid.SampledFrom([]Verdict{"", Received, Rejected}).Draw(t, "verdict")})
		if rapid.Bool().Draw(t, "shelved") {
			l.Shelved = &Ruling{At: noon.Add(5 * time.Hour)}
		}
		coming := slices.Contains(fates, Waiting) || l.Copies > l.Handed && !slices.Contains(fates, Failed) && !slices.Contains(fates, Stopped)
		if l.State.Settled() || l.State.Got() && l.State != Uncertain || coming || l.shelved() || l.Given > 0 {
			return
		}
		if l.Need() == "" {
			t.Fatalf("nobody knows of %+v", l)
		}
	})
}

func TestTheAddressesThatAreLeft(t *testing.T) {
	u := recipients.Unit{Addresses: []string{"a@b.example", "b@b.example"}, Contact: recipients.Contact{Addresses: []string{"zs@b.example"}}, Deputy: recipients.Contact{Addresses: []string{"b@b.example"}}}
	l := Line{Letters: []Letter{{Address: "a@b.example", Fate: Failed}, {Address: "zs@b.example", Fate: Taken}}}
	if got := l.Untried(u); !slices.Equal(got, []string{"b@b.example", "zs@b.example"}) {
		t.Errorf("%q", got)
	}
}
