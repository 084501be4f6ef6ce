package main

import (
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
	"github.com/willabides/kongplete"

	"jianbao/fault"
)

// completion prints what a shell is told so that it completes commands and
// flags: eval "$(jianbao completion bash)" in its start-up file.
type completion struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// completions ask the program itself, which answers by its command line (see
// completes). %[1]q is the program.
var completions = map[string]string{
	"bash": "complete -C %[1]q jianbao\n",
	"zsh":  "autoload -U +X bashcompinit && bashcompinit\ncomplete -C %[1]q jianbao\n",
	"fish": "function __complete_jianbao\n\tset -lx COMP_LINE (commandline -cp)\n\ttest -z (commandline -ct)\n\tand set COMP_LINE \"$COMP_LINE \"\n\t%[1]q\nend\ncomplete -f -c jianbao -a \"(__complete_jianbao)\"\n",
}

var whereAmI = fault.Say("cmd.completion.where", "不知道程序自己在哪里", "the program does not know where it lies")

// Run prints the lines for a shell.
func (s completion) Run(c *console) error {
	program, err := os.Executable()
	if err != nil {
		return fault.New(fault.Unavailable, whereAmI.With()).Because(err)
	}
	_, err = fmt.Fprintf(c.Out, completions[s.Shell], program)
	return err
}

// completes answers a shell that asks how a line may go on (COMP_LINE, as bash
// has it), and reports whether one did.
func completes(out, errs io.Writer) bool {
	if os.Getenv("COMP_LINE") == "" {
		return false
	}
	parser, err := parserOf(&program{}, kong.Writers(out, errs), kong.Exit(func(int) {}))
	if err == nil {
		kongplete.Complete(parser, kongplete.WithExitFunc(func(int) {}))
	}
	return true
}
