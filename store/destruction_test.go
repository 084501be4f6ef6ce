package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/filing"
	"jianbao/workflow/history"
	"jianbao/workflow/remarks"
	"jianbao/workflow/retention"
)

// expired is when the ten years of 2021 are over.
var expired = time.Date(2032, 1, 5, 2, 0, 0, 0, time.UTC)

// proposes puts the issue on a list.
func (a *filingOffice) proposes() filing.Destruction {
	a.t.Helper()
	list, err := a.filing.Propose(a.t.Context(), a.clerk, a.series.ID, []uuid.UUID{a.issue.ID}, "期满无保存价值")
	must(a.t, err)
	return list
}

func (a *filingOffice) acts(actor workflow.Actor, list filing.Destruction, order filing.ListOrder) (filing.Destruction, error) {
	order.Version = list.Version
	return a.filing.Act(a.t.Context(), actor, list, order)
}

// destroys takes the issue all the way.
func (a *filingOffice) destroys() filing.Destruction {
	a.t.Helper()
	list, err := a.acts(a.chief, a.proposes(), filing.ListOrder{Act: filing.Approve, Reason: "同意"})
	must(a.t, err)
	list, err = a.acts(a.clerk, list, filing.ListOrder{Act: filing.Carry, Witness: "老王"})
	must(a.t, err)
	return list
}

// Of an issue that is destroyed no word of its content is anywhere in the
// database, and with SQLite in no byte of its files; what is record stays.
func TestNothingOfADestroyedIssueIsLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, ctx := newArchive(t, s), t.Context()
		item := a.filed()
		if where := found(t, s, secret); len(where) < 8 {
			t.Fatalf("before, it is in %v only", where)
		}
		a.now = expired
		list := a.destroys()
		where := slices.DeleteFunc(found(t, s, secret), func(at string) bool {
			// The title of the item is record: it says what was destroyed.
			return at == "filing_item.body" || at == "destruction.body" || strings.HasSuffix(at, ".db")
		})
		if len(where) > 0 {
			t.Errorf("it is left in %v", where)
		}
		if err := s.db.Exec("SELECT 1").Error; err != nil || !s.postgres && inPages(t, s, "回复 "+secret) {
			t.Errorf("the file of the database has it still: %v", err)
		}
		issue, err := s.Issue(ctx, a.issue.ID)
		must(t, err)
		if issue.State != workflow.Destroyed || issue.Number != a.issue.Number || len(issue.Decisions) != len(a.issue.Decisions) {
			t.Errorf("%+v", issue)
		}
		register, err := s.Register(ctx, a.series.ID)
		must(t, err)
		if len(register) != 1 || register[0].Issue != issue.ID || register[0].Void != "" {
			t.Errorf("the register says %+v", register)
		}
		events, err := s.Events(ctx, issue.ID)
		must(t, err)
		must(t, workflow.VerifyChain(events, issue.Events, issue.Head))
		last := events[len(events)-1]
		if last.Act != workflow.Destroy || last.Digest != a.issue.Digest() || !strings.Contains(last.Facts[0].In(fault.ZH), "juzhang批准") {
			t.Errorf("history says %+v", last)
		}
		left, lines, err := s.Remark(ctx, a.remark.ID)
		must(t, err)
		if left.Leader != "张三" || left.Text != "" || remarks.Verify(left, lines) != nil {
			t.Errorf("the remark is %+v", left)
		}
		kept, err := s.FiledItems(ctx, a.series.ID)
		must(t, err)
		if len(kept) != 1 || kept[0].Item != item || kept[0].State != workflow.Destroyed || kept[0].List != "" {
			t.Errorf("the filing list says %+v", kept)
		}
		lists, err := s.Destructions(ctx, a.series.ID)
		must(t, err)
		if len(lists) != 1 || lists[0].State != filing.Carried || lists[0].No != 1 || lists[0].Witness != "老王" || lists[0].ID != list.ID {
			t.Errorf("the destruction register says %+v", lists)
		}
		for _, sql := range []string{"UPDATE destruction SET state = 'proposed'", "DELETE FROM destruction", "UPDATE filing_item SET no = 9"} {
			if s.db.Exec(sql).Error == nil {
				t.Errorf("this can be done: %s", sql)
			}
		}
	})
}

// inPages reports whether the file of a SQLite database holds a word.
func inPages(t *testing.T, s *Store, word string) bool {
	t.Helper()
	var path string
	must(t, s.db.Raw("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path).Error)
	raw, err := os.ReadFile(path)
	must(t, err)
	return strings.Contains(string(raw), word)
}

func TestNobodyDestroysAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, ctx := newArchive(t, s), t.Context()
		a.filed()
		a.now = expired.AddDate(-1, 0, 0)
		_, err := a.filing.Propose(ctx, a.clerk, a.series.ID, []uuid.UUID{a.issue.ID}, "早")
		if !fault.Is(err, fault.Blocked) {
			t.Errorf("before its time: %v", err)
		}
		a.now = expired
		both := a.clerk
		both.Person.Grants = append(both.Person.Grants, accounts.Grant{Role: accounts.Reviewer}, accounts.Grant{Role: accounts.Admin})
		list, err := a.filing.Propose(ctx, both, a.series.ID, []uuid.UUID{a.issue.ID}, "期满")
		must(t, err)
		for _, order := range []filing.ListOrder{{Act: filing.Approve}, {Act: filing.Refuse, Reason: "x"}} {
			if _, err := a.acts(both, list, order); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s alone: %v", order.Act, err)
			}
		}
		if _, err := a.acts(both, list, filing.ListOrder{Act: filing.Carry, Witness: "老王"}); !fault.Is(err, fault.Blocked) {
			t.Errorf("destroyed alone: %v", err)
		}
		if _, err := a.filing.Propose(ctx, a.clerk, a.series.ID, []uuid.UUID{a.issue.ID}, "再提"); !fault.Is(err, fault.Blocked) {
			t.Errorf("on two lists: %v", err)
		}
		if _, err := a.filing.Propose(ctx, a.clerk, a.series.ID, []uuid.UUID{newID()}, "没有的"); !fault.Is(err, fault.NotFound) {
			t.Errorf("what is not filed: %v", err)
		}
		if _, err := a.desk.Act(ctx, both, a.issue.ID, workflow.Order{Act: workflow.Destroy, Version: a.issue.Version, Warrant: &workflow.Warrant{List: "x", Approved: "y"}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("past the list: %v", err)
		}
		must(t, a.filing.Hold(ctx, a.chief, a.issue.ID, filing.HoldOrder{Reason: "在诉讼中"}))
		if _, err := a.acts(a.chief, list, filing.ListOrder{Act: filing.Approve}); !fault.Is(err, fault.Blocked) {
			t.Errorf("what is held is approved: %v", err)
		}
		must(t, a.filing.Hold(ctx, a.chief, a.issue.ID, filing.HoldOrder{Lift: true, Reason: "已结案"}))
		approved, err := a.acts(a.chief, list, filing.ListOrder{Act: filing.Approve})
		must(t, err)
		if _, err := a.acts(a.chief, list, filing.ListOrder{Act: filing.Refuse, Reason: "x"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("as it was before: %v", err)
		}
		must(t, a.filing.Hold(ctx, a.clerk, a.issue.ID, filing.HoldOrder{Reason: "又有人查", Until: 2033}))
		if _, err := a.acts(a.clerk, approved, filing.ListOrder{Act: filing.Carry, Witness: "老王"}); !fault.Is(err, fault.Blocked) {
			t.Errorf("what is held is destroyed: %v", err)
		}
		if issue, err := s.Issue(ctx, a.issue.ID); err != nil || issue.State != workflow.Archived || issue.Text == "" {
			t.Errorf("something was destroyed: %s %v", issue.State, err)
		}
		if kept, err := s.FiledItems(ctx, a.series.ID); err != nil || len(kept[0].Holds) != 2 || kept[0].List != "2032年第1号" {
			t.Errorf("%+v %v", kept, err)
		}
	})
}

// A file that something else has stays.
func TestAFileThatAnotherIssueHasStays(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, ctx := newArchive(t, s), t.Context()
		a.filed()
		other, err := a.desk.Open(ctx, a.editor, a.series.ID, draftText)
		must(t, err)
		_, err = a.desk.Attach(ctx, a.editor, other.ID, other.Version, "同一份.pdf", "application/pdf", []byte("%PDF-附"+secret))
		must(t, err)
		a.now = expired
		a.destroys()
		if _, err := s.File(ctx, a.issue.Attachments[0].SHA256); err != nil {
			t.Errorf("the file of another issue is gone: %v", err)
		}
		if _, err := s.File(ctx, a.remark.Scan.SHA256); !fault.Is(err, fault.NotFound) {
			t.Errorf("the scan is there: %v", err)
		}
	})
}

// The history verifies after a destruction, and still finds what is altered.
func TestTheHistoryHoldsAfterADestruction(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a := newArchive(t, s)
		notary := history.Notary{Books: s, KeyFile: filepath.Join(t.TempDir(), "k"), File: filepath.Join(t.TempDir(), "r"), Now: func() time.Time { return a.now }}
		check := func(want int, what string) {
			t.Helper()
			r, err := notary.Check(t.Context())
			must(t, err)
			if len(r.Findings) != want {
				t.Errorf("%s: %+v", what, r.Findings)
			}
		}
		_, _, err := notary.Root(t.Context())
		must(t, err)
		a.filed()
		a.now = expired
		_, _, err = notary.Root(t.Context())
		must(t, err)
		a.destroys()
		check(0, "before the next root")
		a.now = a.now.AddDate(0, 0, 1)
		_, _, err = notary.Root(t.Context())
		must(t, err)
		check(0, "after it")
		drop := "DROP TRIGGER event_no_update"
		if s.postgres {
			drop = "DROP TRIGGER event_only_grows ON event"
		}
		must(t, s.db.Exec(drop).Error)
		must(t, s.db.Exec("UPDATE event SET line = replace(line, 'juzhang', 'shoufa') WHERE act = 'destroy'").Error)
		check(1, "another signature")
	})
}

// Filing lists, rules, holds and destruction lists go with a backup into either
// database, and only grow there as well.
func TestFilingIsInBackups(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a := newArchive(t, s)
		must(t, a.filing.SetRule(t.Context(), a.chief, a.series.ID, 0, retention.Rule{Fonds: "Z109"}, "按省局规定"))
		a.filed()
		must(t, a.filing.Hold(t.Context(), a.chief, a.issue.ID, filing.HoldOrder{Reason: "在诉讼中"}))
		must(t, a.filing.Hold(t.Context(), a.chief, a.issue.ID, filing.HoldOrder{Lift: true, Reason: "已结案"}))
		a.now = expired
		a.destroys()
		want, file := linesOf(t, s), backedUp(t, s)
		for _, address := range []string{filepath.Join(t.TempDir(), "restored.db"), emptyPostgres(t)} {
			_, err := Restore(t.Context(), address, restoring(file))
			must(t, err)
			back := opened(t, address)
			got := linesOf(t, back)
			for _, table := range []string{"filing_rule", "filing_item", "filing_hold", "destruction", "issue", "event", "dispatch"} {
				if len(got[table]) == 0 || !slices.Equal(got[table], want[table]) {
					t.Errorf("%s came back as %v", table, got[table])
				}
			}
			if back.db.Exec("DELETE FROM destruction").Error == nil {
				t.Error("the register can be emptied")
			}
		}
	})
}
