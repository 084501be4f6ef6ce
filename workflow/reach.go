package workflow

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

// A Reach is how a person is reached. Without one, or without an address,
// notices wait on the page; there they are all the same, whatever is mailed.
type Reach struct {
	Person  uuid.UUID
	Address string     // of mail; "" is none
	Lang    fault.Lang // "" is Chinese
	// AtOnce mails each notice by itself; otherwise those of a day come in one
	// mail, at Morning.
	AtOnce bool
	// Morning is minutes after midnight in the zone of the series; 0 is 8:30.
	Morning int
	// Quiet are the person's own hours without mail, beside those of the office;
	// they pass midnight where From is greater than To, and equal ones are none.
	Quiet calendar.Span
	// Muted are kinds that are never mailed. Those that cannot wait are not
	// among them: see [NoticeKind.Mutable].
	Muted   []NoticeKind
	Version int
}

// usualMorning is when the mail of the day comes, minutes after midnight.
const usualMorning = 8*60 + 30

// Mutable reports whether somebody can do without mail of a kind. What is held
// up until a person decides, or nobody else sees to, cannot be muted.
func (k NoticeKind) Mutable() bool { return !k.urgent() }

var (
	badReach    = fault.Say("workflow.bad-reach", "提醒方式不能这样设", "this way of being told cannot be used")
	badMorning  = fault.Say("workflow.bad-morning", "汇总提醒的时间应在一天之内", "the time of the daily mail lies within a day")
	badKind     = fault.Say("workflow.bad-notice-kind", "没有这种提醒：%q", "there is no such kind of notice: %q")
	mustBeTold  = fault.Say("workflow.must-be-told", "“%s”须及时处理，邮件不能关闭", "“%s” cannot wait, and is always mailed")
	badLanguage = fault.Say("workflow.bad-language", "没有这种语言：%q", "there is no such language: %q")
)

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why somebody cannot be reached so. Whether the address is one of mail is for
// whoever enters it to check.
func (r Reach) Validate() error {
	reasons := unless(r.Morning >= 0 && r.Morning < 24*60, badMorning.With())
	for _, kind := range r.Muted {
		switch {
		case !slices.Contains(NoticeKinds(), kind):
			reasons = append(reasons, badKind.With(string(kind)))
		case !kind.Mutable():
			reasons = append(reasons, mustBeTold.With(kind.Title()))
		}
	}
	reasons = append(reasons, calendar.Hours{Quiet: r.Quiet}.Validate()...)
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

// Daily returns when the mail of the day comes, in minutes after midnight.
func (r Reach) Daily() int {
	if r.Morning == 0 {
		return usualMorning
	}
	return r.Morning
}

// When returns when a notice of a kind that is made at now is mailed: at once
// or in the next morning, never in the quiet hours of the office or the person.
// The zero time is never.
func (r Reach) When(kind NoticeKind, c calendar.Calendar, now time.Time) time.Time {
	if r.Address == "" || slices.Contains(r.Muted, kind) && kind.Mutable() {
		return time.Time{}
	}
	if r.AtOnce || kind.urgent() {
		return moment(r.awake(c, now))
	}
	morning, here := r.Daily(), now.In(c.Zone)
	for day := here.Day(); ; day++ {
		at := time.Date(here.Year(), here.Month(), day, morning/60, morning%60, 0, 0, c.Zone)
		if at.After(now) {
			return moment(r.awake(c, at))
		}
	}
}

// awake returns the first moment at or after t that is in the quiet hours
// neither of the office nor of the person. Where the two leave none, the office
// has its say.
func (r Reach) awake(c calendar.Calendar, t time.Time) time.Time {
	own := calendar.Calendar{Zone: c.Zone, Hours: calendar.Hours{Quiet: r.Quiet}, Years: c.Years}
	at := c.NextAwake(t)
	for range 14 { // quiet spans take turns at most a few times a day
		if at.IsZero() || !own.Disturbs(at) {
			return at
		}
		if at = c.NextAwake(own.NextAwake(at)); !own.Disturbs(at) {
			return at
		}
	}
	return c.NextAwake(t)
}

var noticeTitles = map[NoticeKind]fault.Sentence{
	Assigned:   fault.Say("workflow.kind.assigned", "有事待办", "something to do"),
	Reminder:   fault.Say("workflow.kind.reminder", "将到期", "due soon"),
	Overdue:    fault.Say("workflow.kind.overdue", "已逾期", "overdue"),
	Raised:     fault.Say("workflow.kind.raised", "提请督办", "raised to you"),
	StandIn:    fault.Say("workflow.kind.stand-in", "请您代办", "in place of another"),
	Unattended: fault.Say("workflow.kind.unattended", "无人代办", "nobody stands in"),
	Returned:   fault.Say("workflow.kind.returned", "被退回", "returned"),
	Objection:  fault.Say("workflow.kind.objection", "有异议", "an objection"),
	HeldBack:   fault.Say("workflow.kind.held", "未能发出", "could not be released"),
	NoIssue:    fault.Say("workflow.kind.missing", "应有而无的一期", "an issue that should exist"),
	NotOut:     fault.Say("workflow.kind.late", "应发未发", "an issue that should be out"),
	Unresolved: fault.Say("workflow.kind.names", "名单未认定", "names that are not settled"),
	ToRatify:   fault.Say("workflow.kind.ratify", "待补签", "to be ratified"),
	Unanswered: fault.Say("workflow.kind.unanswered", "未签收", "not acknowledged"),
	"recall":   fault.Say("workflow.kind.recall", "撤销待决定", "a recall to be decided"),
	RemarkToDo: fault.Say("workflow.kind.remark", "批示待办", "a remark to see to"),
	RemarkDue:  fault.Say("workflow.kind.remark-due", "批示将到期", "a remark that is due"),
	Replied:    fault.Say("workflow.kind.replied", "回信办理情况", "what became of an answer by mail"),
	ToFile:     fault.Say("workflow.kind.to-file", "待归档", "to be filed"),
	NotFiled:   fault.Say("workflow.kind.not-filed", "逾期未归档", "not filed in time"),
	Holidays:   fault.Say("workflow.kind.holidays", "放假安排未录入", "holidays that are not entered"),
	EarlyClock: fault.Say("workflow.kind.clock", "时钟有误", "a clock that was wrong"),
}

// Title returns what people call the kind.
func (k NoticeKind) Title() fault.Reason {
	if s, known := noticeTitles[k]; known {
		return s.With()
	}
	return fault.Reason{Key: string(k)}
}
