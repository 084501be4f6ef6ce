package bulletin

import "testing"

// The parts of a head and a body stand in other orders than the usual one.
func TestOtherOrders(t *testing.T) {
	lists := Parse("报：市委常委\n送：市直部门\n示例督查专报\n第11期\n示例市委督查室    2024年11月11日\n关于甲项目进展的督查情况\n甲项目完成投资80%。\n签发：郑某\n").Document
	if lists.Masthead != "示例督查专报" || lists.Number.No != 11 || lists.Title != "关于甲项目进展的督查情况" || len(lists.Lists) != 2 || lists.Lists[1].Text != "市直部门" {
		t.Errorf("lists above the masthead: %+v", lists)
	}
	note := Parse("改革简报\n第4期\n2026年3月3日\n编者按：供参考。\n甲县“一枚印章”做法\n甲县成立审批局。\n一是精简事项。取消30项。\n报：市委。\n").Document
	if note.EditorNote != "供参考。" || note.Title != "甲县“一枚印章”做法" || len(note.Items()) != 1 {
		t.Errorf("a note above the title: %+v", note)
	}
	again := Parse(Format(note)).Document
	if !same(again, note) {
		t.Errorf("written back: %+v", again)
	}
	corrects := Parse("更正\n科技简报2024年第8期第2页“副市长”应为“常务副市长”，特此更正。\n示例市科技局\n2024年7月20日\n")
	if n, ok := corrects.Document.Corrects(); !corrects.IsBulletin() || !ok || n.No != 8 || n.Year != 2024 {
		t.Errorf("a correction: %+v", corrects)
	}
}
