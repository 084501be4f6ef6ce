package web

import "jianbao/fault"

// What the editor answers by itself.
var (
	overtakenAgain = fault.Say("web.overtaken-again", "您选的时候，又有人保存了正文，请再选一次", "somebody saved the text again while you were choosing; choose once more")
	chooseEach     = fault.Say("web.choose-each", "还有两边都改过的地方没有选", "there are places that both changed and nobody has chosen")
	chooseHere     = fault.Say("web.choose-here", "第%d处", "place %d")
)

// The words of the editor.
var (
	_ = fault.Say("web.versions", "历次文本", "Versions")
	_ = fault.Say("web.outline", "栏目与条目（可上下移动）", "Sections and items, to be moved")
	_ = fault.Say("web.part-head", "报头", "Head")
	_ = fault.Say("web.part-section", "栏目", "Section")
	_ = fault.Say("web.part-item", "条目", "Item")
	_ = fault.Say("web.part-tail", "版记", "Tail")
	_ = fault.Say("web.fold", "收起或展开", "Fold or unfold")
	_ = fault.Say("web.undo", "撤销", "Undo")
	_ = fault.Say("web.redo", "恢复", "Redo")
	_ = fault.Say("web.fold-all", "只看提要", "Fold all")
	_ = fault.Say("web.unfold-all", "全部展开", "Unfold all")
	_ = fault.Say("web.as-whole", "全文编辑", "As one text")
	_ = fault.Say("web.as-parts", "分条编辑", "By items")
	_ = fault.Say("web.moved", "已移动，尚未保存。", "Moved; not saved yet.")
	_ = fault.Say("web.not-moved", "没有移动，请再试一次。", "Not moved; try again.")
	_ = fault.Say("web.kept-here", "所改文字已留在这台电脑的浏览器里。", "What you typed is kept in this browser.")
	_ = fault.Say("web.restored", "上次没存上的文字已从这台电脑恢复。", "What was not saved last time came back from this browser.")
	_ = fault.Say("web.signed-out", "登录已过期，没有保存。", "You were signed out; not saved.")
	_ = fault.Say("web.sign-in-again", "重新登录后接着写", "Sign in again and go on")
	_ = fault.Say("web.was-overtaken", "别人先保存了正文。", "Somebody else saved the text first.")
	_ = fault.Say("web.see-both", "对照两份，选着合并", "See both and choose")
)

// The words of the page on which two texts become one.
var (
	_ = fault.Say("web.merge", "合并两份正文", "Bring two texts together")
	_ = fault.Say("web.merge-hint", "您改的时候，%s先保存了。两份不同的地方都列在下面；只有一方改过的已替您选好，两边都改过的有%d处，请您选。", "While you were typing, %s saved first. Every difference is below; what only one of you changed is chosen already, and %d places that both changed are for you to choose.")
	_ = fault.Say("web.merge-same", "相同的%d行", "%d lines alike")
	_ = fault.Say("web.merge-place", "第%d处", "Place %d")
	_ = fault.Say("web.merge-open", "两边都改过，请选", "both changed it: choose")
	_ = fault.Say("web.merge-mine", "只有您改过", "only you changed it")
	_ = fault.Say("web.merge-theirs", "只有对方改过", "only they changed it")
	_ = fault.Say("web.yours", "您的", "Yours")
	_ = fault.Say("web.theirs", "对方的", "Theirs")
	_ = fault.Say("web.merge-nothing", "（这里没有文字）", "(nothing here)")
	_ = fault.Say("web.merge-both", "两段都留，您的在前", "Keep both, yours first")
	_ = fault.Say("web.merge-save", "按所选合并并保存", "Save what is chosen")
	_ = fault.Say("web.merge-drop", "不要我的，回到已保存的正文", "Drop mine, back to what was saved")
)
