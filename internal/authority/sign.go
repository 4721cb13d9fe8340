package authority

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// MaySign tells whether a person may sign for a party on a day: as the holder of the function that the text names, or
// under a delegation in force where the text admits one for that party ("ou son Vice-président ayant reçu délégation").
//
// It reads the version that applies on the day, or the next one to come, because a text is signed before it takes effect.
func (r Rules) MaySign(person, party string, day calendar.Date) Answer {
	text, p := r.signing(party, day)
	if p == nil {
		return Answer{Reason: UnknownParty, Party: party, Message: fault.Say("authority.sign.unknown-party")}
	}
	delegated := person != "" && r.delegated(person, party, day)
	a := Answer{Party: party}
	switch {
	case r.holdsSignature(person, party, day):
		a.Allowed, a.Reason = true, AsSignatory
		a.Message = say("authority.sign.holder", text, p)
	case delegated && p.Delegate != "":
		a.Allowed, a.Reason = true, AsSignatory
		a.Message = say("authority.sign.delegate", text, p)
	case delegated:
		a.Reason = NotAdmitted
		a.Message = say("authority.sign.not-admitted", text, p)
	case p.Delegate != "":
		a.Reason = NotSignatory
		a.Message = say("authority.sign.no-delegate", text, p)
	default:
		a.Reason = NotSignatory
		a.Message = say("authority.sign.no", text, p)
	}
	return a
}

func say(key string, text *convention.Convention, p *convention.Party) fault.Message {
	return fault.Say(key, "party", p.Short, "function", p.Signatory, "delegate", p.Delegate, "cite", text.Cite(p.Place))
}

// signing gives the text that a party signs on the day, and the party as it names it; nil where no text names it.
func (r Rules) signing(party string, day calendar.Date) (*convention.Convention, *convention.Party) {
	if v := r.History.On(day); v != nil && v.Text.Party(party) != nil {
		return v.Text, v.Text.Party(party)
	}
	var next *convention.Version
	for _, v := range r.History {
		if v.Effective.After(day) && v.Text.Party(party) != nil && (next == nil || v.Effective.Before(next.Effective)) {
			next = v
		}
	}
	if next == nil {
		return nil, nil
	}
	return next.Text, next.Text.Party(party)
}

func (r Rules) holdsSignature(person, party string, day calendar.Date) bool {
	for _, s := range r.Signatories {
		if person != "" && s.Person == person && s.Party == party && s.Period.Contains(day) {
			return true
		}
	}
	return false
}
