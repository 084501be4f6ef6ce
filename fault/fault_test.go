package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
)

var (
	testShort = Say("fault.test-short", "还差%d份", "%d copies short")
	testOrder = Say("fault.test-order", "%s属于%s", "%[2]s has %[1]s")
)

func TestReasonSpeaksBothLanguages(t *testing.T) {
	r := testShort.With(3)
	if got := r.In(ZH); got != "还差3份" {
		t.Errorf("zh: %q", got)
	}
	if got := testOrder.With("甲", r).In(EN); got != "3 copies short has 甲" {
		t.Errorf("en, nested: %q", got)
	}
}

func TestReasonSurvivesJSON(t *testing.T) {
	raw, err := json.Marshal(testShort.With(3))
	if err != nil {
		t.Fatal(err)
	}
	var back Reason
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if got := back.In(ZH); got != "还差3份" {
		t.Errorf("after JSON: %q", got)
	}
	if got := (Reason{Key: "gone", Args: []any{"x"}}).In(ZH); got != "gonex" {
		t.Errorf("an unknown key: %q", got)
	}
}

func TestAllReasonsAtOnce(t *testing.T) {
	err := fmt.Errorf("store: %w", New(Blocked, testShort.With(1), testShort.With(2), testShort.With(3)))
	if got := Shown(err).In(ZH); got != "还差1份：还差2份；还差3份" {
		t.Errorf("got %q", got)
	}
	if CodeOf(err) != Blocked || !Is(err, Blocked) || Is(nil, Blocked) {
		t.Error("the code is lost in wrapping")
	}
}

func TestWhatIsNotAFaultIsNotShown(t *testing.T) {
	secret := errors.New("password=hunter2")
	if got := Shown(secret).In(EN); got != internal.With().In(EN) {
		t.Errorf("shown: %q", got)
	}
	if !errors.Is(Shown(secret), secret) {
		t.Error("the cause is lost for the log")
	}
}

func TestCodesMap(t *testing.T) {
	cases := []struct {
		err    error
		exit   int
		status int
	}{
		{nil, 0, 200},
		{New(Usage, testShort.With(1)), 2, 422},
		{New(Conflict, testShort.With(1)), 1, 409},
		{New(NotFound, testShort.With(1)), 1, 404},
		{New(TooMany, testShort.With(1)), 1, 429},
		{New(Unavailable, testShort.With(1)), 1, 503},
		{errors.New("x"), 1, 500},
	}
	for _, c := range cases {
		if got := ExitCode(c.err); got != c.exit {
			t.Errorf("%v: exit %d, want %d", c.err, got, c.exit)
		}
		if got := Status(CodeOf(c.err)); got != c.status {
			t.Errorf("%v: status %d, want %d", c.err, got, c.status)
		}
	}
}

func TestAKeyIsDeclaredOnce(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a second sentence under one key was taken")
		}
	}()
	Say("fault.test-short", "", "")
}
