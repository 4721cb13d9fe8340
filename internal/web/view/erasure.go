package view

import (
	"net/url"
	"strconv"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/directory"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/journal"
)

// ErasureData is what there is to know before the personal data of somebody are erased.
type ErasureData struct {
	Person directory.Person
	Root   string // of the space
	Text   *convention.Convention

	// What the person holds today or will hold: while there is anything, nothing is erased.
	Mandates    []HeldSeat
	Delegations []governance.Delegation
	Leads       []governance.Lead
	Role        bool // the account of the person has a role in the space

	MayName     func(party string) bool // the reader may end mandates of the party
	MayDelegate func(party string) bool // the reader may end its delegations

	Faults  fault.Fields
	Message fault.Message
}

// Held tells whether something keeps the data from being erased.
func (d ErasureData) Held() bool {
	return len(d.Mandates)+len(d.Delegations)+len(d.Leads) > 0 || d.Role
}

// href is an address under the page of the person.
func (d ErasureData) href(part string) string {
	return d.Root + "/annuaire/personnes/" + url.PathEscape(d.Person.ID) + part
}

// ties are what keeps the data from being erased, each leading to where it is ended, or at least seen.
func (d ErasureData) ties(p *i18n.Printer) []Link {
	var out []Link
	for _, h := range d.Mandates {
		l := Link{Label: p.T("erasure.tie.seat", "seat", h.Mandate.Seat, "dates", mandateDates(p, h.Mandate)), Href: d.Root + "/comites"}
		if h.Committee != nil {
			l.Label = p.T("erasure.tie.mandate", "seat", h.Text.SaySeat(h.Seat), "committee", h.Committee.Name, "dates", mandateDates(p, h.Mandate))
			l.Href = committeeHref(d.Root, h.Committee.ID)
		}
		if d.MayName(h.Seat.Party) {
			l.Href = d.Root + "/mandats/" + url.PathEscape(h.Mandate.ID) + "/modifier"
		}
		out = append(out, l)
	}
	for _, x := range d.Leads {
		out = append(out, Link{Label: p.T("erasure.tie.lead", "action", x.Action, "dates", x.Period), Href: d.Root + "/pilotes"})
	}
	for _, x := range d.Delegations {
		l := Link{Label: p.T("erasure.tie.delegation", "document", x.Document, "party", d.party(x.Party), "dates", x.Period), Href: d.Root + "/delegations"}
		if d.MayDelegate(x.Party) {
			l.Href += "/" + url.PathEscape(x.ID) + "/modifier"
		}
		out = append(out, l)
	}
	if d.Role {
		out = append(out, Link{Label: p.T("erasure.tie.role"), Href: d.Root + "/acces"})
	}
	return out
}

func (d ErasureData) party(id string) string {
	if x := d.Text.Party(id); x != nil {
		return x.Short
	}
	return id
}

// gone and kept are the keys of what is erased and of what stays, in the order of the page.
func (d ErasureData) gone() []string {
	return []string{"erasure.gone.sheet", "erasure.gone.account", "erasure.gone.journal", "erasure.gone.labels", "erasure.gone.invitations",
		"erasure.gone.messages"}
}

func (d ErasureData) kept() []string {
	return []string{"erasure.kept.seats", "erasure.kept.functions", "erasure.kept.meetings", "erasure.kept.trace", "erasure.kept.author", "erasure.kept.account", "erasure.kept.text",
		"erasure.kept.backup"}
}

// form asks to type the family name: erasing cannot be done by a slip.
func (d ErasureData) form(p *i18n.Printer) Form {
	return Form{Action: d.href("/effacer/confirmer"), Version: d.Person.Version, Faults: d.Faults, Message: d.Message, Submit: p.T("erasure.submit"),
		Danger: true, Cancel: d.href(""), FirstPara: p.T("erasure.confirm-text", "name", d.Person.Name()),
		Fields: []Field{{Name: "family", Label: p.T("erasure.field.family"), Hint: p.T("erasure.hint.family", "family", d.Person.Family), Required: true,
			Autocomplete: "off"}}}
}

// erasedOn is the day in Paris of an erasure.
func erasedOn(e journal.Entry) calendar.Date { return calendar.On(e.At, calendar.Paris) }

// entryHref is the page of the journal that begins with an entry.
func entryHref(root string, seq int64) string {
	return JournalQuery{Before: seq + 1}.Href(root) + "#e-" + strconv.FormatInt(seq, 10)
}
