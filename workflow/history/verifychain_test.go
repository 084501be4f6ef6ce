package history

import (
	"crypto/ed25519"
	"encoding/json"
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/workflow"
)

// rehash makes a chain agree with itself again from a line on, as whoever
// knows how it is made can.
func (c *Chain) rehash(t *testing.T, from int, change func(*workflow.Event)) {
	for n := from - 1; n < len(c.Lines); n++ {
		var e workflow.Event
		must(t, json.Unmarshal([]byte(c.Lines[n].Raw), &e))
		if n == from-1 {
			change(&e)
		}
		if n > 0 {
			e.Prev = c.Lines[n-1].Hash
		}
		raw, err := json.Marshal(e)
		must(t, err)
		c.Lines[n].Raw, c.Lines[n].Hash = string(raw), hashOf(raw)
	}
	c.Head = c.Lines[len(c.Lines)-1].Hash
}

func TestWhatIsSaidOfAChain(t *testing.T) {
	note := func(e *workflow.Event) { e.Note = "x" }
	for name, c := range map[string]struct {
		do   func(c *Chain)
		want fault.Reason
		line int
		root int
	}{
		"one line with its hash": {func(c *Chain) { cut := *c; cut.Lines = c.Lines[:2]; cut.rehash(t, 2, note) }, lineLoose.With(3), 3, 0},
		"all before the first root": {func(c *Chain) { c.rehash(t, 1, note) },
			rewritten.With(1, 2, 1, "2021-07-15"), 1, 1},
		"all behind the first root": {func(c *Chain) { c.rehash(t, 3, note) },
			rewritten.With(3, 4, 2, "2021-07-16"), 3, 2},
		"nothing that a root has seen": {func(c *Chain) { c.rehash(t, 5, note) }, fault.Reason{}, 0, 0},
		"a tail with the issue": {func(c *Chain) { c.Lines, c.Count, c.Head = c.Lines[:3], 3, c.Lines[2].Hash },
			cutSince.With(2, "2021-07-16", 4, 3), 4, 2},
		"a tail":                 {func(c *Chain) { c.Lines = c.Lines[:4] }, tailCut.With(5, 4), 5, 0},
		"the last hash":          {func(c *Chain) { c.Head = "x" }, headOther.With(5), 5, 0},
		"a time beside the line": {func(c *Chain) { c.Lines[1].At = c.Lines[1].At.Add(1) }, lineForeign.With(2), 2, 0},
		"an act beside the line": {func(c *Chain) { c.Lines[1].Act = workflow.Approve }, lineForeign.With(2), 2, 0},
		"a line twice":           {func(c *Chain) { c.Lines = append(c.Lines[:2:2], c.Lines[1:]...) }, lineTwice.With(2), 2, 0},
		"two lines":              {func(c *Chain) { c.Lines = append(c.Lines[:1:1], c.Lines[3:]...) }, linesGone.With(2, 3), 2, 0},
	} {
		t.Run(name, func(t *testing.T) {
			m := &memory{}
			n, now := notary(t, m)
			chain := m.issue()
			for day := range 2 { // two lines before each of two roots, and one more
				*now = time.Date(2021, 7, 15+day, 1, 0, 0, 0, time.UTC)
				chain.grow("a")
				chain.grow("b")
				made(t, n, true)
			}
			chain.grow("c")
			c.do(chain)
			r, err := n.Check(t.Context())
			must(t, err)
			if c.line == 0 {
				if len(r.Findings) != 0 {
					t.Errorf("%+v", r.Findings)
				}
				return
			}
			if len(r.Findings) == 0 {
				t.Fatal("nothing was found")
			}
			f := r.Findings[0]
			if f.Reason.In(fault.ZH) != c.want.In(fault.ZH) || f.Line != c.line || f.Root != c.root || f.Name != chain.Name {
				t.Errorf("%s: %+v, not %s", f.Reason.In(fault.ZH), r.Findings, c.want.In(fault.ZH))
			}
		})
	}
}

// Whoever has the key can sign what is not so; the roots contradict one another
// then.
func TestRootsThatContradictOneAnother(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	m := &memory{}
	m.issue().grow("a")
	first, err := Next(nil, m.links(), time.Unix(0, 0), key)
	must(t, err)
	for want, change := range map[string]func(*Root){
		rootLoose.Key: func(r *Root) { r.Prev = "x" },
		rootSum.Key:   func(r *Root) { r.All = "x" },
	} {
		second, err := Next([]Sealed{first}, m.links(), time.Unix(1, 0), key)
		must(t, err)
		root, err := second.Root()
		must(t, err)
		change(&root)
		raw, err := json.Marshal(root)
		must(t, err)
		m.roots = []Sealed{first, {Raw: raw, Hash: hashOf(raw), Signature: ed25519.Sign(key, append([]byte(sealed), raw...))}}
		r, err := Verify(t.Context(), m, nil, []ed25519.PublicKey{key.Public().(ed25519.PublicKey)})
		must(t, err)
		if got := keys(r); len(got) != 1 || got[0] != want || r.Findings[0].Root != 2 {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
