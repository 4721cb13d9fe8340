package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/fault"
	"entente/internal/i18n"
	"entente/internal/office"
	"entente/internal/store"
)

// ComplianceCmd tells how every clause of the convention of a space stands on a day.
type ComplianceCmd struct {
	Space    string `arg:"" help:"${cli_compliance_space}"`
	On       string `help:"${cli_compliance_on}" placeholder:"2026-11-23"`
	JSON     bool   `name:"json" help:"${cli_compliance_json}"`
	Database string `help:"${cli_compliance_database}" default:"entente.db" env:"ENTENTE_DATABASE" placeholder:"FILE|postgres://…"`
}

// Run prints the report: for each clause, the status of what it requires, the figures, the next step and the evidence.
func (c *ComplianceCmd) Run(ctx context.Context, con *console) error {
	if err := existing(c.Database); err != nil {
		return err
	}
	st, err := store.Open(ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer st.Close()
	info, r, err := c.report(ctx, st)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(con.out, reportJSON(con.p, info, r))
	}
	return writeReport(con.out, con.p, info, r)
}

func (c *ComplianceCmd) report(ctx context.Context, st *store.Store) (store.SpaceInfo, compliance.Report, error) {
	day, err := calendar.Parse(c.On)
	if err != nil {
		return store.SpaceInfo{}, compliance.Report{}, fault.New(fault.Invalid, "compliance.report.bad-day", "day", c.On)
	}
	if day.IsZero() {
		day = st.Today()
	}
	info, err := st.SpaceBySlug(ctx, c.Space)
	if fault.Is(err, fault.NotFound) {
		return info, compliance.Report{}, fault.New(fault.NotFound, "compliance.report.no-space", "space", c.Space)
	}
	if err != nil {
		return info, compliance.Report{}, err
	}
	r, err := office.Compliance(ctx, st.In(info.ID), day)
	return info, r, err
}

// existing refuses the name of a file that does not exist, which opening would make: a report reads and makes nothing.
func existing(database string) error {
	if strings.Contains(database, "://") {
		return nil
	}
	if _, err := os.Stat(database); err != nil {
		return fault.New(fault.NotFound, "compliance.report.no-database", "file", database)
	}
	return nil
}

// writeReport prints the report clause by clause, in the order of the text.
func writeReport(w io.Writer, p *i18n.Printer, info store.SpaceInfo, r compliance.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n%s\n%s\n", info.Name, p.T("compliance.report.title", "day", p.Date(r.Day)), p.Say(r.State), countLine(p, r))
	for _, k := range r.Clauses {
		fmt.Fprintf(&b, "\n%s\n", k.Heading)
		if !k.Nothing.IsZero() {
			fmt.Fprintf(&b, "  %s\n", p.Say(k.Nothing))
		}
		for _, f := range r.ByClause(k.Anchor) {
			writeFinding(&b, p, f)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// countLine tells how many obligations have each status.
func countLine(p *i18n.Printer, r compliance.Report) string {
	var parts []string
	counts := r.Counts()
	for _, s := range compliance.Statuses() {
		if n := counts[s]; n > 0 {
			parts = append(parts, p.T("compliance.report.count", "status", p.T("compliance.status."+string(s)), "number", n))
		}
	}
	return strings.Join(parts, " · ")
}

func writeFinding(b *strings.Builder, p *i18n.Printer, f compliance.Finding) {
	fmt.Fprintf(b, "  [%s] %s\n", p.T("compliance.status."+string(f.Status)), p.Say(f.Obligation.Subject))
	fmt.Fprintf(b, "      %s\n      %s\n", p.Say(f.Words), p.Say(f.Figures))
	if f.Next != nil {
		fmt.Fprintf(b, "      → %s\n", p.Say(f.Next.Message))
	}
	for _, l := range f.Evidence {
		fmt.Fprintf(b, "      – %s\n", p.Say(l.Label))
	}
	for _, x := range f.History {
		fmt.Fprintf(b, "      %s – %s [%s] %s\n", p.Short(x.From), p.Short(x.To), p.T("compliance.status."+string(x.Status)), p.Say(x.Figures))
	}
}

// complianceJSON is a report for machines: with the sentences beside their keys.
type complianceJSON struct {
	Space     string `json:"space"`
	SpaceName string `json:"space_name"`
	compliance.Report
	StateText string                    `json:"state_text"`
	Counts    map[compliance.Status]int `json:"counts"`
	Findings  []findingJSON             `json:"findings"`
}

type findingJSON struct {
	compliance.Finding
	StatusText  string   `json:"status_text"`
	SubjectText string   `json:"subject_text"`
	WordsText   string   `json:"words_text"`
	FiguresText string   `json:"figures_text"`
	NextText    string   `json:"next_text,omitempty"`
	Labels      []string `json:"evidence_text"`
}

func reportJSON(p *i18n.Printer, info store.SpaceInfo, r compliance.Report) complianceJSON {
	out := complianceJSON{Space: info.Slug, SpaceName: info.Name, Report: r, StateText: p.Say(r.State), Counts: r.Counts(), Findings: []findingJSON{}}
	for _, f := range r.Findings {
		x := findingJSON{Finding: f, StatusText: p.T("compliance.status." + string(f.Status)), SubjectText: p.Say(f.Obligation.Subject),
			WordsText: p.Say(f.Words), FiguresText: p.Say(f.Figures), Labels: []string{}}
		if f.Next != nil {
			x.NextText = p.Say(f.Next.Message)
		}
		for _, l := range f.Evidence {
			x.Labels = append(x.Labels, p.Say(l.Label))
		}
		out.Findings = append(out.Findings, x)
	}
	return out
}
