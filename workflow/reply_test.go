package workflow

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A postbag is Replies in memory.
type postbag struct {
	replies  []Reply
	begun    map[uuid.UUID]time.Time
	answered map[uuid.UUID]Answered
}

func (b *postbag) Replies(_ context.Context, before time.Time, limit int) (all []Reply, err error) {
	for _, r := range b.replies {
		at, begun := b.begun[r.Mail]
		_, ended := b.answered[r.Mail]
		r.Begun = begun
		if !ended && (!begun || at.Before(before)) && len(all) < limit {
			all = append(all, r)
		}
	}
	return all, nil
}

func (b *postbag) BeginReply(_ context.Context, mail uuid.UUID, at time.Time) (bool, error) {
	_, begun := b.begun[mail]
	if !begun {
		b.begun[mail] = at
	}
	return !begun, nil
}

func (b *postbag) EndReply(_ context.Context, a Answered) error {
	b.answered[a.Mail] = a
	return nil
}

// posted is an office where the reviewer was asked by a letter and answers.
func posted(t *testing.T, sender, words string) (o *office, a Answering, issue Issue, bag *postbag) {
	t.Helper()
	o, a, issue, _ = asked(t)
	for _, ticket := range a.Tickets.(*drawer).tickets {
		bag = &postbag{begun: map[uuid.UUID]time.Time{}, answered: map[uuid.UUID]Answered{}, replies: []Reply{
			{Mail: uuid.New(), Delivery: ticket.Delivery, Sender: sender, Words: words},
		}}
	}
	a.Mails = bag
	return o, a, issue, bag
}

const qiao = "qiao@kjj.example"

func (b *postbag) only(t *testing.T) Answered {
	t.Helper()
	got, ok := b.answered[b.replies[0].Mail]
	if !ok {
		t.Fatal("the mail has no end")
	}
	return got
}

func TestAnAnswerByMailDecidesOnce(t *testing.T) {
	o, a, issue, bag := posted(t, "QIAO@kjj.example", "同意。\n乔栋")
	for n := range 3 {
		done, err := a.Collect(t.Context())
		if err != nil || done != max(0, 1-n) {
			t.Fatalf("look %d: %d decisions, %v", n, done, err)
		}
	}
	events := o.books.events[issue.ID]
	last := events[len(events)-1]
	if last.Act != Approve || last.Name != "乔栋" || !slices.ContainsFunc(last.Facts, func(f fault.Reason) bool { return f.Key == byReply.Key }) {
		t.Errorf("history says %+v", last)
	}
	got := bag.only(t)
	if !got.Done() || got.Notice.Kind != Replied || got.Notice.Says.Key != replyDone.Key || got.Notice.SendAt.IsZero() {
		t.Errorf("%+v", got)
	}
}

func TestAnAnswerByMailReturnsWithItsReason(t *testing.T) {
	o, a, issue, _ := posted(t, qiao, "退回：第3条数字有误")
	if n, err := a.Collect(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if now := o.books.issues[issue.ID]; now.State != Draft || now.Decisions[len(now.Decisions)-1].Note != "第3条数字有误" {
		t.Errorf("%s %+v", now.State, now.Decisions)
	}
}

// What an answer cannot do is left to a person, the issue as it was, the ticket
// unused, and whoever answered is told why.
func TestAnswersThatDecideNothing(t *testing.T) {
	for name, c := range map[string]struct {
		sender, words string
		before        func(o *office, a Answering, issue Issue)
		why           fault.Sentence
	}{
		"another's address": {"qiao@elsewhere.example", "同意", nil, replyFrom},
		"with a condition":  {qiao, "同意，但请改一处", nil, replyUnclear},
		"with more to say":  {qiao, "同意\n第3条请再核实", nil, replyUnclear},
		"no reason":         {qiao, "退回", nil, replyUnclear},
		"used before": {qiao, "同意", func(o *office, a Answering, _ Issue) {
			for _, ticket := range a.Tickets.(*drawer).tickets {
				ticket.Used = o.now
			}
		}, ticketUsed},
		"too late": {qiao, "同意", func(o *office, _ Answering, _ Issue) { o.now = o.now.Add(TicketTime) }, ticketExpired},
		"another text": {qiao, "同意", func(o *office, _ Answering, issue Issue) {
			changed := o.books.issues[issue.ID]
			changed.Copies.PrintRun++
			o.books.issues[issue.ID] = changed
		}, ticketStale},
		"asked for two": {qiao, "同意", func(_ *office, a Answering, _ Issue) {
			d := a.Tickets.(*drawer)
			for _, ticket := range d.tickets {
				second := *ticket
				second.ID = uuid.New()
				d.tickets["second"] = &second
				break
			}
		}, replyMany},
	} {
		o, a, issue, bag := posted(t, c.sender, c.words)
		if c.before != nil {
			c.before(o, a, issue)
		}
		events := len(o.books.events[issue.ID])
		if n, err := a.Collect(t.Context()); n != 0 || err != nil {
			t.Errorf("%s: %d, %v", name, n, err)
		}
		got := bag.only(t)
		if got.Done() || got.Why.Key != c.why.Key || got.Notice.Person != o.reviewer.Person.ID || got.Notice.Says.Key != replyLeft.Key {
			t.Errorf("%s: %+v", name, got)
		}
		if len(o.books.events[issue.ID]) != events {
			t.Errorf("%s: something was decided", name)
		}
		for _, ticket := range a.Tickets.(*drawer).tickets {
			if name != "used before" && !ticket.Used.IsZero() {
				t.Errorf("%s: the ticket is used", name)
			}
		}
	}
}

func TestAMailOfNoTicketIsLeft(t *testing.T) {
	_, a, _, bag := posted(t, qiao, "同意")
	bag.replies[0].Delivery = uuid.New()
	if n, err := a.Collect(t.Context()); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	if got := bag.only(t); got.Why.Key != noTicket.Key || got.Person != uuid.Nil {
		t.Errorf("%+v", got)
	}
}

func TestAnInterruptedAnswerIsNotTriedAgain(t *testing.T) {
	o, a, issue, bag := posted(t, qiao, "同意")
	bag.begun[bag.replies[0].Mail] = o.now
	if n, err := a.Collect(t.Context()); n != 0 || err != nil || len(bag.answered) != 0 {
		t.Fatal("somebody else may be at it", n, err)
	}
	o.now = o.now.Add(replyLost + time.Second)
	if n, err := a.Collect(t.Context()); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	if got := bag.only(t); got.Why.Key != replyBroken.Key || o.books.issues[issue.ID].State != Review {
		t.Errorf("%+v", got)
	}
}

func TestReadingAnAnswer(t *testing.T) {
	for words, want := range map[string]string{
		"同意": "approve ", " 同意。 \n乔栋\n科技局": "approve ", "Approved": "approve ", "退回：第3条数字有误": "return 第3条数字有误",
		"不同意，请核实\n第3条": "return 请核实\n第3条", "同意，但请改一处": " ", "退回": " ", "": " ", "收到": " ", "不 同意": " ",
		"同意\n第三条再核实一下": " ", "同意\n\n乔栋\n市科技局\n0477-8581234": "approve ", "退回的稿子看过了，同意": " ", "return: item 3": "return item 3",
		"Returning on Monday": " ", "退回\n数字有误": "return 数字有误", "同意？": " ", "不同意": " ",
	} {
		act, note, clear := ReadAnswer(words)
		if got := string(act) + " " + note; clear && got != want || !clear && want != " " {
			t.Errorf("%q: %q %v, want %q", words, got, clear, want)
		}
	}
}
