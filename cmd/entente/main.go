// Command entente serves the web application, keeps its database, and reads convention files.
//
// It wires flags to packages and holds no rule.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"entente/internal/fault"
	"entente/internal/i18n"
)

// cli is every command. Its help stands in the catalogues under "cli.".
type cli struct {
	Lang string `help:"${cli_lang}" enum:"fr,en,auto" default:"auto" env:"ENTENTE_LANG"`

	Serve      serveCmd      `cmd:"" help:"${cli_serve}"`
	Demo       demoCmd       `cmd:"" help:"${cli_demo}"`
	Convention ConventionCmd `cmd:"" help:"${cli_convention}"`
	Compliance ComplianceCmd `cmd:"" help:"${cli_compliance}"`
	Journal    journalCmd    `cmd:"" help:"${cli_journal}"`
	Backup     backupCmd     `cmd:"" help:"${cli_backup}"`
	Restore    restoreCmd    `cmd:"" help:"${cli_restore}"`
}

// console is what a command speaks with: where it writes, and in which language.
type console struct {
	out, err io.Writer
	p        *i18n.Printer
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run carries out one command line and gives the exit status: 0 done, 1 refused or failed, 2 not understood.
func run(args []string, out, errOut io.Writer) int {
	p := i18n.For(language(args))
	exit := -1
	var c cli
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parser, err := kong.New(&c, kong.Name("entente"), kong.Description(p.T("cli.description")), helpTexts(p),
		kong.Bind(&console{out: out, err: errOut, p: p}), kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Writers(out, errOut), kong.UsageOnError(), kong.Exit(func(code int) { exit = code }))
	if err != nil {
		fmt.Fprintln(errOut, "entente:", err)
		return 2
	}
	command, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		fmt.Fprintln(errOut, "entente:", err)
		return 2
	}
	if err := command.Run(); err != nil {
		return explain(errOut, p, err)
	}
	return 0
}

// errSilent ends a command that has already said what was wrong.
var errSilent = errors.New("already said")

// explain writes an error for whoever typed the command.
func explain(w io.Writer, p *i18n.Printer, err error) int {
	var e *fault.Error
	switch {
	case errors.Is(err, errSilent):
	case errors.As(err, &e) && !e.Message.IsZero():
		fmt.Fprintln(w, "entente:", p.Say(e.Message))
	default:
		fmt.Fprintln(w, "entente:", err)
	}
	return 1
}

// helpTexts gives kong the sentences of the catalogues under the names that the tags use.
func helpTexts(p *i18n.Printer) kong.Option {
	vars := kong.Vars{}
	for _, key := range p.Keys("cli.") {
		vars[strings.NewReplacer(".", "_", "-", "_").Replace(key)] = p.T(key)
	}
	return vars
}

// language is that of --lang or ENTENTE_LANG, else that of the terminal: English where LANG asks for it, French elsewhere.
func language(args []string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	if v := os.Getenv("ENTENTE_LANG"); v != "" {
		return v
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "en_") {
				return "en"
			}
			break
		}
	}
	return "fr"
}
