package reading

import (
	"slices"
	"strconv"
	"strings"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/reading/french"
)

// Propose makes the convention of the facts that were decided on: the text verbatim, clause by clause, and under each
// clause the block of the facts that were read from it. What is missing stays blank: convention.Check says what that is.
func Propose(r *Reading, d Decisions) *convention.Convention {
	p := &proposal{reading: r, facts: d.Accepted(r), ids: map[string]string{}, blocks: map[int]*convention.Facts{}}
	p.name()
	for _, f := range p.facts {
		p.place(f)
	}
	p.identify()
	var clauses []convention.Clause
	for i, c := range r.Clauses {
		clauses = append(clauses, p.clause(i, c))
	}
	return convention.New(clauses)
}

// File writes the literate file of what Propose gives.
func File(r *Reading, d Decisions) []byte { return Propose(r, d).Format() }

// proposal is a convention being made.
type proposal struct {
	reading *Reading
	facts   []Fact
	ids     map[string]string // identifier of a fact to that in the file
	blocks  map[int]*convention.Facts
}

// clause gives a section its heading, its words and its block. The first lines of a text have no heading of their own:
// their first line becomes it.
func (p *proposal) clause(i int, c Clause) convention.Clause {
	heading, text := c.Heading, p.reading.Words(c.Body)
	if heading == "" {
		heading, text, _ = strings.Cut(strings.TrimSpace(text), "\n")
	}
	out := convention.Clause{Level: min(max(c.Level, 1), 6), Heading: strings.TrimSpace(heading)}
	if t := prose(text); t != "" {
		out.Parts = append(out.Parts, convention.Part{Text: t})
	}
	if b := p.blocks[i]; b != nil {
		out.Parts = append(out.Parts, convention.Part{Facts: b})
	}
	return out
}

// prose keeps words from being taken for a heading, a block or a comment of Markdown.
func prose(s string) string {
	lines := strings.Split(strings.Trim(s, "\n"), "\n")
	for i, l := range lines {
		t := strings.TrimLeft(l, " ")
		if strings.HasPrefix(t, "#") || strings.HasPrefix(t, "```") || strings.HasPrefix(t, "~~~") || strings.HasPrefix(t, "<!--") {
			lines[i] = l[:len(l)-len(t)] + `\` + t
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// Plain undoes what prose guards: the words of a literate file as they were signed.
func Plain(line string) string {
	t := strings.TrimLeft(line, " ")
	for _, mark := range []string{`\#`, "\\```", `\~~~`, `\<!--`} {
		if strings.HasPrefix(t, mark) {
			return line[:len(line)-len(t)] + t[1:]
		}
	}
	return line
}

// name gives each fact that others point to its identifier in the file.
func (p *proposal) name() {
	taken := map[string]bool{}
	give := func(f *Fact, scope, from, fallback string, limit int) {
		id := french.Slug(from, limit)
		if id == "" {
			id = fallback
		}
		for n, base := 2, id; taken[scope+id]; n++ {
			id = base + "-" + strconv.Itoa(n)
		}
		taken[scope+id] = true
		p.ids[f.ID] = id
	}
	for i := range p.facts {
		f := &p.facts[i]
		switch f.Kind {
		case KindParty:
			short := f.Get("short")
			if short == "" {
				short = f.Get("name")
			}
			give(f, "", french.WithoutArticle(short), "partie", 32)
		case KindCommittee:
			give(f, "", french.WithoutArticle(f.Get("name")), "comite", 40)
		case KindAxis:
			give(f, "axis ", "axe "+f.Get("number"), "axe", 20)
		case KindObjective:
			give(f, "objective ", f.Get("name"), "objectif", 40)
		case KindMission, KindSeat:
			give(f, f.Parent+" "+string(f.Kind)+" ", f.Get("text")+f.Get("function"), string(f.Kind), 48)
		case KindLineage:
			give(f, "lineage ", french.WithoutArticle(f.Get("title")), "accord", 40)
		case KindPurpose, KindStake, KindGoal, KindCommitment:
			give(f, string(f.Kind)+" ", f.Get("text"), string(f.Kind), 40)
		case KindEvaluation:
			give(f, "evaluation ", "evaluation "+f.Get("object"), "evaluation", 40)
		}
	}
}

// block gives the facts of a clause.
func (p *proposal) block(section int) *convention.Facts {
	if p.blocks[section] == nil {
		p.blocks[section] = &convention.Facts{}
	}
	return p.blocks[section]
}

// place puts a fact in the block of its clause; what belongs to another fact is put with it.
func (p *proposal) place(f Fact) {
	b := p.block(f.Section)
	switch f.Kind {
	case KindTerritory:
		p.block(0).Territory = &convention.Territory{Name: f.Get("name")}
	case KindLineage:
		b.Lineage = append(b.Lineage, p.predecessor(f))
	case KindParty:
		b.Parties = append(b.Parties, convention.Party{ID: p.ids[f.ID], Name: f.Get("name"), Short: short(f), Kind: f.Get("kind"),
			Seat: f.Get("seat"), Signatory: f.Get("signatory"), Delegate: f.Get("delegate")})
	case KindPurpose:
		b.Purposes = append(b.Purposes, p.statement(f))
	case KindStake:
		b.Stakes = append(b.Stakes, p.statement(f))
	case KindGoal:
		b.Governance = append(b.Governance, p.statement(f))
	case KindCommitment:
		if e := f.Get("evidence"); e != "" {
			b.Commitments = append(b.Commitments, convention.Commitment{ID: p.ids[f.ID], Text: f.Get("text"), Parties: p.refs(f.Get("parties")), Evidence: convention.EvidenceKind(e)})
		}
	case KindCommittee:
		b.Committees = append(b.Committees, p.committee(f))
	case KindAxis:
		b.Axes = append(b.Axes, p.axis(f))
	case KindEvaluation:
		b.Evaluations = append(b.Evaluations, convention.Evaluation{ID: p.ids[f.ID], Object: f.Get("object"), EveryMonths: number(f, "months"), Text: f.Get("text")})
	case KindPeriod:
		b.Duration = duration(f)
	case KindAmendment:
		b.Amendment = &convention.AmendmentRule{Agreement: f.Get("agreement"), Text: f.Get("text")}
	case KindSignature:
		b.Signatures = append(b.Signatures, convention.SignatureLine{Party: p.ref(f.Get("party")), Function: p.signs(f)})
	}
}

func short(f Fact) string {
	if s := f.Get("short"); s != "" {
		return s
	}
	return f.Get("name")
}

// identify puts the identity and the territory in the first clause. A title that was not found stays blank.
func (p *proposal) identify() {
	for _, f := range p.of(KindIdentity, "") {
		p.block(0).Identity = &convention.Identity{ID: french.Slug(f.Get("title"), 60), Title: f.Get("title"), Kind: f.Get("kind"), Short: f.Get("short")}
	}
	for i, b := range p.blocks {
		if empty(b) {
			delete(p.blocks, i)
		}
	}
}

// empty tells a block that says nothing: facts whose words alone are kept have no place in the file.
func empty(b *convention.Facts) bool {
	return b.Identity == nil && b.Territory == nil && b.Lineage == nil && b.Parties == nil && b.Purposes == nil && b.Stakes == nil &&
		b.Governance == nil && b.Commitments == nil && b.Committees == nil && b.Axes == nil && b.Evaluations == nil && b.Duration == nil &&
		b.Amendment == nil && b.Signatures == nil
}

func (p *proposal) of(kind Kind, parent string) []Fact {
	var out []Fact
	for _, f := range p.facts {
		if f.Kind == kind && f.Parent == parent {
			out = append(out, f)
		}
	}
	return out
}

func (p *proposal) ref(fact string) string { return p.ids[fact] }

// refs gives the identifiers in the file of facts listed with spaces between.
func (p *proposal) refs(facts string) []string {
	var out []string
	for _, id := range strings.Fields(facts) {
		if ref := p.ids[id]; ref != "" {
			out = append(out, ref)
		}
	}
	return out
}

func (p *proposal) statement(f Fact) convention.Statement {
	return convention.Statement{ID: p.ids[f.ID], Text: f.Get("text"), Items: values(f, "item")}
}

// values lists the fields of a name.
func values(f Fact, name string) []string {
	var out []string
	for _, x := range f.Fields {
		if x.Name == name && !slices.Contains(out, x.Value) {
			out = append(out, x.Value)
		}
	}
	return out
}

func number(f Fact, name string) int {
	n, _ := strconv.Atoi(f.Get(name))
	return n
}

func (p *proposal) predecessor(f Fact) convention.Predecessor {
	out := convention.Predecessor{ID: p.ids[f.ID], Title: f.Get("title"), From: convention.Moment(f.Get("from")), To: convention.Moment(f.Get("to"))}
	for _, a := range p.of(KindLineageAxis, f.ID) {
		for n := 1; n <= min(number(a, "count"), 20); n++ {
			out.Axes = append(out.Axes, convention.PredecessorAxis{ID: "axe-" + strconv.Itoa(n)})
		}
	}
	return out
}

func (p *proposal) axis(f Fact) convention.Axis {
	out := convention.Axis{ID: p.ids[f.ID], Number: number(f, "number"), Name: f.Get("name")}
	for _, o := range p.of(KindObjective, f.ID) {
		out.Objectives = append(out.Objectives, convention.Objective{ID: p.ids[o.ID], Name: o.Get("name")})
	}
	return out
}

func duration(f Fact) *convention.Duration {
	out := &convention.Duration{From: convention.Start(f.Get("from")), Tacit: number(f, "tacit")}
	if to, err := calendar.Parse(f.Get("to")); err == nil {
		out.To = to
	}
	if out.To.IsZero() {
		out.Months = number(f, "months")
	}
	return out
}

// signs is the function of a signature; where its line gives none, that of the representative of the party.
func (p *proposal) signs(f Fact) string {
	if s := f.Get("function"); s != "" {
		return s
	}
	for _, x := range p.facts {
		if x.ID == f.Get("party") {
			return x.Get("signatory")
		}
	}
	return ""
}

func (p *proposal) committee(f Fact) convention.Committee {
	out := convention.Committee{ID: p.ids[f.ID], Name: f.Get("name"), Level: convention.Level(f.Get("level")), Substitution: convention.Substitution(f.Get("substitution")), ConvenedBy: p.refs(f.Get("convened-by"))}
	for _, s := range p.of(KindSeat, f.ID) {
		out.Seats = p.seat(out.Seats, s)
	}
	for _, m := range p.of(KindMission, f.ID) {
		out.Missions = append(out.Missions, p.mission(m))
	}
	for _, c := range p.of(KindCadence, f.ID) {
		out.Cadence = cadence(c)
	}
	for _, q := range p.of(KindQuorum, f.ID) {
		out.Quorum = threshold(q)
	}
	for _, q := range p.of(KindMajority, f.ID) {
		out.Majority = threshold(q)
	}
	for _, n := range p.of(KindNotice, f.ID) {
		out.Notice = number(n, "days")
	}
	return out
}

// seat adds a rule; two counts of one party are one count.
func (p *proposal) seat(seats []convention.SeatRule, f Fact) []convention.SeatRule {
	s := convention.SeatRule{Derived: f.Get("derived"), Function: f.Get("function"), Count: number(f, "count")}
	if s.Derived == "" {
		s.Party = p.ref(f.Get("party"))
	}
	switch {
	case s.Function != "":
		s.ID, s.Count = p.ids[f.ID], 0
	case s.Count > 0:
		s.Among = f.Get("among")
		for i := range seats {
			if seats[i].Party == s.Party && seats[i].Count > 0 {
				seats[i].Count += s.Count
				seats[i].Among = ""
				return seats
			}
		}
	}
	return append(seats, s)
}

func (p *proposal) mission(f Fact) convention.Mission {
	out := convention.Mission{ID: p.ids[f.ID], Text: f.Get("text")}
	for _, w := range values(f, "power") {
		out.Powers = append(out.Powers, convention.Power(w))
	}
	for _, id := range values(f, "over") {
		if ref := p.ids[id]; ref != "" {
			out.Over = append(out.Over, ref)
		}
	}
	return out
}

func cadence(f Fact) *convention.Cadence {
	if f.Get("as-needed") != "" {
		return &convention.Cadence{AsNeeded: true}
	}
	out := &convention.Cadence{Min: number(f, "min"), Max: number(f, "max"), Over: convention.CivilYear}
	if w := f.Get("over"); w != "" {
		out.Over = convention.Window(w)
	}
	return out
}

func threshold(f Fact) *convention.Threshold {
	return &convention.Threshold{Share: f.Get("share"), Of: f.Get("of"), Strict: f.Get("strict") != ""}
}
