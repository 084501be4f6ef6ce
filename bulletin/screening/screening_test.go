package screening

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
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

// ole begins every OLE compound file ([MS-CFB] 2.2), as old Word and WPS write it.
const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

const (
	little = unicode.LittleEndian
	big    = unicode.BigEndian
)

func utf16(t *testing.T, text string, order unicode.Endianness) string {
	t.Helper()
	out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func zipped(text string) string {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write([]byte(text)) // into memory
	_ = w.Close()
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
		"a text called a picture":     {"图.png", secret, true},
		"Word called a PDF":           {"稿.pdf", packed(t, "word/document.xml", "<w:document/>", "a.txt", secret), true},
		"a sentence in an old Word":   {"稿.doc", ole + utf16(t, "保守国家秘密，人人有责★", little), false},
		"an old Word":                 {"稿.doc", ole + "\x00" + utf16(t, "机 密★10年\r关于某事的报告", little), true},
		"WPS called a picture":        {"图.png", ole + utf16(t, "秘密★1年", little), true},
		"RTF by number":               {"稿.rtf", `{\rtf1\ansicpg936 \u26426\'3f\u23494\'3f\u9733\'3f10}`, true},
		"RTF in GBK":                  {"稿.rtf", `{\rtf1\ansicpg936 \'be\'f8\'c3\'dc\'a1\'ef}`, true},
		"RTF with nothing":            {"稿.rtf", `{\rtf1\ansicpg936 \u26426\'3f\u23494\'3f 10}`, false},
		"a PDF":                       {"稿.pdf", "%PDF-1.7\n1 0 obj <</Title (\xfe\xff" + utf16(t, "工作情况", big) + ")>>", false},
		"a title in a PDF":            {"稿.pdf", "%PDF-1.7\n1 0 obj <</Title (\xfe\xff" + utf16(t, "机密★报告", big) + ")>>", true},
		"a title in hexadecimal":      {"稿.pdf", "%PDF-1.7\n1 0 obj <</Title <FEFF7EDD\n5BC62605 0033>>>", true},
		"a title that is packed":      {"稿.txt", "%PDF-1.7\n1 0 obj <</Filter/FlateDecode>>stream\r\n" + zipped("<dc:title>机密★报告</dc:title>") + "\nendstream", true},
		"a PDF longer than is looked": {"稿.pdf", "%PDF-1.7\nstream\n" + zipped(string(make([]byte, mostBytes+1))) + "\nendstream", true},
		"a picture with a title":      {"图.png", "\x89PNG\r\n\x1a\n....iTXtXML:com.adobe.xmp <x>绝密★长期</x>", true},
		"a table":                     {"表.xlsx", packed(t, "xl/sharedStrings.xml", `<?xml version="1.0"?><sst><si><t>机密★10年</t></si></sst>`), true},
		"OFD":                         {"稿.ofd", packed(t, "OFD.xml", "<?xml?>", "Doc_0/Pages/Page_0/Content.xml", `<?xml version="1.0"?><ofd:TextCode>秘密★5年</ofd:TextCode>`), true},
		"broken":                      {"稿.zip", inner[:len(inner)-9], false},
		"nothing":                     {"", "", false},
	} {
		if got := Labelled(c.file, []byte(c.data)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
