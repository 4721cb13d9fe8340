package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"entente/internal/convention"
	"entente/internal/fault"
)

// ConventionCmd reads convention files: the text that a space is governed by, before it is loaded into one.
type ConventionCmd struct {
	Check  conventionCheckCmd `cmd:"" help:"${cli_convention_check}"`
	Show   conventionShowCmd  `cmd:"" help:"${cli_convention_show}"`
	Fmt    conventionFmtCmd   `cmd:"" help:"${cli_convention_fmt}"`
	Diff   conventionDiffCmd  `cmd:"" help:"${cli_convention_diff}"`
	Import ImportCmd          `cmd:"" help:"${cli_convention_import}"`
}

type conventionCheckCmd struct {
	File string `arg:"" help:"${cli_convention_file}"`
	JSON bool   `name:"json" help:"${cli_convention_json}"`
}

// Run prints every fault with its place, its remedy and the line that it stands on. It fails where one is an error.
func (c *conventionCheckCmd) Run(con *console) error {
	src, err := readConvention(c.File)
	if err != nil {
		return err
	}
	_, faults := convention.Parse(c.File, src)
	if c.JSON {
		err = writeJSON(con.out, faultsJSON(con, faults))
	} else {
		err = writeFaults(con, con.out, c.File, src, faults)
	}
	if err == nil && len(faults.Errors()) > 0 {
		return errSilent
	}
	return err
}

type conventionShowCmd struct {
	File string `arg:"" help:"${cli_convention_file}"`
	JSON bool   `name:"json" help:"${cli_convention_json}"`
}

// Run prints what the convention establishes, or all of it as JSON.
func (c *conventionShowCmd) Run(con *console) error {
	text, _, err := loadConvention(con, c.File)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(con.out, text.Data())
	}
	for _, line := range text.Outline() {
		fmt.Fprintln(con.out, strings.Repeat("  ", line.Depth)+con.p.Say(line.Message))
	}
	return nil
}

type conventionFmtCmd struct {
	File  string `arg:"" help:"${cli_convention_file}"`
	Write bool   `short:"w" help:"${cli_convention_write}"`
	JSON  bool   `name:"json" help:"${cli_convention_json}"`
}

// Run prints the file in canonical form, or rewrites it in place. A file whose blocks hold comments is not rewritten,
// because the comments would be lost.
func (c *conventionFmtCmd) Run(con *console) error {
	text, src, err := loadConvention(con, c.File)
	if err != nil {
		return err
	}
	formatted := text.Format()
	changed := !bytes.Equal(src, formatted)
	if c.Write && changed {
		if err := c.rewrite(src, formatted); err != nil {
			return err
		}
	}
	switch {
	case c.JSON:
		return writeJSON(con.out, map[string]any{"file": c.File, "changed": changed, "text": string(formatted)})
	case c.Write:
		return nil
	}
	_, err = con.out.Write(formatted)
	return err
}

func (c *conventionFmtCmd) rewrite(src, formatted []byte) error {
	if c.File == "-" {
		return fault.New(fault.Invalid, "convention.report.stdin-write")
	}
	_, faults := convention.Parse(c.File, src)
	for _, f := range faults {
		if f.Message.Key == convention.CommentLost {
			return fault.New(fault.Invalid, "convention.report.comments", "file", c.File)
		}
	}
	if err := replaceFile(c.File, formatted); err != nil {
		return fault.New(fault.Unavailable, "convention.report.unwritable", "file", c.File, "reason", err.Error())
	}
	return nil
}

// replaceFile writes beside the file and renames, so that a failure leaves it whole.
func replaceFile(name string, text []byte) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	beside, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(beside.Name())
	_, err = beside.Write(text)
	if closing := beside.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Chmod(beside.Name(), info.Mode().Perm())
	}
	if err != nil {
		return err
	}
	return os.Rename(beside.Name(), name)
}

type conventionDiffCmd struct {
	Old  string `arg:"" help:"${cli_convention_old}"`
	New  string `arg:"" help:"${cli_convention_new}"`
	JSON bool   `name:"json" help:"${cli_convention_json}"`
}

// Run prints in what two versions differ, one sentence a line.
func (c *conventionDiffCmd) Run(con *console) error {
	before, _, err := loadConvention(con, c.Old)
	if err != nil {
		return err
	}
	after, _, err := loadConvention(con, c.New)
	if err != nil {
		return err
	}
	changes := convention.Compare(before, after)
	if c.JSON {
		return writeJSON(con.out, changesJSON(con, changes))
	}
	if len(changes) == 0 {
		fmt.Fprintln(con.out, con.p.T("convention.report.same"))
	}
	for _, x := range changes {
		fmt.Fprintln(con.out, changeMarks[x.Kind], con.p.Say(x.Message))
	}
	return nil
}

// changeMarks begin a line of a difference.
var changeMarks = map[convention.ChangeKind]string{convention.Added: "+", convention.Removed: "-", convention.Changed: "~"}

// readConvention reads a file, or standard input for "-", but never more than a convention may hold.
func readConvention(name string) ([]byte, error) {
	in := io.ReadCloser(os.Stdin)
	if name != "-" {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fault.New(fault.NotFound, "convention.report.absent", "file", name)
		}
		if err != nil {
			return nil, fault.New(fault.NotFound, "convention.report.unreadable", "file", name, "reason", err.Error())
		}
		in = f
	}
	defer in.Close()
	src, err := io.ReadAll(io.LimitReader(in, convention.MaxSource+1))
	if err != nil {
		return nil, fault.New(fault.Unavailable, "convention.report.unreadable", "file", name, "reason", err.Error())
	}
	return src, nil
}

// loadConvention reads a file that must have no error; else it prints them all.
func loadConvention(con *console, name string) (*convention.Convention, []byte, error) {
	src, err := readConvention(name)
	if err != nil {
		return nil, nil, err
	}
	text, faults := convention.Parse(name, src)
	if text == nil {
		if err := writeFaults(con, con.err, name, src, faults.Errors()); err != nil {
			return nil, nil, err
		}
		return nil, nil, errSilent
	}
	return text, src, nil
}

// writeFaults prints each fault as file:line:column, its sentence and its remedy, then the line itself with a caret.
func writeFaults(con *console, w io.Writer, name string, src []byte, faults convention.Faults) error {
	if len(faults) == 0 {
		_, err := fmt.Fprintln(w, con.p.T("convention.report.clean", "file", name))
		return err
	}
	lines := strings.Split(string(src), "\n")
	for _, f := range faults {
		fmt.Fprintf(w, "%s:%d:%d: %s: %s — %s\n", f.File, f.Line, f.Column, con.p.T("convention.report."+f.Severity.String()),
			con.p.Say(f.Message), con.p.Say(f.Remedy))
		if f.Line >= 1 && f.Line <= len(lines) {
			fmt.Fprint(w, excerpt(lines[f.Line-1], f.Column))
		}
	}
	_, err := fmt.Fprintln(w, con.p.T("convention.report.sum", "file", name,
		"errors", fault.Say("convention.report.errors", "count", len(faults.Errors())),
		"warnings", fault.Say("convention.report.warnings", "count", len(faults.Warnings()))))
	return err
}

// excerptWidth is how many characters of a line an excerpt shows.
const excerptWidth = 100

// excerpt shows a line of the file with a caret under the column.
func excerpt(line string, column int) string {
	text := []rune(strings.ReplaceAll(strings.TrimRight(line, "\r"), "\t", " "))
	from := 0
	if column > excerptWidth {
		from = min(column-excerptWidth/2, len(text))
	}
	text = text[from:min(from+excerptWidth, len(text))]
	return fmt.Sprintf("    %s\n    %s^\n", string(text), strings.Repeat(" ", min(column-1-from, len(text))))
}

// faultJSON is a fault for machines: with the sentences beside their keys.
type faultJSON struct {
	convention.Fault
	MessageText string `json:"message_text"`
	RemedyText  string `json:"remedy_text"`
}

func faultsJSON(con *console, faults convention.Faults) []faultJSON {
	out := make([]faultJSON, len(faults))
	for i, f := range faults {
		out[i] = faultJSON{f, con.p.Say(f.Message), con.p.Say(f.Remedy)}
	}
	return out
}

// changeJSON is a change for machines: with the sentence beside its key.
type changeJSON struct {
	convention.Change
	Text string `json:"text"`
}

func changesJSON(con *console, changes []convention.Change) []changeJSON {
	out := make([]changeJSON, len(changes))
	for i, c := range changes {
		out[i] = changeJSON{c, con.p.Say(c.Message)}
	}
	return out
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
