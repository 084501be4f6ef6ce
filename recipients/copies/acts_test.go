package copies

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/fault"
)

func slip() Slip {
	return Slip{At: day, By: "收发", Reason: "清点", Person: "贾丽", NewID: uuid.New}
}

// numbered is the book of the real bulletin with copy numbers 1 to 20: the
// first unit of 报 has 1 and 2, the first of 送 has 9, 20 is on file.
func numbered(t *testing.T) *Ledger {
	t.Helper()
	l := New(nil)
	if err := l.Post(Opening(withNumbers(t, seedPlan()), day, "收发", fault.ZH, uuid.New)...); err != nil {
		t.Fatal(err)
	}
	return l
}

// withNumbers gives a plan the copy numbers from 1 on.
func withNumbers(t interface{ Fatal(...any) }, p Plan) Plan {
	p, wrong := p.Number(1, nil)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return p
}

// taken posts the entries of an act, or the test ends.
func taken(t *testing.T, l *Ledger) func([]Entry, error) []Entry {
	return func(all []Entry, err error) []Entry {
		t.Helper()
		if err == nil {
			err = l.Post(all...)
		}
		if err != nil {
			t.Fatal(fault.As(err).In(fault.ZH))
		}
		return all
	}
}

var (
	first = id("报四大班子甲") // 2 copies
	peer  = id("送甲")     // 1 copy
	stock = Account{Kind: Stock}
)

func TestTheLifeOfAnIssueOnPaper(t *testing.T) {
	l := opened(t, seedPlan())
	do := taken(t, l)
	do(l.Reprint(slip(), 5))
	do(l.Spoil(slip(), stock, 1))
	do(l.Printed(slip(), 24))
	do(l.Extra(slip(), id("新单位"), 4))
	do(l.Copy(slip(), peer, 10))
	do(l.Return(slip(), first, 1))
	do(l.Recall(slip(), peer, 11))
	do(l.Destroy(slip(), Account{Kind: Returned}, 12))
	do(l.Lose(slip(), OfUnit(first), 1))
	do(l.Find(slip(), stock, 1))
	do(l.File(slip(), 1))
	do(l.Correct(slip(), len(l.Entries())))
	if got, want := l.Sentence(fault.ZH), "35 = 各单位 20＋存档 1＋库存 1＋印废 1＋销毁 12"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := l.Verify(); err != nil {
		t.Error(err)
	}
	last := l.Entries()[len(l.Entries())-1]
	if last.Act != ActCorrect || last.From.Kind != OnFile || last.To.Kind != Stock || last.By != "收发" || last.Person != "贾丽" || last.Reason != "清点" {
		t.Errorf("%+v", last)
	}
	if out := l.Outstanding(); len(out) != 14 || out[0].Account == OfUnit(first) {
		t.Errorf("outstanding: %v", out)
	}
}

func TestLaterCopiesArePrintedWhereTheStockIsShort(t *testing.T) {
	l := opened(t, seedPlan())
	do := taken(t, l)
	do(l.Reprint(slip(), 1))
	all := do(l.Extra(slip(), id("新单位"), 3))
	if len(all) != 2 || all[0].Act != ActReprint || all[0].Count != 2 || all[1].Count != 3 || l.Made() != 23 {
		t.Errorf("%+v", all)
	}
}

func TestActsThatAreRefused(t *testing.T) {
	l := opened(t, seedPlan())
	without := func(change func(*Slip)) Slip { s := slip(); change(&s); return s }
	noReason := without(func(s *Slip) { s.Reason = " " })
	noPerson := without(func(s *Slip) { s.Person = "" })
	err := func(_ []Entry, err error) error { return err }
	for _, c := range []struct {
		err  error
		want string
	}{
		{err(l.Printed(slip(), 20)), "实印数与台账一致"},
		{err(l.Printed(slip(), 19)), "库存只有0份，不能转出1份"},
		{err(l.Printed(noReason, 19)), "没有写明原因"},
		{err(l.Spoil(slip(), stock, 1)), "库存只有0份"},
		{err(l.Spoil(slip(), Account{Kind: OnFile}, 1)), "存档的份数不能这样办理"},
		{err(l.Reprint(slip(), 0)), "份数须在1到"},
		{err(l.Reprint(without(func(s *Slip) { s.By = "" }), 1)), "没有写明经办人"},
		{err(l.Extra(noPerson, peer, 1)), "没有写明同意增发的人"},
		{err(l.Copy(noPerson, peer, 1)), "没有写明翻印的机关和日期"},
		{err(l.Return(slip(), peer, 2)), "该单位只有1份，不能转出2份"},
		{err(l.Return(noPerson, peer, 1)), "没有写明交回的人"},
		{err(l.Recall(noReason, peer, 1)), "没有写明原因"},
		{err(l.Destroy(slip(), OfUnit(peer), 1)), "该单位的份数不能这样办理"},
		{err(l.Destroy(without(func(s *Slip) { s.Person = "收发 " }), Account{Kind: OnFile}, 1)), "两个名字不能相同"},
		{err(l.Destroy(noPerson, Account{Kind: OnFile}, 1)), "没有写明另一位监销人"},
		{err(l.Lose(slip(), Account{Kind: Made}, 1)), "印制的份数不能这样办理"},
		{err(l.Find(slip(), stock, 1)), "不明只有0份"},
		{err(l.Find(slip(), Account{Kind: Destroyed}, 1)), "销毁的份数不能这样办理"},
		{err(l.Correct(slip(), 99)), "台账没有第99笔"},
		{err(l.Correct(slip(), 1)), "库存只有0份"},
		{err(l.Reprint(without(func(s *Slip) { s.Numbers = Numbers{{1, 1}} }), 1)), "本期没有编份号"},
	} {
		if e := fault.As(c.err); e == nil || e.Code != fault.Invalid || !strings.Contains(e.In(fault.ZH), c.want) {
			t.Errorf("want %s, got %v", c.want, c.err)
		}
	}
	if len(l.Entries()) != 17 {
		t.Error("a refused act left something in the book")
	}
}

func TestWhoHoldsNumber13(t *testing.T) {
	l := numbered(t)
	if got := l.Held(OfUnit(first)).String(); got != "000001-000002" {
		t.Errorf("the first unit holds %s", got)
	}
	holder, found := l.Holder(13)
	if !found || holder != OfUnit(seedPlan().Shares[8].Unit) {
		t.Errorf("13 is with %v", holder)
	}
	do := taken(t, l)
	do(l.Return(slip(), seedPlan().Shares[8].Unit, 1))
	if holder, _ := l.Holder(13); holder.Kind != Returned || len(l.Trail(13)) != 3 {
		t.Errorf("returned, it is with %v by way of %v", holder, l.Trail(13))
	}
	do(l.Extra(slip(), id("新单位"), 2))
	if got := l.Held(OfUnit(id("新单位"))).String(); got != "000021-000022" {
		t.Errorf("the new unit holds %s", got)
	}
	if _, err := l.Return(slip(), first, 1); err == nil || !strings.Contains(fault.As(err).In(fault.ZH), "请写明是哪几份（份号）：该单位现有000001-000002") {
		t.Errorf("one of two, and it does not say which: %v", err)
	}
	s := slip()
	s.Numbers = Numbers{{2, 2}}
	do(l.Return(s, first, 1))
	s.Numbers = Numbers{{13, 13}}
	if _, err := l.Return(s, first, 1); err == nil || !strings.Contains(fault.As(err).In(fault.ZH), "该单位没有份号000013") {
		t.Errorf("another's: %v", err)
	}
	s.Numbers = Numbers{{5, 5}}
	if _, err := l.Reprint(s, 1); err == nil || !strings.Contains(fault.As(err).In(fault.ZH), "份号000005已经编过") {
		t.Errorf("given twice: %v", err)
	}
	if _, err := l.Reprint(s, 2); err == nil || !strings.Contains(fault.As(err).In(fault.ZH), "2份应有同样多的份号") {
		t.Errorf("too few: %v", err)
	}
	if _, found := l.Holder(99); found {
		t.Error("99 is somewhere")
	}
}

func TestHandOver(t *testing.T) {
	l := numbered(t)
	h := Handover{At: day, By: "收发", Unit: first, Count: 1, Way: Fetched, To: "程继东"}
	one, err := HandOver(l, nil, h)
	if err != nil || one.Seq != 1 || one.Numbers.String() != "000001" {
		t.Fatalf("%+v, %v", one, err)
	}
	two, err := HandOver(l, []Handover{one}, h)
	if err != nil || two.Seq != 2 || two.Numbers.String() != "000002" {
		t.Fatalf("%+v, %v", two, err)
	}
	for _, c := range []struct {
		change func(*Handover)
		before []Handover
		want   string
	}{
		{func(*Handover) {}, []Handover{one, two}, "该单位应得2份，已交2份，不能再交1份"},
		{func(h *Handover) { h.Count, h.By, h.To, h.Way, h.At = 0, "", " ", "mail", h.At.AddDate(-2021, 0, 0) }, nil, "没有写明经办人"},
		{func(h *Handover) { h.Numbers = Numbers{{1, 1}} }, []Handover{one}, "份号000001不在该单位名下，或已经交过"},
		{func(h *Handover) { h.Unit = id("nobody") }, nil, "该单位应得0份"},
	} {
		x := h
		c.change(&x)
		if _, err := HandOver(l, c.before, x); err == nil || !strings.Contains(fault.As(err).In(fault.ZH), c.want) {
			t.Errorf("want %s, got %v", c.want, err)
		}
	}
	taken(t, l)(l.Extra(slip(), first, 1))
	if three, err := HandOver(l, []Handover{one, two}, h); err != nil || three.Numbers.String() != "000021" {
		t.Errorf("%+v, %v", three, err)
	}
}

// What came back, was lost or was entered by mistake before anybody took it cannot
// be handed over any more; what was taken and came back leaves the rest as it is.
func TestWhatIsLeftToHandOver(t *testing.T) {
	one := Handover{At: day, By: "收发", Unit: first, Count: 1, Way: Fetched, To: "程继东"}
	for name, c := range map[string]struct {
		before []Handover
		act    func(*Ledger) ([]Entry, error)
		left   int
	}{
		"nothing happened":      {nil, nil, 2},
		"one came back before":  {nil, func(l *Ledger) ([]Entry, error) { return l.Return(slip(), first, 1) }, 1},
		"one was lost before":   {nil, func(l *Ledger) ([]Entry, error) { return l.Lose(slip(), OfUnit(first), 1) }, 1},
		"the one taken is back": {[]Handover{one}, func(l *Ledger) ([]Entry, error) { return l.Return(slip(), first, 1) }, 1},
		"both are back":         {[]Handover{one}, func(l *Ledger) ([]Entry, error) { return l.Return(slip(), first, 2) }, 0},
		"it made more itself":   {nil, func(l *Ledger) ([]Entry, error) { return l.Copy(slip(), first, 3) }, 2},
		"corrected":             {nil, func(l *Ledger) ([]Entry, error) { return l.Correct(slip(), 2) }, 0},
	} {
		l := opened(t, seedPlan())
		if c.act != nil {
			taken(t, l)(c.act(l))
		}
		for n := 1; n <= 3; n++ {
			h := one
			h.Count = n
			if _, err := HandOver(l, c.before, h); (err == nil) != (n <= c.left) {
				t.Errorf("%s: %d more: %v", name, n, err)
			}
		}
	}
}

// act draws an act of any kind, sensible or not.
func act(t *rapid.T, l *Ledger, units []uuid.UUID) ([]Entry, error) {
	s, n := slip(), rapid.IntRange(0, 6).Draw(t, "n")
	unit := rapid.SampledFrom(units).Draw(t, "unit")
	account := anyAccount(units).Draw(t, "account")
	if rapid.Bool().Draw(t, "named") {
		s.Numbers = NumbersOf(Range{rapid.IntRange(1, 30).Draw(t, "first"), rapid.IntRange(1, 30).Draw(t, "last")})
	}
	o := Order{Act: rapid.SampledFrom(deeds).Draw(t, "act").Act, Account: account, Count: n, Seq: rapid.IntRange(0, 40).Draw(t, "seq"), Slip: s}
	switch o.Act {
	case ActAdjust:
		o.Count = rapid.IntRange(0, 40).Draw(t, "actual")
	case ActExtra, ActCopy, ActReturn, ActRecall:
		o.Account = OfUnit(unit)
	}
	return l.Do(o)
}

// Under any sequence of acts the accounts sum to the copies made, as an
// independent count finds, and every numbered copy is in exactly one place.
func TestAnySequenceOfActsBalances(t *testing.T) {
	units := []uuid.UUID{first, peer, id("新单位")}
	rapid.Check(t, func(t *rapid.T) {
		plan := seedPlan()
		if rapid.Bool().Draw(t, "numbers") {
			plan = withNumbers(t, plan)
		}
		l := New(Opening(plan, day, "收发", fault.ZH, uuid.New))
		for range rapid.IntRange(1, 30).Draw(t, "acts") {
			all, err := act(t, l, units)
			if err != nil {
				continue
			}
			if err := l.Post(all...); err != nil {
				t.Fatalf("the act was allowed and not taken: %v", err)
			}
			balanced(t, l)
		}
		if err := New(l.Entries()).Verify(); err != nil {
			t.Fatal(err)
		}
	})
}

// balanced counts the book anew.
func balanced(t *rapid.T, l *Ledger) {
	in, out := map[Account]int{}, map[Account]int{}
	for _, e := range l.Entries() {
		out[e.From] += e.Count
		in[e.To] += e.Count
	}
	sum := 0
	var seen Numbers
	for _, b := range l.Balances() {
		a := b.Account
		if b.Count != in[a]-out[a] || a.Kind != Made && b.Count < 0 {
			t.Fatalf("%v, counted %d", b, in[a]-out[a])
		}
		if a.Kind == Made {
			continue
		}
		sum += b.Count
		if l.Numbered() {
			held := l.Held(a)
			if held.Count() != b.Count || seen.Without(held).Count() != seen.Count() {
				t.Fatalf("%v holds %s; %s were seen elsewhere", b, held, seen)
			}
			seen = seen.With(held)
		}
	}
	made := Account{Kind: Made}
	if sum != out[made]-in[made] || sum != l.Made() {
		t.Fatalf("the accounts sum to %d, made %d", sum, l.Made())
	}
}

func TestNumbers(t *testing.T) {
	set := func(n Numbers) map[int]bool {
		all := map[int]bool{}
		for _, r := range n {
			for i := r.First; i <= r.Last; i++ {
				all[i] = true
			}
		}
		return all
	}
	some := rapid.Custom(func(t *rapid.T) Numbers {
		var all []Range
		for range rapid.IntRange(0, 4).Draw(t, "ranges") {
			from := rapid.IntRange(1, 20).Draw(t, "first")
			all = append(all, Range{from, from + rapid.IntRange(-1, 5).Draw(t, "more")})
		}
		return NumbersOf(all...)
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, n := some.Draw(t, "a"), some.Draw(t, "b"), rapid.IntRange(-1, 30).Draw(t, "n")
		for i := range 30 {
			inA, inB := set(a)[i], set(b)[i]
			if a.Has(i) != inA || a.With(b).Has(i) != (inA || inB) || a.Without(b).Has(i) != (inA && !inB) {
				t.Fatalf("%v, %v: %d", a, b, i)
			}
		}
		low, high := a.Lowest(n), a.Highest(n)
		if low.Count() != min(max(n, 0), a.Count()) || high.Count() != low.Count() || !a.Covers(low) || !a.Covers(high) || low.last() > 0 && high.last() != a.last() {
			t.Fatalf("%d of %v: %v, %v", n, a, low, high)
		}
		if back, err := ParseNumbers(a.String()); err != nil || fmt.Sprint(back) != fmt.Sprint(a) {
			t.Fatalf("%s: %v, %v", a, back, err)
		}
	})
	if n, err := ParseNumbers("1—4、13，000014"); err != nil || n.String() != "000001-000004,000013-000014" {
		t.Errorf("%v, %v", n, err)
	}
	for _, text := range []string{"0", "x", "4-1", "1-2-3", "1000000"} {
		if n, err := ParseNumbers(text); err == nil {
			t.Errorf("%s: %v", text, n)
		}
	}
}
