package web

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
)

// controls are the acts that are no form among the others: what the page has
// for each instead.
var controls = map[workflow.Act]string{
	workflow.Save:    `<textarea id="text" name="text"`,
	workflow.Attach:  `<input id="attach" type="file"`,
	workflow.Detach:  `name="remove" value="一.pdf"`,
	workflow.Arrange: `name="down" value="一.pdf"`,
	workflow.Amend:   `href="` + here + `/amend"`,
	workflow.Record:  `href="` + here + `/record"`,

	workflow.Apportion: `href="` + here + `/copies"`,
	workflow.Stamp:     `href="` + here + `/copies"`,
	workflow.Post:      `href="` + here + `/copies"`,
	workflow.HandOut:   `href="` + here + `/copies"`,
	workflow.Widen:     `href="` + here + `/copies"`,
}

// elsewhere are the acts that Options offers on no page of an issue, since they
// are of a list and not of one issue: the filing list, the list of destruction;
// or of one unit or the copies, with pages of their own.
var elsewhere = []workflow.Act{workflow.Archive, workflow.Destroy, workflow.Shelve, workflow.Calm, workflow.Steer, workflow.Handle, workflow.Trial,
	workflow.Apportion, workflow.Post, workflow.HandOut, workflow.Widen}

// actForm is the form of one act on the page of an issue.
func actForm(body string, act workflow.Act) string {
	_, form, found := strings.Cut(body, `<form class="`+string(act)+`" method="post"`)
	if !found {
		return ""
	}
	form, _, _ = strings.Cut(form, "</form>")
	return form
}

var (
	formField  = regexp.MustCompile(`<(?:input|textarea|select)\b[^>]*\bname="([a-z-]+)"[^>]*>`)
	formValue  = regexp.MustCompile(`\bvalue="([^"]*)"`)
	formOption = regexp.MustCompile(`<option value="([^"]+)"`)
)

// filled fills a form in as somebody would: with the first thing that can be
// chosen, and with words elsewhere.
func filled(form string) (pairs []string) {
	for _, m := range formField.FindAllStringSubmatchIndex(form, -1) {
		field, name := form[m[0]:m[1]], form[m[2]:m[3]]
		if name == "note" {
			pairs = append(pairs, name, "理由")
			continue
		}
		value := formValue.FindStringSubmatch(field)
		if strings.HasPrefix(field, "<select") {
			value = formOption.FindStringSubmatch(form[m[1]:])
		}
		if value != nil && !slices.Contains(pairs, name) {
			pairs = append(pairs, name, value[1])
		}
	}
	return pairs
}

// TestEveryActOfPeopleIsOnThePage goes through the table of moves: where an act
// is allowed the page has something to press, and what its form asks for is all
// that the act cannot do without.
func TestEveryActOfPeopleIsOnThePage(t *testing.T) {
	o := newOffice()
	o.staff = workflow.Staff{People: []accounts.Person{o.person}}
	v := inOffice(t, o)
	for _, move := range workflow.Moves() {
		if move.Who.Robot || slices.Contains(elsewhere, move.Act) {
			continue
		}
		for _, state := range move.From {
			issue := o.issues[ourIssue]
			issue.State, issue.Step, issue.Round = state, 1, 1
			issue.Attachments = []workflow.Attachment{{Name: "一.pdf", SHA256: "1"}, {Name: "二.pdf", SHA256: "2"}}
			issue.Widenings = []workflow.Widening{{Unit: unitB, Name: "鄂尔多斯市某某局"}}
			issue.Amendments = []workflow.Amendment{{Round: 1, ByName: "程继东"}}
			o.issues[ourIssue] = issue
			o.options = []workflow.Option{{Act: move.Act, To: state, Allowed: true}}
			body := v.get(here).Body.String()
			if control, own := controls[move.Act]; own {
				if !strings.Contains(body, control) {
					t.Errorf("%s of what is %s: no %s", move.Act, state, control)
				}
				continue
			}
			form := actForm(body, move.Act)
			if form == "" {
				t.Errorf("%s of what is %s has no form", move.Act, state)
				continue
			}
			is(t, v.post(here+"/acts", append(filled(form), "act", string(move.Act))...), 303)
			done := o.order
			done.Version, done.NewID, done.Draft = issue.Version, uuid.New, &workflow.DraftText{Reading: bulletin.Reading{}}
			done.Addresses = []string{"a@b.example"}
			_, err := workflow.Decide(workflow.Case{Issue: issue, Order: done}, uuid.New())
			if fault.Is(err, fault.Invalid) {
				t.Errorf("%s of what is %s: the form asks for too little: %v", move.Act, state, err)
			}
		}
	}
}
