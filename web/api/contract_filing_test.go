package api

import (
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/seeds"
)

// files files an issue of before the program, and proposes what becomes of it
// when its period is over.
func (c tester) files() {
	c.t.Helper()
	clerk := seeds.ClerkLogin
	earlier := strings.NewReplacer("第 8 期", "第 1 期", "2021 年 7 月 15 日", "2020 年 1 月 6 日").Replace(settled(c.t))
	back := map[string]any{"enter": true, "files": []any{map[string]any{"name": "1.txt", "data": []byte(earlier)}}}
	c.ask(clerk, "POST", ofSeries+"/back", back).is(200, `"refused":[]`, `"issue"`)
	c.ask("admin", "GET", ofSeries+"/filing?year=2020", nil).is(200, `"gaps":[`)
	c.ask(clerk, "POST", ofSeries+"/filing", map[string]any{"year": 2020}).is(200, `"left":[`)
	var all struct{ Items []struct{ Issue uuid.UUID } }
	c.ask("admin", "GET", ofSeries+"/filing?year=2020", nil).is(200).into(&all)
	issue := "/issues/" + all.Items[0].Issue.String()
	r := c.ask(clerk, "GET", issue+"/filing", nil).is(200, `"proposed"`)
	c.ask(seeds.EditorLogin, "POST", issue+"/filing", map[string]any{"class": "10", "pages": 4}, "If-Match", r.header.Get("ETag")).is(403)
	c.ask(clerk, "POST", issue+"/filing", map[string]any{"class": "10", "pages": 4, "kept": "档案室3柜", "note": "签收单在纸质档案"}, "If-Match", `"7"`).is(412)
	c.ask(clerk, "POST", issue+"/filing", map[string]any{"class": "10", "pages": 4, "kept": "档案室3柜", "note": "签收单在纸质档案"}, "If-Match", r.header.Get("ETag")).is(200, `"no":1`)
	c.rules()
	c.ask(clerk, "POST", issue+"/hold", map[string]any{"until": 2033, "reason": "待查"}).is(200)
	c.ask("admin", "GET", ofSeries+"/retention", nil).is(200, "待查", `"expired":false`)
	c.ask(clerk, "POST", issue+"/hold", map[string]any{"lift": true, "reason": "查毕"}).is(200)
	c.o.now = c.o.now.AddDate(12, 0, 0)
	for _, login := range []string{clerk, seeds.ReviewerLogin, "admin"} { // theirs are of before
		c.o.token(login, accounts.Token{Acts: true})
	}
	c.ask("admin", "GET", ofSeries+"/retention?expired=true", nil).is(200, all.Items[0].Issue.String())
	r = c.ask(clerk, "POST", ofSeries+"/destructions", map[string]any{"issues": []uuid.UUID{all.Items[0].Issue}, "reason": "保管期满"}).is(201, `"state":"proposed"`)
	var list struct{ ID string }
	r.into(&list)
	act := ofSeries + "/destructions/" + list.ID + "/acts"
	c.ask(clerk, "POST", act, map[string]any{"act": "approve"}, "If-Match", r.header.Get("ETag")).is(403)
	c.ask(seeds.ReviewerLogin, "POST", act, map[string]any{"act": "refuse", "reason": "仍有参考价值"}, "If-Match", r.header.Get("ETag")).is(200, `"state":"refused"`)
	c.ask(seeds.ReviewerLogin, "POST", act, map[string]any{"act": "approve"}, "If-Match", r.header.Get("ETag")).is(412)
	c.ask("admin", "GET", ofSeries+"/destructions", nil).is(200, "仍有参考价值")
}

// rules changes how long issues are kept.
func (c tester) rules() {
	c.t.Helper()
	r := c.ask("admin", "GET", ofSeries+"/filing/rule", nil).is(200, `"class":"10"`)
	rule := map[string]any{"class": "30", "month": 6, "day": 30, "ahead": 30, "no_receipts": false, "reason": "档案局要求"}
	c.ask(seeds.ClerkLogin, "PUT", ofSeries+"/filing/rule", rule, "If-Match", r.header.Get("ETag")).is(403)
	c.ask(chief, "PUT", ofSeries+"/filing/rule", rule, "If-Match", r.header.Get("ETag")).is(200, "档案局要求", `"class":"30"`)
	c.ask(chief, "PUT", ofSeries+"/filing/rule", rule, "If-Match", r.header.Get("ETag")).is(412)
}
