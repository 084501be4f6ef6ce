package receipts

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

var noon = time.Date(2021, 7, 8, 4, 0, 0, 0, time.UTC)

func slip() Slip {
	return Slip{
		ID: uuid.New(), Issue: uuid.New(), Version: "d", Unit: uuid.New(), Name: "市统计局", Means: ByLink, Copies: 2,
		Made: noon, Expires: noon.Add(SlipTime),
	}
}

func TestReceiptsThatCannotBeEntered(t *testing.T) {
	good := slip().Receipt(uuid.New(), Said{Verdict: Received, By: "张三", Copies: 2}, noon)
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Receipt){
		"means":       func(r *Receipt) { r.Means = "tea" },
		"verdict":     func(r *Receipt) { r.Verdict = "maybe" },
		"unit":        func(r *Receipt) { r.Unit = uuid.Nil },
		"version":     func(r *Receipt) { r.Version = "" },
		"nobody":      func(r *Receipt) { r.By = "  " },
		"long name":   func(r *Receipt) { r.By = strings.Repeat("张", MaxName+1) },
		"two lines":   func(r *Receipt) { r.By = "张\n三" },
		"no time":     func(r *Receipt) { r.At = time.Time{} },
		"to come":     func(r *Receipt) { r.At = noon.Add(time.Second) },
		"below none":  func(r *Receipt) { r.Copies = -1 },
		"too many":    func(r *Receipt) { r.Copies = MaxCopies + 1 },
		"no reason":   func(r *Receipt) { r.Verdict = Rejected },
		"void":        func(r *Receipt) { r.Verdict = Void },
		"no evidence": func(r *Receipt) { r.Means, r.EnteredBy = ByPhone, "李四" },
		"no clerk":    func(r *Receipt) { r.Means, r.Evidence = BySheet, "签收单在档案盒3" },
		"long reason": func(r *Receipt) { r.Reason = strings.Repeat("因", MaxReason+1) },
	} {
		bad := good
		spoil(&bad)
		if err := bad.Validate(); !fault.Is(err, fault.Invalid) || len(fault.As(err).Reasons) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	all := Receipt{Copies: -1}
	if err := all.Validate(); len(fault.As(err).Reasons) != 6 {
		t.Errorf("all reasons at once: %v", fault.As(err).Reasons)
	}
}

func TestWhatIsShort(t *testing.T) {
	r := slip().Receipt(uuid.New(), Said{Verdict: Received, By: "张三", Copies: 1}, noon)
	if r.Short() != 1 {
		t.Errorf("%d are short, want 1", r.Short())
	}
	if r.Copies = 3; r.Short() != 0 {
		t.Errorf("%d are short of more than enough", r.Short())
	}
	if r.Verdict, r.Copies = Rejected, 0; r.Short() != 0 {
		t.Errorf("%d are short of what was rejected", r.Short())
	}
}

func TestSlipsAreUsedOnceAndEnd(t *testing.T) {
	s := slip()
	if err := s.May(noon.Add(SlipTime - 1)); err != nil {
		t.Error(err)
	}
	if err := s.May(noon.Add(SlipTime)); !fault.Is(err, fault.Blocked) {
		t.Errorf("after its end: %v", err)
	}
	s.Used = noon
	if err := s.May(noon); !fault.Is(err, fault.Blocked) || !strings.Contains(err.Error(), "2021-07-08 12:00") {
		t.Errorf("used: %v", err)
	}
}

func TestASlipIsTheSameWhereverItIsMade(t *testing.T) {
	a, b := uuid.New(), uuid.New()
	if again := SlipID(a, b, ByLink); again != SlipID(a, b, ByLink) {
		t.Error("another id the second time")
	}
	if SlipID(a, b, ByLink) == SlipID(a, b, ByCode) || SlipID(a, b, ByLink) == SlipID(b, a, ByLink) || SlipID(a, b, ByLink) == SlipID(a, a, ByLink) {
		t.Error("one id of two slips")
	}
}
