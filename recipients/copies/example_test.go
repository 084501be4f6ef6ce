package copies_test

import (
	"fmt"

	"jianbao/fault"
	"jianbao/recipients/copies"
)

func ExamplePlan() {
	p := copies.Plan{PrintRun: 20, File: 1}
	for range 4 {
		p.Shares = append(p.Shares, copies.Share{Label: "报", Copies: 2})
	}
	for range 11 {
		p.Shares = append(p.Shares, copies.Share{Label: "送", Copies: 1})
	}
	fmt.Println(p.Sentence(fault.ZH), p.Check() == nil)
	p.PrintRun = 21
	for _, r := range p.Check() {
		fmt.Println(r.In(fault.ZH))
	}
	// Output:
	// 20 = 报 8＋送 11＋存档 1 true
	// 共印21份，去向只有20份（报 8＋送 11＋存档 1），还有1份没有去向；请更正份数，或记为不明并说明原因
}
