package intake

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf16"

	"jianbao/bulletin/intake/zipped"
	"jianbao/fault"
)

// The files that people bring and that are not read, each with what to do.
var (
	oldWord     = fault.Say("intake.old-word", "这是旧版 Word 文档（.doc），不能直接读取：请用 Word 或 WPS 打开，“另存为”.docx 后再导入", "this is a Word document of the old kind (.doc): open it in Word or WPS, save it as .docx and bring that")
	oldWPS      = fault.Say("intake.wps", "这是 WPS 文字的专有格式（.wps），不能直接读取：请用 WPS 打开，“另存为”.docx 后再导入", "this is a document in WPS's own format (.wps): open it in WPS, save it as .docx and bring that")
	encrypted   = fault.Say("intake.encrypted", "文件设有打开密码，不能读取：请打开后取消密码（文件—信息—保护文档），另存为 .docx 再导入", "the file is protected by a password: open it, take the password off, save it as .docx and bring that")
	richText    = fault.Say("intake.rtf", "这是 RTF 文档，不能直接读取：请用 Word 或 WPS 打开，“另存为”.docx 后再导入", "this is an RTF document: open it in Word or WPS, save it as .docx and bring that")
	wordXML     = fault.Say("intake.word-xml", "这是 Word 的单一 XML 文档，不能直接读取：请用 Word 打开，“另存为”.docx 后再导入", "this is a Word document saved as one XML file: open it in Word, save it as .docx and bring that")
	webArchive  = fault.Say("intake.mht", "这是单个文件网页（.mht），不能直接读取：请用 Word 或 WPS 打开，“另存为”.docx 后再导入", "this is a web archive (.mht): open it in Word or WPS, save it as .docx and bring that")
	openText    = fault.Say("intake.odt", "这是 OpenDocument 文档（.odt），不能直接读取：请用 LibreOffice 或 WPS 打开，“另存为”.docx 后再导入", "this is an OpenDocument file (.odt): open it in LibreOffice or WPS, save it as .docx and bring that")
	portable    = fault.Say("intake.pdf", "这是 PDF，文字的段落在其中已经丢失，不能作为稿件：请导入它的 Word 原稿，或复制文字后粘贴", "this is a PDF, which has lost its paragraphs: bring the Word file it was made from, or copy its text and paste it")
	fixedLayout = fault.Say("intake.ofd", "这是 OFD 版式文件，文字的段落在其中已经丢失，不能作为稿件：请导入它的 Word 原稿，或复制文字后粘贴", "this is an OFD file, which has lost its paragraphs: bring the Word file it was made from, or copy its text and paste it")
	image       = fault.Say("intake.image", "这是图片，不能识别其中的文字：请导入 Word 原稿，或把文字录入后粘贴", "this is a picture, and text in pictures is not recognised: bring the Word file, or type the text and paste it")
	spreadsheet = fault.Say("intake.spreadsheet", "这是电子表格，不是简报文稿：请把要用的内容复制到 Word 文档，存为 .docx 后再导入", "this is a spreadsheet, not the text of a bulletin: copy what you need into a Word document and bring that as .docx")
	slides      = fault.Say("intake.slides", "这是演示文稿，不是简报文稿：请把要用的文字复制到 Word 文档，存为 .docx 后再导入", "this is a presentation, not the text of a bulletin: copy its text into a Word document and bring that as .docx")
	archive     = fault.Say("intake.archive", "这是压缩包：请先解压，再导入其中的 .docx 或文本文件", "this is an archive: unpack it and bring the .docx or text file in it")
	oldOffice   = fault.Say("intake.ole", "这是旧版 Office 文件，不能直接读取：请用 WPS 或 Office 打开，“另存为”.docx 后再导入", "this is a file of an old Office: open it in WPS or Office, save it as .docx and bring that")
)

// A signature is how the files of a kind begin. A dot stands for any byte.
type signature struct {
	begins string
	kind   fault.Sentence
}

var signatures = []signature{
	{`{\rtf`, richText},
	{"\x89PNG", image}, {"\xff\xd8\xff", image}, {"GIF8", image},
	{"II*\x00", image}, {"MM\x00*", image}, {"RIFF....WEBP", image}, {"....ftypheic", image}, {"....ftypmif1", image},
	{"BM....\x00\x00\x00\x00", image},
	{"Rar!", archive}, {"7z\xbc\xaf\x27\x1c", archive}, {"\x1f\x8b", archive},
	{"MIME-Version:", webArchive},
}

// foreign refuses a file of a kind that is not read, and returns nil for any
// other.
func foreign(name string, data []byte) error {
	kind, known := foreignKind(strings.ToLower(path.Ext(name)), data)
	if !known {
		return nil
	}
	return fault.New(fault.Invalid, kind.With())
}

func foreignKind(ext string, data []byte) (fault.Sentence, bool) {
	for _, s := range signatures {
		if s.matches(data) {
			return s.kind, true
		}
	}
	start := data[:min(len(data), 1024)]
	switch {
	case bytes.Contains(start, []byte("%PDF-")):
		return portable, true
	case bytes.Contains(start, []byte("progid=\"Word.Document\"")), bytes.Contains(start, []byte("<pkg:package")):
		return wordXML, true
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return compound(ext, data), true
	}
	return fault.Sentence{}, false
}

func (s signature) matches(data []byte) bool {
	if len(data) < len(s.begins) {
		return false
	}
	for i := range len(s.begins) {
		if s.begins[i] != '.' && s.begins[i] != data[i] {
			return false
		}
	}
	return true
}

// foreignContainer names what a zip container holds if that is no Word document.
// Main is the part that its relations begin with.
func foreignContainer(file *zipped.File, main string) (fault.Sentence, bool) {
	switch {
	case strings.HasPrefix(main, "xl/"):
		return spreadsheet, true
	case strings.HasPrefix(main, "ppt/"):
		return slides, true
	case main != "":
		return fault.Sentence{}, false
	case file.Has("OFD.xml"): // GB/T 33190-2016 7.1
		return fixedLayout, true
	}
	mime, err := file.Part("mimetype") // OpenDocument 1.3 part 2, 3.3
	if err != nil {
		mime = nil
	}
	switch {
	case bytes.HasSuffix(mime, []byte(".spreadsheet")):
		return spreadsheet, true
	case bytes.HasSuffix(mime, []byte(".presentation")):
		return slides, true
	case bytes.Contains(mime, []byte("opendocument")):
		return openText, true
	}
	return archive, true
}

// compound tells the kinds of OLE compound files ([MS-CFB]) apart by the names
// of their streams, which stand in the directory as UTF-16.
func compound(ext string, data []byte) fault.Sentence {
	has := func(stream string) bool {
		var name []byte
		for _, u := range utf16.Encode([]rune(stream)) {
			name = append(name, byte(u), byte(u>>8))
		}
		return bytes.Contains(data, name)
	}
	switch {
	case has("EncryptedPackage"): // [MS-OFFCRYPTO] 2.3.4.4
		return encrypted
	case ext == ".wps":
		return oldWPS
	case has("WordDocument"): // [MS-DOC] 2.1
		return oldWord
	case has("Workbook"):
		return spreadsheet
	case has("PowerPoint Document"):
		return slides
	}
	return oldOffice
}
