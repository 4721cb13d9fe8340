package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"entente/internal/authority"
	"entente/internal/convention"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
	"entente/internal/store"
	"entente/internal/web/view"
)

// sittingRoutes are the pages and actions of a sitting, as the table of routes has them.
func (s *Server) sittingRoutes() []route {
	const root = "/espaces/{space}/reunions/{id}/seance"
	return []route{
		{"GET", root, authority.ReadSpace, s.sitting},
		{"GET", root + "/etat", authority.ReadSpace, s.sittingState},
		{"POST", root + "/ouvrir", authority.RecordMeetings, s.beginSitting},
		{"POST", root + "/suivant", authority.RecordMeetings, s.turnPage},
		{"GET", root + "/presence", authority.RecordMeetings, s.presenceForm},
		{"POST", root + "/presence", authority.RecordMeetings, s.keepPresence},
		{"POST", root + "/presences", authority.RecordMeetings, s.takeAnswers},
		{"POST", root + "/point", authority.RecordMeetings, s.keepRecord},
		{"POST", root + "/positions", authority.RecordMeetings, s.keepPositions},
		{"POST", root + "/votes", authority.RecordMeetings, s.keepBallots},
		{"POST", root + "/suites", authority.RecordMeetings, s.addFollowUp},
		{"POST", root + "/suites/retirer", authority.RecordMeetings, s.removeFollowUp},
		{"GET", root + "/clore", authority.RecordMeetings, s.closingPage},
		{"POST", root + "/clore", authority.RecordMeetings, s.closeMeeting},
		{"POST", root + "/rouvrir", authority.RecordMeetings, s.reopenMeeting},
	}
}

// readSitting reads the sitting in the address.
func (v *visit) readSitting() (office.Sitting, error) {
	h, err := v.history()
	if err != nil {
		return office.Sitting{}, err
	}
	return v.hall.Read(v.Context(), v.space, h, v.PathValue("id"), v.now)
}

// sittingActor is the visitor, acting under the clause of the committee.
func (v *visit) sittingActor(k *convention.Committee) store.Actor { return v.actor("", k.Place.Ref) }

// sitting is the page that a meeting is run from; for those who do not keep meetings, and for a projector, what is treated and
// who is there.
func (s *Server) sitting(w http.ResponseWriter, v *visit) error {
	d, err := v.sittingData()
	if err != nil {
		return err
	}
	page := v.page(v.p.T("sitting.title"), v.underMeeting(&d.Sitting.Assembly)...)
	page.Wide = true
	if d.Keeper && v.URL.Query().Get("ecran") == "" {
		if err := v.itemForms(&d); err != nil {
			return err
		}
		return s.show(w, v, view.SittingPage(page, d))
	}
	d = v.forScreen(d)
	if d.Sitting.Meeting.State != governance.Open {
		return s.show(w, v, view.SittingPage(page, d))
	}
	return s.show(w, v, view.ScreenPage(page, d))
}

// sittingData reads the sitting and chooses the item shown: the one asked for, else the current one, else the first.
func (v *visit) sittingData() (view.SittingData, error) {
	sitting, err := v.readSitting()
	d := view.SittingData{Root: v.path(), Sitting: sitting, Today: v.today, At: v.now, Keeper: v.offers(authority.RecordMeetings)}
	if err != nil {
		return d, err
	}
	d.Shown = shownItem(&sitting, v.URL.Query().Get("point"))
	files, err := v.filesOf(governance.OwnerAgendaItem, d.Shown.ID)
	if err != nil {
		return d, err
	}
	d.Files = files[d.Shown.ID]
	if sitting.Meeting.Frozen() {
		d.Earlier, err = v.space.DecisionsOf(v.Context(), sitting.Meeting.ID)
		if d.Keeper {
			d.Reopened = v.reopenForm(sitting.Meeting, nil, nil)
		}
	}
	return d, err
}

func shownItem(s *office.Sitting, asked string) governance.Item {
	for _, id := range []string{asked, governance.CurrentItem(s.Kept)} {
		if i, known := s.Item(id); known {
			return i
		}
	}
	if len(s.Agenda) > 0 {
		return s.Agenda[0]
	}
	return governance.Item{}
}

// forScreen leaves of a sitting what everybody in the room may see: the items that the visitor may read, and of a projector
// those of the committee.
func (v *visit) forScreen(d view.SittingData) view.SittingData {
	var agenda []governance.Item
	for _, i := range d.Sitting.Agenda {
		if v.reads(i.Audience, &d.Sitting.Assembly) && (!d.Keeper || i.Audience != governance.ForCoordinators) {
			agenda = append(agenda, i)
		}
	}
	d.Sitting.Agenda = agenda
	d.Shown = shownItem(&d.Sitting, "")
	return d
}

// beginSitting opens the sitting.
func (s *Server) beginSitting(w http.ResponseWriter, v *visit) error {
	a, err := v.assembly()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	if err := office.BeginSitting(v.Context(), v.space, v.sittingActor(a.Committee), a.Meeting.ID, f.version(), v.now); err != nil {
		return err
	}
	return s.redirect(w, v, v.seance(a.Meeting.ID, ""), fault.Say("sitting.begun"))
}

// seance is the address of a page of a sitting.
func (v *visit) seance(meeting, step string) string {
	return view.SittingData{Root: v.path(), Sitting: office.Sitting{Assembly: office.Assembly{Meeting: governance.Meeting{ID: meeting}}}}.Href(step)
}

// turnPage goes on to the next item of the agenda, or to the one asked for. Where somebody else has turned the page already,
// nothing changes and the page says so.
func (s *Server) turnPage(w http.ResponseWriter, v *visit) error {
	sitting, err := v.readSitting()
	if err != nil {
		return err
	}
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	item := f.text("item")
	if _, known := sitting.Item(item); item != "" && !known {
		return fault.New(fault.Invalid, "sitting.no-item")
	}
	if item == "" {
		item = governance.NextItem(sitting.Agenda, sitting.Kept)
	}
	err = office.TurnTo(v.Context(), v.space, v.sittingActor(sitting.Committee), sitting.Meeting.ID, f.text("from"), item, v.now)
	said := fault.Message{}
	if fault.Is(err, fault.Conflict) {
		said, err = fault.Say("sitting.page-turned"), nil
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, v.seance(sitting.Meeting.ID, ""), said)
}

// sittingState tells those who watch a sitting what changed since they last asked: nothing at all in most cases, found by one
// number. What the fields of the item shown hold goes to those who keep meetings.
func (s *Server) sittingState(w http.ResponseWriter, v *visit) error {
	since, _ := strconv.ParseInt(v.URL.Query().Get("depuis"), 10, 64)
	seq, err := v.space.JournalEnd(v.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	if since == seq {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	d, err := v.sittingData()
	if err != nil {
		return err
	}
	out := sittingChange{Seq: d.Sitting.Seq, State: string(d.Sitting.Meeting.State), Current: governance.CurrentItem(d.Sitting.Kept)}
	if d.Keeper {
		if err := v.itemForms(&d); err != nil {
			return err
		}
		out.Forms = formsOf(d.Forms)
		out.Live, err = v.liveParts(d)
	}
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, out)
}

// sittingChange is what a sitting has become, for the script of its page.
type sittingChange struct {
	Seq     int64                        `json:"seq"`
	State   string                       `json:"state"`
	Current string                       `json:"current"`
	Live    map[string]string            `json:"live,omitempty"`  // parts of the page, by name
	Forms   map[string]map[string]string `json:"forms,omitempty"` // values of the fields of the item shown, by form
}

// liveParts are the parts of the page that change by themselves.
func (v *visit) liveParts(d view.SittingData) (map[string]string, error) {
	p := view.Page{P: v.p}
	out := map[string]string{}
	for name, part := range map[string]templ.Component{"agenda": view.SittingAgenda(p, d), "counts": view.SittingCounts(p, d),
		"roll": view.SittingRoll(p, d), "follow-ups": view.SittingFollowUps(p, d), "count": view.SittingVote(p, d)} {
		var b bytes.Buffer
		if err := part.Render(v.Context(), &b); err != nil {
			return nil, err
		}
		out[name] = b.String()
	}
	return out, nil
}

// sendJSON answers a script of this site.
func sendJSON(w http.ResponseWriter, status int, data any) error {
	text, err := json.Marshal(data)
	if err != nil {
		return fault.Of(fault.Internal, err, "web.sendJSON", "")
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(text)
	return nil
}
