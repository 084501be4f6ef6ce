package copies

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/fault"
)

var inBeijing = Look{Lang: fault.ZH, Zone: time.FixedZone("CST", 8*60*60), Unit: func(id uuid.UUID) string {
	for _, s := range seedPlan().Shares {
		if s.Unit == id {
			return s.Name
		}
	}
	return ""
}}

// year is two issues of a series: one with numbers and hand-overs, one of which
// two copies came back.
func year(t *testing.T) []Book {
	t.Helper()
	eighth := numbered(t)
	h, err := HandOver(eighth, nil, Handover{At: day, By: "收发", Unit: first, Count: 1, Way: Exchanged, To: "12号箱"})
	if err != nil {
		t.Fatal(err)
	}
	more, err := HandOver(eighth, []Handover{h}, Handover{At: day.Add(time.Hour), By: "收发", Unit: first, Count: 1, Way: Fetched, To: "程继东", Note: "补领"})
	if err != nil {
		t.Fatal(err)
	}
	ninth := opened(t, seedPlan())
	taken(t, ninth)(ninth.Return(slip(), first, 2))
	return []Book{
		{Series: "科技简报", Year: 2021, Name: "2021年第8期", Entries: eighth.Entries(), Handed: []Handover{h, more}},
		{Series: "科技简报", Year: 2021, Name: "2021年第9期", Entries: ninth.Entries()},
	}
}

func TestViews(t *testing.T) {
	books := year(t)
	years := ByYear(append(books, Book{Series: "科技简报", Year: 2022, Name: "2022年第1期", Entries: books[0].Entries}))
	if len(years) != 2 || years[0].Made != 40 || years[0].Issues != 2 || years[0].Held[Unit] != 36 || years[0].Held[Returned] != 2 || years[1].Made != 20 {
		t.Errorf("%+v", years)
	}
	units := ByUnit(books)
	if u := units[0]; len(units) != 15 || u.Unit != first || u.Given != 4 || u.Handed != 2 || u.Returned != 2 || u.Holds != 2 || u.Numbers != nil {
		t.Errorf("%+v", units)
	}
	if u := ByUnit(books[:1])[0]; u.Numbers.String() != "000001-000002" {
		t.Errorf("%+v", u)
	}
}

func TestRegisters(t *testing.T) {
	books := year(t)
	shared := ShareRegister("", books, func(Book, uuid.UUID) string { return "报" }, inBeijing)
	for i, want := range []string{
		"[1 2021年第8期 报 报四大班子甲 2 000001-000002 1 2021-07-15 17:00 文件交换 收发 12号箱 0 ]",
		"[ 2021年第8期 报 报四大班子甲  000002 1 2021-07-15 18:00 自取 收发 程继东  补领]",
	} {
		if got := fmt.Sprint(shared.Rows[i]); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if got := fmt.Sprint(shared.Rows[len(shared.Rows)-1]); len(shared.Rows) != 32 || got != "[合计    38  2     2 ]" {
		t.Errorf("%d rows; %s", len(shared.Rows), got)
	}
	account := AccountRegister("二〇二一年份数台账", books, inBeijing)
	if got := fmt.Sprint(account.Rows[1]); got != "[2 2021年第8期 2021-07-15 17:00 分发 库存 报四大班子甲 2 000001-000002 收发  报]" || len(account.Rows) != 37 {
		t.Error(got)
	}
	if got := fmt.Sprint(account.Rows[36]); got != "[合计 2021年第9期     20    20 = 各单位 17＋存档 1＋退回 2]" {
		t.Error(got)
	}
	tally := TallyRegister("", Tallies(books), inBeijing)
	if got := fmt.Sprint(tally.Rows[2]); got != "[合计  2 40 36 2 0 2 0 0 0]" {
		t.Error(got)
	}
	issued := IssueRegister("", []Issued{{Number: "2021年第8期", Date: "2021年7月15日", Copies: 20, Units: 15, At: day, Void: "重复"}}, inBeijing)
	if got := fmt.Sprint(issued.Rows[0]); got != "[1 2021年第8期 2021年7月15日    20 15  2021-07-15 17:00 作废：重复]" || issued.Title != "发文登记簿" {
		t.Error(got)
	}
	for _, x := range []struct{ header, row int }{
		{len(shared.Header), len(shared.Rows[0])}, {len(account.Header), len(account.Rows[0])}, {len(tally.Header), len(tally.Rows[0])}, {len(issued.Header), len(issued.Rows[0])},
		{len(AccountRegister("", books, Look{Lang: fault.EN}).Header), len(account.Rows[0])}, {len(ShareRegister("", books, nil, Look{Lang: fault.EN}).Header), len(shared.Rows[0])},
		{len(IssueRegister("", nil, Look{Lang: fault.EN}).Header), len(issued.Rows[0])}, {len(TallyRegister("", nil, Look{Lang: fault.EN}).Header), len(tally.Rows[0])},
	} {
		if x.header != x.row {
			t.Errorf("%d titles over %d cells", x.header, x.row)
		}
	}
}

// A year of 24 issues with any acts at all: every view sums to the copies made.
func TestAYearSumsUp(t *testing.T) {
	units := []uuid.UUID{first, peer, id("新单位")}
	rapid.Check(t, func(t *rapid.T) {
		var books []Book
		made := 0
		for n := range 24 {
			l := New(Opening(seedPlan(), day, "收发", fault.ZH, uuid.New))
			for range rapid.IntRange(0, 6).Draw(t, "acts") {
				if all, err := act(t, l, units); err == nil && l.Post(all...) != nil {
					t.Fatal("not taken")
				}
			}
			for _, e := range l.Entries() {
				switch Made {
				case e.From.Kind:
					made += e.Count
				case e.To.Kind:
					made -= e.Count
				}
			}
			books = append(books, Book{Series: "科技简报", Year: 2021, Name: fmt.Sprint(n + 1), Entries: l.Entries()})
		}
		year := ByYear(books)[0]
		holds := 0
		for _, u := range ByUnit(books) {
			holds += u.Holds
		}
		sum := 0
		for _, n := range year.Held {
			sum += n
		}
		if year.Made != made || sum != made || year.Issues != 24 || holds != year.Held[Unit] || Sum(Tallies(books)).Made != made {
			t.Fatalf("made %d, %+v, units hold %d", made, year, holds)
		}
	})
}
