package view

import (
	"net/url"

	"entente/internal/convention"
	"entente/internal/i18n"
	"entente/internal/paper"
)

// The papers, as they stand in the address. What follows says which one: a meeting, a day, a reference.
const (
	PaperConvocation = "convocation"
	PaperAgenda      = "ordre-du-jour"
	PaperAttendance  = "emargement"
	PaperMinutes     = "compte-rendu"
	PaperPack        = "dossier"
	PaperRegister    = "releve"
	PaperDecision    = "decision"
	PaperConvention  = "convention"
	PaperCompliance  = "obligations"
	PaperCommittees  = "comites"
	PaperProposal    = "proposition"
	PaperEvaluation  = "evaluation"
)

// AllCommittees and WholeRegister stand in the address of a paper where no one thing is meant.
const (
	AllCommittees = "tous"
	WholeRegister = "decisions"
)

// paperFormats are the formats that pages offer, in their order.
var paperFormats = []string{"docx", "odt", "pdf", "html"}

// Papers are papers that a page offers, each in every format.
type Papers struct {
	Root string // of the space
	List []Paper
}

// Paper is one paper that a page offers.
type Paper struct {
	Kind  string // one of the constants above
	ID    string
	Query url.Values // that chooses more; may be nil
	Label string     // what it is: "Ordre du jour"
}

// PaperHref is the address of a paper in a format. Who reads English gets the words around the matter in English.
func PaperHref(p *i18n.Printer, root string, x Paper, format string) string {
	q := url.Values{}
	for k, v := range x.Query {
		q[k] = v
	}
	if p.Lang() != i18n.Languages()[0] {
		q.Set("langue", p.Lang())
	}
	href := root + "/papiers/" + x.Kind + "/" + url.PathEscape(x.ID) + "/" + format
	if len(q) > 0 {
		href += "?" + q.Encode()
	}
	return href
}

// TableHref is the address of a table as a file.
func TableHref(root, table, format string, q url.Values) string {
	href := root + "/tableaux/" + table + "/" + format
	if len(q) > 0 {
		href += "?" + q.Encode()
	}
	return href
}

// formats are the formats that a page can offer: no PDF where nothing makes it.
func formats(p Page) []string {
	if p.Prints {
		return paperFormats
	}
	return []string{"docx", "odt", "html"}
}

// papers are those of a tab of the meeting.
func (d MeetingHeadData) papers(p *i18n.Printer, kinds ...string) Papers {
	out := Papers{Root: d.Root}
	for _, k := range kinds {
		out.List = append(out.List, Paper{Kind: k, ID: d.Assembly.Meeting.ID, Label: p.T("paper.label." + k)})
	}
	return out
}

// papers are those that the reader may have of the agenda and of what goes with it.
func (d AgendaData) papers(p *i18n.Printer) Papers {
	if !d.Admitted {
		return d.Head.papers(p, PaperAgenda)
	}
	return d.Head.papers(p, PaperAgenda, PaperPack, PaperAttendance)
}

// onePaper is one paper that a page offers.
func onePaper(p *i18n.Printer, root, kind, id string, q url.Values) Papers {
	return Papers{Root: root, List: []Paper{{Kind: kind, ID: id, Query: q, Label: p.T("paper.label." + kind)}}}
}

// SaidQuery says by what the register was chosen, in words: each filter with its value.
func SaidQuery(p *i18n.Printer, c *convention.Convention, q DecisionQuery) []Definition {
	var out []Definition
	for _, f := range (DecisionsData{Text: c, Asked: q}).filter(p).Fields {
		if f.Value != "" {
			out = append(out, Definition{Term: f.Label, Text: f.Shown(p)})
		}
	}
	return out
}

// ProposalOnPaper is a proposal for its paper, said as on its page.
func ProposalOnPaper(p *i18n.Printer, d ProposalData) paper.ProposalData {
	out := paper.ProposalData{Proposal: d.Proposal, Text: d.Text, Author: d.author(p), Line: d.line(p), Steps: d.Course.Steps, Name: d.committee}
	if d.Proposal.State.Done() {
		return out
	}
	for _, s := range d.route(p) {
		if s.State != StepDone {
			out.Stages = append(out.Stages, p.T("paper.proposal.stage", "committee", d.committee(s.Committee), "part", s.part(p)))
		}
	}
	return out
}

// given are the pairs of name and value that have a value, as they stand in an address.
func given(pairs ...string) url.Values {
	out := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out.Set(pairs[i], pairs[i+1])
		}
	}
	return out
}

// values is the choice of the register as it stands in an address.
func (q DecisionQuery) values() url.Values {
	return given("texte", q.Text, "comite", q.Committee, "axe", q.Axis, "position", q.Position, "issue", q.Outcome, "suites", q.FollowUp, "annee", q.Year)
}

func (d ProposalsData) asked() url.Values {
	return given("q", d.Search, "objet", string(d.Subject), "etat", d.State, "comite", d.Committee)
}

func (d MeetingsData) asked() url.Values {
	return given("annee", itoa(d.Year), "comite", d.Committee)
}

func (d FollowUpsData) asked() url.Values {
	return given("vue", d.View, "comite", d.Committee, "etat", d.State)
}

// file is the part of the directory that is shown.
func (d DirectoryData) file(p *i18n.Printer) TableFile {
	root := d.Root[:len(d.Root)-len("/annuaire")]
	if d.People {
		return TableFile{Root: root, Table: "personnes", Query: given("q", d.Text), Label: p.T("paper.table.personnes")}
	}
	return TableFile{Root: root, Table: "organismes", Query: given("q", d.Text, "categorie", string(d.Kind)), Label: p.T("paper.table.organismes")}
}

// papers is the sending as a paper.
func (d ManifestData) papers(p *i18n.Printer) Papers {
	return onePaper(p, d.Head.Root, PaperConvocation, d.Call.Meeting.ID, url.Values{"envoi": {itoa(d.Sending.Number)}})
}

// TableFile is a table that a page offers as a file.
type TableFile struct {
	Root  string // of the space
	Table string // one of the tables, as it stands in the address
	Query url.Values
	Label string
}

// papers are the text of the day, alone and with what is on record of it.
func (d ConventionData) papers(p *i18n.Printer) Papers {
	id := d.Day.String()
	return Papers{Root: d.Root, List: []Paper{{Kind: PaperConvention, ID: id, Label: p.T("paper.label.convention")},
		{Kind: PaperConvention, ID: id, Query: url.Values{"etat": {"oui"}}, Label: p.T("paper.label.convention-live")}}}
}
