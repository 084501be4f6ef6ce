package receipts

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	domain "jianbao/recipients/receipts"
)

// manyUnits is an office whose issue went to so many units, none of which has
// answered.
func manyUnits(n int) *office {
	o := newOffice()
	o.lines = nil
	for i := range n {
		o.lines = append(o.lines, domain.Line{Unit: uuid.New(), Name: fmt.Sprintf("第%05d号单位", i), Label: "送", Version: "abcdef0123456789", State: domain.Accepted, Sent: noon})
	}
	return o
}

// A long board and a long phone list have pages, count all units and search in
// all of them; on paper the phone list is whole.
func TestLongListsHavePages(t *testing.T) {
	o := manyUnits(250)
	o.lines[207].State = domain.Bounced
	v := visit(t, o, clerk)
	lacks := func(address string, words ...string) {
		t.Helper()
		for _, w := range words {
			if strings.Contains(v.Get(address).Body, w) {
				t.Errorf("%s says %s", address, w)
			}
		}
	}
	says(t, v.Get(home+"/receipts"), 200, "第00099号单位", "第1至100行，共250行", home+"/receipts?page=2", "<b>249</b>", "<b>1</b>")
	lacks(home+"/receipts", "第00100号单位")
	says(t, v.Get(home+"/receipts?page=3"), 200, "第00249号单位", "第201至250行")
	says(t, v.Get(home+"/receipts?state=accepted&page=2&q=号"), 200, "第101至200行，共249行", "state=accepted", "q=%E5%8F%B7")
	says(t, v.Get(home+"/receipts?q=00207"), 200, "第00207号单位", "?q=00207&amp;state=bounced")
	lacks(home+"/receipts?q=00207", "第00206号单位", `rel="next"`)

	says(t, v.Get(home+"/calls"), 200, "第00099号单位", "尚未签收250个", "第1至100行，共250行", "全部250个列成一页")
	lacks(home+"/calls", "第00100号单位")
	says(t, v.Get(home+"/calls?q=00249"), 200, "第00249号单位", "尚未签收250个")
	lacks(home+"/calls?q=00249", "第00248号单位")
	says(t, v.Get(home+"/calls?q=nobody"), 200, "没有这样的单位")
	says(t, v.Get(home+"/calls"), 200, "没有电话，去通讯录填写", "/units/"+o.lines[3].Unit.String())

	whole := v.Get(home + "/calls?whole=1")
	says(t, whole, 200, "第00000号单位", "第00249号单位")
	lacks(home+"/calls?whole=1", `rel="next"`)

	says(t, v.Get(home+"/holders?page=2"), 200, "第00100号单位", "第101至200行，共250行", "全部250个列成一页", "合计")
	lacks(home+"/holders?page=2", "第00099号单位")
	says(t, v.Get(home+"/holders?whole=1"), 200, "第00000号单位", "第00249号单位")
}
