package workflow

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients/copies"
)

var allRoles = []accounts.Role{
	accounts.Editor, accounts.Reviewer, accounts.Signatory, accounts.Clerk, accounts.Reader, accounts.Admin,
}

// caseOf is an issue in a state, with its second step waiting, and an actor
// with one role. A reviewer has decided at that step, so that there is something
// to take back.
func caseOf(act Act, state State, role accounts.Role) Case {
	series := uuid.MustParse("11111111-1111-1111-1111-111111111111")
	person := accounts.Person{ID: uuid.New(), Name: "甲", Active: true, Grants: []accounts.Grant{{Series: series, Role: role}}}
	unit := aDraft("").Circulation
	issue := Issue{ID: uuid.New(), Series: series, State: state, Circulation: unit, Route: DefaultRoute(), Step: 1, Round: 1, Version: 3}
	if act == TakeBack && role == accounts.Reviewer {
		issue.Decisions = []Decision{{Step: 1, Round: 1, Person: person.ID, Act: Approve}}
	}
	return Case{
		Ledger: copies.New(copies.Opening(copies.Plan{PrintRun: 2, Shares: []copies.Share{{Unit: unit.All()[0].Unit, Copies: 2}}}, time.Time{}, "甲", fault.ZH, uuid.New)),
		Issue:  issue,
		Series: Series{ID: series},
		Actor:  Actor{Person: person},
		Order: Order{Act: act, Version: 3, Draft: &DraftText{}, NewID: uuid.New, File: &File{}, Names: []string{"甲.pdf"}, Why: []fault.Reason{noItems.With()},
			To: uuid.New(), Class: Slip, Paper: &PaperSignature{}, Unit: unit.All()[0].Unit, Addresses: []string{"a@b.example"}, Filing: &Filing{}, Warrant: &Warrant{},
			Print: onPaper(unit.All()[0].Unit), Letters: onLetters()},
		Now: time.Date(2021, 7, 15, 10, 0, 0, 0, time.UTC),
	}
}

// onPaper are particulars for every act on printed copies.
func onPaper(unit uuid.UUID) PrintOrder {
	return PrintOrder{
		Apportion: &copies.Apportionment{}, Extra: 1,
		Deed: &copies.Order{Act: copies.ActReprint, Count: 1, Slip: copies.Slip{Reason: "不够"}},
		Hand: &copies.Handover{Unit: unit, Count: 1, Way: copies.Fetched, To: "乙", At: time.Unix(1, 0)},
	}
}

// onLetters are particulars for every act on letters.
func onLetters() LetterOrder {
	return LetterOrder{Queue: PauseQueue, Deed: HoldLetter, Line: LetterLine{ID: uuid.New()}, Trial: &Sending{}}
}

// movesOf returns the acts of the table, each once.
func movesOf() []Act {
	var acts []Act
	for _, m := range Moves() {
		if !slices.Contains(acts, m.Act) {
			acts = append(acts, m.Act)
		}
	}
	return acts
}

func TestEveryActInEveryStateByEveryRole(t *testing.T) {
	for _, act := range movesOf() {
		for _, state := range States() {
			for _, role := range allRoles {
				c := caseOf(act, state, role)
				_, err := Decide(c, uuid.New())
				if want := expected(act, state, role); want != "" && !fault.Is(err, want) {
					t.Errorf("%s of a %s issue by a %s: %v, want %s", act, state, role, err, want)
				}
			}
		}
	}
}

// expected is what the table says without its rules: no such move is Blocked,
// no such person Forbidden; otherwise "", for the rules decide.
func expected(act Act, state State, role accounts.Role) fault.Code {
	for _, m := range Moves() {
		if m.Act != act || !slices.Contains(m.From, state) {
			continue
		}
		decides := m.Who.Step || m.Who.Signatory || m.Who.Own
		may := slices.Contains(m.Who.Roles, role) || decides && role == accounts.Reviewer
		if !may {
			return fault.Forbidden
		}
		return ""
	}
	return fault.Blocked
}

func TestEveryStateIsReached(t *testing.T) {
	reached := map[State]bool{Draft: true}
	for range States() {
		for _, m := range Moves() {
			for _, from := range m.From {
				if reached[from] {
					for _, to := range m.To {
						reached[to] = true
					}
				}
			}
		}
	}
	for _, s := range States() {
		if !reached[s] {
			t.Errorf("no way leads to %s", s)
		}
		if s.Title().In(fault.ZH) == "" {
			t.Errorf("%s has no name", s)
		}
	}
}

func TestAStaleVersionIsRefusedBeforeAllElse(t *testing.T) {
	c := caseOf(Submit, Draft, accounts.Editor)
	c.Order.Version = 2
	if _, err := Decide(c, uuid.New()); !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v", err)
	}
}

func TestAllReasonsAreToldAtOnce(t *testing.T) {
	c := caseOf(Submit, Draft, accounts.Reader)
	c.Order.Draft = nil
	c.Issue.Problems = []bulletin.Problem{{Severity: bulletin.Block, Line: 15, Reason: noReason.With("")}}
	_, err := Decide(c, uuid.New())
	if e := fault.As(err); e == nil || len(e.Reasons) != 3 { // the person, the text, the doubt
		t.Errorf("got %v", err)
	}
}

func TestOptionsAgreeWithDecide(t *testing.T) {
	for _, state := range States() {
		for _, role := range allRoles {
			c := caseOf("", state, role)
			c.Issue.Attachments = []Attachment{{Name: "甲.pdf"}}
			other := c.Actor.Person
			other.ID, other.Grants = uuid.New(), []accounts.Grant{{Role: accounts.Reviewer}}
			c.Staff.People = []accounts.Person{other}
			for _, option := range Options(c) {
				c.Order = Order{Act: option.Act, Version: 3, Note: "理由", KeepDate: true, Draft: &DraftText{Reading: bulletin.Reading{Document: c.Issue.Document}}, NewID: uuid.New,
					Unit: c.Issue.Circulation.All()[0].Unit, Addresses: []string{"a@b.example"}, File: &File{Name: "乙.pdf", Data: []byte("x")}, Names: []string{"甲.pdf"}, To: other.ID, Class: Layout, Filing: &Filing{},
					Print: onPaper(c.Issue.Circulation.All()[0].Unit), Letters: onLetters(),
					Paper: &PaperSignature{Person: other.ID, At: c.Now, Consent: Circled, Scan: File{Name: "签.pdf", Data: []byte("%PDF-")}}}
				if _, err := Decide(c, uuid.New()); (err == nil) != option.Allowed {
					t.Errorf("%s in %s by %s: option %v, Decide %v", option.Act, state, role, option.Allowed, err)
				}
			}
		}
	}
}
