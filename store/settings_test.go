package store

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

// SaveSeries writes a series alone, as tests of what else is there want it:
// without a line in the history.
func (s *Store) SaveSeries(ctx context.Context, series workflow.Series) error {
	return s.write(ctx, func(tx *gorm.DB) error { return s.saveSeries(tx, series) })
}

// SaveTimetable writes a timetable alone, as tests of the scheduler want it.
func (s *Store) SaveTimetable(ctx context.Context, t workflow.Timetable) error {
	return s.write(ctx, func(tx *gorm.DB) error { return saveTimetable(tx, t) })
}

var boss = workflow.Named{ID: uuid.MustParse("00000000-0000-0000-0000-0000000000b0"), Name: "管理员"}

// newSettings are those of a series that is not there yet.
func newSettings() setup.Settings {
	return setup.Settings{
		Series: workflow.Series{
			ID: newID(), Masthead: "简报" + newID().String(), Organ: "科技局", Zone: "Asia/Shanghai", Route: workflow.DefaultRoute(), Template: 1, Created: now, Version: 1,
		},
		Timetable: workflow.Timetable{Ladder: []workflow.Rung{}, Ahead: time.Hour},
	}
}

func changesOf(t *testing.T, s *Store, series uuid.UUID) (lines []string) {
	t.Helper()
	all, err := s.SettingsHistory(t.Context(), series)
	must(t, err)
	for _, c := range all {
		for _, r := range c.What {
			lines = append(lines, c.At.Format(time.RFC3339)+" "+c.ByName+" "+r.In(fault.ZH))
		}
	}
	return lines
}

func TestSettingsComeBackAndTheirHistoryGrows(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		all := newSettings()
		must(t, s.AddSettings(t.Context(), all, boss, now))
		got, err := s.Settings(t.Context(), all.Series.ID)
		must(t, err)
		all.Timetable.Series, all.Timetable.Version = all.Series.ID, 1
		if !reflect.DeepEqual(got.Series, all.Series) || !reflect.DeepEqual(got.Timetable, all.Timetable) {
			t.Errorf("came back as\n%+v\nnot\n%+v", got, all)
		}
		differ, err := s.ChangeSettings(t.Context(), all.Series.ID, boss, now.Add(time.Hour), func(next setup.Settings) (setup.Settings, error) {
			next.Series.Place, next.Timetable.Ladder, next.Series.Layout = "包头", nil, setup.LayoutNamed("同行式")
			return next, nil
		})
		must(t, err)
		changed, err := s.Settings(t.Context(), all.Series.ID)
		must(t, err)
		if len(differ) != 3 || changed.Series.Place != "包头" || changed.Timetable.Ladder != nil || changed.Series.Version != 2 || changed.Series.Template != 2 {
			t.Errorf("%d differences; it is\n%+v", len(differ), changed)
		}
		hour := now.Add(time.Hour).Format(time.RFC3339) + " 管理员 "
		want := []string{
			hour + "所在地：由“无”改为“包头”", hour + "版式：由“内置”改为“同行式”",
			hour + "催办：由“无”改为“期限前4个工作小时、到期时、逾期8个工作小时（并按逾期办法办）、逾期24个工作小时（并按逾期办法办）”",
			now.Format(time.RFC3339) + " 管理员 新建刊物：" + all.Series.Masthead,
		}
		if lines := changesOf(t, s, all.Series.ID); !reflect.DeepEqual(lines, want) {
			t.Errorf("the history is\n%s\nnot\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
		}
		for _, statement := range []string{"DELETE FROM series_change", "UPDATE series_change SET by_name = 'x'"} {
			if err := s.db.Exec(statement).Error; err == nil || !strings.Contains(err.Error(), "only grows") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

func TestSettingsThatAreNotWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		all, other := newSettings(), newSettings()
		must(t, s.AddSettings(t.Context(), all, boss, now))
		must(t, s.AddSettings(t.Context(), other, boss, now))
		refused := fault.New(fault.Forbidden, changedSince.With())
		for name, c := range map[string]struct {
			series uuid.UUID
			change func(*setup.Settings) error
			want   fault.Code
		}{
			"nothing":      {all.Series.ID, func(*setup.Settings) error { return nil }, ""},
			"no series":    {newID(), func(*setup.Settings) error { return nil }, fault.NotFound},
			"decide's":     {all.Series.ID, func(*setup.Settings) error { return refused }, fault.Forbidden},
			"not valid":    {all.Series.ID, func(n *setup.Settings) error { n.Series.Organ = ""; return nil }, fault.Invalid},
			"taken":        {all.Series.ID, func(n *setup.Settings) error { n.Series.Masthead = other.Series.Masthead; return nil }, fault.Conflict},
			"a bad ladder": {all.Series.ID, func(n *setup.Settings) error { n.Timetable.Ladder = make([]workflow.Rung, 99); return nil }, fault.Invalid},
		} {
			_, err := s.ChangeSettings(t.Context(), c.series, boss, now, func(next setup.Settings) (setup.Settings, error) {
				err := c.change(&next)
				return next, err
			})
			if fault.CodeOf(err) != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		if lines := changesOf(t, s, all.Series.ID); len(lines) != 1 {
			t.Errorf("the history is %v", lines)
		}
		if err := s.AddSettings(t.Context(), all, boss, now); !fault.Is(err, fault.Conflict) {
			t.Errorf("made a second time: %v", err)
		}
		all.Series.Organ = ""
		if err := s.AddSettings(t.Context(), all, boss, now); !fault.Is(err, fault.Invalid) {
			t.Errorf("without an organ: %v", err)
		}
	})
}

func TestHeadsOfUnitsAreSetWithTheSeries(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		finance, bureau := plantUnit(t, s, "财政局"), plantUnit(t, s, "统计局")
		one := accounts.Person{ID: newID(), Login: "one", Name: "甲", Active: true, Heads: []uuid.UUID{bureau.ID}}
		two := accounts.Person{ID: newID(), Login: "two", Name: "乙", Active: true}
		must(t, s.SavePerson(t.Context(), one))
		must(t, s.SavePerson(t.Context(), two))
		all := newSettings()
		must(t, s.AddSettings(t.Context(), all, boss, now))
		named := func(p accounts.Person) workflow.Named { return workflow.Named{ID: p.ID, Name: p.Name} }
		of := func(u recipients.Unit, people ...workflow.Named) setup.Head {
			return setup.Head{Unit: workflow.Named{ID: u.ID, Name: u.Name}, People: people}
		}
		set := func(heads ...setup.Head) []string {
			t.Helper()
			_, err := s.ChangeSettings(t.Context(), all.Series.ID, boss, now, func(next setup.Settings) (setup.Settings, error) {
				next.Heads = heads
				return next, nil
			})
			must(t, err)
			got, err := s.Settings(t.Context(), all.Series.ID)
			must(t, err)
			if !reflect.DeepEqual(got.Heads, heads) {
				t.Errorf("the heads are\n%+v\nnot\n%+v", got.Heads, heads)
			}
			return changesOf(t, s, all.Series.ID)
		}
		set(of(bureau, named(one)), of(finance, named(one), named(two)))
		lines := set(of(finance, named(two)))
		if len(lines) != 4 || !strings.HasSuffix(lines[1], "财政局的负责人：由“甲、乙”改为“乙”") {
			t.Errorf("the history is\n%s", strings.Join(lines, "\n"))
		}
		if p, err := s.PersonByID(t.Context(), one.ID); err != nil || len(p.Heads) != 0 {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

// Changes at once are made one after the other, and each is in the history.
func TestChangesAtOnceAreAllRecorded(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		all := newSettings()
		must(t, s.AddSettings(t.Context(), all, boss, now))
		var group sync.WaitGroup
		for range 8 {
			group.Add(1)
			go func() {
				defer group.Done()
				_, err := s.ChangeSettings(t.Context(), all.Series.ID, boss, now, func(next setup.Settings) (setup.Settings, error) {
					next.Series.FileCopies++
					return next, nil
				})
				if err != nil {
					t.Error(err)
				}
			}()
		}
		group.Wait()
		got, err := s.Settings(t.Context(), all.Series.ID)
		must(t, err)
		if lines := changesOf(t, s, all.Series.ID); got.Series.FileCopies != 8 || len(lines) != 9 {
			t.Errorf("%d copies, and\n%s", got.Series.FileCopies, strings.Join(lines, "\n"))
		}
	})
}

// An issue on its way keeps its route when that of the series changes; the next
// one takes the new.
func TestARunningIssueKeepsItsRouteWhenTheSettingsChange(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		running := openedIssue(t, s, series)
		_, err := s.ChangeSettings(t.Context(), series.ID, boss, now, func(next setup.Settings) (setup.Settings, error) {
			next.Series.Organ, next.Series.Route = "科技局", workflow.FullRoute()
			return next, nil
		})
		must(t, err)
		kept, err := s.Issue(t.Context(), running.ID)
		must(t, err)
		after, err := s.Settings(t.Context(), series.ID)
		must(t, err)
		if !reflect.DeepEqual(kept.Route, running.Route) || len(after.Series.Route) != len(workflow.FullRoute()) {
			t.Errorf("the issue has %v, the series %v", kept.Route, after.Series.Route)
		}
	})
}
