package store

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/copies"
	"jianbao/workflow"
)

// A printingOffice is a year of a series on paper. What it did is counted in tally by
// rules of the test's own: of each issue, what every account should hold.
type printingOffice struct {
	t       *testing.T
	s       *Store
	desk    *workflow.Desk
	series  workflow.Series
	editor  workflow.Actor
	chief   workflow.Actor
	clerks  [2]workflow.Actor
	now     time.Time
	random  *rand.Rand
	units   []listedUnit
	issues  []workflow.Issue
	mutex   sync.Mutex
	tally   map[uuid.UUID]map[string]int
	handed  map[uuid.UUID]int // of each issue
	posted  map[uuid.UUID]int // acts
	lateFor map[uuid.UUID]bool
}

// A listedUnit is a unit of the lists, as the test knows it.
type listedUnit struct {
	id     uuid.UUID
	name   string
	list   string
	copies int
}

func newPrintingOffice(t *testing.T, s *Store) *printingOffice {
	t.Helper()
	o := &printingOffice{
		t: t, s: s, now: time.Date(2021, 1, 5, 2, 0, 0, 0, time.UTC), random: rand.New(rand.NewPCG(20, 21)),
		tally: map[uuid.UUID]map[string]int{}, handed: map[uuid.UUID]int{}, posted: map[uuid.UUID]int{}, lateFor: map[uuid.UUID]bool{},
	}
	o.series = workflow.Series{
		ID: newID(), Masthead: "示例工作简报", Organ: "示例市科技局", Place: "示例市", Mailbox: "jianbao@kjj.example",
		Route: workflow.DefaultRoute(), FileCopies: 1, Template: 1, Created: o.now, Version: 1,
	}
	must(t, s.AddSeries(t.Context(), o.series))
	person := func(name string, roles ...accounts.Role) workflow.Actor {
		p := accounts.Person{ID: newID(), Login: "y" + newID().String(), Name: name, Active: true}
		for _, r := range roles {
			p.Grants = append(p.Grants, accounts.Grant{Role: r})
		}
		must(t, s.SavePerson(t.Context(), p))
		return workflow.Actor{Person: p}
	}
	o.editor, o.chief = person("程编辑", accounts.Editor), person("乔主任", accounts.Reviewer, accounts.Signatory)
	o.clerks = [2]workflow.Actor{person("王收发", accounts.Clerk), person("李收发", accounts.Clerk)}
	o.desk = &workflow.Desk{Books: s, Staff: s, Comments: s, Render: press{}, Now: func() time.Time { return o.now }, NewID: newID}
	for i, name := range []string{"示例市委办公室", "示例市政府办公室", "示例市财政局", "示例市农牧业局", "示例市商务局", "示例市旅游局", "示例市统计局"} {
		u := listedUnit{newID(), name, []string{"报", "送"}[min(1, i/2)], 1 + i%3}
		must(t, s.AddUnit(t.Context(), recipients.Unit{ID: u.id, Name: name, Place: "示例市", Channel: recipients.ByPaper, Copies: u.copies, Version: 1}))
		o.units = append(o.units, u)
	}
	return o
}

// does lets somebody do something to an issue as it is now.
func (o *printingOffice) does(actor workflow.Actor, issue *workflow.Issue, order workflow.Order) {
	o.t.Helper()
	order.Version = issue.Version
	next, err := o.desk.Act(o.t.Context(), actor, issue.ID, order)
	if err != nil {
		o.t.Fatalf("%s: %s", order.Act, fault.As(err).In(fault.ZH))
	}
	*issue = next
}

// text is a bulletin with words that no other issue has.
func (o *printingOffice) text(run int) string {
	var words strings.Builder
	for range 80 {
		words.WriteRune(rune(0x4E00 + o.random.IntN(0x4000)))
	}
	lists := map[string][]string{}
	for _, u := range o.units {
		lists[u.list] = append(lists[u.list], u.name)
	}
	return fmt.Sprintf("示例工作简报\n\n第%d期\n\n示例市科技局\n\n%d年%d月%d日\n\n【工作动态】\n\n%s。\n\n报：%s。\n\n送：%s。\n\n（共印%d份）\n",
		len(o.issues)+1, o.now.Year(), o.now.Month(), o.now.Day(), words.String(), strings.Join(lists["报"], "、"), strings.Join(lists["送"], "、"), run)
}

// A wish is how an issue is to be printed.
type wish struct {
	spare, unexplained int
	more               int // copies of the first unit, settled after the sign-off
	numbered           bool
}

// publish takes an issue from its text to its release, and counts its copies.
func (o *printingOffice) publish(w wish) workflow.Issue {
	o.t.Helper()
	plan := map[string]int{"file": 1, "unexplained": w.unexplained}
	shares, run := []int{}, 1+w.spare+w.unexplained
	for _, u := range o.units {
		shares = append(shares, u.copies)
		run += u.copies
	}
	issue, err := o.desk.Open(o.t.Context(), o.editor, o.series.ID, o.text(run))
	if err != nil {
		o.t.Fatal(fault.As(err).In(fault.ZH))
	}
	if len(issue.Copies.Shares) != len(shares) {
		o.t.Fatalf("%d units on the lists: %v", len(issue.Copies.Shares), issue.Circulation.Unknown())
	}
	if w.spare > 0 {
		o.does(o.editor, &issue, workflow.Order{Act: workflow.Apportion, Print: workflow.PrintOrder{Apportion: &copies.Apportionment{Shares: shares, File: 1, Spare: w.spare}}})
	}
	o.does(o.editor, &issue, workflow.Order{Act: workflow.Submit})
	o.does(o.chief, &issue, workflow.Order{Act: workflow.Approve})
	if w.more > 0 {
		shares[0] += w.more
		o.does(o.clerks[0], &issue, workflow.Order{Act: workflow.Apportion, Print: workflow.PrintOrder{Apportion: &copies.Apportionment{Shares: shares, File: 1, Spare: w.spare - w.more}}})
		if issue.State != workflow.Review {
			o.t.Fatalf("copies changed after the sign-off, and it is %s", issue.State)
		}
		o.does(o.chief, &issue, workflow.Order{Act: workflow.Approve})
		o.lateFor[issue.ID] = true
	}
	for i, u := range o.units {
		plan[copies.OfUnit(u.id).String()] = shares[i]
	}
	plan["stock"] = w.spare - w.more
	o.release(&issue, w, plan)
	return issue
}

// release registers an approved issue and sends it.
func (o *printingOffice) release(issue *workflow.Issue, w wish, plan map[string]int) {
	o.t.Helper()
	order := workflow.Order{Act: workflow.Register}
	if w.unexplained > 0 {
		order.Unexplained = "印厂多送"
	}
	o.does(o.clerks[0], issue, order)
	if w.numbered {
		o.does(o.clerks[0], issue, workflow.Order{Act: workflow.Stamp, Print: workflow.PrintOrder{First: 1}})
	}
	o.does(o.clerks[1], issue, workflow.Order{Act: workflow.Schedule})
	next, err := o.desk.Release(o.t.Context(), workflow.Actor{Robot: workflow.Robot}, issue.ID)
	if err != nil || next.State != workflow.Dispatching {
		o.t.Fatalf("%s: %v", next.State, err)
	}
	*issue = next
	o.does(workflow.Actor{Robot: workflow.Robot}, issue, workflow.Order{Act: workflow.Finish})
	o.tally[issue.ID] = plan
	o.issues = append(o.issues, *issue)
}

// post does a deed and counts it: n copies from one account to another, "" for
// what is made. Refusals fail the test.
func (o *printingOffice) post(clerk int, issue uuid.UUID, d copies.Order, n int, from, to string) {
	d.Slip.Reason, d.Slip.Person = "清点", "赵经办"
	_, err := o.desk.Act(o.t.Context(), o.clerks[clerk], issue, workflow.Order{Act: workflow.Post, Print: workflow.PrintOrder{Deed: &d}})
	if err != nil {
		o.t.Errorf("%s: %v %s", d.Act, err, fault.As(err).In(fault.ZH))
		return
	}
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.posted[issue]++
	if from != "" {
		o.tally[issue][from] -= n
	}
	o.tally[issue][to] += n
}

// handOut lets a unit take copies.
func (o *printingOffice) handOut(clerk int, issue uuid.UUID, unit uuid.UUID, n int) {
	h := copies.Handover{At: o.now, Unit: unit, Count: n, Way: copies.Exchanged, To: "12号箱"}
	_, err := o.desk.Act(o.t.Context(), o.clerks[clerk], issue, workflow.Order{Act: workflow.HandOut, Print: workflow.PrintOrder{Hand: &h}})
	if err != nil {
		o.t.Errorf("handing out %d: %s", n, fault.As(err).In(fault.ZH))
		return
	}
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.handed[issue] += n
	o.posted[issue]++
}

// widen gives a unit more copies, with the consent of the chief.
func (o *printingOffice) widen(issue uuid.UUID, unit uuid.UUID, n int) {
	ctx := o.t.Context()
	_, err := o.desk.Act(ctx, o.clerks[0], issue, workflow.Order{Act: workflow.Widen, Unit: unit, Note: "来函索要", Print: workflow.PrintOrder{Extra: n}})
	must(o.t, err)
	_, err = o.desk.Act(ctx, o.chief, issue, workflow.Order{Act: workflow.Grant, Unit: unit})
	must(o.t, err)
	stock := o.tally[issue]["stock"]
	o.tally[issue]["stock"] = max(0, stock-n) // what it lacks is printed
	o.tally[issue][copies.OfUnit(unit).String()] += n
	o.posted[issue] += 2
}

// numbersOf are copy numbers to name in an act on some copies of an account.
func (o *printingOffice) numbersOf(issue uuid.UUID, a copies.Account, n int) copies.Numbers {
	entries, err := o.s.CopyEntries(o.t.Context(), issue)
	must(o.t, err)
	return copies.New(entries).Held(a).Lowest(n)
}

// aDay is what happens to an issue that is out: two clerks at once hand copies
// over and enter what came back, what was lost, spoiled, printed and copied.
func (o *printingOffice) aDay(issue workflow.Issue) {
	stock := copies.Account{Kind: copies.Stock}
	back, lost := o.units[1], o.units[len(o.units)-1]
	if n := o.tally[issue.ID]["stock"]; n > 0 {
		o.post(0, issue.ID, copies.Order{Act: copies.ActSpoil, Account: stock, Count: 1, Slip: copies.Slip{Numbers: o.numbersOf(issue.ID, stock, 1)}}, 1, "stock", "spoiled")
	}
	returned, missing := copies.OfUnit(back.id), copies.OfUnit(lost.id)
	one, other := o.numbersOf(issue.ID, returned, 1), o.numbersOf(issue.ID, missing, 1)
	o.atOnce(func(clerk int) {
		for i, u := range o.units {
			if i%2 == clerk {
				o.handOut(clerk, issue.ID, u.id, u.copies)
			}
		}
	})
	o.atOnce(func(clerk int) {
		if clerk == 0 {
			o.post(0, issue.ID, copies.Order{Act: copies.ActReprint, Count: 3}, 3, "", "stock")
			o.post(0, issue.ID, copies.Order{Act: copies.ActReturn, Account: returned, Count: 1, Slip: copies.Slip{Numbers: one}}, 1, returned.String(), "returned")
			return
		}
		o.post(1, issue.ID, copies.Order{Act: copies.ActCopy, Account: copies.OfUnit(o.units[0].id), Count: 2}, 2, "", copies.OfUnit(o.units[0].id).String())
		o.post(1, issue.ID, copies.Order{Act: copies.ActLose, Account: missing, Count: 1, Slip: copies.Slip{Numbers: other}}, 1, missing.String(), "unexplained")
		o.post(1, issue.ID, copies.Order{Act: copies.ActReprint, Count: 1}, 1, "", "stock")
	})
}

// atOnce lets both clerks work at the same time.
func (o *printingOffice) atOnce(work func(clerk int)) {
	var group sync.WaitGroup
	for clerk := range o.clerks {
		group.Go(func() { work(clerk) })
	}
	group.Wait()
}
