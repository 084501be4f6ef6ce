package bulletin

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"jianbao/fault"
)

func corpus(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		f.Add(sample(f, filepath.Base(file)))
	}
	f.Add("")
	f.Add("科技简报\n第8期\n示例市科技局\n2021年7月15日\n报：市委。\n") // its text is still to come
	f.Add("\ufeff简报\r\r\n第1期\n领导批示：¶\n【】\n★\n：\n报：\n附件：")
}

// FuzzParse holds what is promised of every text: no panic, the same reading
// twice, lines that exist, choices whose edits remove their problem, and no
// letter lost.
func FuzzParse(f *testing.F) {
	corpus(f)
	f.Fuzz(func(t *testing.T, text string) {
		r := Parse(text)
		lines := len(physical(text))
		for _, p := range r.Problems {
			if p.Line < 0 || p.Line > lines || p.Code == "" || p.Reason.In(fault.ZH) == "" {
				t.Errorf("a problem of no line: %+v", p)
			}
		}
		if refusal, items := r.Refusal(), len(r.Document.Items()); refusal == nil && items == 0 && len(r.Blocking()) == 0 {
			t.Error("a bulletin without items could be submitted")
		}
		if lost := lostLetters(text, r); lost != "" {
			t.Errorf("lost %q of\n%s\nin %s", lost, text, plainly(r.Document))
		}
	})
}

// lostLetters returns the letters of a text that stand more often in it than
// in the document, its labels and the problems. Digits and Chinese numerals are
// written in other forms and not compared, nor are the words that the forms of
// number, date, copies and labels consist of.
func lostLetters(text string, r Reading) string {
	kept := map[rune]int{}
	tallyReading(kept, r)
	if all := ParseAll(text); len(all) > 1 {
		for _, other := range all[1:] {
			tallyReading(kept, other)
		}
	}
	var lost strings.Builder
	for _, c := range strings.ToValidUTF8(text, "") {
		if !unicode.IsLetter(c) || strings.ContainsRune(formWords, c) {
			continue
		}
		if kept[plainLetter(c)]--; kept[plainLetter(c)] < 0 {
			lost.WriteRune(c)
		}
	}
	return lost.String()
}

func tallyReading(kept map[rune]int, r Reading) {
	raw, _ := json.Marshal(r.Document)
	var doc any
	_ = json.Unmarshal(raw, &doc)
	tally(kept, doc)
	for _, p := range r.Problems {
		for _, a := range p.Reason.Args {
			tally(kept, a)
		}
	}
}

// plainLetter folds the width of a letter, which telephone numbers and mail
// addresses lose.
func plainLetter(c rune) rune {
	r, _ := utf8.DecodeRuneInString(fold(string(c)))
	return r
}

func tally(kept map[rune]int, value any) {
	switch v := value.(type) {
	case string:
		for _, c := range v {
			kept[plainLetter(c)]++
		}
	case []any:
		for _, e := range v {
			tally(kept, e)
		}
	case map[string]any:
		for _, e := range v {
			tally(kept, e)
		}
	}
}

// formWords are the characters of the forms that Parse turns into facts.
var formWords = func() string {
	var b strings.Builder
	b.WriteString("第期总号年度月日星期周天零一二三四五六七八九十百千两○〇正增专特刊印发制编主办承办共存档留本份数供稿单位人领导批示栏阅要目录导读内容提次详情文正" +
		"第页共 Emailaddres其中贰叁肆伍陆柒捌玖拾佰壹Oo刊名")
	for name, k := range labels {
		if k != listLabel && k != roleLabel {
			b.WriteString(name)
		}
	}
	return b.String()
}()

// FuzzFormat holds that writing a document back loses no letter of it, however
// odd the text was that it came from.
func FuzzFormat(f *testing.F) {
	corpus(f)
	f.Fuzz(func(t *testing.T, text string) {
		r := Parse(text)
		again := Format(r.Document)
		if lost := lostLetters(lettersOf(r.Document), Reading{Document: Document{Title: again}}); lost != "" {
			t.Errorf("Format loses %q:\n%s\n%s", lost, plainly(r.Document), again)
		}
		if lost := lostLetters(again, Parse(again)); lost != "" {
			t.Errorf("reading it again loses %q:\n%s", lost, again)
		}
		if got := Parse(again).Document; r.Refusal() == nil && !same(got, r.Document) {
			t.Errorf("\n got %s\nwant %s\nwritten\n%s", plainly(got), plainly(r.Document), again)
		}
	})
}

// lettersOf returns all strings of a document in one.
func lettersOf(d Document) string {
	d.Number.Kind = ""
	kept := map[rune]int{}
	var doc any
	_ = json.Unmarshal([]byte(plainly(d)), &doc)
	tally(kept, doc)
	var b strings.Builder
	for c, n := range kept {
		b.WriteString(strings.Repeat(string(c), n))
	}
	return b.String()
}

// FuzzClassified holds that a label is found wherever the first lines have one,
// and that nothing but facts of the head is kept of such a text.
func FuzzClassified(f *testing.F) {
	corpus(f)
	f.Fuzz(func(t *testing.T, text string) {
		if _, ok := Classified("", nil, "机密★10年\n"+text); !ok {
			t.Error("the label is not found")
		}
		r := Parse("机密★10年\n" + text)
		if d := r.Document; len(d.Sections)+len(d.Lists)+len(d.Extra)+len(d.Annexes)+len(d.Roles) > 0 || d.Title != "" || r.Refusal() == nil {
			t.Errorf("kept %s", plainly(d))
		}
	})
}

// FuzzSettle holds that every choice offered can be made, and settles.
func FuzzSettle(f *testing.F) {
	corpus(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		for _, p := range Parse(text).Problems {
			for _, c := range p.Choices {
				after, err := Settle(text, p.Code, p.Line, c.Key)
				if err != nil || after == text {
					t.Errorf("%s in line %d, %s: %v", p.Code, p.Line, c.Key, err)
				}
			}
		}
	})
}
