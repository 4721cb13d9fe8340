package view

import (
	"net/url"
	"strings"

	"entente/internal/governance"
	"entente/internal/i18n"
)

// tap is one button of a seat: a presence in one press.
type tap struct {
	Value    string
	Label    string
	On       bool
	Proposed bool // as was announced
}

// SeatID is the id of a seat in the page.
func SeatID(seat string) string {
	return "siege-" + strings.NewReplacer("/", "-", " ", "-").Replace(seat)
}

// taps are the buttons of a seat, with one for each person who may sit in the holder's place.
func (d SittingData) taps(p *i18n.Printer, t governance.Taken) []tap {
	a := t.Record
	own := a.Sitter == "" && a.SitterName == "" || a.Sitter == t.Holder && t.Holder != ""
	proposed := a.ProposedPresence()
	out := []tap{}
	if t.Holder != "" {
		out = append(out,
			tap{Value: "present", Label: p.T("sitting.presence.present"), On: own && a.Presence == governance.Present, Proposed: a.Answer == governance.WillCome},
			tap{Value: "remote", Label: p.T("sitting.presence.remote"), On: own && a.Presence == governance.Remote, Proposed: a.Answer == governance.WillComeRemote})
	}
	for _, person := range d.standIns(t) {
		out = append(out, tap{Value: "by:" + person, Label: p.T("sitting.represented-by", "name", d.Name(person)),
			On: a.Presence.There() && a.Sitter == person, Proposed: a.Answer == governance.WillBeSubst && a.Substitute == person})
	}
	if a.Named != "" {
		out = append(out, tap{Value: "named", Label: p.T("sitting.represented-by", "name", a.Named), On: a.Presence.There() && a.SitterName == a.Named,
			Proposed: a.Answer == governance.WillBeSubst})
	}
	return append(out,
		tap{Value: "excused", Label: p.T("sitting.presence.excused"), On: a.Presence == governance.Excused, Proposed: proposed == governance.Excused},
		tap{Value: "absent", Label: p.T("sitting.presence.absent"), On: a.Presence == governance.Absent})
}

// standIns are the substitutes of the seat, and who was announced.
func (d SittingData) standIns(t governance.Taken) []string {
	out := append([]string{}, t.Substitutes...)
	for _, person := range []string{t.Record.Substitute, t.Record.Sitter} {
		known := person == "" || person == t.Holder
		for _, x := range out {
			known = known || x == person
		}
		if !known {
			out = append(out, person)
		}
	}
	return out
}

// moves are the buttons of who comes late or leaves early, once the agenda has begun.
func (d SittingData) moves(p *i18n.Printer, t governance.Taken) []tap {
	if len(d.Sitting.Kept) == 0 {
		return nil
	}
	a := t.Record
	switch {
	case a.Presence.There() && a.Left == "":
		return []tap{{Value: "leaves", Label: p.T("sitting.leaves")}}
	case !a.Presence.There() && t.Holder != "":
		return []tap{{Value: "arrives", Label: p.T("sitting.arrives")}}
	}
	return nil
}

// announced is what the seat had answered.
func (d SittingData) announced(p *i18n.Printer, a governance.Attendance) string {
	switch a.Answer {
	case governance.NoAnswer:
		return p.T("sitting.no-answer")
	case governance.WillBeSubst:
		name := a.Named
		if a.Substitute != "" {
			name = d.Name(a.Substitute)
		}
		return p.T("sitting.announced-represented", "name", name)
	case governance.GivesProxy:
		return p.T("sitting.announced-proxy", "seat", d.SeatName(p, a.ProxyTo))
	}
	return p.T("sitting.announced." + string(a.Answer))
}

// SeatName is a seat with its institution and who holds it.
func (d SittingData) SeatName(p *i18n.Printer, seat string) string {
	t := d.Sitting.Roll.Of(seat)
	if t == nil {
		return seat
	}
	name := d.Name(t.Holder)
	if t.Holder == "" {
		name = p.T("sitting.vacant")
	}
	if t.Party == "" {
		return name
	}
	return p.T("sitting.seat-name", "party", d.short(t.Party), "name", name)
}

// sits says who took a seat, where that is not its holder, and when.
func (d SittingData) sits(p *i18n.Printer, t governance.Taken) []string {
	a := t.Record
	var out []string
	switch {
	case a.Presence == governance.ByProxy:
		out = append(out, p.T("sitting.proxy-borne-by", "seat", d.SeatName(p, a.ProxyTo)))
	case a.Presence.There() && a.SitterName != "":
		out = append(out, p.T("sitting.represented-by", "name", a.SitterName))
	case a.Presence.There() && a.Sitter != "" && a.Sitter != t.Holder:
		out = append(out, p.T("sitting.represented-by", "name", d.Name(a.Sitter)))
	}
	if a.Arrived != "" {
		out = append(out, p.T("sitting.arrived-at", "time", p.Clock(a.Arrived)))
	}
	if a.Left != "" {
		out = append(out, p.T("sitting.left-at", "time", p.Clock(a.Left)))
	}
	return out
}

// presenceBadge says whether a seat takes part.
func presenceBadge(p *i18n.Printer, t governance.Taken) BadgeData {
	a := t.Record
	switch {
	case a.Presence == governance.Unrecorded:
		return BadgeData{Tone: ToneUnknown, Icon: "unknown", Word: p.T("sitting.presence.unrecorded")}
	case (a.Presence.There() || a.Presence == governance.ByProxy) && !t.Counts():
		return BadgeData{Tone: ToneWarning, Icon: "at-risk", Word: p.T("sitting.presence.not-counted")}
	case t.Counts():
		return BadgeData{Tone: ToneGood, Icon: "filled", Word: p.T("sitting.presence." + string(a.Presence))}
	}
	return BadgeData{Tone: ToneNeutral, Icon: "not-applicable", Word: p.T("sitting.presence." + string(a.Presence))}
}

// seatHref is the form of one seat: a representative by name, a proxy, hours.
func (d SittingData) seatHref(seat string) string {
	return d.Href("presence") + "?siege=" + url.QueryEscape(seat)
}

// rollOpen tells that the roll is still to be called: somebody has not been seen, and the agenda has not begun.
func (d SittingData) rollOpen() bool {
	return d.open() && (d.Sitting.Roll.Turnout("").Unknown > 0 && d.current() == "" || len(d.Sitting.Agenda) == 0)
}

// answersWait tells that answers are there to be taken over.
func (d SittingData) answersWait() bool {
	for _, t := range d.Sitting.Roll.Seats {
		if t.Record.Presence == governance.Unrecorded && t.Record.Declared() {
			return true
		}
	}
	return false
}
