package store

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/hooks"
	"jianbao/workflow"
)

// An ear is a receiver that keeps what it was sent, and answers as it is told.
type ear struct {
	mu     sync.Mutex
	answer int
	ids    []string
	kinds  []string
	url    *url.URL
}

func listening(t *testing.T) *ear {
	t.Helper()
	e := &ear{answer: http.StatusOK}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		e.mu.Lock()
		defer e.mu.Unlock()
		e.ids, e.kinds = append(e.ids, r.Header.Get("Webhook-Id")), append(e.kinds, string(body))
		w.WriteHeader(e.answer)
	}))
	t.Cleanup(server.Close)
	at, err := url.Parse(server.URL)
	must(t, err)
	e.url = at
	return e
}

func (e *ear) heard() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.ids)
}

func (e *ear) tell(status int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.answer = status
}

func senderOver(s *Store, e *ear, c *clock) *hooks.Sender {
	return &hooks.Sender{Outbox: s, Key: hooks.Key("k"), Guard: hooks.Guard{Allow: []string{e.url.Hostname()}}, Now: c.now, Log: slog.New(slog.DiscardHandler)}
}

func target(t *testing.T, s *Store, series workflow.Series, e *ear, kinds ...hooks.Kind) hooks.Target {
	t.Helper()
	h := hooks.Target{ID: newID(), Series: series.ID, Name: "OA", URL: e.url.String(), Kinds: kinds, Generation: 1, Made: now}
	must(t, s.SaveHookTarget(t.Context(), h, hooks.Change{At: now, ByName: "管理员", What: hooks.SayMade.With("OA")}))
	h.Version = 1
	return h
}

// submitted is an issue that was opened and submitted at now: two events, of
// which targets are told the second.
func submitted(t *testing.T, s *Store, series workflow.Series) workflow.Issue {
	t.Helper()
	issue, err := s.Change(t.Context(), openedIssue(t, s, series).ID, false, func(c workflow.Case) (workflow.Change, error) {
		change := next(c)
		change.Issue.State = workflow.Review
		change.Event = eventOf(change.Issue)
		change.Event.Act, change.Event.From, change.Event.To = workflow.Submit, workflow.Draft, workflow.Review
		return change, nil
	})
	must(t, err)
	return issue
}

func messagesOf(t *testing.T, s *Store, h hooks.Target) []hooks.Message {
	t.Helper()
	all, err := s.HookMessages(t.Context(), h.ID, 50)
	must(t, err)
	return all
}

// TestAChangeIsToldToThoseWhoAsked, in its own transaction, by one of several
// processes, once.
func TestAChangeIsToldToThoseWhoAsked(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series, e := plant(t, s), listening(t)
		wants, deaf := target(t, s, series, e, hooks.Submitted), target(t, s, series, e, hooks.Released)
		issue := submitted(t, s, series)
		_, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
			change := next(c)
			change.Event.Act, change.Void = workflow.Submit, "\x00" // cannot be stored
			return change, nil
		})
		if err == nil {
			t.Fatal("a change that cannot be stored was")
		}
		c := &clock{at: now}
		var group sync.WaitGroup
		for range 4 {
			sender := senderOver(s, e, c)
			group.Go(func() {
				if err := sender.Look(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		sent := messagesOf(t, s, wants)
		if len(sent) != 1 || sent[0].State != hooks.Delivered || sent[0].Fact.Issue != issue.ID || sent[0].Fact.Event != 2 || !slices.Equal(e.heard(), []string{sent[0].ID.String()}) {
			t.Errorf("%+v, heard %v", sent, e.heard())
		}
		if other := messagesOf(t, s, deaf); len(other) != 0 {
			t.Errorf("told what it did not ask for: %+v", other)
		}
	})
}

// TestADeathBetweenSendingAndWritingDown sends the message again, under the same
// id, when the lease has run out and not before.
func TestADeathBetweenSendingAndWritingDown(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series, e := plant(t, s), listening(t)
		h := target(t, s, series, e, hooks.Submitted)
		submitted(t, s, series)
		c := &clock{at: now}
		dying := senderOver(s, e, c)
		dying.Outbox = dead{s}
		must(t, dying.Look(t.Context()))
		living := senderOver(s, e, c)
		must(t, living.Look(t.Context()))
		if n := len(e.heard()); n != 1 {
			t.Fatalf("%d messages under a lease that holds", n)
		}
		c.set(now.Add(3 * time.Minute))
		must(t, living.Look(t.Context()))
		heard, sent := e.heard(), messagesOf(t, s, h)
		if len(heard) != 2 || heard[0] != heard[1] || len(sent) != 1 || sent[0].State != hooks.Delivered {
			t.Errorf("%v %+v", heard, sent)
		}
		claims, err := s.ClaimHooks(t.Context(), 9, c.now(), c.now().Add(time.Minute))
		if err != nil || len(claims) != 0 {
			t.Errorf("%v %v", claims, err)
		}
	})
}

// dead is an outbox of a process that dies before it writes anything down.
type dead struct{ *Store }

func (dead) SettleHook(context.Context, hooks.Claim, func(hooks.Message, hooks.Target) (hooks.Message, hooks.Target, []hooks.Change)) error {
	return nil
}

// TestATargetThatDoesNotAnswer is tried with one message, then left alone, holds
// up no other, and gets everything of the last day when it is back.
func TestATargetThatDoesNotAnswer(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series, bad, good := plant(t, s), listening(t), listening(t)
		bad.tell(http.StatusBadGateway)
		ill, well := target(t, s, series, bad, hooks.Submitted), target(t, s, series, good, hooks.Submitted)
		for range 6 {
			submitted(t, s, series)
		}
		c := &clock{at: now}
		sender := senderOver(s, bad, c)
		for range 2 { // four at a time
			must(t, sender.Look(t.Context()))
		}
		if n := len(good.heard()); n != 6 {
			t.Errorf("%d of 6 arrived beside", n)
		}
		tries := len(bad.heard())
		must(t, sender.Look(t.Context()))
		if got := len(bad.heard()); got != tries || tries != 4 {
			t.Errorf("%d tries, then %d", tries, got)
		}
		c.set(now.Add(5 * time.Minute))
		must(t, sender.Look(t.Context()))
		if got := len(bad.heard()); got != tries+1 {
			t.Errorf("an ailing target was tried with %d", got-tries)
		}
		bad.tell(http.StatusNoContent)
		c.set(now.Add(2 * time.Hour))
		for range 4 {
			must(t, sender.Look(t.Context()))
		}
		for _, m := range messagesOf(t, s, ill) {
			if m.State != hooks.Delivered {
				t.Errorf("%+v", m)
			}
		}
		if h, err := s.HookTarget(t.Context(), ill.ID); err != nil || h.Health != (hooks.Health{}) {
			t.Errorf("%+v %v", h, err)
		}
		if n := len(good.heard()); n != 6 || len(messagesOf(t, s, well)) != 6 {
			t.Errorf("%d arrived beside in the end", n)
		}
	})
}

// TestWhatIsTooOld is given up, paused targets get tests alone, and what ended
// long ago is forgotten.
func TestWhatIsTooOld(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series, e := plant(t, s), listening(t)
		h := target(t, s, series, e, hooks.Submitted)
		h.Paused = true
		must(t, s.SaveHookTarget(t.Context(), h, hooks.Change{At: now, What: hooks.SayPaused.With()}))
		if err := s.SaveHookTarget(t.Context(), h, hooks.Change{At: now, What: hooks.SayPaused.With()}); !fault.Is(err, fault.Conflict) {
			t.Errorf("over an older version: %v", err)
		}
		submitted(t, s, series)
		c := &clock{at: now}
		sender := senderOver(s, e, c)
		must(t, s.TestHook(t.Context(), hooks.Message{ID: newID(), Target: h.ID, Kind: hooks.Test, At: now, NextAt: now, State: hooks.Waiting}, hooks.Change{At: now, ByName: "管理员", What: hooks.SayTested.With()}))
		must(t, sender.Look(t.Context()))
		if n := len(e.heard()); n != 1 {
			t.Errorf("%d messages to a paused target", n)
		}
		c.set(now.Add(25 * time.Hour))
		must(t, sender.Look(t.Context()))
		states := map[hooks.Kind]hooks.State{}
		for _, m := range messagesOf(t, s, h) {
			states[m.Kind] = m.State
		}
		if states[hooks.Submitted] != hooks.Failed || states[hooks.Test] != hooks.Delivered || len(e.heard()) != 1 {
			t.Errorf("%v", states)
		}
		c.set(now.Add(60 * 24 * time.Hour))
		must(t, sender.Look(t.Context()))
		if left := messagesOf(t, s, h); len(left) != 0 {
			t.Errorf("%+v", left)
		}
		record, err := s.HookChanges(t.Context(), h.ID, 10)
		if err != nil || len(record) != 3 || record[2].What.Key != hooks.SayMade.Key {
			t.Errorf("%+v %v", record, err)
		}
	})
}

func TestASeriesHasNotAnyNumberOfTargets(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series, e := plant(t, s), listening(t)
		for range hooks.MaxTargets {
			target(t, s, series, e, hooks.Released)
		}
		err := s.SaveHookTarget(t.Context(), hooks.Target{ID: newID(), Series: series.ID, Made: now}, hooks.Change{At: now})
		if !fault.Is(err, fault.Blocked) {
			t.Errorf("%v", err)
		}
		all, err := s.HookTargets(t.Context(), []uuid.UUID{series.ID})
		if err != nil || len(all) != hooks.MaxTargets {
			t.Errorf("%d %v", len(all), err)
		}
	})
}

// TestEveryActIsToldAsSomethingOrNothing on purpose: a new act has to be thought
// of.
func TestEveryActIsToldAsSomethingOrNothing(t *testing.T) {
	told := map[hooks.Kind]bool{hooks.Approved: true}
	for _, kind := range hookKinds {
		told[kind] = true
	}
	for _, kind := range hooks.Kinds() {
		if !told[kind] {
			t.Errorf("nothing is told as %s", kind)
		}
	}
	for _, c := range []struct {
		event workflow.Event
		want  hooks.Kind
	}{
		{workflow.Event{Act: workflow.Approve, From: workflow.Review, To: workflow.Review}, hooks.Decided},
		{workflow.Event{Act: workflow.Approve, From: workflow.Review, To: workflow.Approved}, hooks.Approved},
		{workflow.Event{Act: workflow.Classify, From: workflow.Review, To: workflow.Review}, ""},
		{workflow.Event{Act: workflow.Classify, From: workflow.Review, To: workflow.Approved}, hooks.Approved},
		{workflow.Event{Act: workflow.Save, From: workflow.Draft, To: workflow.Draft}, ""},
		{workflow.Event{Act: workflow.Unschedule, From: workflow.Scheduled, To: workflow.Registered}, ""},
		{workflow.Event{Act: workflow.Ratify, From: workflow.Approved, To: workflow.Approved}, ""},
	} {
		if got := toldAs(c.event); got != c.want {
			t.Errorf("%s from %s to %s: %q, not %q", c.event.Act, c.event.From, c.event.To, got, c.want)
		}
	}
}
