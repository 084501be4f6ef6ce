package bulletin

import (
	"regexp"
	"strings"

	"jianbao/fault"
)

// A Label is a classification label (密级) as it was found.
type Label struct {
	Level string `json:"level"`          // 秘密, 机密, 绝密
	Term  string `json:"term,omitempty"` // 1年, 长期, 2026年12月31日前
	Where string `json:"where"`          // InText, InName or InProperties
	Line  int    `json:"line,omitempty"` // 1-based, in the text
	// Stub is what the head says besides: enough to register the paper.
	Stub Stub `json:"stub"`
}

// A Stub is what may be known of a classified bulletin on an ordinary system:
// no word of its text.
type Stub struct {
	Masthead string `json:"masthead,omitempty"`
	Number   Number `json:"number"`
	Date     Date   `json:"date"`
	CopyNo   string `json:"copy_no,omitempty"`
	Urgency  string `json:"urgency,omitempty"`
}

// Where a label was found.
const (
	InText       = "text"
	InName       = "name"
	InProperties = "properties"
)

// headZone is how many lines that are not blank are looked at for a label,
// beside those above the masthead.
const headZone = 8

// Classified looks for a classification label: in the head zone of the text
// (its first 8 lines that are not blank, and all above the masthead; the same
// for each further bulletin in it), in the name of the file, and in the
// properties of the document. The words inside a sentence are no label.
//
// Such a text must not be stored or processed on an ordinary system (Law on
// Guarding State Secrets, 2024, art. 31(3)): call Classified before anything is
// written anywhere. It takes time linear in the size of the text.
func Classified(name string, properties []string, text string) (Label, bool) {
	parts := split(read(text))
	for _, lines := range parts {
		if l, ok := labelInText(lines); ok {
			return l, true
		}
	}
	if l, ok := labelInName(name); ok {
		l.Where, l.Stub = InName, stubOf(parts[0])
		return l, true
	}
	for _, value := range properties {
		if l, ok := labelInName(value); ok {
			l.Where, l.Stub = InProperties, stubOf(parts[0])
			return l, true
		}
	}
	return Label{}, false
}

func labelInText(lines []line) (Label, bool) {
	zone := max(headZone, mastheadAt(lines))
	for _, l := range lines[:min(zone, len(lines))] {
		if label, ok := labelOf(l.raw); ok {
			label.Where, label.Line, label.Stub = InText, l.no, stubOf(lines)
			return label, true
		}
	}
	return Label{}, false
}

var (
	levelForm = regexp.MustCompile(`^[\[(【〔<《]?(?:密级[\])】〕:]?[\[(【〔]?)?(绝密|机密|秘密)([^\n]{0,24})$`)
	starForm  = regexp.MustCompile(`^[★☆✩✭✮✯✰⭐*※·•●◆.:/_—–-]+(.{0,16})$`)
	termsForm = regexp.MustCompile(`^(?:级|件)?[\])】〕>》]?(?:保密期限:?)?[\[(【〔]?((?:[0-9〇○零一二三四五六七八九十]{1,4}个?[年月天日周](?:[0-9一二三四五六七八九十]{1,3}[月日]){0,2}(?:以?[前后内止]|以内|为止)?|长期|永久|.{2,14}(?:前|之?后|为止))?)[\])】〕]?$`)
	copyWords = regexp.MustCompile(`(?:特急|加急|特提|平急|急件|份号:?|编号:?|[№#]|No\.?)?[0-9]{3,8}号?$|^[0-9]{3,8}|特急$|加急$|特提$|平急$|^特急|^加急`)
)

// labelOf reads a line that is a label and nothing else, spaced or not:
// 秘密★1年, 机 密, 密级：绝密★长期, 【秘密】, 绝密★(30年). Urgency and copy number
// may stand on the same line.
func labelOf(raw string) (Label, bool) {
	if len(raw) > short || !strings.Contains(raw, "密") {
		return Label{}, false
	}
	text := strings.ReplaceAll(fold(clean(raw)), " ", "")
	text = strings.Trim(copyWords.ReplaceAllString(text, ""), Mark+"*#>|")
	m := levelForm.FindStringSubmatch(text)
	if m == nil {
		return Label{}, false
	}
	if s := starForm.FindStringSubmatch(m[2]); s != nil {
		return Label{Level: m[1], Term: strings.Trim(s[1], "[]()【】〔〕")}, true
	}
	if t := termsForm.FindStringSubmatch(m[2]); t != nil {
		return Label{Level: m[1], Term: t[1]}, true
	}
	return Label{}, false
}

// labelInName looks for a label among the words of a file name or property.
func labelInName(name string) (Label, bool) {
	if !strings.Contains(name, "密") {
		return Label{}, false
	}
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if l, ok := labelOf(name); ok {
		return l, true
	}
	for _, word := range nameWords.Split(fold(name), -1) {
		if l, ok := labelOf(word); ok {
			return l, true
		}
	}
	return Label{}, false
}

var nameWords = regexp.MustCompile(`[ _,;、=+\[\]【】()〔〕《》|.-]+`)

var (
	classifiedText = fault.Say("bulletin.classified", "本系统为非涉密系统，不得存储、处理涉密内容：发现密级标志“%s”。请不要上传或粘贴，改按涉密文件管理规定纸质流转，并在本系统登记（期号、日期、密级、份数、持有人）；误标的，请找定密责任人或保密办",
		"this system is not approved for classified content and must not store or process it: the label %s was found; circulate it on paper under the rules for classified documents and register it here (number, date, level, copies, holder); if the label is a mistake, ask your security officer")
)

// String returns the label as it is printed: 秘密★1年.
func (l Label) String() string {
	if l.Term == "" {
		return l.Level
	}
	return l.Level + "★" + l.Term
}

// Refusal returns the one error for a classified text: fault.Refused. The label
// is its cause, so that errors.As finds what is needed to register the paper.
func (l Label) Refusal() *fault.Error {
	return fault.New(fault.Refused, classifiedText.With(l.String())).Because(l)
}

// Error makes a label the cause of a refusal; it says nothing of the text.
func (l Label) Error() string { return "bulletin: a classification label was found" }

// stubOf reads the head of a classified bulletin and keeps no more than a Stub.
func stubOf(lines []line) Stub {
	p := &parser{lines: lines[:min(len(lines), headZone+headLines)], classified: true}
	p.head()
	d := p.doc
	stub := Stub{Number: d.Number, Date: d.Date, CopyNo: d.CopyNo, Urgency: d.Urgency}
	if hasSuffix(d.Masthead, mastheads) {
		stub.Masthead = d.Masthead // nothing that could be a title
	}
	if n := &stub.Number; n.No+n.Total > 0 && n.Year == 0 && !d.Date.IsZero() {
		n.Year, n.YearFromDate = d.Date.Year, true
	}
	return stub
}
