package web

import (
	"net/http"
	"net/url"
	"slices"

	"entente/internal/authority"
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/journal"
	"entente/internal/store"
	"entente/internal/web/view"
)

// compliance shows how every obligation of the convention stands, on any day.
func (s *Server) compliance(w http.ResponseWriter, v *visit) error {
	d, _, err := v.complianceData()
	if err != nil {
		return err
	}
	p := v.page(v.p.T("nav.compliance"))
	p.Wide = true
	return s.show(w, v, view.CompliancePage(p, d))
}

// complianceStatement is the same for print: every clause, how it was judged, and what lets an auditor verify it.
func (s *Server) complianceStatement(w http.ResponseWriter, v *visit) error {
	d, h, err := v.complianceData()
	if err != nil {
		return err
	}
	d.Asked = view.ComplianceQuery{Day: d.Asked.Day}
	st := view.StatementData{ComplianceData: d, Space: v.place.Name, Slug: v.place.Slug, Made: v.p.Instant(v.now),
		Since: calendar.On(v.place.CreatedAt, calendar.Paris), Version: versionOf(h, d.Report.VersionID)}
	if st.Head, err = v.journalHead(); err != nil {
		return err
	}
	p := v.page(v.p.T("obligation.statement"), v.under("compliance")...)
	p.Wide = true
	return s.show(w, v, view.StatementPage(p, st))
}

// complianceData judges the obligations on the day asked for, in the order and with the choice asked for.
func (v *visit) complianceData() (view.ComplianceData, convention.History, error) {
	f := &form{values: v.URL.Query()}
	day, wrong := v.reportDay(f)
	d := view.ComplianceData{Root: v.path(), Today: v.today, Wrong: wrong, Keeps: v.offers(authority.FileEvidence), Deed: v.deed,
		May: func(party string) bool { return v.may(authority.FileEvidence, party) == nil }}
	h, err := v.history()
	if err != nil {
		return d, nil, err
	}
	e, err := v.evidence(day)
	if err != nil {
		return d, nil, err
	}
	d.Report = e.Assess(h, day)
	d.Records = make(map[string]compliance.Record, len(e.Records))
	for _, r := range e.Records {
		d.Records[r.ID] = r
	}
	if version := versionOf(h, d.Report.VersionID); version != nil {
		d.Text = version.Text
		d.Asked = askedOf(f, d.Text, d.Keeps)
	}
	if day != v.today {
		d.Asked.Day = day
	}
	return d, h, nil
}

// reportDay is the day that the address asks for, today where it asks for none; with what is wrong with it.
func (v *visit) reportDay(f *form) (calendar.Date, fault.Message) {
	day := f.date("le")
	if _, wrong := f.faults.On("le"); wrong {
		return v.today, fault.Say("obligation.bad-day", "day", f.values.Get("le"), "today", v.today)
	}
	if day.IsZero() {
		day = v.today
	}
	return day, fault.Message{}
}

// askedOf reads what the address asks to show; what the text does not know is passed over. What bears on one party is
// shown apart only to those who keep the space: committees read facts, not a list by partner.
func askedOf(f *form, text *convention.Convention, keeps bool) view.ComplianceQuery {
	q := view.ComplianceQuery{ByStatus: f.text("vue") == "etat"}
	if s := compliance.Status(f.text("etat")); slices.Contains(compliance.Statuses(), s) {
		q.Status = s
	}
	if k := f.text("comite"); text.Committee(k) != nil {
		q.Committee = k
	}
	if p := f.text("partie"); keeps && text.Party(p) != nil {
		q.Party = p
	}
	return q
}

// journalHead is the end of the space's journal: its last entry, with the hash that seals all of them.
func (v *visit) journalHead() (journal.Head, error) {
	last, err := v.space.JournalEntries(v.Context(), store.JournalFilter{Limit: 1})
	if err != nil || len(last) == 0 {
		return journal.Head{}, err
	}
	return journal.Head{Seq: last[0].Seq, Hash: last[0].Hash}, nil
}

// versionOf finds a version by its identifier; nil where there is none.
func versionOf(h convention.History, id string) *convention.Version {
	for _, x := range h {
		if x.ID == id {
			return x
		}
	}
	return nil
}

// deeds are what shows an obligation of each kind to be kept: the page where it is recorded, and whose task that is. The
// registers of orientations and actions are not kept yet.
var deeds = map[compliance.Kind]struct {
	task  authority.Task
	label string
	href  func(v *visit, o compliance.Obligation) string
}{
	compliance.KindTerm: {authority.LoadConvention, "obligation.deed.text",
		func(v *visit, _ compliance.Obligation) string { return v.path("convention", "charger") }},
	compliance.KindSignatures: {authority.RecordSignature, "obligation.deed.signatures",
		func(v *visit, _ compliance.Obligation) string { return v.path("signatures") }},
	compliance.KindAmendment: {authority.RecordSignature, "obligation.deed.signatures",
		func(v *visit, _ compliance.Obligation) string { return v.path("signatures") }},
	compliance.KindCadence: {authority.RecordMeetings, "meeting.add",
		func(v *visit, o compliance.Obligation) string {
			return v.path("reunions", "ajouter") + "?" + url.Values{"comite": {o.Committee}}.Encode()
		}},
	compliance.KindSeats: {authority.ManageMandates, "obligation.deed.seats",
		func(v *visit, o compliance.Obligation) string { return v.path("comites", o.Committee) }},
	compliance.KindMission:    {authority.FileEvidence, "evidence.add", (*visit).fileHref},
	compliance.KindEvaluation: {authority.FileEvidence, "evidence.add", (*visit).fileHref},
	compliance.KindCommitment: {authority.FileEvidence, "evidence.add", (*visit).fileHref},
}

// deed is what would show an obligation kept, where the visitor may do it; nil elsewhere.
func (v *visit) deed(o compliance.Obligation) *view.Link {
	x, ok := deeds[o.Kind]
	if !ok || !v.mayFor(x.task, o.Party) {
		return nil
	}
	return &view.Link{Label: v.p.T(x.label), Href: x.href(v, o), Icon: "add"}
}

// mayFor tells whether the visitor may do the task for a party, or, with none given, for the whole or some party.
func (v *visit) mayFor(task authority.Task, party string) bool {
	if party == "" {
		return v.offers(task)
	}
	return v.may(task, party) == nil
}

// fileHref is the form that files evidence for an obligation.
func (v *visit) fileHref(o compliance.Obligation) string {
	return v.path(evidenceSheet.path, "ajouter") + "?" + url.Values{"obligation": {o.Key}}.Encode()
}
