// Command entente is the node of one party, its command line, the demo and the
// offline verifier, in one binary.
//
// Some commands work on the files of the node in the home folder, beside it while
// it runs: init, party, agreement, officer, backup, restore, store. Whoever can
// use them has the machine. The others speak to a running node over its API, as
// the officer who ran entente signin.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"entente"
)

// version is set by the linker for releases.
var version = "0.1.0-dev"

// cli is the whole command line. Each command is a type in a file of its own.
type cli struct {
	JSON bool   `help:"Print JSON for machines." name:"json"`
	Home string `help:"Folder of the node: keys, settings and, with SQLite, data." default:"${home}" env:"ENTENTE_HOME" type:"path"`

	Demo      demoCmd      `cmd:"" help:"Run two agencies in this process and replay the story of a warning."`
	Init      initCmd      `cmd:"" help:"Set up a node: keys, descriptor, store and the first officer."`
	Node      nodeCmd      `cmd:"" help:"Run the node."`
	Party     partyCmd     `cmd:"" help:"Our descriptor and those of our partners."`
	Agreement agreementCmd `cmd:"" help:"Explain, sign, add and list agreements; change how far one is open."`
	Officer   officerCmd   `cmd:"" help:"The people who sign in at this node."`
	Signin    signinCmd    `cmd:"" help:"Sign in at a node, for the commands below."`
	Tip       tipCmd       `cmd:"" help:"Write a tip and put it before a releaser."`
	Release   releaseCmd   `cmd:"" help:"See what waits for release, and release or return it."`
	Inbox     inboxCmd     `cmd:"" help:"What came in: list, read, acknowledge, answer."`
	Import    importCmd    `cmd:"" help:"Take in an edition of a list."`
	List      listCmd      `cmd:"" help:"The lists that are held: editions, what each changed, what was set aside."`
	Holding   holdingCmd   `cmd:"" help:"What a list holds on somebody."`
	Match     matchCmd     `cmd:"" help:"Ask whom a person may be, across spellings and scripts."`
	Watch     watchCmd     `cmd:"" help:"Standing interest in people."`
	Screen    screenCmd    `cmd:"" help:"Screen travel events in a file."`
	Feed      feedCmd      `cmd:"" help:"What travel events came in, and what of them was set aside."`
	Task      taskCmd      `cmd:"" help:"What people are asked to decide: hits, links, files to open again."`
	Case      caseCmd      `cmd:"" help:"The desk's files."`
	Access    accessCmd    `cmd:"" help:"Who looked at or did what, and why: the access log, for overseers."`
	Queue     queueCmd     `cmd:"" help:"What waits for its recipient, and what was refused."`
	Evidence  evidenceCmd  `cmd:"" help:"Export the evidence of a message, for entente verify."`
	Verify    verifyCmd    `cmd:"" help:"Check evidence.zip offline, without any node."`
	Courier   courierCmd   `cmd:"" help:"Exchange with a partner through files."`
	Backup    backupCmd    `cmd:"" help:"Write a backup of the store while the node runs."`
	Restore   restoreCmd   `cmd:"" help:"Restore a backup into an empty store."`
	Store     storeCmd     `cmd:"" help:"Check the store, or copy it from one engine to the other."`
	Version   versionCmd   `cmd:"" help:"Print the version."`
	Licenses  licensesCmd  `cmd:"" help:"Print the licences of this program and of all that is in it."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks the command to end; the second one ends it.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}

// run is main without the process: tests call it.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string) int {
	var c cli
	exit := -1
	parser, err := kong.New(&c,
		kong.Name("entente"),
		kong.Description("Agencies that do not trust each other warn each other, and both can prove it."),
		kong.Vars{"home": defaultHome(getenv), "outcomes": strings.Join(outcomeNames(), ", "), "flags": strings.Join(entente.FlagKinds, ", ")},
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exit = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
	)
	if err != nil {
		fmt.Fprintln(stderr, "entente:", err)
		return 2
	}
	k, err := parser.Parse(args)
	if exit >= 0 {
		return exit // help was asked for and given
	}
	e := newEnv(ctx, c, stdin, stdout, stderr, getenv)
	if err != nil {
		e.json = slices.Contains(args, "--json")
		e.complain(&entente.Error{Kind: entente.Invalid, Detail: err.Error(), Hint: "entente --help, or entente COMMAND --help"})
		return 2
	}
	if err := k.Run(e); err != nil {
		e.complain(err)
		if c, ok := errors.AsType[*coded](err); ok {
			return c.code
		}
		return 1
	}
	return 0
}

// coded is an error for which the command has an exit code of its own.
type coded struct {
	error
	code int
}

func (c *coded) Unwrap() error { return c.error }

type versionCmd struct{}

func (versionCmd) Run(e *env) error {
	return e.print(map[string]string{"version": version}, func(w io.Writer) { fmt.Fprintln(w, "entente", version) })
}
