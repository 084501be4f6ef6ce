package workflow

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

// A Notice tells one person one thing, once. Its Key is unique for person and
// issue, so that no replica and no restart says it again. It is shown on the
// page until it is read or settled, and mailed by itself or with others.
type Notice struct {
	ID     uuid.UUID
	Person uuid.UUID
	Series uuid.UUID
	Issue  uuid.UUID // uuid.Nil: of the series alone, or of a remark
	Remark uuid.UUID // a leader's remark that it is about, or uuid.Nil
	Kind   NoticeKind
	Key    string
	// Place is where the issue must still stand for the notice to matter; ""
	// for what stays true.
	Place string
	// Digest is what the person is asked to decide about, or "".
	Digest Digest
	Says   fault.Reason
	At     time.Time
	// SendAt is when it is mailed, if it has not been read by then; the zero
	// time is never.
	SendAt time.Time
	Read   time.Time // zero: not yet
	// Settled is when it ceased to matter because the issue went on.
	Settled time.Time
	// Dispatch is the mail that told it, or uuid.Nil.
	Dispatch uuid.UUID
}

// A NoticeKind is what a notice is about.
type NoticeKind string

// The kinds of notices.
const (
	Assigned   NoticeKind = "assigned"   // 待办
	Reminder   NoticeKind = "reminder"   // 将到期
	Overdue    NoticeKind = "overdue"    // 已逾期
	Raised     NoticeKind = "raised"     // 提请上级
	StandIn    NoticeKind = "stand-in"   // 代办
	Unattended NoticeKind = "unattended" // 无人代办
	Returned   NoticeKind = "returned"   // 退回
	Objection  NoticeKind = "objection"  // 异议
	HeldBack   NoticeKind = "held"       // 未能发出
	NoIssue    NoticeKind = "missing"    // 应有而无
	NotOut     NoticeKind = "late"       // 应发未发
	Unresolved NoticeKind = "names"      // 名称未认定
	ToRatify   NoticeKind = "ratify"     // 待补签
	Unanswered NoticeKind = "unanswered" // 未签收
	RemarkToDo NoticeKind = "remark"     // 批示待办
	RemarkDue  NoticeKind = "remark-due" // 批示将到期, or overdue
	Replied    NoticeKind = "replied"    // 回信办理情况
	ToFile     NoticeKind = "to-file"    // 待归档
	NotFiled   NoticeKind = "not-filed"  // 逾期未归档
)

// NoticeKinds lists every kind.
func NoticeKinds() []NoticeKind {
	return []NoticeKind{Assigned, Reminder, Overdue, Raised, StandIn, Unattended, Returned, Objection, HeldBack, NoIssue, NotOut, Unresolved, ToRatify, Unanswered, RemarkToDo, RemarkDue, Replied, ToFile, NotFiled}
}

// urgent are the kinds that do not wait for the morning.
func (k NoticeKind) urgent() bool {
	return slices.Contains([]NoticeKind{Raised, Unattended, HeldBack, StandIn}, k)
}

// asks reports whether the kind asks for a decision that can be made by mail.
func (k NoticeKind) asks() bool {
	return slices.Contains([]NoticeKind{Assigned, Reminder, Overdue, StandIn}, k)
}

// Page is the address of the page on which a notice is acted upon, without the
// site; "" where there is none.
func (n Notice) Page() string {
	switch {
	case n.Remark != uuid.Nil:
		return "/remarks/" + n.Remark.String()
	case n.Issue != uuid.Nil:
		return "/issues/" + n.Issue.String()
	}
	return ""
}

// A Reach is how a person is reached. Without one, or without an address,
// notices wait on the page.
type Reach struct {
	Person  uuid.UUID
	Address string     // of mail; "" is none
	Lang    fault.Lang // "" is Chinese
	// AtOnce mails each notice by itself; otherwise those of a day come in one
	// mail, at Morning.
	AtOnce bool
	// Morning is minutes after midnight in the zone of the series; 0 is 8:30.
	Morning int
	// Muted are kinds that are never mailed; the page has them all the same.
	Muted   []NoticeKind
	Version int
}

var (
	badReach    = fault.Say("workflow.bad-reach", "提醒方式不能这样设", "this way of being told cannot be used")
	badMorning  = fault.Say("workflow.bad-morning", "汇总提醒的时间应在一天之内", "the time of the daily mail lies within a day")
	badKind     = fault.Say("workflow.bad-notice-kind", "没有这种提醒：%q", "there is no such kind of notice: %q")
	badLanguage = fault.Say("workflow.bad-language", "没有这种语言：%q", "there is no such language: %q")
)

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why somebody cannot be reached so. Whether the address is one of mail is for
// whoever enters it to check.
func (r Reach) Validate() error {
	reasons := unless(r.Morning >= 0 && r.Morning < 24*60, badMorning.With())
	for _, kind := range r.Muted {
		reasons = append(reasons, unless(slices.Contains(NoticeKinds(), kind), badKind.With(string(kind)))...)
	}
	known := slices.Contains([]fault.Lang{"", fault.ZH, fault.EN}, r.Lang)
	reasons = append(reasons, unless(known, badLanguage.With(string(r.Lang)))...)
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badReach.With(), reasons...)
	}
	return nil
}

// Language returns the person's language.
func (r Reach) Language() fault.Lang {
	if r.Lang == "" {
		return fault.ZH
	}
	return r.Lang
}

// When returns when a notice of a kind that is made at now is mailed: at once
// or in the next morning, never in the quiet hours of the office. The zero time
// is never.
func (r Reach) When(kind NoticeKind, c calendar.Calendar, now time.Time) time.Time {
	if r.Address == "" || slices.Contains(r.Muted, kind) {
		return time.Time{}
	}
	if r.AtOnce || kind.urgent() {
		return moment(c.NextAwake(now))
	}
	morning := r.Morning
	if morning == 0 {
		morning = 8*60 + 30
	}
	here := now.In(c.Zone)
	for day := here.Day(); ; day++ {
		at := time.Date(here.Year(), here.Month(), day, morning/60, morning%60, 0, 0, c.Zone)
		if at.After(now) {
			return moment(c.NextAwake(at))
		}
	}
}
