package web

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"jianbao/recipients"
	"jianbao/workflow"
)

// Long lists have pages, and are searched; what stands for no unit is said on the
// first of them whatever its place.
func TestTheListsOfAnIssueHavePages(t *testing.T) {
	o := newOffice()
	issue := o.issues[ourIssue]
	var entries []recipients.Entry
	for n := range 250 {
		name := fmt.Sprintf("第%05d号单位", n)
		entries = append(entries, recipients.Entry{Printed: name, Recipients: []recipients.Recipient{
			{Unit: uuid.New(), Name: name, Addresses: []string{fmt.Sprintf("u%d@example.cn", n)}, Channel: recipients.ByMail}}})
	}
	entries = append(entries, recipients.Entry{Printed: "无此单位"})
	issue.Circulation = recipients.Circulation{Lists: []recipients.List{{Label: "送", Entries: entries}}}
	o.issues[ourIssue] = issue
	v := inOffice(t, o)
	w := v.get(here)
	is(t, w, 200, "第00099号单位", "第1至100行，共251行", here+"?page=2#circulation", `<b class="name">无此单位</b>`)
	lacks(t, w, "第00100号单位")
	is(t, v.get(here+"?page=3"), 200, "第00249号单位", "第201至251行", "无此单位")
	w = v.get(here + "?q=u120@")
	is(t, w, 200, "第00120号单位", "显示全部251家")
	lacks(t, w, "第00121号单位", "第00012号单位")
	is(t, v.get(here+"?q=nobody"), 200, "没有这样的单位")
}

// Of very many units nobody chooses one from a list: it is looked for, and is sent
// the issue once more on its own page.
func TestAUnitAmongVeryManyIsLookedFor(t *testing.T) {
	for _, c := range []struct {
		units int
		page  string
	}{{2, ""}, {101, "receipts"}} {
		var list recipients.List
		for range c.units {
			r := recipients.Recipient{Unit: uuid.New(), Channel: recipients.ByMail}
			list.Entries = append(list.Entries, recipients.Entry{Recipients: []recipients.Recipient{r, r}})
		}
		v := issueView{Issue: workflow.Issue{Circulation: recipients.Circulation{Lists: []recipients.List{list}}}}
		p := v.particulars(workflow.Resend)
		if at := v.pageOf(workflow.Resend, p); at != c.page || len(p.Units) != c.units {
			t.Errorf("%d units: %q, and %d to choose from", c.units, at, len(p.Units))
		}
	}
}
