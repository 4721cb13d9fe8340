package convention

import "slices"

// Power is something that a mission allows a committee to do. The set is closed; docs/file-format.md lists it.
type Power string

// The powers, with their names in the file.
const (
	DefineOrientations   Power = "definir-orientations"
	ProposeOrientations  Power = "proposer-orientations"
	ValidateOrientations Power = "valider-orientations"
	ValidateProposals    Power = "valider-propositions" // any proposal that no committee has a power of its own to settle
	UpdateDiagnosis      Power = "actualiser-diagnostic"
	UpdatePlan           Power = "actualiser-plan"
	ProposeActions       Power = "proposer-actions"
	AdoptActions         Power = "adopter-actions"
	CarryOutActions      Power = "mettre-en-oeuvre-actions"
	EvaluateActions      Power = "evaluer-actions"
	ValidateEvaluation   Power = "valider-evaluation"
	EnsureContinuity     Power = "garantir-continuite"
	OrganizeCommittees   Power = "organiser-comites"
	Coordinate           Power = "coordonner"
	GatherInformation    Power = "recueillir-information"
	ProposeCommunication Power = "proposer-communication"
	AdoptCommunication   Power = "adopter-communication"
	ProposeAmendments    Power = "proposer-avenants"
	ValidateAmendments   Power = "valider-avenants"
)

// settles gives, for each power to propose, the power that settles what is proposed.
var settles = map[Power]Power{
	ProposeOrientations:  ValidateOrientations,
	ProposeActions:       AdoptActions,
	EvaluateActions:      ValidateEvaluation,
	ProposeCommunication: AdoptCommunication,
	ProposeAmendments:    ValidateAmendments,
}

// Powers lists every power, in the order of the documentation.
func Powers() []Power {
	return []Power{
		DefineOrientations, ProposeOrientations, ValidateOrientations, ValidateProposals, UpdateDiagnosis, UpdatePlan,
		ProposeActions, AdoptActions, CarryOutActions, EvaluateActions, ValidateEvaluation, EnsureContinuity,
		OrganizeCommittees, Coordinate, GatherInformation, ProposeCommunication, AdoptCommunication,
		ProposeAmendments, ValidateAmendments,
	}
}

// SettledBy gives the power that settles what p proposes, and whether p proposes anything.
func (p Power) SettledBy() (Power, bool) {
	s, ok := settles[p]
	return s, ok
}

// Settles tells a power by which what somebody proposed is settled.
func (p Power) Settles() bool {
	if p == ValidateProposals {
		return true
	}
	for _, s := range settles {
		if s == p {
			return true
		}
	}
	return false
}

// Grants lists the committees whose missions grant the power, with the mission that does.
func (c *Convention) Grants(p Power) []Grant {
	var out []Grant
	for i := range c.Committees {
		k := &c.Committees[i]
		for j := range k.Missions {
			if slices.Contains(k.Missions[j].Powers, p) {
				out = append(out, Grant{Power: p, Committee: k, Mission: &k.Missions[j]})
			}
		}
	}
	return out
}

// Settling lists the committees that may settle a proposal made under p: those with the power of its own, else those
// that validate proposals in general.
func (c *Convention) Settling(p Power) []Grant {
	if s, ok := p.SettledBy(); ok {
		if g := c.Grants(s); len(g) > 0 {
			return g
		}
	}
	return c.Grants(ValidateProposals)
}

// Grant is a power that a committee takes from one of its missions.
type Grant struct {
	Power     Power
	Committee *Committee
	Mission   *Mission
}
