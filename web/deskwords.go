package web

import "jianbao/fault"

// The words of a person's desk. Templates find them by key.
var (
	_ = fault.Say("web.waiting", "等我办理", "Waiting for me")
	_ = fault.Say("web.late", "已超期", "overdue")
	_ = fault.Say("web.sent-on", "我经手、在别人处", "Sent on by me")
	_ = fault.Say("web.nothing-waits", "没有等您办理的事。轮到您时会列在这里，也会写进“提醒”。", "Nothing waits for you. What comes to you is listed here, and among the notices.")
	_ = fault.Say("web.nothing-sent", "没有正在别人处办理的。", "Nothing of yours is with others.")
	_ = fault.Say("web.deadline", "期限", "Due")
	_ = fault.Say("web.no-deadline", "无期限", "no deadline")
	_ = fault.Say("web.late-by", "超期%s", "%s late")
	_ = fault.Say("web.left", "还有%s", "%s left")
	_ = fault.Say("web.there-for", "已停留", "There for")
	_ = fault.Say("web.to-do", "办理", "To do")
	_ = fault.Say("web.away", "外出与代办", "Absence and deputies")
	_ = fault.Say("web.in-place-of", "代%s", "in place of %s")
	_ = fault.Say("web.deputy-for", "您代%s办理，%s至%s", "You stand in for %s, %s to %s")
	_ = fault.Say("web.away-with", "%s至%s，由%s代办（%s）", "%s to %s, %s stands in (%s)")
	_ = fault.Say("web.away-alone", "%s至%s，无人代办（%s）", "%s to %s, nobody stands in (%s)")
	_ = fault.Say("web.end-absence", "提前结束", "End it now")
	_ = fault.Say("web.enter-absence", "登记外出", "Enter an absence")
	_ = fault.Say("web.from-day", "从", "From")
	_ = fault.Say("web.until-day", "到（含当天）", "Until, that day included")
	_ = fault.Say("web.deputy", "谁代办", "Deputy")
	_ = fault.Say("web.nobody", "无人代办", "nobody")
)

// The words of the editor. Templates find them by key.
var (
	proofPage = fault.Say("web.proof-page", "第%d页，共%d页", "page %d of %d")

	_ = fault.Say("web.edit", "边改边看", "Edit beside the pages")
	_ = fault.Say("web.pages", "排印效果，共%d页", "As printed, %d pages")
	_ = fault.Say("web.saved-at", "已自动保存", "Saved")
	_ = fault.Say("web.unsaved", "有改动，尚未保存", "Changed, not saved yet")
	_ = fault.Say("web.not-saved", "没有存上，您的文字还在：", "Not saved; your text is still here.")
	_ = fault.Say("web.no-script-proof", "浏览器没有开启脚本，看不到随改随排；请用“排印稿”。", "Without scripts the pages do not follow; use the print proofs.")
)

// The words of the page on which somebody decides.
var (
	_ = fault.Say("web.sign", "审签", "Decide")
	_ = fault.Say("web.to-desk", "返回我的工作", "Back to my desk")
	_ = fault.Say("web.to-verdict", "直接表态", "To the decision")
	_ = fault.Say("web.whole-page", "看本期全部资料", "Everything about this issue")
	_ = fault.Say("web.changes", "您上次（%s）看过以后的改动", "Changed since you last saw it (%s)")
	_ = fault.Say("web.look-at", "请留意：%d处", "Please look at: %d places")
	_ = fault.Say("web.remark-box", "意见", "Remark")
	_ = fault.Say("web.remark-hint", "同意可以不写；退回须写明理由。", "Approval needs none; a return needs its reason.")
	_ = fault.Say("web.not-for-you", "本期现在不等您审签。", "This issue does not wait for your decision now.")
)
