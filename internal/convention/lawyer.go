package convention

import "entente/internal/fault"

// lawyer warns of what the text leaves open: it may be meant, and somebody will ask. Nothing here makes the file unusable.
func (k *checker) lawyer() {
	for i := range k.c.Committees {
		k.askCommittee(&k.c.Committees[i], indexed("comites", i))
	}
	for i := range k.c.Parties {
		k.askParty(&k.c.Parties[i], indexed("parties", i))
	}
	for i, s := range k.c.Signatures {
		k.askSignature(s, indexed("signatures", i))
	}
	for i, a := range k.c.Axes {
		if len(a.Objectives) == 0 {
			k.ask(indexed("axes", i), "axis", "axis", a.Name)
		}
	}
	k.askWhole()
}

// askWhole asks what every convention should settle.
func (k *checker) askWhole() {
	if len(k.c.Evaluations) == 0 {
		k.ask("convention", "evaluation")
	}
	if k.c.Amendment == nil {
		k.ask("convention", "amendment")
	}
	if d := k.c.Duration; d != nil && d.Tacit > 0 {
		k.ask("duree.reconduction-tacite-mois", "tacit", "count", d.Tacit)
	}
}

// ask reports a warning at a path.
func (k *checker) ask(path, key string, pairs ...any) {
	k.fault(k.where(path), Warning, fault.Say("convention.warning."+key, pairs...), fault.Say("convention.advice."+key, pairs...))
}

func (k *checker) askCommittee(m *Committee, path string) {
	if len(m.ConvenedBy) == 0 && !k.organized(m.ID) {
		k.ask(path, "convening", "committee", m.Name)
	}
	if len(m.Missions) == 0 {
		k.ask(path, "mission", "committee", m.Name)
	}
	if m.Cadence == nil {
		k.ask(path, "cadence", "committee", m.Name)
	}
	for i := range m.Missions {
		for j, p := range m.Missions[i].Powers {
			if _, proposes := p.SettledBy(); proposes && len(k.c.Settling(p)) == 0 {
				k.ask(indexed(indexed(path+".missions", i)+".attributions", j), "settling", "committee", m.Name, "power", p.Say())
			}
		}
	}
}

// organized tells whether a committee is charged with organising this one.
func (k *checker) organized(id string) bool {
	for _, g := range k.c.Grants(OrganizeCommittees) {
		for _, over := range g.Mission.Over {
			if over == id {
				return true
			}
		}
	}
	return false
}

func (k *checker) askParty(p *Party, path string) {
	if !k.seated(p.ID) {
		k.ask(path, "seat", "party", p.Short)
	}
	for _, s := range k.c.Signatures {
		if s.Party == p.ID {
			return
		}
	}
	k.ask(path, "signature", "party", p.Short)
}

// seated tells whether a rule gives the party a seat.
func (k *checker) seated(party string) bool {
	for _, m := range k.c.Committees {
		for _, r := range m.Seats {
			if r.Party == party {
				return true
			}
		}
	}
	return false
}

// askSignature compares who signs at the foot of the text with who the text says represents the party.
func (k *checker) askSignature(s SignatureLine, path string) {
	p := k.c.Party(s.Party)
	if p == nil || s.Function == p.Signatory || s.Function == p.Delegate {
		return
	}
	k.ask(path+".fonction", "signatory", "party", p.Short, "function", s.Function, "signatory", p.Signatory)
}
