package authority

import (
	"entente/internal/calendar"
	"entente/internal/convention"
	"entente/internal/fault"
)

// yes says under which seat or lead, mission and article a power may be exercised.
func yes(text *convention.Convention, power convention.Power, b *Basis) Answer {
	a := Answer{Allowed: true, Reason: AsHolder, By: b, Party: b.Party}
	switch {
	case b.Lead != nil:
		a.Reason = AsLead
	case b.Substitute:
		a.Reason = AsSubstitute
	}
	a.Message = fault.Say("authority.yes."+string(a.Reason), "power", power.Say(), "committee", b.Grant.Committee.Name,
		"cite", text.Cite(b.Grant.Mission.Place), "mission", b.Grant.Mission.Text)
	return a
}

// no says which committees could, by which article, and who sits there.
func (r Rules) no(text *convention.Convention, power convention.Power, grants []convention.Grant, subject Subject, day calendar.Date, notAdmitted bool) Answer {
	a := Answer{Reason: NotMember}
	if notAdmitted {
		a.Reason = NotAdmitted
	}
	var names []fault.Message
	for i, g := range grants {
		a.Could = append(a.Could, r.bench(g, subject, day))
		if i == 0 || g.Committee != grants[i-1].Committee {
			names = append(names, fault.Say("authority.bench", "committee", g.Committee.Name, "cite", text.Cite(g.Mission.Place)))
		}
	}
	a.Message = fault.Say("authority.no."+string(a.Reason), "power", power.Say(), "committees", names, "count", len(names))
	return a
}

// outside says that no convention binds on the day, and when one did or will.
func (r Rules) outside(power convention.Power, day calendar.Date) Answer {
	if v := r.History.On(day); v != nil {
		return Answer{Reason: AfterEnd, Message: fault.Say("authority.no.after", "power", power.Say(), "day", day, "end", v.Until())}
	}
	if first := r.firstEffect(); !first.IsZero() {
		return Answer{Reason: BeforeEffect, Message: fault.Say("authority.no.before", "power", power.Say(), "day", day, "from", first)}
	}
	return Answer{Reason: BeforeEffect, Message: fault.Say("authority.no.none", "power", power.Say(), "day", day)}
}

// firstEffect is the first day on which any version applies; zero where there is none.
func (r Rules) firstEffect() calendar.Date {
	var first calendar.Date
	for _, v := range r.History {
		if first.IsZero() || v.Effective.Before(first) {
			first = v.Effective
		}
	}
	return first
}
