package me

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// A reachView is the page of how somebody is told.
type reachView struct {
	workflow.Reach
	Kinds      []kind
	Morning    string // as typed
	QuietFrom  string
	QuietTo    string
	HasFeed    bool
	FeedMade   time.Time
	FeedSecret string // the new address, once
}

// A kind is one of notices, and whether it is mailed.
type kind struct {
	Kind   workflow.NoticeKind
	Title  fault.Reason
	Mailed bool
	Fixed  bool // it is always mailed
}

func viewOf(r workflow.Reach) reachView {
	v := reachView{Reach: r, Morning: clock(r.Daily()), QuietFrom: clock(r.Quiet.From), QuietTo: clock(r.Quiet.To)}
	for _, k := range workflow.NoticeKinds() {
		v.Kinds = append(v.Kinds, kind{k, k.Title(), !k.Mutable() || !slices.Contains(r.Muted, k), !k.Mutable()})
	}
	return v
}

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func (rm *room) reach(w http.ResponseWriter, r *http.Request) {
	var notes []string
	if r.URL.Query().Has("saved") {
		notes = append(notes, saved.With().In(page.Lang(r)))
	}
	rm.showReach(w, r, nil, "", notes, nil)
}

var saved = fault.Say("me.saved-now", "提醒方式已保存", "how you are told was saved")

// showReach shows the page: what was typed where that was refused, otherwise
// what is kept.
func (rm *room) showReach(w http.ResponseWriter, r *http.Request, typed *reachView, secret string, notes []string, refused error) {
	who := page.Person(r)
	kept, err := rm.Notices.ReachOf(r.Context(), who.ID)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v := viewOf(kept)
	if typed != nil {
		v = *typed
	}
	feed, has, err := rm.Feeds.Of(r.Context(), who.ID)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.HasFeed, v.FeedMade, v.FeedSecret = has, feed.Made, secret
	if refused != nil {
		rm.pages.Refuse(w, r, "reach", page.Page{Room: "notices", Data: v}, refused)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "reach", page.Page{Room: "notices", Notes: notes, Data: v})
}

func (rm *room) saveReach(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	v, wrong := rm.typedReach(r)
	if err == nil {
		err = wrong
	}
	if err == nil {
		err = rm.Notices.SaveReach(r.Context(), v.Reach)
	}
	if err != nil {
		rm.showReach(w, r, &v, "", nil, err)
		return
	}
	page.See(w, r, "/me/reach?saved=1")
}

var badReach = fault.Say("me.bad-reach", "没有保存", "not saved")

// typedReach reads the form. What it returns beside an error is to be shown once
// more.
func (rm *room) typedReach(r *http.Request) (reachView, error) {
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	var wrong []fault.Reason
	minutes := func(name string) int {
		at, err := time.Parse("15:04", field(name))
		if err != nil {
			wrong = append(wrong, page.BadTime.With(field(name)))
		}
		return at.Hour()*60 + at.Minute()
	}
	reach := workflow.Reach{
		Person: page.Person(r).ID, Address: field("address"), Lang: fault.Lang(field("lang")), AtOnce: field("how") == "at-once",
		Morning: minutes("morning"), Quiet: calendar.Span{From: minutes("quiet-from"), To: minutes("quiet-to")},
	}
	for _, k := range workflow.NoticeKinds() {
		if k.Mutable() && !slices.Contains(r.PostForm["kind"], string(k)) {
			reach.Muted = append(reach.Muted, k)
		}
	}
	version, err := strconv.Atoi(field("version"))
	if err != nil {
		wrong = append(wrong, page.BadForm.With())
	}
	reach.Version = version
	if reach.Address != "" {
		wrong = append(wrong, mailer.CheckAddress(reach.Address)...)
	}
	if refusal := fault.As(reach.Validate()); refusal != nil {
		wrong = append(wrong, refusal.Reasons...)
	}
	v := viewOf(reach)
	v.Morning, v.QuietFrom, v.QuietTo = field("morning"), field("quiet-from"), field("quiet-to")
	if len(wrong) > 0 {
		return v, fault.New(fault.Invalid, badReach.With(), wrong...)
	}
	return v, nil
}

// makeFeed makes an address and shows it, this once: it is in no book, and no
// other page could show it.
func (rm *room) makeFeed(w http.ResponseWriter, r *http.Request) {
	token, err := rm.Feeds.Make(r.Context(), page.Person(r).ID)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	rm.showReach(w, r, nil, rm.Site+"/calendar/"+token+".ics", nil, nil)
}

func (rm *room) endFeed(w http.ResponseWriter, r *http.Request) {
	if err := rm.Feeds.End(r.Context(), page.Person(r).ID); err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.See(w, r, "/me/reach#feed")
}
