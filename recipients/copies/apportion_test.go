package copies

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/fault"
)

// asItIs is the apportionment that changes nothing.
func asItIs(p Plan) Apportionment {
	a := Apportionment{PrintRun: p.PrintRun, File: p.File, Spare: p.Spare}
	for _, s := range p.Shares {
		a.Shares = append(a.Shares, s.Copies)
	}
	return a
}

func TestTheEquationIsEdited(t *testing.T) {
	p := seedPlan()
	a := asItIs(p)
	a.Shares[4], a.File, a.Spare = 3, 2, 1
	next := p.Apportion(a)
	if got, want := next.Sentence(fault.ZH), "20 ≠ 报 8（4×2）＋送 13＋存档 2＋备用 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !next.Shares[4].Set || next.Shares[5].Set || !next.FileSet || p.Shares[4].Copies != 1 {
		t.Errorf("%+v", next)
	}
	a.PrintRun = 24
	more := p.Apportion(a)
	if more.PrintRun != 24 || !more.RunSet || more.TextRun != 20 || !strings.Contains(in(fault.ZH, more.Warnings()), "正文写的是共印20份，本期改定为24份") {
		t.Errorf("the text says 20, 24 were set, and it is %+v", more)
	}
	again := seedPlan()
	if kept := again.Keep(more); kept.PrintRun != 24 || kept.TextRun != 20 {
		t.Errorf("read again, it is %+v", kept)
	}
	again.PrintRun = 30
	if kept := again.Keep(more); kept.PrintRun != 30 || kept.RunSet || kept.TextRun != 0 {
		t.Errorf("the text says 30 by now, and it is %+v", kept)
	}
	for _, run := range []int{0, 20} {
		if a.PrintRun = run; more.Apportion(a).PrintRun != 20 || more.Apportion(a).RunSet {
			t.Errorf("back to the text's by %d: %+v", run, more.Apportion(a))
		}
	}
	a.PrintRun, p.PrintRun = 24, 0
	if next := p.Apportion(a); next.PrintRun != 24 || next.Difference() != 0 || !next.RunSet {
		t.Errorf("the text prints no number, and it is %d", next.PrintRun)
	}
	for want, a := range map[string]Apportionment{
		"名单有15处，份数却有1个": {Shares: []int{1}},
		"存档的份数是-1，不能为负": {Shares: asItIs(p).Shares, File: -1},
	} {
		if got := in(fault.ZH, a.Against(p)); !strings.Contains(got, want) {
			t.Errorf("want %s, got %s", want, got)
		}
	}
}

// What is left over is entered with its reason, or taken back, where the copies
// are given out.
func TestTheDifferenceIsExplainedInTheEquation(t *testing.T) {
	p := seedPlan()
	a := asItIs(p)
	a.PrintRun = 23
	why, nothing := " 样张 ", " "
	a.Unexplained = &why
	said := p.Apportion(a)
	if got, want := said.Sentence(fault.ZH), "23 = 报 8（4×2）＋送 11＋存档 1＋不明 3（样张）"; got != want || len(said.Check()) > 0 {
		t.Errorf("%s, want %s; %v", got, want, said.Check())
	}
	a.Unexplained = nil
	if kept := said.Apportion(a); kept.Unexplained != 3 || kept.Reason != "样张" {
		t.Errorf("nothing else was said: %+v", kept)
	}
	a.Unexplained = &nothing
	if back := said.Apportion(a); back.Unexplained != 0 || back.Reason != "" || back.Difference() != 3 {
		t.Errorf("taken back: %+v", back)
	}
	a.PrintRun, a.Unexplained = 20, &why
	if even := said.Apportion(a); even.Unexplained != 0 || even.Reason != "" {
		t.Errorf("nothing is left over to be explained: %+v", even)
	}
}

func TestWhatWasSetOutlivesTheText(t *testing.T) {
	p := seedPlan()
	a := asItIs(p)
	a.Shares[4], a.File, a.Spare = 3, 2, 1
	p.Unexplained, p.Reason = 0, ""
	set := p.Apportion(a)
	read := seedPlan()
	read.Shares = slices.Delete(read.Shares, 0, 1)
	kept := read.Keep(set)
	if kept.Shares[3].Copies != 3 || !kept.Shares[3].Set || kept.File != 2 || kept.Spare != 1 || kept.Shares[4].Copies != 1 {
		t.Errorf("%+v", kept)
	}
	left := seedPlan()
	left.PrintRun, left.Unexplained, left.Reason = 23, 3, "样张"
	again := seedPlan()
	again.PrintRun = 23
	if kept := again.Keep(left); kept.Unexplained != 3 || kept.Reason != "样张" {
		t.Errorf("what was said is gone: %+v", kept)
	}
	again.PrintRun = 24
	if kept := again.Keep(left); kept.Unexplained != 0 || kept.Reason != "" {
		t.Errorf("said of 3, and 4 are left over: %+v", kept)
	}
}

func TestNumbersByHand(t *testing.T) {
	p := seedPlan()
	names := func(i int) string { return p.Shares[i].Label + "：" + p.Shares[i].Name }
	one, wrong := p.Number(101, []Numbers{nil, {{119, 120}}})
	if len(wrong) > 0 || one.Shares[0].Numbers.String() != "000101-000102" || one.Shares[1].Numbers.String() != "000119-000120" || one.Shares[2].Numbers.String() != "000103-000104" || one.Spared().String() != "000118" {
		t.Errorf("%v, %+v", wrong, one)
	}
	if l := New(Opening(one, day, "收发", fault.ZH, uuid.New)); l.Verify() != nil || l.Held(Account{Kind: OnFile}).String() != "000118" || l.Held(OfUnit(p.Shares[1].Unit)).String() != "000119-000120" {
		t.Errorf("%v: %v", l.Verify(), l.Balances())
	}
	for _, c := range []struct {
		first int
		hand  []Numbers
		want  string
	}{
		{-1, nil, "起始份号须在1到999999之间，现为-1"},
		{999_990, nil, "份号只有六位：从999990起编不下20份"},
		{1, []Numbers{{{1, 3}}}, names(0) + "应得2份，写了3个份号（000001-000003）"},
		{1, []Numbers{{{20, 21}}}, names(0) + "的份号000021不在本期的000001-000020之内"},
		{1, []Numbers{{{1, 2}}, {{2, 3}}}, "份号000002同时编给了" + p.Shares[0].Name + "和" + p.Shares[1].Name},
	} {
		if _, wrong := p.Number(c.first, c.hand); in(fault.ZH, wrong) != c.want {
			t.Errorf("got %s, want %s", in(fault.ZH, wrong), c.want)
		}
	}
	if none, _ := one.Number(0, nil); none.Numbered() || none.Shares[1].Numbers != nil {
		t.Errorf("%+v", none)
	}
	a := asItIs(one)
	a.Spare = 1
	if kept := one.Apportion(a); !kept.Numbered() || kept.Shares[1].Numbers.String() != "000119-000120" {
		t.Error("the same shares, and their numbers are gone")
	}
	a.Shares[1] = 1
	if gone := one.Apportion(a); gone.Numbered() || gone.Shares[0].Numbers != nil {
		t.Error("other shares with the numbers of before")
	}
}

// Whatever is chosen by hand and taken, every copy has one number.
func TestEveryCopyHasOneNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := seedPlan()
		first := rapid.IntRange(1, 500).Draw(t, "first")
		var hand []Numbers
		for range rapid.IntRange(0, 6).Draw(t, "by hand") {
			at := rapid.IntRange(first-1, first+20).Draw(t, "at")
			hand = append(hand, NumbersOf(Range{at, at + rapid.IntRange(-1, 2).Draw(t, "more")}))
		}
		numbered, wrong := p.Number(first, hand)
		if len(wrong) > 0 {
			return
		}
		var seen Numbers
		for i, s := range numbered.Shares {
			if s.Numbers.Count() != s.Copies || seen.Without(s.Numbers).Count() != seen.Count() {
				t.Fatalf("share %d of %d copies has %s after %s", i, s.Copies, s.Numbers, seen)
			}
			seen = seen.With(s.Numbers)
		}
		if err := New(Opening(numbered, day, "收发", fault.ZH, uuid.New)).Verify(); err != nil {
			t.Fatal(err)
		}
	})
}

// No act can be forgotten: each is in the table, or the release makes it.
func TestEveryActIsADeed(t *testing.T) {
	l := opened(t, seedPlan())
	for act := range actTitles {
		_, is := DeedOf(act)
		if byRelease := act == ActPrint || act == ActAllot; is == byRelease {
			t.Errorf("%s is in the table: %v", act, is)
		}
		_, err := l.Do(Order{Act: act, Slip: slip()})
		if e := fault.As(err); e == nil || e.Code != fault.Invalid {
			t.Errorf("%s of no copies: %v", act, err)
		}
	}
	if _, err := l.Do(Order{Act: "burn"}); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

// The table asks for what the ledger demands, and for nothing that it passes over.
func TestTheTableAsksWhatTheLedgerDemands(t *testing.T) {
	for _, d := range Deeds() {
		order := Order{Act: d.Act, Account: OfUnit(first), Count: 1, Seq: 1, Slip: slip()}
		if len(d.Where) > 0 {
			order.Account.Kind = d.Where[0]
		}
		if order.Account.Kind != Unit {
			order.Account.Unit = uuid.Nil
		}
		refused := func(change func(*Slip)) bool {
			o := order
			change(&o.Slip)
			_, err := opened(t, seedPlan()).Do(o)
			text := ""
			if e := fault.As(err); e != nil {
				text = e.In(fault.ZH)
			}
			return strings.Contains(text, "没有写明")
		}
		if got := refused(func(s *Slip) { s.Reason = "" }); got != d.Reason && d.Act != ActAdjust { // fewer than planned need one
			t.Errorf("%s without a reason is refused: %v", d.Act, got)
		}
		if got := refused(func(s *Slip) { s.Person = "" }); got != (d.Person.Key != "") {
			t.Errorf("%s without the other person is refused: %v", d.Act, got)
		}
		for _, k := range Kinds {
			if len(d.Where) == 0 {
				continue
			}
			o := order
			o.Account = Account{Kind: k}
			if k == Unit {
				o.Account = OfUnit(first)
			}
			_, err := opened(t, seedPlan()).Do(o)
			wrong := err != nil && strings.Contains(fault.As(err).In(fault.ZH), "不能这样办理")
			if offered := slices.Contains(d.Where, k); offered && wrong {
				t.Errorf("%s offers %s, which is refused", d.Act, k)
			}
		}
	}
}
