package workflow

import (
	"maps"
	"slices"

	"jianbao/fault"
)

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
		Misdate:    fault.Say("workflow.act.misdate", "发出时间有误：时钟偏快", "released by a clock that was ahead"),
		Finish:     fault.Say("workflow.act.finish", "发送完毕", "all letters settled"),
		Archive:    fault.Say("workflow.act.archive", "归档", "file"),
		Destroy:    fault.Say("workflow.act.destroy", "销毁", "destroy"),
		Object:     fault.Say("workflow.act.object", "提出异议", "object"),
		Record:     fault.Say("workflow.act.record", "补录纸质签批", "enter a decision made on paper"),
		TakeBack:   fault.Say("workflow.act.take-back", "收回意见", "take back the decision"),
		Reassign:   fault.Say("workflow.act.reassign", "改派", "reassign"),
		Amend:      fault.Say("workflow.act.amend", "签发后改动", "change after the sign-off"),
		Classify:   fault.Say("workflow.act.classify", "认定改动", "class the change"),
		Expedite:   fault.Say("workflow.act.expedite", "紧急签发", "release in an emergency"),
		Ratify:     fault.Say("workflow.act.ratify", "补签", "approve afterwards"),
		Reroute:    fault.Say("workflow.act.reroute", "改用现行流程", "take the present route"),
		Correct:    fault.Say("workflow.act.correct", "更正", "correct"),
		Supersede:  fault.Say("workflow.act.supersede", "由更正取代", "replaced by its correction"),
		Abandon:    fault.Say("workflow.act.abandon", "放弃更正", "give up the correction"),
		Shelve:     fault.Say("workflow.act.shelve", "搁置", "leave a unit as it is"),
		Calm:       fault.Say("workflow.act.calm", "停止催办", "stop asking a unit"),
		Resend:     fault.Say("workflow.act.resend", "补发", "send again to one unit"),
		Steer:      fault.Say("workflow.act.steer", "分发控制", "steer the letters"),
		Handle:     fault.Say("workflow.act.handle", "处理信件", "see to a letter"),
		Trial:      fault.Say("workflow.act.trial", "试发", "send a trial letter"),
		Recall:     fault.Say("workflow.act.recall", "提出撤销", "ask for its recall"),
		Confirm:    fault.Say("workflow.act.confirm", "同意撤销", "confirm the recall"),
		Uphold:     fault.Say("workflow.act.uphold", "不予撤销", "let it stand"),
		Apportion:  fault.Say("workflow.act.apportion", "核定份数", "settle the copies"),
		Stamp:      fault.Say("workflow.act.stamp", "编份号", "number the copies"),
		Permit:     fault.Say("workflow.act.permit", "准许外发", "permit mail outside"),
		Post:       fault.Say("workflow.act.post", "登记份数", "enter copies"),
		HandOut:    fault.Say("workflow.act.hand-out", "交接", "hand copies over"),
		Widen:      fault.Say("workflow.act.widen", "申请增发", "ask for a wider distribution"),
		Grant:      fault.Say("workflow.act.grant", "同意增发", "consent to a wider distribution"),
		Deny:       fault.Say("workflow.act.deny", "不同意增发", "refuse a wider distribution"),
		Import:     fault.Say("workflow.act.import", "补录往期", "enter a back issue"),
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
		Corrected:   fault.Say("workflow.state.corrected", "已更正", "corrected"),
		Recalled:    fault.Say("workflow.state.recalled", "已撤销", "recalled"),
		Destroyed:   fault.Say("workflow.state.destroyed", "已销毁", "destroyed"),
	}
	stepWords = map[StepKind]fault.Sentence{
		EditStep:        fault.Say("workflow.step.edit", "编辑", "edit"),
		ReviewStep:      fault.Say("workflow.step.review", "审核", "review"),
		CountersignStep: fault.Say("workflow.step.countersign", "会签", "countersign"),
		SignOffStep:     fault.Say("workflow.step.sign-off", "签发", "sign-off"),
		RecheckStep:     fault.Say("workflow.step.recheck", "复核", "recheck"),
		ProofStep:       fault.Say("workflow.step.proof", "校对", "proof"),
	}
)

// Acts returns everything that can be done to an issue, ordered by name.
func Acts() []Act { return slices.Sorted(maps.Keys(actWords)) }

// Title returns what people call the act.
func (a Act) Title() fault.Reason { return actWords[a].With() }

// Title returns what people call the state.
func (s State) Title() fault.Reason { return stateWords[s].With() }

// Title returns what people call the step.
func (k StepKind) Title() fault.Reason { return stepWords[k].With() }
