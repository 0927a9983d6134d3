// Command lamsach helps commune officers to clean lists of people (làm sạch dữ liệu): a chat assistant, and the same
// checks without a chat. This file is its table of contents.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	_ "time/tzdata" // the officers' zone, on machines without a zone database

	"github.com/alecthomas/kong"

	"lamsach/core/fault"
)

// version is set by the build (-ldflags "-X main.version=…").
var version = "development"

// commands are everything that the program can do.
type commands struct {
	Demo     demoCommand     `cmd:"" help:"Try it: a web page on this machine with a made-up commune. Needs nothing else."`
	Serve    serveCommand    `cmd:"" help:"Serve officers on Telegram and on the web page."`
	Check    checkCommand    `cmd:"" help:"Check lists without a chat."`
	Invite   inviteCommand   `cmd:"" help:"Make an invitation code for an officer."`
	Officers officersCommand `cmd:"" help:"List who has which rights, or end somebody's."`
	Unit     unitCommand     `cmd:"" help:"Keep the units of administration."`
	Campaign campaignCommand `cmd:"" help:"Keep campaigns: list, show, template, start, move, end."`
	Holiday  holidayCommand  `cmd:"" help:"Keep the days of rest and work that differ from the law."`
	Migrate  migrateCommand  `cmd:"" help:"Bring the store to this program's version, and verify it."`
	Backup   backupCommand   `cmd:"" help:"Copy the store to a file and verify the copy; also while it is being served."`
	Restore  restoreCommand  `cmd:"" help:"Put a backup in the place of a store that is gone, and verify it."`
	Recount  recountCommand  `cmd:"" help:"Count every list anew and put kept counts right; a serving program does so by itself."`
	Purge    purgeCommand    `cmd:"" help:"Forget what need not be kept; a serving program does so by itself."`
	Sample   sampleCommand   `cmd:"" help:"Write a list of made-up people with planted faults, and the truth beside it."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
	Read     readCommand     `cmd:"" name:"read-file" hidden:"" help:"Read one file for a parent process."`
}

// errFindings ends check with status 1: it worked, and there is something to correct.
var errFindings = errors.New("findings")

// world is what commands touch of the machine; tests give them another one.
type world struct {
	ctx    context.Context
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	now    func() time.Time
	// readerEnv is the environment of the child that reads strangers' files: none, since ours holds secrets.
	readerEnv []string
}

func main() {
	os.Exit(begin(nil))
}

// begin runs the program in the world that it was started in.
func begin(readerEnv []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	w := world{
		ctx: ctx, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, now: time.Now, readerEnv: readerEnv,
	}
	return run(w, os.Args[1:])
}

// run parses the arguments, runs the command and gives the exit status: 0 well, 1 findings, 2 trouble.
func run(w world, args []string) int {
	if len(args) == 1 && args[0] == readArgument {
		return ended(w, readCommand{}.Run(w)) // for each file anew: it does without the table of all commands
	}
	var all commands
	status := -1
	parser, err := kong.New(&all, kong.Name("lamsach"),
		kong.Description("Standardises and cleans lists of people for Đề án 06."),
		kong.Writers(w.stdout, w.stderr), kong.Exit(func(code int) { status = code }), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(w.stderr, "lamsach:", err)
		return 2
	}
	command, err := parser.Parse(args)
	if status >= 0 {
		return status // --help has been printed
	}
	if err != nil {
		fmt.Fprintln(w.stderr, "lamsach:", err)
		return 2
	}
	return ended(w, command.Run(w))
}

// ended gives the exit status of a command, and says what went wrong.
func ended(w world, err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFindings):
		return 1
	}
	fmt.Fprintln(w.stderr, "lamsach:", sentence(err))
	return 2
}

// sentence puts trouble that has a text into words; the operator reads English at the command line unless he asked
// for another language.
func sentence(err error) string {
	var said *fault.Error
	if !errors.As(err, &said) {
		return err.Error()
	}
	text := words("en", said.Text())
	if said.Err != nil {
		return text + " (" + said.Err.Error() + ")"
	}
	return text
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(w world) error {
	_, err := fmt.Fprintln(w.stdout, "lamsach", version)
	return err
}
