package web

import "jianbao/fault"

// The words of a person's desk. Templates find them by key.
var (
	_ = fault.Say("web.desk", "我的工作", "My desk")
	_ = fault.Say("web.waiting", "等我办理", "Waiting for me")
	_ = fault.Say("web.late", "已超期", "overdue")
	_ = fault.Say("web.sent-on", "我经手、在别人处", "Sent on by me")
	_ = fault.Say("web.nothing-waits", "没有等您办理的事。", "Nothing waits for you.")
	_ = fault.Say("web.nothing-sent", "没有正在别人处办理的。", "Nothing of yours is with others.")
	_ = fault.Say("web.deadline", "期限", "Due")
	_ = fault.Say("web.no-deadline", "无期限", "no deadline")
	_ = fault.Say("web.late-by", "超期%s", "%s late")
	_ = fault.Say("web.left", "还有%s", "%s left")
	_ = fault.Say("web.there-for", "已停留", "There for")
	_ = fault.Say("web.to-do", "办理", "To do")
	_ = fault.Say("web.away", "外出与代办", "Absence and deputies")
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
