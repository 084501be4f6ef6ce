package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"jianbao/fault"
)

// configure prints the configuration file that says what is so anyway, to be
// edited.
type configure struct{}

var (
	sampleHead = fault.Say("cmd.sample.head",
		"# 简报（jianbao）的配置文件：jianbao serve --config 本文件\n# 每一项也是一个命令行参数和一个环境变量；参数优先于变量，变量优先于本文件。\n# 这里写的都是默认值，删去一行，该项就按默认值。口令不写在这里。",
		"# The configuration of jianbao: jianbao serve --config THIS-FILE\n# Every setting is also a flag and a variable of the environment; a flag goes\n# before a variable, and a variable before this file. What stands here are the\n# defaults: a setting without a line has its default. No passwords belong here.")
	sampleAlso = fault.Say("cmd.sample.also", "--%s，%s", "--%s, %s")
)

// A part is a group of settings.
type part struct {
	key   string
	title fault.Sentence
}

// parts are the groups in the order of the struct.
var parts = []part{
	{"data", fault.Say("cmd.part.data", "数据", "Data")},
	{"pages", fault.Say("cmd.part.pages", "页面", "Pages")},
	{"mail", fault.Say("cmd.part.mail", "发信", "Mail")},
	{"incoming", fault.Say("cmd.part.incoming", "收信", "Mail that comes in")},
	{"paper", fault.Say("cmd.part.paper", "排版", "Paper")},
}

// groups are the parts as the help shows them.
func groups() []kong.Group {
	var all []kong.Group
	for _, p := range parts {
		all = append(all, kong.Group{Key: p.key, Title: p.title.EN + ":"})
	}
	return all
}

// Run prints the sample.
func (configure) Run(app *kong.Context, c *console) error {
	return writeSample(c.Out, settingsOf(app.Model), c.Lang)
}

func writeSample(w io.Writer, known []*kong.Flag, lang fault.Lang) error {
	var b strings.Builder
	fmt.Fprintln(&b, sampleHead.With().In(lang))
	for _, p := range parts {
		fmt.Fprintf(&b, "\n## %s\n", p.title.With().In(lang))
		for _, flag := range known {
			if flag.Group.Key == p.key {
				writeSetting(&b, flag, lang)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeSetting writes what a setting is for, one sentence a line, its other
// names, and its default.
func writeSetting(b *strings.Builder, flag *kong.Flag, lang fault.Lang) {
	help := strings.ReplaceAll(flag.Help, ". ", ".\n")
	if lang == fault.ZH {
		help = strings.TrimSuffix(strings.ReplaceAll(flag.Tag.Get("zh"), "。", "。\n"), "\n")
	}
	fmt.Fprintf(b, "\n# %s\n# (%s)\n%s = %s\n", strings.ReplaceAll(help, "\n", "\n# "),
		sampleAlso.With(flag.Name, flag.Envs[0]).In(lang), flag.Name, asTOML(flag))
}

// asTOML returns the default of a setting as TOML writes it. No default has a
// quotation mark or a backslash in it.
func asTOML(flag *kong.Flag) string {
	switch flag.Target.Interface().(type) {
	case bool, int:
		return flag.Default
	}
	return `"` + flag.Default + `"`
}
