// Package me are a person's own pages:
//
//	/me/notices   what the program told them, read and unread
//	/me/reach     how they are told: language, mail at once or once a morning,
//	              quiet hours, what is not mailed; their deadlines as a calendar
//	/calendar/{token}.ics   those deadlines, for a program that cannot sign in
//
// Whatever is mailed or not, a notice stands on the page until it is read or has
// ceased to matter, and what waits for a person lies on their desk.
package me

import (
	"context"
	"embed"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/throttle"
	"jianbao/workflow"
	"jianbao/workflow/feeds"
)

//go:embed templates
var files embed.FS

// Notices is where notices are, and how people are reached.
type Notices interface {
	// NoticesOf returns up to limit notices of a person that are not settled, the
	// newest first, whether they were read or not.
	NoticesOf(ctx context.Context, person uuid.UUID, limit int) ([]workflow.Notice, error)

	// ReadNotices marks notices of a person as read; no ids are all of them.
	ReadNotices(ctx context.Context, person uuid.UUID, now time.Time, ids ...uuid.UUID) error

	// ReachOf returns how a person is reached; version 0 if nobody said.
	ReachOf(ctx context.Context, person uuid.UUID) (workflow.Reach, error)

	// SaveReach writes how a person is reached. It fails with fault.Invalid and all
	// reasons, and with fault.Conflict if it was changed meanwhile.
	SaveReach(ctx context.Context, r workflow.Reach) error
}

// Feeds are deadlines as calendars.
type Feeds interface {
	// Make gives a person a new address and returns its token, once; the one
	// before ends.
	Make(ctx context.Context, person uuid.UUID) (string, error)

	// End ends the address of a person.
	End(ctx context.Context, person uuid.UUID) error

	// Of returns the feed of a person, and whether there is one.
	Of(ctx context.Context, person uuid.UUID) (feeds.Feed, bool, error)

	// Show returns the deadlines that a token opens, or fault.NotFound.
	Show(ctx context.Context, token string) ([]byte, error)
}

// Config is what the room needs. Site is the address of the pages; without it
// the address of a feed is shown without its beginning.
type Config struct {
	Notices Notices
	Feeds   Feeds
	Site    string
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
	reads *throttle.Tally // of calendars, by their hashes
}

// How often a calendar may be read: programs ask every quarter of an hour, on
// several devices of a person.
const (
	readsAtOnce = 20
	readsEvery  = time.Minute
	readsALot   = 5 // of which other processes are told at once
	maxFeeds    = 10_000
)

func (c Config) complete() error {
	if c.Notices == nil || c.Feeds == nil {
		return errors.New("web: a person's own pages need notices and feeds")
	}
	return nil
}

// Room makes the pages behind the door.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		if err := c.complete(); err != nil {
			return nil, err
		}
		pages, err := kit.Parse(files, nil)
		rm := &room{Kit: kit, Config: c, pages: pages}
		return page.Routes{
			"GET /me":            func(w http.ResponseWriter, r *http.Request) { page.See(w, r, "/me/notices") },
			"GET /me/notices":    rm.notices,
			"POST /me/notices":   rm.read,
			"GET /me/reach":      rm.reach,
			"POST /me/reach":     rm.saveReach,
			"GET /me/feed":       func(w http.ResponseWriter, r *http.Request) { page.See(w, r, "/me/reach") },
			"POST /me/feed":      rm.makeFeed,
			"POST /me/feed/stop": rm.endFeed,
		}, err
	}
}

// Outside makes what is asked for without signing in: the calendar itself.
func Outside(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		rm := &room{Kit: kit, Config: c, reads: throttle.Tell("calendar", throttle.New(readsAtOnce, readsEvery, maxFeeds), kit.Counts, readsALot, kit.Log)}
		return page.Routes{"GET /calendar/{file}": rm.calendar}, c.complete()
	}
}

// calendar answers a calendar program. It is told nothing of why there is none.
func (rm *room) calendar(w http.ResponseWriter, r *http.Request) {
	token, is := strings.CutSuffix(r.PathValue("file"), ".ics")
	if !is {
		rm.Nothing(w, r)
		return
	}
	now := rm.Now()
	feed := accounts.TokenHash(token)
	if wait := rm.reads.Take(now, feed); wait > 0 {
		seconds := int(math.Ceil(wait.Seconds()))
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		rm.Fail(w, r, fault.New(fault.TooMany, page.TooOften.With(seconds)))
		return
	}
	text, err := rm.Feeds.Show(r.Context(), token)
	if fault.Is(err, fault.NotFound) {
		rm.reads.Return(feed) // who guesses is counted by network
		rm.Nothing(w, r)
		return
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.reads.Count(r.Context(), now, feed)
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Cache-Control", "private, max-age=900")
	w.Header().Set("Referrer-Policy", "no-referrer")
	_, _ = w.Write(text)
}

// mostNotices is how many are shown.
const mostNotices = 200

// A list is the page of notices.
type list struct {
	Notices []workflow.Notice
	Unread  int
	Admin   bool
}

func (rm *room) list(r *http.Request) (list, error) {
	all, err := rm.Notices.NoticesOf(r.Context(), page.Person(r).ID, mostNotices)
	l := list{Notices: all, Admin: page.Person(r).Has(accounts.Admin, uuid.Nil)}
	for _, n := range all {
		if n.Read.IsZero() {
			l.Unread++
		}
	}
	return l, err
}

func (rm *room) notices(w http.ResponseWriter, r *http.Request) {
	l, err := rm.list(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "notices", page.Page{Data: l})
}

var badNotice = fault.Say("me.bad-notice", "没有这条提醒", "there is no such notice")

// read marks one notice as read, or all.
func (rm *room) read(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	var ids []uuid.UUID
	if one := r.PostForm.Get("notice"); err == nil && one != "all" {
		id, wrong := uuid.Parse(one)
		if wrong != nil {
			err = fault.New(fault.Invalid, badNotice.With())
		}
		ids = append(ids, id)
	}
	if err == nil {
		err = rm.Notices.ReadNotices(r.Context(), page.Person(r).ID, rm.Now(), ids...)
	}
	if err == nil {
		page.See(w, r, "/me/notices")
		return
	}
	l, broken := rm.list(r)
	if broken != nil {
		rm.Fail(w, r, broken)
		return
	}
	rm.pages.Refuse(w, r, "notices", page.Page{Data: l}, err)
}

// The words of the pages. Templates find them by key.
var (
	_ = fault.Say("me.notices", "提醒", "Notices")
	_ = fault.Say("me.none", "没有提醒。要办的事、催办和退回会写在这里。", "There are no notices. What waits for you, reminders and returns are written here.")
	_ = fault.Say("me.read", "已读", "Mark as read")
	_ = fault.Say("me.read-all", "全部标为已读", "Mark all as read")
	_ = fault.Say("me.unread", "%d条未读", "%d unread")
	_ = fault.Say("me.mailed", "已发邮件", "mailed")
	_ = fault.Say("me.will-mail", "%s发邮件", "to be mailed at %s")
	_ = fault.Say("me.hooks", "向其他系统推送", "Messages to other programs")
	_ = fault.Say("me.holidays", "放假安排", "Public holidays")
	_ = fault.Say("me.reach", "提醒方式", "How you are told")
	_ = fault.Say("me.reach-hint", "无论是否发邮件，提醒都在页面上；待办的事都在“我的工作”里。", "Whatever is mailed, notices stand on the page, and what waits for you lies on your desk.")
	_ = fault.Say("me.address", "邮箱（不写就不发邮件）", "Mail address (none: no mail)")
	_ = fault.Say("me.language", "邮件语言", "Language of mails")
	_ = fault.Say("me.chinese", "中文", "Chinese")
	_ = fault.Say("me.english", "英文", "English")
	_ = fault.Say("me.how", "邮件", "Mail")
	_ = fault.Say("me.daily", "每天一封，汇总当天的提醒", "One mail a day with all notices")
	_ = fault.Say("me.at-once", "每条随时发", "Each notice at once")
	_ = fault.Say("me.morning", "每天几点发", "When the daily mail comes")
	_ = fault.Say("me.quiet-from", "不打扰：从", "Quiet hours: from")
	_ = fault.Say("me.quiet-to", "到", "until")
	_ = fault.Say("me.quiet-hint", "两者相同就是没有；单位的不打扰时间另外照算。", "Equal times are none; those of the office count besides.")
	_ = fault.Say("me.mailed-kinds", "哪些发邮件", "What is mailed")
	_ = fault.Say("me.always", "必发", "always mailed")
	_ = fault.Say("me.feed", "办理期限日历", "Your deadlines as a calendar")
	_ = fault.Say("me.feed-hint", "在手机或电脑的日历里订阅这个地址，就能看到您的办理期限。知道地址的人都能看到，请勿转给别人。", "Subscribe to this address in the calendar of a phone or computer to see your deadlines. Whoever knows the address sees them; keep it to yourself.")
	_ = fault.Say("me.feed-made", "现有地址生成于%s。", "There is an address, made on %s.")
	_ = fault.Say("me.feed-once", "地址只显示这一次：", "The address is shown this once:")
	_ = fault.Say("me.feed-make", "生成地址", "Make an address")
	_ = fault.Say("me.feed-renew", "换新地址（旧的立即失效）", "Make another (the old one ends at once)")
	_ = fault.Say("me.feed-end", "停用", "End it")
)
