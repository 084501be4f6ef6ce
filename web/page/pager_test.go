package page

import (
	"net/url"
	"slices"
	"testing"
)

func TestAPagerLeadsToEveryRow(t *testing.T) {
	for _, c := range []struct {
		query         string
		found         int
		from, to      int
		before, after string
	}{
		{"", 0, 0, 0, "", ""},
		{"", 100, 1, 100, "", ""},
		{"q=市", 101, 1, 100, "", "/a?page=2&q=%E5%B8%82#b"},
		{"page=2&q=x", 250, 101, 200, "/a?q=x#b", "/a?page=3&q=x#b"},
		{"page=3", 250, 201, 250, "/a?page=2#b", ""},
		{"page=9", 250, 201, 250, "/a?page=2#b", ""}, // rows were fewer before
		{"page=-1", 5, 1, 5, "", ""},
		{"page=x", 5, 1, 5, "", ""},
	} {
		query, err := url.ParseQuery(c.query)
		if err != nil {
			t.Fatal(err)
		}
		p := PagerOf("/a#b", query, c.found)
		if p.From() != c.from || p.To() != c.to || p.Before() != c.before || p.After() != c.after {
			t.Errorf("%s of %d: rows %d to %d, before %q, after %q", c.query, c.found, p.From(), p.To(), p.Before(), p.After())
		}
	}
}

// Whoever follows the pages sees each row once.
func TestThePagesTogetherAreTheTable(t *testing.T) {
	all := make([]int, 1234)
	for n := range all {
		all[n] = n
	}
	var seen []int
	for at := "/a"; at != ""; {
		address, err := url.Parse(at)
		if err != nil {
			t.Fatal(err)
		}
		p := PagerOf("/a", address.Query(), len(all))
		seen = append(seen, Rows(p, all)...)
		at = p.After()
	}
	if !slices.Equal(seen, all) {
		t.Errorf("%d rows were seen", len(seen))
	}
}
