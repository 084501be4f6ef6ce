// Command jianbao is the desk where an office's numbered bulletin is edited,
// reviewed, signed off, numbered, counted and sent.
//
//	jianbao demo     the whole job on a real bulletin, with nothing to set up
//	jianbao serve    pages, scheduler and mail engine
//	jianbao plant    the sample series and its people, to try serve with
//	jianbao user     add a person
//	jianbao version
//
// It exits with 0 when all went well, with 1 when something was refused or
// failed, which one sentence on the standard error says, and with 2 when the
// command line cannot be understood.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // small machines have no time zones

	"github.com/alecthomas/kong"

	"jianbao/fault"
)

// version is set by the build.
var version = "unknown"

// program is the command line. Every flag has a variable of the environment.
type program struct {
	Lang    fault.Lang `help:"Language of what is printed: zh or en." enum:"zh,en" default:"zh" env:"JIANBAO_LANG"`
	Demo    demo       `cmd:"" help:"Do the whole job on the real bulletin: submit, review, register, release, send."`
	Serve   serve      `cmd:"" help:"Run the pages, the scheduler and the mail engine."`
	Plant   plant      `cmd:"" help:"Plant the sample series, its people and units."`
	User    user       `cmd:"" help:"Add a person who may sign in."`
	Version showName   `cmd:"" help:"Print the version."`
}

// console is where a command speaks.
type console struct {
	Out  io.Writer
	Err  io.Writer
	Lang fault.Lang
}

type showName struct{}

// Run prints the version.
func (showName) Run(c *console) error {
	_, err := fmt.Fprintln(c.Out, "jianbao", version)
	return err
}

var badUsage = fault.Say("cmd.usage", "命令行写法不对：%s（用 --help 查看用法）", "the command line cannot be understood: %s (see --help)")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program without its process: it returns the exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var p program
	exited := -1
	parser, err := kong.New(&p, kong.Name("jianbao"), kong.Description("简报：编、审、签、登记、分发。"),
		kong.Writers(out, errs), kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)))
	if err != nil {
		return say(err, errs, fault.ZH)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		return say(fault.New(fault.Usage, badUsage.With(err.Error())), errs, fault.ZH)
	}
	return say(command.Run(&console{Out: out, Err: errs, Lang: p.Lang}), errs, p.Lang)
}

// say says in one sentence what failed, and returns the exit code.
func say(err error, errs io.Writer, lang fault.Lang) int {
	if err != nil {
		shown := fault.Shown(err)
		fmt.Fprintln(errs, shown.In(lang))
		if shown.Code == fault.Internal {
			fmt.Fprintln(errs, err)
		}
	}
	return fault.ExitCode(err)
}
