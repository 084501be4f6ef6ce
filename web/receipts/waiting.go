package receipts

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	domain "jianbao/recipients/receipts"
	"jianbao/web/page"
	"jianbao/workflow"
)

// lookBack is how long after its release an issue has tasks: well beyond every
// ladder of reminders.
const lookBack = 120 * 24 * time.Hour

// most is how many replies the tray shows.
const most = 200

// A waitingView is what waits for a clerk beside the issues on their way.
type waitingView struct {
	Troubles []trouble
	Mails    []reply
	Recalls  []recall
}

// A trouble is a unit that an issue does not reach by itself.
type trouble struct {
	subject
	row
	Untried []string
}

// A reply is a mail that was not understood.
type reply struct {
	subject
	Mail workflow.ReceiptMail
	Read domain.Answer
}

// A recall waits for its second person.
type recall struct {
	subject
	Mine bool // this person may decide
}

func (rm *room) waiting(w http.ResponseWriter, r *http.Request) {
	v, err := rm.waitsFor(r.Context(), page.Person(r))
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "waiting", page.Page{Room: "desk", Data: v})
}

// waitsFor gathers what waits for a person in the series where they hold a role.
func (rm *room) waitsFor(ctx context.Context, who accounts.Person) (v waitingView, err error) {
	all, err := rm.Reads.SeriesAll(ctx)
	if err != nil {
		return v, err
	}
	var seen, kept []uuid.UUID
	byID := map[uuid.UUID]workflow.Series{}
	for _, s := range all {
		byID[s.ID] = s
		if who.Sees(s.ID) {
			seen = append(seen, s.ID)
		}
		if who.Has(accounts.Clerk, s.ID) {
			kept = append(kept, s.ID)
		}
	}
	if v.Recalls, err = rm.recalls(ctx, who, seen, byID); err != nil || len(kept) == 0 {
		return v, err
	}
	if v.Troubles, err = rm.troubles(ctx, kept, byID); err != nil {
		return v, err
	}
	v.Mails, err = rm.mails(ctx, kept, byID)
	return v, err
}

func (rm *room) troubles(ctx context.Context, series []uuid.UUID, byID map[uuid.UUID]workflow.Series) (all []trouble, err error) {
	ids, err := rm.Board.Unreached(ctx, series, rm.Now().Add(-lookBack))
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	units, err := rm.Reads.Units(ctx)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		issue, err := rm.Reads.Issue(ctx, id)
		if err != nil {
			return nil, err
		}
		lines, err := rm.Board.ReceiptLines(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			if l.Need() == "" {
				continue
			}
			t := trouble{subject: subjectOf(issue, byID), row: rowOf(l)}
			if n := slices.IndexFunc(units, func(u recipients.Unit) bool { return u.ID == l.Unit }); n >= 0 {
				t.Untried = l.Untried(units[n])
			}
			all = append(all, t)
		}
	}
	return all, nil
}

func subjectOf(issue workflow.Issue, byID map[uuid.UUID]workflow.Series) subject {
	s := byID[issue.Series]
	return subject{Issue: issue, Series: s, Zone: s.Location(), Clerk: true}
}

func (rm *room) mails(ctx context.Context, series []uuid.UUID, byID map[uuid.UUID]workflow.Series) (all []reply, err error) {
	found, err := rm.Board.ReceiptMails(ctx, nil, most)
	if err != nil {
		return nil, err
	}
	for _, m := range found {
		issue, err := rm.Reads.Issue(ctx, m.Issue)
		if err != nil {
			return nil, err
		}
		if slices.Contains(series, issue.Series) {
			all = append(all, reply{subjectOf(issue, byID), m, domain.Acknowledges(m.Words)})
		}
	}
	return all, nil
}

func (rm *room) recalls(ctx context.Context, who accounts.Person, series []uuid.UUID, byID map[uuid.UUID]workflow.Series) (all []recall, err error) {
	open, err := rm.Board.RecallsOpen(ctx, series)
	for _, issue := range open {
		decides := who.Has(accounts.Reviewer, issue.Series) || who.Has(accounts.Signatory, issue.Series)
		all = append(all, recall{subjectOf(issue, byID), decides && issue.Recall.By != who.ID})
	}
	return all, err
}

// A mailView is one reply that was not understood.
type mailView struct {
	reply
	Holds  domain.Receipt
	Signed bool
	Typed  typed
}

func (rm *room) mail(w http.ResponseWriter, r *http.Request) {
	v, err := rm.mailView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.Typed = typed{Verdict: string(domain.Received), Copies: strconv.Itoa(v.Mail.Copies), By: v.Read.By}
	if v.Read.Refused {
		v.Typed.Verdict, v.Typed.Reason = string(domain.Rejected), v.Mail.Words
	}
	rm.pages.Show(w, r, http.StatusOK, "mail", page.Page{Room: "desk", Data: v})
}

// mailView finds a reply among those that wait for this clerk.
func (rm *room) mailView(r *http.Request) (v mailView, err error) {
	id, err := uuid.Parse(r.PathValue("mail"))
	if err != nil {
		return v, page.NotHere()
	}
	all, err := rm.waitsFor(r.Context(), page.Person(r))
	if err != nil {
		return v, err
	}
	n := slices.IndexFunc(all.Mails, func(m reply) bool { return m.Mail.ID == id })
	if n < 0 {
		return v, page.NotHere()
	}
	v.reply = all.Mails[n]
	lines, err := rm.Board.ReceiptLines(r.Context(), v.Issue.ID)
	for _, l := range lines {
		if l.Unit == v.Mail.Unit {
			v.Holds, v.Signed = l.Last()
		}
	}
	return v, err
}

// settleMail enters a reply as a receipt, or takes it out of the tray.
func (rm *room) settleMail(w http.ResponseWriter, r *http.Request) {
	v, err := rm.mailView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if err := r.ParseForm(); err != nil {
		rm.Fail(w, r, page.Unreadable(err))
		return
	}
	get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	v.Typed = typed{Form: get("form"), Verdict: get("verdict"), By: get("by"), Copies: get("copies"), Reason: get("reason"), Note: get("note"), Corrects: get("corrects")}
	switch v.Typed.Form {
	case "enter":
		var said domain.Receipt
		if said, err = v.Typed.receipt(v.Zone); err == nil {
			_, err = rm.Receiving.EnterMail(r.Context(), page.Actor(r), v.Mail.ID, said)
		}
	case "dismiss":
		err = rm.Receiving.Dismiss(r.Context(), page.Actor(r), v.Mail.ID, v.Typed.Note)
	default:
		err = fault.New(fault.Invalid, page.BadForm.With())
	}
	if err != nil {
		rm.pages.Refuse(w, r, "mail", page.Page{Room: "desk", Data: v}, err)
		return
	}
	page.See(w, r, "/receipts")
}

// Brief is the beginning of what a reply says.
func (m reply) Brief() string {
	if words := []rune(m.Mail.Words); len(words) > 80 {
		return string(words[:80]) + "…"
	}
	return m.Mail.Words
}
