package mailer

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

func aTry(policy Policy) try {
	return try{
		delivery: Delivery{ID: uuid.New(), Token: uuid.New(), Created: noon.Add(-time.Hour)},
		relay:    "relay.example:25", began: noon.Add(-time.Second), ended: noon, policy: policy,
	}
}

func TestJudge(t *testing.T) {
	said := func(stage Stage, code int) Answer { return Answer{Stage: stage, Code: code, Words: "words"} }
	lost := func(stage Stage) Answer { return Answer{Stage: stage, Err: io.EOF, Words: "断了"} }
	cases := []struct {
		name       string
		answer     Answer
		ask, again State
	}{
		{"taken", said(Reply, 250), Accepted, Accepted},
		{"taken, forwarded", said(Reply, 251), Accepted, Accepted},

		{"dial: no answer", lost(Dial), Deferred, Deferred},
		{"dial: 421", said(Dial, 421), Deferred, Deferred},
		{"dial: 554 greeting", said(Dial, 554), Deferred, Deferred},
		{"dial: 535 password", said(Dial, 535), Deferred, Deferred},
		{"mail: lost", lost(Mail), Deferred, Deferred},
		{"mail: 421", said(Mail, 421), Deferred, Deferred},
		{"mail: 451", said(Mail, 451), Deferred, Deferred},
		{"mail: 530 sign in", said(Mail, 530), Deferred, Deferred},
		{"mail: 534 too weak", said(Mail, 534), Deferred, Deferred},
		{"mail: 538 encrypt first", said(Mail, 538), Deferred, Deferred},
		{"mail: 535 signed out", said(Mail, 535), Deferred, Deferred},
		{"mail: 550", said(Mail, 550), Failed, Failed},
		{"mail: 552 too large", said(Mail, 552), Failed, Failed},
		{"rcpt: lost", lost(Rcpt), Deferred, Deferred},
		{"rcpt: 450", said(Rcpt, 450), Deferred, Deferred},
		{"rcpt: 421", said(Rcpt, 421), Deferred, Deferred},
		{"rcpt: 550", said(Rcpt, 550), Failed, Failed},
		{"body: lost", lost(Body), Deferred, Deferred},
		{"body: 451", said(Body, 451), Deferred, Deferred},
		{"body: 554", said(Body, 554), Failed, Failed},
		{"body: 250 out of turn", said(Body, 250), Deferred, Deferred},
		{"dot: lost", lost(Dot), Uncertain, Deferred},
		{"reply: 451", said(Reply, 451), Deferred, Deferred},
		{"reply: 421", said(Reply, 421), Deferred, Deferred},
		{"reply: 554", said(Reply, 554), Failed, Failed},
		{"reply: 354 makes no sense", said(Reply, 354), Uncertain, Deferred},
		{"reply: 600 makes no sense", said(Reply, 600), Uncertain, Deferred},

		{"stopping", Answer{Stage: Body, Withheld: errStopping}, Queued, Queued},
		{"no database", Answer{Stage: Body, Withheld: errors.New("secret")}, Queued, Queued},
		{"spared", Answer{Stage: Dial, Spared: true, Words: "连不上"}, Deferred, Deferred},
		{"unfit", Answer{Stage: Dial, Unfit: true, Words: "没有主题"}, Failed, Failed},
	}
	for _, c := range cases {
		for policy, want := range map[Policy]State{Ask: c.ask, Resend: c.again} {
			try := aTry(policy)
			o := judge(c.answer, try)
			if o.State != want {
				t.Errorf("%s under %s: %s, want %s", c.name, policy, o.State, want)
			}
			if o.Delivery != try.delivery.ID || o.Token != try.delivery.Token || o.Stage != c.answer.Stage ||
				o.Relay != try.relay || o.Code != c.answer.Code || !o.Began.Equal(try.began) || !o.Ended.Equal(noon) {
				t.Errorf("%s: %+v", c.name, o)
			}
			if wait := o.NextAt.Sub(noon); want == Deferred && wait < 2*time.Minute || want == Queued && wait > storeWait {
				t.Errorf("%s: next after %s", c.name, wait)
			}
			if o.Words == "" || strings.Contains(o.Words, "secret") {
				t.Errorf("%s: words %q", c.name, o.Words)
			}
		}
	}
}

// TestWhatIsWithheldWaits for the database to come back, and for nobody when the
// program stops.
func TestWhatIsWithheldWaits(t *testing.T) {
	for why, want := range map[error]time.Duration{errStopping: 0, errors.New("no database"): storeWait} {
		if o := judge(Answer{Stage: Body, Withheld: why}, aTry(Ask)); o.State != Queued || o.NextAt.Sub(noon) != want {
			t.Errorf("%v: %s, next after %s", why, o.State, o.NextAt.Sub(noon))
		}
	}
}

func TestTheTimeIsUp(t *testing.T) {
	later := Answer{Stage: Rcpt, Code: 451, Words: "busy"}
	cases := []struct {
		age   time.Duration
		state State
		next  time.Duration
	}{
		{GiveUpAfter - time.Minute, Deferred, time.Minute}, // one last time, just then
		{GiveUpAfter, Failed, 0},
		{GiveUpAfter + time.Hour, Failed, 0},
	}
	for _, c := range cases {
		try := aTry(Ask)
		try.delivery.Created = noon.Add(-c.age)
		o := judge(later, try)
		if o.State != c.state || o.NextAt.Sub(noon) != c.next {
			t.Errorf("after %s: %s, next after %s", c.age, o.State, o.NextAt.Sub(noon))
		}
		if c.state == Failed && (!strings.Contains(o.Words, "5天") || !strings.Contains(o.Words, "busy")) {
			t.Errorf("the words do not say so: %q", o.Words)
		}
	}
	gone := aTry(Ask)
	gone.delivery.Created = noon.Add(-2 * GiveUpAfter)
	if o := judge(Answer{Stage: Dot}, gone); o.State != Uncertain {
		t.Errorf("an old letter that may have gone is %s", o.State)
	}
}

func TestBackoff(t *testing.T) {
	for tries, want := range []time.Duration{
		2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, 32 * time.Minute, 64 * time.Minute,
		128 * time.Minute, 4 * time.Hour, 4 * time.Hour,
	} {
		if got := Backoff(tries, 0); got != want {
			t.Errorf("after %d: %s, want %s", tries, got, want)
		}
	}
	if got := Backoff(0, 1); got != 3*time.Minute {
		t.Errorf("with all of its jitter it is %s", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		tries := rapid.IntRange(-2, 1<<40).Draw(t, "tries")
		wait := Backoff(tries, rapid.Float64().Draw(t, "jitter"))
		if wait < 2*time.Minute || wait > 6*time.Hour || wait < Backoff(tries, 0) {
			t.Errorf("%s", wait)
		}
	})
}
