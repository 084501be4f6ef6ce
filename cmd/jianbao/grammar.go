package main

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"jianbao/fault"
)

// What is wrong with a command line is found by kong, which says it in English.
// Here stands what we say instead, by the form of its words; a test tries every
// command and every flag, so that a new form does not go unnoticed.
var (
	badUsage     = fault.Say("cmd.usage", "命令行写法不对：%s（用 %s --help 查看用法）", "the command line cannot be understood: %s (see %s --help)")
	useNoCommand = fault.Say("cmd.usage.no-command", "没有“%s”这个命令", "there is no command %q")
	useTooMuch   = fault.Say("cmd.usage.too-much", "“%s”是多出来的，这个命令后面不再写什么", "%q is too much, nothing more follows here")
	useNoFlag    = fault.Say("cmd.usage.no-flag", "没有 %s 这个选项", "there is no flag %s")
	useMeant     = fault.Say("cmd.usage.meant", "%s，是不是想写 %s", "%s; did you mean %s?")
	useOneOf     = fault.Say("cmd.usage.one-of", "%s，可以写 %s", "%s; there are %s")
	useCommand   = fault.Say("cmd.usage.command", "后面还要写一个命令：%s", "a command must follow: %s")
	useMissing   = fault.Say("cmd.usage.missing", "缺少 %s", "this is missing: %s")
	useChoice    = fault.Say("cmd.usage.choice", "%s 应为 %s 之一，写的是“%s”", "%s is one of %s, not %q")
	useTogether  = fault.Say("cmd.usage.together", "%s 和 %s 不能同时写", "%s and %s cannot be used together")
	useOf        = fault.Say("cmd.usage.of", "%s：%s", "%s: %s")
	useVariable  = fault.Say("cmd.usage.variable", "%s（来自环境变量 %s）", "%s (from the variable %s of the environment)")
	useNoValue   = fault.Say("cmd.usage.no-value", "后面没有写值", "its value is missing")
	useFlagThere = fault.Say("cmd.usage.flag-there", "后面应写值，写的却是选项 %s；值真是这样的话，用等号连着写", "a value must follow, and the flag %s does; join it by = if it is the value")
	useNotWhole  = fault.Say("cmd.usage.not-whole", "应为整数，写的是“%s”", "a whole number is wanted, not %q")
	useNotNumber = fault.Say("cmd.usage.not-number", "应为数字，写的是“%s”", "a number is wanted, not %q")
	useNotTime   = fault.Say("cmd.usage.not-time", "时长应写成 5m、30s 这样，写的是“%s”", "a time is written like 5m or 30s, not %q")
	useNotDay    = fault.Say("cmd.usage.not-day", "日期应写成 2026-01-05 这样，写的是“%s”", "a day is written like 2026-01-05, not %q")
	useNotTrue   = fault.Say("cmd.usage.not-true", "只能是 true 或 false，写的是“%s”", "it is true or false, not %q")
	useUnknown   = fault.Say("cmd.usage.unknown", "（原话）%s", "in the words of the parser: %s")
)

// A wording is what we say for a form of kong's words; parts are what its groups
// hold.
type wording struct {
	form *regexp.Regexp
	say  func(at *kong.Context, parts []string) fault.Reason
}

// lineWordings are about a line, valueWordings about one value in it.
var (
	lineWordings = []wording{
		{regexp.MustCompile(`^unexpected argument (.*?)(?:, did you mean (?:one of )?(".*")\?)?$`), sayUnexpected},
		{regexp.MustCompile(`^unknown flag (\S+?)(?:, did you mean (?:one of )?(".*")\?)?$`), func(_ *kong.Context, parts []string) fault.Reason {
			return meant(useNoFlag.With(parts[0]), parts[1])
		}},
		{regexp.MustCompile(`^missing flags: (.*)$`), func(at *kong.Context, parts []string) fault.Reason {
			return useMissing.With(named(append(argumentsMissing(at), strings.Split(parts[0], ", ")...)))
		}},
		{regexp.MustCompile(`^missing positional arguments (.*)$`), func(at *kong.Context, parts []string) fault.Reason {
			return useMissing.With(named(strings.Split(parts[0], " ")))
		}},
		{regexp.MustCompile(`^expected (?:one of )?"`), func(at *kong.Context, _ []string) fault.Reason {
			if missing := argumentsMissing(at); len(missing) > 0 {
				return useMissing.With(named(missing))
			}
			return useCommand.With(named(commandsUnder(nodeOf(at))))
		}},
		{regexp.MustCompile(`^(\S+) must be one of (.*) but got "(.*)"$`), func(_ *kong.Context, parts []string) fault.Reason {
			return useChoice.With(parts[0], named(unquoted(parts[1])), parts[2])
		}},
		{regexp.MustCompile(`^(--\S+) and (--\S+) can't be used together`), func(_ *kong.Context, parts []string) fault.Reason {
			return useTogether.With(parts[0], parts[1])
		}},
	}
	valueWordings = []wording{
		{regexp.MustCompile(`^expected \w+ value but got "EOL"|^missing value`), func(*kong.Context, []string) fault.Reason { return useNoValue.With() }},
		{regexp.MustCompile(`^expected \w+ value but got "(-.*?)" \((?:long|short) flag\)`), one(useFlagThere)},
		{regexp.MustCompile(`^expected (?:a valid \d+ bit u?int|an int) but got "(.*?)"`), one(useNotWhole)},
		{regexp.MustCompile(`^expected a float but got "(.*?)"`), one(useNotNumber)},
		{regexp.MustCompile(`^expected duration but got "(.*?)"`), one(useNotTime)},
		{regexp.MustCompile(`^parsing time "(.*?)"`), one(useNotDay)},
		{regexp.MustCompile(`^(?:bool value must be .* but got|expected bool but got) "(.*?)"`), one(useNotTrue)},
	}
	ofFlag       = regexp.MustCompile(`(?s)^(--[\w-]+|<[^>]+>): (.*)$`)
	fromVariable = regexp.MustCompile(`(?s)^(--[\w-]+): .* \(from envar (\w+)="(.*)"\)$`)
)

func one(s fault.Sentence) func(*kong.Context, []string) fault.Reason {
	return func(_ *kong.Context, parts []string) fault.Reason { return s.With(parts[0]) }
}

// misread says what is wrong with a command line, or with the configuration file
// that it names.
func misread(err error) error {
	var at *kong.ParseError
	if !errors.As(err, &at) {
		return err
	}
	if refusal := fault.As(err); refusal != nil && !ofFlag.MatchString(at.Error()) {
		return err // of the configuration file, in its own words
	}
	return fault.New(fault.Usage, badUsage.With(misreading(at), pathOf(nodeOf(at.Context)))).Because(err)
}

// misreading is what is wrong, in our words.
func misreading(at *kong.ParseError) fault.Reason {
	text := at.Error()
	if parts := fromVariable.FindStringSubmatch(text); parts != nil {
		if flag := flagNamed(at.Context, parts[1]); flag != nil {
			return useVariable.With(useOf.With(parts[1], valueMisread(undecoded(flag, parts[3]))), parts[2])
		}
	}
	if parts := ofFlag.FindStringSubmatch(text); parts != nil {
		if refusal := fault.As(at); refusal != nil {
			return useOf.With(parts[1], refusal.Message)
		}
		return useOf.With(parts[1], reworded(valueWordings, at.Context, parts[2]))
	}
	return reworded(lineWordings, at.Context, text)
}

// valueMisread is why a value cannot be read, in its own words if it has any.
func valueMisread(err error) fault.Reason {
	if refusal := fault.As(err); refusal != nil {
		return refusal.Message
	}
	return reworded(valueWordings, nil, fmt.Sprint(err))
}

// undecoded is why a setting cannot have a value; nil if it can.
func undecoded(flag *kong.Flag, value any) error {
	scratch := reflect.New(flag.Target.Type()).Elem()
	scan := kong.ScanFromTokens(kong.Token{Type: kong.FlagValueToken, Value: value})
	return flag.Mapper.Decode(&kong.DecodeContext{Value: flag.Value, Scan: scan}, scratch)
}

// reworded is a text of kong in our words.
func reworded(wordings []wording, at *kong.Context, text string) fault.Reason {
	for _, w := range wordings {
		if parts := w.form.FindStringSubmatch(text); parts != nil {
			return w.say(at, parts[1:])
		}
	}
	return useUnknown.With(text)
}

// sayUnexpected is about a word where none, or another, is to stand. Where kong
// finds nothing like it, a short list of what there is says more.
func sayUnexpected(at *kong.Context, parts []string) fault.Reason {
	node := nodeOf(at)
	there := commandsUnder(node)
	switch {
	case len(there) == 0:
		return useTooMuch.With(parts[0])
	case parts[1] == "" && node.Type == kong.CommandNode:
		return useOneOf.With(useNoCommand.With(parts[0]), named(there))
	}
	return meant(useNoCommand.With(parts[0]), parts[1])
}

// meant adds what kong thinks near, a list of quoted words or nothing.
func meant(what fault.Reason, near string) fault.Reason {
	if near == "" {
		return what
	}
	return useMeant.With(what, named(unquoted(near)))
}

// unquoted are the words of a list of kong.
func unquoted(list string) (words []string) {
	for _, m := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(list, -1) {
		if m[1] != "" {
			words = append(words, m[1])
		}
	}
	return words
}

// nodeOf is the command that a line had reached.
func nodeOf(at *kong.Context) *kong.Node {
	if at == nil {
		return nil
	}
	if node := at.Selected(); node != nil {
		return node
	}
	return at.Model.Node
}

// pathOf is how a command is typed.
func pathOf(node *kong.Node) string {
	if node == nil || node.Type != kong.CommandNode {
		return "jianbao"
	}
	return "jianbao " + node.Path()
}

func commandsUnder(node *kong.Node) (names []string) {
	for _, child := range node.Children {
		if child.Type == kong.CommandNode && !child.Hidden {
			names = append(names, child.Name)
		}
	}
	return names
}

// argumentsMissing are those that a command wants and a line lacks.
func argumentsMissing(at *kong.Context) (names []string) {
	given := map[*kong.Value]bool{}
	for _, step := range at.Path {
		given[step.Positional] = true
	}
	for _, arg := range nodeOf(at).Positional {
		if arg.Required && !given[arg] {
			names = append(names, "<"+arg.Name+">")
		}
	}
	return names
}

func flagNamed(at *kong.Context, name string) *kong.Flag {
	for _, flag := range at.Flags() {
		if "--"+flag.Name == name {
			return flag
		}
	}
	return nil
}

// named are words in a row, as each language has it.
type named []string

// In returns the row in a language.
func (n named) In(lang fault.Lang) string {
	or, comma := " 或 ", "、"
	if lang == fault.EN {
		or, comma = " or ", ", "
	}
	words := slices.Clone([]string(n))
	for i, word := range words {
		words[i] = strings.ReplaceAll(word, " or ", or)
	}
	return strings.Join(words, comma)
}
