package view

import (
	"slices"

	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/office"
)

// ClosingData is everything that the closing of a meeting would do.
type ClosingData struct {
	SittingData
	Ending office.Ending
	Form   Form   // confirms it; shown where nothing is refused
	Said   string // why a confirmation was refused; empty where none was
}

func (d ClosingData) closingHead(p *i18n.Printer) MeetingHeadData {
	return MeetingHeadData{Root: d.Root, Assembly: d.Sitting.Assembly, Tab: SittingTab,
		Actions: []Link{{Label: p.T("closing.back"), Href: d.Href(""), Icon: "previous"}}}
}

// refused tells whether what an item would do is refused, so that it is not announced.
func (d ClosingData) refused(item string) bool {
	return slices.ContainsFunc(d.Ending.Closing.Refusals, func(r governance.Remark) bool { return r.Item == item })
}

// entering are the decisions that the register would hold: none of an item of which something is refused.
func (d ClosingData) entering() []governance.Decision {
	return slices.DeleteFunc(slices.Clone(d.Ending.Closing.Decisions), func(x governance.Decision) bool { return d.refused(x.Item) })
}

// title is what an item is called.
func (d ClosingData) title(item string) string {
	i, _ := d.Sitting.Item(item)
	return itoa(i.Rank) + ". " + i.Title
}

// number is the number that a decision has, or words for the one that it will be given.
func (d ClosingData) number(p *i18n.Printer, x governance.Decision) string {
	if x.ID != "" {
		return p.T("closing.number-kept", "number", x.Reference())
	}
	return p.T("closing.number-new", "year", itoa(x.Day.Year()))
}

// settling tells what happens to a proposal.
func (d ClosingData) settling(p *i18n.Printer, s governance.Settling) string {
	turn := s.Ruling.Turn
	if k := d.Sitting.Version.Text.Committee(turn); k != nil {
		turn = k.Name
	}
	args := []any{"number", s.Proposal.Reference(), "title", s.Proposal.Title, "committee", turn}
	switch {
	case s.Ruling.Opinion && s.Outcome.Favourable():
		return p.T("closing.settling.opinion", args...)
	case s.Ruling.Opinion:
		return p.T("closing.settling.returned", args...)
	case s.Outcome.Favourable():
		return p.T("closing.settling.adopted", args...)
	case s.Outcome == governance.Rejected:
		return p.T("closing.settling.rejected", args...)
	case s.Outcome == governance.Postponed:
		return p.T("closing.settling.postponed", args...)
	}
	return p.T("closing.settling.noted", args...)
}

// carried tells where an item goes.
func (d ClosingData) carriedTo(p *i18n.Printer) string {
	if d.Ending.Next == nil {
		return p.T("closing.carried-nowhere")
	}
	return p.T("closing.carried-to", "day", d.Ending.Next.Day)
}

// agreement says what the institutions thought of a decision.
func (d ClosingData) agreement(p *i18n.Printer, x governance.Decision) string {
	out := make([]string, 0, len(x.Positions))
	for _, y := range x.Positions {
		out = append(out, p.T("closing.position", "party", d.short(y.Party), "stance", StanceWord(p, y.Stance)))
	}
	return p.List(out)
}
