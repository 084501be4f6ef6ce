// Package me is a person's own operations: what the program told them, how they
// are told, and their deadlines as a calendar.
//
//	/me/notices   what was told, read and unread
//	/me/reach     by which address, when, and of what
//	/me/feed      the address of the calendar (iCalendar)
//
// The room is given what a person's own pages are given.
package me

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/web/api/op"
	pages "jianbao/web/me"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// most is how many notices are shown.
const most = 500

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		op.On(k, op.Get("list-notices", "/me/notices", "me", "What the caller was told, the newest first"), rm.notices)
		op.On(k, op.Post("read-notices", "/me/notices/read", "me", "Mark notices as read"), rm.read)
		op.On(k, op.Get("read-reach", "/me/reach", "me", "How the caller is told"), rm.reach)
		op.On(k, op.Put("save-reach", "/me/reach", "me", "Change how the caller is told"), rm.save)
		// A PUT, since the answer to a POST may be kept (Idempotency-Key), and the
		// address is in no table.
		op.On(k, op.Put("make-feed", "/me/feed", "me", "Make a new address for the caller's deadlines; the one before ends"), rm.feed)
		op.On(k, op.Delete("end-feed", "/me/feed", "me", "End the address of the caller's deadlines"), rm.endFeed)
	}
}

// Notice is one thing that a person was told.
type Notice struct {
	ID     uuid.UUID  `json:"id" format:"uuid"`
	Kind   string     `json:"kind"`
	Says   op.Says    `json:"says"`
	At     time.Time  `json:"at"`
	Series uuid.UUID  `json:"series" format:"uuid"`
	Issue  *uuid.UUID `json:"issue,omitempty" format:"uuid"`
	Remark *uuid.UUID `json:"remark,omitempty" format:"uuid"`
	Read   time.Time  `json:"read,omitzero"`
}

func (rm *room) notices(ctx context.Context, in *op.Paging) (*op.Listed[Notice], error) {
	all, err := rm.Notices.NoticesOf(ctx, op.CallerOf(ctx).Person.ID, most)
	if err != nil {
		return nil, err
	}
	return op.Cut(*in, all, func(n workflow.Notice) string { return n.ID.String() }, func(n workflow.Notice) Notice {
		return Notice{n.ID, string(n.Kind), op.Said(n.Says), n.At, n.Series, op.Maybe(n.Issue), op.Maybe(n.Remark), n.Read}
	})
}

type readInput struct {
	op.Keyed
	Body struct {
		Notices []uuid.UUID `json:"notices,omitempty" maxItems:"500" doc:"all of them without it"`
	}
}

func (rm *room) read(ctx context.Context, in *readInput) (*op.Nothing, error) {
	return op.Done(rm.Notices.ReadNotices(ctx, op.CallerOf(ctx).Person.ID, rm.Now(), in.Body.Notices...))
}

// Reach is how a person is told.
type Reach struct {
	Address string    `json:"address" maxLength:"254" doc:"of mail; empty is none"`
	Lang    string    `json:"lang" enum:"zh,en"`
	AtOnce  bool      `json:"at_once" doc:"each notice by itself; otherwise once a day"`
	Morning int       `json:"morning" minimum:"0" maximum:"1439" doc:"when the daily mail comes, in minutes after midnight"`
	Quiet   QuietSpan `json:"quiet" doc:"hours without mail; equal ends are none"`
	Muted   []string  `json:"muted" maxItems:"50" doc:"kinds of notices that are never mailed"`
}

// QuietSpan is a part of a day, in minutes after midnight; it may pass midnight.
type QuietSpan struct {
	From int `json:"from" minimum:"0" maximum:"1440"`
	To   int `json:"to" minimum:"0" maximum:"1440"`
}

type reachBody struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body Reach
}

func (rm *room) reach(ctx context.Context, _ *struct{}) (*reachBody, error) {
	r, err := rm.Notices.ReachOf(ctx, op.CallerOf(ctx).Person.ID)
	muted := op.Each(r.Muted, func(k workflow.NoticeKind) string { return string(k) })
	return &reachBody{op.Tag(r.Version), Reach{r.Address, string(r.Language()), r.AtOnce, r.Daily(), QuietSpan(r.Quiet), muted}}, err
}

type ownSaveInput struct {
	op.Condition
	Body Reach
}

var notSaved = fault.Say("api.me.not-saved", "没有保存", "not saved")

func (rm *room) save(ctx context.Context, in *ownSaveInput) (*reachBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	before, err := rm.reach(ctx, nil)
	if err != nil {
		return nil, err
	}
	b := in.Body
	r := workflow.Reach{
		Person: op.CallerOf(ctx).Person.ID, Address: b.Address, Lang: fault.Lang(b.Lang), AtOnce: b.AtOnce, Morning: b.Morning,
		Quiet: calendar.Span(b.Quiet), Muted: op.Each(b.Muted, func(k string) workflow.NoticeKind { return workflow.NoticeKind(k) }), Version: version,
	}
	if r.Address != "" {
		if wrong := mailer.CheckAddress(r.Address); len(wrong) > 0 {
			return nil, fault.New(fault.Invalid, notSaved.With(), wrong...)
		}
	}
	if err := rm.Notices.SaveReach(ctx, r); err != nil {
		if before.ETag != op.Tag(version) {
			err = op.Overtaken(err, version, -1)
		}
		return nil, err
	}
	return rm.reach(ctx, nil)
}

// Feed is the address of somebody's deadlines. Whoever has it sees them; it is
// shown this once.
type Feed struct {
	Address string `json:"address"`
}

type feedBody struct{ Body Feed }

func (rm *room) feed(ctx context.Context, _ *struct{}) (*feedBody, error) {
	token, err := rm.Feeds.Make(ctx, op.CallerOf(ctx).Person.ID)
	return &feedBody{Feed{rm.Site + "/calendar/" + token + ".ics"}}, err
}

func (rm *room) endFeed(ctx context.Context, _ *struct{}) (*op.Nothing, error) {
	return op.Done(rm.Feeds.End(ctx, op.CallerOf(ctx).Person.ID))
}
