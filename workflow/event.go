package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// An Event is one line of an issue's history. Events are only added; each is
// hashed with the one before it, so that an edit, a deletion or a reordering
// shows.
type Event struct {
	ID     uuid.UUID `json:"id"`
	Issue  uuid.UUID `json:"issue"`
	Seq    int       `json:"seq"` // 1-based within the issue
	At     time.Time `json:"at"`  // UTC, to the microsecond
	By     uuid.UUID `json:"by"`  // uuid.Nil for a robot
	Name   string    `json:"name"`
	Robot  bool      `json:"robot,omitempty"`
	Act    Act       `json:"act"`
	From   State     `json:"from,omitempty"`
	To     State     `json:"to"`
	Note   string    `json:"note,omitempty"`
	Digest Digest    `json:"digest,omitempty"`
	// Step is the step at which it happened, and Reached when the issue had
	// come there, on the way to its approval; otherwise they are zero. How long
	// things lie, and with whom, is told from them.
	Step    StepKind  `json:"step,omitempty"`
	Reached time.Time `json:"reached,omitzero"`
	// Facts are particulars worth keeping, as sentences.
	Facts []fault.Reason `json:"facts,omitempty"`
	Prev  string         `json:"prev,omitempty"`
	Hash  string         `json:"-"`
}

// sum returns the hash of the event, which covers the hash of the one before.
func (e Event) sum() string {
	raw, err := json.Marshal(e)
	if err != nil {
		panic("workflow: an event cannot be hashed: " + err.Error()) // plain data always marshals
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

var brokenChain = fault.Say("workflow.broken-chain", "第%d条历史记录被改动过", "line %d of the history was tampered with")

// VerifyChain checks an issue's whole history against the length and the last
// hash that the issue itself keeps. It fails with fault.Internal and the number
// of the first line that does not fit.
func VerifyChain(events []Event, count int, head string) error {
	prev := ""
	for n, e := range events {
		if e.Seq != n+1 || e.Prev != prev || e.sum() != e.Hash {
			return fault.New(fault.Internal, brokenChain.With(n+1))
		}
		prev = e.Hash
	}
	if len(events) != count || prev != head {
		return fault.New(fault.Internal, brokenChain.With(len(events)+1))
	}
	return nil
}

// record appends an event to the issue of a change.
func record(c Case, id uuid.UUID, next *Change, from State, facts []fault.Reason) {
	e := Event{
		ID: id, Issue: next.Issue.ID, Seq: next.Issue.Events + 1,
		At: moment(c.Now), By: c.Actor.Person.ID, Name: c.Actor.Name(), Robot: c.Actor.Robot != "",
		Act: c.Order.Act, From: from, To: next.Issue.State, Note: c.Order.Note,
		Digest: next.Issue.Digest(), Facts: facts, Prev: next.Issue.Head,
	}
	if e.Act == Destroy {
		e.Digest = c.Issue.Digest() // of what is gone
	}
	if from == Draft || from == Review {
		e.Step, e.Reached = c.Issue.Current().Kind, moment(c.Issue.Reached)
	}
	e.Hash = e.sum()
	next.Event = e
	next.Issue.Events, next.Issue.Head = e.Seq, e.Hash
}

// moment is a time as both databases keep it: UTC, whole microseconds.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
