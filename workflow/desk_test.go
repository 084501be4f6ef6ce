package workflow

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
)

// opened returns the real bulletin as a draft without a doubt that blocks,
// under another number if one is given.
func (o *office) opened(t *testing.T, number ...string) Issue {
	t.Helper()
	text := seedText(t)
	for _, n := range number {
		text = strings.Replace(text, "第 8 期", n, 1)
	}
	issue, err := o.Open(t.Context(), o.editor, o.books.series.ID, text)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range issue.Problems {
		if p.Severity != bulletin.Block {
			continue
		}
		if issue, err = o.Settle(t.Context(), o.editor, issue.ID, issue.Version, p.Code, p.Line, p.Choices[0].Key); err != nil {
			t.Fatal(err)
		}
	}
	return issue
}

// does does acts that must succeed, and returns the issue.
func (o *office) does(t *testing.T, actor Actor, issue Issue, orders ...Order) Issue {
	t.Helper()
	for _, order := range orders {
		order.Version = issue.Version
		next, err := o.Act(t.Context(), actor, issue.ID, order)
		if err != nil {
			t.Fatalf("%s: %v", order.Act, err)
		}
		issue = next
	}
	return issue
}

// scheduled takes the real bulletin to its schedule, for now.
func (o *office) scheduled(t *testing.T, number ...string) Issue {
	t.Helper()
	issue := o.does(t, o.editor, o.opened(t, number...), Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	return o.does(t, o.clerk, issue, Order{Act: Register, KeepDate: true}, Order{Act: Schedule})
}

func TestTheWholeWayOfTheRealBulletin(t *testing.T) {
	o := newOffice(t)
	issue := o.scheduled(t)
	if issue.State != Scheduled || issue.Number != (Number{bulletin.Ordinary, 2021, 8}) || issue.Date.String() != "2021-07-15" {
		t.Fatalf("%s, %+v, %s", issue.State, issue.Number, issue.Date)
	}
	robot := Actor{Robot: Robot}
	issue, err := o.Release(t.Context(), robot, issue.ID)
	if err != nil || issue.State != Dispatching || len(o.books.sendings) != 1 {
		t.Fatalf("%s, %d sendings, %v", issue.State, len(o.books.sendings), err)
	}
	if sending := o.books.sendings[0]; len(sending.Letters) != 15 || sending.Digest != issue.Digest() || string(sending.Parts.Text) != issue.Text {
		t.Errorf("%d letters of %s", len(sending.Letters), sending.Digest)
	}
	if _, err := o.Act(t.Context(), robot, issue.ID, Order{Act: Finish, Version: issue.Version}); !fault.Is(err, fault.Blocked) {
		t.Errorf("finished with letters pending: %v", err)
	}
	o.books.pending = 0
	issue = o.does(t, robot, issue, Order{Act: Finish})
	if _, err := o.Act(t.Context(), o.clerk, issue.ID, Order{Act: Archive, Version: issue.Version, Filing: &Filing{No: 1}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("filed without a look at its file: %v", err)
	}
	if err := VerifyChain(o.books.events[issue.ID], issue.Events, issue.Head); err != nil {
		t.Error(err)
	}
	if len(o.books.texts) != 2 || !strings.Contains(o.books.texts[0].Text, "记李克强") {
		t.Errorf("%d texts kept", len(o.books.texts))
	}
}

func TestWhatTheDeskRefuses(t *testing.T) {
	o := newOffice(t)
	series := o.books.series.ID
	draft, err := o.Open(t.Context(), o.editor, series, seedText(t))
	if err != nil {
		t.Fatal(err)
	}
	try := func(actor Actor, order Order) error {
		order.Version = draft.Version
		_, err := o.Act(t.Context(), actor, draft.ID, order)
		return err
	}
	_, stranger := o.Open(t.Context(), o.nobody, series, seedText(t))
	_, elsewhere := o.Open(t.Context(), o.editor, uuid.New(), seedText(t))
	_, noBulletin := o.Open(t.Context(), o.editor, series, "今天天气很好。")
	_, noBulletinEither := o.Save(t.Context(), o.editor, draft.ID, draft.Version, "今天天气很好。")
	_, stale := o.Save(t.Context(), o.editor, draft.ID, draft.Version+1, seedText(t))
	_, settled := o.Settle(t.Context(), o.editor, draft.ID, draft.Version, "no-such", 1, "x")
	for what, c := range map[string]struct {
		err  error
		want fault.Code
	}{
		"a stranger opens":            {stranger, fault.Forbidden},
		"a series that is not there":  {elsewhere, fault.NotFound},
		"no bulletin":                 {noBulletin, fault.Invalid},
		"no bulletin over a draft":    {noBulletinEither, fault.Invalid},
		"an older version":            {stale, fault.Conflict},
		"no such problem":             {settled, fault.Conflict},
		"a doubt that blocks":         {try(o.editor, Order{Act: Submit}), fault.Blocked},
		"the reviewer submits":        {try(o.reviewer, Order{Act: Submit}), fault.Forbidden},
		"nothing to approve":          {try(o.reviewer, Order{Act: Approve}), fault.Blocked},
		"a text hidden in an order":   {try(o.editor, Order{Act: Save, Draft: &DraftText{}}), fault.Invalid},
		"withdrawn without a reason":  {try(o.editor, Order{Act: Withdraw}), fault.Blocked},
		"no such act":                 {try(o.editor, Order{Act: "burn"}), fault.Invalid},
		"a person does the robot's":   {o.releaseBy(t, o.editor, draft), fault.Blocked},
		"an issue that is not there":  {o.releaseBy(t, o.editor, Issue{ID: uuid.New()}), fault.NotFound},
		"a circulation by a stranger": {try(o.nobody, Order{Act: Circulate}), fault.Forbidden},
	} {
		if !fault.Is(c.err, c.want) {
			t.Errorf("%s: %v, want %s", what, c.err, c.want)
		}
	}
	if now := o.books.issues[draft.ID]; now.Version != draft.Version || len(o.books.issues) != 1 || len(o.books.texts) != 1 {
		t.Errorf("something was written: version %d, %d issues, %d texts", now.Version, len(o.books.issues), len(o.books.texts))
	}
}

func (o *office) releaseBy(t *testing.T, actor Actor, issue Issue) error {
	_, err := o.Release(t.Context(), actor, issue.ID)
	return err
}

func TestNobodyApprovesOwnText(t *testing.T) {
	o := newOffice(t)
	issue := o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	_, err := o.Act(t.Context(), o.editor, issue.ID, Order{Act: Approve, Version: issue.Version})
	if e := fault.As(err); e == nil || e.Code != fault.Blocked || e.Reasons[0].Key != ownText.Key {
		t.Errorf("approved: %v", err)
	}
}

func TestAChangedDirectoryReopensTheApprovals(t *testing.T) {
	o := newOffice(t)
	issue := o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	same := o.does(t, o.clerk, issue, Order{Act: Circulate})
	if same.State != Approved {
		t.Fatalf("nothing changed, and it is %s", same.State)
	}
	o.books.directory.Units[0].Copies = 3
	if changed := o.does(t, o.clerk, same, Order{Act: Circulate}); changed.State != Draft || changed.Round != 2 {
		t.Errorf("one more copy, and it is %s in round %d", changed.State, changed.Round)
	}
}

func TestAnotherTemplateNeedsAnotherApproval(t *testing.T) {
	o := newOffice(t)
	issue := o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	o.books.series.Template = 2
	_, err := o.Act(t.Context(), o.clerk, issue.ID, Order{Act: Register, KeepDate: true, Version: issue.Version})
	if e := fault.As(err); e == nil || len(e.Reasons) != 1 || e.Reasons[0].Key != otherTemplate.Key {
		t.Fatalf("registered: %v", err)
	}
	issue = o.does(t, o.clerk, issue, Order{Act: Return, Note: "版式已改"})
	issue = o.does(t, o.editor, issue, Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	if issue = o.does(t, o.clerk, issue, Order{Act: Register, KeepDate: true}); issue.Template != 2 {
		t.Errorf("version %d", issue.Template)
	}
}

func TestAReleaseThatIsTooLateWaitsForAPerson(t *testing.T) {
	o := newOffice(t)
	issue := o.scheduled(t)
	o.now = o.now.Add(3 * time.Hour)
	issue, err := o.Release(t.Context(), Actor{Robot: Robot}, issue.ID)
	if err != nil || issue.State != Registered || len(o.books.sendings) != 0 || !issue.ReleaseAt.IsZero() {
		t.Errorf("%s, %d sendings, %v", issue.State, len(o.books.sendings), err)
	}
}

func TestOptionsOfThePeopleOfADraft(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	options, err := o.Options(t.Context(), o.editor, issue.ID)
	if err != nil {
		t.Fatal(err)
	}
	may := map[Act]bool{}
	for _, option := range options {
		may[option.Act] = option.Allowed
	}
	if !may[Save] || !may[Submit] || !may[Withdraw] || may[Release] {
		t.Errorf("the editor may %v", may)
	}
}
