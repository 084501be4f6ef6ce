package hooks

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Kind is what a message tells.
type Kind string

// The kinds. Test is sent when somebody presses the button, whatever the target
// asked for.
const (
	Opened     Kind = "issue.opened"
	Submitted  Kind = "issue.submitted"
	Decided    Kind = "issue.decided" // at one step; the issue goes on
	Approved   Kind = "issue.approved"
	Returned   Kind = "issue.returned"
	Registered Kind = "issue.registered"
	Scheduled  Kind = "issue.scheduled"
	Released   Kind = "issue.released"
	Finished   Kind = "issue.finished" // all letters are settled
	Held       Kind = "issue.held"     // could not be released
	Withdrawn  Kind = "issue.withdrawn"
	Recalled   Kind = "issue.recalled"
	Corrected  Kind = "issue.corrected"
	Archived   Kind = "issue.archived"

	Test Kind = "test"
)

var kindTitles = map[Kind]fault.Sentence{
	Opened:     fault.Say("hooks.opened", "新建", "opened"),
	Submitted:  fault.Say("hooks.submitted", "送审", "submitted"),
	Decided:    fault.Say("hooks.decided", "一个环节同意", "approved at a step"),
	Approved:   fault.Say("hooks.approved", "审签完毕", "approved"),
	Returned:   fault.Say("hooks.returned", "退回", "returned"),
	Registered: fault.Say("hooks.registered", "登记编号", "registered"),
	Scheduled:  fault.Say("hooks.scheduled", "定时发送", "scheduled"),
	Released:   fault.Say("hooks.released", "发出", "released"),
	Finished:   fault.Say("hooks.finished", "发毕", "all letters settled"),
	Held:       fault.Say("hooks.held", "未能发出", "could not be released"),
	Withdrawn:  fault.Say("hooks.withdrawn", "撤回", "withdrawn"),
	Recalled:   fault.Say("hooks.recalled", "撤销", "recalled"),
	Corrected:  fault.Say("hooks.corrected", "更正", "corrected"),
	Archived:   fault.Say("hooks.archived", "归档", "archived"),
	Test:       fault.Say("hooks.test", "测试", "test"),
}

// Kinds lists the kinds that a target can ask for.
func Kinds() []Kind {
	return []Kind{Opened, Submitted, Decided, Approved, Returned, Registered, Scheduled, Released, Finished, Held, Withdrawn, Recalled, Corrected, Archived}
}

// Title returns what people call the kind.
func (k Kind) Title() fault.Reason {
	if s, known := kindTitles[k]; known {
		return s.With()
	}
	return fault.Reason{Key: string(k)}
}

// A Target is a program that is told what happens to the issues of a series.
type Target struct {
	ID     uuid.UUID
	Series uuid.UUID
	Name   string
	URL    string
	Kinds  []Kind
	Paused bool
	// Generation counts the secrets that were made, from 1; Renewed is when the
	// last was.
	Generation int
	Renewed    time.Time
	Health     Health
	Made       time.Time
	Ended      time.Time // zero: it is still told
	Version    int
}

// Wants reports whether a target is to be told.
func (t Target) Wants(kind Kind) bool {
	return t.Ended.IsZero() && (kind == Test || slices.Contains(t.Kinds, kind))
}

// Limits of a target.
const (
	MaxURL  = 1000 // bytes
	MaxName = 60   // characters
	// MaxTargets is how many a series has: each costs a row for every event.
	MaxTargets = 20
)

var (
	badTarget  = fault.Say("hooks.bad-target", "推送地址不能这样设", "the target cannot be set so")
	badName    = fault.Say("hooks.bad-name", "请写明推送给哪个系统，不超过%d字", "say which program it is, in at most %d characters")
	badKinds   = fault.Say("hooks.bad-kinds", "请至少选一种要推送的事项", "choose at least one kind of event")
	oddKind    = fault.Say("hooks.odd-kind", "没有这种事项：%q", "there is no such kind of event: %q")
	badURL     = fault.Say("hooks.bad-url", "地址应为完整的网址，如 https://oa.example.gov.cn/jianbao，不带用户名、密码和#", "the address is a whole one, such as https://oa.example.gov.cn/jianbao, without user, password and #")
	longURL    = fault.Say("hooks.long-url", "地址太长，最多%d个字符", "the address is too long; it has at most %d characters")
	plainHTTP  = fault.Say("hooks.plain-http", "地址须以https://开头；http://只能用于配置中允许的主机（hooks-allow）", "the address begins with https://; http:// is for hosts that the configuration allows (hooks-allow)")
	badPort    = fault.Say("hooks.bad-port", "不能推送到%d端口；允许的端口：%s", "nothing is sent to port %d; ports that are allowed: %s")
	innerPlace = fault.Say("hooks.inner-place", "%s在内部网络，不能推送；确需推送，请管理员在配置中允许这台主机（hooks-allow）", "%s lies in an internal network; if it is meant, the configuration must allow the host (hooks-allow)")
)

// Validate returns nil, or a fault.Error with the code Invalid and everything
// that is wrong with the target. What the name in the address leads to is looked
// at when it is dialled.
func (t Target) Validate(g Guard) error {
	var reasons []fault.Reason
	if n := utf8.RuneCountInString(t.Name); strings.TrimSpace(t.Name) == "" || n > MaxName {
		reasons = append(reasons, badName.With(MaxName))
	}
	if len(t.Kinds) == 0 {
		reasons = append(reasons, badKinds.With())
	}
	for _, kind := range t.Kinds {
		if !slices.Contains(Kinds(), kind) {
			reasons = append(reasons, oddKind.With(string(kind)))
		}
	}
	if reasons = append(reasons, g.against(t.URL)...); len(reasons) > 0 {
		return fault.New(fault.Invalid, badTarget.With(), reasons...)
	}
	return nil
}

// against returns what is wrong with an address as it is written.
func (g Guard) against(address string) (reasons []fault.Reason) {
	if len(address) > MaxURL {
		return []fault.Reason{longURL.With(MaxURL)}
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || strings.Contains(address, "#") {
		return []fault.Reason{badURL.With()}
	}
	port := 443
	if u.Scheme == "http" {
		port = 80
	}
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return []fault.Reason{badURL.With()}
		}
	}
	if g.allows(u.Hostname()) {
		return nil
	}
	if u.Scheme == "http" {
		reasons = append(reasons, plainHTTP.With())
	}
	if !g.opens(port) {
		reasons = append(reasons, badPort.With(port, g.portList()))
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !public(ip) || strings.EqualFold(u.Hostname(), "localhost") {
		reasons = append(reasons, innerPlace.With(u.Hostname()))
	}
	return reasons
}

// A Change is one line of the record of what was done to a target. Lines are
// only added.
type Change struct {
	ID     uuid.UUID
	Target uuid.UUID
	At     time.Time
	By     uuid.UUID
	ByName string
	What   fault.Reason
}

// What can be done to a target, for its record.
var (
	SayMade    = fault.Say("hooks.made", "新建：%s", "made: %s")
	SayChanged = fault.Say("hooks.changed", "修改：%s", "changed: %s")
	SayPaused  = fault.Say("hooks.paused", "暂停推送", "paused")
	SayResumed = fault.Say("hooks.resumed", "恢复推送", "resumed")
	SayRenewed = fault.Say("hooks.renewed", "更换密钥（第%d把）", "secret made anew (no. %d)")
	SayEnded   = fault.Say("hooks.ended", "删除", "removed")
	SayTested  = fault.Say("hooks.tested", "发测试消息", "sent a test")
	SayGone    = fault.Say("hooks.gone", "对方回答“不再接收”（410），自动暂停", "paused, for the receiver answered that it is gone (410)")
)
