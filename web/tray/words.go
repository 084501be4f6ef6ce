package tray

import (
	"jianbao/fault"
	"jianbao/mailer"
)

// classWords are the names of what a mail is.
var classWords = map[mailer.Class]fault.Sentence{
	mailer.Contribution: fault.Say("tray.class.contribution", "供稿", "contribution"),
	mailer.RemarkMail:   fault.Say("tray.class.remark", "像是批示", "perhaps a remark"),
	mailer.Receipt:      fault.Say("tray.class.receipt", "像是签收", "perhaps a receipt"),
	mailer.OtherMail:    fault.Say("tray.class.other", "其他", "other"),
	mailer.BounceMail:   fault.Say("tray.class.bounce", "退信", "bounce"),
	mailer.DelayMail:    fault.Say("tray.class.delay", "投递延迟", "delay"),
	mailer.AutoReply:    fault.Say("tray.class.auto-reply", "自动答复", "automatic reply"),
}

// order is that in which classes stand: what people wrote before what machines
// did.
var order = []mailer.Class{mailer.Contribution, mailer.RemarkMail, mailer.Receipt, mailer.OtherMail, mailer.BounceMail, mailer.DelayMail, mailer.AutoReply}

var (
	sayWhy             = fault.Say("tray.why-needed", "请写明怎样处理的，不超过%d个字", "say what was done about it, in at most %d characters")
	choreContributions = fault.Say("tray.chore-contributions", "%d封供稿，请看", "%d contributions; please read them")
	choreMails         = fault.Say("tray.chore-mails", "%d封来信没有处理，请看", "%d mails wait in the tray; please read them")
)

// What the templates say.
var (
	_ = fault.Say("tray.title", "来信", "Mail that came in")
	_ = fault.Say("tray.hint", "这里是还没有处理的来信。程序读懂的退信、签收和批复自动办理，不在这里。移出时写明怎样处理的；来信仍然保存。", "Mails that nobody has dealt with. Bounces, receipts and decisions that the program understands are dealt with and not shown. Say what was done when you take one out; it is kept.")
	_ = fault.Say("tray.all", "全部", "all")
	_ = fault.Say("tray.empty", "没有待处理的来信", "no mail waits")
	_ = fault.Say("tray.no-subject", "（没有标题）", "(no subject)")
	_ = fault.Say("tray.subject", "标题", "Subject")
	_ = fault.Say("tray.sender", "来自", "From")
	_ = fault.Say("tray.when", "收到时间", "Received")
	_ = fault.Say("tray.what", "类别", "Kind")
	_ = fault.Say("tray.series", "刊物", "Series")
	_ = fault.Say("tray.words", "内容", "Words")
	_ = fault.Say("tray.to-tray", "来信", "Mail that came in")
	_ = fault.Say("tray.to-issue", "这封信说的是这一期", "the issue that it is about")
	_ = fault.Say("tray.files", "附件", "Attachments")
	_ = fault.Say("tray.unnamed", "（没有文件名）", "(no name)")
	_ = fault.Say("tray.original", "原信（.eml）", "the mail itself (.eml)")
	_ = fault.Say("tray.nothing-kept", "这封信的内容没有保存。", "Nothing of what this mail says was kept.")
	_ = fault.Say("tray.head-kept", "这封信没有完整取下，只保存了信头；原信仍在邮箱里。", "This mail was not taken whole and only its head was kept; it is still in the mailbox.")
	_ = fault.Say("tray.to-receipts", "登记为签收", "enter it as a receipt")
	_ = fault.Say("tray.to-remarks", "登记为批示", "enter it as a remark")
	_ = fault.Say("tray.to-draft", "下载附件或原信，在新的一期里采用", "use it: save what is attached, and put it into a draft")
	_ = fault.Say("tray.dismiss", "处理好了，移出", "Done, take it out")
	_ = fault.Say("tray.dismiss-all", "把这些一起移出", "Take these out together")
	_ = fault.Say("tray.why", "怎样处理的", "What was done")
)
