package screening

import (
	"archive/zip"
	"bytes"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func gbk(text string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return out
}

// packed is a ZIP archive of names and contents in turn.
func packed(t *testing.T, files ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for n := 0; n < len(files); n += 2 {
		f, err := w.Create(files[n])
		if err == nil {
			_, err = f.Write([]byte(files[n+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestLabels(t *testing.T) {
	secret := "机密★10年\n关于某事的报告\n"
	inner := packed(t, "a.txt", secret)
	for name, c := range map[string]struct {
		file, data string
		want       bool
	}{
		"a text":                      {"稿.txt", "某区科技工作情况\n关于保守国家秘密的宣传活动。", false},
		"a text with a label":         {"稿.txt", secret, true},
		"in GBK":                      {"稿.txt", gbk(secret), true},
		"a page":                      {"稿.html", "<p>秘密★1年</p><p>正文</p>", true},
		"a name":                      {"机密★长期 报告.pdf", "%PDF-1.4", true},
		"a picture":                   {"图.png", "\x89PNG\r\n\x1a\n", false},
		"an archive":                  {"稿.zip", packed(t, "a.txt", "某区科技工作情况"), false},
		"an archive with a label":     {"稿.zip", inner, true},
		"an archive in an archive":    {"稿.zip", packed(t, "b.zip", inner), true},
		"a name in an archive":        {"稿.zip", packed(t, "绝密 报告.pdf", "%PDF"), true},
		"a name in an archive in GBK": {"稿.zip", packed(t, gbk("绝密 报告.pdf"), "%PDF"), true},
		"deeper than is looked":       {"稿.zip", packed(t, "1.zip", packed(t, "2.zip", packed(t, "3.zip", packed(t, "4.txt", "a")))), true},
		"longer than is looked":       {"稿.zip", packed(t, "a.bin", string(make([]byte, mostBytes+1))), true},
		"broken":                      {"稿.zip", inner[:len(inner)-9], false},
		"nothing":                     {"", "", false},
	} {
		if got := Labelled(c.file, []byte(c.data)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
