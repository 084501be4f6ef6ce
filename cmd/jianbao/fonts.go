package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/fault"
)

// typecase says which font file serves which role.
type typecase struct {
	Dir      string `placeholder:"DIR" env:"JIANBAO_FONTS_DIR" help:"Directory of the office's own fonts: body.ttf, masthead.ttf, heading.ttf, kai.ttf, latin.ttf, fallback.ttf."`
	JSON     bool   `name:"json" help:"Print one JSON object."`
	Licences bool   `help:"Print the licences of the built-in fonts."`
}

// roleWords are what people call the roles.
var roleWords = map[fonts.Role]fault.Sentence{
	fonts.Body:     fault.Say("cmd.role.body", "正文", "body"),
	fonts.Masthead: fault.Say("cmd.role.masthead", "简报名称", "masthead"),
	fonts.Heading:  fault.Say("cmd.role.heading", "栏目和导语", "headings"),
	fonts.Kai:      fault.Say("cmd.role.kai", "楷体", "kai"),
	fonts.Latin:    fault.Say("cmd.role.latin", "数字和字母", "latin"),
	fonts.Fallback: fault.Say("cmd.role.fallback", "补缺字", "fallback"),
}

var (
	builtinFont = fault.Say("cmd.font.builtin", "内置", "built in")
	fontLacks   = fault.Say("cmd.font.lacks", "缺标准字%d个：%s", "lacks %d standard characters: %s")
	fontRefused = fault.Say("cmd.font.refused", "没有用 %s：%s", "%s is not used: %s")
	fontUnused  = fault.Say("cmd.font.unused", "目录里这些字体文件没有用途，请按用途改名（body.ttf、masthead.ttf、heading.ttf、kai.ttf、latin.ttf、fallback.ttf）：%s", "no role uses these files; name them by role (body.ttf, masthead.ttf, heading.ttf, kai.ttf, latin.ttf, fallback.ttf): %s")
)

// A fontLine is what --json prints of a role.
type fontLine struct {
	fonts.Report
	Note     string `json:"note,omitempty"`
	Rejected string `json:"rejected,omitempty"`
}

var noFonts = fault.Say("cmd.no-fonts", "字体目录用不了：%s", "the directory of fonts cannot be used: %s")

// fontsIn opens a directory of fonts, "" for the built-in ones alone.
func fontsIn(dir string) (*fonts.Set, error) {
	set, err := fonts.Open(dir)
	if err != nil {
		return nil, fault.New(fault.Invalid, noFonts.With(dir)).Because(err)
	}
	return set, nil
}

// Run prints the report.
func (t *typecase) Run(c *console) error {
	if t.Licences {
		return t.licences(c)
	}
	set, err := fontsIn(t.Dir)
	if err != nil {
		return err
	}
	if t.JSON {
		return printFontsJSON(c, set)
	}
	for _, r := range set.Report() {
		printFont(c, r)
	}
	if unused := set.Unused(); len(unused) > 0 {
		c.line(fontUnused.With(strings.Join(unused, "、")))
	}
	return nil
}

func printFont(c *console, r fonts.Report) {
	source := r.File
	if !r.Own {
		source = builtinFont.With().In(c.Lang)
	}
	fmt.Fprintf(c.Out, "%s  %s  %s  %s\n", pad(string(r.Role), 9), pad(roleWords[r.Role].With().In(c.Lang), 11), pad(r.Family, 22), source)
	for _, words := range fontRemarks(r, c.Lang) {
		fmt.Fprintln(c.Out, "           ", words)
	}
}

func fontRemarks(r fonts.Report, lang fault.Lang) []string {
	var all []string
	if r.Rejected != nil {
		all = append(all, fontRefused.With(r.Tried, r.Rejected.In(lang)).In(lang))
	}
	if r.Lacks > 0 {
		all = append(all, fontLacks.With(r.Lacks, r.Examples).In(lang))
	}
	if r.Note.Key != "" {
		all = append(all, r.Note.In(lang))
	}
	return all
}

func printFontsJSON(c *console, set *fonts.Set) error {
	out := struct {
		Roles  []fontLine `json:"roles"`
		Unused []string   `json:"unused,omitempty"`
	}{Unused: set.Unused()}
	for _, r := range set.Report() {
		line := fontLine{Report: r}
		if r.Note.Key != "" {
			line.Note = r.Note.In(c.Lang)
		}
		if r.Rejected != nil {
			line.Rejected = r.Rejected.In(c.Lang)
		}
		out.Roles = append(out.Roles, line)
	}
	encoder := json.NewEncoder(c.Out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}

func (t *typecase) licences(c *console) error {
	for _, role := range fonts.Roles() {
		if role == fonts.Fallback {
			continue // the body's
		}
		if _, err := fmt.Fprintf(c.Out, "%s\n\n%s\n", role, fonts.Licence(role)); err != nil {
			return err
		}
	}
	return nil
}
