package compliance

import (
	"slices"

	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
)

// EvidenceMonths is how long a piece of evidence speaks for a continuous duty, a mission or a commitment. Older evidence
// is shown, and the duty is unknown again.
const EvidenceMonths = 12

// missions judges what each committee is charged with, by the evidence filed for it.
func missions(c *docket) []Finding {
	var out []Finding
	for i := range c.text.Committees {
		k := &c.text.Committees[i]
		for j := range k.Missions {
			out = append(out, c.mission(k, &k.Missions[j]))
		}
	}
	return out
}

func (c *docket) mission(k *convention.Committee, m *convention.Mission) Finding {
	f := Finding{
		Obligation: obligation("mission/"+k.ID+"/"+m.ID, m.Place, fault.Say("compliance.mission.subject", "committee", k.Name, "text", m.Text)),
		Words:      fault.Say("compliance.mission.words", "committee", k.Name, "text", m.Text, "cite", c.text.Cite(m.Place)),
	}
	f.Obligation.Committee = k.ID
	defines := slices.Contains(m.Powers, convention.DefineOrientations)
	links := append(c.links(f.Obligation.Key), c.decided(func(d Decision) bool {
		return d.Committee == k.ID && (slices.Contains(m.Powers, d.Power) || defines && d.settles(governance.AboutOrientation))
	})...)
	if slices.Contains(m.Powers, convention.OrganizeCommittees) {
		links = append(links, c.organized(k.ID, m)...)
	}
	c.judgeEvidence(&f, newestFirst(links), "compliance.mission.next")
	return f
}

// decided leads to the decisions taken by the day that pass the test: whatever their outcome, they show that the committee
// does what it is charged with.
func (c *docket) decided(keep func(Decision) bool) []Link {
	var out []Link
	for _, d := range c.Decisions {
		if !d.Day.After(c.day) && keep(d) {
			out = append(out, Link{Kind: LinkDecision, ID: d.Reference, Day: d.Day,
				Label: fault.Say("compliance.link.decision", "number", d.Reference, "title", d.Title, "day", d.Day)})
		}
	}
	return out
}

// settled leads to the favourable decisions on proposals about a subject.
func (c *docket) settled(about governance.Subject) []Link {
	return c.decided(func(d Decision) bool { return d.settles(about) })
}

// organized leads to the meetings held by the committees that a mission organises: they show that it does.
func (c *docket) organized(committee string, m *convention.Mission) []Link {
	var out []Link
	for _, id := range m.Over {
		if id == committee {
			continue
		}
		for _, x := range c.meetings(id, calendar.Period{From: c.start(), To: c.asOf}) {
			if x.State == governance.Held {
				out = append(out, meetingLinks([]governance.Meeting{x})...)
			}
		}
	}
	return out
}

// commitments judges what the parties promised. What each party gives is judged party by party; what they do together,
// once.
func commitments(c *docket) []Finding {
	var out []Finding
	for i := range c.text.Commitments {
		k := &c.text.Commitments[i]
		if !byParty(k.Evidence) {
			out = append(out, c.commitment(k, ""))
			continue
		}
		for _, p := range c.committed(k) {
			out = append(out, c.commitment(k, p))
		}
	}
	return out
}

// byParty tells whether evidence of the kind is each party's own.
func byParty(k convention.EvidenceKind) bool {
	return k == convention.EvidenceMeans || k == convention.EvidenceAttendance
}

// committed lists the parties that a commitment binds: those that it names, else all.
func (c *docket) committed(k *convention.Commitment) []string {
	if len(k.Parties) > 0 {
		return k.Parties
	}
	out := make([]string, 0, len(c.text.Parties))
	for _, p := range c.text.Parties {
		out = append(out, p.ID)
	}
	return out
}

func (c *docket) commitment(k *convention.Commitment, party string) Finding {
	key, subject := "commitment/"+k.ID, fault.Say("compliance.commitment.subject.joint", "kind", k.Evidence.Say())
	if party != "" {
		key += "/" + party
		subject = fault.Say("compliance.commitment.subject.party", "kind", k.Evidence.Say(), "party", c.short(party))
	}
	f := Finding{
		Obligation: obligation(key, k.Place, subject),
		Words:      fault.Say("compliance.commitment.words", "text", k.Text, "cite", c.text.Cite(k.Place)),
	}
	f.Obligation.Party = party
	links := c.links(key)
	switch k.Evidence {
	case convention.EvidenceAttendance:
		if c.attended(&f, party) {
			return f
		}
	case convention.EvidenceCommunication:
		links = append(links, c.settled(governance.AboutCommunication)...)
	}
	c.judgeEvidence(&f, newestFirst(links), "compliance.commitment.next."+string(k.Evidence))
	return f
}

// attended judges the attendance of a party by the meetings closed in the last EvidenceMonths: it fills the finding and says
// so, where there was any with a seat of the party on record. It counts, and blames nobody.
func (c *docket) attended(f *Finding, party string) bool {
	span := calendar.RollingMonths(c.asOf, EvidenceMonths)
	meetings, there := 0, 0
	for _, a := range c.Attendances {
		if a.Party != party || !span.Contains(a.Day) {
			continue
		}
		if meetings++; a.There > 0 {
			there++
			f.Evidence = append(f.Evidence, Link{Kind: LinkMeeting, ID: a.Meeting, Day: a.Day, Label: fault.Say("compliance.link.attendance",
				"committee", c.committeeName(a.Committee), "day", a.Day, "count", a.There)})
		}
	}
	if meetings == 0 {
		return false
	}
	f.Evidence = newestFirst(append(f.Evidence, c.links(f.Obligation.Key)...))
	f.Status = Kept
	f.Figures = fault.Say("compliance.commitment.attended", "count", there, "of", meetings, "party", c.short(party))
	if there == 0 {
		f.Status = AtRisk
		f.Next = step(calendar.Date{}, "compliance.commitment.next.attend", "party", c.short(party))
	}
	return true
}

// committeeName is the name of a committee in the text that is judged; its identifier where that has it no more.
func (c *docket) committeeName(id string) string {
	if k := c.text.Committee(id); k != nil {
		return k.Name
	}
	return id
}

// judgeEvidence fills the finding of a continuous duty: kept while the newest evidence is less than EvidenceMonths old, on
// course where the only evidence is planned for a day to come, else unknown.
func (c *docket) judgeEvidence(f *Finding, links []Link, next string) {
	f.Evidence = links
	var last, planned calendar.Date
	for _, l := range links {
		switch {
		case l.Day.After(c.asOf):
			planned = l.Day
		case last.IsZero():
			last = l.Day
		}
	}
	f.Status = Unknown
	f.Next = step(calendar.Date{}, next)
	switch {
	case !last.IsZero() && last.AddMonths(EvidenceMonths).After(c.asOf):
		f.Status, f.Next = Kept, nil
		f.Figures = fault.Say("compliance.evidence.some", "count", len(links), "last", last)
	case !planned.IsZero():
		f.Status = OnCourse
		f.Figures = fault.Say("compliance.evidence.planned", "date", planned)
		f.Next = step(planned, "compliance.evidence.next.planned")
	case !last.IsZero():
		f.Figures = fault.Say("compliance.evidence.old", "last", last)
	default:
		f.Figures = fault.Say("compliance.evidence.none")
	}
}

// links leads to the records filed for an obligation, newest first.
func (c *docket) links(key string) []Link {
	out := []Link{}
	for _, r := range c.Records {
		if r.Obligation == key && (!r.Day.After(c.day) || r.Kind == convention.EvidenceCommunication) {
			out = append(out, Link{Kind: LinkEvidence, ID: r.ID, Day: r.Day, Label: fault.Say("compliance.link.evidence", "title", r.Title, "day", r.Day)})
		}
	}
	return newestFirst(out)
}

func newestFirst(links []Link) []Link {
	slices.SortStableFunc(links, func(a, b Link) int { return b.Day.Compare(a.Day) })
	return links
}
