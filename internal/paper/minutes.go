package paper

import (
	"entente/internal/document"
	"entente/internal/governance"
)

// MinutesData is the minutes of a meeting with what corrects them.
type MinutesData struct {
	Meeting
	Minutes governance.Minutes  // as they stand on the day
	At      *governance.Meeting // that approved them; nil where none did
	Errata  []governance.Erratum
}

// Minutes is the account of a meeting: what corrects it first, then its text. One that is not approved says so on each page.
func Minutes(f Frame, d MinutesData) *document.Document {
	p := f.P
	key, state := "paper.minutes.title", p.T("minutes.state."+string(d.Minutes.State))
	if !d.Minutes.State.Settled() {
		key = "paper.minutes.title-draft"
	}
	out := f.begin(p.T(key), p.T("paper.at", "committee", d.Name, "when", d.when(p)), p.T("paper.minutes.version", "number", d.Minutes.Version, "state", state),
		d.foot(p, p.T(key)))
	if !d.Minutes.State.Settled() {
		out.Watermark = p.T("paper.minutes.watermark")
	}
	b := body{Frame: f}
	b.settled(d)
	for i, e := range d.Errata {
		if i == 0 {
			b.heading(1, p.T("minutes.errata-list", "count", len(d.Errata)))
		}
		b.add(document.Paragraph{Text: document.B(p.T("minutes.erratum-of", "day", e.Day))})
		b.add(lines(e.Text)...)
	}
	b.add(prose(d.Minutes.Body, 1)...)
	b.sign(p.T("minutes.signature"))
	out.Body = b.blocks
	return out
}

// settled says how the minutes were approved.
func (b *body) settled(d MinutesData) {
	if !d.Minutes.State.Settled() {
		return
	}
	how := b.P.T("minutes.approved-by-silence", "day", d.Minutes.Approved)
	switch {
	case d.At != nil:
		how = b.P.T("minutes.approved-at", "day", d.At.Day)
	case d.Minutes.ApprovedBy != "":
		how = b.P.T("minutes.on", "day", d.Minutes.Approved)
	}
	b.terms(b.P.T("minutes.state.approved"), how)
}
