package main

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/seeds"
	"jianbao/workflow"
	"jianbao/workflow/filing"
	"jianbao/workflow/retention"
)

// withArchive files three issues of a year whose period is over long since: one
// is to be appraised, one is held, one is on a list that is approved.
func (x exhibition) withArchive(t *testing.T) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, desk := t.Context(), x.filingDesk()
	w := &walk{office: x.office}
	clerk := w.as(ctx, seeds.ClerkLogin)
	chief := workflow.Actor{Person: accounts.Person{ID: uuid.New(), Name: "主任", Active: true, Grants: []accounts.Grant{{Role: accounts.Signatory}, {Role: accounts.Admin}}}}
	must(desk.SetRule(ctx, chief, seeds.SeriesID, 0, retention.Rule{Fonds: "Z109", Code: "KJJB"}, "按市档案馆要求编档号"))
	var items []filing.Item
	for _, number := range []string{"第1期", "第2期", "第3期"} {
		text := strings.NewReplacer("2021", "2012", "第 8 期", number).Replace(seeds.Issue8)
		back, err := x.desk.ImportBack(ctx, clerk, seeds.SeriesID, workflow.Source{Name: number + ".txt", Data: []byte(text), Text: text})
		must(err)
		item, err := desk.File(ctx, clerk, back.ID, filing.Order{Version: back.Version, Kept: "三楼档案柜", Note: "往期补录"})
		must(err)
		items = append(items, item)
	}
	must(desk.Hold(ctx, chief, items[1].Issue, filing.HoldOrder{Reason: "编史需要", Until: 2099}))
	list, err := desk.Propose(ctx, clerk, seeds.SeriesID, []uuid.UUID{items[2].Issue}, "期满，无继续保存价值")
	must(err)
	_, err = desk.Act(ctx, chief, list, filing.ListOrder{Act: filing.Approve, Version: list.Version, Reason: "同意"})
	must(err)
}
