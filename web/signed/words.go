package signed

import "jianbao/fault"

var (
	notNow    = fault.Say("signed.not-now", "现在不能%s：这一期%s", "this cannot be done now: %s; the issue is %s")
	oneScan   = fault.Say("signed.one-scan", "请选择一个扫描件，只要一个", "choose one file with the scan, and one only")
	whichDay  = fault.Say("signed.which-day", "请写明签批日期，如2025-07-15，不是%q", "give the day of the signature, such as 2025-07-15, not %q")
	whoSigned = fault.Say("signed.who-signed", "请选择由谁签批", "choose who signed")
	noKind    = fault.Say("signed.which-consent", "请选择签批方式", "choose the kind of consent")
	badForm   = fault.Say("signed.bad-form", "不能补录", "it cannot be entered")
)

// The words of the pages. Templates find them by key.
var (
	_ = fault.Say("signed.amend-hint", "改动会退回签发环节，由改动者以外的人认定是版式、错漏字还是实质性修改，再按认定继续。", "The issue goes back to the sign-off; somebody else says whether it is layout, a slip or of substance, and it goes on from there.")
	_ = fault.Say("signed.text", "正文", "Text")
	_ = fault.Say("signed.files", "附件", "Attachments")
	_ = fault.Say("signed.drop", "换下 %s", "drop %s")
	_ = fault.Say("signed.add", "换上或增加的文件", "Files to put in their place or add")
	_ = fault.Say("signed.add-hint", "与换下的文件同名的，占其原来的位置。", "A file with the name of one that is dropped takes its place.")
	_ = fault.Say("signed.save", "改动，交他人认定", "Change it, to be classed by somebody else")
	_ = fault.Say("signed.overtaken", "您改的时候，别人也改了这一期。左边是您的，右边是现在的；请把要保留的合到左边，再提交。", "Somebody else changed the issue meanwhile. Yours is on the left, the present one on the right: bring together on the left what should stay, and send it again.")
	_ = fault.Say("signed.yours", "您的正文", "Your text")
	_ = fault.Say("signed.theirs", "现在的正文", "The text as it is now")
	_ = fault.Say("signed.choose-again", "请重新选择这些文件：%s", "choose these files again: %s")
	_ = fault.Say("signed.why-not", "现在不能办理", "It cannot be done now")
	_ = fault.Say("signed.to-issue", "返回本期", "Back to the issue")
	_ = fault.Say("signed.step", "环节", "Step")
	_ = fault.Say("signed.record-hint", "只补录已经在纸上签批的意见；录入的人和签批的人都记入办理记录，扫描件一并保存。", "Enter only what was decided on paper. Both names go into the history, and the scan is kept with them.")
	_ = fault.Say("signed.who", "签批人", "Who signed")
	_ = fault.Say("signed.day", "签批日期", "Day of the signature")
	_ = fault.Say("signed.consent", "签批方式", "Kind of consent")
	_ = fault.Say("signed.words", "批示原文（没有可不填）", "What was written (empty if nothing)")
	_ = fault.Say("signed.scan", "扫描件（PDF 或图片）", "Scan (PDF or picture)")
	_ = fault.Say("signed.enter", "补录", "Enter it")
	_ = fault.Say("signed.nobody", "这一环节没有还可签批的人。", "Nobody can sign at this step any more.")
)
