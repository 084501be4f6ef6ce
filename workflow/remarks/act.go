package remarks

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
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// A Act is what is done with a remark.
type Act string

// The acts.
const (
	Enter        Act = "enter"     // 登记
	Mend         Act = "mend"      // 改正: before it is checked
	Check        Act = "check"     // 核对
	Assign       Act = "assign"    // 交办
	TakeReply    Act = "reply"     // 反馈
	SendBack     Act = "send-back" // 退回重办
	AskLonger    Act = "ask"       // 申请延期
	GrantLonger  Act = "grant"     // 同意延期
	RefuseLonger Act = "refuse"    // 不同意延期
	Close        Act = "close"     // 办结
	Report       Act = "report"    // 报告领导
	Void         Act = "void"      // 作废
)

// A Order is what the actor wants.
type Order struct {
	Act     Act
	Version int
	Note    string           // the reason, the outcome, or how the leader was told
	Text    *Writing         // Enter, Mend
	Units   []workflow.Named // Assign: the first leads
	Unit    uuid.UUID        // Reply, SendBack
	// Due is the last day, for Assign and AskLonger; the zero Day takes what the
	// remark itself says.
	Due calendar.Day
}

// A Case is all that is looked at to decide about a remark.
type Case struct {
	Remark   Remark
	Series   workflow.Series
	Calendar calendar.Calendar
	Actor    workflow.Actor
	Order    Order
	Now      time.Time
	LastSlip int // the highest number of the series in the year of Now
}

// A Line is a line of a remark's history, hashed with the one before it.
type Line struct {
	ID     uuid.UUID `json:"id"`
	Remark uuid.UUID `json:"remark"`
	Seq    int       `json:"seq"`
	At     time.Time `json:"at"`
	By     uuid.UUID `json:"by"`
	Name   string    `json:"name"`
	Act    Act       `json:"act"`
	From   State     `json:"from,omitempty"`
	To     State     `json:"to"`
	Note   string    `json:"note,omitempty"`
	Prev   string    `json:"prev,omitempty"`
	Hash   string    `json:"-"`
}

// sum returns the hash of the line, which covers the hash of the one before.
func (l Line) sum() string {
	raw, err := json.Marshal(l)
	if err != nil {
		panic("workflow: a line cannot be hashed: " + err.Error()) // plain data always marshals
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

var (
	sayRefused  = fault.Say("remarks.refused", "批示不能这样办理", "this cannot be done with the remark")
	sayStale    = fault.Say("remarks.stale", "这条批示刚被别人办理过，请重新打开", "somebody else changed this remark; open it again")
	sayState    = fault.Say("remarks.state", "这条批示现在不能办理这一步", "the remark is not where this could be done")
	sayRole     = fault.Say("remarks.role", "%s没有办理这一步的职责", "%s has no role that may do this")
	sayWords    = fault.Say("remarks.words", "请写明批示的领导和内容", "say which leader, and what the remark says")
	sayDate     = fault.Say("remarks.date", "批示日期%s不存在", "there is no such day: %s")
	sayScan     = fault.Say("remarks.scan", "来自扫描件的，要附扫描件", "a remark from a scan comes with the scan")
	sayOwn      = fault.Say("remarks.own", "%s登记的，须由他人核对", "%s entered it; somebody else must check it")
	sayReason   = fault.Say("remarks.reason", "请写明理由或内容", "say why, or what")
	sayUnits    = fault.Say("remarks.units", "请写明承办单位，每个一次，主办在前", "name the units that are to act, each once, the leading one first")
	sayNoDue    = fault.Say("remarks.no-due", "批示里没有读到期限，请写明", "the remark names no deadline; set one")
	sayDuePast  = fault.Say("remarks.due-past", "期限%s已经过去", "the deadline %s has passed")
	sayStranger = fault.Say("remarks.stranger", "不是承办单位", "it is none of the units that are to act")
	sayNoReply  = fault.Say("remarks.no-reply", "这个单位没有可退回的反馈", "the unit has no reply that could be sent back")
	sayLate     = fault.Say("remarks.late", "期限%s已过，不能再申请延期", "the deadline %s has passed; more time is asked for before that")
	sayLonger   = fault.Say("remarks.longer", "延期应晚于原期限%s，且一次只有一个申请", "more time ends after %s, and is asked for once at a time")
	sayNoAsk    = fault.Say("remarks.no-ask", "没有待批的延期申请", "nobody asked for more time")
	sayNoAct    = fault.Say("remarks.no-such-act", "没有这种办理：%s", "there is no such act: %s")
	sayBroken   = fault.Say("remarks.broken-chain", "批示的第%d条历史记录被改动过", "line %d of the remark's history was tampered with")
)

type move struct {
	act     Act
	from    []State
	to      State // "": stays, unless apply says otherwise
	roles   []accounts.Role
	against func(c Case) []fault.Reason
	apply   func(c Case, r *Remark)
}

var (
	desk    = []accounts.Role{accounts.Clerk, accounts.Editor}
	heads   = []accounts.Role{accounts.Reviewer, accounts.Signatory}
	working = []State{Assigned, Replied}
)

// moves is the table of everything that can happen to a remark.
var moves = []move{
	{Enter, []State{""}, Entered, desk, againstWords,
		func(c Case, r *Remark) { r.Writing, r.Entered = *c.Order.Text, c.hand() }},
	{Mend, []State{Entered}, "", desk, againstWords,
		func(c Case, r *Remark) { r.Writing, r.Entered = *c.Order.Text, c.hand() }},
	{Check, []State{Entered}, Checked, append(desk[:2:2], heads...), againstOwn,
		func(c Case, r *Remark) { r.Checked = c.hand() }},
	{Assign, []State{Checked}, Assigned, desk, againstSlip, applySlip},
	{TakeReply, []State{Assigned}, "", desk, againstReply, applyReply},
	{SendBack, working, Assigned, append(desk[:2:2], heads...), againstBack, applyBack},
	{AskLonger, []State{Assigned}, "", desk, againstLonger,
		func(c Case, r *Remark) {
			r.Slip.Extensions = append(slices.Clone(r.Slip.Extensions), Extension{To: c.Order.Due, Asked: c.hand()})
		}},
	{GrantLonger, working, "", heads, againstAsked, func(c Case, r *Remark) { decideLonger(c, r, true) }},
	{RefuseLonger, working, "", heads, againstAsked, func(c Case, r *Remark) { decideLonger(c, r, false) }},
	{Close, []State{Replied}, Closed, desk, againstSilence, func(c Case, r *Remark) { r.Closed = c.hand() }},
	{Report, []State{Closed}, Reported, desk, againstSilence, func(c Case, r *Remark) { r.Told = c.hand() }},
	{Void, []State{Entered, Checked}, Voided, desk, againstSilence, func(Case, *Remark) {}},
}

// Decide says what follows from an order about a remark, with its line of
// history, or tells every reason against it. It fails with fault.Conflict,
// fault.Forbidden and fault.Blocked as [Decide] does, and with fault.Invalid if
// there is no such act.
func Decide(c Case, line uuid.UUID) (Remark, Line, error) {
	n := slices.IndexFunc(moves, func(m move) bool { return m.act == c.Order.Act })
	switch {
	case n < 0:
		return Remark{}, Line{}, fault.New(fault.Invalid, sayNoAct.With(string(c.Order.Act)))
	case c.Order.Version != c.Remark.Version:
		return Remark{}, Line{}, fault.New(fault.Conflict, sayStale.With())
	case !slices.Contains(moves[n].from, c.Remark.State):
		return Remark{}, Line{}, fault.New(fault.Blocked, sayState.With())
	}
	move := moves[n]
	if !slices.ContainsFunc(move.roles, func(r accounts.Role) bool { return c.Actor.Person.Has(r, c.Series.ID) }) {
		return Remark{}, Line{}, fault.New(fault.Forbidden, sayRole.With(c.Actor.Name()))
	}
	if reasons := move.against(c); len(reasons) > 0 {
		return Remark{}, Line{}, fault.New(fault.Blocked, sayRefused.With(), reasons...)
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
	l := Line{ID: line, Remark: next.ID, Seq: next.Lines, At: moment(c.Now), By: c.Actor.Person.ID, Name: c.Actor.Name(),
		Act: move.act, From: c.Remark.State, To: next.State, Note: c.Order.Note, Prev: c.Remark.Head}
	l.Hash = l.sum()
	next.Head = l.Hash
	return next, l, nil
}

// Verify checks a remark's whole history; it fails with fault.Internal
// and the number of the first line that does not fit.
func Verify(r Remark, lines []Line) error {
	prev := ""
	for n, l := range lines {
		if l.Seq != n+1 || l.Prev != prev || l.sum() != l.Hash {
			return fault.New(fault.Internal, sayBroken.With(n+1))
		}
		prev = l.Hash
	}
	if len(lines) != r.Lines || prev != r.Head {
		return fault.New(fault.Internal, sayBroken.With(len(lines)+1))
	}
	return nil
}

func (c Case) hand() Hand {
	return Hand{By: c.Actor.Person.ID, Name: c.Actor.Name(), At: moment(c.Now), Note: c.Order.Note}
}

func (c Case) today() calendar.Day { return calendar.DayOf(c.Now.In(c.Series.Location())) }

func againstWords(c Case) []fault.Reason {
	t := c.Order.Text
	if t == nil || strings.TrimSpace(t.Leader) == "" || strings.TrimSpace(t.Text) == "" {
		return []fault.Reason{sayWords.With()}
	}
	d := t.Date
	if d.Year == 0 {
		d.Year = 2024 // a leap year: February 29 may be meant
	}
	reasons := unless(t.Date.Day == 0 || d.Real(), sayDate.With(t.Date.String()))
	return append(reasons, unless(t.Source != FromScan || t.Scan.SHA256 != "", sayScan.With())...)
}

func againstOwn(c Case) []fault.Reason {
	return unless(c.Remark.Entered.By != c.Actor.Person.ID, sayOwn.With(c.Remark.Entered.Name))
}

func againstSilence(c Case) []fault.Reason {
	return unless(strings.TrimSpace(c.Order.Note) != "", sayReason.With())
}

// deadline is the day that the order sets, or that the remark says, counted
// from the day it is given to the units.
func (c Case) deadline() (calendar.Day, string) {
	if c.Order.Due != (calendar.Day{}) {
		return c.Order.Due, ""
	}
	d, _ := FindDeadline(c.Remark.Text, c.today(), c.Calendar)
	return d.Day, d.Words
}

func againstSlip(c Case) []fault.Reason {
	seen := map[uuid.UUID]bool{}
	twice := false
	for _, u := range c.Order.Units {
		twice = twice || seen[u.ID]
		seen[u.ID] = true
	}
	reasons := unless(len(seen) > 0 && !twice, sayUnits.With())
	due, _ := c.deadline()
	if due == (calendar.Day{}) {
		return append(reasons, sayNoDue.With())
	}
	return append(reasons, unless(due.Real() && !due.Before(c.today()), sayDuePast.With(due.String()))...)
}

func applySlip(c Case, r *Remark) {
	due, words := c.deadline()
	task := c.Order.Note
	if task == "" {
		task = r.Text
	}
	r.Slip = &Slip{Year: c.today().Year, No: c.LastSlip + 1, Task: task, Units: c.Order.Units, Due: due, Words: words, Given: c.hand()}
}

func againstReply(c Case) []fault.Reason {
	among := slices.ContainsFunc(c.Remark.Slip.Units, func(u workflow.Named) bool { return u.ID == c.Order.Unit })
	return append(againstSilence(c), unless(among, sayStranger.With())...)
}

func applyReply(c Case, r *Remark) {
	n := slices.IndexFunc(r.Slip.Units, func(u workflow.Named) bool { return u.ID == c.Order.Unit })
	r.Slip.Replies = append(slices.Clone(r.Slip.Replies), Reply{Unit: c.Order.Unit, Name: r.Slip.Units[n].Name, Text: c.Order.Note, Hand: c.hand()})
	if len(r.Slip.Waiting()) == 0 {
		r.State = Replied
	}
}

func againstBack(c Case) []fault.Reason {
	return append(againstSilence(c), unless(c.Remark.Slip.answered(c.Order.Unit), sayNoReply.With())...)
}

func applyBack(c Case, r *Remark) {
	r.Slip.Replies = slices.Clone(r.Slip.Replies)
	for n := len(r.Slip.Replies) - 1; n >= 0; n-- {
		if r.Slip.Replies[n].Unit == c.Order.Unit {
			r.Slip.Replies[n].Back = c.hand()
			return
		}
	}
}

func againstLonger(c Case) []fault.Reason {
	slip := c.Remark.Slip
	reasons := append(againstSilence(c), unless(!slip.Due.Before(c.today()), sayLate.With(slip.Due.String()))...)
	later := c.Order.Due.Real() && slip.Due.Before(c.Order.Due) && slip.asked() < 0
	return append(reasons, unless(later, sayLonger.With(slip.Due.String()))...)
}

func againstAsked(c Case) []fault.Reason {
	return append(againstSilence(c), unless(c.Remark.Slip.asked() >= 0, sayNoAsk.With())...)
}

func decideLonger(c Case, r *Remark, granted bool) {
	n := r.Slip.asked()
	r.Slip.Extensions = slices.Clone(r.Slip.Extensions)
	r.Slip.Extensions[n].Decided, r.Slip.Extensions[n].Granted = c.hand(), granted
	if granted {
		r.Slip.Due = r.Slip.Extensions[n].To
	}
}
