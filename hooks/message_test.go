package hooks

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

var (
	now     = time.Date(2026, 7, 31, 9, 30, 0, 0, time.UTC)
	issueID = uuid.MustParse("11111111-1111-4111-8111-111111111111")
	message = Message{ID: uuid.MustParse("22222222-2222-4222-8222-222222222222"), Kind: Released, At: now, State: Sending, Fact: Fact{
		Masthead: "某某简报", Issue: issueID, Number: &Number{Kind: "ordinary", Year: 2026, No: 9}, State: "dispatching", Act: "release", Event: 12,
	}}
)

func TestTheBody(t *testing.T) {
	body, err := message.Body("https://j.example")
	want := `{"type":"issue.released","timestamp":"2026-07-31T09:30:00Z","data":{"series":"00000000-0000-0000-0000-000000000000","masthead":"某某简报","issue":"11111111-1111-4111-8111-111111111111",` +
		`"number":{"kind":"ordinary","year":2026,"no":9},"state":"dispatching","act":"release","event":12,"link":"https://j.example/issues/11111111-1111-4111-8111-111111111111"}}`
	if err != nil || string(body) != want {
		t.Errorf("%s %v", body, err)
	}
	bare, err := Message{Kind: Test, At: now, Fact: Fact{Masthead: "某某简报"}}.Body("https://j.example")
	var read struct{ Data map[string]any }
	if err != nil || json.Unmarshal(bare, &read) != nil || len(read.Data) != 2 {
		t.Errorf("of a test: %s %v", bare, err)
	}
}

// TestSignature is the example of Standard Webhooks 1.0.0, "Signature scheme".
func TestSignature(t *testing.T) {
	secret := Secret("\x2f\x1e\x5c") // any bytes are a secret
	if got := secret.Sign("msg_1", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`)); !strings.HasPrefix(got, "v1,") || len(got) != 47 {
		t.Errorf("%q", got)
	}
	key := Key("0123456789abcdef0123456789abcdef")
	one, two := key.Secret(issueID, 1), key.Secret(issueID, 2)
	if reflect.DeepEqual(one, two) || reflect.DeepEqual(one, key.Secret(uuid.New(), 1)) || !strings.HasPrefix(one.String(), "whsec_") || len(one) != 32 {
		t.Errorf("secrets: %s %s", one, two)
	}
	target := Target{ID: issueID, Generation: 2, Renewed: now}
	for at, want := range map[time.Time]string{
		now.Add(time.Hour): two.Sign("m", now.Add(time.Hour), nil) + " " + one.Sign("m", now.Add(time.Hour), nil),
		now.Add(Overlap):   two.Sign("m", now.Add(Overlap), nil),
	} {
		if got := key.signatures(target, "m", at, nil); got != want {
			t.Errorf("at %s: %q, not %q", at, got, want)
		}
	}
}

func TestWhatBecomesOfAMessage(t *testing.T) {
	why := sayStatus.With(500)
	for name, c := range map[string]struct {
		before  Message
		outcome Outcome
		state   State
		next    time.Duration // from now
		why     fault.Reason
	}{
		"arrived":            {message, Outcome{Status: 204, Why: why, At: now}, Delivered, 0, fault.Reason{}},
		"the first failure":  {message, Outcome{Status: 500, Why: why, At: now}, Waiting, 5 * time.Second, why},
		"a redirect":         {message, Outcome{Status: 302, Why: why, At: now}, Waiting, 5 * time.Second, why},
		"asked to wait":      {message, Outcome{Status: 429, Why: why, RetryAfter: time.Minute, At: now}, Waiting, time.Minute, why},
		"asked to wait long": {message, Outcome{Status: 503, Why: why, RetryAfter: 20 * time.Hour, At: now}, Waiting, time.Hour, why},
		"the last try":       {Message{At: now.Add(-21 * time.Hour), Tries: 12}, Outcome{Why: why, At: now}, Failed, 0, tooLate.With(why)},
		"late, but in time":  {Message{At: now.Add(-19 * time.Hour), Tries: 12}, Outcome{Why: why, At: now}, Waiting, 4 * time.Hour, why},
	} {
		m := c.before.Judge(c.outcome, 0)
		if m.State != c.state || m.Tries != c.before.Tries+1 || m.Status != c.outcome.Status || !reflect.DeepEqual(m.Why, c.why) || m.Ended.IsZero() == (c.state != Waiting) {
			t.Errorf("%s: %+v", name, m)
		}
		if c.state == Waiting && !m.NextAt.Equal(now.Add(c.next)) {
			t.Errorf("%s: next in %s", name, m.NextAt.Sub(now))
		}
	}
	if m := message.Expire(now); m.State != Failed || !reflect.DeepEqual(m.Why, tooLate.With(neverSent.With())) {
		t.Errorf("too old: %+v", m)
	}
}

// TestATargetIsLeftAlone for longer and longer, and tried again within a day.
func TestATargetIsLeftAlone(t *testing.T) {
	var h Health
	for n, want := range []time.Duration{0, 0, time.Minute, 2 * time.Minute, 4 * time.Minute} {
		h = h.After(false, now)
		if got := h.Until.Sub(now); want > 0 && got != want || want == 0 && !h.Until.IsZero() {
			t.Errorf("after %d misses: %s", n+1, got)
		}
	}
	for range 100 {
		h = h.After(false, now)
	}
	if got := h.Until.Sub(now); got != longestPause {
		t.Errorf("after many: %s", got)
	}
	if h = h.After(true, now); h != (Health{}) {
		t.Errorf("well again: %+v", h)
	}
	sum := time.Duration(0)
	for tries := 1; sum < GiveUpAfter; tries++ {
		if wait := Backoff(tries, 1); wait < Backoff(tries, 0) || wait > Backoff(tries, 0)*6/5 {
			t.Errorf("try %d: %s", tries, wait)
		}
		if sum += Backoff(tries, 0); tries > 20 {
			t.Fatal("more than twenty tries in a day")
		}
	}
	m, target, changes := Judge(message, Target{ID: issueID}, Outcome{Status: 410, At: now}, 0)
	if m.State != Waiting || !target.Paused || len(changes) != 1 || changes[0].What.Key != SayGone.Key {
		t.Errorf("gone: %+v %+v %+v", m, target, changes)
	}
}
