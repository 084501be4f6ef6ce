package typeset

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strings"

	"jianbao/fault"
)

// maxTemplate is the longest template that is read, in bytes.
const maxTemplate = 64 << 10

var (
	badTemplate  = fault.Say("typeset.bad-template", "版式文件不能用", "the template cannot be used")
	notJSON      = fault.Say("typeset.template-not-json", "不是完整的 JSON：%s", "it is not well-formed JSON: %s")
	tooLong      = fault.Say("typeset.template-too-long", "版式文件超过 %d KB", "the template is longer than %d KB")
	unknownKey   = fault.Say("typeset.template-unknown-key", "“%s”不是版式的项目，请检查拼写", "%s is no entry of a template: check the spelling")
	wrongKind    = fault.Say("typeset.template-wrong-kind", "“%s”应当写成%s", "%s must be %s")
	unknownBase  = fault.Say("typeset.template-unknown-base", "没有叫“%s”的内置版式，可用的有：%s", "there is no built-in template called %s; there are: %s")
	outOfRange   = fault.Say("typeset.template-out-of-range", "“%s”是 %s，应当在 %s 到 %s 之间", "%s is %s; it must lie between %s and %s")
	notOneOf     = fault.Say("typeset.template-not-one-of", "“%s”是“%s”，只能是：%s", "%s is %s; it can only be one of: %s")
	noColour     = fault.Say("typeset.template-no-colour", "“%s”是“%s”，颜色应写成 #d7000f 这样", "%s is %s; a colour is written like #d7000f")
	noPlace      = fault.Say("typeset.template-no-place", "“%s”是“%s”，其中要有一个 {} 代表数字或名称", "%s is %s; it must have one {} for the value")
	noName       = fault.Say("typeset.template-no-name", "版式没有名称（name）", "the template has no name")
	offThePaper  = fault.Say("typeset.template-off-the-paper", "版心（%s）超出了纸张", "the type area (%s) does not fit on the paper")
	linesTooHigh = fault.Say("typeset.template-lines-too-high", "“%s”：每页 %d 行放不下 %s 磅的字", "%s: %d lines to a page leave no room for characters of %s pt")
	tooDense     = fault.Say("typeset.template-too-dense", "“%s”：每行 %d 字放不下 %s 磅的字", "%s: %d characters to a line leave no room for characters of %s pt")
	slotTooHigh  = fault.Say("typeset.template-slot-too-high", "批示栏 %d 行，一页只有 %d 行", "the remark slot has %d lines, a page only %d")
)

// ReadTemplate reads a template written as JSON. What it does not mention is as
// in the built-in template that its "base" names, 两行式 where it names none.
// Everything that is wrong with it is said at once, as fault.Invalid: keys that
// no template has, values of a wrong kind, numbers and words out of range.
func ReadTemplate(data []byte) (Template, error) {
	if len(data) > maxTemplate {
		return Template{}, fault.New(fault.Invalid, badTemplate.With(), tooLong.With(maxTemplate>>10))
	}
	var raw any
	if err := json.Unmarshal(data, &raw); err != nil {
		return Template{}, fault.New(fault.Invalid, badTemplate.With(), notJSON.With(err.Error()))
	}
	if reasons := misfits("", raw, reflect.TypeFor[Template]()); reasons != nil {
		return Template{}, fault.New(fault.Invalid, badTemplate.With(), reasons...)
	}
	t, reasons := baseOf(raw)
	if reasons == nil {
		t.Name = ""
		if err := json.NewDecoder(bytes.NewReader(data)).Decode(&t); err != nil {
			reasons = append(reasons, notJSON.With(err.Error()))
		} else {
			t.Base = ""
			reasons = t.Check()
		}
	}
	if reasons != nil {
		return Template{}, fault.New(fault.Invalid, badTemplate.With(), reasons...)
	}
	return t, nil
}

// baseOf returns the built-in template that a written one starts from.
func baseOf(raw any) (Template, []fault.Reason) {
	name, _ := raw.(map[string]any)["base"].(string)
	if name == "" {
		return Builtin()[0], nil
	}
	if t, ok := BuiltinNamed(name); ok {
		return t, nil
	}
	var names []string
	for _, t := range Builtin() {
		names = append(names, t.Name)
	}
	return Template{}, []fault.Reason{unknownBase.With(name, strings.Join(names, "、"))}
}

// misfits says which keys of a decoded JSON value no field of the type takes,
// and which values are of another kind than their field.
func misfits(path string, raw any, want reflect.Type) []fault.Reason {
	switch want.Kind() {
	case reflect.Struct:
		object, ok := raw.(map[string]any)
		if !ok {
			return []fault.Reason{wrongKind.With(named(path), "{…}")}
		}
		return misfitsOf(path, object, keysOf(want))
	case reflect.String:
		if _, ok := raw.(string); !ok {
			return []fault.Reason{wrongKind.With(path, `"…"`)}
		}
	case reflect.Bool:
		if _, ok := raw.(bool); !ok {
			return []fault.Reason{wrongKind.With(path, "true/false")}
		}
	default:
		n, ok := raw.(float64)
		if !ok || want.Kind() == reflect.Int && n != float64(int(n)) {
			return []fault.Reason{wrongKind.With(path, map[bool]string{true: "12", false: "12.5"}[want.Kind() == reflect.Int])}
		}
	}
	return nil
}

func misfitsOf(path string, object map[string]any, keys map[string]reflect.Type) []fault.Reason {
	var reasons []fault.Reason
	for _, key := range sorted(object) {
		at := strings.TrimPrefix(path+"."+key, ".")
		if want, ok := keys[key]; ok {
			reasons = append(reasons, misfits(at, object[key], want)...)
		} else {
			reasons = append(reasons, unknownKey.With(at))
		}
	}
	return reasons
}

func named(path string) string {
	if path == "" {
		return "JSON"
	}
	return path
}

func sorted(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for k := range object {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// keysOf returns the JSON keys of a struct with the types of their fields.
func keysOf(t reflect.Type) map[string]reflect.Type {
	keys := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			keys[name] = f.Type
		}
	}
	return keys
}

var (
	colourForm = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	fontRoles  = []string{"body", "masthead", "heading", "kai", "latin"}
	alignments = []string{"left", "centre", "right"}
	sides      = []string{"left", "right", "none"}
)

// Check returns everything that is wrong with a template, or nil.
func (t Template) Check() []fault.Reason {
	var c checker
	if strings.TrimSpace(t.Name) == "" {
		c.add(noName.With())
	}
	c.oneOf("head", string(t.Head), []string{string(Stacked), string(Inline), string(Preprinted)})
	c.paper(t.Paper)
	c.grid("grid", t, t.Grid)
	c.grid("large", t, t.Large)
	c.style("masthead", t.Masthead.Style, t.Paper.Height)
	c.within("masthead.spacing", t.Masthead.Spacing, 0, 3)
	c.style("number", t.Number, t.Paper.Height)
	c.style("organ", t.Organ, t.Paper.Height)
	c.style("date", t.Date, t.Paper.Height)
	c.rule(t)
	c.slot(t)
	c.heading("section", t.Section)
	c.heading("title", t.Title)
	c.corners(t.Corners)
	c.tail(t.Tail)
	c.folio(t.Folio)
	c.words(t.Words)
	return c.reasons
}

type checker struct{ reasons []fault.Reason }

func (c *checker) add(r fault.Reason) { c.reasons = append(c.reasons, r) }

func (c *checker) within(key string, value, least, most float64) {
	if !(value >= least && value <= most) {
		c.add(outOfRange.With(key, short(value), short(least), short(most)))
	}
}

func (c *checker) oneOf(key, value string, allowed []string) {
	if !slices.Contains(allowed, value) {
		c.add(notOneOf.With(key, value, strings.Join(allowed, "、")))
	}
}

func (c *checker) colour(key, value string) {
	if !colourForm.MatchString(value) {
		c.add(noColour.With(key, value))
	}
}

func short(f float64) string { return fmt.Sprintf("%g", f) }

func (c *checker) paper(p Paper) {
	c.within("paper.width", p.Width, 100, 450)
	c.within("paper.height", p.Height, 140, 650)
	c.within("paper.top", p.Top, 5, 200)
	c.within("paper.left", p.Left, 5, 100)
	c.within("paper.measure", p.Measure, 60, 420)
	c.within("paper.depth", p.Depth, 80, 600)
	if p.Left+p.Measure > p.Width || p.Top+p.Depth > p.Height {
		c.add(offThePaper.With(short(p.Measure) + " × " + short(p.Depth) + " mm"))
	}
}

func (c *checker) grid(key string, t Template, g Grid) {
	before := len(c.reasons)
	c.within(key+".lines", float64(g.Lines), 5, 60)
	c.within(key+".characters", float64(g.Characters), 8, 80)
	c.within(key+".size", g.Size, 8, 40)
	if len(c.reasons) > before {
		return
	}
	if t.Leading(g) < g.Size*1.1 {
		c.add(linesTooHigh.With(key, g.Lines, short(g.Size)))
	}
	// the standard's own 16 pt stand on a 15.79 pt pitch
	if t.Pitch(g) < g.Size*0.97 {
		c.add(tooDense.With(key, g.Characters, short(g.Size)))
	}
}

func (c *checker) style(key string, s Style, paper float64) {
	c.oneOf(key+".font", s.Font, fontRoles)
	c.within(key+".size", s.Size, 6, 120)
	c.colour(key+".colour", s.Colour)
	c.oneOf(key+".align", s.Align, alignments)
	c.within(key+".gap", s.Gap, 0, 150)
	c.within(key+".top", s.Top, 0, paper)
}

func (c *checker) rule(t Template) {
	c.within("rule.thickness", t.Rule.Thickness, 0, 10)
	c.colour("rule.colour", t.Rule.Colour)
	c.within("rule.gap", t.Rule.Gap, 0, 100)
	c.within("rule.top", t.Rule.Top, 0, t.Paper.Top+t.Paper.Depth*0.75)
}

func (c *checker) slot(t Template) {
	c.oneOf("remark.print", t.Remark.Print, []string{"asked", "always", "never"})
	c.within("remark.lines", float64(t.Remark.Lines), 1, 60)
	if t.Remark.Lines > t.Grid.Lines {
		c.add(slotTooHigh.With(t.Remark.Lines, t.Grid.Lines))
	}
}

func (c *checker) heading(key string, h Heading) {
	c.oneOf(key+".font", h.Font, fontRoles)
	if h.Size != 0 {
		c.within(key+".size", h.Size, 6, 60)
	}
	c.colour(key+".colour", h.Colour)
	c.oneOf(key+".align", h.Align, alignments)
	c.within(key+".indent", h.Indent, 0, 10)
	c.within(key+".before", float64(h.Before), 0, 5)
}

func (c *checker) corners(k Corners) {
	c.oneOf("corners.notice", k.Notice, sides)
	c.oneOf("corners.copy_number", k.CopyNumber, sides)
	c.oneOf("corners.urgency", k.Urgency, sides)
}

func (c *checker) tail(t Tail) {
	c.oneOf("tail.font", t.Font, fontRoles)
	c.within("tail.size", t.Size, 6, 30)
	c.colour("tail.colour", t.Colour)
	c.within("tail.indent", t.Indent, 0, 6)
	c.within("tail.thick", t.Thick, 0, 3)
	c.within("tail.thin", t.Thin, 0, 3)
}

func (c *checker) folio(f Folio) {
	c.oneOf("folio.form", f.Form, []string{"dashes", "plain", "of", "none"})
	c.oneOf("folio.place", f.Place, []string{"outside", "centre", "right"})
	c.oneOf("folio.font", f.Font, fontRoles)
	c.within("folio.size", f.Size, 6, 30)
	c.within("folio.drop", f.Drop, 0, 30)
	c.within("folio.indent", f.Indent, 0, 10)
}

func (c *checker) words(w Words) {
	for _, form := range []struct{ key, value string }{
		{"words.number", w.Number}, {"words.total", w.Total}, {"words.undertaker", w.Undertaker},
		{"words.contributor", w.Contributor}, {"words.print_run", w.PrintRun}, {"words.copy_number", w.CopyNumber},
	} {
		if strings.Count(form.value, "{}") != 1 {
			c.add(noPlace.With(form.key, form.value))
		}
	}
}
