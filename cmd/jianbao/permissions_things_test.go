package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/hooks"
	"jianbao/mailer"
	"jianbao/seeds"
	"jianbao/web/api"
	"jianbao/workflow"
	"jianbao/workflow/filing"
	"jianbao/workflow/remarks"
)

// onDrafts are the ends of routes that are asked for about a draft.
var onDrafts = []string{
	"edit", "text", "problems", "acts", "names", "comments", "comments/{comment}", "file", "files", "files/{sha}", "order", "repairs", "moved", "proof", "lists", "sign", "merge", "versions", "versions/{n}",
	"attachments", "attachments/{name}", "files/{sha256}", "comments/{comment}/settle", "circulation/settle", "problems/settle", "options", "checks", "{form}", "forms/{form}",
}

// makes puts one of everything into the world, and says what stands for each
// place of an address, by the route up to it.
func (w *world) makes() {
	w.t.Helper()
	walk := &walk{office: w.here}
	sent, err := walk.toSchedule(w.t.Context())
	w.must(err)
	w.send(sent)
	w.drafts(walk)
	w.series()
	w.letters(sent)
	w.mails()
	w.remark(sent, walk)
	w.of("{issue}", sent.String())
	released, err := w.here.store.Issue(w.t.Context(), sent)
	w.must(err)
	w.of("{sent}", strconv.Itoa(released.Version))
	w.things["/issues/{id}"], w.things[api.Prefix+"/issues/{issue}"] = sent.String(), sent.String()
	w.of("/issues/{id}/{form}", "paper.txt")
	w.of(api.Prefix+"/issues/{issue}/forms/{form}", "txt")
	w.of("/static/{file...}", "style.css")
	w.of("/issues/{id}/versions/{n}", "1")
	w.of("/desk/{more...}", "x")
	w.of("/answer/{token}", strings.Repeat("x", 43)) // a ticket is opened by whoever has it, and by nobody who guesses
	w.of("/{$}", "")
	w.of("/{other...}", "nothing")
	w.of("/help/{chapter}", "01-desk")
	w.of("/help/pictures/{name}", "desk.png")
	w.of("/me/access/{part}", "password")
	w.of("/relays/letters/{n}", "0")
	w.staff()
	w.programsAsk()
}

func (w *world) of(place, thing string) { w.things[place] = thing }

// drafts makes a draft with a file and a comment.
func (w *world) drafts(walk *walk) {
	w.t.Helper()
	ctx := w.t.Context()
	editor := walk.as(ctx, seeds.EditorLogin)
	draft, err := w.here.desk.Open(ctx, editor, seeds.SeriesID, strings.Replace(settledText(w.t), "第 8 期", "第 9 期", 1))
	w.must(err)
	draft, err = w.here.desk.Attach(ctx, editor, draft.ID, draft.Version, "附件.txt", "text/plain", []byte("附件"))
	w.must(err)
	comment, err := w.here.desk.Comment(ctx, editor, draft.ID, draft.Version, 1, "", "刊头无误")
	w.must(err)
	w.of("/issues/{id}/comments/{comment}", comment.ID.String())
	w.of("/issues/{id}/files/{sha}", draft.Attachments[0].SHA256)
	w.of(api.Prefix+"/issues/{issue}/comments/{comment}", comment.ID.String())
	w.of(api.Prefix+"/issues/{issue}/files/{sha256}", draft.Attachments[0].SHA256)
	w.of(api.Prefix+"/issues/{issue}/attachments/{name}", "附件.txt")
	w.draft = draft.ID.String()
	w.of("{version}", strconv.Itoa(draft.Version))
	w.of("{comment}", comment.ID.String())
}

// series has what lies in the series itself, and in the office.
func (w *world) series() {
	w.t.Helper()
	w.of("/series/{id}", seeds.SeriesID.String())
	w.of(api.Prefix+"/series/{series}", seeds.SeriesID.String())
	w.of("/series/{id}/settings/{part}", "basics")
	w.of("/series/{id}/destruction/{no}", w.destruction().String())
	w.of("/holidays/{year}", "2026")
	w.of("/holidays/{year}/{file}", "table.ics")
	units, err := w.here.store.Units(w.t.Context())
	w.must(err)
	w.of("/units/{id}", units[0].ID.String())
	w.of("/units/{id}/{reform}", "rename")
	w.of("/units/rosters/{id}", "new")
	target, err := w.here.hookOffice().Make(w.t.Context(), hooks.Clerk{Name: "x"}, hooks.Target{Series: seeds.SeriesID, Name: "OA", URL: "https://oa.example.cn/", Kinds: []hooks.Kind{hooks.Released}})
	w.must(err)
	w.of("/hooks/{id}", target.ID.String())
	reader, err := w.here.store.ByLogin(w.t.Context(), "p-reader")
	w.must(err)
	feed, err := w.here.ownPages().Feeds.Make(w.t.Context(), reader.ID)
	w.must(err)
	w.of("/calendar/{file}", feed+".ics")
}

// staff has somebody without a password, who is invited, and an editor who is going to be away.
func (w *world) staff() {
	w.t.Helper()
	ctx, now := w.t.Context(), time.Now()
	admin, err := w.here.store.ByLogin(ctx, "p-admin")
	w.must(err)
	invited := accounts.Person{ID: uuid.New(), Login: "p-invited", Name: "invited", Active: true, Grants: w.grants("reader")}
	w.must(w.here.store.SavePerson(ctx, invited))
	given, err := w.here.entryDesk().Invite(ctx, admin, invited.ID)
	w.must(err)
	w.of("/pass/{token}", given.Token)
	w.of("/people/{id}", invited.ID.String())
	w.of("{person}", invited.ID.String())
	editor, err := w.here.store.ByLogin(ctx, "p-editor")
	w.must(err)
	away, err := w.here.desk.Delegate(ctx, workflow.Actor{Person: editor}, accounts.Delegation{
		Person: editor.ID, Series: seeds.SeriesID, From: now.AddDate(0, 1, 0), Until: now.AddDate(0, 1, 1), Absent: true, Reason: "休假",
	})
	w.must(err)
	w.of("/desk/away/{id}", away.ID.String())
}

// destruction has a list of what is to be destroyed, with nothing on it: what is
// in the world stays.
func (w *world) destruction() uuid.UUID {
	w.t.Helper()
	list, err := w.here.store.ChangeDestruction(w.t.Context(), filing.Destruction{ID: uuid.New(), Series: seeds.SeriesID}, nil, func(filing.ListCase) (filing.Destruction, error) {
		hand := filing.Hand{Name: "x", At: time.Now()}
		return filing.Destruction{ID: uuid.New(), Series: seeds.SeriesID, Year: 2026, No: 1, State: filing.Proposed, Proposed: hand, Version: 1}, nil
	}, nil)
	w.must(err)
	return list.ID
}

// letters has what went out of an issue.
func (w *world) letters(sent uuid.UUID) {
	w.t.Helper()
	line := w.here.linesOf(w.t, sent)[0]
	letter := w.here.letterOf(w.t, sent, line.Letters[0].ID)
	w.must(w.here.receiving.Offer(w.t.Context(), letter.Dispatch))
	link := w.here.receiving.Link(letter.Dispatch, line.Unit)
	slip := link[strings.LastIndex(link, "/")+1:]
	w.of("/receipt/{token}", slip)
	door := w.here.unitPages().Door
	own, err := door.Enter(w.t.Context(), slip)
	w.must(err)
	_, got, err := door.Read(w.t.Context(), own, letter.Dispatch)
	w.must(err)
	w.of("/own/{token}", own)
	w.of("/own/{token}/{dispatch}", letter.Dispatch.String())
	w.of("/own/{token}/{dispatch}/files/{sha}", got.Files[0].SHA256)
	w.of("/unit-links/{id}", line.Unit.String())
	w.of("{unit}", line.Unit.String())
	w.of("/issues/{id}/receipts/{unit}", line.Unit.String())
	w.of("/issues/{id}/letters/{letter}", letter.ID.String())
	w.of("/issues/{id}/dispatch/letters/{letter}", letter.ID.String())
	w.of("/series/{id}/retention/{issue}", sent.String())
}

// mails has one that came in by itself, with a file, and one that answers a letter.
func (w *world) mails() {
	w.t.Helper()
	const raw = "From: zf@zf.example\r\nTo: kjjb@kjj.ordos.example\r\nSubject: 回复：鄂尔多斯科技简报\r\nMessage-ID: <a@zf.example>\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n张市长批示：请市发改委研究。\r\n" +
		"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\na\r\n--b--\r\n"
	id := w.comesIn(raw)
	w.of("/tray/{id}", id)
	w.of("/tray/{id}/files/{n}", "0")
	w.of("/remark-mails/{id}", id)
	letter := w.things["/issues/{id}/letters/{letter}"]
	w.of("/receipts/mails/{mail}", w.comesIn("From: zf@zf.example\r\nTo: kjjb@kjj.ordos.example\r\nSubject: 回复\r\nMessage-ID: <b@zf.example>\r\nIn-Reply-To: <"+letter+
		"@kjj.ordos.example>\r\n\r\n收到，谢谢。\r\n"))
}

// comesIn receives a mail and returns its id.
func (w *world) comesIn(raw string) string {
	w.t.Helper()
	in, err := mailer.ReadIncoming([]byte(raw))
	w.must(err)
	there := func() map[string]bool {
		all, err := w.here.store.Tray(w.t.Context(), 10)
		w.must(err)
		ids := map[string]bool{}
		for _, m := range all {
			ids[m.ID.String()] = true
		}
		return ids
	}
	before := there()
	_, err = w.here.store.Receive(w.t.Context(), in, time.Now())
	w.must(err)
	for id := range there() {
		if !before[id] {
			return id
		}
	}
	w.t.Fatal("the mail is not in the tray")
	return ""
}

// remark has a leader's remark on the issue that was sent.
func (w *world) remark(sent uuid.UUID, walk *walk) {
	w.t.Helper()
	issue, err := w.here.store.Issue(w.t.Context(), sent)
	w.must(err)
	words := remarks.Writing{Leader: "张三", Role: "市长", Text: "请市发改委研究。", Source: remarks.ByKeying}
	r, err := w.here.remarkDesk().Enter(w.t.Context(), walk.as(w.t.Context(), seeds.ClerkLogin), issue, words, &workflow.File{Name: "批示.png", Type: "image/png", Data: []byte("\x89PNG\r\n\x1a\n")})
	w.must(err)
	w.of("/remarks/{id}", r.ID.String())
	w.of(api.Prefix+"/remarks/{remark}", r.ID.String())
	w.things["{series}"] = seeds.SeriesID.String()
}

// formOf is what is sent with a change where an empty form or body would be
// turned away before anybody asks who sent it.
var formOf = map[string]string{
	"POST /issues":                                   "series={series}&text=x",
	"POST /issues/{id}/acts":                         "version={version}&act=withdraw&note=x",
	"POST /issues/{id}/after":                        "version={sent}&act=recall&note=x",
	"POST /issues/{id}/comments":                     "version={version}&line=1&words=x",
	"POST /issues/{id}/file":                         "version={version}",
	"POST /issues/{id}/files":                        "version={version}&remove=附件.txt",
	"POST /issues/{id}/lists":                        "version={version}",
	"POST /issues/{id}/moved":                        "version={version}&move=x",
	"POST /issues/{id}/names":                        "version={version}&name=x&unit-name=y",
	"POST /issues/{id}/order":                        "version={version}&up=附件.txt",
	"POST /issues/{id}/problems":                     "version={version}&code=x&line=1&choice=y",
	"POST /issues/{id}/repairs":                      "version={version}&key=x",
	"POST /issues/{id}/text":                         "version={version}&text=x",
	"POST /issues/{id}/copies/extra":                 "version={sent}&n=1&why=x",
	"POST /issues/{id}/copies/plan":                  "version={sent}",
	"POST /issues/{id}/amend":                        "version={sent}&text=x",
	"POST /issues/{id}/record":                       "version={sent}",
	"POST /issues/{id}/trial":                        "version={sent}&address=a@b.example",
	"POST /issues/{id}/remarks/show":                 "version={sent}",
	"POST /series/{id}/gaps":                         "year=2021&no=99&kind=正刊&why=x",
	"POST /series/{id}/register":                     "level=内部&term=1年&copies=3&holder=x&date=2021-07-15&title=x",
	"POST /series/{id}/destruction/{no}":             "version=1&do=approve&reason=x",
	"POST /series/{id}/filing":                       "issue={issue}&version={sent}",
	"POST /api/v1/issues":                            `{"series":"{series}","text":"x"}`,
	"POST /api/v1/issues/{issue}/acts":               `{"act":"archive"}`,
	"POST /api/v1/issues/{issue}/attachments":        `{"name":"a.txt","type":"text/plain","data":"YQ=="}`,
	"PUT /api/v1/issues/{issue}/attachments":         `{"names":[]}`,
	"POST /api/v1/issues/{issue}/circulation/settle": `{"name":"x","unit_name":"y"}`,
	"POST /api/v1/issues/{issue}/comments":           `{"version":{version},"line":1,"words":"x"}`,
	"POST /api/v1/issues/{issue}/problems/settle":    `{"code":"x","line":1,"choice":"y"}`,
	"POST /api/v1/issues/{issue}/remarks":            `{"leader":"张三","text":"阅。","source":"keyed"}`,
	"PUT /api/v1/issues/{issue}/text":                `{"text":"x"}`,
	"POST /api/v1/absences":                          `{"person":"{person}","series":"{series}","from":"2099-01-01T00:00:00Z","until":"2099-01-02T00:00:00Z"}`,
	"POST /api/v1/issues/{issue}/copies/deeds":       `{"act":"spoil","account":"stock","count":1,"reason":"x"}`,
	"POST /api/v1/issues/{issue}/copies/extra":       `{"unit":"{unit}","count":1,"reason":"x"}`,
	"POST /api/v1/series/{series}/back":              `{"lines":[{"no":1,"date":"2020-07-01","title":"x"}],"enter":true}`,
	"POST /api/v1/series/{series}/destructions":      `{"issues":["{issue}"],"reason":"x"}`,
	"POST /api/v1/series/{series}/filing":            `{"year":2021}`,
	"POST /api/v1/remarks/{remark}/acts":             `{"act":"check"}`,
	"POST /api/v1/series/{series}/register":          `{"level":"秘密","term":"1年","copies":3,"holder":"收发","date":"2021-07-15","title":"内部情况"}`,
}
