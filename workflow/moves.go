package workflow

import (
	"slices"

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
	Misdate    Act = "misdate"    // 时钟有误: it went out by a clock that was ahead
	Archive    Act = "archive"    // 归档
	Destroy    Act = "destroy"    // 销毁: of its content, by an approved list

	Object    Act = "object"    // 提出异议: of one who countersigns
	Record    Act = "record"    // 补录纸质签批: what was decided on paper
	TakeBack  Act = "take-back" // 收回意见
	Reassign  Act = "reassign"  // 改派
	Amend     Act = "amend"     // 签发后改动
	Classify  Act = "classify"  // 认定改动
	Expedite  Act = "expedite"  // 紧急签发: before all have decided
	Ratify    Act = "ratify"    // 补签: after an emergency release
	Reroute   Act = "reroute"   // 改用现行流程
	Correct   Act = "correct"   // 更正: opens the correction of what is out
	Supersede Act = "supersede" // 由更正取代
	Abandon   Act = "abandon"   // 放弃更正
	Resend    Act = "resend"    // 补发: once more, to one unit
	Recall    Act = "recall"    // 提出撤销
	Confirm   Act = "confirm"   // 同意撤销
	Uphold    Act = "uphold"    // 不予撤销
	// Open and Import make an issue and are therefore not among the moves.
	Open   Act = "open"   // 新建
	Import Act = "import" // 补录往期
)

// A Move is one line of the table: what may happen to an issue, from where to
// where, by whom, and what must hold.
type Move struct {
	Act  Act
	From []State
	// To is the state that the move leads to, the first of them unless Apply
	// finds that the issue goes on from there.
	To []State
	// Stays says that the state stays as it is, unless Apply finds that the issue
	// goes To another.
	Stays bool
	// Who may: a role in the series; the people of the current step; a robot.
	Who Who
	// If are rules of the situation: where one does not hold the act makes no
	// sense, and is not even offered.
	If []Rule
	// Needs are the rules that must hold. All are looked at, and all reasons
	// are told at once.
	Needs []Rule
	// Apply makes the issue what it is after the move, where more changes than
	// its state, and returns what history should keep of it.
	Apply func(c Case, next *Change) []fault.Reason
	// Together says that the act is about the ledger as it is found under the
	// lock, so that people do it at once, whatever version they saw.
	Together bool
}

// Who says who may make a move: whoever any of its fields lets.
type Who struct {
	Roles     []accounts.Role // any of them, in the series
	Step      bool            // who may decide at the current step
	Signatory bool            // who may decide at the signatory's step
	Own       bool            // who has decided something that can be taken back
	Robot     bool            // the program itself
}

var (
	editor        = Who{Roles: []accounts.Role{accounts.Editor}}
	clerk         = Who{Roles: []accounts.Role{accounts.Clerk}}
	editorOrClerk = Who{Roles: []accounts.Role{accounts.Editor, accounts.Clerk}}
	decider       = Who{Step: true}
	robot         = Who{Robot: true}
	signatory     = Who{Signatory: true}
	whoDecided    = Who{Own: true}
	givesOut      = Who{Step: true, Roles: []accounts.Role{accounts.Clerk, accounts.Admin}}
	responsible   = Who{Roles: []accounts.Role{accounts.Signatory, accounts.Reviewer}}
	rechecks      = Who{Roles: []accounts.Role{accounts.Reviewer, accounts.Signatory, accounts.Clerk}}
)

// Moves returns the table of moves. Nothing else happens to an issue.
func Moves() []Move {
	return table
}

var table = slices.Concat(wayOut, afterMoves, unitMoves, letterMoves, printMoves)

// wayOut are the lines of the table from the draft to the archive.
var wayOut = []Move{
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
		Needs: []Rule{isBulletin, nothingBlocks, hasLists, readyRule, fitsMail, originalStands}, Apply: applySubmit},
	{Act: Reroute, Who: editorOrClerk,
		From: []State{Draft}, To: []State{Draft},
		If: []Rule{otherRoute}, Needs: []Rule{reasonGiven}, Apply: applyReroute},
	{Act: Approve, Who: decider,
		From: []State{Review}, To: []State{Review, Approved},
		Needs: []Rule{allClassed, otherHands, notTwice}, Apply: applyApproval},
	{Act: Object, Who: decider,
		From: []State{Review}, To: []State{Review},
		If: []Rule{countersigned}, Needs: []Rule{notTwice, reasonGiven}, Apply: applyObject},
	{Act: Record, Who: clerk,
		From: []State{Review}, To: []State{Review, Approved},
		Needs: []Rule{allClassed, paperSigned, scanSafe, otherHands, notTwice}, Apply: applyRecord},
	{Act: TakeBack, Who: whoDecided,
		From: []State{Review, Approved}, To: []State{Review, Approved, Draft},
		Needs: []Rule{notUsed}, Apply: applyTakeBack},
	{Act: Reassign, Who: givesOut,
		From: []State{Draft, Review}, Stays: true,
		Needs: []Rule{successorFits, reasonGiven}, Apply: applyReassign},
	{Act: Return, Who: decider,
		From: []State{Review}, To: []State{Draft, Review},
		Needs: []Rule{earlierStep, reasonGiven}, Apply: applyReturn},
	{Act: Return, Who: clerk,
		From: []State{Approved, Registered}, To: []State{Draft, Review},
		Needs: []Rule{earlierStep, reasonGiven}, Apply: applyReturn},
	{Act: Amend, Who: editorOrClerk,
		From: []State{Review, Approved, Registered}, Stays: true, To: []State{Review},
		If: []Rule{signedOffRule}, Needs: []Rule{allClassed, decidedNothing, isBulletin, nothingBlocks, hasLists, sameKind, filesExchanged, fitsMail}, Apply: applyAmend},
	{Act: Classify, Who: rechecks,
		From: []State{Review}, To: []State{Review, Approved, Registered},
		If: []Rule{changeWaits}, Needs: []Rule{othersChange, scopeIsSubstance}, Apply: applyClass},
	{Act: Expedite, Who: responsible,
		From: []State{Review}, To: []State{Approved},
		Needs: []Rule{allClassed, noObjection, notAuthor, reasonGiven}, Apply: applyExpedite},
	{Act: Ratify, Who: signatory,
		From: []State{Approved, Registered, Scheduled, Dispatching, Dispatched}, Stays: true,
		If: []Rule{toRatify}, Needs: []Rule{otherThanHasty}, Apply: applyRatify},
	{Act: Circulate, Who: editorOrClerk,
		From: []State{Draft, Review, Approved, Registered}, Stays: true, To: []State{Draft},
		Apply: applyCirculate},
	{Act: Register, Who: clerk,
		From: []State{Approved}, To: []State{Registered},
		Needs: []Rule{approved, sameTemplate, namesKnown, reachable, insideOnly, copiesAddUp, dateReal, numberFree, originalStands, sameReaders, twoPeople}, Apply: applyRegister},
	{Act: Schedule, Who: clerk,
		From: []State{Registered}, To: []State{Scheduled},
		Needs: []Rule{approved, sameTemplate, namesKnown, reachable, insideOnly, copiesAddUp, timeFits}, Apply: applySchedule},
	{Act: Unschedule, Who: clerk,
		From: []State{Scheduled}, To: []State{Registered},
		Needs: []Rule{reasonGiven}, Apply: applyUnschedule},
	{Act: Withdraw, Who: editorOrClerk,
		From: []State{Draft, Review, Approved, Registered, Scheduled}, To: []State{Withdrawn},
		Needs: []Rule{reasonGiven}, Apply: applyWithdraw},
	{Act: Release, Who: robot,
		From: []State{Scheduled}, To: []State{Dispatching},
		Needs: []Rule{approved, sameTemplate, namesKnown, reachable, insideOnly, copiesAddUp, readyRule, fitsMail, due, inTime, inWindow, originalStands, sameReaders, twoPeople}, Apply: applyRelease},
	{Act: Miss, Who: robot,
		From: []State{Scheduled}, To: []State{Registered},
		Needs: []Rule{missed}, Apply: applyUnschedule},
	{Act: Hold, Who: robot,
		From: []State{Scheduled}, To: []State{Registered},
		Needs: []Rule{due, inWindow}, Apply: applyHold},
	{Act: Finish, Who: robot,
		From: []State{Dispatching}, To: []State{Dispatched},
		Needs: []Rule{lettersSettled}},
	{Act: Misdate, Who: robot,
		From: []State{Dispatching, Dispatched}, Stays: true,
		If: []Rule{releasedAhead}, Apply: applyMisdate},
	{Act: Archive, Who: clerk,
		From: []State{Dispatched}, To: []State{Archived},
		Needs: []Rule{ratified, fileWhole}, Apply: applyArchive},
	// What was entered as a back issue, corrected or recalled is filed as well.
	{Act: Archive, Who: clerk,
		From: []State{Archived, Corrected, Recalled}, Stays: true,
		If: []Rule{beingFiled}, Needs: []Rule{ratified, fileWhole}, Apply: applyArchive},
	{Act: Destroy, Who: clerk,
		From: []State{Archived, Corrected, Recalled}, To: []State{Destroyed},
		If: []Rule{onApprovedList}, Needs: []Rule{noRecallOpen, nothingUnderWay}, Apply: applyDestroy},
}
