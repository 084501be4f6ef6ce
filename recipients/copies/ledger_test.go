package copies

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/fault"
)

var day = time.Date(2021, 7, 15, 9, 0, 0, 0, time.UTC)

// opened is the book after the release of a plan.
func opened(t *testing.T, p Plan) *Ledger {
	t.Helper()
	l := New(nil)
	if err := l.Post(Opening(p, day, "收发", fault.ZH, uuid.New)...); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestTheBookOfTheRealBulletin(t *testing.T) {
	p := seedPlan()
	l := opened(t, p)
	if l.Made() != 20 || l.Balance(OfUnit(p.Shares[0].Unit)) != 2 || l.Balance(Account{Kind: Stock}) != 0 {
		t.Errorf("balances: %v", l.Balances())
	}
	if got := l.Sentence(fault.ZH); got != "20 = 各单位 19＋存档 1" {
		t.Error(got)
	}
	if err := l.Verify(); err != nil {
		t.Error(err)
	}
	if n := len(l.Entries()); n != 17 || l.Entries()[16].Seq != 17 {
		t.Errorf("%d entries", n)
	}
	if first := l.Balances()[1]; first.Account != OfUnit(p.Shares[0].Unit) {
		t.Errorf("the first unit of the list is not first: %v", first)
	}
}

func TestOpeningKeepsSpareInStockAndSaysWhyUnexplained(t *testing.T) {
	p := seedPlan()
	p.PrintRun, p.Spare, p.Unexplained, p.Reason = 25, 3, 2, "印厂多送"
	l := opened(t, p)
	if got := l.Sentence(fault.ZH); got != "25 = 各单位 19＋存档 1＋库存 3＋不明 2" {
		t.Error(got)
	}
	last := l.Entries()[len(l.Entries())-1]
	if last.To.Kind != Unexplained || last.Reason != "印厂多送" {
		t.Errorf("the reason is lost: %+v", last)
	}
}

func TestPostTakesAllOrNothing(t *testing.T) {
	l := opened(t, seedPlan())
	before := fmt.Sprint(l.Balances())
	made, stock, file := Account{Kind: Made}, Account{Kind: Stock}, Account{Kind: OnFile}
	err := fault.As(l.Post(
		Entry{From: made, To: stock, Count: 1},
		Entry{From: stock, To: file, Count: 5},
		Entry{From: file, To: file, Count: 1},
		Entry{From: made, To: stock, Count: 0},
		Entry{From: made, To: stock, Count: MaxEntry + 1},
		Entry{From: made, To: Account{Kind: "shelf"}, Count: 1},
		Entry{From: made, To: Account{Kind: Unit}, Count: 1},
		Entry{From: file, To: Account{Kind: Unexplained}, Count: 1},
		Entry{Seq: 3, From: made, To: stock, Count: 1},
		Entry{From: OfUnit(id("nobody")), To: stock, Count: 1},
	))
	if err == nil || len(err.Reasons) != 9 {
		t.Fatalf("want 9 reasons: %v", err)
	}
	if got := err.Reasons[0].In(fault.ZH); got != "第2笔：库存只有1份，不能转出5份" {
		t.Error(got)
	}
	if after := fmt.Sprint(l.Balances()); after != before || len(l.Entries()) != 17 {
		t.Error("half of it was entered")
	}
}

func TestAMistakeIsCorrectedByAnotherEntry(t *testing.T) {
	l := opened(t, Plan{PrintRun: 5, Spare: 5})
	if err := l.Post(Entry{From: Account{Kind: Stock}, To: Account{Kind: Made}, Count: 1, Reason: "只印了4份"}); err != nil {
		t.Fatal(err)
	}
	if l.Made() != 4 {
		t.Errorf("%d made", l.Made())
	}
}

func TestVerifyFindsWhatWasChanged(t *testing.T) {
	good := opened(t, seedPlan()).Entries()
	for what, change := range map[string]func([]Entry) []Entry{
		"more to a unit": func(e []Entry) []Entry { e[1].Count = 30; return e },
		"a line cut out": func(e []Entry) []Entry { return slices.Delete(e, 4, 5) },
		"another order":  func(e []Entry) []Entry { e[0], e[1] = e[1], e[0]; return e },
		"negative":       func(e []Entry) []Entry { e[3].Count = -1; return e },
		"no account":     func(e []Entry) []Entry { e[3].To = Account{Kind: "x"}; return e },
	} {
		if New(change(slices.Clone(good))).Verify() == nil {
			t.Errorf("%s: not found", what)
		}
	}
	if err := New(good).Verify(); err != nil {
		t.Error(err)
	}
}

func anyAccount(units []uuid.UUID) *rapid.Generator[Account] {
	return rapid.Custom(func(t *rapid.T) Account {
		k := rapid.SampledFrom(append(slices.Clone(Kinds), "x")).Draw(t, "kind")
		if k == Unit {
			return OfUnit(rapid.SampledFrom(units).Draw(t, "unit"))
		}
		return Account{Kind: k}
	})
}

// Whatever is posted, in whatever order: the accounts sum to the copies made,
// none is below zero, and a refusal changes nothing.
func TestAnySequenceKeepsTheBalance(t *testing.T) {
	units := []uuid.UUID{id("甲"), id("乙"), uuid.Nil}
	entry := rapid.Custom(func(t *rapid.T) Entry {
		return Entry{
			From: anyAccount(units).Draw(t, "from"), To: anyAccount(units).Draw(t, "to"),
			Count: rapid.IntRange(-1, 12).Draw(t, "count"), Reason: rapid.SampledFrom([]string{"", "清点"}).Draw(t, "reason"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		l := &Ledger{}
		for _, batch := range rapid.SliceOf(rapid.SliceOfN(entry, 1, 3)).Draw(t, "batches") {
			before := len(l.Entries())
			want := before + len(batch)
			if l.Post(batch...) != nil {
				want = before
			}
			if got := len(l.Entries()); got != want {
				t.Fatalf("%d entries, want %d", got, want)
			}
			sum := 0
			for _, b := range l.Balances() {
				if b.Account.Kind == Made {
					continue
				}
				if b.Count < 0 {
					t.Fatalf("%s holds %d", b.Account, b.Count)
				}
				sum += b.Count
			}
			if sum != l.Made() {
				t.Fatalf("the accounts sum to %d, made %d", sum, l.Made())
			}
		}
		if err := New(l.Entries()).Verify(); err != nil {
			t.Fatal(err)
		}
	})
}

// A plan without objections can always be opened, and its book says the same.
func TestAGoodPlanOpensItsBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9)
		p := Plan{File: n.Draw(t, "file"), Spare: n.Draw(t, "spare"), Unexplained: n.Draw(t, "unexplained"), Reason: "x"}
		p.Shares = shares("送", "", rapid.SliceOf(rapid.IntRange(1, 9)).Draw(t, "copies")...)
		p.PrintRun = p.Sum()
		if reasons := p.Check(); len(reasons) > 0 {
			t.Fatal(in(fault.ZH, reasons))
		}
		l := New(nil)
		if err := l.Post(Opening(p, day, "x", fault.EN, uuid.New)...); err != nil {
			t.Fatal(err)
		}
		if l.Made() != p.PrintRun || l.Balance(Account{Kind: Stock}) != p.Spare {
			t.Fatalf("%v", l.Balances())
		}
	})
}

func TestAccountsAreText(t *testing.T) {
	for _, k := range Kinds {
		a := Account{Kind: k}
		if k == Unit {
			a.Unit = id("甲")
		}
		if back, err := ParseAccount(a.String()); err != nil || back != a {
			t.Errorf("%s: %v, %v", a, back, err)
		}
		raw, err := json.Marshal(Balance{a, 1})
		if err != nil || !strings.Contains(string(raw), `"`+a.String()+`"`) {
			t.Errorf("JSON: %s, %v", raw, err)
		}
		if in := k.Title().In(fault.ZH); in == string(k) {
			t.Errorf("%s has no title", k)
		}
	}
	for _, text := range []string{"", "shelf", "unit", "unit:", "unit:x", "stock:" + id("甲").String(), "unit:" + uuid.Nil.String(), "UNIT:" + id("甲").String(), "unit:{" + id("甲").String() + "}"} {
		if _, err := ParseAccount(text); err == nil {
			t.Errorf("%q is an account", text)
		}
	}
}

func FuzzParseAccount(f *testing.F) {
	f.Add("stock")
	f.Add("unit:6ba7b810-9dad-11d1-80b4-00c04fd430c8")
	f.Fuzz(func(t *testing.T, text string) {
		if a, err := ParseAccount(text); err == nil && a.String() != text {
			t.Fatalf("%q became %q", text, a)
		}
	})
}
