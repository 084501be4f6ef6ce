package versions

import "jianbao/fault"

// The words of the pages.
var (
	_ = fault.Say("versions.title", "历次文本", "Versions of the text")
	_ = fault.Say("versions.of", "第%d版", "Version %d")
	_ = fault.Say("versions.none", "这一期还没有存过文本。", "No text was saved of this issue yet.")
	_ = fault.Say("versions.who", "保存人", "Saved by")
	_ = fault.Say("versions.when", "时间", "When")
	_ = fault.Say("versions.version", "版本", "Version")
	_ = fault.Say("versions.size", "字数", "Characters")
	_ = fault.Say("versions.grown", "增减", "More or fewer")
	_ = fault.Say("versions.now", "现在的文本", "the text now")
	_ = fault.Say("versions.differs", "从这一版到现在的改动", "What became of it since")
	_ = fault.Say("versions.same", "与现在的文本相同。", "The same as the text now.")
	_ = fault.Say("versions.text", "这一版全文", "This version as a whole")
	_ = fault.Say("versions.back", "恢复成这一版", "Go back to this version")
	_ = fault.Say("versions.back-hint", "恢复会另存一个新版本，原来的各版都还在。", "Going back saves a new version; all others stay.")
	_ = fault.Say("versions.cannot", "现在不能恢复：", "It cannot be gone back to now:")
	_ = fault.Say("versions.to-list", "返回历次文本", "Back to the versions")
)
