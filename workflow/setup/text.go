package setup

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"

	"jianbao/fault"
)

var (
	textHead = fault.Say("setup.text-head",
		"# %s的设置。改好后：jianbao series set 刊名 本文件（先列出差别，再写入）。\n# 没有写的项不变；写成空的（\"\"、[]）就是没有。",
		"# The settings of %s. To change them: jianbao series set MASTHEAD THIS-FILE\n# (it shows the differences first). What is left out stays as it is; what is\n# empty (\"\", []) is none.")
	badTOML  = fault.Say("setup.toml", "第%d行写法不对：%s", "line %d is not well-formed: %s")
	badValue = fault.Say("setup.toml-value", "写法不对：%s", "it is not well-formed: %s")
	badText  = fault.Say("setup.bad-text", "设置读不懂", "the settings cannot be read")
	noSuch   = fault.Say("setup.unknown-key", "没有“%s”这一项", "there is no setting %q")
	tooLong  = fault.Say("setup.too-long", "设置太长，超过%dKB", "the settings are longer than %d KB")
)

// maxText is the longest text that is read, in bytes: a layout is at most 64 KB.
const maxText = 256 << 10

// Text writes the sheet as annotated TOML, as [ReadText] reads it.
func (s Sheet) Text(lang fault.Lang) string {
	var top, tables, blocks strings.Builder
	fmt.Fprintln(&top, textHead.With(onOneLine(s.Masthead)).In(lang))
	sheet := reflect.ValueOf(s)
	for i := range sheet.NumField() {
		field, value := sheet.Type().Field(i), sheet.Field(i)
		key, doc := field.Tag.Get("toml"), field.Tag.Get(string(lang))
		switch {
		case value.Kind() == reflect.Struct:
			fmt.Fprintf(&tables, "\n## %s\n[%s]\n", doc, key)
			writeTable(&tables, value, lang)
		case isBlocks(value) && value.Len() > 0:
			fmt.Fprintf(&blocks, "\n%s", comment(doc))
			for n := range value.Len() {
				fmt.Fprintf(&blocks, "[[%s]]\n%s\n", key, pairs(value.Index(n), "\n"))
			}
		default:
			fmt.Fprintf(&top, "\n%s%s = %s\n", comment(doc), key, literal(value))
		}
	}
	return top.String() + tables.String() + blocks.String()
}

// onOneLine is a name as a comment has it, in which TOML takes no control
// characters.
func onOneLine(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(name, "\uFFFD"), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// isBlocks reports whether a value is a list of what has fields of its own.
func isBlocks(v reflect.Value) bool {
	return v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct
}

func writeTable(b *strings.Builder, table reflect.Value, lang fault.Lang) {
	for i := range table.NumField() {
		field := table.Type().Field(i)
		fmt.Fprintf(b, "%s%s = %s\n", comment(field.Tag.Get(string(lang))), field.Tag.Get("toml"), literal(table.Field(i)))
	}
}

// pairs writes the fields of a value that say something.
func pairs(v reflect.Value, between string) string {
	var all []string
	for i := range v.NumField() {
		key, omitted, _ := strings.Cut(v.Type().Field(i).Tag.Get("toml"), ",")
		blank := v.Field(i).IsZero() || v.Field(i).Kind() == reflect.Slice && v.Field(i).Len() == 0
		if omitted == "" || !blank {
			all = append(all, key+" = "+literal(v.Field(i)))
		}
	}
	return strings.Join(all, between)
}

// comment writes what a setting is for, one sentence a line.
func comment(doc string) string {
	doc = strings.ReplaceAll(strings.ReplaceAll(doc, "。", "。\n"), ". ", ".\n")
	return "# " + strings.ReplaceAll(strings.TrimSpace(doc), "\n", "\n# ") + "\n"
}

// literal writes a value as TOML 1.0 has it.
func literal(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return quote(v.String())
	case reflect.Slice:
		all := make([]string, v.Len())
		for n := range all {
			if all[n] = literal(v.Index(n)); v.Type().Elem().Kind() == reflect.Struct {
				all[n] = "{" + pairs(v.Index(n), ", ") + "}"
			}
		}
		return "[" + strings.Join(all, ", ") + "]"
	case reflect.Bool, reflect.Int:
		return fmt.Sprint(v.Interface())
	}
	return ""
}

// quote writes a string: one of several lines as it is, where that can be.
func quote(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	control := func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7F }
	if strings.Contains(text, "\n") && !strings.Contains(text, "'''") && !strings.HasSuffix(text, "'") && !strings.ContainsFunc(text, control) {
		return "'''\n" + text + "'''"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7F:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// ReadText reads what [Sheet.Text] writes, and fills in from before what the
// text leaves out. It fails with fault.Invalid and the line where the text is
// no TOML, or with every setting that there is not.
func ReadText(text string, before Sheet) (Sheet, error) {
	if len(text) > maxText {
		return before, fault.New(fault.Invalid, badText.With(), tooLong.With(maxText>>10))
	}
	var read Sheet
	meta, err := toml.Decode(text, &read)
	if err != nil {
		return before, fault.New(fault.Invalid, badText.With(), malformed(err)).Because(err)
	}
	var reasons []fault.Reason
	for _, key := range meta.Undecoded() {
		reasons = append(reasons, noSuch.With(key.String()))
	}
	if len(reasons) > 0 {
		return before, fault.New(fault.Invalid, badText.With(), reasons...)
	}
	keep(reflect.ValueOf(&read).Elem(), reflect.ValueOf(before), func(path ...string) bool { return meta.IsDefined(path...) })
	return read, nil
}

// malformed says where a text is not TOML.
func malformed(err error) fault.Reason {
	var at toml.ParseError
	switch {
	case !errors.As(err, &at):
		return badValue.With(err.Error()) // it names the key
	case at.Position.Line == 0:
		return badValue.With(at.Message) // the end was not expected
	}
	return badTOML.With(at.Position.Line, at.Message)
}

// keep gives every setting that was not said the value that it had.
func keep(read, before reflect.Value, said func(path ...string) bool) {
	for i := range read.NumField() {
		key, field := read.Type().Field(i).Tag.Get("toml"), read.Field(i)
		switch {
		case !said(key):
			field.Set(before.Field(i))
		case field.Kind() == reflect.Struct:
			keep(field, before.Field(i), func(path ...string) bool { return said(append([]string{key}, path...)...) })
		}
	}
}

// Number reads a whole number as forms send it; blank is 0.
func Number(text string) (int, bool) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}
