package workflow

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
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
	ToRecall   NoticeKind = "recall"     // 撤销待决定
	RemarkToDo NoticeKind = "remark"     // 批示待办
	RemarkDue  NoticeKind = "remark-due" // 批示将到期, or overdue
	Replied    NoticeKind = "replied"    // 回信办理情况
	ToFile     NoticeKind = "to-file"    // 待归档
	NotFiled   NoticeKind = "not-filed"  // 逾期未归档
	Holidays   NoticeKind = "holidays"   // 放假安排未录入
	EarlyClock NoticeKind = "clock"      // 时钟有误
)

// NoticeKinds lists every kind.
func NoticeKinds() []NoticeKind {
	return []NoticeKind{Assigned, Reminder, Overdue, Raised, StandIn, Unattended, Returned, Objection, HeldBack, NoIssue, NotOut, Unresolved, ToRatify, Unanswered, RemarkToDo, RemarkDue, Replied, ToFile, NotFiled, ToRecall, Holidays, EarlyClock}
}

// urgent are the kinds that do not wait for the morning.
func (k NoticeKind) urgent() bool {
	return slices.Contains([]NoticeKind{Raised, Unattended, HeldBack, ToRecall, StandIn}, k)
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
	case n.Kind == ToRecall:
		return "/issues/" + n.Issue.String() + "/after"
	case n.Issue != uuid.Nil:
		return "/issues/" + n.Issue.String()
	}
	return ""
}
