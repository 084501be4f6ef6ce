package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/sink"
	"jianbao/recipients/copies"
	"jianbao/workflow"
)

// A report is what the demonstration shows, and the object that --json prints.
type report struct {
	Issue    reportIssue    `json:"issue"`
	Steps    []reportStep   `json:"steps"`
	Refusals []refusal      `json:"refusals"`
	Letters  []reportLetter `json:"letters"`
	Copies   reportCopies   `json:"copies"`
	// Received is what the built-in server holds; null where another took the
	// letters.
	Received []reportMail `json:"received"`
}

type reportIssue struct {
	ID     uuid.UUID `json:"id"`
	Name   string    `json:"name"`
	Number int       `json:"number"`
	Year   int       `json:"year"`
	Date   string    `json:"date"`
	State  string    `json:"state"`
	Digest string    `json:"digest"`
}

type reportStep struct {
	At    time.Time `json:"at"`
	Who   string    `json:"who"`
	Act   string    `json:"act"`
	Note  string    `json:"note,omitempty"`
	Facts []string  `json:"facts,omitempty"`
}

type reportLetter struct {
	List    string `json:"list"`
	Name    string `json:"name"`
	Address string `json:"address"`
	State   string `json:"state"`
	Answer  string `json:"answer"`
	ID      string `json:"id"`
}

type reportCopies struct {
	Made     int            `json:"made"`
	Sentence string         `json:"sentence"`
	Accounts map[string]int `json:"accounts"`
	Balances string         `json:"balances"`
	Assumed  []string       `json:"assumed,omitempty"`
}

type reportMail struct {
	To        string `json:"to"`
	Subject   string `json:"subject"`
	MessageID string `json:"message_id"`
	Bytes     int    `json:"bytes"`
}

// report gathers what became of the issue.
func (o *office) report(ctx context.Context, id uuid.UUID, refusals []refusal, box *sink.Sink) (report, error) {
	issue, err := o.store.Issue(ctx, id)
	if err != nil {
		return report{}, err
	}
	r := report{Refusals: refusals, Issue: reportIssue{
		ID: id, Name: issue.Document.Masthead, Number: issue.Number.No, Year: issue.Number.Year,
		Date: issue.Date.String(), State: string(issue.State), Digest: string(issue.Digest()),
	}}
	series, err := o.store.Series(ctx, issue.Series)
	if err != nil {
		return r, err
	}
	events, err := o.store.Events(ctx, id)
	if err != nil {
		return r, err
	}
	if err := workflow.VerifyChain(events, issue.Events, issue.Head); err != nil {
		return r, err
	}
	for _, e := range events {
		r.Steps = append(r.Steps, stepOf(e, series.Location()))
	}
	deliveries, err := o.store.Deliveries(ctx, id)
	if err != nil {
		return r, err
	}
	r.Letters = lettersOf(issue, deliveries)
	entries, err := o.store.CopyEntries(ctx, id)
	if err != nil {
		return r, err
	}
	r.Copies, err = copiesOf(issue, entries)
	if box != nil {
		r.Received = received(box)
	}
	return r, err
}

func stepOf(e workflow.Event, zone *time.Location) reportStep {
	s := reportStep{At: e.At.In(zone), Who: e.Name, Act: e.Act.Title().In(fault.ZH), Note: e.Note}
	for _, f := range e.Facts {
		s.Facts = append(s.Facts, f.In(fault.ZH))
	}
	return s
}

func lettersOf(issue workflow.Issue, deliveries []mailer.Delivery) []reportLetter {
	lists := map[uuid.UUID]string{}
	for _, place := range issue.Circulation.All() {
		lists[place.Unit] = place.Label
	}
	var letters []reportLetter
	for _, d := range deliveries {
		letters = append(letters, reportLetter{
			List: lists[d.Unit], Name: d.Name, Address: d.Address, State: string(d.State),
			Answer: strings.TrimSpace(fmt.Sprint(d.Code, " ", d.Words)), ID: d.ID.String(),
		})
	}
	return letters
}

func copiesOf(issue workflow.Issue, entries []copies.Entry) (reportCopies, error) {
	ledger := copies.New(entries)
	r := reportCopies{Made: ledger.Made(), Sentence: issue.Copies.Sentence(fault.ZH), Balances: ledger.Sentence(fault.ZH), Accounts: map[string]int{}}
	for _, b := range ledger.Balances() {
		r.Accounts[b.Account.String()] = b.Count
	}
	for _, w := range issue.Copies.Warnings() {
		r.Assumed = append(r.Assumed, w.In(fault.ZH))
	}
	return r, ledger.Verify()
}

func received(box *sink.Sink) []reportMail {
	mails := []reportMail{}
	for _, m := range box.Messages() {
		mails = append(mails, reportMail{
			To: strings.Join(m.To, ","), Subject: m.Subject(), MessageID: m.MessageID(), Bytes: len(m.Raw),
		})
	}
	return mails
}

var (
	wrongState   = fault.Say("cmd.wrong.state", "这一期停在“%s”", "the issue stands at %q")
	wrongNumber  = fault.Say("cmd.wrong.number", "编号是%d年第%d期", "its number is %[2]d of %[1]d")
	wrongLetters = fault.Say("cmd.wrong.letters", "应有15家单位收到，实有%d家", "15 units should have it and %d do")
	wrongCopies  = fault.Say("cmd.wrong.copies", "印了%d份，应为20份", "%d copies were made, not 20")
	wrongMail    = fault.Say("cmd.wrong.mail", "应收到%d封不同的邮件，实为%d封", "%d distinct messages should be there and %d are")
)

// wrong returns what did not come out as it should. before is how many letters
// had been accepted before this run: a second run sends nothing twice.
func (r report) wrong(before int, sunk bool) []fault.Reason {
	var reasons []fault.Reason
	if r.Issue.State != string(workflow.Dispatched) && r.Issue.State != string(workflow.Archived) {
		reasons = append(reasons, wrongState.With(r.Issue.State))
	}
	if r.Issue.Number != 8 || r.Issue.Year != 2021 || r.Issue.Date != "2021-07-15" {
		reasons = append(reasons, wrongNumber.With(r.Issue.Year, r.Issue.Number))
	}
	accepted := map[string]bool{}
	for _, l := range r.Letters {
		if l.State == string(mailer.Accepted) {
			accepted[l.Name] = true
		}
	}
	if len(accepted) != 15 {
		reasons = append(reasons, wrongLetters.With(len(accepted)))
	}
	if r.Copies.Made != 20 {
		reasons = append(reasons, wrongCopies.With(r.Copies.Made))
	}
	distinct := map[string]bool{}
	for _, m := range r.Received {
		distinct[m.MessageID+" "+m.To] = true
	}
	if want := len(accepted) - before; sunk && (len(distinct) != want || len(r.Received) != want) {
		reasons = append(reasons, wrongMail.With(want, len(distinct)))
	}
	return reasons
}

func (r report) json(c *console) error {
	out := json.NewEncoder(c.Out)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(r)
}
