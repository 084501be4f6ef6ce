package bind

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/forms"
	"jianbao/bulletin/typeset/pdf"
	"jianbao/fault"
)

// paper is a register of some rows: one page for each 20 of them or so.
func paper(t *testing.T, press *pdf.Press, set *fonts.Set, title string, rows int) []byte {
	t.Helper()
	lines := make([][]string, rows)
	for n := range lines {
		lines[n] = []string{title, "甲"}
	}
	data, err := press.Draw(forms.Register(title, "", []string{"题", "字"}, lines, set, fault.ZH))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func front() forms.VolumeFront {
	return forms.VolumeFront{
		Masthead: "鄂尔多斯科技简报", Organ: "鄂尔多斯市科学技术局", Title: "2021年合订本", Note: "共3期", Gaps: [][3]string{{"第2期", "缺号", "登记簿没有这一期"}}, NoGaps: "没有缺号", GapsOf: "缺号和作废",
		Headers: forms.VolumeHeaders{Contents: "目录", Number: "期号", Date: "日期", Title: "题目", Page: "页码", State: "情况", Reason: "原因"},
	}
}

func TestAVolume(t *testing.T) {
	set, err := fonts.Open("")
	if err != nil {
		t.Fatal(err)
	}
	press := pdf.NewPress(set)
	parts := []Part{
		{forms.VolumeEntry{Number: "第1期", Date: "2021-01-04", Title: "一月的事"}, paper(t, press, set, "第一份", 60)},
		{forms.VolumeEntry{Number: "第3期", Date: "2021-03-04", Title: "三月的事"}, paper(t, press, set, "第三份", 1)},
		{forms.VolumeEntry{Number: "第4期", Date: "2021-04-04", Title: "四月的事"}, paper(t, press, set, "第四份", 1)},
	}
	data, err := Volume(front(), parts, press, set, fault.ZH)
	if err != nil {
		t.Fatal(err)
	}
	count := func(data []byte) int {
		n, err := api.PageCount(bytes.NewReader(data), plain())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	first := count(parts[0].PDF)
	if first < 2 || count(data) != 3+first+2 {
		t.Errorf("%d pages, the first paper has %d", count(data), first)
	}
	marks, err := api.Bookmarks(bytes.NewReader(data), plain())
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for _, m := range marks {
		at[m.Title] = m.PageFrom
	}
	if at["目录"] != 2 || at["缺号和作废"] != 3 || at["第1期 2021-01-04"] != 4 || at["第3期 2021-03-04"] != 4+first || at["第4期 2021-04-04"] != 5+first {
		t.Errorf("bookmarks %v", at)
	}
	text := textOf(t, data)
	for n, words := range map[int][]string{1: {"2021年合订本", "共3期"}, 2: {"三月的事"}, 3: {"登记簿没有这一期"}, 4 + first: {"第三份", "- "}} {
		for _, word := range words {
			if !strings.Contains(strings.ReplaceAll(text[n-1], "\n", ""), word) {
				t.Errorf("page %d lacks %s: %s", n, word, text[n-1])
			}
		}
	}
}

// textOf is the text of every page, as poppler reads it.
func textOf(t *testing.T, data []byte) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "volume.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(out), "\f")
}

func TestWhatIsNoPaperIsNamed(t *testing.T) {
	if _, err := Volume(front(), []Part{{forms.VolumeEntry{Number: "第9期"}, []byte("x")}}, nil, nil, fault.ZH); err == nil || !strings.Contains(err.Error(), "第9期") {
		t.Error(err)
	}
}
