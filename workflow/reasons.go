package workflow

import "jianbao/fault"

// What the rules say when they do not hold.
var (
	refused        = fault.Say("workflow.refused", "不能%s", "cannot %s")
	stale          = fault.Say("workflow.stale", "这一期刚被别人改过（您看到的是第%d版，现在是第%d版），请重新打开后再办", "somebody changed this issue meanwhile (you saw version %d, it is at %d now); open it again")
	wrongState     = fault.Say("workflow.wrong-state", "这一期现在是“%s”，不能%s", "the issue is %q now; it cannot %s")
	onlyRole       = fault.Say("workflow.only-role", "%s没有本刊的“%s”职责，不能%s", "%s is no %s of this series and may not %s")
	onlyRobot      = fault.Say("workflow.only-robot", "“%s”由系统自动办理", "%q is done by the program itself")
	noItems        = fault.Say("workflow.no-items", "正文里没有读到任何条目，不像一期简报", "no item was found in the text; this is no bulletin")
	blockedAt      = fault.Say("workflow.blocked-at", "第%d行：%s", "line %d: %s")
	noLists        = fault.Say("workflow.no-lists", "正文末尾没有“报”“送”“发”名单，不知道发给谁；请在文末写上，如“送：市发改委、市工信局。”", "the text has no list of recipients (“报”, “送”, “发”); add it at the end")
	noReason       = fault.Say("workflow.no-reason", "请写明%s的理由", "give a reason for this: %s")
	notApproved    = fault.Say("workflow.not-approved", "现在的内容还没有经过%s", "what it is now has not passed this step: %s")
	noSuchDate     = fault.Say("workflow.no-such-date", "日期不存在：%q", "there is no such date: %q")
	dateAhead      = fault.Say("workflow.date-ahead", "日期%s还没有到", "the date %s is still to come")
	numberTaken    = fault.Say("workflow.number-taken", "%d年第%d期已经登记过", "number %[2]d of %[1]d has been given already")
	otherKind      = fault.Say("workflow.other-kind", "期号已按“%s”登记，正文现在是“%s”；请改回，或撤回本期另行登记", "its number was given as %q and the text is %q now; change the text back, or withdraw the issue and register another")
	incomplete     = fault.Say("workflow.incomplete", "“%s”缺少必需的内容，无法办理", "%q lacks what it is about and cannot be done")
	otherTemplate  = fault.Say("workflow.other-template", "本刊版式已改为第%d版，本期审签的是第%d版；请退回，重新送审", "the template of the series is at version %d and this issue was approved with version %d; return it and submit it again")
	timePast       = fault.Say("workflow.time-past", "发送时间%s已经过去", "the time of release %s has passed")
	outsideWindow  = fault.Say("workflow.outside-window", "%s不在发送时段（%s）内", "%s is outside of the send window (%s)")
	notDue         = fault.Say("workflow.not-due", "还没有到发送时间%s", "its time %s has not come yet")
	tooLate        = fault.Say("workflow.too-late", "已超过发送时间%s太久，须由人重新决定", "its time %s passed too long ago; a person must decide")
	windowShut     = fault.Say("workflow.window-shut", "现在不在发送时段（%s）内", "the send window (%s) is shut")
	lettersPending = fault.Say("workflow.letters-pending", "还有%d封信没有结果", "%d letters are not settled")
	noSuchAct      = fault.Say("workflow.no-such-act", "没有这种操作：%s", "there is no such act: %s")
	mayNotOpen     = fault.Say("workflow.may-not-open", "%s不是本刊编辑，不能新建", "%s is no editor of this series and may not open an issue")
)
