package dispatch

import "jianbao/fault"

var trialSent = fault.Say("dispatch.page.trial-sent", "试发信已排队，将寄到 %s。", "The trial letter is queued, and goes to %s.")

// The words of the pages. Templates find them by key.
var (
	_ = fault.Say("dispatch.page.queue", "分发控制", "Steer the letters")
	_ = fault.Say("dispatch.page.waiting", "还有%d封信没有结果。", "%d letters are not settled.")
	_ = fault.Say("dispatch.page.paused", "分发已暂停：未发的信不会发出，直到继续。", "Paused: letters that have not gone stay until somebody goes on.")
	_ = fault.Say("dispatch.page.over", "没有等待发出的信。", "No letter waits to go.")
	_ = fault.Say("dispatch.page.at-once", "一秒内生效；正在交付的信拦不住。", "It takes effect within a second; a letter that is being handed over is not stopped.")
	_ = fault.Say("dispatch.page.why", "理由（记入历史）", "Reason (history keeps it)")
	_ = fault.Say("dispatch.page.pause", "暂停", "Pause")
	_ = fault.Say("dispatch.page.resume", "继续", "Go on")
	_ = fault.Say("dispatch.page.cancel", "停止分发，余下的不发", "Cancel what has not gone")
	_ = fault.Say("dispatch.page.to", "收件地址", "To")
	_ = fault.Say("dispatch.page.next", "下次再试", "Next try")
	_ = fault.Say("dispatch.page.attempts", "每次尝试", "Every try")
	_ = fault.Say("dispatch.page.untried", "还没有试过。", "It was not tried yet.")
	_ = fault.Say("dispatch.page.do", "处理", "See to it")
	_ = fault.Say("dispatch.page.elsewhere", "换地址再发，或改送纸质", "Another address, or paper")
	_ = fault.Say("dispatch.page.nothing", "这封信现在不需要人处理。", "Nothing is to be done about this letter now.")
	_ = fault.Say("dispatch.page.look", "看信的原样", "See the letter itself")
	_ = fault.Say("dispatch.page.trial", "试发给我", "A trial letter to me")
	_ = fault.Say("dispatch.page.trial-note", "按现在的样子发一封给自己：正文、附件与正式发出的相同，主题加“【试发】”。不计入分发，不登记份数，没有签收链接；历史里记一笔，审签不受影响。", "A letter as it would go out now: the same text and files, its subject marked. It counts for nothing, has no link to acknowledge it, and opens nothing again; history has a line of it.")
	_ = fault.Say("dispatch.page.trial-to", "寄到 %s", "It goes to %s")
	_ = fault.Say("dispatch.page.trial-nowhere", "您还没有登记邮箱，先在“我的设置”里填写。", "You have no address yet: enter it in your own settings first.")
	_ = fault.Say("dispatch.page.to-reach", "去填写邮箱", "Enter my address")
	_ = fault.Say("dispatch.page.trial-early", "登记编号以后、发出之前才能试发。", "A trial is for between the registration and the release.")
)
