package workflow

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

var (
	noSuccessor   = fault.Say("workflow.no-successor", "接办人不在本刊人员之列，或账号已停用", "whoever is to take it over is not among the people of the series, or has left")
	unfit         = fault.Say("workflow.successor-role", "%s没有本刊的“%s”职责，不能接办", "%s is no %s of this series and cannot take it over")
	unfitAuthor   = fault.Say("workflow.successor-author", "%s改过本期正文，不能接办%s", "%s wrote in this text and cannot take over the %s")
	notTheirs     = fault.Say("workflow.not-theirs", "这一环节不由所写的原办理人办理", "the step was not for the person who is to be relieved")
	stepGone      = fault.Say("workflow.step-gone", "只能改派现在和以后的环节", "only the present step and later ones can be reassigned")
	givenOn       = fault.Say("workflow.fact.reassigned", "%s：由%s改为%s办理", "%s: %s is relieved by %s")
	givenTo       = fault.Say("workflow.fact.assigned", "%s：由%s办理", "%s: given to %s")
	hasTasks      = fault.Say("workflow.has-tasks", "%s还有未办结的事项，停用账号前须先移交", "%s has work that must be handed over before the account is closed")
	taskOf        = fault.Say("workflow.task", "《%s》%s：%s", "%s, %s: %s")
	routeNames    = fault.Say("workflow.route-names", "《%s》的流程第%d步列有%s；请先修改流程", "step %[2]d of the route of %[1]s names %[3]s; change the route first")
	mayNotHandOut = fault.Say("workflow.may-not-hand-over", "%s不能移交他人的事项；请由系统管理员办理", "%s may not hand over the work of others; an administrator does that")
)

// successorFits is about whoever takes a step over.
var successorFits = Rule{"successor-fits",
	fault.Say("workflow.rule.successor-fits", "接办人能够办理这一环节", "whoever takes over could decide at the step"),
	againstSuccessor}

// stepGiven is the step that a reassignment is about.
func (c Case) stepGiven() int {
	if c.Order.AtStep == 0 {
		return c.Issue.Step
	}
	return c.Order.AtStep
}

func againstSuccessor(c Case) []fault.Reason {
	if c.Order.To == uuid.Nil {
		return nil // an option: nobody has said yet
	}
	step := c.stepGiven()
	if step < c.Issue.Step || step >= len(c.Issue.Route) || step == 0 {
		return []fault.Reason{stepGone.With()}
	}
	at := c.Issue.Route[step]
	to, known := c.Staff.Person(c.Order.To)
	if !known || !to.Active {
		return []fault.Reason{noSuccessor.With()}
	}
	var reasons []fault.Reason
	if at.Role != "" {
		reasons = unless(to.Has(at.Role, c.Series.ID), unfit.With(to.Name, at.Role.Title()))
	}
	isAuthor := slices.Contains(c.Issue.Authors, to.ID)
	reasons = append(reasons, unless(!isAuthor || c.Series.TwoPerson != nil, unfitAuthor.With(to.Name, at.Kind.Title()))...)
	if c.Order.From != uuid.Nil {
		reasons = append(reasons, unless(len(c.Issue.seatsHeld(c.Order.From, step, c.Staff)) > 0, notTheirs.With())...)
	}
	return reasons
}

// seatsHeld returns the seats of a step that a person holds, also one who has
// left.
func (i Issue) seatsHeld(id uuid.UUID, step int, staff Staff) []uuid.UUID {
	person, _ := staff.Person(id)
	person.ID, person.Active = id, true
	return i.seatsOf(person, step)
}

// applyReassign puts somebody into the seats of another, or beside those who
// have the step by their role.
func applyReassign(c Case, next *Change) []fault.Reason {
	issue, step := &next.Issue, c.stepGiven()
	to, _ := c.Staff.Person(c.Order.To)
	seats := c.Issue.seatsHeld(c.Order.From, step, c.Staff)
	title := issue.Route[step].Kind.Title()
	issue.Assigned = slices.DeleteFunc(slices.Clone(issue.Assigned), func(a Assignment) bool {
		return a.Step == step && a.Person == c.Order.From
	})
	byRole := issue.Route[step].Role != ""
	if c.Order.From == uuid.Nil || byRole {
		seats = []uuid.UUID{uuid.Nil}
	}
	for _, seat := range seats {
		issue.Assigned = append(issue.Assigned, Assignment{Step: step, Seat: seat, Person: to.ID, Name: to.Name, Only: byRole})
	}
	if from, known := c.Staff.Person(c.Order.From); known {
		return []fault.Reason{givenOn.With(title, from.Name, to.Name)}
	}
	return []fault.Reason{givenTo.With(title, to.Name)}
}

// A Task is a step of an issue that one person is named for and has not done.
type Task struct {
	Issue uuid.UUID
	Step  int
	Kind  StepKind
}

// TasksOf returns what a person is named for in issues on their way, at the
// step they are at or a later one, and has not done. What a role may do is
// nobody's task: another with the role can do it.
func TasksOf(person uuid.UUID, issues []Issue) (tasks []Task) {
	for _, i := range issues {
		for n := max(1, i.Step); n < len(i.Route); n++ {
			decided := slices.ContainsFunc(i.Decisions, func(d Decision) bool {
				return d.Step == n && i.stands(d) && d.Act == Approve && d.by([]uuid.UUID{person})
			})
			if !decided && i.names(person, n) {
				tasks = append(tasks, Task{Issue: i.ID, Step: n, Kind: i.Route[n].Kind})
			}
		}
	}
	return tasks
}

// names reports whether a step of the issue is for a person by name.
func (i Issue) names(person uuid.UUID, n int) bool {
	by := slices.ContainsFunc(i.Route[n].People, func(p Named) bool { return p.ID == person })
	for _, a := range i.Assigned {
		if a.Step != n {
			continue
		}
		if a.Person == person {
			return true
		}
		by = by && a.Seat != person
	}
	return by
}

// MayLeave returns nil, or a fault.Blocked that lists everything which must be
// handed over before the account of a person is closed: tasks of issues on
// their way, and routes that name them.
func MayLeave(person accounts.Person, issues []Issue, all []Series) error {
	mastheads := map[uuid.UUID]string{}
	var reasons []fault.Reason
	for _, s := range all {
		mastheads[s.ID] = s.Masthead
		for n, step := range s.Route {
			named := slices.ContainsFunc(step.People, func(p Named) bool { return p.ID == person.ID })
			if named || step.Overdue.Do == Escalate && step.Overdue.To.ID == person.ID {
				reasons = append(reasons, routeNames.With(s.Masthead, n+1, person.Name))
			}
		}
	}
	for _, i := range issues {
		for _, task := range TasksOf(person.ID, []Issue{i}) {
			reasons = append(reasons, taskOf.With(mastheads[i.Series], i.State.Title(), task.Kind.Title()))
		}
	}
	if len(reasons) > 0 {
		return fault.New(fault.Blocked, hasTasks.With(person.Name), reasons...)
	}
	return nil
}

// HandOver gives every task of a person to another, issue by issue, and returns
// how many. It does all it can and returns what failed, joined: a task for
// which the other is not fit stays. It fails with fault.Forbidden if the actor
// is no administrator.
func (d *Desk) HandOver(ctx context.Context, actor Actor, from, to uuid.UUID, reason string) (int, error) {
	if !actor.Person.Has(accounts.Admin, uuid.Nil) {
		return 0, fault.New(fault.Forbidden, mayNotHandOut.With(actor.Name()))
	}
	running, err := d.Staff.Running(ctx)
	if err != nil {
		return 0, err
	}
	done, failed := 0, []error(nil)
	for _, issue := range running {
		for _, task := range TasksOf(from, []Issue{issue}) {
			order := Order{Act: Reassign, Version: issue.Version, AtStep: task.Step, From: from, To: to, Note: reason}
			next, err := d.Act(ctx, actor, issue.ID, order)
			if err != nil {
				failed = append(failed, err)
				continue
			}
			issue.Version = next.Version
			done++
		}
	}
	return done, errors.Join(failed...)
}
