package numbers

import "jianbao/fault"

var (
	clerksOnly = fault.Say("numbers.clerks-only", "%s不是本刊的收发人员，不能补录往期", "%s is no clerk of this series and may not enter earlier issues")
	backTable  = fault.Say("numbers.back-table", "往期", "earlier issues")
)

// The words of the pages. Templates find them by key.
var (
	_ = fault.Say("numbers.to-register", "回到发文登记簿", "Back to the number register")
	_ = fault.Say("numbers.gaps", "空号与作废", "Gaps and void numbers")
	_ = fault.Say("numbers.no-gaps", "没有说明不了的空号。", "No number is missing without a reason.")
	_ = fault.Say("numbers.some-gaps", "有%d个号没有用，也没有说明；请写明原因作废，或补录那一期。", "%d numbers stand for nothing and nobody said why: make them void with the reason, or enter the issues.")
	_ = fault.Say("numbers.none", "登记簿还没有内容。", "The register is empty.")
	_ = fault.Say("numbers.year", "%d年", "year %d")
	_ = fault.Say("numbers.given", "已编%d个，下一个是第%d期", "%d given, the next is %d")
	_ = fault.Say("numbers.no", "第%d期", "No. %d")
	_ = fault.Say("numbers.missing", "空号", "missing")
	_ = fault.Say("numbers.why", "作废原因", "Why it is void")
	_ = fault.Say("numbers.void-it", "作废", "Make it void")
	_ = fault.Say("numbers.voided", "已作废：%s（%s，%s）", "void: %s (%s, %s)")
	_ = fault.Say("numbers.back", "补录往期", "Enter earlier issues")
	_ = fault.Say("numbers.back-hint", "表格（.xlsx、.csv）只登记期号、日期和名称；Word、文本文件连同正文进档案，一次可选几个。期号填在已编号之前，不动以后的编号。", "A spreadsheet (.xlsx, .csv) enters number, date and title alone; Word and text files go into the archive with their text, several at once. Numbers are filled in below those that were given, and move none of those to come.")
	_ = fault.Say("numbers.blank", "下载空表", "Download the empty spreadsheet")
	_ = fault.Say("numbers.file", "表格或文件", "Spreadsheet or files")
	_ = fault.Say("numbers.look", "先看会怎样", "See what would happen")
	_ = fault.Say("numbers.enter", "补录", "Enter")
	_ = fault.Say("numbers.enter-all", "补录这%d行", "Enter these %d lines")
	_ = fault.Say("numbers.looked", "可以补录%d，不能补录%d；还没有写入。", "%d can be entered, %d cannot; nothing is written yet.")
	_ = fault.Say("numbers.done", "已补录%d，未能补录%d。", "%d entered, %d not.")
	_ = fault.Say("numbers.choose-again", "文件看过即弃，补录时请再选一次。", "Files are not kept by a look; choose them again to enter them.")
	_ = fault.Say("numbers.number", "期号", "Number")
	_ = fault.Say("numbers.date", "日期", "Date")
	_ = fault.Say("numbers.title", "名称", "Title")
	_ = fault.Say("numbers.outcome", "结果", "Outcome")
	_ = fault.Say("numbers.there", "登记簿里已有", "in the register already")
	_ = fault.Say("numbers.new", "可以补录", "can be entered")
	_ = fault.Say("numbers.entered", "已补录", "entered")
	_ = fault.Say("numbers.items", "%d条", "%d items")
)
