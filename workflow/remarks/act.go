package remarks

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// An Act is what is done with a remark.
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
	Show         Act = "show"      // 选登: in the text of a later issue
	Void         Act = "void"      // 作废
	Remind       Act = "remind"    // 催报: the program wrote to units; nobody can order it
)

// A Field is what an order brings for its act, beside the version.
type Field string

// The fields.
const (
	WritingField Field = "writing" // Order.Text
	UnitsField   Field = "units"   // Order.Units
	UnitField    Field = "unit"    // Order.Unit
	DueField     Field = "due"     // Order.Due
	IssueField   Field = "issue"   // Order.Issue
	NoteField    Field = "note"    // Order.Note
)

// An Order is what the actor wants.
type Order struct {
	Act     Act
	Version int
	Note    string           // the reason, the outcome, or how the leader was told
	Text    *Writing         // Enter, Mend
	Units   []workflow.Named // Assign: the first leads
	Unit    uuid.UUID        // TakeReply, SendBack
	Issue   uuid.UUID        // Show
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

// A move is a line of the table.
type move struct {
	act    Act
	from   []State
	to     State // "": stays, unless apply says otherwise
	roles  []accounts.Role
	fields []Field
	// bars is what stands against it whatever is ordered; against looks at the
	// order too.
	bars    func(c Case) []fault.Reason
	against func(c Case) []fault.Reason
	apply   func(c Case, r *Remark)
}

var (
	desk    = []accounts.Role{accounts.Clerk, accounts.Editor}
	heads   = []accounts.Role{accounts.Reviewer, accounts.Signatory}
	anybody = slices.Concat(desk, heads)
	working = []State{Assigned, Replied}
	kept    = []State{Checked, Assigned, Replied, Closed, Reported}
)

// moves is the table of everything that can happen to a remark.
var moves = []move{
	{Enter, []State{""}, Entered, desk, []Field{WritingField}, free, againstWords, applyWriting},
	{Mend, []State{Entered}, "", desk, []Field{WritingField}, free, againstWords, applyWriting},
	{Check, []State{Entered}, Checked, anybody, nil, againstOwn, free, func(c Case, r *Remark) { r.Checked = c.hand() }},
	{Assign, []State{Checked}, Assigned, desk, []Field{UnitsField, DueField, NoteField}, free, againstSlip, applySlip},
	{TakeReply, []State{Assigned}, "", desk, []Field{UnitField, NoteField}, free, againstReply, applyReply},
	{SendBack, working, Assigned, anybody, []Field{UnitField, NoteField}, againstNoReply, againstBack, applyBack},
	{AskLonger, []State{Assigned}, "", desk, []Field{DueField, NoteField}, againstLate, againstLonger, applyLonger},
	{GrantLonger, working, "", heads, []Field{NoteField}, againstNotAsked, againstSilence, func(c Case, r *Remark) { decideLonger(c, r, true) }},
	{RefuseLonger, working, "", heads, []Field{NoteField}, againstNotAsked, againstSilence, func(c Case, r *Remark) { decideLonger(c, r, false) }},
	{Close, []State{Checked, Replied}, Closed, desk, []Field{NoteField}, free, againstSilence, func(c Case, r *Remark) { r.Closed = c.hand() }},
	{Report, []State{Closed}, Reported, desk, []Field{NoteField}, free, againstSilence, func(c Case, r *Remark) { r.Told = c.hand() }},
	{Show, kept, "", desk, []Field{IssueField}, free, againstShown, func(c Case, r *Remark) { r.Shown = append(slices.Clone(r.Shown), c.Order.Issue) }},
	{Void, []State{Entered, Checked}, Voided, desk, []Field{NoteField}, free, againstSilence, func(Case, *Remark) {}},
}

var (
	sayRefused = fault.Say("remarks.refused", "批示不能这样办理", "this cannot be done with the remark")
	sayStale   = fault.Say("remarks.stale", "这条批示刚被别人办理过，请重新打开", "somebody else changed this remark; open it again")
	sayState   = fault.Say("remarks.state", "这条批示现在不能办理这一步", "the remark is not where this could be done")
	sayRole    = fault.Say("remarks.role", "%s没有办理这一步的职责", "%s has no role that may do this")
	sayNoAct   = fault.Say("remarks.no-such-act", "没有这种办理：%s", "there is no such act: %s")
)

var titles = map[Act]fault.Sentence{
	Enter:        fault.Say("remarks.act.enter", "登记", "enter"),
	Mend:         fault.Say("remarks.act.mend", "改正", "mend"),
	Check:        fault.Say("remarks.act.check", "核对无误", "check"),
	Assign:       fault.Say("remarks.act.assign", "交办", "assign to units"),
	TakeReply:    fault.Say("remarks.act.reply", "登记反馈", "enter a reply"),
	SendBack:     fault.Say("remarks.act.send-back", "退回重办", "send back"),
	AskLonger:    fault.Say("remarks.act.ask", "申请延期", "ask for more time"),
	GrantLonger:  fault.Say("remarks.act.grant", "同意延期", "grant more time"),
	RefuseLonger: fault.Say("remarks.act.refuse", "不同意延期", "refuse more time"),
	Close:        fault.Say("remarks.act.close", "办结", "close"),
	Report:       fault.Say("remarks.act.report", "报告领导", "report to the leader"),
	Show:         fault.Say("remarks.act.show", "选登", "show in an issue"),
	Void:         fault.Say("remarks.act.void", "作废", "void"),
	Remind:       fault.Say("remarks.act.remind", "催报", "remind by mail"),
}

// Title returns what people call the act.
func (a Act) Title() fault.Reason { return titles[a].With() }

// Acts returns every act, in the order in which they come.
func Acts() []Act { return convert(moves, func(m move) Act { return m.act }) }

// Known reports whether there is such an act.
func (a Act) Known() bool { return slices.Contains(Acts(), a) }

// Fields returns what an order brings for the act.
func (a Act) Fields() []Field {
	n := slices.IndexFunc(moves, func(m move) bool { return m.act == a })
	if n < 0 {
		return nil
	}
	return slices.Clone(moves[n].fields)
}

// Decide says what follows from an order about a remark, with its line of
// history, or tells every reason against it. It fails with fault.Conflict,
// fault.Forbidden and fault.Blocked as [workflow.Decide] does, and with
// fault.Invalid if there is no such act.
func Decide(c Case, line uuid.UUID) (Remark, Line, error) {
	n := slices.IndexFunc(moves, func(m move) bool { return m.act == c.Order.Act })
	switch {
	case n < 0:
		return Remark{}, Line{}, fault.New(fault.Invalid, sayNoAct.With(string(c.Order.Act)))
	case c.Order.Version != c.Remark.Version:
		return Remark{}, Line{}, fault.New(fault.Conflict, sayStale.With())
	case !slices.Contains(moves[n].from, c.Remark.State):
		return Remark{}, Line{}, fault.New(fault.Blocked, sayState.With())
	case !c.may(moves[n]):
		return Remark{}, Line{}, fault.New(fault.Forbidden, sayRole.With(c.Actor.Name()))
	}
	reasons := moves[n].bars(c)
	if len(reasons) == 0 {
		reasons = moves[n].against(c)
	}
	if len(reasons) > 0 {
		return Remark{}, Line{}, fault.New(fault.Blocked, sayRefused.With(), reasons...)
	}
	next := moves[n].follow(c)
	l := Line{ID: line, Remark: next.ID, Seq: next.Lines, At: moment(c.Now), By: c.Actor.Person.ID, Name: c.Actor.Name(),
		Act: c.Order.Act, From: c.Remark.State, To: next.State, Note: c.Order.Note, Prev: c.Remark.Head}
	l.Hash = l.sum()
	next.Head = l.Hash
	return next, l, nil
}

// may reports whether the actor has a role for a move.
func (c Case) may(m move) bool {
	return slices.ContainsFunc(m.roles, func(r accounts.Role) bool { return c.Actor.Person.Has(r, c.Series.ID) })
}

// follow is the remark after a move that nothing stands against.
func (m move) follow(c Case) Remark {
	next := c.Remark
	if m.to != "" {
		next.State = m.to
	}
	if next.Slip != nil {
		slip := *next.Slip
		next.Slip = &slip
	}
	m.apply(c, &next)
	next.Version++
	next.Lines++
	return next
}

// An Option is an act that somebody has the role for and that starts from where
// the remark is. Bars is what stands against it nevertheless.
type Option struct {
	Act  Act
	Bars []fault.Reason
}

// Options returns what the actor of a case could do with its remark, in the
// order of the table; the order of the case is not looked at.
func Options(c Case) (all []Option) {
	for _, m := range moves {
		if slices.Contains(m.from, c.Remark.State) && c.may(m) {
			all = append(all, Option{Act: m.act, Bars: m.bars(c)})
		}
	}
	return all
}

// MayEnter reports whether an actor may enter remarks on issues of a series.
func MayEnter(actor workflow.Actor, series uuid.UUID) bool {
	return slices.ContainsFunc(desk, func(r accounts.Role) bool { return actor.Person.Has(r, series) })
}
