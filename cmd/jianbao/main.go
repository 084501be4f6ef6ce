// Command jianbao is the desk where an office's numbered bulletin is edited,
// reviewed, signed off, numbered, counted and sent.
//
//	jianbao demo     the whole job on a real bulletin, with nothing to set up
//	jianbao serve    pages, scheduler and mail engine
//	jianbao parse    reads a file as a bulletin and says what it understood
//	jianbao config   the configuration file, annotated, with what is so anyway
//	jianbao migrate  brings the tables of the database up to date, or shows them
//	jianbao plant    the sample series and its people, to try serve with
//	jianbao user     people: add, list, close an account
//	jianbao issue    issues: their list, the story or the history of one
//	jianbao filing   issues into the archive, and out of it by a list of two people
//	jianbao series   series: list, make one, show and change what is set of it
//	jianbao remark   leaders' remarks: list, one with its history, the month in a spreadsheet
//	jianbao unit     units in and out of spreadsheets, their list, reforms and rosters
//	jianbao calendar the public holidays that deadlines are counted by
//	jianbao secret   the keys that seal secrets in the database
//	jianbao token    tokens for programs that use the API
//	jianbao render   paper, Word or mail of a draft
//	jianbao audit    whether the history of issues is what it was
//	jianbao check    what is wrong with the installation, and how to mend it
//	jianbao backup   everything in the database to one file, while it runs
//	jianbao restore  a backup into an empty database of either kind
//	jianbao move     the data to another database, from a file to PostgreSQL
//	jianbao adopt    the database was moved here for good: send from here
//	jianbao dkim     keys that sign letters, and the DNS records for them
//	jianbao fonts    which font serves which role, and what it lacks
//	jianbao bench    how fast letters go on this machine
//	jianbao completion  what makes a shell complete commands and flags
//	jianbao version
//
// What an office sets is one struct, settings: each is a flag, a variable of
// the environment, and a line of the file that --config names.
//
// It exits with 0 when all went well, with 1 when something was refused or
// failed, which one sentence on the standard error says (with --json, one object,
// as the API has it), and with 2 when the command line or the configuration file
// cannot be understood.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	_ "time/tzdata" // small machines have no time zones

	"github.com/alecthomas/kong"

	"jianbao/fault"
)

// version is set by the build.
var version = "unknown"

// program is the command line.
type program struct {
	Lang     fault.Lang   `help:"Language of what is printed: zh or en." enum:"zh,en" default:"zh" env:"JIANBAO_LANG"`
	Config   configFile   `help:"Configuration file; jianbao config prints one." env:"JIANBAO_CONFIG" placeholder:"FILE"`
	Demo     demo         `cmd:"" help:"Do the whole job on the real bulletin: submit, review, register, release, send."`
	Serve    serve        `cmd:"" help:"Run the pages, the scheduler and the mail engine."`
	Parse    parse        `cmd:"" help:"Read a file as a bulletin and print what was understood."`
	Print    configure    `cmd:"" name:"config" help:"Print the configuration file, annotated, with the defaults."`
	Migrate  migrate      `cmd:"" help:"Bring the tables of the database up to date."`
	Plant    plant        `cmd:"" help:"Plant the sample series, its people and units."`
	User     user         `cmd:"" help:"People who may sign in: add, list, close."`
	Issue    issue        `cmd:"" help:"Issues: list them, tell the story of one, show its history."`
	Filing   filed        `cmd:"" help:"Filing: what lacks what, filing lists, what has expired, destruction lists."`
	Series   series       `cmd:"" help:"Series: list, make one, show and change what is set of it."`
	Books    registered   `cmd:"" name:"register" help:"The books that inspectors ask for: issues, distribution, copies, of a series and a year."`
	Remark   remarkBook   `cmd:"" help:"Leaders' remarks: list them, show one, write the month to a spreadsheet."`
	Unit     unit         `cmd:"" help:"Units: import and export as a spreadsheet, list, show, rename, merge, split, end, rosters."`
	Calendar holidayTable `cmd:"" help:"Public holidays: show, import, export, change a day."`
	Secret   secret       `cmd:"" help:"Keys that seal secrets in the database: show, rotate, give up."`
	Token    token        `cmd:"" help:"Tokens for programs that use the API: make, list, revoke."`
	Render   render       `cmd:"" help:"Make paper (.pdf), Word (.docx) or mail (.html, .txt) of a draft."`
	DKIM     dkim         `cmd:"" name:"dkim" help:"Keys that sign letters: make one, show the DNS record of one."`
	Fonts    typecase     `cmd:"" help:"Say which font serves which role, and what it lacks."`
	Audit    audit        `cmd:"" help:"Prove the history of issues: verify it, make roots, export it."`
	Check    check        `cmd:"" help:"Say what is wrong with database, relay, clock, disk, backups and so on, and how to mend it."`
	Backup   backup       `cmd:"" help:"Write everything in the database to one file, while the program runs."`
	Restore  restore      `cmd:"" help:"Write a backup into an empty database, of either kind."`
	Move     move         `cmd:"" help:"Carry the data to another database, such as from SQLite to PostgreSQL."`
	Adopt    adopt        `cmd:"" help:"Make a database that was moved here this installation's, so that it sends."`
	Bench    bench        `cmd:"" help:"Measure on this machine how fast letters go."`
	Complete completion   `cmd:"" name:"completion" help:"Print what makes a shell complete commands and flags."`
	Version  showName     `cmd:"" help:"Print the version."`
}

// console is where a command speaks.
type console struct {
	Out  io.Writer
	Err  io.Writer
	Lang fault.Lang
	// JSON has sentences printed as JSON; commands that are spoken set it.
	JSON bool
}

// consoleOf is the console for a command line.
func (p *program) consoleOf(command *kong.Context, out, errs io.Writer) *console {
	c := &console{Out: out, Err: errs, Lang: p.Lang}
	if chosen := command.Selected(); chosen != nil {
		if s, is := chosen.Target.Interface().(interface{ speaksJSON() bool }); is {
			c.JSON = s.speaksJSON()
		}
	}
	return c
}

type showName struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run prints the version.
func (s showName) Run(c *console) error {
	if s.JSON {
		return printJSON(c.Out, map[string]string{"version": version, "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH})
	}
	_, err := fmt.Fprintln(c.Out, "jianbao", version)
	return err
}

func main() {
	if completes(os.Stdout, os.Stderr) {
		return
	}
	collectSeldom()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program without its process: it returns the exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var p program
	asked := mannersOf(args)
	exited := -1
	parser, err := parserOf(&p, kong.Writers(out, errs), kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)))
	if err != nil {
		return asked.say(err, errs)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		return asked.say(misread(err), errs)
	}
	return asked.say(command.Run(p.consoleOf(command, out, errs)), errs)
}

func parserOf(p *program, more ...kong.Option) (*kong.Kong, error) {
	return kong.New(p, append(more, kong.Name("jianbao"), kong.Description("简报：编、审、签、登记、分发。"),
		kong.ExplicitGroups(groups()), kong.PostBuild(withExamples))...)
}
