package intake_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/fault"
)

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// document is a Word file of one paragraph for each line.
func document(t testing.TB, text string, parts map[string]string) []byte {
	t.Helper()
	body := ""
	for line := range strings.SplitSeq(text, "\n") {
		body += "<w:p><w:r><w:t>" + line + "</w:t></w:r></w:p>"
	}
	all := map[string]string{"word/document.xml": "<w:document " + wordNS + "><w:body>" + body + "</w:body></w:document>"}
	for name, part := range parts {
		all[name] = part
	}
	return container(t, all)
}

const bulletinText = "科技简报\n第8期\n某某市科技局\n2021年7月15日\n【动态】\n7月2日，召开会议。\n报：市委。"

func TestFormatsAreTold(t *testing.T) {
	for _, c := range []struct {
		name string
		data string
		want intake.Format
	}{
		{"a.txt", bulletinText, intake.FormatText},
		{"", bulletinText, intake.FormatText},
		{"a.docx", string(document(t, bulletinText, nil)), intake.FormatWord},
		{"wrong name.doc", string(document(t, bulletinText, nil)), intake.FormatWord},
		{"a.doc", "<html><body><p>科技简报</p></body></html>", intake.FormatHTML},
		{"a.htm", "<p>科技简报</p>", intake.FormatHTML},
		{`C:\稿件\a.MD`, "# 科技简报\n\n第8期", intake.FormatMarkdown},
		{"a.txt", "**导语。**正文", intake.FormatText},
	} {
		d, err := intake.Read(c.name, []byte(c.data))
		if err != nil || d.Format != c.want || !strings.Contains(d.Text, "科技简报") && !strings.Contains(d.Text, "导语") {
			t.Errorf("%s: %s %q, %v; want %s", c.name, d.Format, d.Text, err, c.want)
		}
	}
}

// ole is the beginning of a compound file with a stream of a name.
func ole(stream string) string {
	s := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 1016)
	for _, r := range "Root Entry\x00" + stream {
		s += string([]byte{byte(r), 0})
	}
	return s + strings.Repeat("\x00", 512)
}

// TestWhatIsNotReadIsNamed: each kind of file gets its own sentence, which says
// what it is and what to do.
func TestWhatIsNotReadIsNamed(t *testing.T) {
	zipped := func(parts ...string) string {
		all := map[string]string{}
		for _, p := range parts {
			name, content, _ := strings.Cut(p, "=")
			all[name] = content
		}
		return string(container(t, all))
	}
	rels := func(target string) string {
		return `_rels/.rels=<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="` + target + `"/></Relationships>`
	}
	none := `_rels/.rels=<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>`
	for _, c := range []struct{ name, data, want string }{
		{"简报.doc", ole("WordDocument"), "（.doc）"},
		{"简报.docx", ole("WordDocument"), "（.doc）"},
		{"简报.docx", ole("EncryptedPackage"), "打开密码"},
		{"简报.wps", ole("WordDocument"), "（.wps）"},
		{"a.xls", ole("Workbook"), "电子表格"},
		{"a.ppt", ole("PowerPoint Document"), "演示文稿"},
		{"a.vsd", ole("VisioDocument"), "旧版 Office"},
		{"a.doc", `{\rtf1\ansi`, "RTF"},
		{"a.docx", "%PDF-1.7\n", "PDF"},
		{"a.doc", "MIME-Version: 1.0\nContent-Type: multipart/related", ".mht"},
		{"a.xml", `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>`, "单一 XML"},
		{"a.xml", `<?xml version="1.0"?><pkg:package xmlns:pkg="x">`, "单一 XML"},
		{"a.png", "\x89PNG\r\n\x1a\n....", "图片"}, {"a.jpg", "\xff\xd8\xff\xe0....", "图片"}, {"a.gif", "GIF89a....", "图片"},
		{"a.bmp", "BM\x10\x00\x00\x00\x00\x00\x00\x00..", "图片"}, {"a.tif", "II*\x00....", "图片"}, {"a.webp", "RIFF\x10\x00\x00\x00WEBPVP8 ", "图片"},
		{"a.heic", "\x00\x00\x00\x18ftypheic....", "图片"},
		{"a.rar", "Rar!\x1a\x07\x00", "压缩包"}, {"a.7z", "7z\xbc\xaf\x27\x1c", "压缩包"}, {"a.gz", "\x1f\x8b\x08", "压缩包"},
		{"a.xlsx", zipped(rels("xl/workbook.xml")), "电子表格"},
		{"a.pptx", zipped(rels("ppt/presentation.xml")), "演示文稿"},
		{"a.zip", zipped(none, "简报.docx=x"), "压缩包"},
		{"a.ofd", zipped(none, "OFD.xml=x"), "OFD"},
		{"a.odt", zipped(none, "mimetype=application/vnd.oasis.opendocument.text"), ".odt"},
		{"a.ods", zipped(none, "mimetype=application/vnd.oasis.opendocument.spreadsheet"), "电子表格"},
		{"a.odp", zipped(none, "mimetype=application/vnd.oasis.opendocument.presentation"), "演示文稿"},
		{"a.txt", "", "空的"}, {"a.txt", "\ufeff \r\n\u3000\n", "空的"}, {"a.html", "<p>&nbsp;</p>", "空的"},
		{"a.docx", string(document(t, "", nil)), "空的"},
		{"a.txt", strings.Repeat("甲", intake.MaxFile/3+1), "超过 20 MB"},
		{"a.txt", strings.Repeat("甲\n", 50_000), "超过 50000 段"},
		{"a.html", strings.Repeat("<p>甲", 50_001), "超过 50000 段"},
		{"a.exe", "MZ\x90\x00\x03\x00\x00\x00\xff\xff", "不能识别的字节"},
	} {
		_, err := intake.Read(c.name, []byte(c.data))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.As(err).In(fault.ZH), c.want) {
			t.Errorf("%s (%.12q): %v, want %s", c.name, c.data, err, c.want)
		}
	}
}

// TestClassifiedTextNeverComesIn: the label may stand anywhere a person would see
// it.
func TestClassifiedTextNeverComesIn(t *testing.T) {
	body := func(inner string) map[string]string {
		return map[string]string{"word/document.xml": `<w:document ` + wordNS + ` xmlns:v="urn:schemas-microsoft-com:vml"><w:body>` + inner + `</w:body></w:document>`}
	}
	p := func(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }
	many := strings.Repeat(p("科技简报的一段。"), 20)
	for name, read := range map[string]func() (intake.Draft, error){
		"text": func() (intake.Draft, error) { return intake.Read("a.txt", []byte("秘 密★1年\n"+bulletinText)) },
		"GB18030": func() (intake.Draft, error) {
			return intake.Read("a.txt", inGB18030(t, "机密★10年\n"+bulletinText))
		},
		"broken": func() (intake.Draft, error) {
			return intake.Read("a.txt", []byte("机密★10年\n"+bulletinText+"\x00"))
		},
		"file name": func() (intake.Draft, error) { return intake.Read("秘密★1年.doc", []byte(ole("WordDocument"))) },
		"page": func() (intake.Draft, error) {
			return intake.HTML("<p>绝密★<span>长期</span></p><p>科技简报</p>")
		},
		"page title": func() (intake.Draft, error) {
			return intake.HTML("<title>秘密★1年</title><p>科技简报</p>")
		},
		"hidden in a page": func() (intake.Draft, error) {
			return intake.HTML(strings.Repeat("<p>科技简报的一段。</p>", 20) + "<p style='display:none'>秘密★1年</p>")
		},
		"markdown": func() (intake.Draft, error) {
			return intake.Read("a.md", []byte("**秘密★1年**\n\n# 科技简报"))
		},
		"Word": func() (intake.Draft, error) {
			return intake.Read("a.docx", document(t, "秘密★1年\n"+bulletinText, nil))
		},
		"properties": func() (intake.Draft, error) {
			return intake.Read("a.docx", document(t, bulletinText, map[string]string{"docProps/core.xml": `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"><cp:keywords>科技；秘密★1年</cp:keywords></cp:coreProperties>`}))
		},
		"page header": func() (intake.Draft, error) {
			return intake.Read("a.docx", document(t, bulletinText, map[string]string{"word/header1.xml": "<w:hdr " + wordNS + ">" + p("机密★5年") + "</w:hdr>"}))
		},
		"text box": func() (intake.Draft, error) {
			return intake.Read("a.docx", container(t, body(many+`<w:p><w:r><w:t>正文。</w:t></w:r><w:r><w:pict><v:shape><v:textbox><w:txbxContent>`+p("秘密★1年")+p("特急")+`</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`)))
		},
		"cell of the head": func() (intake.Draft, error) {
			return intake.Read("a.docx", container(t, body("<w:tbl><w:tr><w:tc>"+p("秘密★1年")+"</w:tc><w:tc>"+p("000001")+"</w:tc></w:tr></w:tbl>"+p("科技简报"))))
		},
		"hidden": func() (intake.Draft, error) {
			return intake.Read("a.docx", container(t, body(many+"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密★</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>1年</w:t></w:r></w:p>")))
		},
	} {
		d, err := read()
		if !fault.Is(err, fault.Refused) || d.Text != "" || len(d.Properties) > 0 {
			t.Errorf("%s: %q, %v", name, d.Text, err)
		}
		if err != nil && strings.Contains(err.Error(), "科技") {
			t.Errorf("%s: the refusal quotes the text: %v", name, err)
		}
	}
	if _, err := intake.Read("a.docx", document(t, bulletinText+"\n学习保守国家秘密法，保护商业秘密。", nil)); err != nil {
		t.Errorf("the words in a sentence: %v", err)
	}
}

// TestADeletedLabelIsNone: what a tracked change deleted is no text.
func TestADeletedLabelIsNone(t *testing.T) {
	deleted := `<w:document ` + wordNS + `><w:body><w:p><w:del w:id="1"><w:r><w:delText>秘密★1年</w:delText></w:r></w:del></w:p><w:p><w:r><w:t>科技简报</w:t></w:r></w:p></w:body></w:document>`
	if d, err := intake.Read("a.docx", container(t, map[string]string{"word/document.xml": deleted})); err != nil || !strings.Contains(d.Text, "科技简报") {
		t.Errorf("%q, %v", d.Text, err)
	}
}

func TestMarkdownIsRead(t *testing.T) {
	const source = `# 科技简报

第8期

## 一、动态

**导语。** 正文在
后面\*号 &amp; [链接](http://example.invalid)。

1. 甲
2. 乙
   - 丙

> 引文

| 单位 | 数量 |
|------|-----:|
| 甲\|乙 | **1** |

![图](a.png)

<table><tr><td>甲<td>1</table>
`
	d, err := intake.Read("a.md", []byte(source))
	want := "科技简报\n第8期\n一、动态\n**导语。**正文在后面*号 & 链接。\n1.甲\n2.乙\n● 丙\n引文\n| 单位 | 数量 |\n|---|---|\n| 甲\\|乙 | 1 |\n\n| 甲 | 1 |\n"
	if err != nil || d.Text != want {
		t.Errorf("%q, %v; want %q", d.Text, err, want)
	}
	if len(d.Notes) != 1 {
		t.Errorf("the picture is not mentioned: %v", d.Notes)
	}
}

// TestPicturesComeAlong: pasted and embedded ones, each once.
func TestPicturesComeAlong(t *testing.T) {
	const gif = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
	d, err := intake.HTML(fmt.Sprintf("<p>图：<img alt='签约' src='%s'></p><img src='%[1]s'><img alt='外部' src='file:///C:/a.png'>", gif))
	if err != nil || d.Text != "图：\n![签约](image.gif)\n![](image.gif)\n" {
		t.Errorf("%q, %v", d.Text, err)
	}
	if len(d.Pictures) != 1 || d.Pictures[0].Type != "image/gif" || len(d.Notes) != 1 {
		t.Errorf("%v, %v", d.Pictures, d.Notes)
	}
	blocks := bulletin.Blocks(strings.Split(strings.TrimSpace(d.Text), "\n"))
	if len(blocks) != 3 || blocks[1].Picture == nil || blocks[1].Picture.Name != d.Pictures[0].Name {
		t.Errorf("package bulletin reads %+v", blocks)
	}
}

// TestTablesAreThoseOfTheTextFormat: package bulletin reads back what was written.
func TestTablesAreThoseOfTheTextFormat(t *testing.T) {
	d, err := intake.HTML("<table><tr><th>单位<th>数量<tr><td>甲|乙<td>1<br>2</table>")
	if err != nil {
		t.Fatal(err)
	}
	blocks := bulletin.Blocks(strings.Split(strings.TrimSpace(d.Text), "\n"))
	if len(blocks) != 1 || blocks[0].Table == nil || !blocks[0].Table.Header {
		t.Fatalf("%q is %+v", d.Text, blocks)
	}
	if rows := blocks[0].Table.Rows; len(rows) != 2 || !slices.Equal(rows[1], []string{"甲|乙", "1\n2"}) {
		t.Errorf("%q", rows)
	}
}

func TestNamesAreOnlyNames(t *testing.T) {
	if d, err := intake.Read("../../etc/"+path.Base("a.txt"), []byte("简报")); err != nil || d.Text != "简报" {
		t.Error(d, err)
	}
}
