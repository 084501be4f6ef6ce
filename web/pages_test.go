package web

import (
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
	"jianbao/workflow"

	"jianbao/web/page"
)

const here = "/issues/00000000-0000-4000-8000-000000000003"

func TestEveryPageIsShownSafely(t *testing.T) {
	o := newOffice()
	o.letters = []mailer.Delivery{{Unit: unitA, Address: hostile, Words: hostile, State: mailer.Failed}}
	v := inOffice(t, o)
	for _, address := range []string{"/sign-in", "/desk", here + "/edit", "/issues", "/issues/new", here, here + "/sign", here + "/dispatch"} {
		for _, lang := range []string{"zh", "en"} {
			w := v.get(address + "?lang=" + lang)
			is(t, w, http.StatusOK, "<!doctype html>", "</html>")
			if found := inline.FindString(ours.ReplaceAllString(w.Body.String(), "")); found != "" {
				t.Errorf("%s: %q is inline", address, found)
			}
			if got := w.Header().Get("Content-Security-Policy"); got != policy {
				t.Errorf("%s: policy %q", address, got)
			}
			lacks(t, w, "%!", "(MISSING)", "web.", "workflow.")
		}
	}
}

func TestTheIssuePage(t *testing.T) {
	v := inOffice(t, newOffice())
	w := v.get(here)
	is(t, w, 200, "鄂尔多斯科技简报", "待编号", "草稿", "第7行", "须先处理", "读作此", "市某局", "不知道是哪个单位",
		"fgw@example.cn", "3 = ", "子", "丑", "陈玉宝", "2025-07-15 12:00", "&lt;script&gt;", `name="version" value="3"`)
	lacks(t, w, `value="withdraw"`)
	is(t, v.get(here+"?lang=en"), 200, "not numbered yet", "draft", `lang="en"`)
	is(t, v.get(here), 200, "not numbered yet")
	is(t, v.get(here+"?lang=xx"), 200, "not numbered yet")
}

func TestWhatMustBeSettledComesFirst(t *testing.T) {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.Problems = []bulletin.Problem{
		{Severity: bulletin.Note, Line: 1}, {Severity: bulletin.Ask, Line: 2}, {Severity: bulletin.Block, Line: 3}, {Severity: bulletin.Note, Line: 4}}
	o.issues[ourIssue] = issue
	body := inOffice(t, o).get(here).Body.String()
	order := []int{strings.Index(body, "第3行"), strings.Index(body, "第2行"), strings.Index(body, "第1行"), strings.Index(body, "第4行")}
	if order[0] < 0 || !slices.IsSorted(order) || issue.Problems[0].Line != 1 {
		t.Errorf("they stand at %v", order)
	}
}

func TestReadersSeeThePaperAndNoEditor(t *testing.T) {
	o := newOffice()
	o.options = nil
	w := inOffice(t, o).get(here)
	is(t, w, 200, `class="paper"`, "【工作动态】", "<b>会议召开。</b>详情如下")
	lacks(t, w, `name="text"`, `name="choice"`)
}

func TestRegistrationIsOpenWhereAReasonMayHelp(t *testing.T) {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.State = workflow.Approved
	o.issues[ourIssue] = issue
	o.options = []workflow.Option{{Act: workflow.Register, To: workflow.Registered, Reasons: []fault.Reason{page.BadTime.With("子")}}}
	lacks(t, inOffice(t, o).get(here), `value="register"`)
	o.person.Grants[0].Role = "clerk"
	is(t, inOffice(t, o).get(here), 200, `value="register"`, `name="unexplained"`, `name="keep-date"`, "子")
}

func TestTheBoardHasEveryUnitOnce(t *testing.T) {
	c := recipients.Circulation{Lists: []recipients.List{{Label: "报", Entries: []recipients.Entry{{Printed: "甲、乙", Recipients: []recipients.Recipient{
		{Unit: unitA, Name: "甲"}, {Unit: ourSeries, Name: "乙", Channel: recipients.ByPaper}, {Unit: unitA, Name: "甲"}}}}}}}
	rows := board(c, []mailer.Delivery{
		{Unit: unitA, Address: "1", State: mailer.Failed}, {Unit: unitA, Address: "2", State: mailer.Accepted},
		{Unit: ourIssue, Name: "丙", State: mailer.Held}})
	if len(rows) != 3 || rows[0].Last.Address != "2" || len(rows[0].Earlier) != 1 || rows[1].Last != nil || rows[2].Name != "丙" {
		t.Errorf("got %+v", rows)
	}
	if got := counts(rows); len(got) != 2 || got[0].State != mailer.Held || got[1].N != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestTheBoardAsksAgainWhileLettersAreUnderWay(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	for state, refresh := range map[mailer.State]bool{mailer.Queued: true, mailer.Data: true, mailer.Held: false, mailer.Accepted: false} {
		o.letters = []mailer.Delivery{{Unit: unitA, State: state, Code: 250}}
		w := v.get(here + "/dispatch")
		is(t, w, 200, page.LetterWords[state].ZH, "鄂尔多斯市发展和改革委员会")
		for _, how := range []string{`http-equiv="refresh"`, "/static/live.js", here + "/dispatch/live"} {
			if strings.Contains(w.Body.String(), how) != refresh {
				t.Errorf("%s: %s, want %t", state, how, refresh)
			}
		}
	}
}

func TestNumbers(t *testing.T) {
	for number, want := range map[workflow.Number]string{
		{}:                            "待编号",
		{Year: 2025, No: 8}:           "2025年第8期",
		{Kind: "增刊", Year: 25, No: 2}: "25年增刊第2期",
	} {
		if got := page.NumberOf(number).In(fault.ZH); got != want {
			t.Errorf("got %s", got)
		}
	}
	if got := page.NumberOf(workflow.Number{Kind: bulletin.Ordinary, Year: 2025, No: 8}).In(fault.EN); got != "No. 8 of 2025" {
		t.Errorf("got %s", got)
	}
}

var said = regexp.MustCompile(`\{\{[^}]*?\bt "([^"]+)"`)

// Every key of a template is in the catalogue, and every word that was declared
// for templates alone is used.
func TestTemplatesSayOnlyWhatIsDeclared(t *testing.T) {
	declared := map[string]bool{}
	for _, s := range fault.Catalogue() {
		declared[s.Key] = true
	}
	names, _ := fs.Glob(templateFiles, "templates/*.html")
	parts, _ := fs.Glob(templateFiles, "templates/parts/*.html")
	found := 0
	for _, name := range append(names, parts...) {
		text, err := templateFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range said.FindAllSubmatch(text, -1) {
			found++
			if !declared[string(match[1])] {
				t.Errorf("%s: %s is not declared", name, match[1])
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d words found", found)
	}
}

func TestEveryStateHasItsWord(t *testing.T) {
	for _, state := range letterStates {
		if page.LetterWords[state].ZH == "" {
			t.Errorf("no word for %s", state)
		}
	}
	if len(letterStates) != len(page.LetterWords) {
		t.Error("some states are not counted")
	}
}

// The ready check compares the issue with a year of others: it is made once for
// all that a page shows, and not where the page shows nothing of it.
func TestTheReadyCheckIsMadeOnce(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	for address, want := range map[string]int{here: 1, here + "/edit": 0, "/desk": 0} {
		o.checks = 0
		is(t, v.get(address), http.StatusOK)
		if o.checks != want {
			t.Errorf("%s: checked %d times", address, o.checks)
		}
	}
}
