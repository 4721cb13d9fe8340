package governance

import (
	"entente/internal/convention"
	"entente/internal/fault"
)

// Call is somebody who is called to a meeting: once, whatever number of seats they have in it.
type Call struct {
	Person string
	Seats  []CalledSeat // in the order of the text
}

// CalledSeat is a seat for which somebody is called.
type CalledSeat struct {
	Chair
	Substitute bool // called to stand in; else to sit
}

// Called lists who is called to a meeting from its chairs, each person once, in the order of the text: the holder of a seat,
// then its substitutes. For a vacant seat nobody is called.
func Called(chairs []Chair) []Call {
	var out []Call
	at := map[string]int{}
	add := func(person string, s CalledSeat) {
		i, known := at[person]
		if !known {
			i = len(out)
			at[person] = i
			out = append(out, Call{Person: person})
		}
		out[i].Seats = append(out[i].Seats, s)
	}
	for _, c := range chairs {
		if c.Holder == "" {
			continue
		}
		add(c.Holder, CalledSeat{Chair: c})
		for _, s := range c.Substitutes {
			if s != c.Holder {
				add(s, CalledSeat{Chair: c, Substitute: true})
			}
		}
	}
	return out
}

// Vacancies are the chairs that nobody holds.
func Vacancies(chairs []Chair) []Chair {
	var out []Chair
	for _, c := range chairs {
		if c.Holder == "" {
			out = append(out, c)
		}
	}
	return out
}

// Held are the seats that the person holds, without those in which they stand in.
func (c Call) Held() []CalledSeat {
	var out []CalledSeat
	for _, s := range c.Seats {
		if !s.Substitute {
			out = append(out, s)
		}
	}
	return out
}

// Parties are the institutions for which the person holds seats, each once.
func (c Call) Parties() []string {
	var out []string
	for _, s := range c.Held() {
		if s.Party != "" && !oneOf(s.Party, out) {
			out = append(out, s.Party)
		}
	}
	return out
}

// Readiness is what keeps a convocation from being sent, and what whoever sends it should know.
type Readiness struct {
	Missing  []fault.Message
	Warnings []fault.Message
}

// Ready tells that nothing is missing.
func (r Readiness) Ready() bool { return len(r.Missing) == 0 }

// Complete tells what is missing before the convocation may be sent, and what is only to be known. A message that names a
// person carries their identifier as the value "person".
func Complete(c Convening, m Manifest) Readiness {
	return Readiness{Missing: c.missing(m), Warnings: append(c.untimely(m), c.doubtful(m)...)}
}

func (c Convening) missing(m Manifest) []fault.Message {
	var out []fault.Message
	for _, x := range []struct {
		wrong bool
		key   string
	}{
		{c.Meeting.State != Planned, "convocation.missing.state"},
		{m.Day.IsZero(), "convocation.missing.day"},
		{c.Meeting.State == Planned && !m.Day.IsZero() && m.Day.Before(c.Today), "convocation.missing.past"},
		{m.Time == "", "convocation.missing.time"},
		{m.Place == "" && m.Remote == "", "convocation.missing.place"},
		{len(m.Items) == 0, "convocation.missing.items"},
		{len(m.Recipients) == 0, "convocation.missing.recipients"},
	} {
		if x.wrong {
			out = append(out, fault.Say(x.key))
		}
	}
	return out
}

// untimely says that the notice of the convention, or the custom of the space, is not kept.
func (c Convening) untimely(m Manifest) []fault.Message {
	left := m.Day.DaysSince(c.Today)
	switch {
	case m.Day.IsZero() || !calledAnew(c.Earlier, m):
		return nil
	case m.Late > 0:
		return []fault.Message{fault.Say("convocation.warning.notice", "count", left, "notice", c.Committee.Notice, "article", c.Text.Cite(c.Committee.Place))}
	case c.Committee.Notice == 0 && c.Custom.ConvocationDays > left:
		return []fault.Message{fault.Say("convocation.warning.custom", "count", left, "days", c.Custom.ConvocationDays)}
	}
	return nil
}

func (c Convening) doubtful(m Manifest) []fault.Message {
	var out []fault.Message
	if !c.mayCall() {
		out = append(out, fault.Say("convocation.warning.convened-by", "who", c.conveners(), "article", c.Text.Cite(c.Committee.Place)))
	}
	if len(m.Documents) == 0 {
		out = append(out, fault.Say("convocation.warning.documents"))
	}
	if n := len(Vacancies(c.Chairs)); n > 0 {
		out = append(out, fault.Say("convocation.warning.vacant", "count", n))
	}
	for _, call := range Called(c.Chairs) {
		if parties := call.Parties(); len(parties) > 1 {
			out = append(out, fault.Say("convocation.warning.two-parties", "person", call.Person, "parties", c.names(parties)))
		}
	}
	return out
}

// mayCall tells whether the text lets who sends call the committee: it names nobody, their party, or a committee in which their party sits.
func (c Convening) mayCall() bool {
	if len(c.Committee.ConvenedBy) == 0 {
		return true
	}
	for _, who := range c.Committee.ConvenedBy {
		if who == c.By {
			return true
		}
		if k := c.Text.Committee(who); k != nil && sits(k, c.By) {
			return true
		}
	}
	return false
}

func sits(k *convention.Committee, party string) bool {
	for _, s := range k.Seats {
		if s.Party == party && party != "" {
			return true
		}
	}
	return false
}

func (c Convening) conveners() []string { return c.names(c.Committee.ConvenedBy) }

// names are the short names of parties and the names of committees.
func (c Convening) names(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id
		if p := c.Text.Party(id); p != nil {
			out[i] = p.Short
		} else if k := c.Text.Committee(id); k != nil {
			out[i] = k.Name
		}
	}
	return out
}
