package refusals

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"jianbao/fault"
)

var noon = time.Date(2021, 7, 15, 4, 0, 0, 0, time.UTC)

type books struct {
	got    []Refusal
	counts []int
	err    error
}

func (b *books) AddRefusals(ctx context.Context, r Refusal, n int) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	b.got, b.counts = append(b.got, r), append(b.counts, n)
	return b.err
}

func TestWhatCostsATryIsWrittenAtOnceAndAFloodNowAndThen(t *testing.T) {
	b := &books{}
	c := NewRecorder(b, slog.New(slog.DiscardHandler))
	gone, stop := context.WithCancel(t.Context())
	stop() // whoever hangs up is recorded all the same
	for range 3 {
		c.Refused(gone, Refusal{Why: Password, Login: " BianJi ", From: "10.0.0.1", At: noon})
	}
	if len(b.got) != 3 || b.got[0].Login != "bianji" {
		t.Fatalf("%+v", b.got)
	}
	b.got, b.counts = nil, nil
	for n := range 1001 {
		c.Refused(t.Context(), Refusal{Why: Held, From: "10.0.0.1", At: noon.Add(time.Duration(n) * 20 * time.Millisecond)})
	}
	if len(b.counts) != 3 || b.counts[0]+b.counts[1]+b.counts[2] != 1001 {
		t.Errorf("1001 in 20 seconds are written as %v", b.counts)
	}
	for n := range 3 * maxHeld {
		c.Refused(t.Context(), Refusal{Why: Held, Login: fmt.Sprint(n), At: noon})
	}
	if len(c.held) > maxHeld {
		t.Errorf("%d are remembered", len(c.held))
	}
}

func TestARefusalThatCannotBeWrittenIsInTheLog(t *testing.T) {
	var said strings.Builder
	c := NewRecorder(&books{err: errors.New("away")}, slog.New(slog.NewTextHandler(&said, nil)))
	c.Refused(t.Context(), Refusal{Why: Password, Login: "geheim", At: noon})
	if !strings.Contains(said.String(), "away") || strings.Contains(said.String(), "geheim") {
		t.Error(said.String())
	}
	var none *Recorder
	none.Refused(t.Context(), Refusal{})
}

func TestRefusalsInWords(t *testing.T) {
	for _, c := range []struct {
		line Line
		from string
		want string
	}{
		{Line{Times: 3}, "10.0.0.1", "一小时内3次"},
		{Line{Times: 7, Several: true, Token: "jianbao_AB12CD"}, "10.0.0.1", "一小时内7次；令牌jianbao_AB12CD…；来自多个地址"},
		{Line{Times: 900, Several: true}, "", "一小时内900次；其余各地址合计"},
	} {
		var said []string
		for _, f := range c.line.Facts(c.from) {
			said = append(said, f.In(fault.ZH))
		}
		if got := strings.Join(said, "；"); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	for _, w := range []Why{Password, Code, Provider, Token, Proof, Held} {
		if w.Title().In(fault.ZH) == "" || w.Title().In(fault.EN) == "" {
			t.Errorf("%s has no title", w)
		}
	}
}
