package workflow

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

func TestNothingGoesWhileARecallWaits(t *testing.T) {
	for order, goes := range map[LetterOrder]bool{
		{Queue: PauseQueue}: false, {Queue: CancelQueue}: false, {Queue: ResumeQueue}: true,
		{Deed: HoldLetter}: false, {Deed: CancelLetter}: false, {Deed: ItArrived}: false,
		{Deed: RetryLetter}: true, {Deed: FreeLetter}: true, {Deed: SendAgain}: true,
	} {
		act := Steer
		if order.Deed != "" {
			act = Handle
		}
		c := caseOf(act, Dispatching, accounts.Clerk)
		order.Line.ID = uuid.New()
		c.Order.Letters, c.Order.Note = order, "停电"
		change, err := Decide(c, uuid.New())
		if err != nil || change.Issue.Digest() != c.Issue.Digest() || change.Issue.State != Dispatching || len(change.Event.Facts) != 1 {
			t.Errorf("%+v: %v", order, err)
		}
		c.Issue.Recall = &Recalling{ByName: "甲", Reason: "错"}
		if _, err := Decide(c, uuid.New()); goes != fault.Is(err, fault.Blocked) {
			t.Errorf("%+v while a recall waits: %v", order, err)
		}
		c.Issue.Recall, c.Order.Note = nil, " "
		if _, err := Decide(c, uuid.New()); !fault.Is(err, fault.Blocked) {
			t.Errorf("%+v without a reason: %v", order, err)
		}
	}
}

// onePart renders the same for every issue.
type onePart struct{}

func (onePart) Render(context.Context, Series, Issue) (Parts, error) {
	return Parts{Subject: "第8期", Text: []byte("正文")}, nil
}

// oneIssue keeps one issue and what was changed of it last.
type oneIssue struct {
	Books
	c    Case
	last Change
}

func (b *oneIssue) Issue(context.Context, uuid.UUID) (Issue, error)   { return b.c.Issue, nil }
func (b *oneIssue) Series(context.Context, uuid.UUID) (Series, error) { return b.c.Series, nil }
func (b *oneIssue) Change(_ context.Context, _ uuid.UUID, _ bool, decide func(Case) (Change, error)) (Issue, error) {
	change, err := decide(b.c)
	b.last = change
	return change.Issue, err
}

func TestATrialOpensNothingAgain(t *testing.T) {
	for _, state := range []State{Registered, Scheduled, Draft, Dispatching} {
		c := caseOf(Trial, state, accounts.Clerk)
		b := &oneIssue{c: c}
		desk := &Desk{Books: b, Render: onePart{}, Now: func() time.Time { return c.Now }, NewID: uuid.New}
		made, err := desk.Try(t.Context(), c.Actor, c.Issue.ID, "张三", "z@kjj.example")
		if state == Draft || state == Dispatching {
			if !fault.Is(err, fault.Blocked) && !fault.Is(err, fault.Invalid) {
				t.Errorf("of a %s issue: %v", state, err)
			}
			continue
		}
		sent := b.last.Trial
		if err != nil || sent == nil || sent.Parts.Subject != "【试发】第8期" || string(sent.Parts.Text) != "正文" || len(sent.Letters) != 1 || sent.Letters[0].Addresses[0] != "z@kjj.example" {
			t.Fatalf("%s: %+v, %v", state, sent, err)
		}
		if made.State != state || made.Digest() != c.Issue.Digest() || len(made.Decisions) != len(c.Issue.Decisions) || b.last.Release != nil || len(b.last.Moved) > 0 {
			t.Errorf("%s: something else happened", state)
		}
		if f := b.last.Event; f.Act != Trial || len(f.Facts) != 1 || !strings.Contains(f.Facts[0].In(fault.ZH), "z@kjj.example") {
			t.Errorf("%+v", f)
		}
	}
	c := caseOf(Trial, Registered, accounts.Clerk)
	desk := &Desk{Books: &oneIssue{c: c}, Render: onePart{}, Now: time.Now, NewID: uuid.New}
	if _, err := desk.Try(t.Context(), c.Actor, c.Issue.ID, "张三", ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("to nobody: %v", err)
	}
	if _, err := desk.Act(t.Context(), c.Actor, c.Issue.ID, Order{Act: Trial, Letters: onLetters()}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a letter of one's own making: %v", err)
	}
}
