package copies

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	book "jianbao/recipients/copies"
	"jianbao/sheets"
	"jianbao/workflow"
)

func TestTheEquationIsEdited(t *testing.T) {
	o, v := visit(t, workflow.Registered, accounts.Clerk)
	is(t, v.Get(here), 200, "5 = 报 2＋送 1＋存档 1＋备用 1", "份数相符", "推定", `name="copies-1"`, `value="2"`)
	form := []string{"version", "7", "copies-0", "3", "copies-1", "1", "file", "2", "spare", "0", "reason", "多要一份"}
	looked := v.Post(here+"/plan", append(form, "do", "look")...)
	is(t, looked, 200, "5 ≠ 报 3＋送 1＋存档 2", "还没有保存", `name="copies-0" aria-label="鄂尔多斯市统计局 份数" value="3"`, "少1份", "多要一份")
	if len(o.orders) != 0 {
		t.Error("looking is no act")
	}
	saved := v.Post(here+"/plan", append(form, "do", "save")...)
	if a := o.last().Print.Apportion; saved.Status != 303 || o.last().Version != 7 || fmt.Sprint(*a) != "{0 [3 1] 2 0 <nil>}" {
		t.Errorf("%d, %+v", saved.Status, o.last())
	}
	o.refusal = fault.New(fault.Blocked, noUnit.With(), noAccount.With())
	is(t, v.Post(here+"/plan", form...), fault.Status(fault.Blocked), "请选择是哪里的份数", `value="3"`)
	is(t, v.Post(here+"/plan", "version", "7", "copies-0", "二"), 422, "二")
}

// What is left over is explained on the page of the equation, and the print run
// is set there.
func TestTheDifferenceIsExplained(t *testing.T) {
	o, v := visit(t, workflow.Registered, accounts.Clerk)
	if strings.Contains(v.Get(here).Body, `name="unexplained"`) {
		t.Error("nothing is left over")
	}
	is(t, v.Get(here), 200, `name="run" value="5"`, "共印数取自正文")
	form := []string{"version", "7", "run", "8", "copies-0", "2", "copies-1", "1", "file", "1", "spare", "1", "unexplained", "送了样张"}
	is(t, v.Post(here+"/plan", append(form, "do", "look")...), 200,
		"8 = 报 2＋送 1＋存档 1＋备用 1＋不明 3（送了样张）", "正文写的是共印5份，本期改定为8份", `name="unexplained" maxlength="500" value="送了样张"`)
	v.Post(here+"/plan", append(form, "do", "save")...)
	if a := o.last().Print.Apportion; a.PrintRun != 8 || a.Unexplained == nil || *a.Unexplained != "送了样张" {
		t.Errorf("%+v", a)
	}
}

func TestCopyNumbersAreGivenOut(t *testing.T) {
	o, v := visit(t, workflow.Approved, accounts.Clerk)
	is(t, v.Get(here), 200, "自动编号", `name="numbers-0"`)
	v.Post(here+"/numbers", "version", "7", "first", "101", "do", "in-order", "numbers-0", "9")
	if p := o.last().Print; p.First != 101 || p.ByHand != nil {
		t.Errorf("%+v", p)
	}
	v.Post(here+"/numbers", "version", "7", "first", "1", "do", "by-hand", "numbers-0", "4、5", "numbers-1", "")
	if p := o.last().Print; fmt.Sprint(p.ByHand) != "[000004-000005 ]" {
		t.Errorf("%+v", p)
	}
	v.Post(here+"/numbers", "version", "7", "first", "1", "do", "none")
	if p := o.last().Print; p.First != 0 {
		t.Errorf("%+v", p)
	}
	is(t, v.Post(here+"/numbers", "version", "7", "first", "1", "do", "by-hand", "numbers-0", "五"), 422, "看不懂的份号：五", `value="五"`)
	_, wrong := o.issue.Copies.Number(1, []book.Numbers{{{First: 1, Last: 2}}, {{First: 2, Last: 2}}})
	o.refusal = fault.New(fault.Blocked, notStamped.With(), wrong...)
	is(t, v.Post(here+"/numbers", "version", "7", "first", "1", "do", "by-hand", "numbers-0", "1-2", "numbers-1", "2"), fault.Status(fault.Blocked), "份号000002同时编给了鄂尔多斯市统计局和鄂尔多斯市财政局", `value="1-2"`)
}

var (
	inputForm  = regexp.MustCompile(`<(?:input|select)\b[^>]*\bname="([a-z]+)"[^>]*>`)
	optionForm = regexp.MustCompile(`<option value="([^"]+)"`)
)

// Every line of the table of deeds has a form on the page, and what the form asks
// for is all that the ledger wants.
func TestEveryDeedHasItsForm(t *testing.T) {
	for _, d := range book.Deeds() {
		o, v := visit(t, workflow.Dispatched, accounts.Clerk)
		for _, act := range []book.Act{book.ActSpoil, book.ActReturn, book.ActReprint, book.ActLose} { // so that every account has something
			order := book.Order{Act: act, Account: book.Account{Kind: book.Stock}, Count: 1, Slip: book.Slip{Reason: "先", Person: "某", Numbers: o.ledger.Held(book.Account{Kind: book.Stock}).Lowest(1)}}
			if act == book.ActReturn {
				order.Account, order.Slip.Numbers = book.OfUnit(unitA), book.Numbers{{First: 1, Last: 1}}
			}
			if act == book.ActReprint {
				order.Slip.Numbers, order.Count = nil, 4
			}
			if _, err := o.Act(t.Context(), workflow.Actor{}, issue, workflow.Order{Print: workflow.PrintOrder{Deed: &order}}); err != nil {
				t.Fatal(act, fault.As(err).In(fault.ZH))
			}
		}
		before := len(o.ledger.Entries())
		_, form, found := strings.Cut(v.Get(here).Body, `<form class="`+string(d.Act)+`"`)
		if form, _, _ = strings.Cut(form, "</form>"); !found {
			t.Errorf("%s has no form", d.Act)
			continue
		}
		var pairs []string
		for _, m := range inputForm.FindAllStringSubmatchIndex(form, -1) {
			name := form[m[2]:m[3]]
			value := map[string]string{"act": string(d.Act), "count": "1", "entry": fmt.Sprint(before), "unit": "市能源局", "person": "赵六", "reason": "清点"}[name]
			if name == "account" {
				value = optionForm.FindStringSubmatch(form[m[1]:])[1]
				if account, err := book.ParseAccount(value); err == nil && !d.Anyone && d.Act != book.ActFind {
					pairs = append(pairs, "numbers", o.ledger.Held(account).Lowest(1).String())
				}
			}
			if name == "numbers" && slices.Contains(pairs, "numbers") {
				continue
			}
			pairs = append(pairs, name, value)
		}
		if d.Act == book.ActAdjust {
			pairs = append(pairs, "count", "30")
			pairs[slices.Index(pairs, "count")+1] = "30"
		}
		target := here + "/deeds"
		if d.Consent {
			target = here + "/extra"
		}
		done := v.Post(target, pairs...)
		if done.Status != 303 || done.Location != here {
			t.Errorf("%s with %q: %d %s", d.Act, pairs, done.Status, regexp.MustCompile(`(?s)<section class="fault".*?</section>`).FindString(done.Body))
		}
		switch order := o.last(); {
		case d.Consent && (order.Act != workflow.Widen || order.Unit != unitC || order.Print.Extra != 1 || order.Note != "清点"):
			t.Errorf("%+v", order)
		case !d.Consent && len(o.ledger.Entries()) == before:
			t.Errorf("%s left nothing in the ledger", d.Act)
		}
	}
}

func TestARefusedDeedKeepsWhatWasTyped(t *testing.T) {
	_, v := visit(t, workflow.Dispatched, accounts.Clerk)
	answer := v.Post(here+"/deeds", "act", "return", "account", book.OfUnit(unitA).String(), "count", "9", "numbers", "1-2", "person", "赵六", "reason", "多余")
	is(t, answer, 422, "没有办成", `<details class="act" open>`, `value="赵六"`, `value="1-2"`, `value="多余"`)
	is(t, v.Post(here+"/deeds", "act", "spoil", "account", "made", "count", "x"), 422, "请选择是哪里的份数", "看不懂的数")
	is(t, v.Post(here+"/deeds", "act", "copy", "unit", "无此单位", "count", "1"), 422, "“无此单位”在通讯录里找不到")
	is(t, v.Post(here+"/deeds", "act", "burn"), 422, "没有“burn”这种办理")
}

func TestTheLedgerIsShownWithRunningBalances(t *testing.T) {
	o, v := visit(t, workflow.Dispatched, accounts.Clerk)
	page := v.Get(here)
	is(t, page, 200, "5 = 各单位 3＋存档 1＋库存 1", "000001-000002", `库存 <span class="hint n">3</span>`, "鄂尔多斯市统计局")
	if strings.Contains(page.Body, "-5") {
		t.Error("what was made is where copies come from, not where they are")
	}
	one := v.Get(here + "?account=unit:" + unitB.String())
	is(t, one, 200, "鄂尔多斯市财政局的明细")
	if n := strings.Count(one.Body, `<td data-label="#"`); n != 1 {
		t.Errorf("%d entries of one account", n)
	}
	is(t, v.Get(here+"?number=000003"), 200, "份号000003：现由“鄂尔多斯市财政局”持有")
	is(t, v.Get(here+"?number=99"), 200, "本期没有份号000099")
	entries := o.ledger.Entries()
	o.ledger = book.New(entries[1:])
	is(t, v.Get(here), 200, brokenLedger.ZH)
}

func TestCopiesAreHandedOver(t *testing.T) {
	o, v := visit(t, workflow.Dispatched, accounts.Clerk)
	is(t, v.Get(here), 200, `value="2021-07-15T12:00"`, "文件交换", "鄂尔多斯市统计局 (2)")
	v.Post(here+"/handovers", "unit", unitA.String(), "count", "2", "way", "exchange", "to", "12号箱", "at", "2021-07-15T09:30", "numbers", "1-2", "note", "雨")
	h := o.last().Print.Hand
	if o.last().Act != workflow.HandOut || h.Unit != unitA || h.Count != 2 || h.Way != book.Exchanged || h.To != "12号箱" || h.At.UTC().Hour() != 1 || h.Numbers.Count() != 2 {
		t.Errorf("%+v", h)
	}
	is(t, v.Post(here+"/handovers", "unit", "", "count", "2", "at", "昨天"), 422, "请写明单位", "昨天")
	o.handed = []book.Handover{{Seq: 1, Unit: unitA, Count: 2, Way: book.Exchanged, To: "12号箱", By: "李文书", At: noon}}
	is(t, v.Get(here), 200, "交接记录", "12号箱")
}

func TestAWiderDistributionIsDecided(t *testing.T) {
	o, v := visit(t, workflow.Dispatched, accounts.Clerk)
	o.issue.Widenings = []workflow.Widening{{Unit: unitC, Name: "鄂尔多斯市能源局", Copies: 2, ByName: "王文书", Reason: "来函索要"}}
	is(t, v.Get(here), 200, "王文书申请向鄂尔多斯市能源局增发2份：来函索要", `value="grant"`)
	v.Post(here+"/extra", "act", "grant", "unit", unitC.String())
	if o.last().Act != workflow.Grant || o.last().Unit != unitC {
		t.Errorf("%+v", o.last())
	}
	v.Post(here+"/extra", "act", "deny", "unit", unitC.String(), "reason", "不宜")
	if o.last().Act != workflow.Deny || o.last().Note != "不宜" {
		t.Errorf("%+v", o.last())
	}
}

func TestPapers(t *testing.T) {
	o, v := visit(t, workflow.Dispatched, accounts.Reader)
	if a := v.Get(here + "/run.pdf"); a.Status != 200 || fmt.Sprint(o.numbers) != "[000001 000002 000003 000004 000005]" {
		t.Errorf("%d, %v", a.Status, o.numbers)
	}
	for _, address := range []string{"/handover.pdf", "/labels.pdf?form=3x8&skip=3", "/labels.pdf?skip=99", "/file?kind=distribution&form=pdf"} {
		if a := v.Get(here + address); a.Status != 200 || !strings.HasPrefix(a.Body, "%PDF") || a.Header.Get("Content-Type") != "application/pdf" {
			t.Errorf("%s: %d %.80s", address, a.Status, a.Body)
		}
	}
	o.ledger, o.issue.State = book.New(nil), workflow.Registered
	is(t, v.Get(here+"/run.pdf"), 422, "没有编份号")
	o.issue.Copies, _ = o.issue.Copies.Number(11, nil)
	if v.Get(here + "/run.pdf"); len(o.numbers) != 5 || o.numbers[0] != "000011" {
		t.Errorf("before the release: %v", o.numbers)
	}
	if a := v.Get(here + "/handover.pdf"); a.Status != 200 {
		t.Errorf("before the release: %d", a.Status)
	}
	o.issue.Copies.PrintRun = mostCopies + 1
	is(t, v.Get(here+"/run.pdf"), 422, "最多5000份")
}

func TestRegistersOnTheScreenAndAsFiles(t *testing.T) {
	_, v := visit(t, workflow.Dispatched, accounts.Reader)
	is(t, v.Get(ofYears), 200, "鄂尔多斯科技简报发文登记簿（2021年）", "2021年第8期")
	is(t, v.Get(ofYears+"?year=0"), 200, "作废：重复", "2020年第1期")
	is(t, v.Get(ofYears+"?kind=distribution&year=2021"), 200, "鄂尔多斯市统计局", "合计")
	is(t, v.Get(ofYears+"?kind=copies&year=2021"), 200, "份数台账", "库存", "合计")
	is(t, v.Get(ofYears+"?kind=copies&year=2019"), 200, "没有记录")
	is(t, v.Get(ofYears+"?kind=history&year=2021"), 200, "办理过程", "李文书", "无误", "调度（系统）", `data-label="时间" class="short"`)
	is(t, v.Get(here+"/file?kind=history&form=csv"), 200, "2021年第8期", "无误")
	is(t, v.Get(ofYears+"?kind=x"), 422, "没有“x”这种登记簿")
	for _, address := range []string{ofYears + "/file?kind=copies&year=2021&form=xlsx", here + "/file?kind=distribution&form=csv"} {
		a := v.Get(address)
		read, err := sheets.Read([]byte(a.Body))
		if a.Status != 200 || err != nil || len(read.Rows) < 3 {
			t.Errorf("%s: %d, %d rows, %v", address, a.Status, len(read.Rows), err)
		}
	}
	if a := v.Get(ofYears + "/file?kind=dispatch&form=pdf"); !bytes.HasPrefix([]byte(a.Body), []byte("%PDF")) {
		t.Errorf("%d %.80s", a.Status, a.Body)
	}
	is(t, v.Get(ofYears+"/file?kind=dispatch&form=doc"), 422, "没有“doc”这种格式")
}

func TestStrangersSeeNothing(t *testing.T) {
	_, v := visit(t, workflow.Dispatched, accounts.Clerk)
	v.Person.Grants = []accounts.Grant{{Series: uuid.New(), Role: accounts.Clerk}}
	for _, address := range []string{here, here + "/run.pdf", here + "/handover.pdf", here + "/labels.pdf", here + "/file?kind=copies&form=csv", ofYears, ofYears + "/file?form=csv", "/issues/x/copies", "/series/x/copies"} {
		is(t, v.Get(address), 404, "没有这一页")
	}
	for _, address := range []string{"/plan", "/numbers", "/deeds", "/handovers", "/extra"} {
		is(t, v.Post(here+address), 404, "没有这一页")
	}
}

// Who may not act reads, and has no forms.
func TestReadersHaveNoForms(t *testing.T) {
	_, v := visit(t, workflow.Dispatched, accounts.Reader)
	if body := v.Get(here).Body; strings.Contains(body, here+"/deeds") || strings.Contains(body, here+"/handovers") {
		t.Error("a reader is offered a form")
	}
	en := v.Get(here + "?lang=en")
	is(t, en, 200, "Printed copies")
}
