package bulletin_test

import (
	"fmt"

	"jianbao/bulletin"
	"jianbao/fault"
)

func ExampleParse() {
	r := bulletin.Parse("示例科技简报\n第8期\n示例市科学技术局    2021年7月15日\n" +
		"【工作动态】\n春耕收尾。全市春耕完成98%，夏管有序展开。\n报：市委、市政府。\n（共印20份）\n")
	fmt.Println(r.Document.Masthead, r.Document.Number.No, r.Document.Sections[0].Items[0].Lead)
	for _, p := range r.Problems {
		fmt.Println(p.Severity, p.Code, p.Reason.In(fault.ZH))
	}
	// Output:
	// 示例科技简报 8 春耕收尾。
	// note year-from-date 期号里没有年份，按日期取2021年
	// note no-signatory 文中没有签发人
}

func ExampleClassified() {
	label, found := bulletin.Classified("简报.txt", nil, "机密★10年\n示例简报\n第2期\n")
	fmt.Println(found, label.Level)
	fmt.Println(label.Refusal().Code)
	// Output:
	// true 机密
	// refused
}
