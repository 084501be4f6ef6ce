package main

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"jianbao/fault"
)

// refusalOf is what a line is told that the grammar refuses; nil if it does not.
func refusalOf(t *testing.T, line ...string) error {
	t.Helper()
	_, err := mutely(t).Parse(line)
	return misread(err)
}

// mutely is a parser that neither prints nor ends the process.
func mutely(t *testing.T) *kong.Kong {
	t.Helper()
	parser, err := parserOf(&program{}, kong.Exit(func(int) {}), kong.Writers(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	return parser
}

// Whatever is wrong with a line is said in our words: every command is tried
// with nothing, too much, a flag that there is none, and every flag of it with no
// value and with one that it may not have.
func TestEveryMisreadLineIsSaidInOurWords(t *testing.T) {
	refused, tried := 0, map[string]bool{"config": true, "help": true} // a file that is read; no mistake
	parser := mutely(t)                                                // making one takes long; it remembers some of the lines before, which lets a few through
	try := func(line ...string) {
		_, err := parser.Parse(line)
		if err = misread(err); err == nil {
			return
		}
		refused++
		if fault.CodeOf(err) != fault.Usage || holds(fault.As(err).Message, useUnknown.Key) {
			t.Errorf("jianbao %s: %v", strings.Join(line, " "), err)
		}
		if said := fault.As(err).In(fault.ZH); strings.Contains(said, "%!") || !strings.Contains(said, " --help") {
			t.Errorf("jianbao %s: %s", strings.Join(line, " "), said)
		}
	}
	for path, c := range leaves(t) {
		line := strings.Fields(path)
		try(line...)
		try(line[:1]...)
		try(append(line[:1:1], "nonsense-of-mine")...)
		try(append(slices.Clone(line), "a", "b", "c", "d", "e")...)
		try(append(slices.Clone(line), "--there-is-none")...)
		for _, group := range c.AllFlags(true) {
			for _, flag := range group {
				if tried[flag.Name+flag.Help] || tried[flag.Name] {
					continue
				}
				tried[flag.Name+flag.Help] = true
				try(append(slices.Clone(line), "--"+flag.Name)...)
				try(append(slices.Clone(line), "--"+flag.Name, "--json")...)
				try(append(slices.Clone(line), "--"+flag.Name+"=§")...)
				for _, other := range flag.Xor {
					try(append(slices.Clone(line), "--"+flag.Name+"=x", "--"+other+"=x")...)
				}
			}
		}
	}
	if refused < 200 {
		t.Errorf("only %d lines were refused", refused)
	}
}

// holds reports whether a sentence, or one inside it, has a key.
func holds(r fault.Reason, key string) bool {
	return r.Key == key || slices.ContainsFunc(r.Args, func(arg any) bool {
		inner, is := arg.(fault.Reason)
		return is && holds(inner, key)
	})
}

// What is wrong, where, and what to do.
func TestMisreadLines(t *testing.T) {
	for line, want := range map[string][2]string{
		"isue":                         {"没有“isue”这个命令，是不是想写 issue（用 jianbao --help 查看用法）", `there is no command "isue"; did you mean issue? (see jianbao --help)`},
		"issue zzzz":                   {"没有“zzzz”这个命令，可以写 list、show、trial、file、history（用 jianbao issue --help 查看用法）", "there are list, show, trial, file, history"},
		"issue":                        {"后面还要写一个命令：list、", "a command must follow: list,"},
		"unit rename a":                {"缺少 <name>、--day=", "this is missing: <name>, --day="},
		"filing decide 1 --series x":   {"--approve 或 --refuse", "--approve or --refuse"},
		"user add a b --rol x":         {"没有 --rol 这个选项，是不是想写 --role", "there is no flag --rol; did you mean --role?"},
		"version x":                    {"“x”是多出来的", `"x" is too much`},
		"backup --keep many":           {"--keep：应为整数，写的是“many”", `--keep: a whole number is wanted, not "many"`},
		"token new a b --days --act":   {"--days：后面应写值，写的却是选项 --act", "the flag --act does"},
		"token new a b --days":         {"--days：后面没有写值", "--days: its value is missing"},
		"completion tcsh":              {"<shell> 应为 bash、zsh、fish 之一，写的是“tcsh”", `<shell> is one of bash, zsh, fish, not "tcsh"`},
		"serve --only all":             {"--only 应为 web、scheduler、mailer 之一", "--only is one of web, scheduler, mailer"},
		"serve --mailbox-after no":     {"--mailbox-after：收到后的处理", "--mailbox-after: what is done"},
		"token new a b --days 1 --act": {"", ""},
	} {
		err := refusalOf(t, strings.Fields(line)...)
		if want[0] == "" {
			if err != nil {
				t.Errorf("jianbao %s: %v", line, err)
			}
			continue
		}
		if err == nil {
			t.Errorf("jianbao %s is understood", line)
			continue
		}
		for i, lang := range []fault.Lang{fault.ZH, fault.EN} {
			if said := fault.As(err).In(lang); !strings.Contains(said, want[i]) {
				t.Errorf("jianbao %s: %s", line, said)
			}
		}
	}
}

// A value of the environment is refused with the name of its variable.
func TestAVariableMisread(t *testing.T) {
	t.Setenv("JIANBAO_LEASE", "soon")
	err := refusalOf(t, "serve")
	if err == nil {
		t.Fatal("it is understood")
	}
	const want = "--lease：时长应写成 5m、30s 这样，不短于1秒：soon（来自环境变量 JIANBAO_LEASE）"
	if said := fault.As(err).In(fault.ZH); !strings.Contains(said, want) {
		t.Error(said)
	}
}

// With --json a failure is the problem that the API answers with, wherever on
// the line it stands; the exit code is the same.
func TestFailuresAsJSON(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		line, code string
		exit       int
		lang       fault.Lang
	}{
		{"nonsense --json", "usage", 2, fault.ZH},
		{"--lang en user list --json --dir " + dir + "/none", "not-found", 1, fault.EN},
		{"user add 程 x --role king --json --lang=en --dir " + dir, "invalid", 1, fault.EN},
		{"restore --from " + dir + "/none --db " + dir + "/none.db --json", "not-found", 1, fault.ZH},
	} {
		exit, out, errs := ran(t, strings.Fields(c.line)...)
		var p failure
		if err := json.Unmarshal([]byte(errs), &p); err != nil || exit != c.exit || out != "" {
			t.Errorf("jianbao %s: exit %d, %v: %s%s", c.line, exit, err, out, errs)
			continue
		}
		if p.Code != c.code || p.Type != "about:blank" || p.Detail == "" || p.Reasons == nil || (c.lang == fault.ZH) != (strings.ContainsRune(p.Detail, '，') || strings.ContainsRune(p.Detail, '：')) {
			t.Errorf("jianbao %s: %s", c.line, errs)
		}
	}
	var beneath strings.Builder
	if exit := (manners{JSON: true}).say(errors.New("the disk is on fire"), &beneath); exit != 1 || !strings.Contains(beneath.String(), `"cause":"the disk is on fire"`) {
		t.Errorf("exit %d: %s", exit, &beneath)
	}
	if exit, _, errs := ran(t, "nonsense", "--", "--json"); exit != 2 || strings.HasPrefix(errs, "{") {
		t.Errorf("a word is taken for a flag: %d %s", exit, errs)
	}
}
