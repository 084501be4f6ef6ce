package op

import (
	"errors"
	"net/http"
	"testing"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
)

func TestPagesOfAList(t *testing.T) {
	all := []string{"a", "b", "c"}
	same := func(s string) string { return s }
	one, err := Cut(Paging{Limit: 2}, all, same, same)
	if err != nil || len(one.Body.Items) != 2 || one.Body.Next == "" {
		t.Fatalf("%+v, %v", one, err)
	}
	// A line that came meanwhile moves no cursor.
	two, err := Cut(Paging{Limit: 2, Cursor: one.Body.Next}, []string{"0", "a", "b", "c"}, same, same)
	if err != nil || len(two.Body.Items) != 1 || two.Body.Items[0] != "c" || two.Body.Next != "" {
		t.Errorf("%+v, %v", two, err)
	}
	if _, err := Cut(Paging{Limit: 2, Cursor: "none"}, all, same, same); !fault.Is(err, fault.Invalid) {
		t.Errorf("a cursor of nobody: %v", err)
	}
}

func status(err error) int { return ProblemOf(fault.EN, err).Status }

func TestAVersionIsSaidAndOneTagOfIt(t *testing.T) {
	for text, want := range map[string]int{`"7"`: 7, "": -1, "*": -1, `W/"7"`: -1, `"7", "8"`: -1, `"x"`: -1} {
		n, err := Condition{IfMatch: text}.Seen()
		if want < 0 && status(err) != http.StatusPreconditionRequired || want > 0 && (err != nil || n != want) {
			t.Errorf("%s: %d, %v", text, n, err)
		}
	}
}

func TestOnlyAnotherVersionIsAFailedCondition(t *testing.T) {
	conflict := fault.New(fault.Conflict, notFound.With())
	if status(Overtaken(conflict, 7, 8)) != http.StatusPreconditionFailed || status(Overtaken(conflict, 7, 7)) != http.StatusConflict {
		t.Error("the status of a conflict is that of its version")
	}
	if err := errors.New("x"); Overtaken(err, 7, 8) != err || Overtaken(nil, 7, 8) != nil {
		t.Error("what is no conflict stays")
	}
}

func TestAServiceDecidesNothing(t *testing.T) {
	service, person := Caller{Token: accounts.Token{Kind: accounts.Service}}, Caller{Token: accounts.Token{Kind: accounts.Personal}}
	for act, forbidden := range map[workflow.Act]bool{workflow.Approve: true, workflow.Return: true, workflow.Classify: true, workflow.Register: false, workflow.Submit: false} {
		if got := fault.Is(service.MayDecide(act), fault.Forbidden); got != forbidden || person.MayDecide(act) != nil {
			t.Errorf("%s: %v", act, got)
		}
	}
}
