package receipts

import (
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/fault"
)

func TestTheFirstReceiptHoldsUntilItIsCorrected(t *testing.T) {
	first := Receipt{ID: uuid.New(), Verdict: Received, By: "张三", Means: ByLink}
	second := Receipt{ID: uuid.New(), Verdict: Received, By: "李四", Means: ByReply}
	better := Receipt{ID: uuid.New(), Verdict: Rejected, By: "王五", Corrects: first.ID}
	void := Receipt{ID: uuid.New(), Verdict: Void, Corrects: better.ID}
	for name, c := range map[string]struct {
		all  []Receipt
		want string
	}{
		"none":                      {nil, ""},
		"one":                       {[]Receipt{first}, "张三"},
		"a second one beside it":    {[]Receipt{first, second}, "张三"},
		"corrected":                 {[]Receipt{first, better}, "王五"},
		"corrected after another":   {[]Receipt{first, second, better}, "王五"},
		"voided":                    {[]Receipt{first, better, void}, ""},
		"signed after it was void":  {[]Receipt{first, better, void, second}, "李四"},
		"a correction of what went": {[]Receipt{first, better, {ID: uuid.New(), By: "赵六", Verdict: Received, Corrects: first.ID}}, "王五"},
	} {
		if got, any := Standing(c.all); got.By != c.want || any != (c.want != "") {
			t.Errorf("%s: %q holds, want %q", name, got.By, c.want)
		}
	}
	if by, found := Corrected([]Receipt{first, better}, first.ID); !found || by.By != "王五" {
		t.Errorf("%+v", by)
	}
}

func TestWhatMayBeAdded(t *testing.T) {
	first := Receipt{ID: uuid.New(), Verdict: Received, By: "张三", Means: ByLink}
	for name, c := range map[string]struct {
		before []Receipt
		r      Receipt
		code   fault.Code
	}{
		"the first":                {nil, Receipt{Means: ByPhone, EnteredBy: "文书"}, ""},
		"another reply":            {[]Receipt{first}, Receipt{Means: ByReply}, ""},
		"a clerk, without a word":  {[]Receipt{first}, Receipt{Means: ByPhone, EnteredBy: "文书"}, fault.Conflict},
		"a clerk, out of the tray": {[]Receipt{first}, Receipt{Means: ByReply, EnteredBy: "文书"}, fault.Conflict},
		"a clerk, in its place":    {[]Receipt{first}, Receipt{Means: ByPhone, EnteredBy: "文书", Corrects: first.ID}, ""},
		"in the place of another":  {[]Receipt{first}, Receipt{Means: ByPhone, EnteredBy: "文书", Corrects: uuid.New()}, fault.Conflict},
		"in the place of nothing":  {nil, Receipt{Means: ByPhone, EnteredBy: "文书", Corrects: first.ID}, fault.Conflict},
		"nothing is voided":        {nil, Receipt{Verdict: Void, EnteredBy: "文书"}, fault.Conflict},
		"voided without a name":    {[]Receipt{first}, Receipt{Verdict: Void, EnteredBy: "文书"}, fault.Conflict},
		"voided":                   {[]Receipt{first}, Receipt{Verdict: Void, EnteredBy: "文书", Corrects: first.ID}, ""},
	} {
		if err := Admit(c.before, c.r); c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
	}
}

// TestWhatIsAdmittedNeverHidesAnother adds receipts as they are admitted: what
// holds changes by a correction or a void alone.
func TestWhatIsAdmittedNeverHidesAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []Receipt
		for range rapid.IntRange(1, 20).Draw(t, "n") {
			before, held := Standing(all)
			r := Receipt{ID: uuid.New(), Verdict: rapid.SampledFrom([]Verdict{Received, Rejected, Void}).Draw(t, "verdict"), Means: rapid.SampledFrom(AllMeans).Draw(t, "means")}
			if r.Means.ByClerk() {
				r.EnteredBy = "文书"
			}
			if len(all) > 0 && rapid.Bool().Draw(t, "corrects") {
				r.Corrects = rapid.SampledFrom(all).Draw(t, "which").ID
			}
			if Admit(all, r) != nil {
				continue
			}
			all = append(all, r)
			after, holds := Standing(all)
			if held && r.Corrects == uuid.Nil && (!holds || after.ID != before.ID) {
				t.Fatalf("%+v went without a correction", before)
			}
			if holds && after.Verdict == Void {
				t.Fatal("a void receipt holds")
			}
		}
	})
}
