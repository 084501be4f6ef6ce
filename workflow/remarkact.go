package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow/calendar"
)

// A RemarkAct is what is done with a remark.
type RemarkAct string

// The acts.
const (
	EnterRemark  RemarkAct = "enter"     // 登记
	MendRemark   RemarkAct = "mend"      // 改正: before it is checked
	CheckRemark  RemarkAct = "check"     // 核对
	AssignRemark RemarkAct = "assign"    // 交办
	ReplyRemark  RemarkAct = "reply"     // 反馈
	SendBack     RemarkAct = "send-back" // 退回重办
	AskLonger    RemarkAct = "ask"       // 申请延期
	GrantLonger  RemarkAct = "grant"     // 同意延期
	RefuseLonger RemarkAct = "refuse"    // 不同意延期
	CloseRemark  RemarkAct = "close"     // 办结
	TellLeader   RemarkAct = "report"    // 报告领导
	VoidRemark   RemarkAct = "void"      // 作废
)

// A RemarkOrder is what the actor wants.
type RemarkOrder struct {
	Act     RemarkAct
	Version int
	Note    string      // the reason, the outcome, or how the leader was told
	Text    *RemarkText // Enter, Mend
	Units   []Named     // Assign: the first leads
	Unit    uuid.UUID   // Reply, SendBack
	// Due is the last day, for Assign and AskLonger; the zero Day takes what the
	// remark itself says.
	Due calendar.Day
}

// A RemarkCase is all that is looked at to decide about a remark.
type RemarkCase struct {
	Remark   Remark
	Series   Series
	Calendar calendar.Calendar
	Actor    Actor
	Order    RemarkOrder
	Now      time.Time
	LastSlip int // the highest number of the series in the year of Now
}

// A RemarkLine is a line of a remark's history, hashed with the one before it.
type RemarkLine struct {
	ID     uuid.UUID   `json:"id"`
	Remark uuid.UUID   `json:"remark"`
	Seq    int         `json:"seq"`
	At     time.Time   `json:"at"`
	By     uuid.UUID   `json:"by"`
	Name   string      `json:"name"`
	Act    RemarkAct   `json:"act"`
	From   RemarkState `json:"from,omitempty"`
	To     RemarkState `json:"to"`
	Note   string      `json:"note,omitempty"`
	Prev   string      `json:"prev,omitempty"`
	Hash   string      `json:"-"`
}

// sum returns the hash of the line, which covers the hash of the one before.
func (l RemarkLine) sum() string {
	raw, err := json.Marshal(l)
	if err != nil {
		panic("workflow: a line cannot be hashed: " + err.Error()) // plain data always marshals
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

var (
	remarkRefused  = fault.Say("workflow.remark.refused", "批示不能这样办理", "this cannot be done with the remark")
	remarkStale    = fault.Say("workflow.remark.stale", "这条批示刚被别人办理过，请重新打开", "somebody else changed this remark; open it again")
	remarkState    = fault.Say("workflow.remark.state", "这条批示现在不能办理这一步", "the remark is not where this could be done")
	remarkRole     = fault.Say("workflow.remark.role", "%s没有办理这一步的职责", "%s has no role that may do this")
	remarkWords    = fault.Say("workflow.remark.words", "请写明批示的领导和内容", "say which leader, and what the remark says")
	remarkDate     = fault.Say("workflow.remark.date", "批示日期%s不存在", "there is no such day: %s")
	remarkScan     = fault.Say("workflow.remark.scan", "来自扫描件的，要附扫描件", "a remark from a scan comes with the scan")
	remarkOwn      = fault.Say("workflow.remark.own", "%s登记的，须由他人核对", "%s entered it; somebody else must check it")
	remarkReason   = fault.Say("workflow.remark.reason", "请写明理由或内容", "say why, or what")
	remarkUnits    = fault.Say("workflow.remark.units", "请写明承办单位，每个一次，主办在前", "name the units that are to act, each once, the leading one first")
	remarkNoDue    = fault.Say("workflow.remark.no-due", "批示里没有读到期限，请写明", "the remark names no deadline; set one")
	remarkDuePast  = fault.Say("workflow.remark.due-past", "期限%s已经过去", "the deadline %s has passed")
	remarkStranger = fault.Say("workflow.remark.stranger", "不是承办单位", "it is none of the units that are to act")
	remarkNoReply  = fault.Say("workflow.remark.no-reply", "这个单位没有可退回的反馈", "the unit has no reply that could be sent back")
	remarkLate     = fault.Say("workflow.remark.late", "期限%s已过，不能再申请延期", "the deadline %s has passed; more time is asked for before that")
	remarkLonger   = fault.Say("workflow.remark.longer", "延期应晚于原期限%s，且一次只有一个申请", "more time ends after %s, and is asked for once at a time")
	remarkNoAsk    = fault.Say("workflow.remark.no-ask", "没有待批的延期申请", "nobody asked for more time")
)

type remarkMove struct {
	act     RemarkAct
	from    []RemarkState
	to      RemarkState // "": stays, unless apply says otherwise
	roles   []accounts.Role
	against func(c RemarkCase) []fault.Reason
	apply   func(c RemarkCase, r *Remark)
}

var (
	desk    = []accounts.Role{accounts.Clerk, accounts.Editor}
	heads   = []accounts.Role{accounts.Reviewer, accounts.Signatory}
	working = []RemarkState{RemarkAssigned, RemarkReplied}
)

// remarkMoves is the table of everything that can happen to a remark.
var remarkMoves = []remarkMove{
	{EnterRemark, []RemarkState{""}, RemarkEntered, desk, againstWords,
		func(c RemarkCase, r *Remark) { r.RemarkText, r.Entered = *c.Order.Text, c.hand() }},
	{MendRemark, []RemarkState{RemarkEntered}, "", desk, againstWords,
		func(c RemarkCase, r *Remark) { r.RemarkText, r.Entered = *c.Order.Text, c.hand() }},
	{CheckRemark, []RemarkState{RemarkEntered}, RemarkChecked, append(desk[:2:2], heads...), againstOwn,
		func(c RemarkCase, r *Remark) { r.Checked = c.hand() }},
	{AssignRemark, []RemarkState{RemarkChecked}, RemarkAssigned, desk, againstSlip, applySlip},
	{ReplyRemark, []RemarkState{RemarkAssigned}, "", desk, againstReply, applyReply},
	{SendBack, working, RemarkAssigned, append(desk[:2:2], heads...), againstBack, applyBack},
	{AskLonger, []RemarkState{RemarkAssigned}, "", desk, againstLonger,
		func(c RemarkCase, r *Remark) {
			r.Slip.Extensions = append(slices.Clone(r.Slip.Extensions), Extension{To: c.Order.Due, Asked: c.hand()})
		}},
	{GrantLonger, working, "", heads, againstAsked, func(c RemarkCase, r *Remark) { decideLonger(c, r, true) }},
	{RefuseLonger, working, "", heads, againstAsked, func(c RemarkCase, r *Remark) { decideLonger(c, r, false) }},
	{CloseRemark, []RemarkState{RemarkReplied}, RemarkClosed, desk, againstSilence, func(c RemarkCase, r *Remark) { r.Closed = c.hand() }},
	{TellLeader, []RemarkState{RemarkClosed}, RemarkTold, desk, againstSilence, func(c RemarkCase, r *Remark) { r.Told = c.hand() }},
	{VoidRemark, []RemarkState{RemarkEntered, RemarkChecked}, RemarkVoid, desk, againstSilence, func(RemarkCase, *Remark) {}},
}

// DecideRemark says what follows from an order about a remark, with its line of
// history, or tells every reason against it. It fails with fault.Conflict,
// fault.Forbidden and fault.Blocked as [Decide] does, and with fault.Invalid if
// there is no such act.
func DecideRemark(c RemarkCase, line uuid.UUID) (Remark, RemarkLine, error) {
	n := slices.IndexFunc(remarkMoves, func(m remarkMove) bool { return m.act == c.Order.Act })
	switch {
	case n < 0:
		return Remark{}, RemarkLine{}, fault.New(fault.Invalid, noSuchAct.With(string(c.Order.Act)))
	case c.Order.Version != c.Remark.Version:
		return Remark{}, RemarkLine{}, fault.New(fault.Conflict, remarkStale.With())
	case !slices.Contains(remarkMoves[n].from, c.Remark.State):
		return Remark{}, RemarkLine{}, fault.New(fault.Blocked, remarkState.With())
	}
	move := remarkMoves[n]
	if !slices.ContainsFunc(move.roles, func(r accounts.Role) bool { return c.Actor.Person.Has(r, c.Series.ID) }) {
		return Remark{}, RemarkLine{}, fault.New(fault.Forbidden, remarkRole.With(c.Actor.Name()))
	}
	if reasons := move.against(c); len(reasons) > 0 {
		return Remark{}, RemarkLine{}, fault.New(fault.Blocked, remarkRefused.With(), reasons...)
	}
	next := c.Remark
	if move.to != "" {
		next.State = move.to
	}
	if next.Slip != nil {
		slip := *next.Slip
		next.Slip = &slip
	}
	move.apply(c, &next)
	next.Version++
	next.Lines++
	l := RemarkLine{ID: line, Remark: next.ID, Seq: next.Lines, At: moment(c.Now), By: c.Actor.Person.ID, Name: c.Actor.Name(),
		Act: move.act, From: c.Remark.State, To: next.State, Note: c.Order.Note, Prev: c.Remark.Head}
	l.Hash = l.sum()
	next.Head = l.Hash
	return next, l, nil
}

// VerifyRemark checks a remark's whole history; it fails with fault.Internal
// and the number of the first line that does not fit.
func VerifyRemark(r Remark, lines []RemarkLine) error {
	prev := ""
	for n, l := range lines {
		if l.Seq != n+1 || l.Prev != prev || l.sum() != l.Hash {
			return fault.New(fault.Internal, brokenChain.With(n+1))
		}
		prev = l.Hash
	}
	if len(lines) != r.Lines || prev != r.Head {
		return fault.New(fault.Internal, brokenChain.With(len(lines)+1))
	}
	return nil
}

func (c RemarkCase) hand() Hand {
	return Hand{By: c.Actor.Person.ID, Name: c.Actor.Name(), At: moment(c.Now), Note: c.Order.Note}
}

func (c RemarkCase) today() calendar.Day { return calendar.DayOf(c.Now.In(c.Series.Location())) }

func againstWords(c RemarkCase) []fault.Reason {
	t := c.Order.Text
	if t == nil || strings.TrimSpace(t.Leader) == "" || strings.TrimSpace(t.Text) == "" {
		return []fault.Reason{remarkWords.With()}
	}
	d := t.Date
	if d.Year == 0 {
		d.Year = 2024 // a leap year: February 29 may be meant
	}
	reasons := unless(t.Date.Day == 0 || d.Real(), remarkDate.With(t.Date.String()))
	return append(reasons, unless(t.Source != FromScan || t.Scan.SHA256 != "", remarkScan.With())...)
}

func againstOwn(c RemarkCase) []fault.Reason {
	return unless(c.Remark.Entered.By != c.Actor.Person.ID, remarkOwn.With(c.Remark.Entered.Name))
}

func againstSilence(c RemarkCase) []fault.Reason {
	return unless(strings.TrimSpace(c.Order.Note) != "", remarkReason.With())
}

// deadline is the day that the order sets, or that the remark says, counted
// from the day it is given to the units.
func (c RemarkCase) deadline() (calendar.Day, string) {
	if c.Order.Due != (calendar.Day{}) {
		return c.Order.Due, ""
	}
	d, _ := FindDeadline(c.Remark.Text, c.today(), c.Calendar)
	return d.Day, d.Words
}

func againstSlip(c RemarkCase) []fault.Reason {
	seen := map[uuid.UUID]bool{}
	twice := false
	for _, u := range c.Order.Units {
		twice = twice || seen[u.ID]
		seen[u.ID] = true
	}
	reasons := unless(len(seen) > 0 && !twice, remarkUnits.With())
	due, _ := c.deadline()
	if due == (calendar.Day{}) {
		return append(reasons, remarkNoDue.With())
	}
	return append(reasons, unless(due.Real() && !due.Before(c.today()), remarkDuePast.With(due.String()))...)
}

func applySlip(c RemarkCase, r *Remark) {
	due, words := c.deadline()
	task := c.Order.Note
	if task == "" {
		task = r.Text
	}
	r.Slip = &ActionSlip{Year: c.today().Year, No: c.LastSlip + 1, Task: task, Units: c.Order.Units, Due: due, Words: words, Given: c.hand()}
}

func againstReply(c RemarkCase) []fault.Reason {
	among := slices.ContainsFunc(c.Remark.Slip.Units, func(u Named) bool { return u.ID == c.Order.Unit })
	return append(againstSilence(c), unless(among, remarkStranger.With())...)
}

func applyReply(c RemarkCase, r *Remark) {
	n := slices.IndexFunc(r.Slip.Units, func(u Named) bool { return u.ID == c.Order.Unit })
	r.Slip.Replies = append(slices.Clone(r.Slip.Replies), SlipReply{Unit: c.Order.Unit, Name: r.Slip.Units[n].Name, Text: c.Order.Note, Hand: c.hand()})
	if len(r.Slip.Waiting()) == 0 {
		r.State = RemarkReplied
	}
}

func againstBack(c RemarkCase) []fault.Reason {
	return append(againstSilence(c), unless(c.Remark.Slip.answered(c.Order.Unit), remarkNoReply.With())...)
}

func applyBack(c RemarkCase, r *Remark) {
	r.Slip.Replies = slices.Clone(r.Slip.Replies)
	for n := len(r.Slip.Replies) - 1; n >= 0; n-- {
		if r.Slip.Replies[n].Unit == c.Order.Unit {
			r.Slip.Replies[n].Back = c.hand()
			return
		}
	}
}

func againstLonger(c RemarkCase) []fault.Reason {
	slip := c.Remark.Slip
	reasons := append(againstSilence(c), unless(!slip.Due.Before(c.today()), remarkLate.With(slip.Due.String()))...)
	later := c.Order.Due.Real() && slip.Due.Before(c.Order.Due) && slip.asked() < 0
	return append(reasons, unless(later, remarkLonger.With(slip.Due.String()))...)
}

func againstAsked(c RemarkCase) []fault.Reason {
	return append(againstSilence(c), unless(c.Remark.Slip.asked() >= 0, remarkNoAsk.With())...)
}

func decideLonger(c RemarkCase, r *Remark, granted bool) {
	n := r.Slip.asked()
	r.Slip.Extensions = slices.Clone(r.Slip.Extensions)
	r.Slip.Extensions[n].Decided, r.Slip.Extensions[n].Granted = c.hand(), granted
	if granted {
		r.Slip.Due = r.Slip.Extensions[n].To
	}
}
