package intake

import (
	"bytes"
	"cmp"
	"path"
	"strings"

	"jianbao/bulletin"
	"jianbao/bulletin/intake/docx"
	"jianbao/bulletin/intake/flow"
	"jianbao/bulletin/intake/markdown"
	"jianbao/bulletin/intake/page"
	"jianbao/bulletin/intake/zipped"
	"jianbao/fault"
)

// A Format is what a file turned out to be.
type Format string

// The formats that are read.
const (
	FormatText     Format = "text"
	FormatWord     Format = "docx"
	FormatHTML     Format = "html"
	FormatMarkdown Format = "markdown"
)

// A Draft is what was read of a file.
type Draft struct {
	// Text is what bulletin.Parse reads: valid UTF-8, lines ended by LF, no
	// control characters but tabs.
	Text string
	// Pictures are what the picture lines of Text name, in their order.
	Pictures []Picture
	// Notes say what was left out of Text or put into it in other words.
	Notes []fault.Reason
	// Properties are the texts that the file keeps about itself: title,
	// subject, keywords, category, comments and the office's own.
	Properties []string
	Format     Format
	// Encoding is what a text was written in: UTF-8, GB18030, UTF-16LE or
	// UTF-16BE. It is "" for Word.
	Encoding string
}

// A Picture is one picture of a Draft.
type Picture = flow.Picture

// MaxFile is the most bytes a file has.
const MaxFile = 20 << 20

var (
	tooLarge  = fault.Say("intake.too-large", "文件有 %d MB，超过 %d MB 的上限：请压缩其中的图片，或分成几个文件", "the file has %d MB, more than %d MB: compress its pictures, or split it")
	emptyFile = fault.Say("intake.empty", "文件是空的，里面没有文字", "the file is empty: it holds no text")
)

// Read reads a file. Its name may be a path or ""; only its last part counts.
//
// The error is a fault.Invalid that says what the file is and what to do, or a
// fault.Refused for text that bears a label of state secrets.
func Read(name string, data []byte) (Draft, error) {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if label, found := bulletin.Classified(name, nil, ""); found {
		return Draft{}, label.Refusal()
	}
	if len(data) > MaxFile {
		return Draft{}, fault.New(fault.Invalid, tooLarge.With((len(data)+1<<20-1)>>20, MaxFile>>20))
	}
	if refusal := foreign(name, data); refusal != nil {
		return Draft{}, refusal
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return readWord(data)
	}
	text, encoding := decode(data)
	text, notes := tidy(text)
	if err := refuseBroken(text, encoding); err != nil {
		return Draft{}, cmp.Or(classified(text, nil, nil), err) // the refusal quotes the text
	}
	switch format := formatOf(name, text); format {
	case FormatHTML:
		return readPage(text, encoding)
	case FormatMarkdown:
		return readMarkdown(text, encoding)
	default:
		return checked(Draft{Text: text, Notes: notes, Format: format, Encoding: encoding}, nil)
	}
}

// HTML reads what was pasted as HTML. Its errors are those of Read.
func HTML(html string) (Draft, error) {
	if len(html) > MaxFile {
		return Draft{}, fault.New(fault.Invalid, tooLarge.With((len(html)+1<<20-1)>>20, MaxFile>>20))
	}
	return readPage(strings.ToValidUTF8(html, "\ufffd"), encodingUTF8)
}

func readWord(data []byte) (Draft, error) {
	file, err := zipped.Open(data)
	if err != nil {
		return Draft{}, err
	}
	part := docx.Main(file)
	if kind, foreign := foreignContainer(file, part); foreign {
		return Draft{}, fault.New(fault.Invalid, kind.With())
	}
	var w flow.Writer
	properties, err := docx.Read(file, part, &w)
	if err != nil {
		return Draft{}, err
	}
	d := draft(&w, FormatWord)
	d.Properties = properties
	return checked(d, w.Apart)
}

func readMarkdown(source, encoding string) (Draft, error) {
	var w flow.Writer
	if err := markdown.Read(source, &w); err != nil {
		return Draft{}, err
	}
	d := draft(&w, FormatMarkdown)
	d.Encoding = encoding
	return checked(d, w.Apart)
}

func readPage(html, encoding string) (Draft, error) {
	var w flow.Writer
	properties, err := page.Read(html, &w)
	if err != nil {
		return Draft{}, err
	}
	d := draft(&w, FormatHTML)
	d.Encoding, d.Properties = encoding, properties
	return checked(d, w.Apart)
}

// draft is what a reader wrote.
func draft(w *flow.Writer, format Format) Draft {
	return Draft{Text: w.Text(), Notes: w.Notes, Pictures: w.Pictures, Format: format}
}

// formatOf tells marked-up text from plain text: a page by how it begins,
// markdown by the name of its file alone, since plain text has ** and # too.
func formatOf(name, text string) Format {
	start := strings.ToLower(strings.TrimSpace(text[:min(len(text), 1024)]))
	ext := strings.ToLower(path.Ext(name))
	switch {
	case ext == ".html", ext == ".htm", strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"):
		return FormatHTML
	case ext == ".md", ext == ".markdown":
		return FormatMarkdown
	}
	return FormatText
}

// checked refuses what is not to be handed on. Apart are words beside the text.
func checked(d Draft, apart []string) (Draft, error) {
	if err := classified(d.Text, d.Properties, apart); err != nil {
		return Draft{}, err
	}
	if n := strings.Count(d.Text, "\n") + 1; n > flow.MaxLines {
		return Draft{}, fault.New(fault.Invalid, flow.TooLong.With(flow.MaxLines))
	}
	if strings.TrimSpace(d.Text) == "" {
		return Draft{}, fault.New(fault.Invalid, emptyFile.With())
	}
	return d, nil
}

// classified refuses a text that bears a label of state secrets.
func classified(text string, properties, apart []string) error {
	if label, found := bulletin.Classified("", properties, text); found {
		return label.Refusal()
	}
	for _, words := range apart {
		if label, found := bulletin.Classified("", nil, words); found {
			return label.Refusal()
		}
	}
	return nil
}
