package filing

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/workflow"
	"jianbao/workflow/retention"
)

func TestClerksAreRemindedBeforeAndAfterTheDeadline(t *testing.T) {
	s := Sight{
		Series: workflow.Series{ID: uuid.New(), Masthead: "科技简报"}, Unfiled: map[int]int{2020: 0, 2021: 12, 2022: 3},
		Staff: workflow.Staff{People: []accounts.Person{person("收发", accounts.Clerk), person("编辑", accounts.Editor), {ID: uuid.New(), Name: "离职", Grants: []accounts.Grant{{Role: accounts.Clerk}}}}},
	}
	for _, k := range []struct {
		rule retention.Rule
		at   string // in China
		want []string
	}{
		{retention.Rule{}, "2022-05-30 23:59", nil},
		{retention.Rule{}, "2022-05-31 00:00", []string{"filing/2021/soon"}},
		{retention.Rule{}, "2022-06-30 23:59", []string{"filing/2021/soon"}},
		{retention.Rule{}, "2022-07-01 00:00", []string{"filing/2021/over"}},
		{retention.Rule{}, "2023-06-15 12:00", []string{"filing/2021/over", "filing/2022/soon"}},
		{retention.Rule{Month: time.March, Day: 31, Ahead: 10}, "2022-03-22 12:00", []string{"filing/2021/soon"}},
		{retention.Rule{Month: time.January, Day: 5}, "2021-12-31 12:00", []string{"filing/2021/soon"}},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", k.at, s.Series.Location())
		if err != nil {
			t.Fatal(err)
		}
		s.Rule = k.rule
		var keys []string
		for _, n := range Remind(s, at, uuid.New) {
			keys = append(keys, n.Key)
			if n.Person != s.Staff.People[0].ID || n.Issue != uuid.Nil || n.Says.In("zh") == "" {
				t.Errorf("%s: %+v", k.at, n)
			}
		}
		if !slices.Equal(keys, k.want) {
			t.Errorf("%s: %v, not %v", k.at, keys, k.want)
		}
	}
}

// a watch that counts how often it is asked.
type counted struct {
	asked  int
	failed error
}

func (c *counted) UnfiledSeries(context.Context) ([]uuid.UUID, error) {
	c.asked++
	return nil, c.failed
}

func (c *counted) TellFiling(context.Context, uuid.UUID, func(Sight) []workflow.Notice) (int, error) {
	return 0, nil
}

func TestTheReminderLooksOnceInAnHour(t *testing.T) {
	c := &counted{failed: errors.New("away")}
	r := &Reminder{Watch: c, NewID: uuid.New}
	if err := r.Look(t.Context(), now); !errors.Is(err, c.failed) {
		t.Error(err)
	}
	c.failed = nil
	for _, after := range []time.Duration{0, time.Second, 59 * time.Minute, time.Hour} {
		if err := r.Look(t.Context(), now.Truncate(time.Hour).Add(after)); err != nil {
			t.Error(err)
		}
	}
	if c.asked != 3 { // the one that failed, this hour, the next
		t.Errorf("it looked %d times", c.asked)
	}
}
