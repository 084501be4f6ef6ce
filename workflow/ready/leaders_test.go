package ready

import (
	"testing"
	"time"

	"jianbao/recipients"
)

var leaders = []Leader{
	{Name: "赵一鸣", Titles: []string{"示例市委书记"}, Rank: 1},
	{Name: "钱多", Titles: []string{"市委副书记、市长"}, Rank: 2},
	{Name: "孙立人", Titles: []string{"市委常委", "宣传部部长"}, Rank: 3},
	{Name: "李四", Titles: []string{"副市长"}, Rank: 4},
	{Name: "周五", Titles: []string{"副市长"}, Rank: 4},
	{Name: "高明", Titles: []string{"市科学技术局党组书记", "市科技局局长"}, Rank: 9},
	{Name: "无职", Rank: 10},
}

func TestLeaders(t *testing.T) {
	for _, c := range []struct {
		line string
		want []string
	}{
		{"市委书记赵一鸣主持会议，市长钱多出席。", nil},
		{"示例市委书记赵一鸣主持会议，示例市市长钱 多出席。", nil},
		{"市委副书记、市长钱多，市委常委、宣传部长孙立人，副市长李四出席会议。", nil},
		{"赵一鸣、钱多、孙立人、周五、李四出席会议。", nil},
		{"由市科技局局长高明牵头，会议由局长高明主持。", nil},
		{"钱多市长会见客人，孙立人部长陪同，高明会见客人。", nil},
		{"赵一鸣会长期关注此事。", nil},
		{"钱多主持会议，赵一鸣出席。李四、无职参加。", nil},
		{"书记高度重视，市长办公会议研究。", nil},

		{"市长赵一鸣主持会议。", []string{LeaderTitle}},
		{"副市长钱多主持会议。", []string{LeaderTitle}},
		{"市长李四主持会议。", []string{LeaderTitle}},
		{"市委副书记、代市长钱多主持会议。", []string{LeaderTitle}},
		{"市委书记、市长钱多主持会议。", []string{LeaderTitle}},
		{"李四市长主持会议。", []string{LeaderTitle}},
		{"包头市市长钱多来访。", []string{LeaderTitle}},
		{"市统计局局长高明参加。", []string{LeaderTitle}},

		{"市委书记赵一呜主持会议。", []string{LeaderName}},
		{"市委书记赵鸣一主持会议。", []string{LeaderName}},
		{"市委书记赵鸣主持会议。", []string{LeaderName}},
		{"宣传部部长孙立仁参加。", []string{LeaderName}},
		{"市科技局局长高朋参加。", []string{LeaderName}},
		{"市委书记吴用主持会议。", nil},
		{"包头市市委书记赵二鸣来访。", nil},
		{"局长高强参加。", nil},

		{"钱多、赵一鸣出席会议。", []string{LeaderOrder}},
		{"副市长李四，市委常委、宣传部部长孙立人出席会议。", []string{LeaderOrder}},
		{"钱多以及赵一鸣出席会议。", []string{LeaderOrder}},
	} {
		var got []string
		for _, f := range checked(issue(c.line), Facts{Leaders: leaders, Home: "示例市"}) {
			got = append(got, f.Code)
		}
		if len(got) != len(c.want) || len(got) > 0 && got[0] != c.want[0] {
			t.Errorf("%s: %v, want %v", c.line, got, c.want)
		}
	}
}

func TestUnitsThatWereRenamed(t *testing.T) {
	until := time.Date(2019, 1, 10, 0, 0, 0, 0, shanghai)
	units := NewUnits([]recipients.Unit{
		{Name: "示例市农牧局", Place: "示例市", Aliases: []recipients.Alias{
			{Name: "市农牧局"}, {Name: "市农牧业局", Until: until}, {Name: "示例市农牧业局", Until: until}}},
		{Name: "示例市农牧业局信息中心", Place: "示例市"},
		{Name: "包头市农牧局", Place: "包头市", Aliases: []recipients.Alias{{Name: "市农牧业局", From: until}}},
		{Name: "示例市科学技术局", Place: "示例市", Aliases: []recipients.Alias{{Name: "市科委", Until: until.AddDate(3, 0, 0)}}},
	})
	for _, c := range []struct {
		line string
		want []string
	}{
		{"市农牧局召开会议。", nil},
		{"市农牧业局召开会议。", []string{"unit-renamed@6/1"}},
		{"市科技局与市农牧业局座谈。", []string{"unit-renamed@6/1"}},
		{"示例市农牧业局召开会议。", []string{"unit-renamed@6/1"}},
		{"示例市农牧业局信息中心发布消息。", nil},
		{"包头市农牧业局来访。", nil},
		{"呼和浩特市农牧业局来访。", nil},
		{"市科委召开会议。", nil}, // until 2022
	} {
		wantPlaces(t, c.line, checked(issue(c.line), Facts{Units: units, Home: "示例市"}), c.want...)
	}
	found := checked(issue("甲已办结。"), Facts{Home: "示例市", Units: NewUnits([]recipients.Unit{
		{Name: "市发改委", Aliases: []recipients.Alias{{Name: "市财政局", Until: until}}}})})
	wantPlaces(t, "in a list", found, "unit-renamed@7/0")
}
