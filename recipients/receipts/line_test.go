package receipts

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/recipients"
)

func TestWhomToRing(t *testing.T) {
	a, b, c, d := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	lines := []Line{{Unit: a, State: Accepted}, {Unit: b, State: Acknowledged}, {Unit: c, State: Bounced}, {Unit: d, State: NotSent}}
	calls := Calls(lines, []recipients.Unit{
		{ID: b, Phone: "1"}, {ID: c, Contact: recipients.Contact{Name: "张三", Phone: "2"}}, {ID: d, Deputy: recipients.Contact{Phone: "3"}},
	})
	if len(calls) != 3 || calls[0].Unit != c || calls[1].Unit != d || calls[2].Unit != a {
		t.Fatalf("%+v", calls)
	}
	if calls[0].Contact.Name != "张三" || calls[2].Reachable() {
		t.Errorf("%+v", calls)
	}
	if n := Count(lines); n[Accepted] != 1 || n[Refused] != 0 || len(n) != 4 {
		t.Errorf("%v", n)
	}
}

func TestAReceiptThatIsVoidHoldsNoMore(t *testing.T) {
	id := uuid.New()
	l := Line{Receipts: []Receipt{{ID: id, Verdict: Received, By: "张三"}}}
	if r, ok := l.Last(); !ok || r.By != "张三" {
		t.Errorf("%+v %t", r, ok)
	}
	l.Receipts = append(l.Receipts, Receipt{Verdict: Void, Corrects: id})
	if _, ok := l.Last(); ok {
		t.Error("a void receipt holds")
	}
}

// Only who saw the very link that signed, and before it signed, is named beside it.
func TestWhoHadSeenTheLink(t *testing.T) {
	link, other := uuid.New(), uuid.New()
	l := Line{Seen: []Sight{{link, "早看的", noon}, {other, "看别的", noon}, {link, "晚看的", noon.Add(2 * time.Hour)}, {uuid.Nil, "无", noon}}}
	if all := l.Doubted(Receipt{Slip: link, Entered: noon.Add(time.Hour)}); len(all) != 1 || all[0].By != "早看的" {
		t.Errorf("%+v", all)
	}
	if all := l.Doubted(Receipt{Entered: noon.Add(time.Hour)}); all != nil {
		t.Errorf("a receipt without a link: %+v", all)
	}
}

func TestWhoIsPunctual(t *testing.T) {
	a, b := uuid.New(), uuid.New()
	due := func(unit uuid.UUID, name string, sent, by, answer int, v Verdict) Due {
		at := func(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }
		d := Due{Unit: unit, Name: name, Sent: at(sent), By: at(by), Verdict: v}
		if v != "" {
			d.Answer = at(answer)
		}
		return d
	}
	records := Punctuality([]Due{
		due(a, "新名", 10, 20, 20, Received), // the deadline itself is in time
		due(a, "旧名", 0, 8, 9, Received),
		due(a, "旧名", 1, 8, 0, ""),
		due(a, "新名", 11, 99, 0, ""),
		due(a, "旧名", 2, 8, 3, Rejected),
		due(b, "乙", 0, 8, 1, Received),
	}, noon.Add(30*time.Hour))
	want := []Record{{Unit: a, Name: "新名", Sent: 5, OnTime: 1, Late: 1, Missing: 1, Open: 1, Refused: 1}, {Unit: b, Name: "乙", Sent: 1, OnTime: 1}}
	if len(records) != 2 || records[0] != want[0] || records[1] != want[1] {
		t.Fatalf("%+v", records)
	}
	if records[0].Rate() != 33 || records[1].Rate() != 100 || (Record{Sent: 1, Open: 1}).Rate() != -1 {
		t.Errorf("%d %d", records[0].Rate(), records[1].Rate())
	}
}

func TestEveryVersionIsCountedOnce(t *testing.T) {
	units := []uuid.UUID{uuid.New(), uuid.New(), uuid.New()}
	rapid.Check(t, func(t *rapid.T) {
		var all []Due
		for range rapid.IntRange(0, 30).Draw(t, "n") {
			hour := func(what string) time.Time {
				return noon.Add(time.Duration(rapid.IntRange(0, 50).Draw(t, what)) * time.Hour)
			}
			all = append(all, Due{Unit: rapid.SampledFrom(units).Draw(t, "unit"), Sent: hour("sent"), By: hour("by"), Answer: hour("answer"), Verdict: rapid.SampledFrom([]Verdict{"", Received, Rejected}).Draw(t, "verdict")})
		}
		sum := 0
		for _, r := range Punctuality(all, noon.Add(25*time.Hour)) {
			if r.Sent != r.OnTime+r.Late+r.Refused+r.Open+r.Missing || r.Rate() > 100 {
				t.Fatalf("%+v", r)
			}
			sum += r.Sent
		}
		if sum != len(all) {
			t.Fatalf("%d counted of %d", sum, len(all))
		}
	})
}
