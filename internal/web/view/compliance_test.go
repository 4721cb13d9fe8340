package view

import (
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"entente/conventions"
	"entente/internal/calendar"
	"entente/internal/compliance"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
	"entente/internal/journal"
)

// shippedVersion reads a convention that ships with the program, as the first version of a space.
func shippedVersion(t testing.TB, name string) *convention.Version {
	t.Helper()
	src, err := conventions.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	text, faults := convention.Parse(name, src)
	if text == nil {
		t.Fatal(faults.Err())
	}
	return &convention.Version{ID: "v1", Number: 1, Effective: calendar.Must("2023-07-01"), Source: src, Text: text}
}

const realConvention = "etampois-sud-essonne-2023-2026"

// checkPage holds what every page must be, whatever it shows.
func checkPage(t *testing.T, c templ.Component) string {
	t.Helper()
	root, src := render(t, c)
	checkIDs(t, root)
	checkLabels(t, root)
	checkHeadings(t, root)
	checkNothingInline(t, root)
	if i := strings.Index(src, "⟦"); i >= 0 {
		t.Errorf("a sentence is missing: %s", src[i:min(i+80, len(src))])
	}
	return strings.ReplaceAll(words(root), "\u00a0", " ")
}

// compliant is the page of obligations of the real convention on a day, with some evidence on record, for a coordinator
// of the CAF.
func compliant(t testing.TB, day string) ComplianceData {
	t.Helper()
	v := shippedVersion(t, realConvention)
	record := compliance.Record{ID: "r1", Obligation: "commitment/moyens/caf", Kind: convention.EvidenceMeans, Party: "caf", Day: calendar.Must("2026-01-22"),
		Title: "Temps de travail", Address: "https://exemple.fr/x", Note: "Classeur 3"}
	e := compliance.Evidence{Since: calendar.Must("2023-07-01"), Records: []compliance.Record{record},
		Meetings:   []governance.Meeting{{ID: "m1", Committee: "operationnel", Day: calendar.Must("2026-03-10"), State: governance.Held}},
		Signatures: []governance.Signature{{ID: "s1", Text: v.ID, Party: "caf", Date: calendar.Must("2023-06-20")}},
		Mandates: []governance.Mandate{{ID: "d1", Seat: v.Text.Committee("strategique").Places()[0].Key, Person: "p1", Role: governance.Holder,
			Period: calendar.Period{From: calendar.Must("2023-07-01")}}}}
	may := func(party string) bool { return party == "" || party == "caf" }
	return ComplianceData{Root: "/espaces/val", Text: v.Text, Today: calendar.Must(day), Keeps: true, May: may,
		Report:  compliance.Assess(convention.History{v}, e, calendar.Must(day)),
		Records: map[string]compliance.Record{record.ID: record},
		Deed: func(o compliance.Obligation) *Link {
			if !may(o.Party) {
				return nil
			}
			return &Link{Label: "verser", Href: "/espaces/val/preuves/ajouter?obligation=" + o.Key, Icon: "add"}
		}}
}

func TestCompliancePage(t *testing.T) {
	for _, lang := range i18n.Languages() {
		p := samplePage(lang)
		for name, change := range map[string]func(*ComplianceData){
			"by clause": func(*ComplianceData) {},
			"by status": func(d *ComplianceData) { d.Asked.ByStatus = true },
			"narrowed": func(d *ComplianceData) {
				d.Asked = ComplianceQuery{Status: compliance.Unknown, Committee: "strategique"}
			},
			"none found": func(d *ComplianceData) { d.Asked = ComplianceQuery{Status: compliance.Kept, Committee: "technique"} },
			"bad day":    func(d *ComplianceData) { d.Wrong = fault.Say("obligation.bad-day", "day", "hier", "today", d.Today) },
			"member":     func(d *ComplianceData) { d.Keeps, d.May = false, func(string) bool { return false } },
			"no convention": func(d *ComplianceData) {
				d.Text, d.Report = nil, compliance.Assess(nil, compliance.Evidence{}, d.Today)
			},
		} {
			t.Run(lang+"/"+name, func(t *testing.T) {
				d := compliant(t, "2026-11-23")
				change(&d)
				checkPage(t, CompliancePage(p, d))
			})
		}
	}
}

// Every clause and every obligation of the text is on the page, each once.
func TestCompliancePageIsWhole(t *testing.T) {
	for _, name := range conventions.Names() {
		for _, byStatus := range []bool{false, true} {
			v := shippedVersion(t, name)
			d := compliant(t, "2026-11-23")
			d.Text, d.Report = v.Text, compliance.Assess(convention.History{v}, compliance.Evidence{}, d.Today)
			d.Asked.ByStatus = byStatus
			root, src := render(t, CompliancePage(samplePage("fr"), d))
			for _, f := range d.Report.Findings {
				if withID(root, FindingAnchor(f.Obligation.Key)) == nil {
					t.Errorf("%s: %s is not shown", name, f.Obligation.Key)
				}
			}
			for _, k := range d.Report.Clauses {
				if !byStatus && !strings.Contains(src, clauseHref(d.Root, k.Anchor)) {
					t.Errorf("%s: %s is not named", name, k.Heading)
				}
			}
		}
	}
}

func TestComplianceIsSaid(t *testing.T) {
	p, d := samplePage("fr"), compliant(t, "2026-11-23")
	said := checkPage(t, CompliancePage(p, d))
	for _, want := range []string{"Temps de travail", "Classeur 3", "La convention est en vigueur jusqu’au 31 décembre 2026.", "CAF 91", "art. 4-2"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said", want)
		}
	}
	root, _ := render(t, CompliancePage(p, d))
	own := withID(root, FindingAnchor("commitment/moyens/caf"))
	others := withID(root, FindingAnchor("commitment/moyens/msa"))
	if n := len(all(own, func(x *html.Node) bool { return strings.HasSuffix(attr(x, "href"), "/preuves/r1/modifier") })); n != 1 {
		t.Error("own evidence cannot be changed")
	}
	if len(all(own, func(x *html.Node) bool { return attr(x, "href") == "https://exemple.fr/x" })) != 1 {
		t.Error("the document is not linked")
	}
	if len(all(others, func(x *html.Node) bool { return strings.Contains(attr(x, "href"), "/preuves/") })) != 0 {
		t.Error("filing for another party is offered")
	}
}

// What bears on one party is not offered as a list to those who sit in committees.
func TestCommitteesReadNoListByParty(t *testing.T) {
	d := compliant(t, "2026-11-23")
	d.Keeps = false
	root, _ := render(t, CompliancePage(samplePage("fr"), d))
	if len(all(root, func(n *html.Node) bool { return attr(n, "name") == "partie" })) != 0 {
		t.Error("a filter by party")
	}
}

// Clause by clause, parties stand in the order of the text, whoever is late.
func TestPartiesStandInTheOrderOfTheText(t *testing.T) {
	var got []string
	for _, k := range compliant(t, "2026-11-23").byClause() {
		for _, f := range k.Findings {
			if strings.HasPrefix(f.Obligation.Key, "commitment/moyens/") {
				got = append(got, f.Obligation.Party)
			}
		}
	}
	if diff := cmp.Diff([]string{"caese", "caf", "msa", "cd"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestByStatusIsWorstFirst(t *testing.T) {
	d := compliant(t, "2026-11-23")
	n, last := 0, -1
	for _, g := range d.byStatus() {
		rank := slices.Index(compliance.Statuses(), g.Status)
		if rank <= last || len(g.Findings) == 0 {
			t.Errorf("%s stands after %d", g.Status, last)
		}
		last = rank
		n += len(g.Findings)
	}
	if n != len(d.Report.Findings) {
		t.Errorf("%d of %d findings", n, len(d.Report.Findings))
	}
}

func TestComplianceQueryHref(t *testing.T) {
	for _, c := range []struct {
		q    ComplianceQuery
		want string
	}{
		{ComplianceQuery{}, "/e/obligations"},
		{ComplianceQuery{Day: calendar.Must("2026-11-23")}, "/e/obligations?le=2026-11-23"},
		{ComplianceQuery{Status: compliance.AtRisk, ByStatus: true}, "/e/obligations?etat=at-risk&vue=etat"},
		{ComplianceQuery{Committee: "a b", Party: "caf"}, "/e/obligations?comite=a+b&partie=caf"},
	} {
		if got := c.q.Href("/e"); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func TestFindingAnchors(t *testing.T) {
	seen := map[string]string{}
	for _, f := range compliant(t, "2026-11-23").Report.Findings {
		key, anchor := f.Obligation.Key, FindingAnchor(f.Obligation.Key)
		if other, twice := seen[anchor]; twice || strings.ContainsAny(anchor, "/ ") {
			t.Errorf("%s and %s stand at %s", key, other, anchor)
		}
		seen[anchor] = key
		if got := FindingHref("/e", key); got != "/e/obligations#"+anchor {
			t.Errorf("%s", got)
		}
	}
}

func TestEvidenceLinks(t *testing.T) {
	d := compliant(t, "2026-11-23")
	day := calendar.Must("2026-03-10")
	o := compliance.Obligation{Committee: "operationnel"}
	for kind, want := range map[compliance.LinkKind]string{
		compliance.LinkMeeting:   "/espaces/val/reunions/r1",
		compliance.LinkMandate:   "/espaces/val/comites/operationnel",
		compliance.LinkSignature: "/espaces/val/signatures",
		compliance.LinkVersion:   "/espaces/val/convention?le=2026-03-10",
		compliance.LinkEvidence:  "https://exemple.fr/x",
		"other":                  "",
	} {
		if got := d.linkHref(o, compliance.Link{Kind: kind, ID: "r1", Day: day}); got != want {
			t.Errorf("%s leads to %q, want %q", kind, got, want)
		}
	}
	d.Records["r1"] = compliance.Record{Address: "javascript:alert(1)"}
	if got := d.linkHref(o, compliance.Link{Kind: compliance.LinkEvidence, ID: "r1"}); got != "" {
		t.Errorf("an address that is none leads to %q", got)
	}
}

// A long list of evidence unfolds; a short one stands in the open.
func TestEvidenceUnfolds(t *testing.T) {
	for n, want := range map[int][2]int{0: {0, 0}, 4: {4, 0}, 5: {4, 1}, 90: {4, 86}} {
		f := compliance.Finding{Evidence: make([]compliance.Link, n)}
		if got := [2]int{len(openEvidence(f)), len(foldedEvidence(f))}; got != want {
			t.Errorf("%d pieces: %v, want %v", n, got, want)
		}
	}
}

func TestStatementPage(t *testing.T) {
	for _, lang := range i18n.Languages() {
		d := StatementData{ComplianceData: compliant(t, "2026-11-23"), Space: "Val", Slug: "val", Version: shippedVersion(t, realConvention),
			Since: calendar.Must("2023-07-01"), Made: "maintenant", Head: journal.Head{Seq: 4711, Hash: strings.Repeat("ab", 32)}}
		said := checkPage(t, StatementPage(samplePage(lang), d))
		for _, want := range []string{d.Head.Hash, hash(d.Version.Source), "entente journal verify val", "https://exemple.fr/x", d.Text.Identity.Title,
			i18n.For(lang).T("obligation.meaning.unknown")} {
			if !strings.Contains(said, strings.ReplaceAll(want, "\u00a0", " ")) {
				t.Errorf("%s: %q is not said", lang, want)
			}
		}
		for _, k := range d.Report.Clauses {
			if !strings.Contains(said, strings.ReplaceAll(k.Heading, "\u00a0", " ")) {
				t.Errorf("%s: the clause %q is left out", lang, k.Heading)
			}
		}
		d.Text, d.Version, d.Report = nil, nil, compliance.Assess(nil, compliance.Evidence{}, d.Today)
		checkPage(t, StatementPage(samplePage(lang), d))
	}
}

// What is settled offers nothing more; evidence may always be added.
func TestDeedsEnd(t *testing.T) {
	d := ComplianceData{Deed: func(compliance.Obligation) *Link { return &Link{} }}
	for _, k := range compliance.Kinds() {
		f := compliance.Finding{Obligation: compliance.Obligation{Kind: k}}
		if got, want := d.deed(f) != nil, !slices.Contains(settled, k); got != want {
			t.Errorf("%s without a step offers a deed: %v", k, got)
		}
		if f.Next = new(compliance.Step); d.deed(f) == nil {
			t.Errorf("%s with a step offers no deed", k)
		}
	}
}
