// Package letters is the operations on letters that are on their way: each with
// its attempts, what is done with one, all letters of an issue paused, resumed or
// cancelled, and the letter to oneself (试发).
//
//	/issues/{issue}/deliveries/{delivery}       a letter and every try to send it
//	/issues/{issue}/deliveries/{delivery}/acts  retry, hold, free, cancel, arrived, again
//	/issues/{issue}/queue                       all letters that have not gone
//	/issues/{issue}/trial                       the letter as it would go out
//
// Where a letter stands by now the books say, so that no version is asked for.
// The room is given what the pages of the dispatch are given.
package letters

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/web/api/op"
	"jianbao/web/dispatch"
	"jianbao/workflow"
)

type room struct {
	*op.Kit
	dispatch.Config
}

// Room registers the operations.
func Room(c dispatch.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		op.On(k, op.Get("read-delivery", "/issues/{issue}/deliveries/{delivery}", "letters", "A letter and every try to send it"), rm.letter)
		op.On(k, op.Post("act-on-delivery", "/issues/{issue}/deliveries/{delivery}/acts", "letters", "Do something with one letter"), rm.handle)
		op.On(k, op.Get("read-queue", "/issues/{issue}/queue", "letters", "Whether letters are kept from going, and how many have not gone"), rm.queue)
		op.On(k, op.Post("steer-queue", "/issues/{issue}/queue", "letters", "Pause, resume or cancel all letters that have not gone"), rm.steer)
		op.On(k, op.Post("send-trial", "/issues/{issue}/trial", "letters", "Send the letter as it would go out to the caller's own address"), rm.trial)
	}
}

// OfDelivery is one letter of an issue.
type OfDelivery struct {
	op.OfIssue
	Delivery uuid.UUID `path:"delivery" format:"uuid"`
}

// LetterTries is a letter and its attempts.
type LetterTries struct {
	ID       uuid.UUID   `json:"id" format:"uuid"`
	Unit     uuid.UUID   `json:"unit" format:"uuid"`
	Name     string      `json:"name"`
	Address  string      `json:"address"`
	State    string      `json:"state"`
	NextAt   time.Time   `json:"next_at,omitzero"`
	Attempts []LetterTry `json:"attempts" doc:"the first one first"`
}

// LetterTry is one try to send a letter.
type LetterTry struct {
	N        int       `json:"n"`
	Began    time.Time `json:"began"`
	Ended    time.Time `json:"ended"`
	State    string    `json:"state" doc:"what the letter became"`
	Stage    string    `json:"stage" doc:"how far the conversation came"`
	Relay    string    `json:"relay"`
	Code     int       `json:"code,omitempty" doc:"of the relay's answer (RFC 5321)"`
	Enhanced string    `json:"enhanced,omitempty" doc:"RFC 3463"`
	Words    string    `json:"words,omitempty"`
}

type triesBody struct{ Body LetterTries }

// find returns a letter of an issue that the caller may see.
func (rm *room) find(ctx context.Context, in OfDelivery) (mailer.Delivery, error) {
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return mailer.Delivery{}, err
	}
	all, err := rm.Config.Reads.Deliveries(ctx, in.Issue)
	if err != nil {
		return mailer.Delivery{}, err
	}
	n := slices.IndexFunc(all, func(d mailer.Delivery) bool { return d.ID == in.Delivery })
	if n < 0 {
		return mailer.Delivery{}, op.NotHere()
	}
	return all[n], nil
}

func (rm *room) letter(ctx context.Context, in *OfDelivery) (*triesBody, error) {
	d, err := rm.find(ctx, *in)
	if err != nil {
		return nil, err
	}
	tries, err := rm.Config.Reads.Attempts(ctx, d.ID)
	return &triesBody{LetterTries{d.ID, d.Unit, d.Name, d.Address, string(d.State), d.NextAt, op.Each(tries, func(a mailer.Attempt) LetterTry {
		return LetterTry{a.N, a.Began, a.Ended, string(a.State), string(a.Stage), a.Relay, a.Code, a.Enhanced, a.Words}
	})}}, err
}

type handleInput struct {
	OfDelivery
	op.Keyed
	Body struct {
		Act  string `json:"act" enum:"retry,hold,free,cancel,arrived,again"`
		Note string `json:"note,omitempty" maxLength:"500" doc:"the reason"`
	}
}

func (rm *room) handle(ctx context.Context, in *handleInput) (*op.Changed, error) {
	d, err := rm.find(ctx, in.OfDelivery)
	if err != nil {
		return nil, err
	}
	return rm.act(ctx, in.Issue, workflow.Order{Act: workflow.Handle, Note: in.Body.Note, Letters: workflow.LetterOrder{
		Deed: workflow.LetterDeed(in.Body.Act), Line: workflow.LetterLine{ID: d.ID},
	}})
}

func (rm *room) act(ctx context.Context, issue uuid.UUID, order workflow.Order) (*op.Changed, error) {
	changed, err := rm.Desk.Act(ctx, op.CallerOf(ctx).Actor(), issue, order)
	return &op.Changed{ETag: op.Tag(changed.Version), Body: op.BriefOf(changed)}, err
}

// LetterQueue is the letters of an issue that have not gone.
type LetterQueue struct {
	Paused  bool `json:"paused"`
	Waiting int  `json:"waiting"`
}

type queueBody struct{ Body LetterQueue }

func (rm *room) queue(ctx context.Context, in *op.OfIssue) (*queueBody, error) {
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	all, err := rm.Config.Reads.Deliveries(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	out := &queueBody{}
	for _, d := range all {
		if !d.State.Final() {
			out.Body.Waiting++
		}
	}
	out.Body.Paused, err = rm.Config.Reads.Paused(ctx, in.Issue)
	return out, err
}

type steerInput struct {
	op.OfIssue
	op.Keyed
	Body struct {
		Order string `json:"order" enum:"pause,resume,cancel"`
		Note  string `json:"note,omitempty" maxLength:"500" doc:"the reason"`
	}
}

func (rm *room) steer(ctx context.Context, in *steerInput) (*op.Changed, error) {
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	return rm.act(ctx, in.Issue, workflow.Order{Act: workflow.Steer, Note: in.Body.Note, Letters: workflow.LetterOrder{Queue: workflow.QueueOrder(in.Body.Order)}})
}

type trialInput struct {
	op.OfIssue
	op.Keyed
}

// trial sends the letter to whoever asks, and to no other address: an issue is
// not sent to strangers this way.
func (rm *room) trial(ctx context.Context, in *trialInput) (*op.Changed, error) {
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	who := op.CallerOf(ctx)
	reach, err := rm.Config.Reads.ReachOf(ctx, who.Person.ID)
	if err != nil {
		return nil, err
	}
	changed, err := rm.Desk.Try(ctx, who.Actor(), in.Issue, who.Person.Name, reach.Address)
	return &op.Changed{ETag: op.Tag(changed.Version), Body: op.BriefOf(changed)}, err
}
