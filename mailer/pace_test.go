package mailer

import (
	"testing"
	"time"
)

func TestProfiles(t *testing.T) {
	for addr, want := range map[string]string{
		"smtp.163.com:465": "netease", "SMTP.126.COM:25": "netease", "smtp.exmail.qq.com:465": "tencent", "smtp.qiye.aliyun.com:465": "alibaba",
		"127.0.0.1:25": "own", "localhost:25": "own", "10.1.2.3:25": "own", "[fd00::1]:25": "own",
		"mail.ordos.example:587": "slow", "not163.com:25": "slow", "8.8.8.8:25": "slow",
	} {
		if got := ProfileOf(addr).Name; got != want {
			t.Errorf("%s: %s, want %s", addr, got, want)
		}
	}
}

// The hosts that nobody knows the limits of are approached slowly: one connection
// at a time, some letters a minute, and not many over one connection.
func TestStrangersAreApproachedSlowly(t *testing.T) {
	for _, p := range Profiles() {
		slow := func(r Rate) bool { return r.PerMinute > 0 && r.PerMinute <= 20 && r.Burst <= 5 }
		if got := p.Connections == 1 && p.PerConnection > 0 && p.PerConnection <= 20 && slow(p.Relay) && slow(p.Domain) && slow(p.Dials) && slow(p.DomainDials); got == (p.Name == OwnRelay.Name) {
			t.Errorf("%+v", p)
		}
	}
}

func TestSpend(t *testing.T) {
	rate := Rate{PerMinute: 10, Burst: 3}
	cases := []struct {
		name string
		at   time.Time
		n    int
		got  int
		next time.Duration
	}{
		{"never used: the burst", time.Time{}, 9, 3, 6 * time.Second},
		{"some of the burst", time.Time{}, 2, 2, 0},
		{"just used up", noon.Add(6 * time.Second), 5, 0, 6 * time.Second},
		{"held", noon.Add(time.Hour), 5, 0, time.Hour},
		{"exactly now", noon, 5, 1, 6 * time.Second},
		{"half a burst ago", noon.Add(-7 * time.Second), 5, 2, 5 * time.Second},
	}
	for _, c := range cases {
		g, at := Spend(c.at, noon, Want{N: c.n, Rate: rate})
		if g.N != c.got || !g.Next.Equal(at) || at.Sub(noon) != c.next {
			t.Errorf("%s: %+v, next after %s", c.name, g, at.Sub(noon))
		}
	}
	if g, _ := Spend(noon.Add(time.Hour), noon, Want{N: 1000}); g.N != 1000 {
		t.Errorf("no rate: %+v", g)
	}
}

// However the wants are cut, a minute never has more than its letters and one
// burst.
func TestSpendKeepsTheRate(t *testing.T) {
	var at time.Time
	total := 0
	for now := noon; now.Before(noon.Add(time.Minute)); now = now.Add(700 * time.Millisecond) {
		var g Grant
		g, at = Spend(at, now, Want{N: 4, Rate: Rate{PerMinute: 30, Burst: 5}})
		total += g.N
	}
	if total < 30 || total > 35 {
		t.Errorf("%d letters in a minute", total)
	}
}

func TestHints(t *testing.T) {
	cases := []struct {
		code      int
		words     string
		wait      time.Duration
		everybody bool
	}{
		{451, "MI:SFQ 163 smtp9,DcmowAA", 15 * time.Minute, true},
		{421, "HL:IFC 163 mx3", 15 * time.Minute, true},
		{451, "DT:SPM please try again after 2 minutes", 2 * time.Minute, false},
		{450, "4.2.0 greylisted, try again in 300 seconds", 5 * time.Minute, false},
		{451, "too frequently sending", 10 * time.Minute, true},
		{452, "发送过快，请30分钟后重试", 30 * time.Minute, false},
		{451, "local error", 0, false},
		{550, "retry after 10 minutes", 0, false},
		{451, "retry after 99999 hours", 24 * time.Hour, false},
	}
	for _, c := range cases {
		if h := hintIn(c.code, c.words); h.wait != c.wait || h.everybody != c.everybody {
			t.Errorf("%d %s: %+v", c.code, c.words, h)
		}
	}
	o := judge(Answer{Stage: Reply, Code: 451, Words: "MI:SFQ"}, aTry(Ask))
	if o.State != Deferred || o.NextAt.Sub(noon) < 15*time.Minute {
		t.Errorf("%s after %s", o.State, o.NextAt.Sub(noon))
	}
}
