package web

import (
	"net/http"
	"slices"
	"strconv"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/web/view"
)

// agendaOrderForm shows the items of an agenda to put in order.
func (s *Server) agendaOrderForm(w http.ResponseWriter, v *visit) error {
	a, err := v.assembly()
	if err == nil && a.Meeting.Frozen() {
		err = fault.New(fault.Invalid, "store.meeting.frozen")
	}
	if err != nil {
		return err
	}
	return s.showAgendaOrder(w, v, http.StatusOK, &a, view.AgendaOrderData{}, nil)
}

// showAgendaOrder completes the page with the agenda as it stands; mine is the order that was asked for and not kept.
func (s *Server) showAgendaOrder(w http.ResponseWriter, v *visit, status int, a *office.Assembly, d view.AgendaOrderData, mine []string) error {
	items, err := v.space.Items(v.Context(), a.Meeting.ID)
	if err != nil {
		return err
	}
	d.Head, d.Items = v.meetingHead(a), items
	for _, id := range mine {
		if i := slices.IndexFunc(items, func(x governance.Item) bool { return x.ID == id }); i >= 0 {
			d.Mine = append(d.Mine, items[i].Title)
		}
	}
	s.render(w, v, status, view.AgendaOrderPage(v.page(v.p.T("agenda.order"), v.underMeeting(a)...), d))
	return nil
}

// orderAgenda takes the whole order of an agenda: the identifiers in the order of the form, then the ranks that were typed,
// then the one place up or down of a button.
func (s *Server) orderAgenda(w http.ResponseWriter, v *visit) error {
	a, err := v.assembly()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	ids, moved := readOrder(f)
	if err := f.err(); err != nil {
		return s.showAgendaOrder(w, v, http.StatusUnprocessableEntity, &a, view.AgendaOrderData{Refused: fault.Say("agenda.bad-rank")}, nil)
	}
	err = v.space.OrderItems(v.Context(), v.actor("", a.Committee.Place.Ref), a.Meeting.ID, f.text("avant"), ids)
	if fault.Is(err, fault.Conflict) {
		_, why := explained(err)
		return s.showAgendaOrder(w, v, http.StatusConflict, &a, view.AgendaOrderData{Refused: why}, ids)
	}
	if err != nil {
		return err
	}
	to := view.MeetingHref(v.path(), a.Meeting.ID, "")
	if moved != "" {
		to += "/ordre#" + view.ItemAnchor(moved)
	}
	return s.redirect(w, v, to, fault.Say("agenda.ordered"))
}

// readOrder reads the order that a form asks for, and which item a button moved.
func readOrder(f *form) (ids []string, moved string) {
	ids = f.values["point"]
	wanted := map[string]int{}
	for i, id := range ids {
		typed := f.text("rang-" + id)
		rank, err := strconv.Atoi(typed)
		switch {
		case typed == "":
		case err != nil:
			f.faults.Add("rang-"+id, "agenda.bad-rank")
		case rank != i+1:
			wanted[id] = rank
		}
	}
	ids = governance.Rank(ids, wanted)
	for name, places := range map[string]int{"monter": -1, "descendre": 1} {
		if id := f.text(name); id != "" {
			ids, moved = governance.Move(ids, id, places), id
		}
	}
	return ids, moved
}
