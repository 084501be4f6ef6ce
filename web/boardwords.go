package web

import "jianbao/fault"

// The words of the board of letters. Templates find them by key.
var (
	_ = fault.Say("web.export", "导出表格", "Export as CSV")
	_ = fault.Say("web.search", "查找", "Search")
	_ = fault.Say("web.search-unit", "单位或地址", "Unit or address")
	_ = fault.Say("web.show-all", "显示全部%d家", "Show all %d")
	_ = fault.Say("web.progress", "%[2]d封信中%[1]d封已有结果。", "%d of %d letters are settled.")
	_ = fault.Say("web.pager", "翻页", "Pages")
	_ = fault.Say("web.page-before", "上一页", "Previous")
	_ = fault.Say("web.page-after", "下一页", "Next")
	_ = fault.Say("web.page-of", "第%d至%d行，共%d行", "rows %d to %d of %d")
	_ = fault.Say("web.none-such", "没有这样的单位。", "There are none of these.")
	_ = fault.Say("web.relay-words", "原话", "In its own words")
)
