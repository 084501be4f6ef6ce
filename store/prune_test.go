package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"jianbao/workflow"
	"jianbao/workflow/housekeeping"
)

// pruned returns how many rows of a sort went that are older than now.
func pruned(t *testing.T, s *Store, sort housekeeping.Sort) int {
	t.Helper()
	return must1(s.Prune(t.Context(), sort, now, 100))(t)
}

func TestOldNoticesGoUnlessSomebodyNeedsThem(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		person := employed(t, s, "clerk")
		under := inReview(series)
		must(t, s.Open(t.Context(), under)) // puts it on the watch
		old, done := now.Add(-time.Hour), now.Add(-time.Minute)
		notices := map[string]workflow.Notice{
			"read":              {At: old, Read: done},
			"settled":           {At: old, Settled: done, SendAt: old, Dispatch: newID()},
			"unread":            {At: old},
			"mailed and unread": {At: old, SendAt: old, Dispatch: newID()},
			"to be mailed":      {At: old, SendAt: now.Add(time.Hour)},
			"young":             {At: now, Read: now},
			"of one under way":  {At: old, Read: done, Issue: under.Issue.ID},
		}
		var all []workflow.Notice
		for key, n := range notices {
			n.ID, n.Person, n.Series, n.Kind, n.Key, n.Says = newID(), person.ID, series.ID, workflow.Returned, key, saying.With("b")
			all = append(all, n)
		}
		must(t, s.db.Transaction(func(tx *gorm.DB) error { _, err := notify(tx, all); return err }))
		if n := pruned(t, s, housekeeping.Notices); n != 2 {
			t.Errorf("%d notices went, not 2", n)
		}
		var left []string
		must(t, s.db.Model(&noticeRow{}).Order("key").Pluck("key", &left).Error)
		if got := strings.Join(left, ", "); got != "mailed and unread, of one under way, to be mailed, unread, young" {
			t.Errorf("left: %s", got)
		}
	})
}

func TestTheLastFireOfEveryScheduleStays(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		fire := func(schedule string, hours int) fireRow {
			at := now.Add(time.Duration(hours) * time.Hour)
			return fireRow{Series: series.ID, Schedule: schedule, Local: at.Format("2006-01-02T15:04"), At: momentOf(at), Outcome: "opened"}
		}
		must(t, add(s.db, fire("open", -9), fire("open", -8), fire("open", 1), fire("missing", -9), fire("missing", -8), fire("late", -9)))
		before := must1(s.Cursors(t.Context()))(t)
		if n := pruned(t, s, housekeeping.Fires); n != 3 {
			t.Errorf("%d fires went, not 3", n)
		}
		after := must1(s.Cursors(t.Context()))(t)
		if got, want := fmt.Sprint(after[0].Last), fmt.Sprint(before[0].Last); got != want || len(after[0].Last) != 3 {
			t.Errorf("the scheduler goes on from %s, not from %s", got, want)
		}
		if left := must1(s.Fires(t.Context(), series.ID))(t); len(left) != 3 {
			t.Errorf("left: %+v", left)
		}
	})
}

func TestWhatCouldStillBeUsedStays(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		issue, person := openedIssue(t, s, series), employed(t, s, "clerk")
		ticket := func(hash string, expires, used time.Time) ticketRow {
			return ticketRow{ID: newID(), Hash: hash, Person: person.ID, Issue: issue.ID, Made: 1, Expires: momentOf(expires), Used: momentOf(used)}
		}
		past, future := now.Add(-time.Second), now.Add(time.Second)
		must(t, add(s.db, ticket("unused", future, time.Time{}), ticket("used", future, past), ticket("expired", past, time.Time{}), ticket("expired and used", past, past)))
		token := tokenFor(t, s)
		must(t, s.AddToken(t.Context(), token))
		must(t, add(s.db, answerRow{Token: token.ID, Key: "old", Begun: momentOf(past)}, answerRow{Token: token.ID, Key: "new", Begun: momentOf(future)}))
		must(t, add(s.db, sessionRow{Token: "over", Data: []byte{}, Expiry: momentOf(past)}, sessionRow{Token: "on", Data: []byte{}, Expiry: momentOf(future)}))
		for sort, want := range map[housekeeping.Sort]int{housekeeping.Tickets: 2, housekeeping.Answers: 1, housekeeping.Sessions: 1} {
			if n := pruned(t, s, sort); n != want {
				t.Errorf("%d %s went, not %d", n, sort, want)
			}
		}
		var left []string
		must(t, s.db.Raw("SELECT hash FROM ticket UNION SELECT key FROM answer UNION SELECT token FROM session ORDER BY 1").Scan(&left).Error)
		if got := strings.Join(left, ", "); got != "new, on, unused, used" {
			t.Errorf("left: %s", got)
		}
	})
}

// A batch takes no more than it may, and the oldest first; of an issue's history
// nothing goes, whatever is asked.
func TestPruningIsBoundedAndTouchesNoHistory(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		for n := range 5 {
			must(t, add(s.db, sessionRow{Token: fmt.Sprint(n), Data: []byte{}, Expiry: momentOf(now.Add(time.Duration(n-9) * time.Hour))}))
		}
		if n := must1(s.Prune(t.Context(), housekeeping.Sessions, now, 2))(t); n != 2 {
			t.Errorf("%d went, not 2", n)
		}
		var left []string
		must(t, s.db.Model(&sessionRow{}).Order("token").Pluck("token", &left).Error)
		if fmt.Sprint(left) != "[2 3 4]" {
			t.Errorf("left: %v", left)
		}
		far := now.AddDate(100, 0, 0)
		for _, sort := range housekeeping.Sorts() {
			if _, err := s.Prune(t.Context(), sort, far, 100); err != nil {
				t.Errorf("%s: %v", sort, err)
			}
		}
		if events := must1(s.Events(t.Context(), issue.ID))(t); len(events) != 1 || len(must1(s.Texts(t.Context(), issue.ID))(t)) != 1 {
			t.Errorf("of the history is left %+v", events)
		}
	})
}

// What is old is found by an index, however much there is that is young.
func TestWhatIsOldIsFoundByAnIndex(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		for sort, index := range map[housekeeping.Sort]string{
			housekeeping.Notices: "notice_done", housekeeping.Fires: "fire_at", housekeeping.Tickets: "ticket_expires",
			housekeeping.Answers: "answer_begun", housekeeping.Sessions: "session_expiry",
		} {
			statement := strings.NewReplacer("@before", "1", "@limit", "5").Replace(prunings[sort])
			if plan := planOf(t, s, statement); !strings.Contains(plan, index) {
				t.Errorf("%s: the index is not used:\n%s", sort, plan)
			}
		}
	})
}

// planOf returns what the database says it would do, PostgreSQL as if its
// tables were large.
func planOf(t *testing.T, s *Store, statement string, args ...any) (plan string) {
	t.Helper()
	explain := "EXPLAIN QUERY PLAN "
	if s.postgres {
		explain = "EXPLAIN "
	}
	must(t, s.db.Transaction(func(tx *gorm.DB) error {
		if s.postgres { // which reads small tables whole if it may
			must(t, tx.Exec("SET LOCAL enable_seqscan = off").Error)
		}
		found, err := tx.Raw(explain+statement, args...).Rows()
		must(t, err)
		defer found.Close()
		for found.Next() {
			columns := must1(found.Columns())(t)
			cells := make([]any, len(columns))
			for n := range cells {
				cells[n] = new(any)
			}
			must(t, found.Scan(cells...))
			if line, ok := (*cells[len(cells)-1].(*any)).(string); ok {
				plan += line + "\n"
			}
		}
		return found.Err()
	}))
	return plan
}
