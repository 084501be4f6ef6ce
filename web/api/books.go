package api

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/recipients"
	"jianbao/recipients/copies"
	"jianbao/web/api/op"
	"jianbao/workflow"
)

func (s *server) describeBooks() {
	op.On(s.kit, op.Get("list-events", "/issues/{issue}/events", "books", "The history of an issue, the oldest first"), s.events)
	op.On(s.kit, op.Get("list-decisions", "/issues/{issue}/decisions", "books", "Every decision about an issue, the oldest first"), s.decisions)
	op.On(s.kit, op.Get("read-circulation", "/issues/{issue}/circulation", "books", "The lists of an issue as printed, and the units that they mean"), s.circulation)
	op.On(s.kit, op.Get("list-copies", "/issues/{issue}/copies", "books", "The ledger of an issue's printed copies"), s.copies)
	op.On(s.kit, op.Get("list-deliveries", "/issues/{issue}/deliveries", "books", "The letters of an issue, in the order in which they were made"), s.deliveries)
}

type booksInput struct {
	op.OfIssue
	op.Paging
}

// Event is one line of an issue's history.
type Event struct {
	Seq    int       `json:"seq"`
	At     time.Time `json:"at"`
	By     uuid.UUID `json:"by" format:"uuid" doc:"the nil id for the program"`
	Name   string    `json:"name"`
	Act    string    `json:"act"`
	Title  op.Says   `json:"title"`
	From   string    `json:"from,omitempty"`
	To     string    `json:"to"`
	Note   string    `json:"note,omitempty"`
	Digest string    `json:"digest,omitempty"`
	Facts  []op.Says `json:"facts"`
	Prev   string    `json:"prev,omitempty" doc:"the hash of the line before"`
	Hash   string    `json:"hash"`
}

func (s *server) events(ctx context.Context, in *booksInput) (*op.Listed[Event], error) {
	if _, _, err := s.kit.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	all, err := s.Reads.Events(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, all, func(e workflow.Event) string { return strconv.Itoa(e.Seq) }, func(e workflow.Event) Event {
		return Event{
			Seq: e.Seq, At: e.At, By: e.By, Name: e.Name, Act: string(e.Act), Title: op.Said(e.Act.Title()), From: string(e.From), To: string(e.To),
			Note: e.Note, Digest: string(e.Digest), Facts: op.Each(e.Facts, op.Said), Prev: e.Prev, Hash: e.Hash,
		}
	})
}

// Decision is what one person said at one step.
type Decision struct {
	Step   int       `json:"step"`
	Round  int       `json:"round"`
	Person uuid.UUID `json:"person" format:"uuid"`
	Name   string    `json:"name"`
	For    string    `json:"for,omitempty" doc:"the name of the person that was stood in for (代)"`
	At     time.Time `json:"at"`
	Act    string    `json:"act"`
	Note   string    `json:"note,omitempty"`
	Digest string    `json:"digest" doc:"what it is about"`
	Back   string    `json:"back,omitempty" doc:"the act that took it back"`
	Paper  bool      `json:"paper" doc:"it was made on paper"`
}

type decisionsBody struct{ Body []Decision }

func (s *server) decisions(ctx context.Context, in *op.OfIssue) (*decisionsBody, error) {
	issue, _, err := s.kit.Find(ctx, in.Issue)
	return &decisionsBody{op.Each(issue.Decisions, func(d workflow.Decision) Decision {
		return Decision{d.Step, d.Round, d.Person, d.Name, d.ForName, d.At, string(d.Act), d.Note, string(d.Digest), string(d.Back), d.Paper != nil}
	})}, err
}

// Circulation is the distribution of one issue.
type Circulation struct {
	Lists  []CirculationList `json:"lists"`
	Doubts []op.Says         `json:"doubts" doc:"everything that keeps it from being sent as it stands"`
}

// CirculationList is 报, 送 or 发 with its entries in printed order.
type CirculationList struct {
	Label   string             `json:"label"`
	Entries []CirculationEntry `json:"entries"`
}

// CirculationEntry is one name of a list. One that stands for several units has
// several recipients, an unknown one none.
type CirculationEntry struct {
	Printed    string                 `json:"printed"`
	Name       string                 `json:"name" doc:"in full"`
	Recipients []CirculationUnit      `json:"recipients"`
	Candidates []CirculationCandidate `json:"candidates,omitempty" doc:"units that an unknown name may mean; see settle-name"`
}

// CirculationCandidate is a unit that an unknown name may mean.
type CirculationCandidate struct {
	Unit uuid.UUID `json:"unit" format:"uuid"`
	Name string    `json:"name"`
}

// CirculationUnit is a unit as it stood when the name was resolved.
type CirculationUnit struct {
	Unit      uuid.UUID `json:"unit" format:"uuid"`
	Name      string    `json:"name"`
	Channel   string    `json:"channel" enum:"mail,paper,both"`
	Addresses []string  `json:"addresses"`
	Copies    int       `json:"copies" doc:"on paper"`
}

type circulationBody struct{ Body Circulation }

func (s *server) circulation(ctx context.Context, in *op.OfIssue) (*circulationBody, error) {
	issue, _, err := s.kit.Find(ctx, in.Issue)
	lists := op.Each(issue.Circulation.Lists, func(l recipients.List) CirculationList {
		return CirculationList{l.Label, op.Each(l.Entries, entryOf)}
	})
	return &circulationBody{Circulation{lists, op.Each(issue.Circulation.Check(), op.Said)}}, err
}

func entryOf(e recipients.Entry) CirculationEntry {
	units := op.Each(e.Recipients, func(r recipients.Recipient) CirculationUnit {
		return CirculationUnit{r.Unit, r.Name, string(r.Channel), append([]string{}, r.Addresses...), r.Paper()}
	})
	var perhaps []CirculationCandidate
	for _, c := range e.Candidates {
		perhaps = append(perhaps, CirculationCandidate(c))
	}
	return CirculationEntry{e.Printed, e.FullName(), units, perhaps}
}

// CopyEntry moves copies from one account to another. Entries are only added.
type CopyEntry struct {
	Seq    int       `json:"seq"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	From   string    `json:"from" doc:"made, stock, file, spoiled, returned, destroyed, unexplained, or unit: and its id"`
	To     string    `json:"to"`
	Count  int       `json:"count"`
	Act    string    `json:"act,omitempty"`
	Reason string    `json:"reason,omitempty"`
}

// CopyBalance is what an account holds.
type CopyBalance struct {
	Account string `json:"account"`
	Count   int    `json:"count" doc:"below zero for made: what it has given"`
}

// CopyLedger is the book of an issue's copies.
type CopyLedger struct {
	op.Page[CopyEntry]
	Balances []CopyBalance `json:"balances" doc:"of the whole book"`
}

type ledgerBody struct{ Body CopyLedger }

func (s *server) copies(ctx context.Context, in *booksInput) (*ledgerBody, error) {
	if _, _, err := s.kit.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	all, err := s.Books.CopyEntries(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	page, err := op.Cut(in.Paging, all, func(e copies.Entry) string { return strconv.Itoa(e.Seq) }, func(e copies.Entry) CopyEntry {
		return CopyEntry{e.Seq, e.At, e.By, e.From.String(), e.To.String(), e.Count, string(e.Act), e.Reason}
	})
	if err != nil {
		return nil, err
	}
	return &ledgerBody{CopyLedger{page.Body, op.Each(copies.New(all).Balances(), func(b copies.Balance) CopyBalance {
		return CopyBalance{b.Account.String(), b.Count}
	})}}, nil
}

// Delivery is one letter to one address.
type Delivery struct {
	ID      uuid.UUID `json:"id" format:"uuid"`
	Unit    uuid.UUID `json:"unit" format:"uuid"`
	Name    string    `json:"name"`
	Address string    `json:"address"`
	State   string    `json:"state" enum:"queued,claimed,data,accepted,deferred,failed,uncertain,bounced,cancelled,held" doc:"accepted: the relay took it; uncertain: it may have gone"`
	Tries   int       `json:"tries"`
	NextAt  time.Time `json:"next_at,omitzero" doc:"not to be tried before"`
	Code    int       `json:"code,omitempty" doc:"of the relay's last answer (RFC 5321)"`
	Words   string    `json:"words,omitempty" doc:"of the relay's last answer"`
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated,omitzero"`
}

// DeliveryBoard is the letters of an issue.
type DeliveryBoard struct {
	op.Page[Delivery]
	Counts map[string]int `json:"counts" doc:"how many letters are in each state, of all pages"`
}

type deliveriesBody struct{ Body DeliveryBoard }

func (s *server) deliveries(ctx context.Context, in *booksInput) (*deliveriesBody, error) {
	if _, _, err := s.kit.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	all, err := s.Letters.Deliveries(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, d := range all {
		counts[string(d.State)]++
	}
	page, err := op.Cut(in.Paging, all, func(d mailer.Delivery) string { return d.ID.String() }, func(d mailer.Delivery) Delivery {
		return Delivery{d.ID, d.Unit, d.Name, d.Address, string(d.State), d.Tries, d.NextAt, d.Code, d.Words, d.Created, d.Updated}
	})
	if err != nil {
		return nil, err
	}
	return &deliveriesBody{DeliveryBoard{page.Body, counts}}, nil
}
