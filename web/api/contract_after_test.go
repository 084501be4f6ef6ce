package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/seeds"
	"jianbao/workflow"
)

// plainParts stands for the renderer, which is the program's.
type plainParts struct{}

func (plainParts) Render(context.Context, workflow.Series, workflow.Issue) (workflow.Parts, error) {
	return workflow.Parts{Subject: "第8期", Text: []byte("正文"), HTML: []byte("<p>正文</p>")}, nil
}

// chief is an administrator of all series whose token acts.
const chief = "chief"

// plans gives copies out in another way before the registration, and numbers
// them.
func (c tester) plans(path string) {
	c.t.Helper()
	clerk := seeds.ClerkLogin
	var plan struct {
		PrintRun int `json:"print_run"`
		File     int
		Spare    int
		Shares   []struct{ Copies int }
	}
	r := c.ask(clerk, "GET", path+"/copies/plan", nil).is(200, `"print_run":20`, "20 = 报 8")
	r.into(&plan)
	shares := []int{}
	for _, s := range plan.Shares {
		shares = append(shares, s.Copies)
	}
	body := map[string]any{"shares": shares, "file": plan.File, "spare": plan.Spare + 1}
	c.ask(clerk, "POST", path+"/copies/plan/try", body).is(200, `"against":[{`)
	c.ask(clerk, "POST", path+"/copies/plan/try", map[string]any{"shares": []int{1}, "file": 0, "spare": 0}).is(200, `"against":[{`)
	body["spare"], body["reason"] = plan.Spare, "照旧"
	r = c.ask(clerk, "PUT", path+"/copies/plan", body, "If-Match", r.header.Get("ETag")).is(200)
	c.ask(clerk, "PUT", path+"/copies/numbers", map[string]any{"first": 1, "by_hand": []string{"x"}}, "If-Match", r.header.Get("ETag")).is(422, "body.by_hand[0]")
	c.ask(clerk, "PUT", path+"/copies/numbers", map[string]any{"first": 1}, "If-Match", r.header.Get("ETag")).is(200)
	c.ask(clerk, "GET", path+"/copies/papers/run", nil).is(200, "%PDF")
}

// release lets the issue go, as the scheduler does.
func (c tester) release(path string) workflow.Issue {
	c.t.Helper()
	id := uuid.MustParse(path[len("/issues/"):])
	c.o.now = c.o.now.Add(time.Minute)
	_, err := c.o.desk.Release(c.t.Context(), workflow.Actor{Robot: workflow.Robot}, id)
	must(c.t, err)
	issue, err := c.o.store.Issue(c.t.Context(), id)
	must(c.t, err)
	return issue
}

// counts does what is done with copies that are out.
func (c tester) counts(path string, unit uuid.UUID) {
	c.t.Helper()
	clerk := seeds.ClerkLogin
	copies := path + "/copies"
	c.ask(clerk, "GET", copies+"/deeds", nil).is(200, `"act":"spoil"`)
	c.ask(clerk, "POST", copies+"/deeds", map[string]any{"act": "destroy", "account": "file", "count": 1, "person": "乔栋", "reason": "缺页"}).is(200)
	c.ask(clerk, "POST", copies+"/deeds", map[string]any{"act": "spoil", "account": "nowhere", "count": 1}).is(422, "body.account")
	c.ask(clerk, "POST", copies+"/deeds", map[string]any{"act": "burn"}).is(422, "body.act")
	hand := map[string]any{"at": c.o.now, "unit": unit, "count": 1, "way": "fetched", "to": "张三"}
	c.ask(clerk, "POST", copies+"/handovers", hand, "Idempotency-Key", "h").is(201)
	c.ask(clerk, "POST", copies+"/handovers", hand, "Idempotency-Key", "h").is(201)
	c.ask(clerk, "GET", copies+"/handovers", nil).is(200, `"张三"`)
	c.ask(clerk, "GET", copies+"/numbers/1", nil).is(200, `"trail":[{`)
	c.ask(clerk, "GET", copies+"/numbers/999", nil).is(404)
	c.ask(clerk, "POST", copies+"/extra", map[string]any{"unit_name": "某不存在的局", "count": 0, "reason": "补充"}).is(422, "某不存在的局")
	c.ask(clerk, "POST", copies+"/extra", map[string]any{"unit_name": "鄂尔多斯市审计局", "count": 0, "reason": "来函索要"}).is(422)
	c.ask(clerk, "POST", copies+"/extra", map[string]any{"unit": c.newUnit("鄂尔多斯市审计局"), "count": 1, "reason": "来函索要"}).is(200)
	var plan struct {
		Widenings []struct{ Unit string }
	}
	c.ask(clerk, "GET", copies+"/plan", nil).is(200).into(&plan)
	decided := copies + "/extra/" + plan.Widenings[0].Unit
	c.ask(clerk, "POST", decided, map[string]any{"act": "grant"}).is(403)
	c.ask(seeds.ReviewerLogin, "POST", decided, map[string]any{"act": "deny", "reason": "不必"}).is(200)
	series := "/series/" + seeds.SeriesID.String() + "/registers/"
	c.ask("admin", "GET", series+"dispatch?year=2021", nil).is(200, `"header"`)
	c.ask("admin", "GET", series+"copies/xlsx?year=2021", nil).is(200, "PK")
	c.ask("admin", "GET", path+"/registers/distribution/csv", nil).is(200)
}

// receives enters receipts, chases, and settles mails.
func (c tester) receives(path string, unit uuid.UUID) {
	c.t.Helper()
	clerk, one := seeds.ClerkLogin, path+"/receipts/"+unit.String()
	c.ask(clerk, "GET", path+"/receipts?limit=2", nil).is(200, `"counts":{`, `"next"`)
	c.ask(clerk, "GET", path+"/receipts?need=true&state=bounced", nil).is(200, `"items":[]`)
	r := c.ask(clerk, "GET", one, nil).is(200, `"chase":[`)
	said := map[string]any{"means": "phone", "verdict": "received", "by": "李四", "at": c.o.now, "copies": 1, "evidence": "0477-1234567"}
	c.ask(clerk, "POST", one, said).is(201, `"means":"phone"`)
	c.ask(clerk, "POST", one, said).is(409)
	c.ask(seeds.EditorLogin, "POST", one, said).is(403)
	c.ask(clerk, "GET", path+"/receipts/"+uuid.NewString(), nil).is(404)
	c.ask(clerk, "GET", path+"/calls", nil).is(200, `"contact"`)
	c.ask(clerk, "GET", path+"/holders", nil).is(200, `"addresses"`)
	c.ask(clerk, "POST", path+"/acts", map[string]any{"act": "calm", "unit": unit, "note": "已电话确认"}, "If-Match", r.header.Get("ETag")).is(200)
	c.ask("admin", "GET", "/series/"+seeds.SeriesID.String()+"/punctuality?from=2021-01-01", nil).is(200, `"rate"`)
	c.ask("admin", "GET", "/series/"+seeds.SeriesID.String()+"/punctuality?from=never", nil).is(422)
	c.letters(path)
	c.replies(path)
}

// letters looks at letters and steers them.
func (c tester) letters(path string) {
	c.t.Helper()
	clerk := seeds.ClerkLogin
	var board struct{ Items []struct{ ID uuid.UUID } }
	c.ask(clerk, "GET", path+"/deliveries?limit=3", nil).is(200).into(&board)
	letter := board.Items[0].ID.String()
	c.ask(clerk, "GET", path+"/letters/"+letter, nil).is(200, "正文")
	c.ask(clerk, "GET", path+"/letters/"+letter+"/eml", nil).is(200, "Subject")
	c.ask(seeds.EditorLogin, "GET", path+"/letters/"+letter+"/eml", nil).is(403)
	c.ask(clerk, "GET", path+"/deliveries/"+letter, nil).is(200, `"attempts":[]`)
	c.ask(clerk, "GET", path+"/deliveries/"+uuid.NewString(), nil).is(404)
	c.ask(clerk, "POST", path+"/deliveries/"+letter+"/acts", map[string]any{"act": "hold", "note": "地址有误"}).is(200)
	c.ask(clerk, "POST", path+"/deliveries/"+letter+"/acts", map[string]any{"act": "free", "note": "无误"}).is(200)
	c.ask(clerk, "POST", path+"/queue", map[string]any{"order": "pause", "note": "核对"}).is(200)
	c.ask(clerk, "GET", path+"/queue", nil).is(200, `"paused":true`)
	c.ask(clerk, "POST", path+"/queue", map[string]any{"order": "resume", "note": "已核对"}).is(200)
}

// replies settles mails that were not understood.
func (c tester) replies(path string) {
	c.t.Helper()
	id := uuid.MustParse(path[len("/issues/"):])
	sent, err := c.o.store.Deliveries(c.t.Context(), id)
	must(c.t, err)
	for n, words := range []string{"收到，附件打不开", "请再发一次"} {
		_, err := c.o.store.Receive(c.t.Context(), mailer.Incoming{SHA256: words, Class: mailer.OtherMail, Deliveries: []uuid.UUID{sent[n+1].ID}, Sender: "a@example.cn", Subject: "回复", Words: words, Raw: []byte(words)}, c.o.now)
		must(c.t, err)
	}
	var mails struct{ Items []struct{ ID uuid.UUID } }
	c.ask(seeds.ClerkLogin, "GET", "/receipt-mails", nil).is(200, "附件打不开").into(&mails)
	c.ask(seeds.EditorLogin, "GET", "/receipt-mails", nil).is(200, `"items":[]`)
	mail := "/receipt-mails/" + mails.Items[0].ID.String()
	c.ask(seeds.EditorLogin, "POST", mail+"/dismiss", map[string]any{"reason": "无关"}).is(404)
	c.ask(seeds.ClerkLogin, "POST", mail+"/receipt", map[string]any{"verdict": "received", "by": "王五"}).is(201, `"means":"reply"`)
	c.ask(seeds.ClerkLogin, "POST", "/receipt-mails/"+mails.Items[1].ID.String()+"/dismiss", map[string]any{"reason": "不是签收"}).is(200)
}

// recalls asks that the issue is taken back, which somebody else refuses, and
// opens its correction.
func (c tester) recalls(path string) {
	c.t.Helper()
	tag := func() string { return c.ask("admin", "GET", path, nil).is(200).header.Get("ETag") }
	c.ask(seeds.EditorLogin, "POST", path+"/acts", map[string]any{"act": "recall", "note": "数据有误"}, "If-Match", tag()).is(200)
	c.ask(seeds.ReviewerLogin, "POST", path+"/acts", map[string]any{"act": "uphold", "note": "更正即可"}, "If-Match", tag()).is(200)
	c.ask(seeds.EditorLogin, "POST", path+"/acts", map[string]any{"act": "correct", "note": "数据有误"}, "If-Match", tag()).is(200, `"corrected_by"`)
}

// newUnit enters a unit and returns its id.
func (c tester) newUnit(name string) string {
	c.t.Helper()
	var made struct{ ID string }
	card := unitCard()
	card["name"] = name
	c.ask(seeds.ClerkLogin, "POST", "/units", card).is(201, name).into(&made)
	return made.ID
}

func unitCard() map[string]any {
	return map[string]any{
		"aliases": []any{map[string]any{"name": "市某局", "from": "2020-01-01"}}, "place": "鄂尔多斯", "level": "city", "channel": "paper",
		"own_addresses": []string{}, "contact": map[string]any{"name": "赵六", "phone": "123"}, "deputy": map[string]any{}, "copies": 1, "copies_assumed": false,
	}
}
