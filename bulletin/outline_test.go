package bulletin_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jianbao/bulletin"
	"jianbao/fault"
)

const outlined = `科技简报
第 3 期
某市科学技术局　　　　2021年7月15日

【科技政策】
政策出台。七月二日，全市出台科技政策。

会议召开。七月三日，全市召开科技会议。
【科技动态】
项目开工。七月四日，项目开工建设。

报：市委办公室。
（共印20份）`

func shape(parts []bulletin.Part) (all []string) {
	for _, p := range parts {
		all = append(all, string(p.Kind)+" "+p.Title)
	}
	return all
}

func TestOutlineHasEveryPart(t *testing.T) {
	parts := bulletin.Outline(outlined)
	want := []string{"head ", "section 科技政策", "item 政策出台。", "item 会议召开。", "section 科技动态", "item 项目开工。", "tail "}
	if got := shape(parts); !slices.Equal(got, want) {
		t.Fatalf("the parts are %q", got)
	}
	if got := joined(outlined, parts); got != outlined {
		t.Errorf("the parts together are %q", got)
	}
	if got := bulletin.Outline("秘密★1年\n" + outlined); got != nil {
		t.Errorf("a classified text has the parts %v", got)
	}
}

func joined(text string, parts []bulletin.Part) string {
	var all []string
	lines := strings.Split(text, "\n")
	for _, p := range parts {
		all = append(all, lines[p.From-1:p.To]...)
	}
	return strings.Join(all, "\n")
}

func TestMovePart(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to int
		want     string // the titles of the body afterwards; "" is refused
	}{
		{"an item up", 3, 2, "科技政策 会议召开。 政策出台。 科技动态 项目开工。"},
		{"an item down, over a heading", 3, 5, "科技政策 政策出台。 科技动态 会议召开。 项目开工。"},
		{"an item to the end", 2, 6, "科技政策 会议召开。 科技动态 项目开工。 政策出台。"},
		{"a section up, with its items", 4, 1, "科技动态 项目开工。 科技政策 政策出台。 会议召开。"},
		{"a section down", 1, 6, "科技动态 项目开工。 科技政策 政策出台。 会议召开。"},
		{"a section into another", 4, 2, ""},
		{"an item above all sections", 2, 1, ""},
		{"an item to where it is", 3, 4, ""},
		{"the tail", 6, 1, ""},
		{"no such part", 9, 1, ""},
		{"below the tail", 2, 7, ""},
	} {
		moved, err := bulletin.MovePart(outlined, c.from, c.to)
		if c.want == "" {
			if !fault.Is(err, fault.Conflict) || moved != outlined {
				t.Errorf("%s: %v, %q", c.name, err, moved)
			}
			continue
		}
		var titles []string
		for _, p := range bulletin.Outline(moved) {
			if p.Title != "" {
				titles = append(titles, p.Title)
			}
		}
		if got := strings.Join(titles, " "); err != nil || got != c.want {
			t.Errorf("%s: %v, %s", c.name, err, got)
		}
	}
}

func TestBeside(t *testing.T) {
	parts := bulletin.Outline(outlined)
	for n, want := range [][2]int{{-1, -1}, {-1, 6}, {-1, 4}, {2, 5}, {1, -1}, {4, -1}, {-1, -1}} {
		if up, down := bulletin.Beside(parts, n); up != want[0] || down != want[1] {
			t.Errorf("part %d goes to %d or %d, not %v", n, up, down, want)
		}
	}
	if up, down := bulletin.Beside(nil, 0); up != -1 || down != -1 {
		t.Errorf("a part of nothing goes to %d or %d", up, down)
	}
}

// An item that goes on over paragraphs would swallow what is moved below it.
func TestMovePartKeepsItemsApart(t *testing.T) {
	text := strings.Replace(outlined, "会议召开。七月三日，全市召开科技会议。", "★会议召开\n七月三日，全市召开科技会议。\n各旗区参加。", 1)
	items := func(text string) (all []string) {
		for _, it := range bulletin.Parse(text).Document.Items() {
			all = append(all, it.Lead+strings.Join(it.Paragraphs, "|"))
		}
		slices.Sort(all)
		return all
	}
	moved, err := bulletin.MovePart(text, 3, 2)
	if before, after := items(text), items(moved); err != nil || !slices.Equal(before, after) {
		t.Errorf("%v: the items were %q and are %q", err, before, after)
	}
}

// Whatever is moved wherever, no item is lost and none is another.
func TestMovePartLosesNothing(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		file, err := os.ReadFile(rapid.SampledFrom(files).Draw(t, "file"))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(strings.TrimPrefix(string(file), "\ufeff"), "\r\n", "\n")
		was := itemsOf(text)
		for range rapid.IntRange(1, 4).Draw(t, "moves") {
			n := len(bulletin.Outline(text))
			from, to := rapid.IntRange(0, n).Draw(t, "from"), rapid.IntRange(0, n).Draw(t, "to")
			moved, err := bulletin.MovePart(text, from, to)
			if err != nil && moved != text {
				t.Fatalf("a refused move changed the text: %v", err)
			}
			text = moved
		}
		if got := itemsOf(text); !slices.Equal(got, was) {
			t.Fatalf("the items were %q and are %q", was, got)
		}
		if got := joined(text, bulletin.Outline(text)); got != text {
			t.Fatal("the parts together are not the text")
		}
	})
}

func itemsOf(text string) (all []string) {
	for _, it := range bulletin.Parse(text).Document.Items() {
		all = append(all, it.Lead+strings.Join(it.Paragraphs, "|")+it.Contributor)
	}
	slices.Sort(all)
	return all
}
