package hooks

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A State is where a message stands.
type State string

// The states of a message.
const (
	Waiting   State = "waiting"   // to be sent at NextAt
	Sending   State = "sending"   // a process has it until its lease runs out
	Delivered State = "delivered" // answered with 2xx
	Failed    State = "failed"    // given up
)

// A Message is one thing that one target is told. Its ID is webhook-id.
type Message struct {
	ID     uuid.UUID
	Target uuid.UUID
	Kind   Kind
	At     time.Time // when it happened
	Fact   Fact
	State  State
	NextAt time.Time // when it is sent next
	Tries  int
	// Status and Why are of the last try: what was answered, 0 for nothing, and
	// what went wrong.
	Status int
	Why    fault.Reason
	Ended  time.Time // when it was delivered or given up
}

// A Fact is what happened to an issue, without a word of what the issue says.
type Fact struct {
	Series   uuid.UUID `json:"series"`
	Masthead string    `json:"masthead"`
	Issue    uuid.UUID `json:"issue,omitzero"`
	// Number is the number of the issue, absent before it has one.
	Number *Number `json:"number,omitempty"`
	State  string  `json:"state,omitempty"`
	Act    string  `json:"act,omitempty"`
	// Event counts what happened to the issue, from 1.
	Event int `json:"event,omitempty"`
	// Link is where a person reads more; absent where the program does not know
	// the address of its pages.
	Link string `json:"link,omitempty"`
}

// A Number is that of an issue: of a kind (正刊, 增刊, 专刊) in a year.
type Number struct {
	Kind  string `json:"kind"`
	Year  int    `json:"year"`
	No    int    `json:"no"`
	Total int    `json:"total,omitempty"` // 总期号
}

// Body returns what is posted: the same bytes at every try, from the same site.
func (m Message) Body(site string) ([]byte, error) {
	f := m.Fact
	if site != "" && f.Issue != uuid.Nil {
		f.Link = site + "/issues/" + f.Issue.String()
	}
	body, err := json.Marshal(struct {
		Type      Kind      `json:"type"`
		Timestamp time.Time `json:"timestamp"`
		Data      Fact      `json:"data"`
	}{m.Kind, m.At.UTC(), f})
	if err != nil {
		return nil, fmt.Errorf("hooks: message %s: %w", m.ID, err)
	}
	return body, nil
}

// GiveUpAfter is how long after it happened a message is still sent.
const GiveUpAfter = 24 * time.Hour

// waits are between the tries; the last one is repeated.
var waits = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour}

// Backoff returns how long to wait after a try failed, given how many there have
// been, and up to a fifth more: jitter, from 0 to 1, is how much of that.
func Backoff(tries int, jitter float64) time.Duration {
	wait := waits[min(max(tries-1, 0), len(waits)-1)]
	return wait + time.Duration(min(max(jitter, 0), 1)*float64(wait)/5)
}

// Health is how a target has answered lately.
type Health struct {
	// Misses is how many tries in a row failed.
	Misses int
	// Until is when it is tried again after too many; zero is at once.
	Until time.Time
}

const (
	// TooMany is how many misses in a row make a target be left alone.
	TooMany       = 3
	shortestPause = time.Minute
	longestPause  = time.Hour
)

// Ailing reports whether the target is tried with one message at a time.
func (h Health) Ailing() bool { return h.Misses >= TooMany }

// After returns the health after a try.
func (h Health) After(well bool, now time.Time) Health {
	if well {
		return Health{}
	}
	h.Misses++
	if h.Ailing() {
		h.Until = now.Add(min(shortestPause<<min(h.Misses-TooMany, 10), longestPause))
	}
	return h
}

// An Outcome is what came of a try.
type Outcome struct {
	Status int // 0: no answer
	Why    fault.Reason
	// RetryAfter is how long the receiver asked to be left alone.
	RetryAfter time.Duration
	At         time.Time
}

// Well reports whether the message arrived.
func (o Outcome) Well() bool { return o.Status >= 200 && o.Status < 300 }

// Gone reports whether the receiver wants no more (410).
func (o Outcome) Gone() bool { return o.Status == 410 }

var tooLate = fault.Say("hooks.too-late", "一天内没有送达，不再推送；最后一次：%s", "given up after a day; the last try: %s")

// Judge returns a message after a try. The lease is the store's to end.
func (m Message) Judge(o Outcome, jitter float64) Message {
	m.Tries++
	m.Status, m.Why = o.Status, o.Why
	if o.Well() {
		m.State, m.Ended, m.Why = Delivered, o.At, fault.Reason{}
		return m
	}
	m.State, m.NextAt = Waiting, o.At.Add(max(Backoff(m.Tries, jitter), min(o.RetryAfter, longestPause)))
	if m.NextAt.After(m.At.Add(GiveUpAfter)) {
		m.State, m.Ended, m.Why = Failed, o.At, tooLate.With(o.Why)
	}
	return m
}

var neverSent = fault.Say("hooks.never-sent", "对方暂停或一直不应答，没有再试", "it was paused or did not answer, and was not tried again")

// Expire returns a message that became too old while it waited.
func (m Message) Expire(now time.Time) Message {
	why := m.Why
	if why.Key == "" {
		why = neverSent.With()
	}
	m.State, m.Ended, m.Why = Failed, now, tooLate.With(why)
	return m
}
