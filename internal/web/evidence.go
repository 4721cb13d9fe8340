package web

import (
	"slices"

	"entente/internal/authority"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/store"
	"entente/internal/web/view"
)

// evidenceSheet keeps what was filed to show that an obligation is kept. It stands on the page of obligations.
var evidenceSheet = &sheet[compliance.Record]{
	noun: "evidence", path: "preuves", task: authority.FileEvidence,
	ident: func(r *compliance.Record) (*string, *int64) { return &r.ID, &r.Version },
	party: (*visit).evidenceParty,
	article: func(v *visit, r compliance.Record) string {
		o, _, _ := v.obligation(r.Obligation)
		return o.Ref
	},
	blank:  (*visit).blankEvidence,
	fields: (*visit).evidenceFields,
	read:   readEvidence,
	back:   func(v *visit, r compliance.Record) string { return view.FindingHref(v.path(), r.Obligation) },
	crumbs: func(v *visit, _ compliance.Record) []view.Crumb { return v.under("compliance") },
	load:   (*store.Space).EvidenceRecord, create: (*store.Space).CreateEvidence,
	update: (*store.Space).UpdateEvidence, remove: (*store.Space).RemoveEvidence,
}

// obligations gives what a version of the convention asks for, as a report that judges nothing: to choose from. The text
// alone decides which obligations there are.
func obligations(h convention.History, of *convention.Version) compliance.Report {
	i := slices.Index(h, of)
	return compliance.Assess(h[:i+1], compliance.Evidence{}, of.Effective)
}

// obligation finds an obligation by its key, in the newest version that has it, and the version.
func (v *visit) obligation(key string) (compliance.Obligation, *convention.Version, error) {
	h, err := v.history()
	if err != nil {
		return compliance.Obligation{}, nil, err
	}
	for i := len(h) - 1; i >= 0; i-- {
		if f, ok := obligations(h, h[i]).Of(key); ok && f.Obligation.Kind.Filed() {
			return f.Obligation, h[i], nil
		}
	}
	var f fault.Fields
	f.Add("obligation", "fault.field.choice")
	return compliance.Obligation{}, nil, f.Err()
}

// readEvidence refuses another obligation than the stored one where no version has it.
func readEvidence(v *visit, f *form, r *compliance.Record) {
	if key := f.text("obligation"); key != r.Obligation {
		if _, _, err := v.obligation(key); key != "" && fault.Is(err, fault.Invalid) {
			f.faults.Add("obligation", "fault.field.choice")
		}
		r.Obligation = key
	}
	r.Kind, r.Party = convention.EvidenceKind(f.text("kind")), f.text("party")
	r.Day, r.Title, r.Address, r.Note = f.date("day"), f.text("title"), f.text("address"), f.prose("note")
}

// evidenceParty is the party that a record bears on. Evidence of what one party promised is that party's own. A record
// that is kept under an obligation of no version stays open to who may change it.
func (v *visit) evidenceParty(r compliance.Record) (string, error) {
	o, version, err := v.obligation(r.Obligation)
	if r.ID != "" && fault.Is(err, fault.Invalid) {
		return r.Party, nil
	}
	if err != nil {
		return "", err
	}
	var f fault.Fields
	switch {
	case o.Party != "" && r.Party != o.Party:
		f.Add("party", "evidence.other-party", "party", version.Text.Party(o.Party).Short)
	case r.Party != "" && version.Text.Party(r.Party) == nil:
		f.Add("party", "fault.field.choice")
	}
	return r.Party, f.Err()
}

func (v *visit) blankEvidence() (compliance.Record, error) {
	r := compliance.Record{Obligation: v.URL.Query().Get("obligation"), Day: v.today}
	if r.Obligation == "" {
		return r, nil
	}
	o, version, err := v.obligation(r.Obligation)
	if fault.Is(err, fault.Invalid) { // an address that somebody typed: the form asks which obligation is meant
		r.Obligation = ""
		return r, nil
	}
	if err != nil {
		return r, err
	}
	r.Party, r.Kind = o.Party, likelyKind(version.Text, o)
	return r, nil
}

// likelyKind is the kind of evidence that an obligation asks for, where the text says it.
func likelyKind(text *convention.Convention, o compliance.Obligation) convention.EvidenceKind {
	if o.Kind == compliance.KindEvaluation {
		return convention.EvidenceEvaluation
	}
	for _, k := range text.Commitments {
		if key := "commitment/" + k.ID; o.Key == key || o.Key == key+"/"+o.Party {
			return k.Evidence
		}
	}
	return ""
}

func (v *visit) evidenceFields(r compliance.Record) ([]view.Field, error) {
	h, err := v.history()
	if err != nil {
		return nil, err
	}
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	const n = "evidence"
	kinds := make([]view.Option, 0, len(convention.EvidenceKinds()))
	for _, k := range convention.EvidenceKinds() {
		kinds = append(kinds, view.Option{Value: string(k), Label: v.p.Say(k.Say())})
	}
	mine := func(party string) bool { return party == r.Party || v.may(authority.FileEvidence, party) == nil }
	return []view.Field{
		must(v.choose(n, "obligation", r.Obligation, "form.choose", v.obligationOptions(h, text, r.Obligation))),
		must(v.choose(n, "kind", string(r.Kind), "form.choose", kinds)),
		v.choose(n, "party", r.Party, "evidence.whole", partyOptions(text.Text, mine)),
		must(v.ask(n, "title", view.TextField, r.Title)),
		must(v.ask(n, "day", view.DateField, r.Day.String())),
		v.ask(n, "address", view.TextField, r.Address),
		v.ask(n, "note", view.TextAreaField, r.Note),
	}, nil
}

// obligationOptions are the obligations of the version that applies today, under their clauses: those that are judged by
// evidence and that the visitor may file it for. What is chosen stays, where an amendment has done away with it too.
func (v *visit) obligationOptions(h convention.History, text *convention.Version, chosen string) []view.Option {
	var out []view.Option
	seen := chosen == ""
	r := obligations(h, text)
	for _, k := range r.Clauses {
		for _, f := range r.ByClause(k.Anchor) {
			o := f.Obligation
			if !o.Kind.Filed() || o.Key != chosen && !v.mayFor(authority.FileEvidence, o.Party) {
				continue
			}
			seen = seen || o.Key == chosen
			out = append(out, view.Option{Value: o.Key, Label: v.p.Say(o.Subject), Group: k.Heading})
		}
	}
	if !seen {
		if o, _, err := v.obligation(chosen); err == nil {
			out = append(out, view.Option{Value: o.Key, Label: v.p.Say(o.Subject), Group: v.p.T("evidence.earlier-version")})
		}
	}
	return out
}
