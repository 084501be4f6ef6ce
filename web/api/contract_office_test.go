package api

import (
	"bytes"
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients/table"
	"jianbao/seeds"
	"jianbao/sheets"
	"jianbao/workflow/history"
)

// hired are those that the operations on the whole office need besides the
// people of the seeds.
func (c tester) hired() {
	c.t.Helper()
	c.o.hire(chief, accounts.Grant{Role: accounts.Admin}, accounts.Grant{Role: accounts.Signatory})
	c.o.token(chief, accounts.Token{Acts: true})
	c.o.desk.Render = plainParts{}
	c.told()
}

var ofSeries = "/series/" + seeds.SeriesID.String()

// keeps keeps the directory.
func (c tester) keeps() {
	c.t.Helper()
	clerk := seeds.ClerkLogin
	c.ask("admin", "GET", "/units?limit=3", nil).is(200, `"next"`)
	c.ask("admin", "GET", "/units?q=财政&ended=true", nil).is(200, "财政局")
	unit := "/units/" + c.newUnit("鄂尔多斯市数据局")
	r := c.ask(clerk, "GET", unit, nil).is(200, `"from":"2020-01-01"`, "赵六")
	card := unitCard()
	card["copies"] = 3
	c.ask(seeds.EditorLogin, "PUT", unit, card, "If-Match", r.header.Get("ETag")).is(403)
	c.ask(clerk, "PUT", unit, card).is(428)
	c.ask(clerk, "PUT", unit, card, "If-Match", r.header.Get("ETag")).is(200, `"copies":3`)
	c.ask(clerk, "PUT", unit, card, "If-Match", r.header.Get("ETag")).is(412)
	card["aliases"] = []any{map[string]any{"name": "市某局", "from": "2020-13-01"}}
	c.ask(clerk, "PUT", unit, card, "If-Match", `"2"`).is(422, "aliases[0].from")
	reform := map[string]any{"kind": "rename", "try": true, "name": "鄂尔多斯市政务服务和数据局", "short": []string{"市数据局"}, "day": "2021-07-10", "reason": "机构改革方案"}
	c.ask(clerk, "POST", unit+"/reforms", reform).is(200, `"done":false`)
	reform["try"] = false
	c.ask(clerk, "POST", unit+"/reforms", reform).is(200, `"done":true`)
	c.ask(clerk, "GET", unit, nil).is(200, "政务服务和数据局", `"kind":"rename"`)
	c.ask(clerk, "GET", "/units/"+uuid.NewString(), nil).is(404)
	c.imports()
	c.rosters(unit[len("/units/"):])
}

// imports reads a spreadsheet in, after having looked.
func (c tester) imports() {
	c.t.Helper()
	var sheet bytes.Buffer
	t := table.Table{Header: []string{"单位全称", "渠道", "份数"}}
	t.Add("鄂尔多斯市体育局", "纸质", 2)
	must(c.t, sheets.WriteCSV(&sheet, t))
	body := map[string]any{"file": map[string]any{"name": "units.csv", "data": sheet.Bytes()}}
	var seen struct {
		Digest string
		Added  []struct{ Name string }
	}
	c.ask(seeds.ClerkLogin, "POST", "/units/import", body).is(200, `"done":false`, `"problems":[]`).into(&seen)
	body["digest"] = seen.Digest
	c.ask(seeds.ClerkLogin, "POST", "/units/import", body).is(200, `"done":true`, "体育局")
	c.ask(seeds.ClerkLogin, "POST", "/units/import", body).is(409)
	c.ask(seeds.ClerkLogin, "GET", "/units/export", nil).is(200, "PK")
}

// rosters makes a collective entry, changes it and takes it out.
func (c tester) rosters(unit string) {
	c.t.Helper()
	clerk := seeds.ClerkLogin
	card := map[string]any{"text": "市直有关部门", "place": "鄂尔多斯", "members": []any{map[string]any{"words": "市数据局", "unit": unit, "from": "2021-01-01"}}}
	r := c.ask(clerk, "POST", "/rosters", card).is(201, "市直有关部门")
	var made struct{ ID string }
	r.into(&made)
	c.ask("admin", "GET", "/rosters", nil).is(200, "市直有关部门")
	c.ask("admin", "GET", "/rosters/"+made.ID, nil).is(200, `"from":"2021-01-01"`)
	card["text"] = "市直各部门"
	c.ask(clerk, "PUT", "/rosters/"+made.ID, card, "If-Match", r.header.Get("ETag")).is(200, "市直各部门")
	c.ask(clerk, "PUT", "/rosters/"+made.ID, card, "If-Match", r.header.Get("ETag")).is(412)
	c.ask(clerk, "DELETE", "/rosters/"+made.ID, nil).is(200)
	c.ask(clerk, "GET", "/rosters/"+made.ID, nil).is(404)
}

// arranges changes the lists of the series and of a draft.
func (c tester) arranges() {
	c.t.Helper()
	path, etag := c.o.draft(settled(c.t))
	r := c.ask("admin", "GET", ofSeries+"/lists", nil).is(200, `"own":false`)
	lists := map[string]any{"lists": []any{map[string]any{"label": "送", "text": "市发改委、市财政局。"}}}
	c.ask(seeds.ReviewerLogin, "PUT", ofSeries+"/lists", lists, "If-Match", r.header.Get("ETag")).is(403)
	c.ask(seeds.EditorLogin, "PUT", ofSeries+"/lists", lists, "If-Match", r.header.Get("ETag")).is(200, `"own":true`, "市财政局")
	c.ask(seeds.EditorLogin, "PUT", ofSeries+"/lists", lists, "If-Match", `"9"`).is(412)
	c.ask(seeds.EditorLogin, "PUT", path+"/lists", lists, "If-Match", etag).is(200)
	c.ask(seeds.ReviewerLogin, "PUT", path+"/lists", lists, "If-Match", `"2"`).is(422)
	c.ask(seeds.EditorLogin, "GET", path+"/circulation", nil).is(200, `"label":"送"`)
	c.ask("admin", "GET", path+"/lists/difference", nil).is(200)
}

// sets makes a series and changes what is set of one.
func (c tester) sets() {
	c.t.Helper()
	founding := map[string]any{"masthead": "鄂尔多斯信息", "organ": "办公室", "place": "鄂尔多斯"}
	c.ask(seeds.EditorLogin, "POST", "/series", founding).is(403)
	c.ask(chief, "POST", "/series", founding).is(201, "鄂尔多斯信息")
	c.ask(chief, "POST", "/series", founding).is(409)
	var now struct{ Settings map[string]any }
	r := c.ask("admin", "GET", ofSeries+"/settings", nil).is(200, `"route":[{`)
	r.into(&now)
	now.Settings["file_copies"] = 2
	c.ask(chief, "POST", ofSeries+"/settings/try", now.Settings).is(200, `"differences":[{`)
	c.ask(seeds.EditorLogin, "PUT", ofSeries+"/settings", now.Settings, "If-Match", r.header.Get("ETag")).is(403)
	c.ask(chief, "PUT", ofSeries+"/settings", now.Settings, "If-Match", r.header.Get("ETag")).is(200, `"file_copies":2`)
	c.ask(chief, "PUT", ofSeries+"/settings", now.Settings, "If-Match", r.header.Get("ETag")).is(412)
	now.Settings["zone"] = "nowhere"
	c.ask(chief, "POST", ofSeries+"/settings/try", now.Settings).is(422)
	c.ask("admin", "GET", ofSeries+"/settings/history", nil).is(200, `"what":[{`)
}

// leaves has somebody be away, and hands their work over.
func (c tester) leaves() {
	c.t.Helper()
	c.ask("admin", "GET", "/people", nil).is(200, seeds.EditorLogin)
	editor, err := c.o.store.ByLogin(c.t.Context(), seeds.EditorLogin)
	must(c.t, err)
	c.ask("admin", "GET", "/people/"+editor.ID.String(), nil).is(200, `"against":`)
	c.ask(seeds.EditorLogin, "GET", "/people/"+editor.ID.String(), nil).is(403)
	reviewer, err := c.o.store.ByLogin(c.t.Context(), seeds.ReviewerLogin)
	must(c.t, err)
	hand := map[string]any{"to": reviewer.ID, "reason": "调离"}
	c.ask(chief, "POST", "/people/"+editor.ID.String()+"/handover", hand).is(200, `"done":`)
	c.ask(chief, "POST", "/people/"+reviewer.ID.String()+"/handover", hand).is(422, "body.to")
	away := map[string]any{"from": c.o.now, "until": c.o.now.AddDate(0, 0, 3), "reason": "休假"}
	var made struct{ ID string }
	c.ask(seeds.EditorLogin, "POST", "/absences", away).is(201, `"absent":true`).into(&made)
	away["person"] = editor.ID
	c.ask(seeds.ReviewerLogin, "POST", "/absences", away).is(403)
	c.ask(seeds.EditorLogin, "GET", "/absences", nil).is(200, made.ID)
	c.ask(seeds.EditorLogin, "POST", "/absences/"+made.ID+"/end", nil).is(200)
}

// holidays changes a day, takes a table over and restores the built-in one.
func (c tester) holidays() {
	c.t.Helper()
	r := c.ask("admin", "GET", "/holidays/2021", nil).is(200, `"own":false`)
	day := map[string]any{"day": "2021-08-02", "kind": "off", "name": "地方节日", "reason": "盟里通知"}
	c.ask(seeds.ClerkLogin, "PUT", "/holidays/2021", day, "If-Match", r.header.Get("ETag")).is(404)
	r = c.ask(chief, "PUT", "/holidays/2021", day, "If-Match", r.header.Get("ETag")).is(200, `"own":true`, "地方节日")
	day["day"] = "2021-08-03"
	c.ask(chief, "PUT", "/holidays/2021", day, "If-Match", `"9"`).is(412)
	taking := map[string]any{"text": "日期,休/班,名称\n2021-09-01,休,某节\n"}
	c.ask(chief, "POST", "/holidays/2021/import", taking, "If-Match", r.header.Get("ETag")).is(200, `"taken":false`, `"changes":[{`)
	taking["take"], taking["reason"] = true, "通知"
	c.ask(chief, "POST", "/holidays/2021/import", taking, "If-Match", r.header.Get("ETag")).is(200, `"taken":true`)
	c.ask("admin", "GET", "/holidays/2021/table/ics", nil).is(200, "BEGIN:VCALENDAR")
	c.ask(chief, "POST", "/holidays/2021/restore", map[string]any{"reason": "误录"}, "If-Match", `"2"`).is(200, `"own":false`)
	c.ask("admin", "GET", "/holidays/2021/changes", nil).is(200, "盟里通知", `"restored":true`)
}

// numbers looks at the register, voids a gap and enters earlier issues.
func (c tester) numbers() {
	c.t.Helper()
	c.ask("admin", "GET", ofSeries+"/register?limit=2", nil).is(200, `"next"`)
	c.ask(seeds.ClerkLogin, "POST", ofSeries+"/register", map[string]any{"level": "秘密", "term": "1年", "copies": 3, "holder": "收发", "date": "2021-07-15", "title": "内部情况"}).is(201, `"no":9`)
	lines := map[string]any{"lines": []any{map[string]any{"no": 1, "date": "2020-01-06", "title": "第1期"}, map[string]any{"no": 3, "date": "2020-03-06", "title": "第3期"}}}
	c.ask(seeds.ClerkLogin, "POST", ofSeries+"/back", lines).is(200, `"refused":[]`)
	lines["enter"] = true
	c.ask(seeds.ClerkLogin, "POST", ofSeries+"/back", lines).is(200, `"refused":[]`)
	c.ask(seeds.ClerkLogin, "POST", ofSeries+"/back", lines).is(200, `"there":true`)
	c.ask("admin", "GET", ofSeries+"/gaps", nil).is(200, `"no":2`)
	c.ask(seeds.ClerkLogin, "POST", ofSeries+"/gaps", map[string]any{"kind": "正刊", "year": 2020, "no": 2, "reason": "跳号"}).is(200, `"void":"跳号"`)
	secret := map[string]any{"files": []any{map[string]any{"name": "x.txt", "data": []byte("机密★10年\n" + settled(c.t))}}}
	c.ask(seeds.ClerkLogin, "POST", ofSeries+"/back", secret).is(200, `"refused":[{`)
	lines = map[string]any{"lines": []any{map[string]any{"no": 1, "date": "2020-13-06", "title": "第1期"}}}
	c.ask(seeds.ClerkLogin, "POST", ofSeries+"/back", lines).is(422, "lines[0].date")
}

// hooks has a program told, and no longer.
func (c tester) hooks() {
	c.t.Helper()
	card := map[string]any{"series": seeds.SeriesID, "name": "数据平台", "url": "https://platform.example.com/in", "kinds": []string{"issue.released"}}
	c.ask(seeds.EditorLogin, "POST", "/hooks", card).is(404)
	r := c.ask(chief, "POST", "/hooks", card).is(201, "数据平台")
	var made struct{ ID string }
	r.into(&made)
	if strings.Contains(string(r.body), "secret") {
		c.t.Errorf("what may be kept has a secret: %s", r.body)
	}
	hook := "/hooks/" + made.ID
	c.ask(chief, "GET", hook, nil).is(200, `"secret":"whsec_`)
	c.ask(seeds.EditorLogin, "GET", hook, nil).is(404)
	c.ask(chief, "GET", "/hooks", nil).is(200, made.ID)
	delete(card, "series")
	card["name"] = "平台"
	c.ask(chief, "PUT", hook, card, "If-Match", r.header.Get("ETag")).is(200, `"平台"`)
	c.ask(chief, "PUT", hook, card, "If-Match", r.header.Get("ETag")).is(412)
	r = c.ask(chief, "POST", hook+"/acts", map[string]any{"act": "pause"}, "If-Match", `"2"`).is(200, `"paused":true`)
	c.ask(chief, "GET", hook+"/messages", nil).is(200)
	c.ask(chief, "GET", hook+"/changes", nil).is(200, "暂停推送")
	c.ask(chief, "DELETE", hook, nil, "If-Match", r.header.Get("ETag")).is(200)
	c.ask(chief, "GET", hook, nil).is(404)
}

// tray reads a mail that came in and takes it out.
func (c tester) tray() {
	c.t.Helper()
	raw := "From: a@example.cn\r\nSubject: =?utf-8?B?5L6b56i/?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nfile\r\n--b--\r\n"
	_, err := c.o.store.Receive(c.t.Context(), mailer.Incoming{SHA256: "t", Class: mailer.Contribution, Sender: "a@example.cn", Subject: "供稿", Words: "见附件", Raw: []byte(raw)}, c.o.now)
	must(c.t, err)
	var mails struct{ Items []struct{ ID string } }
	c.ask(seeds.ClerkLogin, "GET", "/tray?class=contribution", nil).is(200, "见附件").into(&mails)
	c.ask(seeds.ReviewerLogin, "GET", "/tray", nil).is(404)
	mail := "/tray/" + mails.Items[0].ID
	c.ask(seeds.EditorLogin, "GET", mail, nil).is(200, `"name":"a.txt"`)
	c.ask(seeds.ReviewerLogin, "GET", mail, nil).is(404)
	c.ask(seeds.ClerkLogin, "GET", mail+"/eml", nil).is(200, "multipart/mixed")
	c.ask(seeds.ClerkLogin, "GET", mail+"/files/0", nil).is(200, "file")
	c.ask(seeds.ClerkLogin, "GET", mail+"/files/7", nil).is(404)
	c.ask(seeds.ClerkLogin, "POST", mail+"/dismiss", map[string]any{"reason": " "}).is(422)
	c.ask(seeds.ClerkLogin, "POST", mail+"/dismiss", map[string]any{"reason": "已采用"}).is(200)
}

// told reads and changes how somebody is told.
func (c tester) told() {
	c.t.Helper()
	clerk := seeds.ClerkLogin
	c.ask(clerk, "GET", "/me/notices", nil).is(200)
	c.ask(clerk, "POST", "/me/notices/read", map[string]any{}).is(200)
	r := c.ask(clerk, "GET", "/me/reach", nil).is(200, `"morning":510`)
	reach := map[string]any{"address": "clerk@example.cn", "lang": "zh", "at_once": true, "morning": 480, "quiet": map[string]any{"from": 0, "to": 0}, "muted": []string{}}
	c.ask(clerk, "PUT", "/me/reach", reach, "If-Match", r.header.Get("ETag")).is(200, `"at_once":true`)
	c.ask(clerk, "PUT", "/me/reach", reach, "If-Match", `"7"`).is(412)
	reach["address"] = "x"
	c.ask(clerk, "PUT", "/me/reach", reach, "If-Match", `"1"`).is(422)
	c.ask(clerk, "PUT", "/me/feed", nil).is(200, "https://jb.example.cn/calendar/")
	c.ask(clerk, "DELETE", "/me/feed", nil).is(200)
}

// hires sees to accounts and roles. A program does not, and whoever is no
// administrator is refused; the link of an invitation is in no answer.
func (c tester) hires() {
	c.t.Helper()
	form := map[string]any{"login": "newcomer", "name": "新来的", "roles": []any{map[string]any{"role": "editor", "series": seeds.SeriesID}}}
	c.ask(seeds.ClerkLogin, "POST", "/people", form).is(403)
	c.o.hire("robot", accounts.Grant{Role: accounts.Admin})
	c.o.token("robot", accounts.Token{Kind: accounts.Service, Acts: true})
	c.ask("robot", "POST", "/people", form).is(403)
	r := c.ask(chief, "POST", "/people", form).is(201, `"mailed":false`, `"role":"editor"`)
	if strings.Contains(string(r.body), "/pass/") {
		c.t.Error("an answer that may be kept has the link of an invitation")
	}
	var made struct{ ID string }
	r.into(&made)
	one, tag := "/people/"+made.ID, r.header.Get("ETag")
	c.ask(chief, "POST", "/people", form).is(409)
	c.ask(chief, "PUT", one, map[string]any{"name": "新人"}).is(428)
	r = c.ask(chief, "PUT", one, map[string]any{"mail": "new@kjj.example", "roles": []any{map[string]any{"role": "clerk"}}}, "If-Match", tag).is(200, `"name":"新来的"`, `"role":"clerk"`)
	c.ask(chief, "PUT", one, map[string]any{"name": "新人"}, "If-Match", tag).is(412)
	tag = r.header.Get("ETag")
	r = c.ask(chief, "POST", one+"/acts", map[string]any{"act": "suspend"}, "If-Match", tag).is(200, `"active":false`)
	c.ask(chief, "POST", one+"/acts", map[string]any{"act": "invite"}, "If-Match", tag).is(422)
	c.ask(chief, "POST", one+"/acts", map[string]any{"act": "resume"}, "If-Match", tag).is(412)
	r = c.ask(chief, "POST", one+"/acts", map[string]any{"act": "resume"}, "If-Match", r.header.Get("ETag")).is(200, `"active":true`)
	for _, act := range []string{"invite", "end-visits"} {
		c.ask(chief, "POST", one+"/acts", map[string]any{"act": act}, "If-Match", r.header.Get("ETag")).is(200)
	}
	c.ask(seeds.ClerkLogin, "POST", one+"/acts", map[string]any{"act": "suspend"}, "If-Match", r.header.Get("ETag")).is(403)
	c.ask(chief, "GET", "/audit/lines?what=account.security&object=新来的", nil).is(200, "收发", `"name":"`+chief+`"`)
	c.tokens()
}

// tokens ends one's own; those of others are not there but for who sees to rights.
func (c tester) tokens() {
	c.t.Helper()
	c.o.hire("leaver", accounts.Grant{Role: accounts.Reader})
	c.o.token("leaver", accounts.Token{})
	var page struct {
		Items []struct{ ID, Person string }
	}
	c.ask("leaver", "GET", "/tokens", nil).is(200).into(&page)
	if len(page.Items) != 1 {
		c.t.Fatalf("%d tokens are shown to who has one", len(page.Items))
	}
	c.ask(seeds.ClerkLogin, "DELETE", "/tokens/"+page.Items[0].ID, nil).is(404)
	c.ask(chief, "GET", "/tokens?limit=2", nil).is(200, `"next"`)
	c.ask(chief, "DELETE", "/tokens/"+page.Items[0].ID, nil).is(200)
	c.ask("leaver", "GET", "/tokens", nil).is(401)
}

// figures reads how the work goes.
func (c tester) figures() {
	c.t.Helper()
	c.ask(seeds.ClerkLogin, "GET", "/statistics?year=2021&series="+seeds.SeriesID.String(), nil).is(200, `"year":2021`, `"tables":[{`)
	c.ask(seeds.ClerkLogin, "GET", "/statistics", nil).is(200)
	c.ask(seeds.ClerkLogin, "GET", "/statistics?series="+uuid.NewString(), nil).is(404)
}

// audits reads what everybody did, as an administrator while these are not
// separated; nobody else is told of it.
func (c tester) audits() {
	c.t.Helper()
	must(c.t, c.o.store.KeepCheck(c.t.Context(), c.o.now, history.Report{Issues: 1, Events: 3, Findings: []history.Finding{{Line: 2, Reason: fault.Reason{Key: "test"}}}}))
	var page struct{ Next string }
	c.ask(chief, "GET", "/audit/lines?limit=2", nil).is(200, `"next"`, `"record"`).into(&page)
	c.ask(chief, "GET", "/audit/lines?limit=200&cursor="+page.Next, nil).is(200, `"act"`)
	c.ask(chief, "GET", "/audit/lines?what=account.audit", nil).is(200, "查阅审计记录")
	c.ask(chief, "GET", "/audit/lines?what=issue.approve&who="+chief+"&object=32&from=2021-07-01T00:00:00Z", nil).is(200)
	c.ask(chief, "GET", "/audit/lines?what=nothing", nil).is(422)
	c.ask(chief, "GET", "/audit/lines?who=nobody", nil).is(422)
	c.ask(chief, "GET", "/audit/lines?cursor=x", nil).is(422)
	c.ask(chief, "GET", "/audit/lines/csv?what=account", nil).is(200, "审计记录")
	c.ask(chief, "GET", "/audit/lines/xlsx", nil).is(200, "PK")
	c.ask(chief, "GET", "/audit/state", nil).is(200, `"findings":[{`)
	c.o.hire("auditor", accounts.Grant{Role: accounts.Auditor})
	c.o.token("auditor", accounts.Token{})
	c.ask("auditor", "GET", "/issues", nil).is(200)
	c.ask("auditor", "GET", "/audit/lines?what=account.audit&who=auditor", nil).is(200, "查阅"+Prefix+"/issues")
	for _, path := range []string{"/audit/lines", "/audit/lines/csv", "/audit/state"} {
		c.ask(seeds.ClerkLogin, "GET", path, nil).is(404)
	}
}
