package mailer

import (
	"time"

	"jianbao/fault"
)

var (
	sayUnanswered = fault.Say("mailer.unanswered", "信已发出，没等到答复（%s）：可能到了，也可能没到", "the letter was sent and no answer came (%s): it may have gone, and it may not")
	sayNotReached = fault.Say("mailer.not-reached", "连不上邮件中继%s：%s", "the mail relay %s cannot be reached: %s")
	sayTurnedAway = fault.Say("mailer.turned-away", "邮件中继%s不接受我们的连接：%d %s", "the mail relay %s turns us away: %d %s")
	sayLost       = fault.Say("mailer.lost", "信还没发完，与中继的连接就断了：%s", "the connection to the relay was lost before the letter was out: %s")
	sayGaveUp     = fault.Say("mailer.gave-up", "试了%d天仍未送出，不再试；最后一次：%s", "given up after %d days; the last time: %s")
	sayStopping   = fault.Say("mailer.stopping", "程序正在停止，信还没发出，已放回队列", "the program is stopping; the letter was not sent and is back in the queue")
	sayNoStore    = fault.Say("mailer.no-store", "数据库暂时不可用，信没有发出，已放回队列", "the database cannot be had now; the letter was not sent and is back in the queue")
)

// storeWait is how long a letter waits that was withheld because the database
// failed; one that was withheld because we are told to stop waits for nobody.
const storeWait = 10 * time.Second

// A try is one attempt, as judge needs to know it.
type try struct {
	delivery Delivery
	relay    string // host:port
	began    time.Time
	ended    time.Time
	policy   Policy
	jitter   float64 // 0 to 1, for Backoff
}

// judge says what a delivery becomes of an answer.
//
//	taken                               Accepted
//	withheld by us                      Queued
//	unfit to be sent                    Failed
//	no readable answer behind the dot   Uncertain; under Resend, Deferred
//	5xx to the letter                   Failed
//	4xx, 421, 5xx to ourselves, loss    Deferred; Failed when GiveUpAfter is over
func judge(a Answer, t try) Outcome {
	o := Outcome{
		Delivery: t.delivery.ID, Dispatch: t.delivery.Dispatch, Token: t.delivery.Token,
		Began: t.began, Ended: t.ended, NextAt: t.ended,
		Stage: a.Stage, Relay: t.relay,
		Code: a.Code, Enhanced: a.Enhanced, QueueID: a.QueueID, Words: words(a, t),
	}
	switch {
	case a.Withheld != nil:
		o.State = Queued
		if a.Withheld != errStopping {
			o.NextAt = t.ended.Add(storeWait)
		}
	case a.Unfit:
		o.State = Failed
	case a.Taken():
		o.State = Accepted
	case unanswered(a) && t.policy != Resend:
		o.State = Uncertain
	case refusesLetter(a):
		o.State = Failed
	default:
		return postpone(o, t, hintIn(a.Code, a.Words).wait)
	}
	return o
}

// unanswered reports whether the letter may have gone: there was no reply to
// its dot, or one that is neither yes, nor later, nor no.
func unanswered(a Answer) bool {
	return a.Stage == Dot || a.Stage == Reply && (a.Code < 200 || a.Code/100 == 3 || a.Code > 599)
}

// refusesLetter reports whether a 5xx is about this letter. One that is about
// us, as when we connect or have to sign in (RFC 4954 section 6), would fail
// every letter of a dispatch for one wrong password: those wait.
func refusesLetter(a Answer) bool {
	switch a.Code {
	case 530, 534, 535, 538:
		return false
	}
	return a.Code/100 == 5 && a.Stage != Dial
}

// postpone defers, at least as long as the relay asked for and not beyond the
// time when the delivery is given up.
func postpone(o Outcome, t try, asked time.Duration) Outcome {
	o.State = Deferred
	o.NextAt = t.ended.Add(max(Backoff(t.delivery.Tries, t.jitter), asked))
	if t.delivery.Created.IsZero() {
		return o
	}
	last := t.delivery.Created.Add(GiveUpAfter)
	switch {
	case !t.ended.Before(last):
		o.State, o.NextAt = Failed, t.ended
		days := int(GiveUpAfter / (24 * time.Hour))
		o.Words = tidy(sayGaveUp.With(days, o.Words).In(fault.ZH))
	case o.NextAt.After(last):
		o.NextAt = last
	}
	return o
}

// words are the relay's, or say what broke.
func words(a Answer, t try) string {
	var r fault.Reason
	switch {
	case a.Withheld == errStopping:
		r = sayStopping.With()
	case a.Withheld != nil:
		r = sayNoStore.With()
	case a.Unfit, a.Spared:
		return a.Words
	case a.Stage == Dial:
		r = notReached(a, t.relay)
	case unanswered(a):
		r = sayUnanswered.With(a.Words)
	case a.Code == 0:
		r = sayLost.With(a.Words)
	default:
		return a.Words
	}
	return tidy(r.In(fault.ZH))
}

// notReached says why there is no session with a relay.
func notReached(a Answer, relay string) fault.Reason {
	if a.Code != 0 {
		return sayTurnedAway.With(relay, a.Code, a.Words)
	}
	return sayNotReached.With(relay, a.Words)
}
