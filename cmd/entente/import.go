package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/reading"
	"entente/internal/reading/source"
)

// ImportCmd reads a signed convention and reports what it says; told to accept everything, it writes the convention file.
type ImportCmd struct {
	File   string `arg:"" help:"${cli_convention_source}"`
	Output string `short:"o" help:"${cli_convention_output}"`
	JSON   bool   `name:"json" help:"${cli_convention_json}"`
	Accept bool   `name:"accept-all" help:"${cli_convention_accept}"`
	Names  bool   `help:"${cli_convention_names}"`
}

// Run reads the file, prints the report or the JSON, and writes the convention file when told to. It fails where the file
// that it wrote has errors, after it has said which.
func (c *ImportCmd) Run(ctx context.Context, con *console) error {
	data, err := readBounded(c.File)
	if err != nil {
		return err
	}
	r, err := reading.Read(ctx, filepath.Base(c.File), data, reading.Options{Names: c.Names})
	if err != nil {
		return err
	}
	if c.JSON {
		err = writeJSON(con.out, readingJSON(con, r))
	} else {
		writeReading(con, r)
	}
	if err != nil || !c.Accept {
		if c.Output != "" && err == nil {
			fmt.Fprintln(con.err, con.p.T("reading.report.needs-accept"))
			return errSilent
		}
		return err
	}
	return c.write(con, r)
}

// write writes the convention file of every fact and says what it still lacks.
func (c *ImportCmd) write(con *console, r *reading.Reading) error {
	out := c.Output
	if out == "" {
		out = strings.TrimSuffix(filepath.Base(c.File), filepath.Ext(c.File)) + ".convention.md"
	}
	file := reading.File(r, reading.Decisions{All: true})
	if err := os.WriteFile(out, file, 0o644); err != nil {
		return err
	}
	fmt.Fprintln(con.err, con.p.T("reading.report.written", "file", out))
	fmt.Fprintln(con.err, con.p.T("reading.report.review"))
	_, faults := convention.Parse(out, file)
	for _, f := range faults.Errors() {
		fmt.Fprintf(con.err, "%s:%d: %s\n", out, f.Line, con.p.Say(f.Message))
	}
	if len(faults.Errors()) > 0 {
		return errSilent
	}
	return nil
}

// readBounded reads a file, or standard input for "-", no further than the reader accepts.
func readBounded(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(io.LimitReader(os.Stdin, source.MaxBytes+1))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fault.Of(fault.NotFound, err, "import", name)
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, source.MaxBytes+1))
}

// writeReading prints the facts by clause with their words, then the questions and what was not found.
func writeReading(con *console, r *reading.Reading) {
	for _, f := range r.Facts {
		indent := ""
		if f.Parent != "" {
			indent = "  "
		}
		fmt.Fprintf(con.out, "%s%s: %s\n", indent, con.p.T("reading.kind."+string(f.Kind)), factLine(r, f))
	}
	fmt.Fprintln(con.out)
	for _, q := range r.Questions {
		fmt.Fprintln(con.out, "?", con.p.Say(q.Message))
	}
	fmt.Fprintln(con.out)
	fmt.Fprintln(con.out, con.p.T("reading.report.facts", "count", len(r.Facts)))
	fmt.Fprintln(con.out, con.p.T("reading.report.questions", "count", len(r.Questions)))
	if n := len(r.Text.Removed); n > 0 {
		fmt.Fprintln(con.out, con.p.T("reading.report.noise", "count", n))
	}
	if len(r.NotFound) > 0 {
		var kinds []string
		for _, k := range r.NotFound {
			kinds = append(kinds, con.p.T("reading.kind."+string(k)))
		}
		fmt.Fprintln(con.out, con.p.T("reading.report.not-found", "kinds", kinds))
	}
	fmt.Fprintln(con.out, con.p.T("reading.report.covered", "percent", int(math.Round(r.Covered*100))))
}

// factLine shows the values of a fact; a value that names another fact shows that fact's own name.
func factLine(r *reading.Reading, f reading.Fact) string {
	var parts []string
	for _, x := range f.Fields {
		parts = append(parts, shown(r, x.Value))
	}
	return strings.Join(parts, " · ")
}

func shown(r *reading.Reading, value string) string {
	words := strings.Fields(value)
	for i, w := range words {
		if f := r.Find(w); f != nil {
			words[i] = firstOf(f.Get("short"), f.Get("name"))
		}
	}
	return strings.Join(words, " ")
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// reported is the JSON of a reading: what Reading holds, with the words of each fact and the sentence of each question.
type reported struct {
	File      string             `json:"file"`
	Format    source.Format      `json:"format"`
	Pages     int                `json:"pages,omitempty"`
	Facts     []reportedFact     `json:"facts"`
	Questions []reportedQuestion `json:"questions"`
	NotFound  []reading.Kind     `json:"notFound"`
	Covered   float64            `json:"covered"`
	Noise     []source.Noise     `json:"noise,omitempty"`
}

type reportedFact struct {
	reading.Fact
	Words string `json:"words"`
}

type reportedQuestion struct {
	reading.Question
	Sentence string `json:"sentence"`
	Words    string `json:"words"`
}

func readingJSON(con *console, r *reading.Reading) reported {
	out := reported{File: r.Text.Name, Format: r.Text.Format, Pages: r.Text.Pages, NotFound: r.NotFound, Covered: r.Covered, Noise: r.Text.Removed}
	for _, f := range r.Facts {
		out.Facts = append(out.Facts, reportedFact{f, r.Words(f.Span)})
	}
	for _, q := range r.Questions {
		out.Questions = append(out.Questions, reportedQuestion{q, con.p.Say(q.Message), r.Words(q.Span)})
	}
	return out
}
