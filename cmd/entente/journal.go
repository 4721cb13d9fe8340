package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/journal"
	"entente/internal/store"
)

// journalCmd looks after journals.
type journalCmd struct {
	Verify journalVerifyCmd `cmd:"" help:"${cli_journal_verify}"`
}

type journalVerifyCmd struct {
	Space    string `arg:"" optional:"" help:"${cli_journal_space}"`
	Database string `help:"${cli_database}" default:"entente.db" env:"ENTENTE_DATABASE" placeholder:"FILE|postgres://…"`
	JSON     bool   `name:"json" help:"${cli_journal_json}"`
}

// verification is what was found of one journal.
type verification struct {
	slug   string // of the space; empty for the journal of the installation
	report journal.Report
}

// Run reads the journal of a space from its first entry, or every journal where no space is named, and says whether it is
// whole. It fails where one is not, and names the first faulty entry.
func (c *journalVerifyCmd) Run(ctx context.Context, con *console) error {
	if err := existing(c.Database); err != nil {
		return err
	}
	st, err := store.Open(ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer st.Close() //nolint:errcheck // it only read
	all, err := c.verify(ctx, st)
	if err != nil {
		return err
	}
	if err := c.print(con, all); err != nil {
		return err
	}
	for _, x := range all {
		if !x.report.Whole() {
			return errSilent
		}
	}
	return nil
}

func (c *journalVerifyCmd) verify(ctx context.Context, st *store.Store) ([]verification, error) {
	spaces, err := c.spaces(ctx, st)
	if err != nil {
		return nil, err
	}
	all := make([]verification, 0, len(spaces))
	for _, i := range spaces {
		report, err := st.In(i.ID).VerifyJournal(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, verification{i.Slug, report})
	}
	return all, nil
}

// spaces lists those whose journal is asked for; the first of all is no space but the installation itself.
func (c *journalVerifyCmd) spaces(ctx context.Context, st *store.Store) ([]store.SpaceInfo, error) {
	if c.Space == "" {
		list, err := st.AllSpaces(ctx)
		return append([]store.SpaceInfo{{}}, list...), err
	}
	info, err := st.SpaceBySlug(ctx, c.Space)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.New(fault.NotFound, "compliance.report.no-space", "space", c.Space)
	}
	return []store.SpaceInfo{info}, err
}

func (c *journalVerifyCmd) print(con *console, all []verification) error {
	if c.JSON {
		out := make([]verificationJSON, len(all))
		for i, x := range all {
			out[i] = x.json(con.p)
		}
		return writeJSON(con.out, out)
	}
	var b strings.Builder
	for _, x := range all {
		x.write(&b, con.p)
	}
	_, err := con.out.Write([]byte(b.String()))
	return err
}

// write says in words what was found.
func (x verification) write(b *strings.Builder, p *i18n.Printer) {
	name, r := x.slug, x.report
	if name == "" {
		name = p.T("cli.journal.installation")
	}
	switch {
	case r.Break != nil:
		fmt.Fprintln(b, p.T("cli.journal.broken", "journal", name, "count", r.Checked, "damage", r.Break.Message))
		if e := r.Break.Entry; e.Action != "" {
			fmt.Fprintln(b, "  "+p.T("cli.journal.entry", "seq", e.Seq, "action", sayAction(p, e), "at", e.At, "name", sayActor(p, e)))
		}
	case r.Head.Seq == 0:
		fmt.Fprintln(b, p.T("cli.journal.empty", "journal", name))
	default:
		fmt.Fprintln(b, p.T("cli.journal.whole", "journal", name, "count", r.Checked, "seq", r.Head.Seq, "hash", r.Head.Hash))
	}
}

// sayAction is what an entry tells; the code of an action that the catalogues do not know, which a damaged entry may have.
func sayAction(p *i18n.Printer, e journal.Entry) string {
	if p.Has("journal.action." + e.Action) {
		return p.T("journal.action." + e.Action)
	}
	return e.Action
}

func sayActor(p *i18n.Printer, e journal.Entry) string {
	if e.Name == "" {
		return p.T("cli.journal.program")
	}
	return e.Name
}

// verificationJSON is a verification for machines.
type verificationJSON struct {
	Space   string     `json:"space"` // empty for the journal of the installation
	Whole   bool       `json:"whole"`
	Checked int64      `json:"checked"`
	Seq     int64      `json:"seq"`
	Hash    string     `json:"hash"`
	Break   *breakJSON `json:"break,omitempty"`
}

// breakJSON is the first damage, with its sentence.
type breakJSON struct {
	Damage journal.Damage `json:"damage"`
	Seq    int64          `json:"seq"`
	Action string         `json:"action,omitempty"` // of the entry found there
	Text   string         `json:"text"`
}

func (x verification) json(p *i18n.Printer) verificationJSON {
	r := x.report
	out := verificationJSON{Space: x.slug, Whole: r.Whole(), Checked: r.Checked, Seq: r.Head.Seq, Hash: r.Head.Hash}
	if r.Break != nil {
		out.Break = &breakJSON{Damage: r.Break.Damage, Seq: r.Break.Seq, Action: r.Break.Entry.Action, Text: p.Say(r.Break.Message)}
	}
	return out
}
