package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
	"jianbao/workflow/ready"

	"jianbao/web/page"
)

// An issueView is the page of an issue.
type issueView struct {
	Issue   workflow.Issue
	Series  workflow.Series
	Zone    *time.Location
	MayEdit bool
	Offers  []offer
	Events  []workflow.Event
	Doubts  []fault.Reason // of the circulation and the copies
	// Last is the issue before, nil where there is none or this one is out, and
	// Difference what its lists had otherwise.
	Last       *workflow.Issue
	Difference []fault.Reason
	// Asked is what the address of the page says beside: of long lists, what is
	// searched for in them and which page.
	Asked url.Values
	// Findings are what the ready check adds to the problems, and checked all that
	// it found.
	Findings []ready.Finding
	checked  []ready.Finding
	Repairs  []repairRule
	// MayAttach and MayArrange say that this person may add files to what goes
	// out, and order them or take them off.
	MayAttach, MayArrange bool
	// Unknown are the names of the lists that nobody has settled; MaySettle
	// says that this person may, and Units are the names to choose from.
	Unknown   []unknownName
	MaySettle bool
	Units     []string
	// Problems are the issue's, what must be settled first.
	Problems []bulletin.Problem
	Text     string // what stands in the editor
	On       string // the page that is shown: issue, edit, sign
	Limit    int    // of a letter, in bytes
	// Changes are what became of the text since this person last saw it, nil if
	// nothing.
	Changes *changes
	// Comments are what people said of places in the text; Comment is one that
	// was refused, as it was typed.
	Comments []workflow.Comment
	Comment  commentTyped
	// Run is what would happen at the release, nil where that is far.
	Run *dryRun
	// Version is the one that the text in the editor was made from.
	Version int
}

// An offer is one act as a form: what it would lead to, or why it cannot be.
type offer struct {
	workflow.Option
	particulars
	Zone     *time.Location
	Issue    uuid.UUID
	From     workflow.State
	Version  int
	Earliest string // the first time that the form of a release offers
	Form     bool   // the act is offered, perhaps with particulars that make it possible
	Tried    bool   // it was refused just now, as Typed
	Run      *dryRun
	stuck    bool   // it leads on and is this person's, and cannot be done yet
	Page     string // under the issue's address, where the act has a page of its own; or ""
	// Voids is the number that stands for nothing once the act is done.
	Voids workflow.Number
	Typed typed
}

// typed is what a person entered in the form of an act.
type typed struct {
	Act         workflow.Act
	Note        string
	KeepDate    bool
	Unexplained string
	At          string
	Class       workflow.Class
	Step        string // its place in the route
	// Relieved and Successor are ids of people, Unit that of a unit; "" is nobody.
	Relieved, Successor, Unit string
	Secret                    bool
}

// An attempt is a change that was refused, to be shown with what was typed.
type attempt struct {
	typed typed
	text  string
	saved bool // it was the text
	// version is the one that the text was made from.
	version int
	// name is the one that was to be settled, unit what was entered for it.
	name, unit string
	comment    commentTyped
	err        error
}

// find returns the issue of a request and its series, or fault.NotFound where
// there is none that this person may see.
func (s *server) find(r *http.Request) (workflow.Issue, workflow.Series, error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return workflow.Issue{}, workflow.Series{}, page.NotHere()
	}
	issue, err := s.Reads.Issue(r.Context(), id)
	if err != nil {
		return issue, workflow.Series{}, err
	}
	series, err := s.Reads.Series(r.Context(), issue.Series)
	if err != nil {
		return issue, series, err
	}
	if sees, err := s.sees(r, issue, series); err != nil || !sees {
		return workflow.Issue{}, workflow.Series{}, cmp.Or(err, page.NotHere())
	}
	return issue, series, nil
}

// sees reports whether an issue is for this person to see: they have to do with
// it, or may do something about it in another's place.
func (s *server) sees(r *http.Request, issue workflow.Issue, series workflow.Series) (bool, error) {
	if issue.Concerns(page.Actor(r)) {
		return true, nil
	}
	options, err := s.Desk.OptionsOf(r.Context(), page.Actor(r), issue, series, nil)
	return slices.ContainsFunc(options, func(o workflow.Option) bool { return o.Allowed }), err
}

func (s *server) issue(w http.ResponseWriter, r *http.Request) { s.open(w, r, "issue") }

// open shows an issue on one of the pages that are made for it.
func (s *server) open(w http.ResponseWriter, r *http.Request, name string) {
	issue, series, err := s.find(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	view, err := s.view(r.Context(), page.Actor(r), issue, series, name)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	view.Asked = r.URL.Query()
	s.pages.Show(w, r, http.StatusOK, name, page.Page{Room: "issues", Data: view, Notes: s.noted(r)})
}

// again shows the issue as it is now, with a refused attempt.
func (s *server) again(w http.ResponseWriter, r *http.Request, a attempt) {
	issue, series, err := s.find(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	name := "issue"
	if from := r.PostForm.Get("from"); from == "sign" || from == "edit" {
		name = from
	}
	view, err := s.view(r.Context(), page.Actor(r), issue, series, name)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	for n := range view.Offers {
		if view.Offers[n].Act == a.typed.Act {
			view.Offers[n].Typed, view.Offers[n].Form, view.Offers[n].Tried = a.typed, true, true
		}
	}
	view.Comment = a.comment
	for n := range view.Unknown {
		if view.Unknown[n].Name == a.name {
			view.Unknown[n].Typed = a.unit
		}
	}
	if a.saved && !fault.Is(a.err, fault.Refused) { // classified text is not even shown again
		view.Text, view.MayEdit, view.Version = a.text, true, a.version
	}
	s.pages.Refuse(w, r, name, page.Page{Room: "issues", Data: view}, a.err)
}

func (s *server) view(ctx context.Context, who workflow.Actor, issue workflow.Issue, series workflow.Series, on string) (*issueView, error) {
	v := &issueView{On: on, Issue: issue, Series: series, Zone: series.Location(), Text: issue.Text, Version: issue.Version, Limit: s.MailLimit}
	if err := s.check(ctx, v); err != nil {
		return nil, err
	}
	options, err := s.Desk.OptionsOf(ctx, who, issue, series, v.checked)
	if err != nil {
		return nil, err
	}
	v.offer(who, options, s.Now())
	if err := s.people(ctx, v); err != nil {
		return nil, err
	}
	v.doubt()
	if v.Events, err = s.Reads.Events(ctx, issue.ID); err != nil {
		return nil, err
	}
	texts, err := s.Agenda.Texts(ctx, issue.ID)
	if err != nil {
		return nil, err
	}
	var seen glance
	if seen.Version, seen.At, err = s.Agenda.See(ctx, who.Person.ID, issue.ID, issue.Version, s.Now()); err != nil {
		return nil, err
	}
	v.Changes = changesFor(who.Person.ID, seen, issue, v.Events, texts)
	if v.Comments, err = s.Agenda.CommentsOf(ctx, issue.ID); err != nil {
		return nil, err
	}
	if v.Run, err = s.dryRunOf(ctx, issue, series); err != nil {
		return nil, err
	}
	for n := range v.Offers {
		v.Offers[n].Run = v.Run
	}
	if v.MayEdit {
		v.Repairs = repairsOf(issue.Text, series)
	}
	if v.MaySettle && len(v.Unknown) > 0 {
		v.Units, err = s.unitNames(ctx)
	}
	return v, err
}

// check looks for doubts, once for all that depends on them: what is shown, and
// what may be done. The editor has them with its proof.
func (s *server) check(ctx context.Context, v *issueView) (err error) {
	if !v.BeforeRelease() || v.On == "edit" {
		return nil
	}
	if v.checked, err = s.Desk.Check(ctx, v.Issue, v.Series); err != nil {
		return err
	}
	v.Findings = byUrgency(ready.Beside(v.Issue.Problems, v.checked))
	if v.Last, err = s.Books.LastIssue(ctx, v.Series.ID, v.Issue.ID); err != nil {
		return err
	}
	if v.Last != nil {
		v.Difference = recipients.Compare(v.Last.Circulation, v.Issue.Circulation).Reasons()
	}
	return nil
}

// offer sorts what the desk offers: what has a form of its own on the page, and
// the other acts.
func (v *issueView) offer(who workflow.Actor, options []workflow.Option, now time.Time) {
	for _, o := range options {
		switch o.Act {
		case workflow.Save:
			v.MayEdit = o.Allowed
			continue
		case workflow.Attach:
			v.MayAttach = o.Allowed
			continue
		case workflow.Detach, workflow.Arrange:
			v.MayArrange = v.MayArrange || o.Allowed
			continue
		case workflow.Shelve, workflow.Calm, workflow.Steer, workflow.Handle, workflow.Trial: // on the pages of units and letters
			continue
		case workflow.Apportion, workflow.Post, workflow.HandOut, workflow.Widen: // on the pages of its copies
			continue
		case workflow.Circulate:
			v.MaySettle = o.Allowed
		}
		p := v.particulars(o.Act)
		v.Offers = append(v.Offers, offer{
			Option: o, particulars: p, Zone: v.Zone, Issue: v.Issue.ID, From: v.Issue.State, Version: v.Issue.Version, Earliest: now.In(v.Zone).Format(formTime),
			Form: o.Allowed || open(who, v.Issue, o.Act), stuck: slices.Contains(onward, o.Act) && o.Act != workflow.Approve && belongs(who, v.Issue, o.Act), Typed: typed{Act: o.Act}, Page: v.pageOf(o.Act, p), Voids: v.voids(o.Act),
		})
	}
}

// doubt gathers what is doubtful about text, lists and copies.
func (v *issueView) doubt() {
	v.Problems = slices.Clone(v.Issue.Problems)
	slices.SortStableFunc(v.Problems, func(a, b bulletin.Problem) int { return cmp.Compare(urgency[a.Severity], urgency[b.Severity]) })
	c, plan := v.Issue.Circulation, v.Issue.Copies
	v.Doubts = slices.Concat(c.Check(), c.OutOfOrder(), plan.Check(), plan.Warnings())
	if v.BeforeRelease() {
		v.Doubts = append(v.Doubts, v.Issue.OutsideMail(v.Series)...)
	}
	v.Unknown = unknownNames(c)
}

// BeforeRelease reports whether there is still time to look at doubts.
func (v *issueView) BeforeRelease() bool {
	switch v.Issue.State {
	case workflow.Draft, workflow.Review, workflow.Approved, workflow.Registered, workflow.Scheduled:
		return true
	}
	return false
}

// urgency orders problems.
var urgency = map[bulletin.Severity]int{bulletin.Block: 0, bulletin.Ask: 1, bulletin.Note: 2}

func byUrgency(findings []ready.Finding) []ready.Finding {
	slices.SortStableFunc(findings, func(a, b ready.Finding) int { return cmp.Compare(urgency[a.Severity], urgency[b.Severity]) })
	return findings
}

// Forward reports whether the act takes the issue further on its way, which is
// what most people came for.
func (o offer) Forward() bool {
	switch o.Act {
	case workflow.Submit, workflow.Approve, workflow.Classify, workflow.Register, workflow.Schedule:
		return o.Allowed
	}
	return false
}

// Moves reports whether the act leads to another state that is known before: not
// so where the form asks how far back it goes.
func (o offer) Moves() bool {
	return o.Act != workflow.Circulate && o.Act != workflow.Return && o.To != o.From
}

// Open reports whether the form of the act lies open on the page; the others are
// opened by whoever wants them.
func (o offer) Open() bool { return o.Forward() || o.Tried || len(o.Reasons) > 0 }

// open reports whether an act that is refused as it stands is this person's and
// takes particulars that may change the answer: a time, or why the copies do
// not add up.
func open(who workflow.Actor, issue workflow.Issue, act workflow.Act) bool {
	return (act == workflow.Register || act == workflow.Schedule) && belongs(who, issue, act)
}

// belongs reports whether an act on an issue as it stands belongs to a role of
// the person, whatever else may be against it.
func belongs(who workflow.Actor, issue workflow.Issue, act workflow.Act) bool {
	return slices.ContainsFunc(workflow.Moves(), func(m workflow.Move) bool {
		return m.Act == act && slices.Contains(m.From, issue.State) &&
			slices.ContainsFunc(m.Who.Roles, func(role accounts.Role) bool { return who.Person.Has(role, issue.Series) })
	})
}

// Allowed returns the acts that are offered as a form, what leads on in front.
func (v *issueView) Allowed() []offer {
	some := v.pick(func(o offer) bool { return o.Form })
	slices.SortStableFunc(some, func(a, b offer) int { return cmp.Compare(rank(a), rank(b)) })
	return some
}

// rank is 0 for what most people came for.
func rank(o offer) int {
	if o.Open() {
		return 0
	}
	return 1
}

// Stuck returns what would lead on and cannot be done as the issue stands, though
// it is this person's to do: its reasons are what they have to see to.
func (v *issueView) Stuck() []offer {
	return v.pick(func(o offer) bool { return !o.Form && o.stuck })
}

// Refused returns the other acts that cannot be done, with all their reasons.
func (v *issueView) Refused() []offer {
	return v.pick(func(o offer) bool { return !o.Form && !o.stuck })
}

func (v *issueView) pick(which func(offer) bool) (some []offer) {
	for _, o := range v.Offers {
		if which(o) {
			some = append(some, o)
		}
	}
	return some
}

// Sent reports whether there are letters and copies to look at.
func (v *issueView) Sent() bool {
	switch v.Issue.State {
	case workflow.Dispatching, workflow.Dispatched, workflow.Archived:
		return true
	}
	return false
}

// AtStep reports whether the issue stands at a step of its route.
func (v *issueView) AtStep() bool {
	return v.Issue.State == workflow.Draft || v.Issue.State == workflow.Review
}

// Step returns the title of a step of the issue's route.
func (v *issueView) Step(n int) fault.Reason {
	if n < 0 || n >= len(v.Issue.Route) {
		return fault.Reason{Key: strconv.Itoa(n)}
	}
	return v.Issue.Route[n].Kind.Title()
}

// Counts reports whether a decision still counts for the issue as it stands.
func (v *issueView) Counts(d workflow.Decision) bool {
	return d.Act == workflow.Return || v.Issue.Counts(d)
}
