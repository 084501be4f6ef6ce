package remarks

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/sheets"
	"jianbao/web/page/pagetest"
	"jianbao/workflow/remarks"
)

// is fails unless an answer has the status and the words, and none of the words
// of strangers as they are.
func is(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Fatalf("%d, want %d: %s", a.Status, status, a.Body)
	}
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("%q is not in %s", w, a.Body)
		}
	}
	if strings.Contains(a.Body, hostile) {
		t.Errorf("what a stranger wrote is a script: %s", a.Body)
	}
}

// do sends the form of an act.
func do(v *pagetest.Visitor, o *office, who accounts.Person, act remarks.Act, fields ...string) pagetest.Answer {
	v.Person = who
	r := o.all[0]
	return v.Post("/remarks/"+r.ID.String()+"/acts", append([]string{"act", string(act), "version", strconv.Itoa(r.Version)}, fields...)...)
}

func TestARemarkFromTheMailToTheReport(t *testing.T) {
	o := newOffice()
	v := visit(t, o)
	is(t, v.Get("/remarks"), 200, "1封来信像是批示")
	is(t, v.Get("/remark-mails"), 200, "zhang@leader.example", "/issues/"+issueID.String()+"/remarks/new?mail="+mailID.String())
	form := "/issues/" + issueID.String() + "/remarks"
	is(t, v.Get(form+"/new?mail="+mailID.String()), 200, `value="张三"`, `value="2021-07-16"`, "7月底前报我", "煤化工基地开工")
	is(t, v.Post(form, "mail", mailID.String(), "leader", "", "text", "抄来的话", "date", "2021-07-16"), http.StatusUnprocessableEntity, "请写明批示的领导", "抄来的话")
	a := v.Post(form, "mail", mailID.String(), "leader", "张三", "role", "市长", "text", "请市发改委牵头，市工信局配合研究，7月底前报我。"+hostile, "date", "2021-07-16", "item", "1")
	is(t, a, http.StatusSeeOther)
	here := a.Location
	is(t, v.Get(here), 200, "待核对", "甲登记的，须由他人核对", "回复邮件", "煤化工基地开工")

	is(t, do(v, o, clerk, remarks.Check), http.StatusUnprocessableEntity, "甲登记的，须由他人核对")
	is(t, do(v, o, head, remarks.Mend), http.StatusForbidden)
	is(t, do(v, o, editor, remarks.Check), http.StatusSeeOther)
	v.Person = clerk
	is(t, v.Get(here), 200, lead.Name+"、"+second.Name, `value="2021-07-30"`, "批示写明“7月底前”")
	is(t, do(v, o, clerk, remarks.Assign, "units", "市发改委、市某某局", "due", "2021-07-30"), http.StatusUnprocessableEntity, "市某某局", "<details class=\"act\" open>")
	is(t, do(v, o, clerk, remarks.Assign, "units", "市发改委、市工信局", "due", "2021-07-30", "note", ""), http.StatusSeeOther)
	if slip := o.all[0].Slip; slip.No != 3 || slip.Words != "7月底前" || slip.Units[0].ID != lead.ID || len(slip.Units) != 2 {
		t.Errorf("%+v", slip)
	}
	is(t, v.Get(here+"/slip"), 200, "领导批示交办单", "〔2021〕3号", "2021年7月30日", lead.Name, second.Name, "煤化工基地开工")

	is(t, do(v, o, clerk, remarks.AskLonger, "due", "2021-08-06", "note", "需要调研"), http.StatusSeeOther)
	is(t, do(v, o, head, remarks.GrantLonger, "note", "同意"), http.StatusSeeOther)
	is(t, do(v, o, clerk, remarks.TakeReply, "unit", lead.ID.String(), "note", "正在研究"), http.StatusSeeOther)
	is(t, do(v, o, clerk, remarks.TakeReply, "unit", second.ID.String(), "note", "已配合"), http.StatusSeeOther)
	is(t, do(v, o, head, remarks.SendBack, "unit", lead.ID.String(), "note", "没有结论"), http.StatusSeeOther)
	is(t, v.Get(here), 200, "丙于2021-07-16 12:00退回：没有结论", "丙同意：同意", "尚未反馈", "剩15个工作日")
	is(t, do(v, o, clerk, remarks.TakeReply, "unit", lead.ID.String(), "note", "已出台办法"), http.StatusSeeOther)
	is(t, do(v, o, clerk, remarks.Close, "note", ""), http.StatusUnprocessableEntity, "请写明理由或内容")
	is(t, do(v, o, clerk, remarks.Close, "note", "已落实"), http.StatusSeeOther)
	is(t, do(v, o, clerk, remarks.Report, "note", "书面报告，领导圈阅"), http.StatusSeeOther)
	is(t, v.Get(here), 200, "已报告", "书面报告，领导圈阅", "已落实")

	v.Person = clerk
	is(t, v.Get("/series/"+series.ID.String()+"/remarks"), 200, "没有这样的批示")
	is(t, v.Get("/series/"+series.ID.String()+"/remarks?show=closed"), 200, "〔2021〕3号", "2021年第8期", "已报告")
	reads(t, v)
}

// reads follows the remark into the spreadsheets.
func reads(t *testing.T, v *pagetest.Visitor) {
	t.Helper()
	book := "/series/" + series.ID.String() + "/remarks"
	a := v.Get(book + ".xlsx?month=2021-07")
	is(t, a, 200)
	month, err := sheets.Read([]byte(a.Body))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for n := range month.Rows {
		lines = append(lines, month.Text(n, 0)+month.Text(n, 1))
	}
	if want := []string{"上月结转0", "本月登记1", "本月交办1", "本月办结1", "其中：按期反馈1", "月末未办结0", "其中：逾期0", "本月退回重办1"}; !slices.Equal(lines[len(lines)-8:], want) {
		t.Errorf("%q", lines)
	}
	is(t, v.Get(book+".xlsx?month=七月"), http.StatusUnprocessableEntity, "看不懂的月份")
	if a := v.Get(book + ".csv"); !strings.Contains(a.Body, "张三") || !strings.Contains(a.Body, "〔2021〕3号") {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

// Each act that the table allows somebody has a form with every field of it, in
// every state.
func TestNoActIsForgotten(t *testing.T) {
	names := map[remarks.Field][]string{
		remarks.WritingField: {`name="leader"`, `name="role"`, `name="date"`, `name="text"`, `name="item"`}, remarks.UnitsField: {`name="units"`},
		remarks.UnitField: {`name="unit"`}, remarks.DueField: {`name="due"`}, remarks.IssueField: {`name="issue"`}, remarks.NoteField: {`name="note"`},
	}
	offered := map[remarks.Act]bool{remarks.Enter: true} // has a page of its own
	everybody := holding("戊", series.ID, accounts.Clerk, accounts.Reviewer)
	for _, x := range everyState(t) {
		o := newOffice()
		o.all = []remarks.Remark{x}
		v := visit(t, o)
		v.Person = everybody
		body := v.Get("/remarks/" + x.ID.String()).Body
		for _, option := range remarks.Options(remarks.Case{Remark: x, Series: series, Actor: o.actor(everybody), Now: noon}) {
			form := formOf(body, option.Act)
			if len(option.Bars) > 0 {
				if form != "" || !strings.Contains(body, option.Bars[0].In("zh")) {
					t.Errorf("%s of %s: barred, and %s", option.Act, x.State, form)
				}
				continue
			}
			offered[option.Act] = true
			for _, field := range option.Act.Fields() {
				for _, name := range names[field] {
					if !strings.Contains(form, name) {
						t.Errorf("%s of %s has no %s: %s", option.Act, x.State, name, form)
					}
				}
			}
			if !strings.Contains(form, option.Act.Title().In("zh")+"</button>") {
				t.Errorf("%s of %s has no button: %s", option.Act, x.State, form)
			}
		}
	}
	for _, act := range remarks.Acts() {
		if !offered[act] {
			t.Errorf("%s is offered nowhere", act)
		}
	}
}

// formOf is the form of an act on a page, or "".
func formOf(body string, act remarks.Act) string {
	_, form, found := strings.Cut(body, `name="act" value="`+string(act)+`"`)
	if !found {
		return ""
	}
	form, _, _ = strings.Cut(form, "</form>")
	return form
}

func TestWhatIsNotForStrangers(t *testing.T) {
	o := newOffice()
	o.all = []remarks.Remark{everyState(t)[2]}
	x := o.all[0].ID.String()
	v := visit(t, o)
	for _, address := range []string{
		"/series/" + series.ID.String() + "/remarks", "/series/" + series.ID.String() + "/remarks.xlsx?month=2021-07", "/series/" + series.ID.String() + "/remarks.csv",
		"/issues/" + issueID.String() + "/remarks", "/issues/" + issueID.String() + "/remarks/new", "/remarks/" + x, "/remarks/" + x + "/slip", "/remarks/" + x + "/scan",
		"/remark-mails/" + mailID.String(), "/remark-mails/" + strayID.String(), "/remark-mails/" + mailID.String() + "/enter?issue=" + issueID.String(), "/remarks/nothing", "/series/x/remarks", "/issues/x/remarks",
	} {
		v.Person = other
		is(t, v.Get(address), http.StatusNotFound)
		v.Person = accounts.Person{Name: "无职", Active: true}
		is(t, v.Get(address), http.StatusNotFound)
	}
	is(t, v.Get("/remarks"), http.StatusNotFound)
	is(t, v.Get("/remark-mails"), http.StatusNotFound)
	v.Person = other
	for _, address := range []string{"/issues/" + issueID.String() + "/remarks", "/issues/" + draftID.String() + "/remarks/show", "/remarks/" + x + "/acts", "/remark-mails/" + mailID.String()} {
		is(t, v.Post(address, "why", "无"), http.StatusNotFound)
	}
	if a := v.Get("/remark-mails"); strings.Contains(a.Body, "leader.example") {
		t.Error("mails of another series are shown")
	}
	v.Person = head // reads, and enters nothing
	is(t, v.Get("/issues/"+issueID.String()+"/remarks/new"), http.StatusForbidden, "不能登记批示")
	if a := v.Get("/issues/" + issueID.String() + "/remarks"); strings.Contains(a.Body, "/remarks/new") {
		t.Error("a reviewer is offered the form")
	}
}

func TestARemarkFromAScan(t *testing.T) {
	o := newOffice()
	v := visit(t, o)
	address := "/issues/" + issueID.String() + "/remarks"
	fields := map[string]string{"source": "scan", "leader": "张三", "text": "阅。", "date": "2021-07-16"}
	is(t, v.Do(upload(t, address, nil, "", fields)), http.StatusUnprocessableEntity, "要附扫描件", `value="张三"`)
	a := v.Do(upload(t, address, []byte("\x89PNG\r\n\x1a\n"), "image/png", fields))
	is(t, a, http.StatusSeeOther)
	is(t, v.Get(a.Location), 200, `<img src="`+a.Location+`/scan"`)
	scan := v.Get(a.Location + "/scan")
	if scan.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(scan.Header.Get("Content-Disposition"), "inline") {
		t.Errorf("%v", scan.Header)
	}
	is(t, v.Do(upload(t, address, []byte("\x89PNG\r\n\x1a\n iTXt 机密★10年"), "image/png", fields)), http.StatusUnprocessableEntity, "非涉密系统")
	fields["text"] = "机密★1年\n不能留下的话"
	secret := v.Do(upload(t, address, []byte("\x89PNG\r\n\x1a\n"), "image/png", fields))
	if secret.Status < 400 || strings.Contains(secret.Body, "不能留下") {
		t.Errorf("%d %s", secret.Status, secret.Body)
	}
}

// upload is a request with a form and perhaps a file.
func upload(t *testing.T, address string, file []byte, kind string, fields map[string]string) *http.Request {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range fields {
		_ = w.WriteField(name, value)
	}
	if file != nil {
		h := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="批示.png"`}, "Content-Type": {kind}}
		part, err := w.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(file)
	}
	_ = w.Close()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, address, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

func TestTheTray(t *testing.T) {
	o := newOffice()
	v := visit(t, o)
	v.Person = holding("总", uuid.Nil, accounts.Clerk)
	is(t, v.Get("/remark-mails"), 200, "转批示", "是对哪一期的批示", `<option value="`+issueID.String()+`"`)
	a := v.Get("/remark-mails/" + strayID.String() + "/enter?issue=" + issueID.String())
	is(t, a, http.StatusSeeOther)
	is(t, v.Get(a.Location), 200, "请市工信局阅")
	if raw := v.Get("/remark-mails/" + strayID.String()); raw.Body != "raw" || raw.Header.Get("Content-Type") != "message/rfc822" {
		t.Errorf("%+v", raw)
	}
	is(t, v.Post("/remark-mails/"+strayID.String(), "why", " "), http.StatusUnprocessableEntity, "请写明为什么不是批示")
	is(t, v.Post("/remark-mails/"+strayID.String(), "why", "是通知"), http.StatusSeeOther)
	if len(o.dismissed) != 1 || o.dismissed[0].By != "总" || o.dismissed[0].Why != "是通知" || len(o.mails) != 1 {
		t.Errorf("%+v", o.dismissed)
	}
}

func TestADraftTakesRemarksOver(t *testing.T) {
	o := newOffice()
	o.all = []remarks.Remark{everyState(t)[1]}
	v := visit(t, o)
	address := "/issues/" + draftID.String() + "/remarks"
	is(t, v.Get(address), 200, "可以选登的批示", `value="`+o.all[0].ID.String()+`" checked`)
	is(t, v.Post(address+"/show"), http.StatusUnprocessableEntity, "请选择要选登的批示")
	is(t, v.Post(address+"/show", "remark", o.all[0].ID.String()), http.StatusSeeOther)
	if text := o.issues[draftID].Text; !strings.Contains(text, "【批示选登】") || !strings.Contains(text, "张三对本刊2021年第8期的批示。") || o.all[0].Shown[0] != draftID {
		t.Errorf("%s %+v", text, o.all[0].Shown)
	}
	if a := v.Get(address); strings.Contains(a.Body, "可以选登的批示") {
		t.Error("it is offered again")
	}
}
