package signed

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
)

// A recordView is the page on which a decision made on paper is entered.
type recordView struct {
	subject
	Step     fault.Reason
	Signers  []accounts.Person // who can decide at the step and has not
	Consents []workflow.Consent
	Today    string
	Typed    recordTyped
}

// recordTyped is the form as it was typed.
type recordTyped struct{ Person, Day, Consent, Note string }

// consents are the kinds that a form offers, the usual one first.
var consents = []workflow.Consent{workflow.Signed, workflow.Circled, workflow.Written}

func (rm *room) recordPage(w http.ResponseWriter, r *http.Request) {
	view, err := rm.recordView(r, recordTyped{})
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "record", page.Page{Data: view})
}

func (rm *room) recordView(r *http.Request, typed recordTyped) (view recordView, err error) {
	if view.subject, err = rm.find(r, workflow.Record); err != nil {
		return view, err
	}
	staff, err := rm.Reads.Staff(r.Context(), view.Series.ID, view.Issue.PeopleNamed())
	now := rm.Now()
	view.Step, view.Consents, view.Typed = view.Issue.Current().Kind.Title(), consents, typed
	view.Today = now.In(view.Series.Location()).Format(time.DateOnly)
	if typed.Day == "" {
		view.Typed.Day = view.Today
	}
	for _, p := range (workflow.Sight{Issue: view.Issue, Series: view.Series, Staff: staff}).Waiting(now) {
		if p.ID != page.Person(r).ID { // nobody enters their own
			view.Signers = append(view.Signers, p)
		}
	}
	return view, err
}

func (rm *room) record(w http.ResponseWriter, r *http.Request) {
	scans, err := rm.ReadForm(w, r)
	field := func(name string) string { return strings.TrimSpace(plainLines(r.PostForm.Get(name))) }
	typed := recordTyped{Person: field("person"), Day: field("day"), Consent: field("consent"), Note: field("note")}
	view, broken := rm.recordView(r, typed)
	if broken != nil {
		rm.Fail(w, r, broken)
		return
	}
	if err == nil {
		err = rm.enter(r, view, scans)
	}
	if err == nil {
		page.See(w, r, address(view.Issue.ID))
		return
	}
	if fault.Is(err, fault.Refused) {
		view.Typed.Note = "" // classified words are not even shown again
	}
	rm.pages.Refuse(w, r, "record", page.Page{Data: view}, err)
}

func (rm *room) enter(r *http.Request, view recordView, scans []workflow.File) error {
	version, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return page.Unreadable(err)
	}
	paper, err := view.Typed.paper(scans, view.Series.Location())
	if err != nil {
		return err
	}
	_, err = rm.Desk.Record(r.Context(), page.Actor(r), view.Issue.ID, version, paper, view.Typed.Note)
	return err
}

// paper is what the form says, or a fault with everything that is missing.
func (t recordTyped) paper(scans []workflow.File, zone *time.Location) (p workflow.PaperSignature, err error) {
	var wrong []fault.Reason
	if p.Person, err = uuid.Parse(t.Person); err != nil {
		wrong = append(wrong, whoSigned.With())
	}
	day, err := time.ParseInLocation(time.DateOnly, t.Day, zone)
	if err != nil {
		wrong = append(wrong, whichDay.With(t.Day))
	}
	p.At = day.Add(12 * time.Hour) // its clock does not matter
	if p.Consent = workflow.Consent(t.Consent); p.Consent == "" {
		wrong = append(wrong, noKind.With())
	}
	if len(scans) == 1 {
		p.Scan = scans[0]
	} else {
		wrong = append(wrong, oneScan.With())
	}
	if len(wrong) > 0 {
		return p, fault.New(fault.Invalid, badForm.With(), wrong...)
	}
	return p, nil
}
