package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/copies"
	"jianbao/workflow"
)

// sentIssue is an issue that went out with numbered copies: one unit has 2.
func sentIssue(t *testing.T, s *Store) (issue workflow.Issue, unit uuid.UUID) {
	t.Helper()
	issue = openedIssue(t, s, plant(t, s))
	_, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
		change, err := send(c)
		change.Issue.Released = now
		plan, _ := c.Issue.Copies.Number(1, nil)
		change.Release.Copies = copies.Opening(plan, now, "甲", fault.ZH, newID)
		return change, err
	})
	must(t, err)
	return issue, issue.Copies.Shares[0].Unit
}

// posting adds what decide returns to the ledger of an issue, under its lock.
func posting(t *testing.T, s *Store, issue uuid.UUID, decide func(*copies.Ledger) ([]copies.Entry, error)) (ledger *copies.Ledger, err error) {
	_, err = s.Change(t.Context(), issue, false, func(c workflow.Case) (workflow.Change, error) {
		change := next(c)
		if ledger = c.Ledger; ledger == nil {
			ledger = copies.New(nil)
		}
		change.Moved, err = decide(ledger)
		if err == nil {
			err = ledger.Post(change.Moved...)
		}
		return change, err
	})
	return ledger, err
}

// handing enters a hand-over of an issue, under its lock.
func handing(t *testing.T, s *Store, issue uuid.UUID, h copies.Handover) (entered copies.Handover, err error) {
	_, err = s.Change(t.Context(), issue, false, func(c workflow.Case) (workflow.Change, error) {
		change := next(c)
		entered, err = copies.HandOver(c.Ledger, c.Handed, h)
		change.HandedOut = &entered
		return change, err
	})
	return entered, err
}

func slipOf(by string) copies.Slip {
	return copies.Slip{At: now, By: by, Reason: "清点", Person: "贾丽", NewID: newID}
}

func TestActsComeBackAsTheyWere(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue, unit := sentIssue(t, s)
		ledger, err := posting(t, s, issue.ID, func(l *copies.Ledger) ([]copies.Entry, error) { return l.Extra(slipOf("收发"), unit, 3) })
		must(t, err)
		back, err := s.CopyEntries(t.Context(), issue.ID)
		must(t, err)
		if !reflect.DeepEqual(back, ledger.Entries()) || ledger.Held(copies.OfUnit(unit)).String() != "000001-000005" {
			t.Errorf("came back as\n%+v\nnot\n%+v", back, ledger.Entries())
		}
		if _, err := posting(t, s, newID(), nil); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no issue: %v", err)
		}
		_, err = posting(t, s, issue.ID, func(l *copies.Ledger) ([]copies.Entry, error) { return l.Return(slipOf("收发"), unit, 9) })
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("more than there are: %v", err)
		}
	})
}

func TestHandoversAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue, unit := sentIssue(t, s)
		h := copies.Handover{ID: newID(), At: now, By: "收发", Unit: unit, Count: 2, Way: copies.Exchanged, To: "12号箱", Note: "雨"}
		entered, err := handing(t, s, issue.ID, h)
		must(t, err)
		back, err := s.Handovers(t.Context(), issue.ID)
		must(t, err)
		if !reflect.DeepEqual(back, []copies.Handover{entered}) || entered.Numbers.String() != "000001-000002" {
			t.Errorf("%+v, %+v", back, entered)
		}
		h.ID = newID()
		if _, err := handing(t, s, issue.ID, h); !fault.Is(err, fault.Invalid) {
			t.Errorf("twice: %v", err)
		}
		for _, statement := range []string{"DELETE FROM copy_handover", "UPDATE copy_handover SET at = 0"} {
			if err := s.db.Exec(statement).Error; err == nil || !strings.Contains(err.Error(), "only grows") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		row := rowOfHandover(issue.ID, h)
		row.Seq = 2
		if err := add(s.db, row); err == nil || !strings.Contains(err.Error(), "copy_handover") {
			t.Errorf("past the program: %v", err)
		}
	})
}

// The database itself takes nothing that would not balance, whoever writes.
func TestTheDatabaseKeepsTheBalance(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue, unit := sentIssue(t, s)
		of := copies.OfUnit(unit).String()
		// made gave 2, which stock gave to the unit: each row breaks one rule.
		row := func(seq int, from, to string, count, left, has int, reason string) copyRow {
			return copyRow{ID: newID(), Issue: issue.ID, Seq: seq, FromAccount: from, ToAccount: to, Count: count, Reason: reason, FromHolds: left, ToHolds: has}
		}
		nobody := "unit:" + newID().String()
		for why, bad := range map[string]copyRow{
			"more than the unit has":             row(3, of, "returned", 3, -1, 3, ""),
			"more than stock has now":            row(3, "stock", "file", 1, -1, 1, ""),
			"of who never had any":               row(3, nobody, "stock", 1, -1, 1, ""),
			"a number that there is":             row(2, of, "returned", 1, 1, 1, ""),
			"a number left out":                  row(4, of, "returned", 1, 1, 1, ""),
			"to itself":                          row(3, of, of, 1, 1, 3, ""),
			"no account":                         row(3, of, "shelf", 1, 1, 1, ""),
			"no unit":                            row(3, of, "unit:x", 1, 1, 1, ""),
			"of no account":                      row(3, "", "stock", 1, -1, 1, ""),
			"without a reason":                   row(3, of, "unexplained", 1, 1, 1, " "),
			"none":                               row(3, of, "returned", 0, 2, 0, ""),
			"less than none":                     row(3, of, "returned", -1, 3, -1, ""),
			"said to leave more than it does":    row(3, of, "returned", 1, 2, 1, ""),
			"said to have been there before":     row(3, of, "returned", 3, 0, 3, ""),
			"said to bring more than it does":    row(3, of, "returned", 1, 1, 2, ""),
			"made, said to have given nothing":   row(3, "made", "stock", 1, -1, 1, ""),
			"into stock, said to have been full": row(3, "made", "stock", 1, -3, 9, ""),
		} {
			if err := add(s.db, bad); err == nil {
				t.Errorf("%s: taken", why)
			}
		}
		must(t, add(s.db, row(3, of, "returned", 2, 0, 2, "")))
		together := []copyRow{ // each is covered, both are not
			row(4, "returned", "destroyed", 2, 0, 2, ""),
			row(5, "returned", "stock", 1, 1, 1, ""),
		}
		if err := add(s.db, together...); err == nil {
			t.Error("two at once took three of two")
		}
		together[1] = row(5, "destroyed", "stock", 1, 1, 1, "")
		must(t, add(s.db, together...))
	})
}

// Clerks who act at once, each on what he just read, leave a ledger that
// balances by the program's count, by the database's, and by one of our own.
func TestClerksAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue, unit := sentIssue(t, s)
		units := []uuid.UUID{unit, newID(), newID()}
		const clerks, acts = 6, 12
		var done, refused int
		var mutex sync.Mutex
		var group sync.WaitGroup
		for clerk := range clerks {
			random := rand.New(rand.NewPCG(7, uint64(clerk)))
			group.Go(func() {
				for range acts {
					_, err := posting(t, s, issue.ID, func(l *copies.Ledger) ([]copies.Entry, error) {
						return anyAct(random, l, units, fmt.Sprint("收发", clerk))
					})
					mutex.Lock()
					switch {
					case err == nil:
						done++
					case fault.Is(err, fault.Invalid):
						refused++
					default:
						t.Error(err, errors.Unwrap(err))
					}
					mutex.Unlock()
				}
			})
		}
		group.Wait()
		if done == 0 || refused == 0 {
			t.Errorf("%d acts done, %d refused: nothing was tried", done, refused)
		}
		counted(t, s, issue.ID)
	})
}

func anyAct(random *rand.Rand, l *copies.Ledger, units []uuid.UUID, by string) ([]copies.Entry, error) {
	s, unit, n := slipOf(by), units[random.IntN(len(units))], 1+random.IntN(3)
	stock := copies.Account{Kind: copies.Stock}
	held := l.Held(copies.OfUnit(unit)).Lowest(n)
	s.Numbers = held
	switch random.IntN(6) {
	case 0:
		s.Numbers = nil
		return l.Extra(s, unit, n)
	case 1:
		return l.Return(s, unit, n)
	case 2:
		s.Numbers = l.Held(copies.Account{Kind: copies.Returned}).Lowest(n)
		return l.Destroy(s, copies.Account{Kind: copies.Returned}, n)
	case 3:
		s.Numbers = l.Held(stock).Lowest(n)
		return l.Spoil(s, stock, n)
	case 4:
		s.Numbers = nil
		return l.Reprint(s, n)
	}
	return l.Lose(s, copies.OfUnit(unit), n)
}

// counted compares three counts of a ledger.
func counted(t *testing.T, s *Store, issue uuid.UUID) {
	t.Helper()
	entries, err := s.CopyEntries(t.Context(), issue)
	must(t, err)
	ledger := copies.New(entries)
	must(t, ledger.Verify())
	var held []struct {
		Account string
		Held    int
	}
	must(t, s.db.Raw("SELECT account, held FROM copy_balance WHERE issue = ?", issue).Scan(&held).Error)
	own, sum := map[string]int{}, 0
	for _, e := range entries {
		own[e.From.String()] -= e.Count
		own[e.To.String()] += e.Count
	}
	for _, h := range held {
		account, err := copies.ParseAccount(h.Account)
		must(t, err)
		sum += h.Held
		if h.Held != own[h.Account] || h.Held != ledger.Balance(account) {
			t.Errorf("%s: the database counts %d, we %d, the ledger %d", h.Account, h.Held, own[h.Account], ledger.Balance(account))
		}
	}
	lines, err := rows[copyRow](s.db.Where("issue = ?", issue).Order("seq"))
	must(t, err)
	clear(own)
	for _, l := range lines {
		own[l.FromAccount] -= l.Count
		own[l.ToAccount] += l.Count
		if l.FromHolds != own[l.FromAccount] || l.ToHolds != own[l.ToAccount] {
			t.Errorf("entry %d says %d and %d, and the accounts hold %d and %d", l.Seq, l.FromHolds, l.ToHolds, own[l.FromAccount], own[l.ToAccount])
		}
	}
	if sum != 0 || len(held) != len(own) {
		t.Errorf("the accounts sum to %d; %d of %d", sum, len(held), len(own))
	}
}
