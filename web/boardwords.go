package web

import "jianbao/fault"

// The words of the board of letters. Templates find them by key.
var (
	_ = fault.Say("web.dispatch-paused", "分发已暂停，未发的信暂不发出。", "Paused: letters that have not gone stay here.")
	_ = fault.Say("web.steer-letters", "暂停、继续或停止分发", "Pause, go on or cancel")
	_ = fault.Say("web.see-to-letter", "处理", "See to it")
	_ = fault.Say("web.trial", "试发给我", "A trial letter to me")
	_ = fault.Say("web.search-unit", "单位或地址", "Unit or address")
	_ = fault.Say("web.progress", "%[2]d封信中%[1]d封已有结果。", "%d of %d letters are settled.")
	_ = fault.Say("web.relay-words", "原话", "In its own words")
)

// The words of the dry run. Templates find them by key.
var (
	_ = fault.Say("web.dry-run", "发送预演", "Dry run")
	_ = fault.Say("web.dry-sum", "%d家单位，%d家邮件，共%d份", "%d units, %d by mail, %d copies")
	_ = fault.Say("web.dry-silent", "，%d家没有地址", ", %d without an address")
	_ = fault.Say("web.dry-names", "没有邮件地址：", "Without an address for mail: ")
	_ = fault.Say("web.window-opens", "发送时段：%s；最早可发%s。", "Send window: %s; open next at %s.")
	_ = fault.Say("web.would-be", "登记将得", "Would be given")
	_ = fault.Say("web.window", "发送时段", "Send window")
	_ = fault.Say("web.opens", "最早可发", "Open next")
	_ = fault.Say("web.against", "与%s的名单相比", "Against the lists of %s")
	_ = fault.Say("web.same-lists", "没有变化。", "Nothing is different.")
)

// The words of comments. Templates find them by key.
var (
	_ = fault.Say("web.comments", "批注", "Comments")
	_ = fault.Say("web.no-comments", "没有批注。", "There are none.")
	_ = fault.Say("web.add-comment", "加批注", "Comment")
	_ = fault.Say("web.at-line", "位置", "Place")
	_ = fault.Say("web.by-quote", "按下面的原文查找", "where the words below stand")
	_ = fault.Say("web.comment-marked", "批注所选文字", "Comment on this")
	_ = fault.Say("web.quote", "原文（选了位置可不填）", "Words of the text (not needed where a place is chosen)")
	_ = fault.Say("web.comment-words", "批注内容", "Comment")
	_ = fault.Say("web.comment-done", "已处理", "Settled")
	_ = fault.Say("web.comment-settled", "%s已处理", "settled by %s")
)
