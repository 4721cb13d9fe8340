package web

import (
	"net/http"
	"strings"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// keepPresence records whether a seat is taken: in one press, or from the form of the seat.
func (s *Server) keepPresence(w http.ResponseWriter, v *visit) error {
	sitting, f, err := v.sittingAsked()
	if err != nil {
		return err
	}
	a, known := sitting.Seat(f.text("seat"))
	if !known {
		return fault.New(fault.Invalid, "sitting.no-such-seat")
	}
	a.Version = f.version()
	whole := f.checked("whole")
	err = office.KeepOpen(v.Context(), v.space, sitting.Meeting.ID, func(sp *store.Space) error {
		_, err := sp.KeepAttendance(v.Context(), v.sittingActor(sitting.Committee), a, func(x *governance.Attendance) error {
			if whole {
				return readPresence(f, &sitting, x)
			}
			return tapped(f.text("presence"), governance.HourOf(v.now), x)
		})
		return err
	})
	switch {
	case whole && (fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict)):
		return s.showPresenceForm(w, v, &sitting, a.Seat, f, err)
	case fault.Is(err, fault.Conflict):
		return s.quickly(w, v, &sitting, a.Seat, http.StatusConflict, "sitting.presence-changed")
	case err != nil:
		return err
	}
	return s.quickly(w, v, &sitting, a.Seat, http.StatusOK, "sitting.kept")
}

// sittingAsked reads the sitting in the address and the form that was sent.
func (v *visit) sittingAsked() (office.Sitting, *form, error) {
	sitting, err := v.readSitting()
	if err != nil {
		return sitting, nil, err
	}
	f, err := readForm(v.Request)
	return sitting, f, err
}

// quickly answers a press: a script in JSON, anybody else by leading back to the seat.
func (s *Server) quickly(w http.ResponseWriter, v *visit, sitting *office.Sitting, seat string, status int, said string) error {
	if byScript(v.Request) {
		return sendJSON(w, status, keptAnswer{Said: v.p.T(said)})
	}
	at := "#presences"
	if seat != "" {
		at = "#" + view.SeatID(seat)
	}
	return s.redirect(w, v, v.seance(sitting.Meeting.ID, "")+at, fault.Say(said))
}

// tapped changes a seat by one press.
func tapped(what, now string, a *governance.Attendance) error {
	person, stands := strings.CutPrefix(what, "by:")
	switch {
	case stands:
		a.Presence, a.Sitter, a.SitterName = governance.Present, person, ""
		if a.Answer == governance.WillComeRemote {
			a.Presence = governance.Remote
		}
	case what == "named":
		a.Presence, a.Sitter, a.SitterName = governance.Present, "", a.Named
	case what == "arrives":
		a.Presence, a.Sitter, a.SitterName, a.Arrived, a.Left = governance.Present, "", "", now, ""
	case what == "leaves":
		a.Left = now
		return nil
	case contains(governance.Presences(), governance.Presence(what)) && what != string(governance.ByProxy):
		a.Presence, a.Sitter, a.SitterName = governance.Presence(what), "", ""
	default:
		return fault.New(fault.Invalid, "fault.field.choice")
	}
	if !a.Presence.There() {
		a.Arrived, a.Left = "", ""
	}
	return nil
}

// readPresence reads the form of one seat.
func readPresence(f *form, sitting *office.Sitting, a *governance.Attendance) error {
	a.Presence, a.Sitter, a.SitterName = governance.Presence(f.text("presence")), f.text("sitter"), f.text("sitter-name")
	a.Arrived, a.Left = f.hour("arrived"), f.hour("left")
	bearer := f.text("bearer")
	switch {
	case a.Presence != governance.Unrecorded && !contains(governance.Presences(), a.Presence):
		f.faults.Add("presence", "fault.field.choice")
	case a.Presence == governance.ByProxy && (sitting.Roll.Of(bearer) == nil || bearer == a.Seat):
		f.faults.Add("bearer", "sitting.bearer-needed")
	case a.Arrived != "" && a.Left != "" && a.Left <= a.Arrived:
		f.faults.Add("left", "fault.field.end-before-start")
	}
	if a.Presence == governance.ByProxy {
		a.ProxyTo = bearer
	}
	if !a.Presence.There() {
		a.Sitter, a.SitterName, a.Arrived, a.Left = "", "", "", ""
	}
	if a.SitterName != "" {
		a.Sitter = ""
	}
	return f.err()
}

// takeAnswers records what was announced as what is so, for every seat of which nobody has said anything yet.
func (s *Server) takeAnswers(w http.ResponseWriter, v *visit) error {
	sitting, _, err := v.sittingAsked()
	if err != nil {
		return err
	}
	err = office.KeepOpen(v.Context(), v.space, sitting.Meeting.ID, func(sp *store.Space) error {
		for _, t := range sitting.Roll.Seats {
			if t.Record.Presence != governance.Unrecorded || !t.Record.Declared() {
				continue
			}
			_, err := sp.KeepAttendance(v.Context(), v.sittingActor(sitting.Committee), t.Record, func(a *governance.Attendance) error {
				a.TakeAnswer()
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if fault.Is(err, fault.Conflict) {
		return s.quickly(w, v, &sitting, "", http.StatusConflict, "sitting.presence-changed")
	}
	if err != nil {
		return err
	}
	return s.quickly(w, v, &sitting, "", http.StatusOK, "sitting.answers-taken")
}

// presenceForm is the form of one seat: a representative by name, a proxy, hours.
func (s *Server) presenceForm(w http.ResponseWriter, v *visit) error {
	sitting, err := v.readSitting()
	if err != nil {
		return err
	}
	return s.showPresenceForm(w, v, &sitting, v.URL.Query().Get("siege"), nil, nil)
}

func (s *Server) showPresenceForm(w http.ResponseWriter, v *visit, sitting *office.Sitting, seat string, f *form, refusal error) error {
	if now, err := v.readSitting(); fault.Is(refusal, fault.Conflict) && err == nil {
		sitting = &now // what somebody else recorded meanwhile is what the next press is about
	}
	d := view.SittingConflict{Title: v.p.T("sitting.seat-title")}
	a, known := sitting.Seat(seat)
	status := http.StatusOK
	if known {
		if d.Form = v.seatForm(sitting, a); f != nil {
			d.Form.Fields = typed(d.Form.Fields, f)
		}
		d.Title = view.SittingData{Root: v.path(), Sitting: *sitting}.SeatName(v.p, seat)
		d.Form.Faults, d.Form.Message = explained(refusal)
		if refusal != nil {
			status = statuses[fault.KindOf(refusal)]
		}
	} else {
		d.Message = v.p.T("sitting.no-such-seat")
	}
	s.render(w, v, status, view.SittingConflictPage(v.page(d.Title, v.underMeeting(&sitting.Assembly)...), d))
	return nil
}

// seatForm is everything that is recorded of a seat.
func (v *visit) seatForm(sitting *office.Sitting, a governance.Attendance) view.Form {
	const n = "sitting.seat"
	presence := v.ask(n, "presence", view.RadioField, string(a.Presence))
	presence.Options = []view.Option{{Label: v.p.T("sitting.presence.unrecorded")}}
	for _, x := range governance.Presences() {
		presence.Options = append(presence.Options, view.Option{Value: string(x), Label: v.p.T("sitting.presence." + string(x))})
	}
	said := view.SittingData{Root: v.path(), Sitting: *sitting}
	var sitters, bearers []view.Option
	for _, t := range sitting.Roll.Seats {
		if t.Seat != a.Seat {
			bearers = append(bearers, view.Option{Value: t.Seat, Label: said.SeatName(v.p, t.Seat)})
			continue
		}
		for _, id := range append(append([]string{}, t.Substitutes...), a.Substitute, a.Sitter) {
			if id != "" && id != t.Holder && !offered(sitters, id) {
				sitters = append(sitters, view.Option{Value: id, Label: said.Name(id)})
			}
		}
	}
	return view.Form{ID: "seat", Action: v.seance(sitting.Meeting.ID, "presence"), Version: a.Version, Submit: v.p.T("sitting.keep.seat"),
		Cancel: v.seance(sitting.Meeting.ID, "") + "#" + view.SeatID(a.Seat), Fields: []view.Field{
			{Kind: view.HiddenField, Name: "whole", Value: "oui"}, {Kind: view.HiddenField, Name: "seat", Value: a.Seat}, presence,
			v.choose(n, "sitter", a.Sitter, "sitting.seat.holder", sitters), v.ask(n, "sitter-name", view.TextField, a.SitterName),
			v.choose(n, "bearer", a.ProxyTo, "sitting.seat.no-bearer", bearers),
			v.ask(n, "arrived", view.TimeField, a.Arrived), v.ask(n, "left", view.TimeField, a.Left)}}
}

func offered(list []view.Option, value string) bool {
	for _, o := range list {
		if o.Value == value {
			return true
		}
	}
	return false
}
