package workflow

import (
	"jianbao/accounts"
	"jianbao/fault"
)

// An Act is what a person or a robot does to an issue.
type Act string

// The acts.
const (
	Save       Act = "save"       // 修改
	Attach     Act = "attach"     // 加附件
	Detach     Act = "detach"     // 删附件
	Arrange    Act = "arrange"    // 排附件: put the files in another order
	Submit     Act = "submit"     // 送审
	Approve    Act = "approve"    // 同意
	Return     Act = "return"     // 退回
	Circulate  Act = "circulate"  // 更新名单: resolve the lists anew
	Withdraw   Act = "withdraw"   // 撤回
	Register   Act = "register"   // 登记
	Schedule   Act = "schedule"   // 定时发送
	Unschedule Act = "unschedule" // 取消发送
	Release    Act = "release"    // 发出
	Miss       Act = "miss"       // 逾时未发
	Hold       Act = "hold"       // 未能发出: something came up that a person must see
	Finish     Act = "finish"     // 发毕
	Archive    Act = "archive"    // 归档
	// Open makes an issue and is therefore not among the moves.
	Open Act = "open" // 新建
)

// A Move is one line of the table: what may happen to an issue, from where to
// where, by whom, and what must hold.
type Move struct {
	Act  Act
	From []State
	// To is the state that the move leads to, the first of them unless Decide
	// finds that the issue goes on from there.
	To []State
	// Who may: a role in the series; the people of the current step; a robot.
	Who Who
	// Needs are the rules that must hold. All are looked at, and all reasons
	// are told at once.
	Needs []Rule
	// Apply makes the issue what it is after the move, where more changes than
	// its state, and returns what history should keep of it.
	Apply func(c Case, next *Change) []fault.Reason
}

// Who says who may make a move. Exactly one of its fields is set.
type Who struct {
	Roles []accounts.Role // any of them, in the series
	Step  bool            // who may decide at the current step
	Robot bool            // the program itself
}

var (
	editor        = Who{Roles: []accounts.Role{accounts.Editor}}
	clerk         = Who{Roles: []accounts.Role{accounts.Clerk}}
	editorOrClerk = Who{Roles: []accounts.Role{accounts.Editor, accounts.Clerk}}
	decider       = Who{Step: true}
	robot         = Who{Robot: true}
)

// Moves returns the table of moves. Nothing else happens to an issue.
func Moves() []Move { return table }

var table = []Move{
	{Act: Save, Who: editor,
		From: []State{Draft}, To: []State{Draft},
		Needs: []Rule{isBulletin}, Apply: applySave},
	{Act: Attach, Who: editor,
		From: []State{Draft}, To: []State{Draft},
		Needs: []Rule{fileSafe, fileNew, fitsMail}, Apply: applyAttach},
	{Act: Detach, Who: editor,
		From: []State{Draft}, To: []State{Draft},
		Needs: []Rule{filesThere}, Apply: applyDetach},
	{Act: Arrange, Who: editor,
		From: []State{Draft}, To: []State{Draft},
		Needs: []Rule{filesThere, allFiles}, Apply: applyArrange},
	{Act: Submit, Who: editor,
		From: []State{Draft}, To: []State{Review, Approved},
		Needs: []Rule{isBulletin, nothingBlocks, hasLists, readyRule, fitsMail}, Apply: applyApproval},
	{Act: Approve, Who: decider,
		From: []State{Review}, To: []State{Review, Approved},
		Needs: []Rule{otherHands, notTwice}, Apply: applyApproval},
	{Act: Return, Who: decider,
		From: []State{Review}, To: []State{Draft},
		Needs: []Rule{reasonGiven}, Apply: applyReturn},
	{Act: Return, Who: clerk,
		From: []State{Approved, Registered}, To: []State{Draft},
		Needs: []Rule{reasonGiven}, Apply: applyReturn},
	{Act: Circulate, Who: editorOrClerk,
		From: []State{Draft, Review, Approved, Registered}, To: []State{Draft, Review, Approved, Registered},
		Apply: applyCirculate},
	{Act: Register, Who: clerk,
		From: []State{Approved}, To: []State{Registered},
		Needs: []Rule{approved, sameTemplate, namesKnown, reachable, copiesAddUp, dateReal, numberFree}, Apply: applyRegister},
	{Act: Schedule, Who: clerk,
		From: []State{Registered}, To: []State{Scheduled},
		Needs: []Rule{approved, sameTemplate, namesKnown, reachable, copiesAddUp, timeFits}, Apply: applySchedule},
	{Act: Unschedule, Who: clerk,
		From: []State{Scheduled}, To: []State{Registered},
		Needs: []Rule{reasonGiven}, Apply: applyUnschedule},
	{Act: Withdraw, Who: editorOrClerk,
		From: []State{Draft, Review, Approved, Registered, Scheduled}, To: []State{Withdrawn},
		Needs: []Rule{reasonGiven}, Apply: applyWithdraw},
	{Act: Release, Who: robot,
		From: []State{Scheduled}, To: []State{Dispatching},
		Needs: []Rule{approved, sameTemplate, namesKnown, reachable, copiesAddUp, readyRule, fitsMail, due, inTime, inWindow}, Apply: applyRelease},
	{Act: Miss, Who: robot,
		From: []State{Scheduled}, To: []State{Registered},
		Needs: []Rule{missed}, Apply: applyUnschedule},
	{Act: Hold, Who: robot,
		From: []State{Scheduled}, To: []State{Registered},
		Needs: []Rule{due, inWindow}, Apply: applyHold},
	{Act: Finish, Who: robot,
		From: []State{Dispatching}, To: []State{Dispatched},
		Needs: []Rule{lettersSettled}},
	{Act: Archive, Who: clerk,
		From: []State{Dispatched}, To: []State{Archived}},
}

// Words for acts, states and steps, for buttons, history and refusals.
var (
	actWords = map[Act]fault.Sentence{
		Open:       fault.Say("workflow.act.open", "新建", "open"),
		Save:       fault.Say("workflow.act.save", "修改", "save"),
		Attach:     fault.Say("workflow.act.attach", "加附件", "attach a file"),
		Detach:     fault.Say("workflow.act.detach", "删附件", "detach a file"),
		Arrange:    fault.Say("workflow.act.arrange", "调整附件次序", "put the files in order"),
		Submit:     fault.Say("workflow.act.submit", "送审", "submit"),
		Approve:    fault.Say("workflow.act.approve", "同意", "approve"),
		Return:     fault.Say("workflow.act.return", "退回", "return"),
		Circulate:  fault.Say("workflow.act.circulate", "更新名单", "resolve the lists anew"),
		Withdraw:   fault.Say("workflow.act.withdraw", "撤回", "withdraw"),
		Register:   fault.Say("workflow.act.register", "登记编号", "register"),
		Schedule:   fault.Say("workflow.act.schedule", "定时发送", "schedule"),
		Unschedule: fault.Say("workflow.act.unschedule", "取消发送", "unschedule"),
		Release:    fault.Say("workflow.act.release", "发出", "release"),
		Miss:       fault.Say("workflow.act.miss", "逾时未发，待人处理", "release missed, waits for a person"),
		Hold:       fault.Say("workflow.act.hold", "未能发出，待人处理", "cannot be released, waits for a person"),
		Finish:     fault.Say("workflow.act.finish", "发送完毕", "all letters settled"),
		Archive:    fault.Say("workflow.act.archive", "归档", "archive"),
	}
	stateWords = map[State]fault.Sentence{
		Draft:       fault.Say("workflow.state.draft", "草稿", "draft"),
		Review:      fault.Say("workflow.state.review", "审签中", "in review"),
		Approved:    fault.Say("workflow.state.approved", "已审签", "approved"),
		Registered:  fault.Say("workflow.state.registered", "已登记", "registered"),
		Scheduled:   fault.Say("workflow.state.scheduled", "待发", "scheduled"),
		Dispatching: fault.Say("workflow.state.dispatching", "发送中", "dispatching"),
		Dispatched:  fault.Say("workflow.state.dispatched", "已发", "dispatched"),
		Archived:    fault.Say("workflow.state.archived", "已归档", "archived"),
		Withdrawn:   fault.Say("workflow.state.withdrawn", "已撤回", "withdrawn"),
	}
	stepWords = map[StepKind]fault.Sentence{
		EditStep:        fault.Say("workflow.step.edit", "编辑", "edit"),
		ReviewStep:      fault.Say("workflow.step.review", "审核", "review"),
		CountersignStep: fault.Say("workflow.step.countersign", "会签", "countersign"),
		SignOffStep:     fault.Say("workflow.step.sign-off", "签发", "sign-off"),
		RecheckStep:     fault.Say("workflow.step.recheck", "复核", "recheck"),
	}
)

// Title returns what people call the act.
func (a Act) Title() fault.Reason { return actWords[a].With() }

// Title returns what people call the state.
func (s State) Title() fault.Reason { return stateWords[s].With() }

// Title returns what people call the step.
func (k StepKind) Title() fault.Reason { return stepWords[k].With() }
