package filing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/retention"
)

// Books is where filing is kept. Every method is one transaction; those that
// decide write nothing if that fails, and return its error.
type Books interface {
	// FilesOfYear returns the contents of every issue of a series that is out and
	// belongs to a year, in the order of date and number. Those that are filed
	// come with their item alone.
	FilesOfYear(ctx context.Context, series uuid.UUID, year int) ([]Contents, error)

	// FileOfIssue returns the contents of one issue, or fault.NotFound.
	FileOfIssue(ctx context.Context, issue uuid.UUID) (Contents, error)

	// FileIssue reads the contents of an issue and the numbers of its year under a
	// lock, and writes what decide makes of them.
	FileIssue(ctx context.Context, issue uuid.UUID, decide func(Case) (workflow.Change, Item, error)) (Item, error)

	// FiledItems returns every item of a series, by year, class and number.
	FiledItems(ctx context.Context, series uuid.UUID) ([]Standing, error)

	// ChangeHold writes the hold that decide makes of an item, or fault.NotFound
	// if the issue is not filed.
	ChangeHold(ctx context.Context, issue uuid.UUID, decide func(HoldCase) (Hold, error)) error

	// ChangeDestruction reads a destruction list (of version 0 is new), with the
	// standing of these issues or, for one that is there, of its lines, under a
	// lock of the series; it writes what decide makes of it. Of a list that is
	// carried out thereby it writes, for every line, what destroy makes of the
	// issue, and removes the content.
	ChangeDestruction(ctx context.Context, of Destruction, issues []uuid.UUID, decide func(ListCase) (Destruction, error), destroy func(Destruction, workflow.Case) (workflow.Change, error)) (Destruction, error)

	// Destructions returns the destruction lists of a series, the newest first.
	Destructions(ctx context.Context, series uuid.UUID) ([]Destruction, error)
}

// A RuleLine is one version of the rule of a series. They are only added; the
// last one holds.
type RuleLine struct {
	Seq  int // from 1
	Rule retention.Rule
	Set  Hand
}

// Rules is where the rules of series are kept.
type Rules interface {
	// FilingRules returns every version of the rule of a series, the first one first.
	FilingRules(ctx context.Context, series uuid.UUID) ([]RuleLine, error)

	// AddFilingRule adds a version. It fails with fault.Conflict if there is one of
	// its number, and with fault.NotFound if there is no such series.
	AddFilingRule(ctx context.Context, series uuid.UUID, line RuleLine) error
}

// A Desk is where people file, appraise and destroy. All fields but Pages are
// required.
type Desk struct {
	Books Books
	Rules Rules
	Now   func() time.Time
	NewID func() uuid.UUID
	// Pages counts the pages of an issue as it is printed; nil leaves that to
	// people.
	Pages func(ctx context.Context, series workflow.Series, issue workflow.Issue) (int, error)
}

// Today is the day in the zone of a series.
func (d *Desk) Today(s workflow.Series) calendar.Day {
	return calendar.DayOf(d.Now().In(s.Location()))
}

// File files an issue. It fails as [Decide] does, and with fault.NotFound.
func (d *Desk) File(ctx context.Context, actor workflow.Actor, issue uuid.UUID, order Order) (Item, error) {
	if order.Pages == 0 {
		pages, err := d.count(ctx, issue)
		if err != nil {
			return Item{}, err
		}
		order.Pages = pages
	}
	return d.Books.FileIssue(ctx, issue, func(c Case) (workflow.Change, Item, error) {
		c.Actor, c.Order, c.Now = actor, order, d.Now()
		return Decide(c, d.NewID())
	})
}

// count returns the pages of the print, or 0 where nobody knows: before the
// transaction, since it takes its time.
func (d *Desk) count(ctx context.Context, issue uuid.UUID) (int, error) {
	if d.Pages == nil {
		return 0, nil
	}
	c, err := d.Books.FileOfIssue(ctx, issue)
	if err != nil {
		return 0, err
	}
	return d.Pages(ctx, c.Series, c.Issue)
}

// A Left is an issue that was not filed with the others of its year, and why.
type Left struct {
	Contents Contents
	Reasons  []fault.Reason
}

// FileYear files all issues of a year whose files have no gap, in the order of
// date and number, and returns what was filed and what was left. It fails with
// fault.Forbidden for others than clerks, also where there is nothing to file.
func (d *Desk) FileYear(ctx context.Context, actor workflow.Actor, series uuid.UUID, year int) (items []Item, left []Left, err error) {
	if !holds(actor, series, clerks...) {
		return nil, nil, fault.New(fault.Forbidden, sayRefused.With(), sayClerk.With(actor.Name()))
	}
	files, err := d.Books.FilesOfYear(ctx, series, year)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range files {
		if c.Item != nil {
			continue
		}
		if gaps := c.Gaps(""); len(gaps) > 0 {
			left = append(left, Left{c, said(gaps)})
			continue
		}
		item, err := d.File(ctx, actor, c.Issue.ID, Order{Version: c.Issue.Version})
		switch refusal := fault.As(err); {
		case err == nil:
			items = append(items, item)
		case refusal == nil || refusal.Code == fault.Forbidden:
			return items, left, err
		default:
			left = append(left, Left{c, append([]fault.Reason{refusal.Message}, refusal.Reasons...)})
		}
	}
	return items, left, nil
}

func said(gaps []Gap) (all []fault.Reason) {
	for _, g := range gaps {
		all = append(all, g.Says)
	}
	return all
}

// Hold places a hold or lifts one. It fails as [DecideHold] does.
func (d *Desk) Hold(ctx context.Context, actor workflow.Actor, issue uuid.UUID, order HoldOrder) error {
	if label, found := bulletin.Classified("", nil, order.Reason); found {
		return label.Refusal()
	}
	return d.Books.ChangeHold(ctx, issue, func(c HoldCase) (Hold, error) {
		c.Actor, c.Order, c.Now = actor, order, d.Now()
		return DecideHold(c, d.NewID())
	})
}

// Propose makes a destruction list of issues. It fails as [DecideList] does.
func (d *Desk) Propose(ctx context.Context, actor workflow.Actor, series uuid.UUID, issues []uuid.UUID, reason string) (Destruction, error) {
	of := Destruction{ID: d.NewID(), Series: series}
	return d.change(ctx, actor, of, issues, ListOrder{Act: Propose, Reason: reason})
}

// Act approves, refuses or carries out a destruction list; a new one is
// proposed by [Desk.Propose]. It fails as [DecideList] does.
func (d *Desk) Act(ctx context.Context, actor workflow.Actor, list Destruction, order ListOrder) (Destruction, error) {
	if order.Act == Propose {
		return Destruction{}, fault.New(fault.Invalid, listAct.With(string(order.Act)))
	}
	return d.change(ctx, actor, list, nil, order)
}

func (d *Desk) change(ctx context.Context, actor workflow.Actor, of Destruction, issues []uuid.UUID, order ListOrder) (Destruction, error) {
	now := d.Now()
	return d.Books.ChangeDestruction(ctx, of, issues, func(c ListCase) (Destruction, error) {
		c.Actor, c.Order, c.Now = actor, order, now
		return DecideList(c)
	}, func(list Destruction, c workflow.Case) (workflow.Change, error) {
		return list.Destroy(c, actor, now, d.NewID())
	})
}

var (
	ruleRefused = fault.Say("filing.rule.refused", "不能修改归档规定", "the rule of filing cannot be changed")
	ruleRole    = fault.Say("filing.rule.role", "%s不是本刊的管理员，不能修改归档规定", "%s is no administrator of this series and may not change its rule")
	ruleReason  = fault.Say("filing.rule.reason", "请写明修改的依据或理由，不超过%d个字", "say why the rule is changed, in at most %d characters")
)

// SetRule changes the rule of a series from now on; what is filed already keeps
// its class. before is the number of the version that was seen. It fails with
// fault.Forbidden for others than administrators, with fault.Invalid and every
// reason, and with fault.Conflict if somebody else changed the rule meanwhile.
func (d *Desk) SetRule(ctx context.Context, actor workflow.Actor, series uuid.UUID, before int, rule retention.Rule, reason string) error {
	if !holds(actor, series, admins...) {
		return fault.New(fault.Forbidden, ruleRefused.With(), ruleRole.With(actor.Name()))
	}
	hand := handOf(actor, d.Now(), reason)
	reasons := unless(hand.Note != "" && brief(hand.Note), ruleReason.With(mostWords))
	if refusal := fault.As(rule.Validate()); refusal != nil {
		reasons = append(reasons, refusal.Reasons...)
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, ruleRefused.With(), reasons...)
	}
	return d.Rules.AddFilingRule(ctx, series, RuleLine{Seq: before + 1, Rule: rule, Set: hand})
}

// Rule returns the rule that holds for a series, and its version; 0 is the
// default.
func (d *Desk) Rule(ctx context.Context, series uuid.UUID) (RuleLine, error) {
	all, err := d.Rules.FilingRules(ctx, series)
	if err != nil || len(all) == 0 {
		return RuleLine{}, err
	}
	return all[len(all)-1], nil
}
