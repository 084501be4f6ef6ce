package store

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/workflow"
	"jianbao/workflow/ready/likeness"
)

// item is the n-th item of an issue with a text of its own.
func item(issue uuid.UUID, n int, text string) workflow.PastItem {
	return workflow.PastItem{
		Issue: issue, Seq: n, Masthead: "简报", Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 7},
		Section: "他山之石", Text: text, Keys: likeness.Fingerprint(text).Bands(),
	}
}

func TestItemsAreFoundByTheirKeys(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		issue := openedIssue(t, s, series)
		const text = "宿迁出台新的人才办法，开启人才争夺新模式，对来宿迁工作的博士每人补助三十万元，并安排住房。"
		items := []workflow.PastItem{item(issue.ID, 1, text)}
		for n := 2; n <= 40; n++ {
			items = append(items, item(issue.ID, n, fmt.Sprintf("第%d次局务会研究了%d件各不相同的事，其中%d件当场办结，其余交科室办理。", n, n*n, n+7)))
		}
		_, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
			change, err := send(c)
			change.Items = items
			return change, err
		})
		must(t, err)
		other := openedIssue(t, s, series)
		past, err := s.Past(t.Context(), other, items[0].Keys)
		must(t, err)
		if len(past.Items) == 0 || past.Items[0].Text != text || past.Items[0].Seq != 1 || past.Items[0].Number.No != 7 || len(past.Items) > 3 {
			t.Errorf("%d items: %+v", len(past.Items), past.Items)
		}
		if past, err = s.Past(t.Context(), issue, items[0].Keys); err != nil || len(past.Items) != 0 {
			t.Errorf("its own items: %+v %v", past.Items, err)
		}
		if past, err = s.Past(t.Context(), other, nil); err != nil || len(past.Items) != 0 {
			t.Errorf("without keys: %+v %v", past.Items, err)
		}
		var many []int64
		for n := range int64(25_000) {
			many = append(many, n-12_500)
		}
		if past, err = s.Past(t.Context(), other, append(many, items[0].Keys...)); err != nil || len(past.Items) == 0 {
			t.Errorf("among many keys: %d %v", len(past.Items), err)
		}
	})
}
