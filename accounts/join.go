package accounts

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// An Ask is a request to end the separation of the administrators: the security
// administrator asks, and somebody with another of the powers agrees, so that
// nobody ends it alone.
type Ask struct {
	By     uuid.UUID
	ByName string
	At     time.Time
	Reason string
}

// AskLife is how long a request waits for somebody to agree.
const AskLife = 24 * time.Hour

// Open reports whether the request still waits: the separation did not turn since.
func (a Ask) Open(s Separation, now time.Time) bool {
	return s.On && a.At.After(s.At) && now.Before(a.At.Add(AskLife))
}

var (
	notSplitter = fault.Say("accounts.not-splitter", "只有安全管理员（未分立时是管理员）才能启用三员分立", "the administrators are separated by the security administrator, or by an administrator while they are not")
	notAsker    = fault.Say("accounts.not-asker", "停用三员分立要由安全管理员提出", "to end the separation is for the security administrator to ask")
	notAgreeing = fault.Say("accounts.not-agreeing", "停用三员分立要由管理员或审计管理员同意，提出的人不能自己同意", "an administrator or an auditor agrees to end the separation, and nobody to what they asked themselves")
	nothingAsk  = fault.Say("accounts.nothing-asked", "没有等待同意的停用申请；申请一天内有效", "nobody asked to end the separation; a request waits for a day")
	notSplit    = fault.Say("accounts.not-split", "没有启用三员分立", "the administrators are not separated")
	isSplit     = fault.Say("accounts.is-split", "已经启用三员分立", "the administrators are separated already")
	askReason   = fault.Say("accounts.ask-reason", "请写明为什么要停用三员分立", "give the reason why the separation should end")
	askedJoin   = fault.Say("accounts.line.asked-join", "申请停用三员分立：%s", "asked to end the separation of the administrators: %s")
)

// maxAskReason is the longest reason of a request, in bytes.
const maxAskReason = 1000

// MaySplit returns nil if somebody may separate the administrators now, or a
// [fault.Error].
func (s Separation) MaySplit(p Person) error {
	switch {
	case !s.Grants(p):
		return fault.New(fault.Forbidden, notSplitter.With())
	case s.On:
		return fault.New(fault.Blocked, isSplit.With())
	}
	return nil
}

// MayAsk returns nil if somebody may ask to end the separation for a reason, or a
// [fault.Error].
func (s Separation) MayAsk(p Person, reason string) error {
	switch {
	case !p.Has(Security, uuid.Nil):
		return fault.New(fault.Forbidden, notAsker.With())
	case !s.On:
		return fault.New(fault.Blocked, notSplit.With())
	case reason == "" || len(reason) > maxAskReason || !Storable(reason):
		return fault.New(fault.Invalid, askReason.With())
	}
	return nil
}

// MayAgree returns nil if somebody may end the separation by agreeing to a
// request now, or a [fault.Error].
func (s Separation) MayAgree(p Person, a Ask, now time.Time) error {
	other := slices.ContainsFunc([]Role{Admin, Auditor}, func(r Role) bool { return p.Has(r, uuid.Nil) })
	switch {
	case !other || p.ID == a.By:
		return fault.New(fault.Forbidden, notAgreeing.With())
	case !a.Open(s, now):
		return fault.New(fault.Blocked, nothingAsk.With())
	}
	return nil
}

// JoinAsked says that somebody asked to end the separation.
func JoinAsked(reason string) fault.Reason { return askedJoin.With(reason) }
