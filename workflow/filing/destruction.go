package filing

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// A Destruction is a list of items whose content is to be destroyed, and then
// the record that it was (销毁清册). It stays for ever:
//
//	proposed → approved → carried out
//	         ↘ refused
//
// Its lines do not change once it is proposed: whoever approves it approves
// those.
type Destruction struct {
	ID     uuid.UUID
	Series uuid.UUID
	Year   int // that it was proposed in
	No     int // runs within series and year
	State  ListState
	Lines  []Item

	Proposed Hand // with the reason as its note
	Decided  Hand // who approved or refused it
	Carried  Hand
	Witness  string // 监销人
	Version  int
}

// A ListState is where a destruction list stands.
type ListState string

// The states.
const (
	Proposed ListState = "proposed" // 待批准
	Approved ListState = "approved" // 待销毁
	Refused  ListState = "refused"  // 未批准
	Carried  ListState = "carried"  // 已销毁
)

var listWords = map[ListState]fault.Sentence{
	Proposed: fault.Say("filing.list.proposed", "待批准", "to be approved"),
	Approved: fault.Say("filing.list.approved", "已批准，待销毁", "approved, to be carried out"),
	Refused:  fault.Say("filing.list.refused-state", "未批准", "refused"),
	Carried:  fault.Say("filing.list.carried", "已销毁", "carried out"),
}

// Title returns what people call the state.
func (s ListState) Title() fault.Reason { return listWords[s].With() }

// Open reports whether the list waits for somebody.
func (s ListState) Open() bool { return s == Proposed || s == Approved }

var listName = fault.Say("filing.list.name", "%d年第%d号", "no. %[2]d of %[1]d")

// Name returns what people call the list.
func (d Destruction) Name() fault.Reason { return listName.With(d.Year, d.No) }

// A ListAct is what is done with a destruction list.
type ListAct string

// The acts.
const (
	Propose ListAct = "propose" // 提出
	Approve ListAct = "approve" // 批准
	Refuse  ListAct = "refuse"  // 不批准
	Carry   ListAct = "carry"   // 销毁
)

// A ListOrder is what the actor wants.
type ListOrder struct {
	Act     ListAct
	Version int    // of the list, as it was seen
	Reason  string // why it is proposed or refused; what is said with the rest
	Witness string // Carry: who sees it done
}

// A ListCase is all that is looked at to decide about a destruction list.
type ListCase struct {
	List   Destruction // with its id and series alone where it is proposed
	Series workflow.Series
	Lines  []Standing  // of the issues that it is or shall be about, in their order
	Last   map[int]int // the highest number of the series, by year
	Actor  workflow.Actor
	Order  ListOrder
	Now    time.Time
}

var (
	listRefused  = fault.Say("filing.list.refused", "销毁清册不能这样办理", "this cannot be done with the destruction list")
	listAct      = fault.Say("filing.list.act", "没有这种操作：%s", "there is no such act: %s")
	listStale    = fault.Say("filing.list.stale", "这份清册刚被别人办理过，请重新打开", "somebody else dealt with this list; open it again")
	listState    = fault.Say("filing.list.state", "这份清册现在是“%s”，不能办理这一步", "the list is: %s; this cannot be done now")
	listClerk    = fault.Say("filing.list.clerk", "%s没有本刊的收发职责，不能提出或执行销毁", "%s is no clerk of this series and may neither propose nor carry out a destruction")
	listHead     = fault.Say("filing.list.head", "%s没有本刊的审核或签发职责，不能审批销毁", "%s is no reviewer or signatory of this series and may not decide about a destruction")
	listOwn      = fault.Say("filing.list.own", "清册是%s提出的，须由他人批准", "%s proposed the list; somebody else must approve it")
	listReason   = fault.Say("filing.list.reason", "请写明理由，不超过%d个字", "give a reason, of at most %d characters")
	listEmpty    = fault.Say("filing.list.empty", "清册上没有文件，请先勾选", "the list is empty; choose what is to be on it")
	listWitness  = fault.Say("filing.list.witness", "请写明监销人，不能是执行销毁的%s自己", "name the witness, who is another than %s who carries it out")
	lineOf       = fault.Say("filing.line", "%s：%s", "%s: %s")
	lineNotEnded = fault.Say("filing.line.not-ended", "保管期限%s，到%d年底才满", "it is kept %s, until the end of %d")
	lineForEver  = fault.Say("filing.line.for-ever", "永久保管，不能销毁", "it is kept for ever and is not destroyed")
	lineHeld     = fault.Say("filing.line.held", "暂缓销毁：%s（%s）", "a hold stands: %s (%s)")
	lineListed   = fault.Say("filing.line.listed", "已在清册%s上", "it is on the list %s already")
	lineGone     = fault.Say("filing.line.gone", "内容已经销毁", "its content is destroyed already")
	lineTwice    = fault.Say("filing.line.twice", "在清册上出现两次", "it is on the list twice")
)

// A listMove is a line of the table of what may happen to a list.
type listMove struct {
	act     ListAct
	from    ListState
	against func(c ListCase) []fault.Reason
	who     func(c ListCase) []fault.Reason
	apply   func(c ListCase, d *Destruction, h Hand)
}

var listMoves = []listMove{
	{Propose, "", againstProposal, byClerk, propose},
	{Approve, Proposed, againstLines, byAnotherHead, func(_ ListCase, d *Destruction, h Hand) { d.State, d.Decided = Approved, h }},
	{Refuse, Proposed, againstSilence, byAnotherHead, func(_ ListCase, d *Destruction, h Hand) { d.State, d.Decided = Refused, h }},
	// What turned up after the approval, such as a hold, ends a list too.
	{Refuse, Approved, againstSilence, byAnotherHead, func(_ ListCase, d *Destruction, h Hand) { d.State, d.Decided = Refused, h }},
	{Carry, Approved, againstCarrying, byClerk, carry},
}

// DecideList says what follows from an order about a destruction list. It fails
// with fault.Invalid if there is no such act, with fault.Conflict if the list
// was changed meanwhile, with fault.Forbidden if the person stands in the way,
// and with fault.Blocked and every reason otherwise. Nothing of it looks at the
// exceptions of the series: there are always two people.
func DecideList(c ListCase) (Destruction, error) {
	if !slices.ContainsFunc(listMoves, func(m listMove) bool { return m.act == c.Order.Act }) {
		return Destruction{}, fault.New(fault.Invalid, listAct.With(string(c.Order.Act)))
	}
	if c.Order.Version != c.List.Version {
		return Destruction{}, fault.New(fault.Conflict, listStale.With())
	}
	n := slices.IndexFunc(listMoves, func(m listMove) bool { return m.act == c.Order.Act && m.from == c.List.State })
	if n < 0 {
		return Destruction{}, fault.New(fault.Blocked, listState.With(c.List.State.Title()))
	}
	if label, found := bulletin.Classified("", nil, c.Order.Reason+"\n"+c.Order.Witness); found {
		return Destruction{}, label.Refusal()
	}
	move := listMoves[n]
	if who := move.who(c); len(who) > 0 {
		return Destruction{}, fault.New(fault.Forbidden, listRefused.With(), who...)
	}
	if reasons := move.against(c); len(reasons) > 0 {
		return Destruction{}, fault.New(fault.Blocked, listRefused.With(), reasons...)
	}
	next := c.List
	next.Version++
	move.apply(c, &next, handOf(c.Actor, c.Now, c.Order.Reason))
	return next, nil
}

func propose(c ListCase, d *Destruction, h Hand) {
	d.Year, d.No, d.State, d.Proposed, d.Lines = c.today().Year, c.Last[c.today().Year]+1, Proposed, h, nil
	for _, l := range c.Lines {
		d.Lines = append(d.Lines, l.Item)
	}
}

func carry(c ListCase, d *Destruction, h Hand) {
	d.State, d.Carried, d.Witness = Carried, h, strings.TrimSpace(c.Order.Witness)
}

func (c ListCase) today() calendar.Day { return calendar.DayOf(c.Now.In(c.Series.Location())) }

func byClerk(c ListCase) []fault.Reason {
	return unless(holds(c.Actor, c.Series.ID, clerks...), listClerk.With(c.Actor.Name()))
}

// byAnotherHead is the second of the two people.
func byAnotherHead(c ListCase) []fault.Reason {
	reasons := unless(holds(c.Actor, c.Series.ID, heads...), listHead.With(c.Actor.Name()))
	return append(reasons, unless(c.Actor.Person.ID != c.List.Proposed.By, listOwn.With(c.Actor.Name()))...)
}

func againstSilence(c ListCase) []fault.Reason {
	return unless(strings.TrimSpace(c.Order.Reason) != "" && brief(c.Order.Reason), listReason.With(mostWords))
}

func againstProposal(c ListCase) []fault.Reason {
	reasons := append(againstSilence(c), unless(len(c.Lines) > 0, listEmpty.With())...)
	for n, l := range c.Lines {
		twice := slices.ContainsFunc(c.Lines[:n], func(o Standing) bool { return o.Item.Issue == l.Item.Issue })
		if twice {
			reasons = append(reasons, lineOf.With(l.Item.Document, lineTwice.With()))
		}
		if l.List != "" {
			reasons = append(reasons, lineOf.With(l.Item.Document, lineListed.With(l.List)))
		}
	}
	return append(reasons, againstLines(c)...)
}

func againstCarrying(c ListCase) []fault.Reason {
	witness := strings.TrimSpace(c.Order.Witness)
	named := witness != "" && witness != c.Actor.Name() && brief(witness)
	reasons := unless(named, listWitness.With(c.Actor.Name()))
	// A list that was tampered with behind the program's back is not carried out.
	two := c.List.Proposed.Done() && c.List.Decided.Done() && c.List.Proposed.By != c.List.Decided.By
	reasons = append(reasons, unless(two, listOwn.With(c.List.Proposed.Name))...)
	return append(reasons, againstLines(c)...)
}

// againstLines is what stands in the way of destroying items, whichever list
// they are on.
func againstLines(c ListCase) (reasons []fault.Reason) {
	today := c.today()
	for _, l := range c.Lines {
		for _, why := range l.against(today) {
			reasons = append(reasons, lineOf.With(l.Item.Document, why))
		}
	}
	return reasons
}

func (s Standing) against(today calendar.Day) (reasons []fault.Reason) {
	if s.State == workflow.Destroyed {
		return []fault.Reason{lineGone.With()}
	}
	last, ends := s.Item.Class.Last(s.Item.Year)
	switch {
	case !ends:
		reasons = append(reasons, lineForEver.With())
	case !s.Item.Class.Expired(s.Item.Year, today):
		reasons = append(reasons, lineNotEnded.With(s.Item.Class.Title(), last.Year))
	}
	if h, held := s.Held(today); held {
		reasons = append(reasons, lineHeld.With(h.Placed.Note, h.Placed.Name))
	}
	return reasons
}

// Warrant is by what the issues of an approved list are destroyed.
func (d Destruction) Warrant() *workflow.Warrant {
	return &workflow.Warrant{
		List: d.Name().In(fault.ZH), Proposed: d.Proposed.Name, Approved: d.Decided.Name,
		Witnessed: d.Witness, Reason: d.Proposed.Note,
	}
}

// Destroy is the change of one issue of a list that is being carried out.
func (d Destruction) Destroy(c workflow.Case, actor workflow.Actor, now time.Time, id uuid.UUID) (workflow.Change, error) {
	c.Actor, c.Now = actor, now
	c.Order = workflow.Order{Act: workflow.Destroy, Version: c.Issue.Version, Note: d.Carried.Note, Warrant: d.Warrant()}
	return workflow.Decide(c, id)
}
