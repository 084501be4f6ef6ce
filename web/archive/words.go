package archive

import "jianbao/fault"

// The words of the page. Templates find them by key.
var (
	_ = fault.Say("archive.page.title", "检索", "Search the archive")
	_ = fault.Say("archive.page.words", "正文里的字词", "Words of the text")
	_ = fault.Say("archive.page.words-hint", "两个字起最准；多个词用空格隔开，须同时出现。", "Two characters or more are best; several words must all be there.")
	_ = fault.Say("archive.page.unit", "收到的单位", "Unit that got it")
	_ = fault.Say("archive.page.leader", "签发或批示的领导", "Who signed it or wrote a remark")
	_ = fault.Say("archive.page.from", "日期从", "Dated from")
	_ = fault.Say("archive.page.until", "到", "to")
	_ = fault.Say("archive.page.kind", "刊别", "Kind")
	_ = fault.Say("archive.page.any", "全部", "all")
	_ = fault.Say("archive.page.find", "检索", "Search")
	_ = fault.Say("archive.page.clear", "清空", "Start anew")
	_ = fault.Say("archive.page.found", "共%d期", "%d issues")
	_ = fault.Say("archive.page.about", "约%d期", "about %d issues")
	_ = fault.Say("archive.page.from-no", "从第%d条起", "from no. %d on")
	_ = fault.Say("archive.page.next", "更早的", "Older ones")
	_ = fault.Say("archive.page.first", "回到最新", "Back to the newest")
	_ = fault.Say("archive.page.none", "没有找到。换个说法，少用几个词，或放宽日期和单位再试。", "Nothing was found. Try other or fewer words, or widen days and unit.")
	_ = fault.Say("archive.page.empty", "还没有登记过的简报。已编号的简报会自动收入这里；以前的可以补录往期。", "No issue has a number yet. Issues come here by themselves once they are registered; earlier ones can be entered as back issues.")
	_ = fault.Say("archive.page.behind", "还有%d期正在编入索引，稍后再检索会更全。", "%d issues are still being indexed; search again in a while to find all.")
	_ = fault.Say("archive.page.whole", "整卷下载（ZIP）", "Whole file (ZIP)")
	_ = fault.Say("archive.page.by-series", "按刊物查看", "By series")
	_ = fault.Say("archive.page.volume", "年度合订本", "Annual volume")
	_ = fault.Say("archive.page.register", "发文登记簿", "Number register")
)

var (
	badDay   = fault.Say("archive.page.bad-day", "日期应写成2021-07-08：%s", "a day is written 2021-07-08, not %s")
	backward = fault.Say("archive.page.backward", "起始日期在截止日期之后", "the first day is after the last one")
	badQuery = fault.Say("archive.page.bad-query", "检索条件有误", "this cannot be searched for")
)
