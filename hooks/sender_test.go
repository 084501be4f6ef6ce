package hooks

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A tray is an outbox with one message.
type tray struct {
	claim  Claim
	now    Message
	target Target
	forgot time.Time
}

func (b *tray) ClaimHooks(context.Context, int, time.Time, time.Time) ([]Claim, error) {
	return []Claim{b.claim}, nil
}

func (b *tray) SettleHook(_ context.Context, c Claim, judge func(Message, Target) (Message, Target, []Change)) error {
	b.now, b.target, _ = judge(c.Message, c.Target)
	return nil
}

func (b *tray) ForgetHooks(_ context.Context, before time.Time) error {
	b.forgot = before
	return nil
}

// receiver is a program of the office, on a port of this machine.
func receiver(t *testing.T, answer http.HandlerFunc) (*tray, *Sender) {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	box := &tray{claim: Claim{Message: message, Target: Target{ID: uuid.New(), URL: server.URL + "/hook", Generation: 1}}}
	return box, &Sender{
		Outbox: box, Key: Key("k"), Guard: Guard{Allow: []string{at.Hostname()}}, Site: "https://j.example",
		Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
	}
}

func TestAMessageIsPosted(t *testing.T) {
	var got *http.Request
	var body []byte
	box, sender := receiver(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusAccepted)
	})
	if err := sender.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	want, _ := message.Body("https://j.example")
	signature := Key("k").Secret(box.claim.Target.ID, 1).Sign(message.ID.String(), now, want)
	for name, value := range map[string]string{"Webhook-Id": message.ID.String(), "Webhook-Timestamp": "1785490200", "Webhook-Signature": signature, "Content-Type": "application/json"} {
		if got.Header.Get(name) != value {
			t.Errorf("%s: %q, not %q", name, got.Header.Get(name), value)
		}
	}
	if got.Method != http.MethodPost || got.URL.Path != "/hook" || string(body) != string(want) {
		t.Errorf("%s %s %s", got.Method, got.URL, body)
	}
	if box.now.State != Delivered || box.now.Status != http.StatusAccepted || !box.forgot.Equal(now.Add(-keep)) {
		t.Errorf("%+v, forgot %s", box.now, box.forgot)
	}
}

func TestWhatAReceiverCannotDo(t *testing.T) {
	elsewhere := atomic.Int32{}
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(other.Close)
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		status int
		why    fault.Reason
	}{
		"send it elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
		}, 307, sayMoved.With(307)},
		"answer too much": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = w.Write([]byte(strings.Repeat("秘密", 1<<20)))
		}, 500, sayStatus.With(500)},
		"answer with a head without end": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X", strings.Repeat("x", mostAnswer*2))
		}, 0, sayNoLink.With()},
		"hang up": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 0, sayNoLink.With()},
	} {
		box, sender := receiver(t, c.answer)
		if err := sender.Look(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if box.now.State != Waiting || box.now.Status != c.status || !reflect.DeepEqual(box.now.Why, c.why) || box.target.Health.Misses != 1 {
			t.Errorf("%s: %+v", name, box.now)
		}
	}
	if elsewhere.Load() != 0 {
		t.Error("a redirect was followed")
	}
}

func TestNothingGoesIntoTheNetworkOfTheOffice(t *testing.T) {
	reached := atomic.Int32{}
	box, sender := receiver(t, func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	sender.Guard = Guard{Ports: []int{80, 443, 1234}}
	if err := sender.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	if reached.Load() != 0 || !reflect.DeepEqual(box.now.Why, sayInner.With()) {
		t.Errorf("%d requests, %+v", reached.Load(), box.now)
	}
}

// TestOneThatIsToldToStop does not count what it broke off itself.
func TestOneThatIsToldToStop(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	box, sender := receiver(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then the server sees that the other side hung up
		stop()
		<-r.Context().Done()
	})
	sender.Every = time.Hour
	if err := sender.Run(ctx); err != nil || box.now.Tries != 0 {
		t.Errorf("%v %+v", err, box.now)
	}
	sender.May = func(context.Context) error { return errInner }
	box.claim.Target.URL = "http://192.0.2.1/"
	if err := sender.Look(t.Context()); err != nil || box.now.Tries != 0 {
		t.Errorf("a machine that may not send: %v %+v", err, box.now)
	}
}
