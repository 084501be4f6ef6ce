package workflow

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFileNames(t *testing.T) {
	program := "MZ" + strings.Repeat("\x00", 126) + "PE\x00\x00"
	for _, c := range []struct {
		name, declared, data string
		want                 string // key of the only reason, or ""
	}{
		{"附件1：统计表.xlsx", "", "x", ""},
		{"鄂尔多斯科技简报2021年第8期.pdf", "application/pdf", "%PDF", ""},
		{"一、概况. 二、问题.docx", "", "x", ""},
		{"数据.tar.gz", "application/gzip", "x", ""},
		{"README", "", "x", ""},
		{"𬭚𠅤.docx", "", "x", ""},
		{"安装程序.exe", "application/octet-stream", program, ""}, // any type; a gateway may think otherwise
		{"", "", "x", nameLength.Key},
		{strings.Repeat("名", 67), "", "x", nameLength.Key},
		{"../密.pdf", "", "x", nameSigns.Key},
		{`甲\乙.pdf`, "", "x", nameSigns.Key},
		{"甲\n乙.pdf", "", "x", nameSigns.Key},
		{"甲\x00.pdf", "", "x", nameSigns.Key},
		{"报告\u202efdp.docx", "", "x", nameSigns.Key}, // shows as 报告xcod.pdf
		{"报告\u200b.pdf", "", "x", nameSigns.Key},
		{"甲\xff.pdf", "", "x", nameSigns.Key},
		{`甲"乙.pdf`, "", "x", nameSigns.Key},
		{".profile", "", "x", nameEdges.Key},
		{"甲.pdf ", "", "x", nameEdges.Key},
		{"甲.", "", "x", nameEdges.Key},
		{"报告.pdf.exe", "", "x", nameDisguise.Key},
		{"报告.PDF .Scr", "", "x", nameDisguise.Key},
		{"报告.docx.v2.js", "", "x", nameDisguise.Key},
		{"照片.exe", "image/jpeg", "x", nameDisguise.Key},
		{"报告.pdf", "application/pdf", program, nameDisguise.Key},
		{"报告.pdf", "application/pdf", "\x7fELF", nameDisguise.Key},
	} {
		reasons := File{Name: c.name, Type: c.declared, Data: []byte(c.data)}.Against()
		got := ""
		if len(reasons) > 0 {
			got = reasons[0].Key
		}
		if got != c.want || len(reasons) > 1 && c.want != nameSigns.Key {
			t.Errorf("%q as %q: %v, want %q", c.name, c.declared, reasons, c.want)
		}
	}
}

// What is taken can be saved on every system and written into a mail's header.
func TestATakenNameIsPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.RuneFrom([]rune("甲a.exepdf/\\\" \t\u202e\u200b\x00:")), 0, 30, -1).Draw(t, "name")
		if len(File{Name: name}.Against()) > 0 {
			return
		}
		if name == "" || strings.ContainsAny(name, "/\\\"\t\u202e\u200b\x00:") || strings.HasSuffix(name, ".pdf.exe") {
			t.Fatalf("%q was taken", name)
		}
	})
}

func TestMediaTypes(t *testing.T) {
	for declared, want := range map[string]string{
		"application/pdf": "application/pdf", "Text/Plain; charset=gbk": "text/plain", "": "application/octet-stream",
		"nonsense": "application/octet-stream", "a/b\r\nBcc: x": "application/octet-stream",
	} {
		if got := mediaType(declared); got != want {
			t.Errorf("%q: %s", declared, got)
		}
	}
}
